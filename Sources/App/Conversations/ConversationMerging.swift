import Domain
import HTML
import Postgres
import Web

extension ConversationCommands {
  /// Both of two conversations, locked in one order everywhere.
  static func find(_ id: ID<Conversation>, with other: ID<Conversation>, _ web: Context) throws -> (
    ConversationCommands, ConversationCommands
  ) {
    let person = try web.person
    let lock = Conversation.locking(ours: "v.id = ANY (\([id, other]))")
    let (_, one, two) = try web.db.read(
      together: Reading(rows: lock), ThreadDetails.reading("\(id)::uuid"), ThreadDetails.reading("\(other)::uuid"))
    guard let one, let two else { throw Failure.notFound }
    func commands(_ details: ThreadDetails) -> ConversationCommands {
      ConversationCommands(details: details, person: person, now: web.now, db: web.db, services: web.services)
    }
    return (commands(one), commands(two))
  }

  /// An answer of ours that may still be undone, or waits for somebody to look.
  var hasWaiting: Bool { details.messages.contains { $0.sending == .waiting || $0.sending == .held } }

  /// Moves all of it into another (RULES 6.31).
  func merge(into target: ConversationCommands) throws -> [AuditEntry] {
    try mustStand()
    try target.mustStand()
    if conversation.state == .spam || target.conversation.state == .spam { throw ConversationRefusal.isSpam }
    if hasWaiting || target.hasWaiting { throw ConversationRefusal.answerWaits }
    let (from, to, account) = (conversation.id, target.conversation.id, conversation.account)
    let messages: [ID<DeskMessage>] = try db.rows(
      Query(column: "SELECT id FROM messages WHERE conversation_id = \(from) ORDER BY number"))
    let things: [String] = try db.rows(
      Query(
        column: """
          SELECT id::text FROM (
            SELECT id FROM drafts WHERE conversation_id = \(from) UNION ALL SELECT id FROM decisions WHERE conversation_id = \(from)
            UNION ALL SELECT id FROM conversation_events WHERE conversation_id = \(from)
            UNION ALL SELECT id FROM conversation_notes WHERE conversation_id = \(from)) x
          """))
    let before: Conversation.State = conversation.state == .snoozed ? .open : conversation.state
    let tags = MergedTags(conversation.tags, into: target.conversation.tags, besides: target.details.merges)
    try db.queue(
      [
        // What somebody typed stays in them to be read.
        DraftRequests.retire(from), DraftRequests.retire(to),
        """
        INSERT INTO conversation_merges (id, account_id, source_id, target_id, actor_id, asked_at, merged_at, state, messages, things, tags)
        VALUES (new_id(\(now)), \(account), \(from), \(to), \(person.id), \(now), \(now), \(before), \(messages), \(things)::text[]::uuid[],
          \(tags.brought))
        """,
      ] + ConversationCommands.moving(messages, things, from: from, to: to) + [
        """
        INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken)
        SELECT \(to), p.account_id, p.address_key, p.address, p.name, p.is_taken FROM participants p WHERE p.conversation_id = \(from)
        ON CONFLICT DO NOTHING
        """,
        "UPDATE desk_reminders SET conversation_id = \(to) WHERE conversation_id = \(from) AND over_at IS NULL",
        """
        UPDATE conversations SET merged_into = \(to), state = 'closed', closed_at = \(now), snoozed_until = NULL, waiting_since = NULL, late_at = NULL,
          late_told_at = NULL, claimed_by = NULL, claimed_at = NULL, newest_inbound_id = NULL, messages = 0, version = version + 1
        WHERE id = \(from)
        """,
      ])
    let wanted = try ConversationSums.write(
      to, of: target.details, state: target.conversation.state, at: now, services.zones, db)
    if let wanted { try DraftRequests.follow(wanted, at: now, db) }
    try db.queue([
      ConversationEvent.adding(.merged, to: to, of: account, by: person, about: from, at: now),
      "UPDATE conversations SET is_answerable = is_answerable OR \(conversation.isAnswerable), tags = \(tags.all) WHERE id = \(to)",
    ])
    return [target.entry("conversation.merged", ["name": conversation.subject])]
  }

  private static func moving(_ messages: [ID<DeskMessage>], _ things: [String], from: ID<Conversation>, to: ID<Conversation>) -> [SQL] {
    [
      "UPDATE messages SET conversation_id = \(to) WHERE id = ANY (\(messages)) AND conversation_id = \(from)",
      "UPDATE drafts SET conversation_id = \(to) WHERE id = ANY (\(things)::text[]::uuid[]) AND conversation_id = \(from)",
      "UPDATE decisions SET conversation_id = \(to) WHERE id = ANY (\(things)::text[]::uuid[]) AND conversation_id = \(from)",
      "UPDATE conversation_events SET conversation_id = \(to) WHERE id = ANY (\(things)::text[]::uuid[]) AND conversation_id = \(from)",
      "UPDATE conversation_notes SET conversation_id = \(to) WHERE id = ANY (\(things)::text[]::uuid[]) AND conversation_id = \(from)",
    ]
  }

  /// The merge by which a message came first of all that came; nil: it came by none, or too long ago.
  func merge(beginningWith message: ID<DeskMessage>) -> ConversationMerge? {
    details.merges.first { $0.messages.first == message && $0.canBeUndone(at: now) }
  }

  /// As before it was merged, but for what was written since, which stays.
  func takeBack(_ merge: ConversationMerge) throws -> [AuditEntry] {
    try mustStand()
    if hasWaiting { throw ConversationRefusal.answerWaits }
    let here = conversation.id
    try db.queue(
      [DraftRequests.retire(here)] + ConversationCommands.moving(merge.messages, merge.things, from: here, to: merge.source) + [
        "UPDATE conversation_merges SET undone_at = \(now) WHERE id = \(merge.id)",
        """
        UPDATE conversations SET merged_into = NULL, state = \(merge.state), closed_at = CASE WHEN \(merge.state == .closed) THEN \(now)::timestamptz END
        WHERE id = \(merge.source)
        """,
      ])
    let found: ThreadDetails? = try db.read(together: ThreadDetails.reading("\(merge.source)::uuid"))
    guard let source = found else { throw Failure.notFound }
    try db.queue(["UPDATE conversations SET tags = \(MergedTags.without(merge, conversation.tags, details.merges)) WHERE id = \(here)"])
    let theirs = try ConversationSums.write(merge.source, of: source, state: merge.state, at: now, services.zones, db)
    let ours = try ConversationSums.write(here, of: details, state: conversation.state, at: now, services.zones, db)
    for case let wanted? in [theirs, ours] { try DraftRequests.follow(wanted, at: now, db) }
    try db.queue([
      event(.unmerged), ConversationEvent.adding(.unmerged, to: merge.source, of: conversation.account, by: person, about: here, at: now),
    ])
    return [entry("conversation.unmerged")]
  }

  /// Gives a message and what follows it a conversation of their own; their ids go with them.
  func split(from message: ID<DeskMessage>) throws -> (ID<Conversation>, [AuditEntry]) {
    try mustStand()
    if hasWaiting { throw ConversationRefusal.answerWaits }
    let found: (Int64, String, Bool)? = try db.row(
      Query(
        tuple: """
          SELECT m.number, m.subject, EXISTS (SELECT FROM messages x WHERE x.conversation_id = m.conversation_id AND x.number < m.number)
          FROM messages m WHERE m.id = \(message) AND m.conversation_id = \(conversation.id)
          """))
    guard let (number, text, hasEarlier) = found else { throw Failure.notFound }
    guard hasEarlier else { throw ConversationRefusal.firstMessage }
    let subject = MailSubject(text: text.utf8.isEmpty ? conversation.subject : text)
    let (id, here, v) = (ID<Conversation>.new(at: now), conversation.id, conversation)
    try db.queue([
      DraftRequests.retire(here),
      """
      INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, assignee_id, language, is_answerable, last_at,
        created_at)
      SELECT \(id), v.account_id, v.channel_id, \(subject.text), \(subject.threadKey), coalesce((
          SELECT m.customer_id FROM messages m WHERE m.conversation_id = v.id AND m.number >= \(number) AND m.customer_id IS NOT NULL
          ORDER BY m.number LIMIT 1), v.customer_id), 'open', v.assignee_id, v.language, v.is_answerable, \(now), \(now)
      FROM conversations v WHERE v.id = \(here)
      """,
      """
      INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken)
      SELECT \(id), p.account_id, p.address_key, p.address, p.name, p.is_taken FROM participants p WHERE p.conversation_id = \(here)
      """,
      "UPDATE messages SET conversation_id = \(id) WHERE conversation_id = \(here) AND number >= \(number)",
      // Drafts go with what they became.
      """
      UPDATE drafts SET conversation_id = \(id) WHERE conversation_id = \(here)
        AND message_id IN (SELECT m.id FROM messages m WHERE m.conversation_id = \(id))
      """,
      "UPDATE decisions SET conversation_id = \(id) WHERE draft_id IN (SELECT d.id FROM drafts d WHERE d.conversation_id = \(id))",
    ])
    let state: Conversation.State = v.state == .spam ? .spam : .waiting
    let theirs = try ConversationSums.write(id, of: details, state: state, at: now, services.zones, db)
    let ours = try ConversationSums.write(here, of: details, state: v.state, at: now, services.zones, db)
    for case let wanted? in [theirs, ours] { try DraftRequests.follow(wanted, at: now, db) }
    try db.queue([
      ConversationEvent.adding(.split, to: here, of: v.account, by: person, about: id, at: now),
      ConversationEvent.adding(.moved, to: id, of: v.account, by: person, about: here, at: now),
    ])
    return (id, [entry("conversation.split")])
  }
}

extension Conversations {
  /// POST /conversations/:conversation/merge: `into`. Another customer's or channel's asks once.
  static func merge(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    var read = FormReader(web.form, web.words)
    let typed = read.filled("into")
    // An address that was copied ends with the id.
    let bare = typed.utf8.split { $0 == UInt8(ascii: "/") || $0 <= 32 }.last.map { String(Substring($0)) } ?? ""
    guard let target = ID<Conversation>(String(bare.prefix { $0 != "?" && $0 != "#" })) else {
      let commands = try ConversationCommands.find(id, web)
      read.complain("into", web.words("Copy the address of the other conversation."))
      return .refused(
        web.page(try ConversationPage(commands.details, web, merging: .refused(web.form, read.errors)), status: 422).framing())
    }
    if target == id {
      _ = try ConversationCommands.find(id, web)
      throw ConversationRefusal.itself
    }
    let (source, other) = try ConversationCommands.find(id, with: target, web)
    let (v, w) = (source.conversation, other.conversation)
    if v.mergedInto == nil, w.mergedInto == nil, v.customer != w.customer || v.channel != w.channel, try !wasAsked(source, target, web) {
      return .page(web.page(try MergePage(source.details, w, web)).framing(), did: [])
    }
    let entries = try source.merge(into: other)
    return Change(to: Paths.conversation(target), says: web.words("They are one conversation now."), did: entries, wakes: web.now)
  }

  /// Whether this person was asked of these two in the last hour; they are from now on.
  private static func wasAsked(_ source: ConversationCommands, _ target: ID<Conversation>, _ web: Context) throws -> Bool {
    let v = source.conversation
    let asked: Bool? = try web.db.value(
      """
      SELECT true FROM conversation_merges WHERE source_id = \(v.id) AND target_id = \(target) AND actor_id = \(source.person.id) AND merged_at IS NULL
        AND undone_at IS NULL AND asked_at > \(web.now.advanced(hours: -1)) LIMIT 1
      """)
    if asked == true {
      try web.db.queue([
        """
        UPDATE conversation_merges SET undone_at = \(web.now) WHERE source_id = \(v.id) AND target_id = \(target) AND actor_id = \(source.person.id)
          AND merged_at IS NULL AND undone_at IS NULL
        """
      ])
      return true
    }
    try web.db.queue([
      """
      INSERT INTO conversation_merges (id, account_id, source_id, target_id, actor_id, asked_at)
      VALUES (new_id(\(web.now)), \(v.account), \(v.id), \(target), \(source.person.id), \(web.now))
      """
    ])
    return false
  }

  /// POST /conversations/:conversation/split: `message`, it and what follows; the first of those that came by a merge takes that back.
  static func split(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    var read = FormReader(web.form, web.words)
    let typed = read.raw("message")
    guard let message = ID<DeskMessage>(typed) else {
      let commands = try ConversationCommands.find(id, web)
      read.complain("message", web.words("Choose a message."))
      return .refused(
        web.page(try ConversationPage(commands.details, web, splitting: .refused(web.form, read.errors)), status: 422).framing())
    }
    let source = try web.db.row(ConversationMerge.source(of: message, in: id))
    let commands = try source.map { try ConversationCommands.find(id, with: $0, web).0 } ?? ConversationCommands.find(id, web)
    if let merge = commands.merge(beginningWith: message) {
      // It came at this moment: nobody who splits has seen it here.
      if merge.source != source { throw Failure.conflict(web.words("Reload the page to see how it is now.")) }
      let entries = try commands.takeBack(merge)
      return Change(
        to: Paths.conversation(merge.source), says: web.words("They are two conversations again."), did: entries, wakes: web.now)
    }
    let (made, entries) = try commands.split(from: message)
    return Change(to: Paths.conversation(made), says: web.words("This is a conversation of its own now."), did: entries, wakes: web.now)
  }
}
