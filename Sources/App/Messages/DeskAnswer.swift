import Domain
import HTML
import Net
import Postgres
import Web

/// A message to a customer, put into the outbox: a draft that was approved, or a reply by hand. It may be undone until the desk's seconds are over.
struct DeskAnswer {
  let id: ID<DeskMessage>
  let conversation: Conversation
  let channel: DeskChannel
  let author: Person
  /// Of a draft; nil: by hand.
  let draft: ID<Draft>?
  let recipients: [String]
  let copies: [String]
  /// Markdown, without the signature.
  let source: String
  /// The newest message that its writer had seen.
  let seen: ID<DeskMessage>?
  /// Closes the conversation when it is sent.
  let closes: Bool
  let undoSeconds: Int
  let now: Instant
  /// What goes along.
  var files: [AnswerFile] = []
  /// And what went along with one that was taken back.
  var kept: [ID<DeskFile>] = []
  /// Nothing came before it: its subject is no answer's.
  var isFirst = false
  /// When its author is to be reminded if nobody answers, as typed.
  var followUp = ""

  /// Until when it may be undone.
  var sendAt: Instant { now.advanced(seconds: Int64(undoSeconds)) }

  /// Its Message-ID: nobody can guess it, and whoever answers it names it (RULES 6.15).
  static func messageID(_ id: ID<DeskMessage>, of channel: DeskChannel, _ keys: Keys) -> String? {
    let host = channel.address.flatMap { $0.utf8.split(separator: UInt8(ascii: "@")).last.map { String(Substring($0)) } } ?? "localhost"
    return MessageID("heed.\(id.text).\(keys.tag(.message, "answer " + id.text))@\(host)").map { "<\($0.text)>" }
  }

  /// Whether an id is one that this installation gave an answer.
  static func isOwn(_ messageID: String, _ keys: Keys) -> Bool {
    let bytes = Array(messageID.utf8)
    let prefix = Array("<heed.".utf8)
    guard bytes.count > prefix.count + 36 + 1 + 32, bytes.starts(with: prefix) else { return false }
    let rest = bytes[prefix.count...]
    let id = String(decoding: rest.prefix(36), as: UTF8.self)
    let tag = rest.dropFirst(37).prefix(32)
    return rest.dropFirst(36).first == UInt8(ascii: ".") && rest.dropFirst(69).first == UInt8(ascii: "@")
      && tag.elementsEqual(keys.tag(.message, "answer " + id).utf8)
  }

  /// From which of the channel's addresses an answer leaves (RULES 6.19): the one that a message was written to, else the channel's own.
  ///
  /// - Parameter message: an expression of the id of what it answers; may be NULL.
  static func sender(of channel: DeskChannel, answering message: SQL) -> SQL {
    let keys = channel.addresses.map { MailPerson(name: "", address: $0).key }
    return """
      coalesce((
        SELECT k.address FROM message_addresses a JOIN unnest(\(keys), \(channel.addresses)) AS k(address_key, address) ON k.address_key = a.address_key
        WHERE a.message_id = \(message) AND a.role IN ('to', 'cc') ORDER BY a.n LIMIT 1), \(channel.address ?? ""))
      """
  }

  /// What stores it, with its place in the outbox; the conversation is locked.
  func queue(_ keys: Keys) -> [SQL] {
    let mail = AnswerMail(source, signature: channel.signature, conversation.language)
    let subject = isFirst ? conversation.subject : AnswerSubject.answering(conversation.subject)
    let key = Keys.sha256(Array(id.text.utf8))
    let people = recipients + copies
    let sender = DeskAnswer.sender(of: channel, answering: "p.id")
    // Whoever is written to has part in it.
    let parts: SQL = .insert(
      into: "participants", .all("conversation_id", "\(conversation.id)"), .all("account_id", "\(conversation.account)"),
      .each("address_key", people.map { MailPerson(name: "", address: $0).key }), .each("address", people), .all("name", "''"),
      .all("is_taken", "true"))
    return [
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, message_id, in_reply_to, refs,
        from_name, from_address, customer_id, author_id, author_name, subject, own, html, language, arrived_at, thread_index, thread_topic, draft_id,
        files, source, signature, recipients, copies, seen_id, sending, send_at, closes, follow_up)
      SELECT \(id), \(conversation.account), \(conversation.id), \(channel.id), 'outbound', 'person', \(key), \(Keys.sha256(Array(source.utf8))),
        \(DeskAnswer.messageID(id, of: channel, keys)), p.message_id,
        CASE WHEN p.message_id IS NULL THEN '{}' ELSE p.refs || p.message_id END, \(channel.name), \(sender), NULL, \(author.id),
        \(author.displayName), \(subject), \(mail.text), \(mail.html), \(conversation.language), \(now), p.thread_index,
        coalesce(p.thread_topic, ''), \(draft), \(files.count + kept.count), \(source), \(channel.signature), \(recipients), \(copies), \(seen), 'waiting',
        \(sendAt), \(closes), \(followUp)
      FROM (SELECT 1) x LEFT JOIN LATERAL (
        SELECT m.id, m.message_id, m.refs, m.thread_index, m.thread_topic FROM messages m
        WHERE m.conversation_id = \(conversation.id) AND m.direction = 'inbound' AND m.kind = 'person' ORDER BY m.number DESC LIMIT 1) p ON true
      """,
      DeskAnswer.sending(
        id, by: author.id, to: recipients.first ?? "", customer: conversation.customer, channel.type.way, due: sendAt, at: now),
      "\(parts) ON CONFLICT DO NOTHING",
      """
      UPDATE conversations SET messages = messages + 1, last_at = \(now), claimed_by = NULL, claimed_at = NULL, version = version + 1
      WHERE id = \(conversation.id)
      """,
    ] + AnswerFile.storing(files, kept, with: id, of: conversation.account, at: now)
  }

  /// A place in the outbox: each attempt of people to send it is one.
  static func sending(
    _ id: ID<DeskMessage>, by user: ID<User>, to address: String, customer: ID<Customer>, _ way: AgentType, due: Instant, at now: Instant
  ) -> SQL {
    """
    INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, address, state, due_at, created_at)
    VALUES (\(ID<OutboxMessage>.new(at: now)), \(user), 'answer', \(id), \(way), 'customer', \(customer), \(address), 'pending', \(due), \(now))
    """
  }
}

/// The subject of an answer: that of the conversation with one `Re:` before it (RULES 6.9).
enum AnswerSubject {
  static func answering(_ subject: String) -> String {
    let bare = MailSubject(text: subject).bare
    return bare.utf8.isEmpty ? "Re:" : "Re: " + bare
  }
}
