import Domain
import HTML
import Postgres

/// Takes a file of people or events in, and takes one back, some hundred rows at a time between whatever else a worker has to do: as
/// ``PlannerImportWork`` does with tasks.
enum ContextImportWork {
  static let name = "context.import"

  static func asking(for id: ID<ContextImport>, as job: ID<Job>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: ImportBookmark<ContextImport>(id: id).text, of: person.account, person.id, as: job, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    guard var place = ImportBookmark<ContextImport>(run.place), let user = run.user, let person = try Person.acting(user, bench) else {
      return .done
    }
    let planner = PlannerWriting(person: person, now: now, request: run.id.text, db: bench.db)
    let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
    let with = DeadlineWriting(planner: planner, services: bench.services, actor: actor)
    try planner.lock()
    guard let state = try bench.db.row(ContextImportState.query(place.id)), state.job == run.id else { return stop(&run) }
    if state.undoAt != nil { return try undo(&run, place.id, with) }
    if state.finishedAt != nil { return stop(&run) }
    guard let writes = try run.kept as? ContextImportWrites ?? begin(place.id, state, with) else {
      try bench.db.queue(["UPDATE context_imports SET failed = true WHERE id = \(place.id) AND user_id = (SELECT me())"])
      run.kept = nil
      return .failed("its file cannot be read")
    }
    (run.kept, run.total) = (writes, writes.total)
    guard place.done < writes.total else { return try end(&run, place.id, writes, with) }
    place.done = try writes.step(from: place.done, with)
    (run.place, run.done) = (place.text, place.done)
    return .again
  }

  /// There is nothing to do any more.
  private static func stop(_ run: inout JobRun) -> JobStep {
    run.kept = nil
    return .done
  }

  /// - Returns: nil: its file cannot be read, which could be when it was looked at.
  private static func begin(_ id: ID<ContextImport>, _ state: ContextImportState, _ with: DeadlineWriting) throws -> ContextImportWrites? {
    guard let bytes = try with.db.read(FileImport<ContextImport>.bytes(id)).first else { return nil }
    let file: ContextFile
    do throws(ContextFile.Refusal) {
      file = try ContextFile.sent(bytes, state.noun, state.kind, with.person, at: state.createdAt, with.services.zones)
    } catch {
      return nil
    }
    return try ContextImportWrites(id, state, target(file, id, state, with), with.db)
  }

  private static func target(
    _ file: ContextFile, _ id: ID<ContextImport>, _ state: ContextImportState, _ with: DeadlineWriting
  ) throws(PostgresError) -> any ContextTarget {
    switch file {
    case .people(let file): return ImportedPeople(try PeoplePlan(file, with.words, with.db), state, id, with.words)
    case .events(let file):
      let plan = try EventsPlan(file, source: state.kind.source, at: with.now, with.words, with.services.zones, with.db)
      let order = ImportedEvents.Order(same: state.same, trash: state.trash, makesPeople: state.makesPeople, made: id)
      return ImportedEvents(plan, order, with.words)
    }
  }

  private static func end(
    _ run: inout JobRun, _ id: ID<ContextImport>, _ writes: ContextImportWrites, _ with: DeadlineWriting
  ) throws -> JobStep {
    let (now, person) = (with.now, with.person)
    try with.db.queue([
      """
      UPDATE context_imports SET finished_at = \(now), file = NULL WHERE id = \(id) AND user_id = (SELECT me()) AND finished_at IS NULL
      """
    ])
    let facts = ["noun": writes.noun.rawValue, "lines": String(writes.total)]
    try Audit.append(
      [AuditEntry("context_import.made", ContextImport.subject, id.text, facts)], user: person.id, account: person.account, by: with.actor,
      at: now, with.services.keys, with.db)
    return stop(&run)
  }

  private static func undo(_ run: inout JobRun, _ id: ID<ContextImport>, _ with: DeadlineWriting) throws -> JobStep {
    var count = try ContextImportUndo.putBack(id, with)
    if count == 0 { count = try ContextImportUndo.some(of: id, with.db) }
    run.done += count
    if count > 0 { return .again }
    try with.db.queue([ContextImportUndo.ending(id, at: with.now)])
    return stop(&run)
  }
}
