import Domain
import Postgres

/// A step whose SMS or webhook has failed for good, or whose notification has on each device, tells its person by mail at once, unless another agent of
/// its tier has told them or still may (RULES 4.3); where it told contacts, unless anybody has been told or still may be.
enum MailInstead {
  /// - Parameter messages: of whoever owns the transaction, where that is a request's. What they carried has failed with them.
  static func of(_ messages: [ID<OutboxMessage>], at now: Instant) -> [SQL] {
    if messages.isEmpty { return [] }
    return [
      // Of two devices that fail in the hands of two workers, the second finds that the first has.
      """
      SELECT pg_advisory_xact_lock(hashtextextended('instead ' || t.k, 0))
      FROM (SELECT DISTINCT user_id::text AS k FROM outbox WHERE id = ANY (\(messages)) ORDER BY 1) t
      """,
      """
      WITH ended AS (
        SELECT id FROM outbox WHERE id = ANY (\(messages))
        UNION
        SELECT c.id FROM outbox o JOIN outbox c ON c.user_id = o.user_id AND c.carrier_id = o.id AND c.state = 'failed' WHERE o.id = ANY (\(messages))
      )
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, due_at,
        created_at, critical)
      SELECT new_id(\(now)), f.user_id, 'escalation', f.subject_id, f.reminder_id, f.run, f.tier, f.round, 'email', 'user', f.user_id, 'pending',
        \(now), \(now), f.critical
      FROM outbox f JOIN escalations e ON e.id = f.escalation_id AND e.state = 'active' AND e.run = f.run
      WHERE f.id IN (SELECT id FROM ended) AND f.recipient_kind IN ('user', 'device', 'contact') AND f.channel NOT IN ('email', 'pull')
        AND NOT EXISTS (SELECT FROM outbox o
          WHERE o.escalation_id = f.escalation_id AND o.run = f.run AND o.tier = f.tier AND o.round = f.round
            AND (f.recipient_kind = 'contact' OR o.recipient_kind <> 'contact')
            AND o.id <> ALL (\(messages)) AND o.state NOT IN ('failed', 'cancelled'))
      ON CONFLICT DO NOTHING
      """,
    ]
  }
}

/// What follows from SMS that the gateway did not take: who said STOP gets no more, from nobody.
struct PhoneRefusal {
  let user: ID<User>
  let account: ID<Account>
  let numberKey: String
  /// Of the contact whose number it is; nil: it is the person's own.
  let name: String?

  /// - Returns: what is to be recorded, in the order of the people.
  static func note(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws -> [AuditRecord] {
    let failed = results.filter { $0.state == .failed && $0.transfer.message.channel == .sms }
    if failed.isEmpty { return [] }
    let refusals = try bench.db.rows(query(failed.filter { $0.judgement.reason == .unsubscribed }.map(\.transfer.message.id)))
    try bench.db.queue(Set(refusals.map(\.numberKey)).sorted().map { Phone.stop($0, at: now) })
    // What their tiers would tell by it comes by mail from now on.
    try bench.db.queue(refusals.filter { $0.name == nil }.map { Agent.turningSMS(on: false, for: $0.user, at: now) })
    return refusals.map { AuditRecord(user: $0.user, account: $0.account, entry: $0.entry) }
  }

  /// Of whoever told a number to which these went, and from which nobody had heard STOP yet.
  private static func query(_ messages: [ID<OutboxMessage>]) -> Query<PhoneRefusal> {
    Query(
      """
      SELECT DISTINCT p.user_id, u.account_id, p.number_key, c.name FROM outbox o
      JOIN phones t ON t.user_id = o.user_id AND coalesce(t.contact_id, t.user_id) = o.recipient_id AND t.number_key <> ''
      JOIN phones p ON p.number_key = t.number_key JOIN users u ON u.id = p.user_id
      LEFT JOIN contacts c ON c.id = p.contact_id AND c.user_id = p.user_id
      WHERE o.id = ANY (\(messages)) AND p.stopped_at IS NULL ORDER BY p.user_id, p.number_key, c.name
      """, into: PhoneRefusal.init)
  }

  private var entry: AuditEntry {
    name.map { AuditEntry("contact.sms_stopped", Contact.subject, nil, ["name": $0]) }
      ?? AuditEntry("agent.stopped", "agent", nil, ["type": AgentType.sms.rawValue])
  }
}
