import Domain
import Net
import Postgres

extension Worker {
  /// Writes down how transfers ended.
  func complete(_ finished: [Transfers<SendJob>.Finished], _ now: Instant) throws {
    for end in finished {
      if case .mail(let outcome) = end.outcome { try complete(end.key, outcome, now) }
    }
  }

  /// One of them. A worker whose lease was taken over finds another fence and changes nothing.
  func complete(_ job: SendJob, _ outcome: MailOutcome, _ now: Instant) throws {
    switch job.kind {
    case .delivery: try completeDelivery(job, outcome, now)
    case .letter: try completeLetter(job, outcome, now)
    }
  }

  private func completeDelivery(_ job: SendJob, _ outcome: MailOutcome, _ now: Instant) throws {
    let id = ID<Parcel>(high: job.high, low: job.low)
    let end = Ending(outcome, job, now)
    try db.transaction {
      let changed = try db.run(
        """
        UPDATE deliveries SET state = CASE WHEN \(end.state) = 'pending' AND detail = \(ClaimBatch.digest) THEN 'held' ELSE \(end.state) END,
          due_at = \(end.dueAt), lease_until = NULL, address = \(job.address), sent_at = \(end.sentAt),
          detail = CASE WHEN \(end.state) = 'pending' AND detail = \(ClaimBatch.digest) THEN detail ELSE \(end.text) END
        WHERE id = \(id) AND fence = \(job.fence) AND state = 'sending'
        """)
      guard changed == 1 else { return log("work.late_result", ["delivery": id.text]) }
      try db.runAll([
        attempt(id, job, end, now),
        """
        WITH carried AS (
          UPDATE deliveries SET state = CASE WHEN \(end.state) = 'pending' THEN 'held' ELSE \(end.state) END, due_at = \(end.dueAt),
            address = \(job.address), sent_at = \(end.sentAt)
          WHERE user_id = \(job.user) AND state = 'held' AND detail = \(ClaimBatch.mark(id)) RETURNING id, user_id, state
        )
        INSERT INTO delivery_attempts (id, user_id, delivery_id, at, state, detail)
        SELECT gen_random_uuid(), user_id, id, \(now), state, \(end.text) FROM carried
        """,
      ])
      if end.state == "sent" { tally.sent += 1 }
      if end.state == "failed" { try failed(id, job, outcome, now) }
    }
  }

  private func attempt(_ id: ID<Parcel>, _ job: SendJob, _ end: Ending, _ now: Instant) -> SQL {
    """
    INSERT INTO delivery_attempts (id, user_id, delivery_id, at, state, attempt, detail)
    VALUES (gen_random_uuid(), \(job.user), \(id), \(now), \(end.state), \(job.attempt), \(end.text))
    """
  }

  /// An address that was refused twice in a row is not written to any more (RULES 4.3); the person reads it on the page of agents, and by
  /// letter where another address is known.
  private func failed(_ id: ID<Parcel>, _ job: SendJob, _ outcome: MailOutcome, _ now: Instant) throws {
    tally.failed += 1
    guard case .permanent(let reply) = outcome, reply.stage == .recipient else { return }
    let before: String? = try db.value(
      """
      SELECT state FROM deliveries WHERE user_id = \(job.user) AND agent = 'email' AND address = \(job.address) AND id <> \(id)
        AND state IN ('sent', 'delivered', 'failed') ORDER BY due_at DESC LIMIT 1
      """)
    guard before == "failed" else { return }
    let muted = try db.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(job.user), 'email', \(EmailAddress.key(job.address)), 'refused', \(now)) ON CONFLICT DO NOTHING
      """)
    guard muted == 1 else { return }
    let owners: [Owner] = try db.rows("SELECT id AS user_id, account_id FROM users WHERE id = \(job.user)")
    let current: String? = try db.value("SELECT email FROM users WHERE id = \(job.user)")
    if let current, EmailAddress.key(current) != EmailAddress.key(job.address) {
      try Letter.ask(.agentOff, for: job.user, to: current, at: now, db)
    }
    guard let owner = owners.first else { return }
    try Audit.append(
      [AuditEntry("agent.off", "agent", nil, ["type": "email", "address": job.address, "reason": reply.text])], user: owner.user,
      account: owner.account, from: AuditSource(actor: .system), at: now, services.keys, db)
  }
}

/// What an outcome means for a row: its next state and when it is tried again.
struct Ending {
  let state: String
  let dueAt: Instant
  let sentAt: Instant?
  /// What the other side said.
  let text: String

  /// An unknown outcome is tried again: for mail twice is better than never, and the Message-ID is the same.
  init(_ outcome: MailOutcome, _ job: SendJob, _ now: Instant) {
    text = Ending.words(outcome.reply)
    switch outcome {
    case .delivered: (state, dueAt, sentAt) = ("sent", now, now)
    case .permanent: (state, dueAt, sentAt) = ("failed", now, nil)
    case .temporary, .unknown:
      sentAt = nil
      // Chance from the id, so that a test can say when it comes.
      let chance = job.low &+ UInt64(job.attempt) &* 7919
      if let next = RetrySchedule.next(afterAttempt: job.attempt, first: job.firstAt, now: now, random: chance) {
        (state, dueAt) = ("pending", next)
      } else {
        (state, dueAt) = ("failed", now)
      }
    }
  }

  private static func words(_ reply: MailReply) -> String {
    let code = reply.code.map { "\($0) " } ?? ""
    let enhanced = reply.enhanced.map { $0 + " " } ?? ""
    return code + enhanced + reply.text
  }
}
