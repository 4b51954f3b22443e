import Domain
import Postgres

/// The tasks of an undo.
enum TaskUndo {
  /// Closed instances of a series that are open again take what came after them along, if nobody touched it; else they stand outside of the series.
  ///
  /// - Returns: how many are as they were, and what those are called that are not.
  static func takeBack(_ id: ID<PlannerUndo>, _ writing: PlannerWriting) throws(PostgresError) -> (undone: Int, kept: [String]) {
    let kept: [String] = try writing.db.rows(
      Query(
        column: """
          SELECT t.title FROM \(changes) JOIN tasks t ON t.id = c.id AND t.user_id = u.user_id
          WHERE \(mine(id)) AND (t.revision <> c.revision OR t.deleted_at IS NOT NULL) ORDER BY t.title LIMIT 100
          """))
    let opened: [ID<Task>] = try writing.db.rows(
      Query(
        column: """
          SELECT t.id FROM \(changes) JOIN tasks t ON t.id = c.id AND t.user_id = u.user_id
          WHERE \(mine(id)) AND t.revision = c.revision AND t.deleted_at IS NULL AND t.series_id IS NOT NULL
            AND t.status IN ('done', 'cancelled') AND c.status NOT IN ('done', 'cancelled')
          """))
    let stays = try TaskSeriesWrites(writing: writing).reclaim(opened)
    let leaving = stays.map(\.task)
    // What lay in the archive is to be done again, and its series may have gone on meanwhile.
    let leaves: SQL = """
      c.archived_at IS NULL AND c.status IN ('open', 'in_progress', 'deferred') AND \(TaskSeriesWrites.goesOn)
      """
    let back: [ID<Task>] = try writing.db.rows(
      Query(
        column: """
          UPDATE tasks t SET status = c.status, started_at = c.started_at, completed_at = c.completed_at, archived_at = c.archived_at,
            deferred_until = c.deferred_until, wake_at = c.wake_at, priority = c.priority, updated_at = \(writing.now),
            series_id = CASE WHEN t.id = ANY (\(leaving)) OR \(leaves) THEN NULL ELSE t.series_id END,
            series_no = CASE WHEN t.id = ANY (\(leaving)) OR \(leaves) THEN NULL ELSE t.series_no END
          FROM \(changes)
          WHERE \(mine(id)) AND t.id = c.id AND t.user_id = u.user_id AND t.revision = c.revision AND t.deleted_at IS NULL RETURNING t.id
          """))
    if !back.isEmpty {
      try writing.db.queue(TaskWrites.settling(back, anyway: false, writing))
      try TaskWork.wakeAnew("t.id = ANY (\(back))", writing)
    }
    try writing.note("task.undone", back.map { ThingRef(.task, of: $0) })
    return (back.count, kept + stays.map(\.next))
  }

  private static let changes: SQL = """
    undos u CROSS JOIN LATERAL jsonb_to_recordset(u.changes) AS c (kind text, id uuid, revision bigint, status text, started_at timestamptz,
      completed_at timestamptz, archived_at timestamptz, deferred_until date, wake_at timestamptz, priority smallint)
    """

  private static func mine(_ id: ID<PlannerUndo>) -> SQL { "u.id = \(id) AND u.user_id = (SELECT me()) AND c.kind = 'task'" }
}
