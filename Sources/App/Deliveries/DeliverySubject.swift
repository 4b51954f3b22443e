import Domain
import Postgres

extension OutboxSubject {
  /// What is told about an escalation.
  static let deliveries = OutboxSubject(name: "'escalation'", noun: "delivery", counted: "sent", decide: DeliveryDecision.decide) {
    results, now, bench in
    let refused = try results.filter { $0.state == .failed }.compactMap { try AddressRefusal($0, bench).note(now) }
    let gone = try AgentGone.note(results, now, bench) + DeviceGone.note(results, now, bench)
    let stopped = try PhoneRefusal.note(results, now, bench)
    try bench.db.queue(MailInstead.of(results.filter { $0.state == .failed }.map(\.transfer.message.id), at: now))
    try UnreachedRun.tell(results, bench)
    try PushClosings.follow(results, now, bench)
    try Audit.append(refused + gone + stopped, by: .system, at: now, bench.services.keys, bench.db)
    let ended = results.filter { $0.state != .pending }.map(\.transfer.message)
    try showEnds(of: ended.map(\.id), bench.db)
    try showOnDevices(ended.filter { $0.channel == .push }.map(\.id), bench.db)
  }

  /// How messages ended, for the lists that show it of their reminders (migration 0034). Nobody is waited for who has such a reminder in hands and may
  /// be about to withdraw what is sent here: a row that is passed over says nothing, and lists look the message up.
  static func showEnds(of messages: [ID<OutboxMessage>], _ db: Connection) throws(PostgresError) {
    if messages.isEmpty { return }
    try db.run(
      """
      WITH told AS (SELECT id, reminder_id, state FROM outbox WHERE id = ANY (\(messages))),
      free AS (SELECT r.id, r.last_message_id FROM reminders r WHERE r.id IN (SELECT reminder_id FROM told) FOR NO KEY UPDATE SKIP LOCKED)
      UPDATE reminders r SET message_state = told.state FROM free JOIN told ON told.id = free.last_message_id WHERE r.id = free.id
      """)
  }

  /// Of one that went to several devices lists know the first message: they show how the best of them ended.
  private static func showOnDevices(_ messages: [ID<OutboxMessage>], _ db: Connection) throws(PostgresError) {
    if messages.isEmpty { return }
    let step: SQL = "o.escalation_id = t.escalation_id AND o.run = t.run AND o.tier = t.tier AND o.round = t.round AND o.channel = 'push'"
    try db.run(
      """
      WITH told AS (SELECT DISTINCT reminder_id, escalation_id, run, tier, round FROM outbox WHERE id = ANY (\(messages)) AND recipient_kind = 'device'),
      free AS (SELECT r.id, r.last_message_id FROM reminders r WHERE r.id IN (SELECT reminder_id FROM told) FOR NO KEY UPDATE SKIP LOCKED)
      UPDATE reminders r SET message_state = (SELECT o.state FROM outbox o WHERE \(step)
        ORDER BY array_position(ARRAY['delivered', 'sent', 'sending', 'pending', 'held', 'failed', 'cancelled'], o.state) LIMIT 1)
      FROM free JOIN told t ON t.reminder_id = free.id
      WHERE r.id = free.id AND EXISTS (SELECT FROM outbox o WHERE \(step) AND o.id = free.last_message_id)
      """)
  }
}

/// What is to become of messages that are claimed: read with all that decides about them, together with what leaves in the same mail.
private struct DeliveryDecision {
  let round: OutboxRound
  private var db: Connection { round.bench.db }
  /// As many as a mail can hold and still be read.
  private static let mostCompanions = 1_000

  static func decide(_ chosen: [ID<OutboxMessage>], _ round: OutboxRound, _ claim: inout OutboxClaim) throws -> [OutboxSending] {
    let it = DeliveryDecision(round: round)
    let services = round.bench.services
    let deliveries = try it.withCompanions(try it.db.rows(ClaimedDelivery.query(chosen, services.zones)))
    let members = try it.members(of: deliveries)
    var sorting = DeliverySorting(
      claim, unverified: try it.unverified(of: deliveries), fetched: Set(services.channels.filter(\.isFetched).map(\.type)),
      try AddressLimits(
        of: deliveries.map(\.limited), mailSeconds: round.bench.outbound.mailer.secondsBetween, at: round.now, it.db))
    // What a digest carried is due on its own after five minutes; together with its carrier, it travels with that, once.
    let carried = Set(members.map(\.message.id))
    let mails = sorting.sort(deliveries.filter { !carried.contains($0.message.id) }, members: members)
    claim = sorting.claim
    try sorting.limits.write(it.db)
    try it.db.queue(MailInstead.of(sorting.failed.map(\.id), at: round.now))
    return mails.map { delivery, others in
      OutboxSending(message: delivery.message, isUrgent: delivery.importance == .critical, isDigest: !others.isEmpty, told: delivery.told) {
        ReminderMail(delivery, others, services, at: round.now).content
      }
    }
  }

  /// What was held for the same people comes along, the most important first where it is very much, and what is due of the same escalations: it
  /// leaves as one mail. So does what is told of habits in the same minute.
  private func withCompanions(_ deliveries: [ClaimedDelivery]) throws -> [ClaimedDelivery] {
    let open = deliveries.filter { $0.message.state != .sending }
    if open.isEmpty { return deliveries }
    let habits = open.filter { $0.minute != nil }.map(\.message.id)
    let (ids, people) = (deliveries.map(\.message.id), open.map(\.message.user))
    let held: SQL = "h.subject = 'escalation' AND h.state = 'held' AND h.due_at <= \(round.now) AND h.user_id = ANY (\(people))"
    let more: [ID<OutboxMessage>] = try db.rows(
      Query(
        column: """
          SELECT w.id FROM outbox w JOIN reminders r ON r.id = w.reminder_id AND r.user_id = w.user_id WHERE w.id IN (
              SELECT h.id FROM outbox h WHERE \(held)
              UNION ALL
              SELECT n.id FROM outbox h JOIN outbox n ON n.escalation_id = h.escalation_id AND n.state = 'pending' AND n.due_at <= \(round.now)
              WHERE \(held)
              \(habits.isEmpty ? "" : sameMinute(as: habits)))
            AND w.state IN ('pending', 'held') AND w.id <> ALL (\(ids + round.passed))
          ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], r.importance), w.due_at LIMIT \(Self.mostCompanions)
          FOR UPDATE OF w SKIP LOCKED
          """))
    return more.isEmpty ? deliveries : try db.rows(ClaimedDelivery.query(ids + more, round.bench.services.zones))
  }

  /// What is told of habits in the minutes of these.
  private func sameMinute(as habits: [ID<OutboxMessage>]) -> SQL {
    """
    UNION ALL
    SELECT n.id FROM outbox h JOIN outbox n ON n.user_id = h.user_id AND n.channel = h.channel AND n.subject = h.subject
      AND date_trunc('minute', n.due_at, 'UTC') = date_trunc('minute', h.due_at, 'UTC')
    JOIN reminders r ON r.id = n.reminder_id AND r.user_id = n.user_id
    WHERE h.id = ANY (\(habits)) AND n.state = 'pending' AND n.due_at <= \(round.now) AND r.habit_id IS NOT NULL
    """
  }

  /// The rows that a digest carries which was in the hands of a worker that died.
  private func members(of deliveries: [ClaimedDelivery]) throws -> [ClaimedDelivery] {
    let carriers = deliveries.map(\.message).filter { $0.state == .sending && $0.reason == .digest }
    if carriers.isEmpty { return [] }
    let ids: [ID<OutboxMessage>] = try db.rows(
      Query(
        column: """
          SELECT id FROM outbox WHERE user_id = ANY (\(carriers.map(\.user))) AND state = 'held' AND carrier_id = ANY (\(carriers.map(\.id)))
          FOR UPDATE SKIP LOCKED
          """))
    return try db.rows(ClaimedDelivery.query(ids, round.bench.services.zones))
  }

  /// Those to an address that nobody has verified, the rows of the people locked by the door: a verification at this moment waits, and then finds what is
  /// held here. In a folder of this machine mail reaches no stranger, and every address counts as verified.
  ///
  /// A contact agrees by the same press, so theirs counts wherever mail goes; so does a number, which no folder of ours is.
  private func unverified(of deliveries: [ClaimedDelivery]) throws -> Set<ID<OutboxMessage>> {
    let phones = Set(round.bench.services.channels.filter(\.usesPhone).map(\.type))
    let contacts = Set(
      deliveries.filter { !$0.isVerified && ($0.contact != nil || phones.contains($0.message.channel)) }.map(\.message.id))
    guard case .smtp = round.bench.outbound.mailer.transport else { return contacts }
    let addressed = Set(round.bench.services.channels.filter(\.usesAddress).map(\.type))
    let messages = deliveries.filter { !$0.isVerified && $0.contact == nil }.map(\.message).filter { addressed.contains($0.channel) }
    if messages.isEmpty { return contacts }
    let people: [ID<User>] = try db.rows(Query(column: "SELECT id FROM door.unverified(\(Array(Set(messages.map(\.user))))) AS id"))
    return contacts.union(messages.filter { people.contains($0.user) }.map(\.id))
  }
}
