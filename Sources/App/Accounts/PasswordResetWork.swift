import Domain
import Postgres

/// A letter that somebody asked for by an address alone, and the account of that address if there is one.
private struct PasswordResetRequest: FromRow {
  let id: ID<AccountMail>
  let owner: (user: ID<User>, account: ID<Account>)?
  let askedAt: Instant
  let actor: Actor

  init(row: Row) throws(PostgresError) {
    id = try row("id")
    if let user: ID<User> = try row("user_id"), let account: ID<Account> = try row("account_id") {
      owner = (user, account)
    } else {
      owner = nil
    }
    askedAt = try row("created_at")
    actor = Actor(kind: .link, address: try row("address"), agent: try row("agent"), request: try row("request"))
  }
}

extension WorkBench {
  /// Finds the owners of letters that were asked for by an address alone, and writes down that they were; who has no account gets none.
  ///
  /// - Returns: how many were looked at.
  func resolveResetRequests(_ now: Instant, limit: Int) throws -> Int {
    try db.transaction {
      let asked: [PasswordResetRequest] = try db.rows(
        """
        SELECT l.id, u.id AS user_id, u.account_id, l.created_at, coalesce(l.asked_from->>'address', '') AS address,
          coalesce(l.asked_from->>'agent', '') AS agent, coalesce(l.asked_from->>'request', '') AS request
        FROM letters l LEFT JOIN users u ON u.email_key = l.email
        WHERE l.state = 'pending' AND l.due_at <= \(now) AND l.user_id IS NULL
        ORDER BY u.account_id, l.id LIMIT \(limit) FOR UPDATE OF l SKIP LOCKED
        """)
      let nobodys = asked.filter { $0.owner == nil }.map(\.id)
      if !nobodys.isEmpty { try db.run("DELETE FROM letters WHERE id = ANY (\(nobodys))") }
      for letter in asked {
        guard let (user, account) = letter.owner else { continue }
        // A password that was set meanwhile by an earlier letter has used this one up too.
        try db.run(
          """
          UPDATE letters l SET user_id = \(user), asked_from = NULL,
            used_at = (SELECT max(o.used_at) FROM letters o WHERE o.user_id = \(user) AND o.kind IN ('reset', 'sign_up') AND o.used_at >= l.created_at)
          WHERE l.id = \(letter.id)
          """)
        let entry = AuditEntry("password.reset_asked", "user", user.text)
        try Audit.append([entry], user: user, account: account, by: letter.actor, at: letter.askedAt, services.keys, db)
      }
      return asked.count
    }
  }
}
