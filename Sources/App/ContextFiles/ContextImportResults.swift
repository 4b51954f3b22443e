import Domain
import HTML
import Web

/// How far an import, or its undo, has come.
struct ContextImportProgressPage {
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

  init(_ id: ID<ContextImport>, _ stored: ContextImportState, _ web: Context) throws {
    let words = web.words
    let noun = stored.noun
    let isLong = stored.orderedAt.map { web.clock.hasCome($0.advanced(seconds: Self.patience)) } ?? false
    progress = stored.total.map { total in
      let done = String(stored.done ?? 0)
      return Progress(done: done, total: String(total), words: words("{done} of {total} lines", ["done": done, "total": String(total)]))
    }
    state = isLong ? "long" : progress == nil ? "waiting" : "running"
    lede =
      isLong
      ? words("This takes longer than it should. Nothing is lost; look again in a while.")
      : stored.undoAt != nil
        ? words("The import is being taken back. This page says so when it is done.")
        : words("The file is being imported. This page says by itself when it is done.")
    var layout = try Layout(ContextImportText(words: words).title(noun), noun.section, web)
    layout.isAwaited = !isLong
    self.layout = layout
    self.id = id.text
    here = noun.path(id)
    deletion = stored.undoAt == nil ? noun.deletion(id) : nil
  }
}

/// What came of a file, and of one in whose place another came.
struct ContextImportResultPage {
  let layout: Layout
  let id: String
  let state: String
  let lede: String
  let figures: [ContextImportFigure]
  let rows: [ContextImportLine]
  let more: String?
  let noted: [ContextImportLine]
  /// What stayed when it was taken back.
  let left: [ContextImportLine]
  /// nil: there is nothing to take back.
  let undo: Path?
  let list: Path
  let listLabel: String
  let again: Path

  var hasRows: Bool { !rows.isEmpty }
  var hasNoted: Bool { !noted.isEmpty }
  var hasLeft: Bool { !left.isEmpty }

  init(
    _ found: FileImport<ContextImport>, _ stored: ContextImportState, _ counts: [(ContextImport.Outcome, Int)], _ made: [ContextImportRow],
    _ noted: [ContextImportRow], _ left: [ContextImportRow], _ web: Context
  ) throws {
    let words = web.words
    let noun = stored.noun
    let text = ContextImportText(words: words)
    layout = try Layout(text.title(noun), noun.section, web)
    (id, state) = (found.id.text, found.replacedAt != nil ? "replaced" : stored.word.rawValue)
    let byOutcome = Dictionary(counts, uniquingKeysWith: { first, _ in first })
    let isUndone = stored.undoneAt != nil
    figures =
      ContextImport.Outcome.allCases.map { ContextImportFigure($0, byOutcome[$0] ?? 0, text) }
      + (isUndone
        ? [
          ContextImportFigure("undone", words("Taken back", context: "import"), stored.undone),
          ContextImportFigure("kept", words("Stayed, as it was changed since", context: "import"), stored.kept),
        ] : [])
    func line(_ row: ContextImportRow) -> ContextImportLine {
      ContextImportLine(
        line: String(row.line), title: row.title ?? "–", what: row.reason.utf8.isEmpty ? text.outcome(row.outcome) : row.reason,
        outcome: row.outcome.rawValue, path: row.thing.map { noun.page($0) })
    }
    (rows, self.noted) = (made.map(line), noted.map(line))
    self.left = isUndone ? left.map(line) : []
    more = ContextImportPage.more(counts.reduce(0) { $0 + $1.1 } - made.count - noted.count, words)
    lede =
      found.replacedAt != nil
      ? words("Another file that you sent since took its place.")
      : isUndone
        ? words("This import was taken back.") + " " + text.undone(stored.undone, kept: stored.kept, [])
        : stored.word == .failed
          ? words("The import came to a stop. What was made until then stays; you can take it back.") : words("Imported.")
    let written = (byOutcome[.new] ?? 0) + (byOutcome[.updated] ?? 0)
    undo = found.replacedAt != nil || stored.undoAt != nil || written == 0 ? nil : noun.undo(found.id)
    (list, again) = (noun.back, noun.list)
    listLabel = noun == .people ? words("People") : words("Calendar")
  }
}
