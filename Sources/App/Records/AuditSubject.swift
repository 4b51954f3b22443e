import Domain
import HTML
import Postgres

/// A kind of thing that entries of the audit log are about: what it is called now, and its page.
struct AuditSubject: Sendable {
  /// As entries call it: `reminder`.
  let name: String
  /// Its id and title, one row or none, of the thing that an entry `a` names by `subject_id`; of the person that the transaction is for.
  let sql: SQL
  /// Its page, by that id.
  let path: @Sendable (ID<AuditSubject>) -> Path

  init<Row>(_ name: String, _ sql: SQL, path: @escaping @Sendable (ID<Row>) -> Path) {
    (self.name, self.sql) = (name, sql)
    self.path = { path(ID(high: $0.high, low: $0.low)) }
  }

  private static let all = features.flatMap(\.auditSubjects)

  /// What ``sql`` finds for an entry `a`, of whatever kind it is.
  static var found: SQL {
    let parts: [SQL] = all.map { "SELECT x.id, x.title FROM (\($0.sql)) x WHERE a.subject = \($0.name)" }
    return parts.dropFirst().reduce(parts[0]) { "\($0) UNION ALL \($1)" }
  }

  /// The page of what an entry is about; nil for what has none.
  static func path(_ name: String, _ id: ID<AuditSubject>) -> Path? { all.first { $0.name.utf8.elementsEqual(name.utf8) }?.path(id) }
}
