import Domain
import Postgres

/// Who does a task.
enum TaskAssignee {
  /// Whom some words mean: somebody by their id, or by a name that one alone has of those who live. Those who are missing, in the trash or somebody
  /// else's are one complaint.
  ///
  /// - Returns: nil where nothing is said.
  /// - Throws: ``TaskRefusal/noAssignee``.
  static func find(_ text: String, _ writing: PlannerWriting) throws -> ID<KnownPerson>? {
    if text.utf8.isEmpty { return nil }
    let which: SQL = ID<KnownPerson>(text).map { "p.id = \($0)" } ?? "p.name_norm = normal_title(\(text))"
    let found: [ID<KnownPerson>] = try writing.db.rows(
      Query(column: "SELECT p.id FROM people p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(which) ORDER BY p.id LIMIT 2")
    )
    guard found.count == 1, let id = found.first else { throw TaskRefusal.noAssignee }
    return id
  }

  /// People whom a form offers: the most important first, by name.
  static var offered: Query<String> {
    Query(
      column: """
        SELECT p.name FROM people p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL ORDER BY p.importance DESC, p.name_norm, p.id LIMIT 50
        """)
  }

  /// What a form says for somebody: what they are called, their id where another is called so too; nothing of who is missing, in the trash or
  /// somebody else's.
  static func name(of id: ID<KnownPerson>?) -> Query<String> {
    Query(
      column: """
        SELECT CASE WHEN EXISTS (SELECT FROM people o WHERE o.user_id = (SELECT me()) AND o.deleted_at IS NULL AND o.name_norm = p.name_norm
          AND o.id <> p.id) THEN p.id::text ELSE p.name END
        FROM people p WHERE p.id = \(id)::uuid AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
        """)
  }
}
