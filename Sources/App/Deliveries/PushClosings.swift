import Domain
import Postgres

/// A closing that is claimed.
private struct PendingClosing {
  let message: OutboxMessage
  let escalation: ID<Escalation>
  let account: ID<Account>
  let endpointHash: [UInt8]?
  let subscription: [UInt8]?
  /// Whether it rings again: what the device shows may be newer than what was answered.
  let isActive: Bool
  /// Of the reminder; nil: that is gone, too.
  let title: String?
  let language: Language

  var told: SealedSettings? { endpointHash.flatMap { SealedSettings(subscription, account, at: PushDevice.place(of: message.user, $0)) } }

  static func query(_ ids: [ID<OutboxMessage>]) -> Query<PendingClosing> {
    Query(
      """
      SELECT \(OutboxMessage.columns), c.escalation_id, u.account_id, p.endpoint_hash, p.subscription,
        coalesce(e.state = 'active', false) AS is_active, r.title, u.language
      FROM outbox d JOIN push_closings c ON c.id = d.subject_id AND c.user_id = d.user_id JOIN users u ON u.id = d.user_id
      LEFT JOIN escalations e ON e.id = c.escalation_id AND e.user_id = c.user_id LEFT JOIN reminders r ON r.id = e.reminder_id AND r.user_id = e.user_id
      LEFT JOIN push_devices p ON p.id = c.device_id AND p.user_id = c.user_id
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingClosing.init)
  }
}

extension OutboxSubject {
  /// What takes a notification away when somebody has answered elsewhere (``PushClosing``).
  static let closings = OutboxSubject(name: "'closing'", noun: "closing", counted: "sent", decide: PushClosings.decide) {
    results, now, bench in
    try Audit.append(DeviceGone.note(results, now, bench), by: .system, at: now, bench.services.keys, bench.db)
  }
}

enum PushClosings {
  fileprivate static func decide(
    _ ids: [ID<OutboxMessage>], _ round: OutboxRound, _ claim: inout OutboxClaim
  ) throws -> [OutboxSending] {
    var sendings: [OutboxSending] = []
    for closing in try round.bench.db.rows(PendingClosing.query(ids)) {
      if closing.isActive {
        claim.set(closing.message, .cancelled, .superseded)
      } else if closing.told == nil {
        claim.set(closing.message, .cancelled, .noDevice)
      } else if closing.message.isGivenUp {
        claim.giveUp(closing.message)
      } else {
        claim.set(closing.message, .sending)
        sendings.append(OutboxSending(message: closing.message, told: closing.told) { content(closing, round.bench.services) })
      }
    }
    return sendings
  }

  /// A browser that gets a message and shows nothing shows something of its own, or ends the subscription: so it has words for a moment.
  private static func content(_ closing: PendingClosing, _ services: Services) -> MessageContent {
    let words = services.words(closing.language)
    return MessageContent(
      key: ("closing", closing.message.id.text), name: "", address: "", subject: closing.title ?? "Heed",
      text: words("No longer waiting for you."), html: "", closes: closing.escalation.text)
  }

  /// What was being sent while somebody answered is taken away as soon as it has arrived.
  static func follow(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws(PostgresError) {
    let arrived = results.filter { $0.state == .sent && $0.transfer.message.channel == .push }
    guard let first = arrived.compactMap(\.sentAt).min() else { return }
    let (sent, digests) = (arrived.map(\.transfer.message.id), arrived.filter(\.transfer.isDigest).map(\.transfer.message))
    try bench.db.runAll([
      PushClosing.asking(
        at: now,
        """
        SELECT DISTINCT o.user_id, o.recipient_id AS device_id, o.escalation_id FROM outbox o
        JOIN escalations e ON e.id = o.escalation_id AND e.user_id = o.user_id AND e.state NOT IN ('active', 'expired')
        JOIN push_devices p ON p.id = o.recipient_id AND p.user_id = o.user_id
        WHERE o.id IN (
          SELECT unnest(\(sent))
          UNION ALL
          SELECT c.id FROM outbox c
          WHERE c.user_id = ANY (\(digests.map(\.user))) AND c.channel = 'push' AND c.subject = 'escalation' AND c.recipient_kind = 'device'
            AND c.sent_at >= \(first) AND c.carrier_id = ANY (\(digests.map(\.id))))
        """)
    ])
  }
}
