import Domain
import HTML
import Web

/// What came of a confirmed file, and of one in whose place another came.
struct HabitImportResultPage {
  let layout: Layout
  let id: String
  let lede: String
  let habits: String
  let added: HabitImportText.Figure
  let known: HabitImportText.Figure
  let refused: HabitImportText.Figure
  let rows: [Row]
  let deletion: Path?
  let list = Paths.habits
  let again = Paths.importingHabits

  var showsRows: Bool { !rows.isEmpty }

  struct Row {
    let name: String
    /// While it is there.
    let path: Path?
    let what: String
    let added: HabitImportText.Figure
    let known: HabitImportText.Figure
  }

  init(_ found: FileImport<HabitImport>, _ made: [HabitImportRow], refused: Int, _ web: Context) throws {
    let (words, text) = (web.words, HabitImportText(try web.reader))
    layout = try Layout(words("Import habits"), .habits, web)
    id = found.id.text
    lede =
      found.replacedAt != nil
      ? words("Another file that you sent since took its place.")
      : found.undoneAt != nil ? words("This import was taken back.") : words("Imported.")
    rows = made.map { row in
      Row(
        name: row.name, path: row.isThere ? Paths.habit(row.habit) : nil, what: row.isNew ? words("New habit") : words("Days added"),
        added: text.figure(row.added), known: text.figure(row.known))
    }
    habits = String(made.count)
    added = text.figure(made.reduce(0) { $0 + $1.added })
    known = text.figure(made.reduce(0) { $0 + $1.known })
    self.refused = text.figure(refused)
    let isTakenBack = found.undoneAt != nil || found.replacedAt != nil
    deletion = isTakenBack || !made.contains { $0.isNew || $0.added > 0 } ? nil : Paths.importDeletion(found.id)
  }
}
