import Domain
import HTML
import Postgres

/// How a task goes on: begun, put off, closed, opened again, put away. Each leaves no trace where it is so already
/// (RULES 8.16), and asks before it leaves subtasks behind (RULES 8.18).
extension TaskCommands {
  /// Allowed while it waits for something: the page says so.
  func start() throws -> TaskOutcome { try go(.start, "task.started") }

  /// Until a date after the person's today; nil: someday.
  ///
  /// - Throws: ``TaskRefusal/notAhead``.
  func putOff(until day: Day?) throws -> TaskOutcome {
    if let day, day <= writing.today { throw TaskRefusal.notAhead }
    if task.status == .deferred, task.deferredUntil == day { return TaskOutcome() }
    return try go(.put(off: day), "task.deferred", ["deferred_until": day?.iso ?? ""], until: day)
  }

  /// Done, with all that is open below it or alone.
  ///
  /// - Parameters:
  ///   - scope: nil: nobody has said.
  ///   - anyway: whatever it waits for.
  /// - Throws: ``TaskRefusal/openSubtasks(_:)`` where nobody has said, ``TaskRefusal/blocked(_:)``.
  func complete(_ scope: TaskScope?, anyway: Bool) throws -> TaskOutcome {
    if task.status == .done { return TaskOutcome() }
    let ids = try closing(scope)
    let waits = try self.waits(of: ids)
    if !anyway, !waits.isEmpty { throw TaskRefusal.blocked(waits) }
    var outcome = try set(.done, ids, "task.completed", waits.isEmpty ? [:] : ["anyway": "on"], anyway: !waits.isEmpty)
    if !task.status.isClosed { outcome.next = try TaskSeriesWrites(writing: writing).next(after: task) }
    return outcome
  }

  /// The same of what will not be done. What it waits for is not asked about; of a series, whether it goes on.
  ///
  /// - Throws: ``TaskRefusal/series(openSubtasks:)``, ``TaskRefusal/openSubtasks(_:)`` where nobody has said.
  func cancel(_ scope: CancelScope?) throws -> TaskOutcome {
    if task.status == .cancelled { return TaskOutcome() }
    let isOfSeries = task.series != nil && !task.status.isClosed
    if isOfSeries, scope == nil { throw TaskRefusal.series(openSubtasks: try openBelow().count) }
    let isLast = isOfSeries && scope == .series
    let ids = try closing(scope.map { scope -> TaskScope in scope == .one ? .one : .all })
    var outcome = try set(.cancelled, ids, "task.cancelled", isLast ? ["series": "ended"] : [:], anyway: false)
    let series = TaskSeriesWrites(writing: writing)
    if isLast { try series.end(task) } else if isOfSeries { outcome.next = try series.next(after: task) }
    return outcome
  }

  /// Out of progress again, as if nobody had begun; what is closed, put off or archived is open again.
  func putBack() throws -> TaskOutcome {
    task.status == .inProgress && !task.isArchived ? try set(.open, [task.id], "task.reopened", [:], anyway: false) : try reopen()
  }

  /// Open again; out of the archive as it was, with what went there with it.
  func reopen() throws -> TaskOutcome {
    guard let archivedAt = task.archivedAt else {
      return task.status.canBeBlocked ? TaskOutcome() : try go(.reopen, "task.reopened")
    }
    let ids = [task.id] + (try writing.db.rows(TaskWrites.below(task.id, "b.deleted_at IS NULL AND b.archived_at = \(archivedAt)")))
    // Its series may have gone on meanwhile.
    let leaves: SQL = "t.status IN ('open', 'in_progress', 'deferred') AND \(TaskSeriesWrites.goesOn)"
    try writing.db.queue([
      """
      UPDATE tasks t SET archived_at = NULL, updated_at = \(writing.now), series_id = CASE WHEN \(leaves) THEN NULL ELSE series_id END,
        series_no = CASE WHEN \(leaves) THEN NULL ELSE series_no END
      WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me())
      """
    ])
    return try did("task.unarchived", ids)
  }

  /// Out of the way, with its subtasks.
  func archive() throws -> TaskOutcome {
    if task.isArchived { return TaskOutcome() }
    let ids = [task.id] + (try writing.db.rows(TaskWrites.below(task.id, "b.deleted_at IS NULL AND b.archived_at IS NULL")))
    let undo = PlannerUndo.keeping(tasks: ids, back: Paths.task(task.id), writing)
    try writing.db.queue([
      undo.sql,
      """
      UPDATE tasks SET archived_at = \(writing.now), updated_at = \(writing.now) WHERE id = ANY (\(ids)) AND user_id = (SELECT me())
      """,
    ])
    return try did("task.archived", ids, undo: undo.id)
  }

  private func go(_ step: TaskStep, _ action: String, _ facts: [String: String] = [:], until: Day? = nil) throws -> TaskOutcome {
    let status = task.status.after(step)
    if status == task.status, status != .deferred { return TaskOutcome() }
    return try set(status, [task.id], action, facts, anyway: false, until: until)
  }

  private func set(
    _ status: TaskStatus, _ ids: [ID<Task>], _ action: String, _ facts: [String: String], anyway: Bool, until: Day? = nil
  ) throws -> TaskOutcome {
    let stays = status.isClosed ? [] : try TaskSeriesWrites(writing: writing).reclaim(ids)
    let undo = PlannerUndo.keeping(tasks: ids, back: Paths.task(task.id), writing)
    try writing.db.queue(
      [undo.sql, TaskWrites.setting(status, ids, until: until, leaving: stays.map(\.task), writing)]
        + TaskWrites.settling(ids, anyway: anyway, writing))
    var outcome = try did(action, ids, facts, undo: undo.id)
    outcome.stays = stays.first?.next
    return outcome
  }

  /// The task and, where that is asked for, what is open below it.
  private func closing(_ scope: TaskScope?) throws -> [ID<Task>] {
    let below = try openBelow()
    if scope == nil, !below.isEmpty { throw TaskRefusal.openSubtasks(below.count) }
    return [task.id] + (scope == .all ? below : [])
  }

  /// What is open below it, the deepest first.
  private func openBelow() throws(PostgresError) -> [ID<Task>] {
    try writing.db.rows(
      TaskWrites.below(task.id, "b.deleted_at IS NULL AND b.archived_at IS NULL AND b.status IN ('open', 'in_progress', 'deferred')"))
  }

  /// What tasks wait for beyond each other, at most three of them and three things each.
  private func waits(of ids: [ID<Task>]) throws -> [TaskRefusal.Wait] {
    let rows: [(String, [String])] = try writing.db.rows(
      Query(
        tuple: """
          SELECT w.title, (array_agg(DISTINCT x.title))[1:3] FROM entity_links l
          JOIN tasks w ON w.id = l.from_id AND w.user_id = l.user_id
          CROSS JOIN LATERAL \(PlannedThing.found("l.to_id")) x
          WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND l.from_id = ANY (\(ids)) AND l.to_id <> ALL (\(ids)) AND x.blocks
          GROUP BY w.id, w.title ORDER BY w.id LIMIT 3
          """))
    return rows.map { TaskRefusal.Wait(task: $0.0, things: $0.1) }
  }
}
