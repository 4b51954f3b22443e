import Domain
import Postgres

extension Outbox {
  /// The messages of escalations.
  static let deliveries = Outbox(
    name: "deliveries", table: LeasedTable(name: "deliveries", underway: "'sending'"), keepsAddress: true, counted: "sent"
  ) { results, now, bench in
    let written = DeliveryResults(bench: bench)
    try bench.db.runAll([written.attempts(results, now)] + written.carried(results.filter(\.transfer.isDigest), now))
    for result in results where result.state == "failed" { try written.failed(result, now) }
  }
}

/// What follows from the ends of deliveries.
private struct DeliveryResults {
  let bench: WorkBench

  func attempts(_ endings: [OutboxResult], _ now: Instant) -> SQL {
    """
    INSERT INTO delivery_attempts (id, user_id, escalation_id, delivery_id, at, state, attempt, detail)
    SELECT new_id(\(now)), t.user_id, d.escalation_id, t.id, \(now), t.state, t.attempt, t.detail
    FROM unnest(\(endings.map(\.id)), \(endings.map(\.transfer.user)), \(endings.map(\.state)), \(endings.map(\.transfer.attempt)), \(endings.map(\.text)))
      AS t(id, user_id, state, attempt, detail) JOIN deliveries d ON d.id = t.id AND d.user_id = t.user_id
    """
  }

  /// What travelled with digests shares their end.
  func carried(_ endings: [OutboxResult], _ now: Instant) -> [SQL] {
    endings.map { ending in
      """
      WITH carried AS (
        UPDATE deliveries SET state = \(ending.state == "pending" ? "held" : ending.state), due_at = \(ending.dueAt), lost = 0,
          address = \(ending.transfer.address), sent_at = \(ending.sentAt)
        WHERE user_id = \(ending.transfer.user) AND state = 'held' AND detail = \(DeliveryClaim.mark(ending.id)) RETURNING id, user_id, escalation_id, state
      )
      INSERT INTO delivery_attempts (id, user_id, escalation_id, delivery_id, at, state, detail)
      SELECT new_id(\(now)), user_id, escalation_id, id, \(now), state, \(ending.text) FROM carried
      """
    }
  }

  /// An address that was refused twice in a row is not written to any more (RULES 4.3); the person reads it on the page of agents, and by
  /// letter where another address is known.
  func failed(_ end: OutboxResult, _ now: Instant) throws {
    guard end.refusesAddress else { return }
    let (transfer, key) = (end.transfer, EmailAddress.key(end.transfer.address))
    let wasRefused: Bool? = try bench.db.value(
      """
      SELECT detail ~ '^5[0-9]{2} ' AND detail !~ '^5[0-9]{2} 5[.][3567][.]' AND NOT EXISTS (
        SELECT 1 FROM deliveries o WHERE o.user_id = f.user_id AND o.agent = 'email' AND o.address = f.address AND o.sent_at > f.due_at)
      FROM deliveries f
      WHERE user_id = \(transfer.user) AND state = 'failed' AND agent = 'email' AND address = \(transfer.address) AND id <> \(end.id)
      ORDER BY due_at DESC LIMIT 1
      """)
    guard wasRefused == true else { return }
    let muted = try bench.db.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(transfer.user), 'email', \(key), 'refused', \(now)) ON CONFLICT DO NOTHING
      """)
    guard muted == 1 else { return }
    let owners: [OwnerIDs] = try bench.db.rows("SELECT id AS user_id, account_id FROM users WHERE id = \(transfer.user)")
    let current: String? = try bench.db.value("SELECT email FROM users WHERE id = \(transfer.user)")
    if let current, EmailAddress.key(current) != key { try AccountMail.ask(.agentOff, for: transfer.user, to: current, at: now, bench.db) }
    guard let owner = owners.first else { return }
    try Audit.append(
      [AuditEntry("agent.off", "agent", nil, ["type": "email", "address": transfer.address, "reason": end.text])], user: owner.user,
      account: owner.account, by: .system, at: now, bench.services.keys, bench.db)
  }
}
