import Domain
import Postgres

/// Marks the ids of deletions.
enum Deletion {}

/// Tasks into the trash and out of it (RULES 8.9, 8.26): one deletion is the task with its subtasks.
extension TaskCommands {
  /// Gone for 30 days, with all below it; then for good.
  func delete() throws -> TaskOutcome {
    let ids = [task.id] + (try writing.db.rows(TaskWrites.below(task.id, "b.deleted_at IS NULL")))
    let deletion = ID<Deletion>.new(at: writing.now)
    try writing.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at)
      VALUES (\(deletion), \(writing.person.id), 'task', \(task.id), \(ids.count), \(writing.now))
      """,
      """
      UPDATE tasks SET deleted_at = \(writing.now), deletion_id = \(deletion), updated_at = \(writing.now)
      WHERE id = ANY (\(ids)) AND user_id = (SELECT me())
      """,
    ])
    var outcome = try did("task.deleted", ids)
    outcome.undo = Paths.taskRestoration(task.id)
    return outcome
  }

  /// Back from the trash, with what that deletion took below it: under its parent, as the last, if that lives and it fits there still, else at the
  /// top (RULES 8.23). Its links
  /// wake in the order in which they were made, but for those that would close a circle.
  ///
  /// - Returns: nothing for one that is not in the trash.
  /// - Throws: ``Failure/notFound`` for one that is gone for good, or somebody else's.
  static func restore(_ id: ID<Task>, _ writing: PlannerWriting) throws -> TaskOutcome {
    try writing.lock()
    let found: (String, ID<Task>?, ID<Deletion>?)? = try writing.db.row(
      Query(tuple: "SELECT title, parent_id, deletion_id FROM tasks WHERE id = \(id) AND user_id = (SELECT me())"))
    guard let (title, parent, gone) = found else { throw Failure.notFound }
    guard let deletion = gone else { return TaskOutcome() }
    let ids = [id] + (try writing.db.rows(TaskWrites.below(id, "b.deletion_id = \(deletion)")))
    let isAtTop = try wake(ids, id, deletion, writing) || !stays(ids, under: parent, writing)
    if isAtTop, parent != nil {
      try writing.db.queue(["UPDATE tasks SET parent_id = NULL, position = 0 WHERE id = \(id) AND user_id = (SELECT me())"])
    } else if let parent {
      try writing.db.queue(TaskWrites.placing(TaskTree.order(under: parent, writing).filter { $0 != id } + [id], writing))
    }
    let dropped = try LinkCommands(writing: writing).wake(ids.map { ThingRef(.task, of: $0).id })
    try writing.note("task.restored", ids.map { ThingRef(.task, of: $0) })
    let facts = ["title": title, "subtasks": String(ids.count - 1), "dropped": String(dropped.count)]
    return TaskOutcome(
      entries: [AuditEntry("task.restored", Task.subject, id.text, facts)], tasks: ids, dropped: dropped, isAtTop: isAtTop && parent != nil)
  }

  /// Takes tasks out of the trash. One whose series has gone on meanwhile comes back outside of it.
  ///
  /// - Returns: whether the first of them has no parent that lives.
  private static func wake(_ ids: [ID<Task>], _ id: ID<Task>, _ deletion: ID<Deletion>, _ writing: PlannerWriting) throws -> Bool {
    let goesOn = TaskSeriesWrites.goesOn
    let orphan: Bool? = try writing.db.value(
      """
      SELECT NOT EXISTS (SELECT FROM tasks p WHERE p.id = t.parent_id AND p.user_id = t.user_id AND p.deleted_at IS NULL)
      FROM tasks t WHERE t.id = \(id) AND t.user_id = (SELECT me())
      """)
    try writing.db.queue([
      """
      UPDATE tasks t SET deleted_at = NULL, deletion_id = NULL, updated_at = \(writing.now),
        series_id = CASE WHEN \(goesOn) THEN NULL ELSE series_id END, series_no = CASE WHEN \(goesOn) THEN NULL ELSE series_no END
      WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me())
      """,
      """
      UPDATE deletions d SET restored_at = \(writing.now) WHERE d.id = \(deletion) AND d.user_id = (SELECT me())
        AND NOT EXISTS (SELECT FROM tasks t WHERE t.deletion_id = d.id AND t.user_id = d.user_id)
      """,
    ])
    return orphan ?? true
  }

  /// Whether the first of tasks that came back may stand under its parent still. Their links do not matter: those that do not fit go.
  private static func stays(_ ids: [ID<Task>], under parent: ID<Task>?, _ writing: PlannerWriting) throws -> Bool {
    guard let parent, let id = ids.first else { return true }
    do {
      try TaskSeriesWrites(writing: writing).refuse(id, under: parent)
    } catch is TaskRefusal {
      return false
    }
    let siblings: Int? = try writing.db.value(
      """
      SELECT count(*) FROM tasks WHERE user_id = (SELECT me()) AND parent_id = \(parent) AND deleted_at IS NULL AND id <> \(id)
      """)
    if siblings ?? 0 >= Task.mostSubtasks { return false }
    let (child, above) = (ThingRef(.task, of: id).id, ThingRef(.task, of: parent).id)
    let graph = try PlannerReach.graph(without: ids.map { ThingRef(.task, of: $0).id }, writing.db)
    return graph.path(from: above, to: child) == nil && graph.fits(child, under: above)
  }
}
