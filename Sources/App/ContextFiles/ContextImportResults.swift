import Domain
import HTML
import Web

/// What came of a file, and of one in whose place another came.
struct ContextImportResultPage {
  let layout: Layout
  let id: String
  let state: String
  let lede: String
  let figures: [ImportFigure]
  let rows: [ImportLine]
  let more: String?
  let noted: [ImportLine]
  /// What stayed when it was taken back.
  let left: [ImportLine]
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
      ContextImport.Outcome.allCases.map { ImportFigure($0.rawValue, text.outcome($0), byOutcome[$0] ?? 0) }
      + (isUndone
        ? [
          ImportFigure("undone", words("Taken back", context: "import"), stored.undone),
          ImportFigure("kept", words("Stayed, as it was changed since", context: "import"), stored.kept),
        ] : [])
    func line(_ row: ContextImportRow) -> ImportLine {
      ImportLine(
        line: String(row.line), title: row.title ?? "–", what: row.reason.utf8.isEmpty ? text.outcome(row.outcome) : row.reason,
        outcome: row.outcome.rawValue, path: row.thing.map { noun.page($0) })
    }
    (rows, self.noted) = (made.map(line), noted.map(line))
    self.left = isUndone ? left.map(line) : []
    more = ImportLine.more(counts.reduce(0) { $0 + $1.1 } - made.count - noted.count, words)
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
