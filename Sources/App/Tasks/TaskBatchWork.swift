import Domain
import HTML
import Postgres

/// Changes all of a long list, some hundred tasks at a time between whatever else a worker has to do, and takes it back.
///
/// Each step is a transaction under the lock of the person's planner, which writes down what waits still: another worker goes on where one died.
enum TaskBatchWork {
  static let name = "tasks.batch"
  /// Tasks in a step.
  static let slice = 200

  static func asking(for id: ID<TaskBatchJob>, as job: ID<Job>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: id.text, of: person.account, person.id, as: job, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    guard let id = ID<TaskBatchJob>(run.place), let user = run.user, let person = try Person.acting(user, bench) else { return .done }
    let writing = PlannerWriting(person: person, now: now, request: run.id.text, db: bench.db)
    try writing.lock()
    // Another job has taken its place where it is taken back.
    guard let batch = try bench.db.row(TaskBatchJob.query(id)), batch.job == run.id else { return .done }
    if batch.undoAt != nil { return batch.undoneAt == nil ? try takeBack(&run, id, writing) : .done }
    if batch.finishedAt != nil { return .done }
    return try go(on: id, batch, &run, writing, bench)
  }

  private static func go(
    on id: ID<TaskBatchJob>, _ batch: TaskBatchJob, _ run: inout JobRun, _ writing: PlannerWriting, _ bench: WorkBench
  ) throws -> JobStep {
    let some: [ID<Task>] = try writing.db.rows(
      Query(
        column: """
          SELECT w.id FROM task_batches b CROSS JOIN LATERAL unnest(b.waiting[1:\(slice)]) WITH ORDINALITY AS w (id, n)
          WHERE b.id = \(id) AND b.user_id = (SELECT me()) ORDER BY w.n
          """))
    run.total = batch.total
    if some.isEmpty {
      try writing.db.queue(["UPDATE task_batches SET finished_at = \(writing.now) WHERE id = \(id) AND user_id = (SELECT me())"])
      return .done
    }
    let outcome = try TaskBatch(writing: writing).run(
      TaskDeed(batch.deed, batch.value), some, back: Path(checking: batch.back) ?? Paths.tasks)
    try writing.db.queue([keeping(outcome, of: id, bench.services.words(writing.person.language))])
    let actor = Actor(kind: .user, id: writing.person.id.text, name: writing.person.displayName)
    try Audit.append(
      outcome.entries, user: writing.person.id, account: writing.person.account, by: actor, at: writing.now, bench.services.keys, writing.db
    )
    run.done += some.count
    return .again
  }

  /// Writes down what came of a step. What was changed along with others waits no more.
  private static func keeping(_ outcome: TaskBatch.Outcome, of id: ID<TaskBatchJob>, _ words: Words) -> SQL {
    let reasons = outcome.reasons(words)
    let told = Array(reasons.prefix(TaskBatchJob.mostReasons))
    return """
      UPDATE task_batches b SET refused = b.refused + \(reasons.count), missing = b.missing + \(outcome.left.count - reasons.count),
        reasons = (b.reasons || \(told))[1:\(TaskBatchJob.mostReasons)],
        undos = CASE WHEN \(outcome.undoID == nil) THEN b.undos ELSE array_prepend(\(outcome.undoID), b.undos) END,
        waiting = ARRAY(SELECT w.id FROM unnest(b.waiting[\(slice + 1):]) WITH ORDINALITY AS w (id, n)
          WHERE w.id <> ALL (\(Array(outcome.touched))) ORDER BY w.n)
      WHERE b.id = \(id) AND b.user_id = (SELECT me())
      """
  }

  /// The last step first.
  private static func takeBack(_ run: inout JobRun, _ id: ID<TaskBatchJob>, _ writing: PlannerWriting) throws -> JobStep {
    let next: (ID<PlannerUndo>?, Int)? = try writing.db.row(
      Query(
        tuple: """
          SELECT b.undos[1], coalesce((SELECT jsonb_array_length(u.changes) FROM undos u WHERE u.id = b.undos[1] AND u.user_id = b.user_id), 0)
          FROM task_batches b WHERE b.id = \(id) AND b.user_id = (SELECT me())
          """))
    guard let undo = next?.0 else {
      try writing.db.queue(["UPDATE task_batches SET undone_at = \(writing.now) WHERE id = \(id) AND user_id = (SELECT me())"])
      return .done
    }
    var (undone, kept) = (0, next?.1 ?? 0)
    do {
      let outcome = try PlannerUndo.takeBack(undo, writing)
      (undone, kept) = (outcome.undone, outcome.kept.count)
    } catch {
      // All of it changed since, or its time is over.
      guard error is UndoRefusal || (error as? Failure) == .notFound else { throw error }
    }
    try writing.db.queue([
      """
      UPDATE task_batches SET undos = undos[2:], undone = undone + \(undone), kept = kept + \(kept) WHERE id = \(id) AND user_id = (SELECT me())
      """
    ])
    run.done += undone
    return .again
  }
}
