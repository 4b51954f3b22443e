import Domain
import HTML
import Web

/// How many entries of a file come to what.
struct ImportFigure {
  /// The fact: `new`.
  let fact: String
  let label: String
  let value: String

  init(_ fact: String, _ label: String, _ count: Int) { (self.fact, self.label, value) = (fact, label, String(count)) }
}

/// One line of a file.
struct ImportLine {
  let line: String
  let title: String
  /// What becomes of it, or why it does not.
  let what: String
  /// The outcome in the contract's word; "" for a remark.
  let outcome: String
  /// What it is here, while it is there.
  let path: Path?

  /// How many more there are than a page shows; nil: none.
  static func more(_ count: Int, _ words: Words) -> String? { count > 0 ? words("And {n} more.", ["n": String(count)]) : nil }
}

/// How far an import, or its undo, has come.
struct ImportProgressPage {
  /// For how long the page asks again by itself, in seconds.
  private static let patience = 180

  let layout: Layout
  let id: String
  let lede: String
  /// `waiting`, `running`, or `long`.
  let state: String
  /// nil: it waits for its turn.
  let progress: Progress?
  let here: Path
  /// nil: it cannot be stopped.
  let deletion: Path?

  struct Progress {
    let done: String
    let total: String
    let words: String
  }

  var isShort: Bool { state != "long" }
  var isLong: Bool { state == "long" }

  /// - Parameters:
  ///   - ordered: when it was left to a worker; nil: that is not known.
  ///   - doing: what goes on.
  init(
    _ title: String, _ section: NavSection, _ id: String, ordered: Instant?, _ progress: Progress?, doing: String, here: Path,
    deletion: Path?,
    _ web: Context
  ) throws {
    let isLong = ordered.map { web.clock.hasCome($0.advanced(seconds: Self.patience)) } ?? false
    state = isLong ? "long" : progress == nil ? "waiting" : "running"
    lede = isLong ? web.words("This takes longer than it should. Nothing is lost; look again in a while.") : doing
    var layout = try Layout(title, section, web)
    layout.isAwaited = !isLong
    self.layout = layout
    (self.id, self.progress, self.here, self.deletion) = (id, progress, here, deletion)
  }

  /// The same of an import that can be taken back, which cannot be stopped meanwhile.
  init(
    _ title: String, _ section: NavSection, _ id: String, _ stored: some OrderedImportState, doing: String, here: Path, deletion: Path,
    _ web: Context
  ) throws {
    let words = web.words
    let progress = stored.total.map { total in
      let done = String(stored.done ?? 0)
      return Progress(done: done, total: String(total), words: words("{done} of {total} lines", ["done": done, "total": String(total)]))
    }
    let undoing = words("The import is being taken back. This page says so when it is done.")
    try self.init(
      title, section, id, ordered: stored.orderedAt, progress, doing: stored.undoAt == nil ? doing : undoing, here: here,
      deletion: stored.undoAt == nil ? deletion : nil, web)
  }
}
