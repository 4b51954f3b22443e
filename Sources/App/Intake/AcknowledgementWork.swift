import Domain
import HTML
import Postgres
import Web

/// Tells a customer at once that their message has come, where the channel says so (RULES 6.25): once a conversation, and once a day whoever they write
/// about what; after a day it is no news any more. Other desks and robots hear nothing: what is no person's is not answered, and ours says of itself that
/// nobody wrote it.
enum AcknowledgementWork {
  static let name = "acknowledge"

  /// Its place is the message. A job, because a request that brings one may put nothing into the outbox of others.
  static let kind = JobKind(name) { run, bench, now in
    guard let message = ID<DeskMessage>(run.place) else { return .done }
    try send(message, bench, now)
    return .done
  }

  /// What somebody is told of.
  private struct Target {
    let conversation: ID<Conversation>
    let channel: ID<DeskChannel>
    let customer: ID<Customer>
    let subject: String
    let language: Language
    /// Empty: they can be answered by no mail.
    let address: String
    let arrivedAt: Instant
    /// In whose name it leaves: an account's mail has to be somebody's.
    let owner: ID<User>

    /// nil: nothing is to be said, or was already.
    static func query(_ message: ID<DeskMessage>, at now: Instant) -> Query<Target> {
      Query(
        """
        SELECT v.id AS conversation, v.channel_id AS channel, v.customer_id AS customer, v.subject, v.language,
          coalesce(m.recipients[1], '') AS address, m.arrived_at, u.id AS owner
        FROM messages m JOIN conversations v ON v.id = m.conversation_id
        JOIN customers c ON c.id = v.customer_id AND c.erased_at IS NULL
        CROSS JOIN LATERAL (
          SELECT id FROM users WHERE account_id = v.account_id AND role = 'owner' ORDER BY created_at, id LIMIT 1) u
        WHERE m.id = \(message) AND m.arrived_at > \(now.advanced(days: -1)) AND m.direction = 'inbound' AND m.kind = 'person'
          AND NOT m.is_stranger AND m.emptied_at IS NULL AND v.state <> 'spam' AND v.merged_into IS NULL
          AND NOT EXISTS (
            SELECT FROM messages o WHERE o.conversation_id = v.id AND o.direction = 'outbound' AND o.kind = 'automatic')
          AND NOT EXISTS (
            SELECT FROM conversations w JOIN messages o ON o.conversation_id = w.id
            WHERE w.customer_id = v.customer_id AND o.direction = 'outbound' AND o.kind = 'automatic' AND o.arrived_at > \(now.advanced(days: -1)))
        """, into: Target.init)
    }
  }

  private static func send(_ message: ID<DeskMessage>, _ bench: WorkBench, _ now: Instant) throws {
    let db = bench.db
    let customer: ID<Customer>? = try db.value(
      """
      SELECT v.customer_id FROM conversations v WHERE v.id = (SELECT conversation_id FROM messages WHERE id = \(message)) FOR NO KEY UPDATE
      """)
    guard let customer else { return }
    // Two conversations of one customer at once: the second finds what the first was told.
    _ = try db.run("SELECT pg_advisory_xact_lock(hashtextextended(\(name + " " + customer.text), 1))")
    guard let target = try db.row(Target.query(message, at: now)),
      let channel = try db.row(DeskChannel.query("c.id = \(target.channel) AND c.enabled AND c.deleted_at IS NULL")),
      isWanted(target, by: channel, bench.services.zones)
    else { return }
    let id = ID<DeskMessage>.new(at: now)
    let text = text(target, of: channel, bench.services)
    try db.queue([
      storing(id, text, answering: message, target, channel, bench.services.keys, at: now),
      DeskAnswer.sending(
        id, by: target.owner, to: target.address, customer: target.customer, channel.type.way, due: now, at: now),
      "UPDATE conversations SET messages = messages + 1 WHERE id = \(target.conversation)",
    ])
  }

  private static func isWanted(_ target: Target, by channel: DeskChannel, _ zones: Zones) -> Bool {
    switch channel.acknowledgeWhen {
    case .never: return false
    case .closed: if channel.clock(zones).isOpen(at: target.arrivedAt) { return false }
    case .always: break
    }
    if channel.type != .email { return channel.outboundURL != nil }
    let key = MailPerson(name: "", address: target.address).key
    let isOurs = channel.addresses.contains { MailPerson(name: "", address: $0).key.utf8.elementsEqual(key.utf8) }
    return !target.address.utf8.isEmpty && !isOurs && !NoReply.isMute(target.address)
  }

  /// What the channel says; to whoever writes in another language than the channel's, a sentence of ours.
  private static func text(_ target: Target, of channel: DeskChannel, _ services: Services) -> String {
    if target.language == channel.language { return channel.acknowledge }
    let words = services.words(target.language)
    return words("Thank you for your message. It has come in, and you will get an answer.")
  }

  private static func storing(
    _ id: ID<DeskMessage>, _ text: String, answering message: ID<DeskMessage>, _ target: Target, _ channel: DeskChannel, _ keys: Keys,
    at now: Instant
  ) -> SQL {
    let mail = AnswerMail(text, signature: channel.signature, target.language)
    let recipients = target.address.utf8.isEmpty ? [] : [target.address]
    let sender = DeskAnswer.sender(of: channel, answering: "m.id")
    return """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, message_id, in_reply_to, refs,
        from_name, from_address, subject, own, html, language, arrived_at, thread_index, thread_topic, source, signature, recipients, seen_id,
        sending, send_at)
      SELECT \(id), m.account_id, m.conversation_id, m.channel_id, 'outbound', 'automatic', \(Keys.sha256(Array(id.text.utf8))),
        \(Keys.sha256(Array(text.utf8))), \(DeskAnswer.messageID(id, of: channel, keys)), m.message_id,
        CASE WHEN m.message_id IS NULL THEN '{}' ELSE m.refs || m.message_id END, \(channel.name), \(sender),
        \(AnswerSubject.answering(target.subject)), \(mail.text), \(mail.html), \(target.language), \(now), m.thread_index, m.thread_topic, \(text),
        \(channel.signature), \(recipients), m.id, 'queued', \(now)
      FROM messages m WHERE m.id = \(message)
      """
  }
}
