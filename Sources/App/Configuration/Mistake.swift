/// One thing that is wrong with the configuration, and what to do about it.
public struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
  /// The variable or the place in a file, such as `HEED_WORKERS` or `/etc/heed/env line 3`.
  public let place: String
  /// What is wrong and what to do, in plain words. Holds no secret.
  public let words: String

  init(_ place: String, _ words: String) {
    self.place = place
    self.words = words
  }

  public var description: String { "\(place): \(words)" }
}

/// All that is wrong with the configuration, so that an operator mends it in one go.
public struct Mistakes: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one, in the order of the settings.
  public let all: [Mistake]

  public init(_ all: [Mistake]) { self.all = all }

  public var description: String {
    let intro = all.count == 1 ? "The configuration has a mistake:" : "The configuration has \(all.count) mistakes:"
    return ([intro] + all.map { "  \($0)" }).joined(separator: "\n")
  }
}
