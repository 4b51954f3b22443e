import Domain
import Net
import Postgres

extension Worker {
  /// Writes down how sending ended, all in one transaction. While the database is away it is kept, and written before anything else is done:
  /// a message whose result is lost is sent again when its lease is over.
  func writeEnded(_ now: Instant) throws {
    for end in transfers.harvest() {
      if case .mail(let outcome) = end.outcome { ended.append((end.key, outcome)) }
    }
    if ended.isEmpty { return }
    let endings = ended.map { DeliveryResult($0.outcome, $0.job, now) }
    do {
      try write(endings, now)
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      // One by one, so that one that cannot be written takes no other with it; its lease runs out and it is taken up again.
      for ending in endings {
        do {
          try write([ending], now)
        } catch {
          if let error = error as? PostgresError, error.isTransient { throw error }
          log("work.completion_failed", ["error": "\(error)"])
        }
      }
    }
    ended = []
  }

  /// Only rows that still carry the fence of their claim change: a worker whose lease was taken over finds another.
  func write(_ endings: [DeliveryResult], _ now: Instant) throws {
    let deliveries = endings.filter { $0.job.kind == .delivery }
    let letters = endings.filter { $0.job.kind == .letter }
    var done = Tally()
    try db.transaction {
      done = Tally()
      for ending in try change("letters", "", letters) {
        if ending.state == "sent" { done.letters += 1 }
        if ending.state == "failed" { done.failed += 1 }
      }
      let changed = try change("deliveries", ", address = t.address, sent_at = t.sent_at", deliveries)
      if changed.isEmpty { return }
      try db.runAll([attempts(changed, now)] + carried(changed.filter(\.job.isDigest), now))
      for ending in changed where ending.state == "failed" { try failed(ending, now) }
      done.sent = changed.count { $0.state == "sent" }
      done.failed += changed.count { $0.state == "failed" }
    }
    tally.sent += done.sent
    tally.failed += done.failed
    tally.letters += done.letters
  }

  private func change(_ table: Columns, _ more: Columns, _ endings: [DeliveryResult]) throws -> [DeliveryResult] {
    if endings.isEmpty { return [] }
    let ids: [ID<ClaimedDelivery>] = try db.rows(
      Query(
        column: """
          UPDATE \(table) d SET state = t.state, due_at = t.due_at, lease_until = NULL, lost = 0, detail = t.detail\(more)
          FROM unnest(\(endings.map(\.id)), \(endings.map(\.job.fence)), \(endings.map(\.rowState)), \(endings.map(\.dueAt)),
            \(endings.map(\.rowDetail)), \(endings.map(\.job.address)), \(endings.map(\.sentAt)))
            AS t(id, fence, state, due_at, detail, address, sent_at)
          WHERE d.id = t.id AND d.fence = t.fence AND d.state = 'sending' RETURNING d.id
          """))
    let changed = Set(ids)
    for ending in endings where !changed.contains(ending.id) { log("work.late_result", ["id": ending.id.text]) }
    return endings.filter { changed.contains($0.id) }
  }

  private func attempts(_ endings: [DeliveryResult], _ now: Instant) -> SQL {
    """
    INSERT INTO delivery_attempts (id, user_id, escalation_id, delivery_id, at, state, attempt, detail)
    SELECT new_id(\(now)), t.user_id, d.escalation_id, t.id, \(now), t.state, t.attempt, t.detail
    FROM unnest(\(endings.map(\.id)), \(endings.map(\.job.user)), \(endings.map(\.state)), \(endings.map(\.job.attempt)), \(endings.map(\.text)))
      AS t(id, user_id, state, attempt, detail) JOIN deliveries d ON d.id = t.id
    """
  }

  /// What travelled with digests shares their end.
  private func carried(_ endings: [DeliveryResult], _ now: Instant) -> [SQL] {
    endings.map { ending in
      """
      WITH carried AS (
        UPDATE deliveries SET state = \(ending.state == "pending" ? "held" : ending.state), due_at = \(ending.dueAt), lost = 0,
          address = \(ending.job.address), sent_at = \(ending.sentAt)
        WHERE user_id = \(ending.job.user) AND state = 'held' AND detail = \(DeliveryClaim.mark(ending.id)) RETURNING id, user_id, escalation_id, state
      )
      INSERT INTO delivery_attempts (id, user_id, escalation_id, delivery_id, at, state, detail)
      SELECT new_id(\(now)), user_id, escalation_id, id, \(now), state, \(ending.text) FROM carried
      """
    }
  }

  /// An address that was refused twice in a row is not written to any more (RULES 4.3); the person reads it on the page of agents, and by
  /// letter where another address is known.
  private func failed(_ end: DeliveryResult, _ now: Instant) throws {
    guard end.refusesAddress else { return }
    let (job, key) = (end.job, EmailAddress.key(end.job.address))
    let wasRefused: Bool? = try db.value(
      """
      SELECT detail ~ '^5[0-9]{2} ' AND detail !~ '^5[0-9]{2} 5[.][3567][.]' AND NOT EXISTS (
        SELECT 1 FROM deliveries o WHERE o.user_id = f.user_id AND o.agent = 'email' AND o.address = f.address AND o.sent_at > f.due_at)
      FROM deliveries f
      WHERE user_id = \(job.user) AND state = 'failed' AND agent = 'email' AND address = \(job.address) AND id <> \(end.id)
      ORDER BY due_at DESC LIMIT 1
      """)
    guard wasRefused == true else { return }
    let muted = try db.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(job.user), 'email', \(key), 'refused', \(now)) ON CONFLICT DO NOTHING
      """)
    guard muted == 1 else { return }
    let owners: [OwnerIDs] = try db.rows("SELECT id AS user_id, account_id FROM users WHERE id = \(job.user)")
    let current: String? = try db.value("SELECT email FROM users WHERE id = \(job.user)")
    if let current, EmailAddress.key(current) != key { try AccountMail.ask(.agentOff, for: job.user, to: current, at: now, db) }
    guard let owner = owners.first else { return }
    try Audit.append(
      [AuditEntry("agent.off", "agent", nil, ["type": "email", "address": job.address, "reason": end.text])], user: owner.user,
      account: owner.account, from: AuditSource(actor: .system), at: now, services.keys, db)
  }
}

/// What an outcome means for a row: its next state and when it is tried again.
struct DeliveryResult {
  let job: DeliveryTransfer
  let state: String
  let dueAt: Instant
  let sentAt: Instant?
  /// What the other side said.
  let text: String
  /// The server said for good that it has no such recipient. Enhanced codes (RFC 3463) tell apart what is about the system (5.3), the protocol
  /// (5.5), the content (5.6) or a policy such as "relaying denied" (5.7): nobody's address is to blame then.
  let refusesAddress: Bool

  /// An unknown outcome is tried again: for mail twice is better than never, and the Message-ID is the same.
  init(_ outcome: MailOutcome, _ job: DeliveryTransfer, _ now: Instant) {
    self.job = job
    text = DeliveryResult.words(outcome.reply)
    refusesAddress = DeliveryResult.refusesAddress(outcome)
    switch outcome {
    case .delivered: (state, dueAt, sentAt) = ("sent", now, now)
    case .permanent: (state, dueAt, sentAt) = ("failed", now, nil)
    case .temporary(let reply), .unknown(let reply):
      sentAt = nil
      // Chance from the id, so that a test can say when it comes.
      let chance = job.low &+ UInt64(job.attempt) &* 7919
      // No connection says nothing about the message, and who tries the server how often is settled elsewhere (SMTPPool): not more than
      // two minutes, so that all are sent soon after it is back.
      let attempt = reply.stage == .connection ? min(job.attempt, 3) : job.attempt
      if let next = RetrySchedule.next(afterAttempt: attempt, first: job.firstAt, now: now, random: chance) {
        (state, dueAt) = ("pending", next)
      } else {
        (state, dueAt) = ("failed", now)
      }
    }
  }

  var id: ID<ClaimedDelivery> { job.id }
  /// A digest that is to be tried again stays one: it is held with those it carries.
  var rowState: String { staysDigest ? "held" : state }
  var rowDetail: String { staysDigest ? DeliveryClaim.digest : text }
  private var staysDigest: Bool { job.isDigest && state == "pending" }

  private static func refusesAddress(_ outcome: MailOutcome) -> Bool {
    guard case .permanent(let reply) = outcome, reply.stage == .recipient, reply.code != nil else { return false }
    return !["5.3.", "5.5.", "5.6.", "5.7."].contains { reply.enhanced?.utf8.starts(with: $0.utf8) ?? false }
  }

  private static func words(_ reply: MailReply) -> String {
    let code = reply.code.map { "\($0) " } ?? ""
    let enhanced = reply.enhanced.map { $0 + " " } ?? ""
    return code + enhanced + reply.text
  }
}
