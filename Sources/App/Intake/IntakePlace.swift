import Domain
import Postgres
import Web

/// The conversation that a message belongs to, locked.
struct IntakePlace {
  let conversation: ID<Conversation>
  let customer: ID<Customer>
  let state: Conversation.State
  let waitingSince: Instant?
  let language: Language
  let isNew: Bool
  /// It joins by an id that its sender could know, and they have no part in it (RULES 6.15).
  let isStranger: Bool

  /// A conversation as it is found.
  private struct Stored {
    let id: ID<Conversation>
    let state: Conversation.State
    let waitingSince: Instant?
    let language: Language
    let mergedInto: ID<Conversation>?

    /// That one, or what it was merged into: that alone is locked, for whoever takes a merge back locks both in the order of their ids.
    ///
    /// - Parameter which: a condition on `v` that one meets at most.
    static func locking(_ which: SQL) -> Query<Stored> {
      Query(
        """
        WITH RECURSIVE way AS (
          SELECT v.id, v.merged_into, 0 AS step FROM conversations v WHERE \(which)
          UNION ALL
          SELECT v.id, v.merged_into, w.step + 1 FROM way w JOIN conversations v ON v.id = w.merged_into WHERE w.step < 20)
        SELECT id, state, waiting_since, language, merged_into FROM conversations
        WHERE id = (SELECT w.id FROM way w ORDER BY w.step DESC LIMIT 1) FOR NO KEY UPDATE
        """, into: Stored.init)
    }
  }

  /// Days after which a closed conversation does not go on by an id.
  static let longAgo: Int64 = 90
  /// Days within which the same subject of the same customer goes on.
  static let sameSubject: Int64 = 14

  /// - Returns: nil: it begins one.
  static func find(_ message: ArrivedMessage, _ intake: Intake) throws -> IntakePlace? {
    switch message.thread {
    case .external(let name):
      return try follow("v.channel_id = \(intake.channel.id) AND v.external_id = \(name)", message, isStranger: false, intake)
    case .mail(let ids):
      return try named(by: ids, message, intake) ?? about(message, intake)
    }
  }

  /// By an id that it names: newest first, ours before others'. A mail that comes back, or one of somebody who copies our id, has that id too: the
  /// answer itself is meant.
  private static func named(by ids: [String], _ message: ArrivedMessage, _ intake: Intake) throws -> IntakePlace? {
    let keys = intake.services.keys
    for id in ids.reversed() where DeskAnswer.isOwn(id, keys) {
      let answered: (ID<Conversation>, Instant?)? = try intake.db.row(
        Query(
          tuple: """
            SELECT v.id, v.closed_at FROM messages m JOIN conversations v ON v.id = m.conversation_id
            WHERE m.channel_id = \(intake.channel.id) AND m.message_id = \(id) ORDER BY m.direction = 'outbound' DESC, m.number LIMIT 1
            """))
      guard let (found, closedAt) = answered else { continue }
      if let closedAt, closedAt.advanced(days: longAgo) < intake.now {
        // What they wrote a moment ago began the one that goes on.
        return try about(message, intake) ?? begin(message, intake, continues: found)
      }
      let isStranger = try !message.isReport && !isParticipant(message, found, intake)
      return try follow("v.id = \(found)", message, isStranger: isStranger, intake)
    }
    let found: ID<Conversation>? = try intake.db.value(
      """
      SELECT conversation_id FROM messages WHERE channel_id = \(intake.channel.id) AND message_id = ANY (\(ids))
      ORDER BY array_position(\(ids), message_id) DESC, number DESC LIMIT 1
      """)
    guard let found else { return nil }
    guard try isParticipant(message, found, intake) else { return try begin(message, intake, mayBelongTo: found) }
    return try follow("v.id = \(found)", message, isStranger: false, intake)
  }

  private static func isParticipant(_ message: ArrivedMessage, _ conversation: ID<Conversation>, _ intake: Intake) throws(PostgresError)
    -> Bool
  {
    // Members have part in all of them, and so does our own address.
    if message.author != nil || message.kind == .own { return true }
    // Who is answered is whoever a mail names: only of a list or a form of ours does that say who wrote.
    let keys = [isOurs(message.from, intake) ? message.customer?.key ?? "" : message.from.key]
    let found: Bool? = try intake.db.value(
      "SELECT true FROM participants WHERE conversation_id = \(conversation) AND address_key = ANY (\(keys)) AND is_taken LIMIT 1")
    return found == true
  }

  private static func isOurs(_ person: MailPerson, _ intake: Intake) -> Bool {
    Set(intake.channel.addresses.map { MailPerson(name: "", address: $0).key }).contains(person.key)
  }

  /// The same customer about the same thing, not long ago. Who names them as whom to answer has to have a part in it.
  private static func about(_ message: ArrivedMessage, _ intake: Intake) throws -> IntakePlace? {
    let key = message.subject.threadKey
    guard !key.utf8.isEmpty, let customer = message.customer, message.kind == .person else { return nil }
    let since = intake.now.advanced(days: -sameSubject)
    let found: ID<Conversation>? = try intake.db.value(
      """
      SELECT x.id FROM conversations x JOIN customer_addresses a ON a.customer_id = x.customer_id AND a.account_id = x.account_id
      WHERE a.account_id = \(intake.channel.account) AND a.address_key = \(customer.key) AND x.channel_id = \(intake.channel.id)
        AND x.subject_key = \(key) AND x.last_at > \(since) AND (x.closed_at IS NULL OR x.closed_at > \(since))
      ORDER BY x.last_at DESC LIMIT 1
      """)
    guard let found else { return nil }
    let speaks = customer.key.utf8.elementsEqual(message.from.key.utf8) || isOurs(message.from, intake)
    guard try speaks || isParticipant(message, found, intake) else { return nil }
    return try follow("v.id = \(found)", message, isStranger: false, intake)
  }

  /// What is found, or what it was merged into; nil: nothing is found. What somebody writes whose mails are spam goes into no conversation that is none
  /// (RULES 6.32): it begins one of its own.
  private static func follow(_ which: SQL, _ message: ArrivedMessage, isStranger: Bool, _ intake: Intake) throws -> IntakePlace? {
    // Found once more behind the lock: an erasure that we waited for has taken its name away.
    let found = Query<ID<Conversation>>(column: "SELECT v.id FROM conversations v WHERE \(which)")
    let (locked, isThere) = try intake.db.read(Stored.locking(which), found)
    guard var stored = locked.first, !isThere.isEmpty else { return nil }
    // Merged while we waited for it.
    for _ in 0..<20 {
      guard let target = stored.mergedInto, let next = try intake.db.row(Stored.locking("v.id = \(target)")) else { break }
      stored = next
    }
    // Nothing is written to what was erased: there it would be lost.
    let isErased: Bool? = try intake.db.value(
      "SELECT true FROM conversations v JOIN customers c ON c.id = v.customer_id WHERE v.id = \(stored.id) AND c.erased_at IS NOT NULL")
    if isErased == true, !message.isReport { return nil }
    let customer = try customer(of: message, in: stored.id, intake)
    if stored.state != .spam, message.author == nil, !message.isReport, try isSpam(customer, intake) {
      return try begin(message, intake, isApart: true)
    }
    return IntakePlace(
      conversation: stored.id, customer: customer, state: stored.state, waitingSince: stored.waitingSince,
      language: stored.language, isNew: false, isStranger: isStranger)
  }

  private static func isSpam(_ customer: ID<Customer>, _ intake: Intake) throws(PostgresError) -> Bool {
    try intake.db.value("SELECT is_spam FROM customers WHERE id = \(customer)", as: Bool.self) == true
  }

  /// Begins a conversation.
  ///
  /// - Parameter isApart: that which it names goes on without it.
  static func begin(
    _ message: ArrivedMessage, _ intake: Intake, mayBelongTo: ID<Conversation>? = nil, continues: ID<Conversation>? = nil,
    isApart: Bool = false
  ) throws -> IntakePlace {
    let (db, now, channel) = (intake.db, intake.now, intake.channel)
    if case .external(let name) = message.thread, !isApart {
      // Of two at once the second finds what the first has begun, before it asks whose it is: a conversation is locked before its customer's address.
      try db.queue(["SELECT pg_advisory_xact_lock(hashtextextended(\(channel.id.text + " " + name), 2))"])
      if let place = try find(message, intake) { return place }
    }
    let customer = try customer(of: message, in: nil, intake)
    let isSpam = try isSpam(customer, intake) || message.isSpam
    let id = ID<Conversation>.new(at: now)
    var external: String?
    if case .external(let name) = message.thread, !isApart { external = name }
    let made = try db.run(
      """
      INSERT INTO conversations (id, account_id, channel_id, external_id, subject, subject_key, customer_id, state, language, is_answerable,
        may_belong_to, continues, last_at, created_at)
      VALUES (\(id), \(channel.account), \(channel.id), \(external), \(Intake.short(message.subject.text, 1_000)), \(message.subject.threadKey),
        \(customer), \(isSpam ? Conversation.State.spam : .open), \(message.language ?? channel.language),
        \(message.customer != nil || channel.type != .email), \(mayBelongTo), \(continues), \(now), \(now))
      ON CONFLICT (channel_id, external_id) WHERE external_id IS NOT NULL DO NOTHING
      """)
    // Another began it at the same moment.
    if made == 0, let place = try find(message, intake) { return place }
    try db.queue([intake.event(isSpam ? .spam : .began, id)])
    return IntakePlace(
      conversation: id, customer: customer, state: isSpam ? .spam : .open, waitingSince: nil, language: channel.language, isNew: true,
      isStranger: false)
  }

  /// Who wrote it: whoever has that address, or somebody new. Of one without an address: whose conversation it is.
  private static func customer(of message: ArrivedMessage, in conversation: ID<Conversation>?, _ intake: Intake) throws -> ID<Customer> {
    let (db, now, account) = (intake.db, intake.now, intake.channel.account)
    let person = message.customer ?? message.from
    // Members and mail servers are nobody's customers.
    if let conversation, message.author != nil || message.isReport || !person.isUsable {
      let known: ID<Customer>? = try db.value("SELECT customer_id FROM conversations WHERE id = \(conversation)")
      if let known { return known }
    }
    guard person.isUsable, message.kind != .own || message.customer != nil else { return try make(person.name, account, now, db) }
    // Two mails of one new address at once: the second finds what the first has made.
    _ = try db.run("SELECT pg_advisory_xact_lock(hashtextextended(\(account.text + " " + person.key), 1))")
    let known: ID<Customer>? = try db.value(
      "SELECT customer_id FROM customer_addresses WHERE account_id = \(account) AND address_key = \(person.key)")
    if let known {
      // A name that they did not say before.
      if !person.name.utf8.isEmpty {
        try db.queue(["UPDATE customers SET name = \(Intake.short(person.name)), updated_at = \(now) WHERE id = \(known) AND name = ''"])
      }
      return known
    }
    let id = try make(person.name, account, now, db)
    try db.queue([
      """
      INSERT INTO customer_addresses (account_id, address_key, address, customer_id) VALUES (\(account), \(person.key), \(person.address), \(id))
      """
    ])
    return id
  }

  private static func make(_ name: String, _ account: ID<Account>, _ now: Instant, _ db: Connection) throws(PostgresError) -> ID<Customer> {
    let id = ID<Customer>.new(at: now)
    try db.queue([
      """
      INSERT INTO customers (id, account_id, name, first_seen_at, updated_at) VALUES (\(id), \(account), \(Intake.short(name)), \(now), \(now))
      """
    ])
    return id
  }
}
