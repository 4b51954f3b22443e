import Domain
import Postgres

/// What follows from a message that has failed.
struct AddressRefusal {
  private let result: OutboxResult
  private let bench: WorkBench

  init(_ result: OutboxResult, _ bench: WorkBench) { (self.result, self.bench) = (result, bench) }

  /// An address that was refused twice in a row is not written to any more (RULES 4.3); the person reads it on the page of agents, and by
  /// mail where another address is known. Of a contact's address the page of contacts says it.
  ///
  /// - Returns: what is to be recorded; nil: nothing was changed.
  func note(_ now: Instant) throws -> AuditRecord? {
    guard result.judgement.reason == .refused else { return nil }
    let (message, address) = (result.transfer.message, result.transfer.address)
    let key = EmailAddress.key(address)
    let wasRefused: Bool? = try bench.db.value(
      """
      SELECT coalesce(f.reason = 'refused', false) AND NOT EXISTS (SELECT 1 FROM outbox o
          WHERE o.user_id = f.user_id AND o.subject = 'escalation' AND o.channel = 'email' AND o.address = f.address AND o.sent_at > f.due_at)
      FROM outbox f
      WHERE user_id = \(message.user) AND state = 'failed' AND subject = 'escalation' AND channel = 'email' AND address = \(address)
        AND id <> \(message.id) AND carrier_id IS DISTINCT FROM \(message.id)
      ORDER BY due_at DESC LIMIT 1
      """)
    guard wasRefused == true else { return nil }
    let muted = try bench.db.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(message.user), 'email', \(key), 'refused', \(now)) ON CONFLICT DO NOTHING
      """)
    guard muted == 1 else { return nil }
    let isContact: Bool? = try bench.db.value(
      "SELECT recipient_kind = 'contact' FROM outbox WHERE id = \(message.id) AND user_id = \(message.user)")
    let owners = try bench.db.rows("SELECT id AS user_id, account_id FROM users WHERE id = \(message.user)", into: OwnerIDs.init)
    if isContact == true {
      let entry = AuditEntry("contact.refused", Contact.subject, nil, ["email": address])
      return owners.first.map { AuditRecord(user: $0.user, account: $0.account, entry: entry) }
    }
    let current: String? = try bench.db.value("SELECT email FROM users WHERE id = \(message.user)")
    if let current, EmailAddress.key(current) != key { try AccountMail.ask(.agentOff, for: message.user, to: current, at: now, bench.db) }
    let said = [result.judgement.code, result.judgement.detail].compactMap(\.self).joined(separator: " ")
    let entry = AuditEntry("agent.off", "agent", nil, ["type": "email", "address": address, "reason": said])
    return owners.first.map { AuditRecord(user: $0.user, account: $0.account, entry: entry) }
  }
}
