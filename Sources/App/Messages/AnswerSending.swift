import Domain
import Net
import Postgres
import Web

/// An answer that a worker has claimed.
struct PendingAnswer {
  let message: OutboxMessage
  let id: ID<DeskMessage>
  let account: ID<Account>
  let conversation: ID<Conversation>
  let channel: ID<DeskChannel>
  let sending: DeskMessage.Sending
  /// `automatic`: it only says that a message has come.
  let kind: MailKind
  let seen: ID<DeskMessage>?
  /// Of the conversation, now.
  let newestInbound: ID<DeskMessage>?
  let handedAt: Instant?
  /// Before this one.
  let attempts: Int
  let messageID: String?
  let inReplyTo: String?
  let references: [String]
  let threadIndex: [UInt8]?
  let threadTopic: String
  let fromName: String
  let fromAddress: String
  let recipients: [String]
  let copies: [String]
  let subject: String
  let source: String
  let text: String
  let html: String
  let arrivedAt: Instant
  let externalConversation: String?
  let inReplyToExternal: String?
  /// Whose conversation it is, where they were erased.
  let erased: ID<Customer>?

  /// Their conversations: locked before they are, as by whoever undoes, holds or moves one.
  static func locking(_ ids: [ID<OutboxMessage>]) -> Query<ID<Conversation>> {
    Conversation.locking(
      where: "v.id IN (SELECT m.conversation_id FROM outbox d JOIN messages m ON m.id = d.subject_id WHERE d.id = ANY (\(ids)))")
  }

  /// Locked until the transaction ends: what undoes or holds one waits, and finds it gone.
  static func query(_ ids: [ID<OutboxMessage>]) -> Query<PendingAnswer> {
    Query(
      """
      SELECT \(OutboxMessage.columns), m.id, m.account_id AS account, m.conversation_id AS conversation, m.channel_id AS channel, m.sending,
        m.kind, m.seen_id AS seen, v.newest_inbound_id AS newest_inbound, m.handed_at, m.attempts, m.message_id, m.in_reply_to,
        m.refs AS "references", m.thread_index,
        m.thread_topic, m.from_name, m.from_address, m.recipients, m.copies, m.subject, coalesce(m.source, '') AS source, m.own AS text,
        coalesce(m.html, '') AS html, m.arrived_at, v.external_id AS external_conversation,
        (SELECT s.external_id FROM messages s WHERE s.id = m.seen_id) AS in_reply_to_external,
        (SELECT c.id FROM customers c WHERE c.id = v.customer_id AND c.erased_at IS NOT NULL) AS erased
      FROM outbox d JOIN messages m ON m.id = d.subject_id JOIN conversations v ON v.id = m.conversation_id
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id FOR NO KEY UPDATE OF m
      """, into: PendingAnswer.init)
  }

  /// Whether a worker died with it after a server may have had its text.
  var isUnknown: Bool { message.state == .sending && handedAt != nil }

  /// Whether it is still to leave.
  var isWanted: Bool { sending == .waiting || sending == .queued || message.state == .sending && sending == .sending }

  /// Whether the customer wrote something that its writer has not seen.
  var isOvertaken: Bool { kind == .person && newestInbound != seen }
}

extension OutboxSubject {
  /// Answers to customers. One leaves once: what may have arrived is not sent again by itself (RULES 6.4).
  static let answers: OutboxSubject = {
    var subject = OutboxSubject(name: "'answer'", noun: "answer", counted: "answers") { ids, round, claim in
      try AnswerSending.decide(ids, round, &claim)
    }
    subject.follow = { results, now, bench in try AnswerResults.follow(results, now, bench) }
    subject.judge = { outcome, now in
      switch outcome {
      case .mail(.unknown(let reply)): return Judgement(.failed, .unknown, code: nil, detail: reply.text)
      // Taken for some: theirs stands, and it is said for whom it was not.
      case .mail(.delivered(let reply)) where !reply.refusals.isEmpty:
        let refused = reply.refusals.map { "\($0.recipient.wire): \($0.reply.code.map { String($0) } ?? "") \($0.reply.text)" }
        return Judgement(.sent, .refused, code: reply.code.map { String($0) }, detail: refused.joined(separator: "; "))
      case .web(.response(let response)) where response.verdict == .accepted && !response.isTruncated:
        var taken = Judgement(outcome, at: now)
        taken.externalID = GivenID.read(response.body)
        return taken
      default: return Judgement(outcome, at: now)
      }
    }
    return subject
  }()
}

/// What is decided about answers that are claimed.
enum AnswerSending {
  static func decide(_ ids: [ID<OutboxMessage>], _ round: OutboxRound, _ claim: inout OutboxClaim) throws -> [OutboxSending] {
    let (db, now) = (round.bench.db, round.now)
    let (locked, found) = try db.read(PendingAnswer.locking(ids), PendingAnswer.query(ids))
    // What a merge that we waited for took elsewhere stays as it is, and is claimed again at once.
    let answers = found.filter { locked.contains($0.conversation) }
    let channels = Dictionary(
      try db.rows(DeskChannel.query("c.id = ANY (\(answers.map(\.channel)))")).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var sendings: [OutboxSending] = []
    var (leaving, held): ([ID<DeskMessage>], [PendingAnswer]) = ([], [])
    var ended: [(answer: PendingAnswer, sending: DeskMessage.Sending)] = []
    for answer in answers {
      // The worker that had it died, and they were erased before another took it up.
      if let customer = answer.erased {
        claim.set(answer.message, .cancelled, .gone)
        try db.queue([
          "UPDATE messages SET sending = 'cancelled' WHERE id = \(answer.id) AND sending = 'sending'",
          AnswerResults.forgetting(customer, of: answer.account, at: now),
        ])
        continue
      }
      // One that was held back and confirmed, or sent again, may have two places that are due at once: it leaves by one.
      guard answer.isWanted, !leaving.contains(answer.id), let channel = channels[answer.channel] else {
        claim.set(answer.message, .cancelled, .noUse)
        continue
      }
      if answer.isUnknown {
        claim.set(answer.message, .failed, .unknown)
        ended.append((answer, .unknown))
      } else if answer.message.isGivenUp {
        claim.giveUp(answer.message)
        ended.append((answer, .failed))
      } else if answer.isOvertaken {
        claim.set(answer.message, .cancelled, .noUse)
        held.append(answer)
      } else {
        claim.set(answer.message, .sending)
        leaving.append(answer.id)
        sendings.append(sending(answer, through: channel, round.bench))
      }
    }
    try db.queue([
      "UPDATE messages SET sending = 'sending', attempts = attempts + 1, handed_at = NULL WHERE id = ANY (\(leaving))",
      "UPDATE messages SET sending = 'held' WHERE id = ANY (\(held.map(\.id)))",
    ])
    try db.queue(
      held.map { ConversationEvent.adding(.held, to: $0.conversation, of: $0.account, about: $0.id, at: now) })
    try AnswerResults.end(ended, at: now, round.bench)
    return sendings
  }

  private static func sending(_ answer: PendingAnswer, through channel: DeskChannel, _ bench: WorkBench) -> OutboxSending {
    var sending = OutboxSending(message: answer.message) {
      MessageContent(
        key: ("answer", answer.id.text), name: "", address: answer.recipients.first ?? "", subject: answer.subject, text: answer.text,
        html: answer.html)
    }
    sending.letter = { composing in
      channel.type == .email
        ? try AnswerLetter.mail(answer, through: channel, composing, bench)
        : try AnswerLetter.request(answer, through: channel, bench, at: composing.now)
    }
    return sending
  }
}
