import Domain
import HTML
import Postgres
import Web

/// Sessions: opened at sign-in, seen at most every 15 minutes, ended by sign-out, revocation, a changed password or time.
enum Sessions {
  /// Ends the session of this browser, if it has one: a token that was known before sign-in is worth nothing after it. Call it before
  /// the transaction acts for another person, who may not end it.
  static func endOwn(_ web: Context) throws(PostgresError) {
    guard let session = web.session, web.known != nil else { return }
    try end([session.id], web.db)
  }

  /// Most sessions of a person at once: with one more, the one that was used least lately ends.
  static let most = 50

  /// Opens a session for a person who has just shown who they are, and makes its cookie.
  ///
  /// - Returns: what the audit log should say.
  static func open(_ user: ID<User>, _ web: Context) throws(PostgresError) -> [AuditEntry] {
    let token = SessionCookie.newToken()
    let id = ID<WebSession>.new(at: web.now)
    try web.db.run(
      """
      INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at, address, agent)
      VALUES (\(id), \(user), \(SessionCookie.hash(token)), \(web.now), \(web.now), \(web.request.address), \(web.request.agent))
      """)
    let crowdedOut: [ID<WebSession>] = try web.db.rows(
      Query(
        column: """
          SELECT id FROM web_sessions WHERE user_id = \(user) AND id <> \(id) ORDER BY seen_at DESC, id DESC OFFSET \(most - 1)
          """))
    if !crowdedOut.isEmpty { try end(crowdedOut, web.db) }
    web.setCookie(SessionCookie.name(web.services), token, seconds: web.services.sessionDays * 86_400)
    if let person = try web.db.row(Person.mine(web.services.zones)) { web.adopt(person, SessionCookie(id: id, seenAt: web.now)) }
    return [AuditEntry("session.opened", "session", id.text)] + crowdedOut.map { AuditEntry("session.crowded_out", "session", $0.text) }
  }

  /// Ends all sessions of a user but one.
  static func endOthers(of user: ID<User>, but kept: ID<WebSession>?, _ db: Connection) throws(PostgresError) {
    try db.run(
      "SELECT door.end_sessions(ARRAY(SELECT id FROM web_sessions WHERE user_id = \(user) AND id IS DISTINCT FROM \(kept)))")
  }

  /// Ends sessions of the person for whom the transaction acts.
  ///
  /// - Returns: how many of them were theirs.
  @discardableResult
  static func end(_ ids: [ID<WebSession>], _ db: Connection) throws(PostgresError) -> Int {
    try db.value("SELECT door.end_sessions(\(ids))") ?? 0
  }

  /// GET /settings/sessions
  static func list(_ web: Context) throws -> Response {
    let rows = try web.read(
      Query(
        "SELECT id, created_at, seen_at, address, agent FROM web_sessions WHERE user_id = me() ORDER BY seen_at DESC, id LIMIT 200",
        into: SessionRow.init))
    return web.list(try SessionsPage(rows, web))
  }

  /// POST /settings/sessions/:session/revocation
  static func revoke(_ web: Context, _ id: ID<WebSession>) throws -> Change {
    guard try end([id], web.db) == 1 else { throw Failure.notFound }
    let isOwn = id == web.session?.id
    return Change(
      to: isOwn ? Paths.signIn : Paths.sessions, says: web.words("That session has ended."),
      did: [AuditEntry("session.revoked", "session", id.text)], session: isOwn ? .ends : .stays)
  }
}

/// A session as the settings page shows it.
struct SessionRow {
  let id: ID<WebSession>
  let createdAt: Instant
  let seenAt: Instant
  let address: String
  let agent: String
}
