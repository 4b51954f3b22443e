import Domain
import Postgres
import Web

/// Takes what has come to a channel into its conversations, in one transaction: of two at once in one conversation the second waits (RULES 6.2, 6.8, 6.15).
///
/// It runs as the worker, or as a request for whose account the transaction is.
struct Intake {
  let channel: DeskChannel
  let services: Services
  let db: Connection
  let now: Instant

  /// What became of a message.
  struct Taken {
    let conversation: ID<Conversation>
    let message: ID<DeskMessage>
    /// False: it had come before.
    let isNew: Bool
  }

  func take(_ arrived: ArrivedMessage) throws -> Taken {
    if let known = try repeated(arrived) { return known }
    var message = arrived
    message.author = try author(of: arrived)
    let thread = try IntakePlace.find(message, self) ?? IntakePlace.begin(message, self)
    // Another of the same came while this one waited for its conversation.
    if let known = try repeated(message) { return known }
    let id = ID<DeskMessage>.new(at: now)
    let answer = try isAnswer(message, in: thread) ? message.author : nil
    try store(message, id, thread, answerOf: answer)
    try db.queue(["UPDATE channel_states SET last_message_at = \(now) WHERE channel_id = \(channel.id)"])
    if answer != nil {
      try answered(id, thread)
    } else if message.kind == .person {
      try answerable(message, id, thread)
    } else {
      try noted(thread)
    }
    if let bounce = message.bounce { try MailBounces.note(bounce, self) }
    if message.files.contains(where: { $0.state == "asked" }) {
      try db.queue([Job.asking(for: AttachmentFetch.name, at: id.text, of: channel.account, now: now)])
    }
    return Taken(conversation: thread.conversation, message: id, isNew: true)
  }

  /// It came before: the same mail, or the same id in the same conversation of a webhook, or in another of the channel as ``elsewhere(_:)`` says.
  private func repeated(_ message: ArrivedMessage) throws(PostgresError) -> Taken? {
    let found = try db.row(
      Query<(ID<Conversation>, ID<DeskMessage>)>(
        tuple: """
          SELECT m.conversation_id, m.id FROM messages m
          WHERE m.channel_id = \(channel.id) AND (m.message_key = \(message.key) OR \(elsewhere(message)))
          ORDER BY m.message_key = \(message.key) DESC, m.number LIMIT 1
          """))
    guard let (conversation, id) = found else { return nil }
    try revise(message, id)
    return Taken(conversation: conversation, message: id, isNew: false)
  }

  /// An id is one of its channel (RULES 6.8), but some programs count the messages of each conversation from one: under another conversation it is the
  /// same message where sender, time and words are the same too, as with mails (RULES 6.15), and else another one, which must not be lost. Who has no
  /// address may be anybody.
  private func elsewhere(_ message: ArrivedMessage) -> SQL {
    guard message.from.isUsable, !message.externalID.utf8.isEmpty else { return "false" }
    return """
      m.external_id = \(message.externalID) AND m.external_id <> '' AND m.body_key = \(message.bodyKey) AND m.from_address = \(message.from.address)
        AND m.dated_at IS NOT DISTINCT FROM \(message.datedAt)::timestamptz
      """
  }

  /// The same id with other words is kept beside the first, and the timeline says so.
  private func revise(_ message: ArrivedMessage, _ id: ID<DeskMessage>) throws(PostgresError) {
    try db.queue([
      """
      WITH kept AS (
        INSERT INTO message_revisions (message_id, account_id, body_key, at, own)
        SELECT m.id, m.account_id, \(message.bodyKey), \(now), \(message.own) FROM messages m
        WHERE m.id = \(id) AND m.body_key <> \(message.bodyKey) AND m.emptied_at IS NULL
        ON CONFLICT DO NOTHING RETURNING message_id)
      INSERT INTO conversation_events (id, account_id, conversation_id, at, kind, other_id)
      SELECT new_id(\(now)), m.account_id, m.conversation_id, \(now), \(ConversationEvent.Kind.revised), m.id
      FROM kept k JOIN messages m ON m.id = k.message_id
      """
    ])
  }

  /// The member whose mail it is. What they pass on to us is theirs as any customer's would be: nobody guesses for whom (RULES 6.18).
  private func author(of message: ArrivedMessage) throws(PostgresError) -> ArrivedMessage.Author? {
    guard case .mail = message.thread, message.kind == .person, !message.subject.isForward, message.from.isUsable else { return nil }
    return try db.row(
      Query(
        """
        SELECT id, display_name AS name FROM users
        WHERE account_id = \(channel.account) AND email_key = \(EmailAddress.key(message.from.address))
          AND (verified_at IS NOT NULL OR \(!services.checksAddresses)) AND role <> 'viewer'
        """, into: ArrivedMessage.Author.init))
  }

  /// A member's mail that joins a conversation answers it (RULES 6.27), unless they are its customer.
  private func isAnswer(_ message: ArrivedMessage, in thread: IntakePlace) throws(PostgresError) -> Bool {
    guard message.author != nil, !thread.isNew else { return false }
    let isCustomer: Bool? = try db.value(
      """
      SELECT true FROM conversations v JOIN customer_addresses a ON a.account_id = v.account_id AND a.customer_id = v.customer_id
      WHERE v.id = \(thread.conversation) AND a.address_key = \(message.from.key)
      """)
    return isCustomer != true
  }

  private func store(_ message: ArrivedMessage, _ id: ID<DeskMessage>, _ thread: IntakePlace, answerOf author: ArrivedMessage.Author?)
    throws(PostgresError)
  {
    let account = channel.account
    let kept = message.files.filter { $0.bytes != nil }
    var statements: [SQL] = []
    for file in kept { statements.append(Intake.file(file.bytes ?? [], file.sha256, of: account)) }
    var raw: [UInt8]?
    if let bytes = message.raw {
      let digest = Keys.sha256(bytes)
      raw = digest
      statements.append(Intake.file(bytes, digest, of: account))
    }
    let from = message.from
    let ours = Set(channel.addresses.map { MailPerson(name: "", address: $0).key })
    func named(_ role: String) -> [String] {
      message.addresses.filter { $0.role == role && $0.person.isUsable && !ours.contains($0.person.key) }.map(\.person.address)
    }
    // Of one of theirs: whom an answer goes to.
    let recipients = author == nil ? [message.customer].compactMap { $0?.address } : named("to")
    // Shown where it is odd (RULES 6.24), which is also what nobody can read.
    let isOdd = message.datedAt.map { abs($0.seconds(since: now)) > 3_600 } ?? true
    let direction: DeskMessage.Direction = author == nil ? .inbound : .outbound
    let sending: DeskMessage.Sending? = author == nil ? nil : .sent
    let sentAt: Instant? = author == nil ? nil : now
    let copies: [String] = author == nil ? [] : named("cc")
    let customer: ID<Customer>? = author == nil ? thread.customer : nil
    let (subject, dated) = (Intake.short(message.subject.text, 1_000), isOdd ? message.dated : "")
    statements.append(
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, external_id, message_id, in_reply_to,
        refs, from_name, from_address, customer_id, author_id, author_name, subject, own, part_kinds, part_texts, html, language,
        is_guessed, is_signed, is_stranger, notice, files, raw, dated, dated_at, arrived_at, thread_index, thread_topic, metadata, recipients, copies, sending, sent_at,
        sender_domain)
      VALUES (\(id), \(account), \(thread.conversation), \(channel.id), \(direction), \(message.kind), \(message.key), \(message.bodyKey),
        \(message.externalID), \(message.messageID), \(message.inReplyTo), \(message.references), \(Intake.short(from.name)), \(from.address),
        \(customer), \(author?.id), \(author?.name ?? ""), \(subject), \(message.own), \(message.sections.map(\.kind.rawValue)),
        \(message.sections.map(\.text)), \(message.html), \(message.language), \(message.isGuessed), \(message.isSigned), \(thread.isStranger),
        \(message.notice), \(message.files.count), \(raw), \(dated), \(message.datedAt), \(now), \(message.threadIndex),
        \(message.threadTopic), \(message.metadata), \(recipients), \(copies), \(sending), \(sentAt), \(message.senderDomain))
      """)
    let people = message.addresses
    statements.append(
      .insert(
        into: "message_addresses", .all("message_id", "\(id)"), .all("account_id", "\(account)"), .each("n", people.indices.map { $0 + 1 }),
        .each("role", people.map(\.role)), .each("name", people.map { Intake.short($0.person.name) }),
        .each("address", people.map(\.person.address)), .each("address_key", people.map(\.person.key))))
    statements.append(contentsOf: participants(message, thread, isAnswer: author != nil))
    let files = message.files
    statements.append(
      .insert(
        into: "attachments", .all("id", "new_id(\(now))"), .all("account_id", "\(account)"), .all("message_id", "\(id)"),
        .each("n", files.indices.map { $0 + 1 }), .each("name", files.map(\.name)), .each("type", files.map(\.type)),
        .each("size", files.map(\.size)), .each("sha256", files.map { $0.sha256.isEmpty ? nil : $0.sha256 }),
        .each("content_id", files.map(\.contentID)), .each("is_inline", files.map(\.isInline)), .each("state", files.map(\.state)),
        .each("url", files.map(\.url))))
    try db.queue(statements)
  }

  /// Everybody it names has part in the conversation, but for somebody new who wrote into it because they know an id of it.
  /// Programs have none.
  private func participants(_ message: ArrivedMessage, _ thread: IntakePlace, isAnswer: Bool) -> [SQL] {
    if message.isReport { return [] }
    let ours = Set(channel.addresses.map { MailPerson(name: "", address: $0).key })
    var seen = ours
    let named =
      isAnswer
      ? message.addresses.filter { $0.role == "to" || $0.role == "cc" }.map(\.person)
      : [message.customer].compactMap(\.self) + [message.from] + message.addresses.map(\.person)
    let people = (thread.isStranger ? [message.from] : named).filter { $0.isUsable && seen.insert($0.key).inserted }
    let inserted: SQL = .insert(
      into: "participants", .all("conversation_id", "\(thread.conversation)"), .all("account_id", "\(channel.account)"),
      .each("address_key", people.map(\.key)), .each("address", people.map(\.address)), .each("name", people.map { Intake.short($0.name) }),
      .all("is_taken", "\(!thread.isStranger)"))
    return ["\(inserted) ON CONFLICT DO NOTHING"]
  }

  /// A message of a person is owed an answer: the conversation is open again, what was about to leave is kept back, and a draft is asked for.
  private func answerable(_ message: ArrivedMessage, _ id: ID<DeskMessage>, _ thread: IntakePlace) throws {
    let since = thread.state == .spam ? nil : thread.waitingSince ?? now
    let state: Conversation.State = thread.state == .spam ? .spam : .open
    let late = since.flatMap { channel.lateAt($0, services.zones) }
    let language = MessageLanguage.language(of: message.own, conversation: thread.isNew ? nil : thread.language, channel: channel.language)
    try db.queue([
      """
      UPDATE conversations SET state = \(state), newest_inbound_id = \(id), waiting_since = \(since), late_at = \(late),
        late_told_at = CASE WHEN waiting_since IS NULL THEN NULL ELSE late_told_at END, snoozed_until = NULL, closed_at = NULL,
        language = \(language), messages = messages + 1, last_at = \(now), version = version + 1,
        is_answerable = is_answerable OR \(message.customer != nil || channel.type != .email)
      WHERE id = \(thread.conversation)
      """,
      holding(thread),
    ])
    if thread.state == .spam { return }
    if thread.state == .closed || thread.state == .snoozed {
      try db.queue([event(thread.state == .closed ? .reopened : .woken, thread.conversation)])
    }
    if channel.acknowledgeWhen != .never {
      try db.queue([Job.asking(for: AcknowledgementWork.name, at: id.text, of: channel.account, now: now)])
    }
    // Nobody could be sent it.
    if message.customer == nil, channel.type == .email { return }
    guard channel.autoDraft, !NoReply.isMute(message.customer?.address ?? "") else { return }
    if let flood = try DraftFlood.find(thread.customer, message.senderDomain, in: channel, at: now, db) {
      return try note(flood, thread)
    }
    let target = DraftRequests.Target(
      conversation: thread.conversation, channel: channel.id, account: channel.account, language: language, newestInbound: id)
    try DraftRequests.follow(target, at: now, db)
  }

  /// Nothing of people leaves over a message that nobody has seen.
  private func holding(_ thread: IntakePlace) -> SQL {
    """
    WITH held AS (
      UPDATE messages SET sending = 'held' WHERE conversation_id = \(thread.conversation) AND kind = 'person' AND sending IN ('waiting', 'queued')
      RETURNING id, account_id, conversation_id)
    INSERT INTO conversation_events (id, account_id, conversation_id, at, kind, other_id)
    SELECT new_id(\(now)), account_id, conversation_id, \(now), 'held', id FROM held
    """
  }

  /// A member answered from elsewhere: nothing is owed, nothing of ours follows it unseen, and its draft is of no use (RULES 6.27, 6.28).
  private func answered(_ id: ID<DeskMessage>, _ thread: IntakePlace) throws(PostgresError) {
    try db.queue([
      """
      UPDATE conversations SET state = CASE WHEN state IN ('open', 'snoozed') THEN 'waiting' ELSE state END, snoozed_until = NULL,
        waiting_since = NULL, late_at = NULL, late_told_at = NULL, messages = messages + 1, last_at = \(now), version = version + 1
      WHERE id = \(thread.conversation)
      """,
      holding(thread),
      DraftRequests.retire(thread.conversation),
      ConversationEvent.adding(.sent, to: thread.conversation, of: channel.account, about: id, at: now),
    ])
  }

  /// A message of a program is kept and shown, and changes nothing else.
  private func noted(_ thread: IntakePlace) throws(PostgresError) {
    try db.queue([
      "UPDATE conversations SET messages = messages + 1, last_at = \(now), version = version + 1 WHERE id = \(thread.conversation)"
    ])
  }

  /// In the timeline once an hour.
  private func note(_ flood: DraftFlood, _ thread: IntakePlace) throws(PostgresError) {
    let isKnown: Bool? = try db.value(
      """
      SELECT true FROM conversation_events
      WHERE conversation_id = \(thread.conversation) AND kind = 'flood' AND at > \(now.advanced(hours: -1)) LIMIT 1
      """)
    var statements = [flood.counting(in: thread.conversation, at: now)]
    if isKnown != true {
      let why = flood.kind == .address ? "" : flood.kind.rawValue
      statements.append(ConversationEvent.adding(.flood, to: thread.conversation, of: channel.account, why, at: now))
    }
    try db.queue(statements)
  }

  func event(_ kind: ConversationEvent.Kind, _ conversation: ID<Conversation>) -> SQL {
    ConversationEvent.adding(kind, to: conversation, of: channel.account, at: now)
  }

  /// - Parameter isNamed: whether something that stays names it: else nothing would ever take it away.
  static func file(_ bytes: [UInt8], _ digest: [UInt8], of account: ID<Account>, where isNamed: SQL) -> SQL {
    """
    INSERT INTO files (account_id, sha256, size, bytes) SELECT \(account), \(digest), \(bytes.count), \(bytes) WHERE \(isNamed)
    ON CONFLICT DO NOTHING
    """
  }

  static func file(_ bytes: [UInt8], _ digest: [UInt8], of account: ID<Account>) -> SQL {
    """
    INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(account), \(digest), \(bytes.count), \(bytes)) ON CONFLICT DO NOTHING
    """
  }

  /// At most 200 letters of a name, 1,000 of a subject fit; both in one line.
  static func short(_ text: String, _ most: Int = 200) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))) }
}
