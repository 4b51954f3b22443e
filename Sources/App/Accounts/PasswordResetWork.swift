import Domain
import Postgres

/// A mail that somebody asked for by an address alone, and the account of that address if there is one.
private struct PasswordResetRequest {
  let id: ID<AccountMail>
  let email: String
  let user: ID<User>?
  let account: ID<Account>?
  let askedAt: Instant
  let address: String
  let agent: String
  let request: String

  var owner: OwnerIDs? { user.flatMap { user in account.map { OwnerIDs(user: user, account: $0) } } }
  var actor: Actor { Actor(kind: .link, address: address, agent: agent, request: request) }
}

extension WorkBench {
  /// Finds the owners of mails that were asked for by an address alone, and writes down that they were; who has no account gets none.
  ///
  /// - Returns: how many were looked at.
  func resolveResetRequests(_ now: Instant, limit: Int) throws -> Int {
    try db.transaction {
      let asked = try db.rows(
        """
        SELECT l.id, l.email, u.id AS user_id, u.account_id, l.created_at AS asked_at, coalesce(l.asked_from->>'address', '') AS address,
          coalesce(l.asked_from->>'agent', '') AS agent, coalesce(l.asked_from->>'request', '') AS request
        FROM account_mails l LEFT JOIN users u ON u.email_key = l.email
        WHERE l.user_id IS NULL AND l.created_at <= \(now)
        ORDER BY u.account_id, l.id LIMIT \(limit) FOR UPDATE OF l SKIP LOCKED
        """, into: PasswordResetRequest.init)
      let nobodys = asked.filter { $0.owner == nil }.map(\.id)
      if !nobodys.isEmpty { try db.run("DELETE FROM account_mails WHERE id = ANY (\(nobodys))") }
      let found = asked.compactMap { request in request.owner.map { (request: request, user: $0.user, account: $0.account) } }
      if found.isEmpty { return asked.count }
      try db.runAll([
        // A password that was set meanwhile by an earlier mail has used this one up too.
        .update(
          "account_mails",
          set: [
            .each("user_id", found.map(\.user)), .all("asked_from", "NULL"),
            .all(
              "used_at",
              """
              (SELECT max(o.used_at) FROM account_mails o
                WHERE o.user_id = t.user_id AND o.kind IN ('reset', 'sign_up') AND o.used_at >= d.created_at)
              """),
          ], by: [.each("id", found.map(\.request.id))], where: "d.id = t.id"),
        AccountMail.sending(found.map { ($0.request.id, $0.user, $0.request.email, $0.request.askedAt) }),
      ])
      // In the order of the accounts, as they were read.
      for (request, user, account) in found {
        let entry = AuditEntry("password.reset_asked", "user", user.text)
        try Audit.append([entry], user: user, account: account, by: request.actor, at: request.askedAt, services.keys, db)
      }
      return asked.count
    }
  }
}
