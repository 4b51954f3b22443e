import Domain
import HTML
import Net
import Postgres
import Web

/// Tasks from files: sent, looked at, confirmed, taken back.
enum PlannerImports {
  /// GET /planner/import
  static func form(_ web: Context) throws -> Response { web.page(try PlannerImportFormPage(web)) }

  /// POST /planner/import: shows what would come of a file.
  static func read(_ web: Context) throws -> Change {
    try web.takeForm(askingAgain: { try PlannerImportFormPage(web, $0) }) {
      var read = FormReader(web.form, web.words)
      let sent = try read.file("file")
      let typed = read.raw("format")
      let format = PlannerFile.Format.allCases.first { $0.rawValue.utf8.elementsEqual(typed.utf8) }
      if format == nil, !typed.utf8.isEmpty { read.complain("format", web.words("Choose one of the values offered.")) }
      try read.finish()
      let person = try web.person
      let end = Ticks.now + 10_000
      let file: PlannerFile
      do throws(PlannerFile.Refusal) {
        file = try PlannerFile.sent(sent.bytes, format, person, at: web.now, web.services.zones) { Ticks.now < end }
      } catch {
        let errors = FormErrors("file", PlannerImportText(words: web.words).refusal(error))
        if error != .tooLarge, error != .tooMany { throw errors }
        return .refused(web.page(try PlannerImportFormPage(web, .refused(web.form, errors)), status: 413))
      }
      let id = try FileImport<PlannerImport>.keep(sent, file.format, web)
      return .page(
        web.page(try PlannerImportPage(id, PlannerImportPlan(file, web.db), web)),
        did: [AuditEntry("task_import.read", PlannerImport.subject, id.text, ["file": sent.name])])
    }
  }

  /// GET /planner/import/:taskfile
  static func show(_ web: Context, _ id: ID<PlannerImport>) throws -> Response {
    let (found, states) = try web.read(FileImport.query(id, at: web.now), PlannerImportState.query(id))
    guard let found = found.first, let state = states.first else { throw Failure.notFound }
    if found.replacedAt != nil { return web.page(try PlannerImportResultPage(found, state, [], [], [], web)) }
    switch state.word {
    case .preview: return web.page(try PlannerImportPage(id, plan(id, state, web), web))
    case .running:
      let page = try ImportProgressPage(
        web.words("Import tasks"), .tasks, id.text, state,
        doing: web.words("Your tasks are being imported. This page says by itself when it is done."), here: Paths.plannerImport(id),
        deletion: Paths.importDeletion(id), web)
      return try web.page(page, showing: [page.state, page.progress?.done ?? "", page.progress?.total ?? ""])
    case .done, .undone, .failed:
      let (counts, made, noted) = try web.read(
        PlannerImport.counts(id), PlannerImportRow.query(id, refused: false), PlannerImportRow.query(id, refused: true))
      return web.page(try PlannerImportResultPage(found, state, counts, made, noted, web))
    }
  }

  /// POST /planner/import/:taskfile/confirmation: leaves it to a worker.
  static func confirm(_ web: Context, _ id: ID<PlannerImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    let place = Paths.plannerImport(id)
    if found.confirmedAt != nil { return Change(to: place, says: web.words("This was imported already."), did: []) }
    guard let state = try web.db.row(PlannerImportState.query(id)) else { throw Failure.notFound }
    return try web.takeForm(askingAgain: { try PlannerImportPage(id, plan(id, state, web), web, $0) }) {
      var read = FormReader(web.form, web.words)
      let same = read.choice("same", PlannerImport.Same.skip)
      let trash = read.choice("trash", PlannerImport.InTrash.skip)
      try read.finish()
      let job = ID<Job>.new(at: web.now)
      let person = try web.person
      try web.db.queue([
        """
        UPDATE planner_imports SET confirmed_at = \(web.now), same = \(same), trash = \(trash), job_id = \(job)
        WHERE id = \(id) AND user_id = (SELECT me()) AND confirmed_at IS NULL
        """,
        PlannerImportWork.asking(for: id, as: job, of: person, at: web.now),
      ])
      return Change(
        to: place, says: web.words("The import has begun. You may leave this page."),
        did: [AuditEntry("task_import.ordered", PlannerImport.subject, id.text, ["same": same.rawValue, "in_trash": trash.rawValue])],
        wakes: web.now)
    }
  }

  /// POST /planner/import/:taskfile/undo: takes back what it made and changed, as long as nobody has touched it.
  static func undo(_ web: Context, _ id: ID<PlannerImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    try web.plannerWriting.lock()
    let place = Paths.plannerImport(id)
    guard let state = try web.db.row(PlannerImportState.query(id)) else { throw Failure.notFound }
    guard let confirmed = found.confirmedAt else { return Change(to: place, says: web.words("Nothing was imported."), did: []) }
    if state.undoAt != nil { return Change(to: place, says: web.words("This import was taken back already."), did: []) }
    if confirmed.advanced(days: Int64(PlannerImport.undoDays)) <= web.now {
      throw Failure.conflict(web.words("An import can be taken back for 30 days, and they are over."))
    }
    let job = ID<Job>.new(at: web.now)
    // What still runs makes nothing more.
    try web.db.queue([
      """
      UPDATE planner_imports SET undo_at = \(web.now), finished_at = coalesce(finished_at, \(web.now)), file = NULL, job_id = \(job)
      WHERE id = \(id) AND user_id = (SELECT me())
      """
    ])
    let entry = AuditEntry("task_import.undone", PlannerImport.subject, id.text)
    let hasChanged: Bool? = try web.db.value(PlannerImportUndo.hasChanged(id))
    guard hasChanged != true, let gone = try PlannerImportUndo.all(of: id, rounds: 10, web.db) else {
      try web.db.queue([PlannerImportWork.asking(for: id, as: job, of: try web.person, at: web.now)])
      return Change(to: place, says: web.words("It is being taken back. You may leave this page."), did: [entry], wakes: web.now)
    }
    try web.db.queue([PlannerImportUndo.ending(id, at: web.now)])
    let kept: Int? = try web.db.value(PlannerImportUndo.kept(id))
    return Change(to: place, says: PlannerImportText(words: web.words).undone(gone, kept: kept ?? 0), did: [entry])
  }

  /// POST /planner/import/:taskfile/deletion: throws a preview away, or stops what runs; what that made until then stays and can be taken back.
  static func delete(_ web: Context, _ id: ID<PlannerImport>) throws -> Change {
    let found = try FileImport.find(id, web)
    guard found.confirmedAt != nil else {
      try web.db.queue(["SELECT door.discard_planner_import(\(id))"])
      return Change(
        to: Paths.importingTasks, says: web.words("Nothing was imported."),
        did: [AuditEntry("task_import.discarded", PlannerImport.subject, id.text)])
    }
    try web.plannerWriting.lock()
    let place = Paths.plannerImport(id)
    guard let state = try web.db.row(PlannerImportState.query(id)) else { throw Failure.notFound }
    if state.finishedAt != nil { return Change(to: place, says: web.words("It was so already."), did: []) }
    try web.db.queue([
      "UPDATE planner_imports SET finished_at = \(web.now), file = NULL WHERE id = \(id) AND user_id = (SELECT me()) AND finished_at IS NULL"
    ])
    return Change(
      to: place, says: web.words("The import was stopped. What was made until then stays; you can take it back."),
      did: [AuditEntry("task_import.stopped", PlannerImport.subject, id.text)])
  }

  /// What would come of a preview's file.
  private static func plan(_ id: ID<PlannerImport>, _ state: PlannerImportState, _ web: Context) throws -> PlannerImportPlan {
    guard let bytes = try web.read(FileImport.bytes(id)).first else { throw Failure.notFound }
    let person = try web.person
    let file: PlannerFile
    do throws(PlannerFile.Refusal) {
      file = try PlannerFile.sent(bytes, state.kind, person, at: state.createdAt, web.services.zones)
    } catch {
      // What was read once reads again, but for what a newer program refuses.
      throw Failure.conflict(PlannerImportText(words: web.words).refusal(error))
    }
    return try PlannerImportPlan(file, web.db)
  }
}
