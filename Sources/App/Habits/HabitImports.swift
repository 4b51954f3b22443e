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
    let (found, rows, refused, orders) = try web.read(
      FileImport.query(id, at: web.now), HabitImportRow.query(id), FileImport<HabitImport>.refused(id), HabitImportOrder.query(id))
    guard let found = found.first else { throw Failure.notFound }
    if found.confirmedAt != nil || found.replacedAt != nil {
      return web.page(try HabitImportResultPage(found, rows, refused: refused.first ?? 0, web))
    }
    let order = orders.first
    if let order, order.isRunning {
      let (words, text) = (web.words, HabitImportText(try web.reader))
      let progress = order.total.map { total in
        let done = order.done ?? 0
        return ImportProgressPage.Progress(
          done: String(done), total: String(total),
          words: words("{done} of {total} days", ["done": text.number(done), "total": text.number(total)]))
      }
      let page = try ImportProgressPage(
        words("Import habits"), .habits, id.text, ordered: order.orderedAt, progress,
        doing: words("Your days are being imported. All of them appear together at the end, and this page then says so by itself."),
        here: Paths.habitImport(id), deletion: Paths.importDeletion(id), web)
      return try web.page(page, showing: [page.state, page.progress?.done ?? "", page.progress?.total ?? ""])
    }
    // The same file with the other order of its dates.
    try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      _ = HabitImportForm.order(&read)
      try read.finish()
    }
    return web.page(try HabitImportPage(id, try plan(id, web.request.query, web), web, .shown(web.request.query), failure: order?.failure))
  }

  /// POST /habits/import/:history/confirmation
  static func confirm(_ web: Context, _ id: ID<HabitImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    let place = Paths.habitImport(id)
    if found.confirmedAt != nil { return Change(to: place, says: web.words("This was imported already."), did: []) }
    if try isRunning(id, web) { return Change(to: place, says: web.words("This is being imported already."), did: []) }
    let plan = try plan(id, web.form, web)
    return try web.takeForm(askingAgain: { try HabitImportPage(id, plan, web, $0) }) {
      let form = try HabitImportForm(web.form, plan, web.words)
      if form.dates > web.services.importedAtOnce { return try order(id, form, plan, web) }
      let results = try make(id, form.chosen, refused: plan.file.refusedCount, web)
      let isEmpty = results.allSatisfy { !$0.isNew && $0.added == 0 }
      return Change(
        to: place, says: HabitImportText(try web.reader).made(results), undo: isEmpty ? nil : Paths.importDeletion(id),
        did: [AuditEntry("habit_import.made", HabitImport.subject, id.text, ["count": String(results.count)])])
    }
  }

  private static func isRunning(_ id: ID<HabitImport>, _ web: Context) throws -> Bool {
    try web.read(HabitImportOrder.query(id)).first?.isRunning ?? false
  }

  /// All of it, in the transaction of the request.
  private static func make(_ id: ID<HabitImport>, _ chosen: [HabitImportForm.Chosen], refused: Int, _ web: Context) throws
    -> [HabitImportWrites.Result]
  {
    let person = try web.person
    let calendar = HabitCalendar(person, at: web.now)
    let writes = HabitImportWrites(id, chosen, calendar, of: person.id, at: web.now, web.db)
    while try writes.step() {}
    _ = try writes.hold(waits: true)
    guard try writes.confirm(refused: refused) else { throw Failure.notFound }
    try writes.finish()
    try calendar.settle(writes.touched, of: person.id, at: web.now, web.db)
    return writes.results
  }

  /// Leaves it to a worker: what was chosen is kept, and the page says how far it has come.
  private static func order(_ id: ID<HabitImport>, _ form: HabitImportForm, _ plan: HabitImportPlan, _ web: Context) throws -> Change {
    let person = try web.person
    let reading = try HabitImportForm.choices(web.form, today: HabitCalendar(person, at: web.now).today, web.words)
    let job = ID<Job>.new(at: web.now)
    try web.db.queue([
      """
      UPDATE habit_imports SET job_id = \(job), choices = \(HabitImportChoices(reading, form.chosen).bytes), failure = NULL
      WHERE id = \(id) AND user_id = \(person.id) AND confirmed_at IS NULL
      """,
      HabitImportWork.asking(for: id, as: job, of: person, at: web.now),
    ])
    return Change(
      to: Paths.habitImport(id), says: web.words("The import has begun. You may leave this page."),
      did: [AuditEntry("habit_import.ordered", HabitImport.subject, id.text, ["count": String(form.chosen.count)])], wakes: web.now)
  }

  /// POST /habits/import/:history/deletion: throws a preview away, stops what runs; takes back what an import made, as long as nobody has touched it.
  static func delete(_ web: Context, _ id: ID<HabitImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    guard found.confirmedAt != nil else {
      let says = try isRunning(id, web) ? web.words("The import was stopped. Nothing of it is stored.") : web.words("Nothing was imported.")
      try web.db.queue(["SELECT door.discard_habit_import(\(id))"])
      return Change(
        to: Paths.importingHabits, says: says,
        did: [AuditEntry("habit_import.discarded", HabitImport.subject, id.text)])
    }
    if found.undoneAt != nil {
      return Change(to: Paths.habitImport(id), says: web.words("This import was taken back already."), did: [])
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
