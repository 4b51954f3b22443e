import App
import Postgres

extension Findings {
  /// What does not work through the pooler that may stand between this program and PostgreSQL.
  mutating func pooler(_ role: DatabaseRole, _ configuration: Configuration, _ url: String, _ db: Connection) throws(PostgresError) {
    let name = role.setting.name
    if role != .owner, try Pooler.losesLimits(db) {
      let what = "statements, locks or idle transactions have no time limit, so that one may hold the site up for good"
      add(.wrong, name, "\(what). \(Pooler.limits(role))")
    }
    guard try Pooler.lendsByTransaction(url, configuration.options("heed check"), db) else { return }
    if configuration.prepares, try !Pooler.keepsStatements(db) {
      add(.wrong, name, Pooler.statementsMix)
    }
    switch role {
    case .web: break
    case .work: add(.note, name, "the pooler lends connections by the transaction, so LISTEN hears nothing: a change may wait 30 seconds.")
    case .owner: add(.note, name, "heed migrate is better off without the pooler: connect directly, or with pool_mode = session.")
    }
  }
}

/// PgBouncer between this program and PostgreSQL.
enum Pooler {
  static let statementsMix =
    "the pooler lends its connections by the transaction, where one process would run another's prepared statements: "
    + "set HEED_PREPARE=off, or pool_mode = session (or PgBouncer 1.21 with max_prepared_statements)."

  /// What to do when it refuses what is sent with the first packet.
  static func advice(_ role: DatabaseRole) -> String {
    "In pgbouncer.ini: ignore_startup_parameters = options (or set HEED_PREPARE=off). \(limits(role))"
  }

  /// The settings that else come with the first packet.
  static func limits(_ role: DatabaseRole) -> String {
    let options = ConnectionOptions()
    let settings = [
      ("statement_timeout", options.statementTimeout), ("lock_timeout", options.lockTimeout),
      ("idle_in_transaction_session_timeout", options.idleInTransactionTimeout),
    ]
    let words = settings.map { "ALTER ROLE \(role.rawValue) SET \($0.0) = \($0.1);" }.joined(separator: " ")
    return "Set the limits on the role: \(words)"
  }

  static func losesLimits(_ db: Connection) throws(PostgresError) -> Bool {
    try db.value(
      """
      SELECT '0' IN (current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'))
      """, as: Bool.self) ?? false
  }

  /// Whether two transactions of one connection may meet two servers: while a second connection holds one in a transaction, the first must
  /// still have its own.
  static func lendsByTransaction(_ url: String, _ options: ConnectionOptions, _ db: Connection) throws(PostgresError) -> Bool {
    let mine = try server(db)
    let other = try Connection(url: url, options: options)
    return try other.transaction { () throws(PostgresError) in try server(other) == mine ? true : try server(db) != mine }
  }

  private static func server(_ db: Connection) throws(PostgresError) -> Int {
    try db.value("SELECT pg_backend_pid()", as: Int.self) ?? 0
  }

  /// PgBouncer from 1.21 on can keep prepared statements apart, under names of its own.
  static func keepsStatements(_ db: Connection) throws(PostgresError) -> Bool {
    try db.value("SELECT EXISTS (SELECT FROM pg_prepared_statements WHERE name LIKE 'PGBOUNCER\\_%')", as: Bool.self) ?? false
  }
}
