import Domain
import Postgres

/// What commands store of tasks.
enum TaskWrites {
  /// Gives tasks a status. Those that are done already stay done since when they were, and none is done before it was made.
  ///
  /// - Parameter leaving: those of them that leave their series.
  static func setting(_ status: TaskStatus, _ ids: [ID<Task>], until: Day? = nil, leaving: [ID<Task>] = [], _ writing: PlannerWriting)
    -> SQL
  {
    let (now, wake) = (writing.now, until.map(writing.beginning))
    return """
      UPDATE tasks SET status = \(status), deferred_until = \(until), wake_at = \(wake), updated_at = \(now),
        started_at = CASE WHEN \(status == .inProgress) THEN coalesce(started_at, \(now)) ELSE started_at END,
        completed_at = CASE WHEN \(status == .done) THEN greatest(coalesce(completed_at, \(now)), created_at) END,
        series_id = CASE WHEN id = ANY (\(leaving)) THEN NULL ELSE series_id END,
        series_no = CASE WHEN id = ANY (\(leaving)) THEN NULL ELSE series_no END
      WHERE id = ANY (\(ids)) AND user_id = (SELECT me())
      """
  }

  /// Brings the record of completions into line with how tasks are now.
  ///
  /// - Parameter anyway: whether they were done while something was in their way.
  static func settling(_ ids: [ID<Task>], anyway: Bool, _ writing: PlannerWriting) -> [SQL] {
    [
      """
      UPDATE task_completions c SET undone_at = \(writing.now) FROM tasks t
      WHERE c.task_id = t.id AND c.user_id = t.user_id AND c.undone_at IS NULL AND t.id = ANY (\(ids)) AND t.user_id = (SELECT me())
        AND t.status <> 'done'
      """,
      """
      INSERT INTO task_completions (id, user_id, task_id, at, anyway)
      SELECT gen_random_uuid(), t.user_id, t.id, t.completed_at, \(anyway) FROM tasks t
      WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me()) AND t.status = 'done' ON CONFLICT DO NOTHING
      """,
    ]
  }

  /// Gives a thing these tags and no others.
  static func tagging(_ thing: ThingRef, _ tags: [String], _ writing: PlannerWriting) -> [SQL] {
    let insert: SQL = .insert(into: "tags", .all("user_id", "\(writing.person.id)"), .all("thing", "\(thing.id)"), .each("tag", tags))
    return ["SELECT door.drop_tags(\(thing.id), \(tags))"] + (tags.isEmpty ? [] : ["\(insert) ON CONFLICT DO NOTHING"])
  }

  /// Numbers siblings anew from 1; those that stand there already are not written.
  static func placing(_ order: [ID<Task>], _ writing: PlannerWriting) -> [SQL] {
    if order.isEmpty { return [] }
    return [
      .update(
        "tasks", set: [.each("position", Array(1...order.count))], by: [.each("id", order)],
        where: "d.id = t.id AND d.user_id = (SELECT me()) AND d.position <> t.position")
    ]
  }

  /// The tasks below one, the deepest first.
  ///
  /// - Parameter which: a condition on `b`.
  static func below(_ id: ID<Task>, _ which: SQL) -> Query<ID<Task>> {
    Query(
      column: """
        WITH RECURSIVE below (id, level) AS (
          SELECT c.id, 1 FROM tasks c WHERE c.parent_id = \(id) AND c.user_id = (SELECT me())
          UNION ALL
          SELECT c.id, w.level + 1 FROM below w JOIN tasks c ON c.parent_id = w.id AND c.user_id = (SELECT me()) WHERE w.level < 20)
        SELECT b.id FROM below w JOIN tasks b ON b.id = w.id AND b.user_id = (SELECT me()) WHERE \(which) ORDER BY w.level DESC, b.id
        """)
  }
}
