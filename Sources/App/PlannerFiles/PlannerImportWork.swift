import Domain
import Postgres

/// Takes a file of tasks in, and takes one back, some hundred rows at a time between whatever else a worker has to do.
///
/// Each step is a transaction under the lock of the person's planner and says how far it has come, so that another worker goes on where one died, and
/// nothing is made twice: what was made stands in the rows of the import.
enum PlannerImportWork {
  static let name = "planner.import"

  static func asking(for id: ID<PlannerImport>, as job: ID<Job>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: ImportBookmark<PlannerImport>(id: id).text, of: person.account, person.id, as: job, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    guard var place = ImportBookmark<PlannerImport>(run.place), let user = run.user, let person = try Person.acting(user, bench) else {
      return .done
    }
    let writing = PlannerWriting(person: person, now: now, request: run.id.text, db: bench.db)
    try writing.lock()
    guard let state = try bench.db.row(PlannerImportState.query(place.id)), state.job == run.id else { return stop(&run) }
    if state.undoAt != nil { return try undo(&run, place.id, writing) }
    if state.finishedAt != nil { return stop(&run) }
    guard let writes = try run.kept as? PlannerImportWrites ?? begin(place.id, state, person, bench) else {
      try bench.db.queue(["UPDATE planner_imports SET failed = true WHERE id = \(place.id) AND user_id = (SELECT me())"])
      run.kept = nil
      return .failed("its file cannot be read")
    }
    (run.kept, run.total) = (writes, writes.total)
    guard place.done < writes.total else { return try end(&run, place.id, writes, writing, bench) }
    place.done = try writes.step(from: place.done, writing)
    (run.place, run.done) = (place.text, place.done)
    return .again
  }

  /// There is nothing to do any more.
  private static func stop(_ run: inout JobRun) -> JobStep {
    run.kept = nil
    return .done
  }

  /// - Returns: nil: its file cannot be read, which could be when it was looked at.
  private static func begin(
    _ id: ID<PlannerImport>, _ state: PlannerImportState, _ person: Person, _ bench: WorkBench
  ) throws -> PlannerImportWrites? {
    guard let bytes = try bench.db.read(FileImport<PlannerImport>.bytes(id)).first else { return nil }
    let file: PlannerFile
    do throws(PlannerFile.Refusal) {
      file = try PlannerFile.sent(bytes, state.kind, person, at: state.createdAt, bench.services.zones)
    } catch {
      return nil
    }
    let plan = try PlannerImportPlan(file, bench.db)
    return try PlannerImportWrites(id, plan, state, bench.services.words(person.language), bench.db)
  }

  private static func end(
    _ run: inout JobRun, _ id: ID<PlannerImport>, _ writes: PlannerImportWrites, _ writing: PlannerWriting, _ bench: WorkBench
  ) throws -> JobStep {
    let (now, person) = (writing.now, writing.person)
    try bench.db.queue([
      """
      UPDATE planner_imports SET finished_at = \(now), file = NULL WHERE id = \(id) AND user_id = (SELECT me()) AND finished_at IS NULL
      """
    ])
    let entry = AuditEntry("task_import.made", PlannerImport.subject, id.text, ["lines": String(writes.plan.file.tasks.count)])
    try Audit.append(
      [entry], user: person.id, account: person.account, by: Actor(kind: .user, id: person.id.text, name: person.displayName), at: now,
      bench.services.keys, bench.db)
    return stop(&run)
  }

  private static func undo(_ run: inout JobRun, _ id: ID<PlannerImport>, _ writing: PlannerWriting) throws -> JobStep {
    var count = try PlannerImportUndo.putBack(id, writing)
    if count == 0 { count = try PlannerImportUndo.some(of: id, writing.db) }
    run.done += count
    if count > 0 { return .again }
    try writing.db.queue([PlannerImportUndo.ending(id, at: writing.now)])
    return stop(&run)
  }
}
