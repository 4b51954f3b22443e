import Domain
import HTML
import Postgres
import Web

/// Reminders from files of other programs: sent, looked at, confirmed.
enum ReminderImports {
  /// GET /reminders/import
  static func form(_ web: Context) throws -> Response { web.page(try ReminderImportForm(web)) }

  /// POST /reminders/import: shows what would come of a file.
  static func read(_ web: Context) throws -> Change {
    try web.takeForm(askingAgain: { try ReminderImportForm(web, $0) }) {
      var read = FormReader(web.form, web.words)
      let file = try read.file("file")
      let id = try FileImport<ReminderImport>.read(file, web)
      return .page(
        web.page(try ReminderImportPage(id, web)),
        did: [AuditEntry("reminder_import.read", "reminder_import", id.text, ["file": file.name])])
    }
  }

  /// GET /reminders/import/:import
  static func show(_ web: Context, _ id: ID<ReminderImport>) throws -> Response { web.page(try ReminderImportPage(id, web)) }

  /// POST /reminders/import/:import/confirmation
  static func confirm(_ web: Context, _ id: ID<ReminderImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    let place = Paths.reminderImport(id)
    if found.confirmedAt != nil { return Change(to: place, says: web.words("This was imported already."), did: []) }
    let made = try found.make(web)
    try web.db.queue([found.noting("confirmed_at", at: web.now)])
    return Change(
      to: place, says: try ReminderImportText(web.reader).made(made.count), undo: made.count == 0 ? nil : Paths.importDeletion(id),
      did: [AuditEntry("reminder_import.made", "reminder_import", id.text, ["count": String(made.count)])], wakes: made.wakes)
  }

  /// POST /reminders/import/:import/deletion: throws a preview away; takes back what an import made, as long as nobody has touched it.
  static func delete(_ web: Context, _ id: ID<ReminderImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    guard found.confirmedAt != nil else {
      try web.db.queue(["SELECT door.discard_reminder_imports()"])
      return Change(
        to: Paths.importing, says: web.words("Nothing was imported."),
        did: [AuditEntry("reminder_import.discarded", "reminder_import", id.text)])
    }
    if found.undoneAt != nil {
      return Change(to: Paths.reminderImport(id), says: web.words("This import was taken back already."), did: [])
    }
    let count: Int64 = try web.db.value("SELECT door.undo_reminder_import(\(id))") ?? 0
    try web.db.queue([found.noting("undone_at", at: web.now)])
    return Change(
      to: Paths.reminderImport(id), says: try ReminderImportText(web.reader).undone(Int(count)),
      did: [AuditEntry("reminder_import.undone", "reminder_import", id.text, ["count": String(count)])])
  }
}

/// Where a file is sent, with what can be sent.
struct ReminderImportForm {
  let layout: Layout
  let summary: ErrorSummary?
  let action = Paths.importing
  let cancel = Paths.reminders
  let error: String?

  init(_ web: Context, _ state: FormState = .fresh) throws {
    layout = try Layout(web.reader.words("Import reminders"), .reminders, web)
    var fields = FieldBuilder(state)
    fields.add("file", web.words("File"))
    (summary, error) = (fields.summary, state.errors["file"])
  }
}

/// What comes of a file, row by row: before it is confirmed, and after.
struct ReminderImportPage {
  /// Rows of either kind that are shown.
  static let shown = 100

  let layout: Layout
  let id: String
  let lede: String
  let made: [MadeRow]
  let moreMade: String?
  let left: [LeftRow]
  let moreLeft: String?
  /// nil where there is nothing to do any more.
  let confirmation: Path?
  let deletion: Path?
  let isConfirmed: Bool
  /// The preview that took its place.
  let current: Path?
  let list = Paths.reminders
  let again = Paths.importing

  var showsMade: Bool { !made.isEmpty }
  var showsLeft: Bool { !left.isEmpty }

  struct MadeRow {
    let title: String
    /// The reminder that was made of it.
    let place: Path?
    let when: String
    let importance: String
    let line: String
    let note: String?
  }

  struct LeftRow {
    let title: String
    let line: String
    let reason: String
  }

  init(_ id: ID<ReminderImport>, _ web: Context) throws {
    let zones = web.services.zones
    let (found, counts, plans, refused, currents) = try web.read(
      FileImport.query(id, at: web.now),
      Query(
        tuple: """
          SELECT count(*) FILTER (WHERE reason = ''), count(*) FILTER (WHERE reason <> '') FROM reminder_import_rows
          WHERE import_id = \(id) AND user_id = (SELECT me())
          """, as: (Int64, Int64).self), ReminderImportRow.query(id, made: true, limit: ReminderImportPage.shown, zones),
      ReminderImportRow.query(id, made: false, limit: ReminderImportPage.shown, zones), FileImport<ReminderImport>.current)
    guard let found = found.first, let counts = counts.first else { throw Failure.notFound }
    let words = web.words
    let person = try web.person
    layout = try Layout(words("Import reminders"), .reminders, web)
    self.id = id.text
    isConfirmed = found.confirmedAt != nil
    let importances = ReminderOptions.importance(words)
    made = plans.map { row in
      MadeRow(
        title: row.title, place: row.reminder.map(Paths.reminder), when: row.schedule?.words(person.language, now: web.now) ?? "",
        importance: importances.first { $0.value == row.importance.rawValue }?.label ?? "", line: String(row.line),
        note: row.note.utf8.isEmpty ? nil : row.note)
    }
    left = refused.map { LeftRow(title: $0.title.utf8.isEmpty ? "–" : $0.title, line: String($0.line), reason: $0.reason) }
    func more(_ count: Int64, _ shown: Int) -> String? {
      Int(count) > shown ? words("And {n} more.", ["n": String(Int(count) - shown)]) : nil
    }
    (moreMade, moreLeft) = (more(counts.0, made.count), more(counts.1, left.count))
    let numbers: KeyValuePairs = ["made": String(counts.0), "left": String(counts.1)]
    lede =
      found.replacedAt != nil
      ? words("Another file that you sent since took its place.")
      : found.undoneAt != nil
        ? words("This import was taken back.")
        : isConfirmed
          ? words("Imported. Reminders: {made}. Left out: {left}.", numbers)
          : made.isEmpty && left.isEmpty
            ? words("This file holds neither a task nor an event.")
            : words("Nothing is stored yet. Reminders to be made: {made}. Left out: {left}.", numbers)
    confirmation = isConfirmed || made.isEmpty ? nil : Paths.confirmation(id)
    current = found.replacedAt == nil ? nil : currents.first.map(Paths.reminderImport)
    deletion = found.replacedAt != nil || found.undoneAt != nil || isConfirmed && made.isEmpty ? nil : Paths.importDeletion(id)
  }
}
