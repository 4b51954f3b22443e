import Domain
import Postgres
import Web

/// The session that a cookie opened.
struct SessionCookie {
  let id: ID<WebSession>
  let seenAt: Instant

  /// `__Host-heed` binds the cookie to this host over https; plain http, for local use, may not use that name.
  static func name(_ services: Services) -> String { services.isSecure ? "__Host-heed" : "heed" }

  /// A new token: 256 random bits, which only the browser keeps.
  static func newToken() -> String { Bytes.base64url(Keys.random(32)) }

  /// What the table holds of a token.
  static func hash(_ token: String) -> [UInt8] { Keys.sha256(Array(token.utf8)) }

  /// Finds the session with its person, and makes that the owner of the rest of the transaction, which sees nobody else's rows (RULES 7.4); none when
  /// it has ended.
  ///
  /// - Returns: nil for a token that cannot be one, so that no query is sent for it.
  static func query(_ token: String, _ services: Services, now: Instant) -> Query<(SessionCookie, Person)>? {
    guard Bytes.fromBase64url(token)?.count == 32 else { return nil }
    let seenAfter = now.advanced(days: -Int64(services.sessionIdleDays))
    let madeAfter = now.advanced(days: -Int64(services.sessionDays))
    let zones = services.zones
    // The person is looked up for each session, hence after it: by then it is known whose the transaction is.
    return Query(
      """
      SELECT \(Person.columns), s.session_id, s.seen_at
      FROM door.enter(\(hash(token)), \(seenAfter), \(madeAfter)) s CROSS JOIN LATERAL (SELECT * FROM users WHERE id = s.user_id OFFSET 0) u
      """
    ) { row throws(PostgresError) in
      (SessionCookie(id: try row("session_id"), seenAt: try row("seen_at")), try Person(row: row, zones: zones))
    }
  }

  /// Notes that the session was used, at most every 15 minutes. Besides it a GET writes nothing but what it reckoned of habits (``HabitLines``).
  func touch(_ web: Context) throws {
    guard web.now.seconds(since: seenAt) >= 900 else { return }
    let person = try web.person
    try web.db.transaction {
      try web.act(for: person.id, of: person.account)
      try web.db.run("UPDATE web_sessions SET seen_at = \(web.now) WHERE id = \(id) AND user_id = \(person.id)")
    }
  }
}

extension Query where Value == Void {
  /// Makes a user the owner of the rest of the transaction.
  ///
  /// - Parameter role: nil for who is known by a link alone: of what an account shares they change nothing.
  static func setting(user: ID<User>, account: ID<Account>, role: Role?) -> Query<Void> {
    let sql: SQL =
      """
      SELECT set_config('heed.user_id', \(user.text), true) AS me, set_config('heed.account_id', \(account.text), true) AS mine,
        set_config('heed.role', \(role?.rawValue ?? ""), true) AS role
      """
    return Query<Void>(sql) { (_: Row) throws(PostgresError) in }
  }

  /// Says that the rest of the transaction is of an account's own program, which is nobody: what all of the account share it reads and writes.
  static func setting(program account: ID<Account>) -> Query<Void> {
    let sql: SQL =
      """
      SELECT set_config('heed.user_id', '', true) AS me, set_config('heed.account_id', \(account.text), true) AS mine,
        set_config('heed.role', 'agent', true) AS role
      """
    return Query<Void>(sql) { (_: Row) throws(PostgresError) in }
  }
}
