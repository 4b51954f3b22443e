extension Worker {
  /// What was done, for the line that `heed work --once` prints.
  public struct Tally: Equatable, Sendable {
    private var counts: [String: Int] = [:]

    public init() {}

    /// How many of what a feature counts (``Feature/counts``).
    subscript(_ name: String) -> Int { counts[name] ?? 0 }

    /// Counts some more.
    mutating func add(_ name: String, _ count: Int = 1) {
      if count > 0 { counts[name, default: 0] += count }
    }

    /// One line of JSON.
    public var json: String {
      "{" + features.flatMap(\.counts).map { "\"\($0)\":\(self[$0])" }.joined(separator: ",") + "}"
    }
  }
}
