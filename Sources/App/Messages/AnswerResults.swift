import Domain
import Postgres

/// What comes of answers whose sending ended: of the message, its draft, and its conversation.
enum AnswerResults {
  /// An answer as results find it.
  private struct Stored {
    let id: ID<DeskMessage>
    let account: ID<Account>
    let conversation: ID<Conversation>
    let channel: ID<DeskChannel>
    let number: Int64
    let draft: ID<Draft>?
    let sending: DeskMessage.Sending
    let kind: MailKind
    let closes: Bool
    let state: Conversation.State
    let sendAt: Instant?
    /// When its writer was told that its server puts it off.
    let deferredAt: Instant?
    /// The oldest message of a person that came after what its writer had seen.
    let unansweredSince: Instant?
    /// Whose conversation it is, where they were erased while it was on its way.
    let erased: ID<Customer>?
  }

  static func follow(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws {
    let db = bench.db
    let ids = results.map { ID<DeskMessage>(high: $0.transfer.message.subject.high, low: $0.transfer.message.subject.low) }
    let stored = try find(ids, db)
    for (id, result) in zip(ids, results) {
      guard let answer = stored[id] else { continue }
      try db.queue(note(result, of: answer, at: now) + deferring(result, of: answer, at: now))
      if let customer = answer.erased {
        try db.queue([forgetting(customer, of: answer.account, at: now)])
        continue
      }
      switch result.state {
      // Who was told that their message has come was not answered.
      case .sent where answer.kind == .automatic: break
      case .sent: try sent(answer, at: now, bench)
      case .failed: try db.queue(failing(answer, result.judgement.reason == .unknown ? .unknown : .failed, bench))
      default: break
      }
    }
  }

  /// Answers that ended without a result.
  static func end(_ answers: [(answer: PendingAnswer, sending: DeskMessage.Sending)], at now: Instant, _ bench: WorkBench) throws {
    if answers.isEmpty { return }
    let db = bench.db
    let stored = try find(answers.map(\.answer.id), db)
    for (answer, sending) in answers {
      guard let found = stored[answer.id] else { continue }
      if let customer = found.erased {
        try db.queue(["UPDATE messages SET sending = \(sending) WHERE id = \(found.id)", forgetting(customer, of: found.account, at: now)])
        continue
      }
      let kind: ConversationEvent.Kind = sending == .unknown ? .unknown : .failed
      try db.queue(
        failing(found, sending, bench)
          + [ConversationEvent.adding(kind, to: found.conversation, of: found.account, about: found.id, at: now)])
    }
  }

  /// What a server says of an answer to somebody who was erased meanwhile, and their address with it, goes as the rest has gone; nothing is tried again
  /// (RULES 6.17). The place is that of the job at its beginning.
  static func forgetting(_ customer: ID<Customer>, of account: ID<Account>, at now: Instant) -> SQL {
    Job.asking(for: JobType.erase.rawValue, at: "\(customer.text) 1", of: account, now: now)
  }

  /// Locks their conversations first, as whoever writes into one does.
  private static func find(_ ids: [ID<DeskMessage>], _ db: Connection) throws(PostgresError) -> [ID<DeskMessage>: Stored] {
    let lock = Conversation.locking(where: "v.id IN (SELECT conversation_id FROM messages WHERE id = ANY (\(ids)))")
    let rows = Query(
      """
      SELECT m.id, m.account_id AS account, m.conversation_id AS conversation, m.channel_id AS channel, m.number, m.draft_id AS draft, m.sending,
        m.kind, m.closes, v.state, m.send_at, m.deferred_at,
        (SELECT min(n.arrived_at) FROM messages n WHERE n.conversation_id = v.id AND n.direction = 'inbound' AND n.kind = 'person'
          AND n.number > coalesce((SELECT s.number FROM messages s WHERE s.id = m.seen_id), m.number)) AS unanswered_since,
        (SELECT c.id FROM customers c WHERE c.id = v.customer_id AND c.erased_at IS NOT NULL) AS erased
      FROM messages m JOIN conversations v ON v.id = m.conversation_id WHERE m.id = ANY (\(ids))
      """, into: Stored.init)
    var locked: Set<ID<Conversation>> = []
    while true {
      let (more, found) = try db.read(lock, rows)
      locked.formUnion(more)
      // A merge that we waited for may have taken some elsewhere.
      guard found.allSatisfy({ locked.contains($0.conversation) }) else { continue }
      return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  private static func note(_ result: OutboxResult, of answer: Stored, at now: Instant) -> [SQL] {
    let said = result.judgement
    let kind: ConversationEvent.Kind =
      switch result.state {
      case .sent: answer.kind == .automatic ? .acknowledged : .sent
      case .failed: said.reason == .unknown ? .unknown : .failed
      default: .attempt
      }
    let sending: DeskMessage.Sending =
      switch result.state {
      case .sent: .sent
      case .failed: said.reason == .unknown ? .unknown : .failed
      default: .queued
      }
    let words = [said.code ?? "", said.detail].filter { !$0.utf8.isEmpty }.joined(separator: " ")
    return [
      """
      UPDATE messages SET sending = \(sending), sent_at = \(result.sentAt), reason = \(said.reason), code = \(said.code), detail = \(said.detail),
        external_id = coalesce(\(said.externalID)::text, external_id)
      WHERE id = \(answer.id)
      """,
      ConversationEvent.adding(kind, to: answer.conversation, of: answer.account, words, about: answer.id, at: now),
    ]
  }

  /// Its writer is told once when its server has put it off for an hour ("Decided besides" 50). An attempt is made when that is over, unless the server
  /// asked for longer.
  private static func deferring(_ result: OutboxResult, of answer: Stored, at now: Instant) -> [SQL] {
    guard result.state == .pending, answer.kind == .person, let hour = answer.sendAt?.advanced(hours: 1) else { return [] }
    if now < hour {
      guard result.dueAt > hour, result.judgement.retryAfter == nil else { return [] }
      return ["UPDATE outbox SET due_at = \(hour) WHERE id = \(result.transfer.message.id)"]
    }
    if let told = answer.deferredAt, told >= hour { return [] }
    return [
      "UPDATE messages SET deferred_at = \(now) WHERE id = \(answer.id)",
      ConversationEvent.adding(.deferred, to: answer.conversation, of: answer.account, about: answer.id, at: now),
    ]
  }

  private static func sent(_ answer: Stored, at now: Instant, _ bench: WorkBench) throws {
    let db = bench.db
    let rest = answer.unansweredSince
    let late = try rest.flatMap { since in
      try db.row(DeskChannel.query("c.id = \(answer.channel)"))?.lateAt(since, bench.services.zones)
    }
    // Spam stays, and what somebody closed or put off meanwhile.
    let state: Conversation.State =
      answer.state == .open
      ? (rest != nil ? .open : answer.closes ? .closed : .waiting)
      : answer.closes && answer.state != .spam && rest == nil ? .closed : answer.state
    try db.queue([
      """
      UPDATE conversations SET state = \(state), waiting_since = \(rest), late_at = \(late), late_told_at = NULL,
        closed_at = CASE WHEN \(state == .closed) THEN coalesce(closed_at, \(now)) END,
        snoozed_until = CASE WHEN \(state == .snoozed) THEN snoozed_until END
      WHERE id = \(answer.conversation)
      """
    ])
    guard let draft = answer.draft else { return }
    try db.queue([
      "UPDATE drafts SET state = 'sent' WHERE id = \(draft)",
      // What was decided last is what is learnt, once.
      """
      INSERT INTO learning_samples (id, account_id, draft_id, conversation_id, created_at, action, chosen, seconds, distance)
      SELECT new_id(\(now)), d.account_id, d.id, d.conversation_id, \(now), d.action, CASE WHEN d.action = 'edit' THEN m.source ELSE '' END, x.seconds,
        coalesce(x.distance, 0)
      FROM drafts d JOIN messages m ON m.id = \(answer.id)
      CROSS JOIN LATERAL (
        SELECT seconds, distance FROM decisions WHERE draft_id = d.id AND action IN ('approve', 'edit') ORDER BY number DESC LIMIT 1) x
      WHERE d.id = \(draft) AND d.action IN ('approve', 'edit') AND NOT EXISTS (SELECT FROM learning_samples s WHERE s.draft_id = d.id)
      """,
    ])
  }

  /// The conversation is open again: nobody has answered. What only said that a message has come changes nothing of it.
  private static func failing(_ answer: Stored, _ sending: DeskMessage.Sending, _ bench: WorkBench) throws -> [SQL] {
    let marked: SQL = "UPDATE messages SET sending = \(sending) WHERE id = \(answer.id)"
    if answer.kind == .automatic { return [marked] }
    // Whoever closed it meanwhile took it for answered: its customer waits again.
    let since = try OwedAnswer.since(in: answer.conversation, bench.db)
    let late = try since.flatMap { since in
      try bench.db.row(DeskChannel.query("c.id = \(answer.channel)"))?.lateAt(since, bench.services.zones)
    }
    var statements: [SQL] = [
      marked,
      """
      UPDATE conversations SET state = 'open', closed_at = NULL, waiting_since = \(since), late_at = \(late)
      WHERE id = \(answer.conversation) AND state IN ('open', 'waiting', 'closed')
      """,
    ]
    if let draft = answer.draft { statements.append("UPDATE drafts SET state = 'failed' WHERE id = \(draft)") }
    return statements
  }
}
