import Domain
import HTML
import Postgres

/// The plan of an undo.
enum PlanUndo {
  /// What keeps where things stand in the plan: ask before the one statement that moves each of them.
  ///
  /// - Parameters:
  ///   - state: what they become.
  ///   - day: of the plan that they go into, or are dismissed from.
  static func keeping(_ things: [ID<Thing>], to state: PlanState, _ day: Day, _ writing: PlannerWriting) -> (path: Path, sql: SQL) {
    let id = ID<PlannerUndo>.new(at: writing.now)
    let sql: SQL = """
      \(PlannerUndo.inserting(id, back: Paths.plan, writing))
        jsonb_agg(jsonb_build_object('kind', 'plan', 'id', x.id, 'state', coalesce(c.state, 'shown'), 'day', c.day, 'to_state', \(state)::text,
          'to_day', \(day)::date))
      FROM unnest(\(things)) AS x (id)
      LEFT JOIN recent_context_items c ON c.thing = x.id AND c.user_id = (SELECT me()) AND c.chat = \(PlanRow.chat) HAVING count(*) > 0
      """
    return (Paths.undo(id), sql)
  }

  /// - Returns: how many are as they were, and what those are called that were moved since.
  static func takeBack(_ id: ID<PlannerUndo>, _ writing: PlannerWriting) throws(PostgresError) -> (undone: Int, kept: [String]) {
    let mine: SQL = "u.id = \(id) AND u.user_id = (SELECT me()) AND x.kind = 'plan'"
    let kept: [String] = try writing.db.rows(
      Query(
        column: """
          SELECT d.title FROM \(changes) JOIN recent_context_items c ON c.thing = x.id AND c.user_id = u.user_id AND c.chat = \(PlanRow.chat)
          JOIN search_documents d ON d.id = c.thing AND d.user_id = c.user_id
          WHERE \(mine) AND (c.state, c.day) IS DISTINCT FROM (x.to_state, x.to_day) ORDER BY d.title LIMIT 100
          """))
    let undone = try writing.db.run(
      """
      UPDATE recent_context_items c SET state = x.state, day = CASE WHEN x.state <> 'shown' THEN x.day END, surfaced_at = \(writing.now),
        expires_at = CASE WHEN x.state = 'taken' THEN 'infinity' ELSE \(writing.now.advanced(days: 7)) END
      FROM \(changes)
      WHERE \(mine) AND c.thing = x.id AND c.user_id = u.user_id AND c.chat = \(PlanRow.chat) AND c.state = x.to_state AND c.day = x.to_day
      """)
    return (undone, kept)
  }

  private static let changes: SQL = """
    undos u CROSS JOIN LATERAL jsonb_to_recordset(u.changes) AS x (kind text, id uuid, state text, day date, to_state text, to_day date)
    """
}
