import Domain
import HTML
import Postgres
import Web

/// Habits from files: sent, looked at, confirmed, taken back.
enum HabitImports {
  /// GET /habits/import
  static func form(_ web: Context) throws -> Response { web.page(try HabitImportFormPage(web)) }

  /// POST /habits/import: shows what would come of a file.
  static func read(_ web: Context) throws -> Change {
    try web.takeForm(askingAgain: { try HabitImportFormPage(web, $0) }) {
      var read = FormReader(web.form, web.words)
      let sent = try read.file("file")
      let today = HabitCalendar(try web.person, at: web.now).today
      let file: HabitFile
      do throws(HabitImportRefusal) {
        file = try HabitFile.sent(sent.bytes, HabitFileChoices(today: today))
      } catch {
        let errors = FormErrors("file", HabitImportText(try web.reader).refusal(error))
        if !error.isTooLarge { throw errors }
        return .refused(web.page(try HabitImportFormPage(web, .refused(web.form, errors)), status: 413))
      }
      let id = try FileImport<HabitImport>.keep(sent, file.kind, web)
      return .page(
        web.page(try HabitImportPage(id, HabitImportPlan(file, web), web)),
        did: [AuditEntry("habit_import.read", HabitImport.subject, id.text, ["file": sent.name])])
    }
  }

  /// GET /habits/import/:history
  static func show(_ web: Context, _ id: ID<HabitImport>) throws -> Response {
    let (found, rows, refused) = try web.read(
      FileImport.query(id, at: web.now), HabitImportRow.query(id), FileImport<HabitImport>.refused(id))
    guard let found = found.first else { throw Failure.notFound }
    if found.confirmedAt != nil || found.replacedAt != nil {
      return web.page(try HabitImportResultPage(found, rows, refused: refused.first ?? 0, web))
    }
    // The same file with the other order of its dates.
    try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      _ = HabitImportForm.order(&read)
      try read.finish()
    }
    return web.page(try HabitImportPage(id, try plan(id, web.request.query, web), web, .shown(web.request.query)))
  }

  /// POST /habits/import/:history/confirmation
  static func confirm(_ web: Context, _ id: ID<HabitImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    let place = Paths.habitImport(id)
    if found.confirmedAt != nil { return Change(to: place, says: web.words("This was imported already."), did: []) }
    let plan = try plan(id, web.form, web)
    return try web.takeForm(askingAgain: { try HabitImportPage(id, plan, web, $0) }) {
      let form = try HabitImportForm(web.form, plan, web.words)
      let results = try HabitImportWrites.make(id, form.chosen, refused: plan.file.refusedCount, web)
      let isEmpty = results.allSatisfy { !$0.isNew && $0.added == 0 }
      return Change(
        to: place, says: HabitImportText(try web.reader).made(results), undo: isEmpty ? nil : Paths.importDeletion(id),
        did: [AuditEntry("habit_import.made", HabitImport.subject, id.text, ["count": String(results.count)])])
    }
  }

  /// POST /habits/import/:history/deletion: throws a preview away; takes back what an import made, as long as nobody has touched it.
  static func delete(_ web: Context, _ id: ID<HabitImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    guard found.confirmedAt != nil else {
      try web.db.queue(["SELECT door.discard_habit_imports()"])
      return Change(
        to: Paths.importingHabits, says: web.words("Nothing was imported."),
        did: [AuditEntry("habit_import.discarded", HabitImport.subject, id.text)])
    }
    let undone = try found.undo(HabitCalendar(try web.person, at: web.now), web)
    try web.db.queue([found.noting("undone_at", at: web.now)])
    return Change(
      to: Paths.habitImport(id), says: HabitImportText(try web.reader).undone(undone),
      did: [AuditEntry("habit_import.undone", HabitImport.subject, id.text, ["count": String(undone.habits)])])
  }

  /// What would come of a preview's file, as it was chosen.
  private static func plan(_ id: ID<HabitImport>, _ form: Form, _ web: Context) throws -> HabitImportPlan {
    guard let bytes = try web.read(FileImport.bytes(id)).first else { throw Failure.notFound }
    let today = HabitCalendar(try web.person, at: web.now).today
    // What is wrong with the choices is said where the rest of the form is read.
    let choices = (try? HabitImportForm.choices(form, today: today, web.words)) ?? HabitFileChoices(today: today)
    let file: HabitFile
    do throws(HabitImportRefusal) {
      file = try HabitFile.sent(bytes, choices)
    } catch {
      // What was read once reads again, but for what a newer program refuses.
      throw Failure.conflict(HabitImportText(try web.reader).refusal(error))
    }
    return try HabitImportPlan(file, web)
  }
}

/// Where a file is sent, with what can be sent.
struct HabitImportFormPage {
  let layout: Layout
  let summary: ErrorSummary?
  let action = Paths.importingHabits
  let back = Paths.habits
  let export = Paths.habitExport
  let error: String?

  init(_ web: Context, _ state: FormState = .fresh) throws {
    layout = try Layout(web.reader.words("Import habits"), .habits, web)
    var fields = FieldBuilder(state)
    fields.add("file", web.words("File"))
    (summary, error) = (fields.summary, state.errors["file"])
  }
}
