import Domain
import Postgres

/// The edges of a person's graph that can be reached from some things (RULES 8.20): links that say what waits, and the tree of tasks, of everything that
/// is not in the trash, whatever its state.
enum PlannerReach {
  /// The part of it that lies behind some things: enough to tell whether an edge to one of them would close a circle, and what stands above them.
  static func graph(behind things: [ID<Thing>], _ db: Connection) throws(PostgresError) -> PlannerGraph<ID<Thing>> {
    try read(
      """
      WITH RECURSIVE reach (id) AS (
        SELECT x FROM unnest(\(things)) x
        UNION
        SELECT e.next FROM reach r CROSS JOIN LATERAL (\(next)) e)
      SELECT r.id, e.next, e.is_tree FROM reach r CROSS JOIN LATERAL (\(next)) e
      """, db)
  }

  /// All of it, but for links that hang on some things.
  static func graph(without things: [ID<Thing>], _ db: Connection) throws(PostgresError) -> PlannerGraph<ID<Thing>> {
    try read(
      """
      SELECT l.to_id, l.from_id, false FROM entity_links l
      WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND l.from_id <> ALL (\(things)) AND l.to_id <> ALL (\(things))
        AND \(isThere("l.from_id")) AND \(isThere("l.to_id"))
      UNION ALL
      SELECT t.id, t.parent_id, true FROM tasks t
      WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.parent_id IS NOT NULL
      """, db)
  }

  /// What comes right behind a thing `r`.
  private static let next: SQL = """
    SELECT l.from_id AS next, false AS is_tree FROM entity_links l
    WHERE l.user_id = (SELECT me()) AND l.to_id = r.id AND l.type = 'depends_on' AND \(isThere("l.from_id"))
    UNION ALL
    SELECT t.parent_id, true FROM tasks t
    WHERE t.id = r.id AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.parent_id IS NOT NULL
    """

  /// Whether a thing that waits is not in the trash: problems wait for nothing.
  private static func isThere(_ id: Columns) -> SQL {
    """
    NOT EXISTS (SELECT FROM tasks d WHERE d.id = \(id) AND d.deleted_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM goals d WHERE d.id = \(id) AND d.deleted_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM problems d WHERE d.id = \(id) AND d.deleted_at IS NOT NULL)
    """
  }

  private static func read(_ sql: SQL, _ db: Connection) throws(PostgresError) -> PlannerGraph<ID<Thing>> {
    let edges: [(ID<Thing>, ID<Thing>, Bool)] = try db.rows(Query(tuple: sql))
    var graph = PlannerGraph<ID<Thing>>()
    for (before, after, isTree) in edges {
      if isTree { graph.put(before, under: after) } else { graph.add(before, before: after) }
    }
    return graph
  }
}
