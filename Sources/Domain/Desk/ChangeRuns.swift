/// A stretch of two texts as a page shows them in one: kept, in `<del>`, or in `<ins>`.
public struct ChangeRun: Sendable {
  public enum Kind: Hashable, Sendable { case kept, deleted, inserted }

  public let kind: Kind
  public let text: String

  public init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }
}

extension TextChanges {
  /// Both texts in one, for reading: never two runs of a kind side by side, no empty one, what was deleted before what came instead.
  ///
  /// A blank or a mark that stays between two changes is shown with them: "~red car~ blue bus", not "~red~ blue ~car~ bus". The kept and the
  /// deleted runs together are the old text, the kept and the inserted ones the new.
  ///
  /// - Throws: ``DiffRefusal/doesNotFit`` when `text` is not the old one.
  public func runs(of text: String) throws(DiffRefusal) -> [ChangeRun] {
    var raw: [ChangeRun] = []
    try walk(text) { raw.append($0) }
    var tidy = TidyRuns()
    for (index, run) in raw.enumerated() {
      let isBetween = index > 0 && index + 1 < raw.count
      if run.kind == .kept, !isBetween || !TidyRuns.isSmall(run.text) { tidy.close(before: run) } else { tidy.take(run) }
    }
    tidy.flush()
    return tidy.runs
  }
}

private struct TidyRuns {
  private(set) var runs: [ChangeRun] = []
  private var deleted = ""
  private var inserted = ""

  /// At most three scalars, none of them a letter, a digit or a line end.
  static func isSmall(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.prefix(4).count <= 3
      && !scalars.contains { $0 == "\n" || $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  mutating func take(_ run: ChangeRun) {
    if run.kind != .inserted { deleted += run.text }
    if run.kind != .deleted { inserted += run.text }
  }

  mutating func close(before kept: ChangeRun) {
    flush()
    runs.append(kept)
  }

  mutating func flush() {
    if !deleted.isEmpty { runs.append(ChangeRun(.deleted, deleted)) }
    if !inserted.isEmpty { runs.append(ChangeRun(.inserted, inserted)) }
    (deleted, inserted) = ("", "")
  }
}

extension ChangeRun: Equatable {
  public static func == (left: Self, right: Self) -> Bool { left.kind == right.kind && left.text.utf8.elementsEqual(right.text.utf8) }
}
