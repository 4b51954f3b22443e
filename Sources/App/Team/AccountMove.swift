import Domain
import Postgres
import Web

/// A person who goes from one account to another, within the transaction that moves their row.
struct AccountMove {
  let user: ID<User>
  let from: ID<Account>
  let to: ID<Account>

  /// Seals what is sealed of theirs anew: each account has a key of its own. The transaction acts for the person in the new account afterwards.
  ///
  /// What does not open stays as it is and is told to the operator: it could not be read before either.
  func carrySecrets(_ web: Context) throws {
    try act(in: from, web)
    let vault = Vault(masters: web.services.masters, db: web.db)
    let keys = try vault.keys(of: from)
    var opened: [(column: SecretColumn, row: String, secret: [UInt8])] = []
    for column in features.flatMap(\.secrets) {
      guard case .user = column.owner else { continue }
      let rows = try web.db.rows(
        Query<(String, [UInt8])>(
          tuple: """
            SELECT (\(raw: column.row))::text AS place, \(raw: column.column) AS secret FROM \(raw: column.table)
            WHERE user_id = \(user) AND \(raw: column.column) IS NOT NULL
            """))
      for (row, sealed) in rows {
        do throws(VaultError) {
          opened.append((column, row, try keys.open(sealed, at: column.place(row))))
        } catch {
          web.log("team.secret_unreadable", ["request": web.request.id, "table": "\(column.table)", "row": row, "error": "\(error)"])
        }
      }
    }
    try act(in: to, web)
    for (column, row, secret) in opened {
      let sealed = try vault.seal(secret, of: to, at: column.place(row), now: web.now)
      try web.db.run(
        """
        UPDATE \(raw: column.table) SET \(raw: column.column) = \(sealed) WHERE user_id = \(user) AND (\(raw: column.row))::text = \(row)
        """)
    }
  }

  /// Writes the last entry about the person into the log of the account that they leave. The transaction acts for them in it afterwards.
  func endLog(_ entry: AuditEntry, by actor: Actor, _ web: Context) throws {
    // The ends of logs are held in the order of their accounts, as by all who hold several (RULES 7.1).
    if to.text < from.text {
      try act(in: to, web)
      try web.db.run("SELECT number FROM door.audit_heads(\([to]))")
    }
    try act(in: from, web)
    try Audit.append([entry], user: user, account: from, by: actor, at: web.now, web.services.keys, web.db)
  }

  /// Writes the first entry of the new account, so that its log has a beginning. The transaction acts for the person in it.
  func beginLog(_ entry: AuditEntry, _ web: Context) throws {
    // Without an address: it may be that of whoever took them out.
    let actor = Actor(kind: .system, request: web.request.id)
    try Audit.append([entry], user: user, account: to, by: actor, at: web.now, web.services.keys, web.db)
  }

  private func act(in account: ID<Account>, _ web: Context) throws(PostgresError) {
    _ = try web.db.rows(Query<Void>.setting(user: user, account: account, role: nil))
  }
}
