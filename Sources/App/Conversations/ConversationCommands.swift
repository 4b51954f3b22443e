import Domain
import HTML
import Postgres
import Web

/// Why something cannot be done with a conversation.
enum ConversationRefusal: Refusal, Equatable {
  case merged, nothingWaits, alreadySent, notFailed, notHeld, unanswerable, draftWaits, answerWaits, itself, firstMessage, isSpam,
    answered

  func sentence(_ words: Words) -> String {
    switch self {
    case .merged: words("This conversation was merged into another. Go on there.")
    case .nothingWaits: words("There is no message that a draft could answer.")
    case .alreadySent: words("It was sent and cannot be taken back.")
    case .notFailed: words("Only an answer that failed, or of which nobody knows whether it arrived, can be sent again.")
    case .notHeld: words("Only an answer that is kept back can be confirmed.")
    case .unanswerable: words("This conversation cannot be answered: nobody knows an address.")
    case .draftWaits: words("A draft waits already, with words that somebody typed. Decide it first.")
    case .answerWaits: words("Another answer leaves in a moment. Take that back first, or wait until it is sent.")
    case .itself: words("A conversation cannot be merged into itself.")
    case .firstMessage: words("This is the first message: nothing would be left. Choose a later one.")
    case .answered: words("Somebody has answered since you opened this page. Look at what they wrote, then decide.")
    case .isSpam: SendingText.spam(words)
    }
  }
}

/// What people do with a conversation, in one transaction, the conversation locked.
struct ConversationCommands {
  let details: ThreadDetails
  let person: Person
  let now: Instant
  let db: Connection
  let services: Services

  var conversation: Conversation { details.conversation }

  /// - Throws: ``Failure/notFound`` when it is missing or another account's.
  static func find(_ id: ID<Conversation>, _ web: Context) throws -> ConversationCommands {
    try find(id, as: web.person, at: web.now, web.services, web.db)
  }

  /// The same in a transaction of that person's.
  static func find(
    _ id: ID<Conversation>, as person: Person, at now: Instant, _ services: Services, _ db: Connection
  ) throws -> ConversationCommands {
    let (_, details) = try db.read(together: Reading(rows: Conversation.locking(id)), ThreadDetails.reading("\(id)::uuid"))
    guard let details else { throw Failure.notFound }
    return ConversationCommands(details: details, person: person, now: now, db: db, services: services)
  }

  /// An answer by hand. A draft that waits is retired by it.
  func reply(_ form: AnswerForm) throws -> (ID<DeskMessage>, [AuditEntry]) {
    try mustStand()
    try mustBeWanted()
    if form.saysSeen, form.seen != conversation.newestInbound { throw DraftConflict.newer }
    if details.messages.contains(where: { $0.sending == .held }) { throw DraftConflict.held }
    if details.messages.contains(where: { $0.sending == .waiting }) { throw ConversationRefusal.answerWaits }
    if form.saysAnswered, let newest = details.newestAnswer {
      let known = details.messages.first { $0.id == form.answered }
      if newest.number > known?.number ?? 0 { throw ConversationRefusal.answered }
    }
    let id = ID<DeskMessage>.new(at: now)
    let answer = DeskAnswer(
      id: id, conversation: conversation, channel: details.channel, author: person, draft: nil, recipients: form.to, copies: form.cc,
      source: ReviewedText.lines(form.text), seen: conversation.newestInbound, closes: form.closes,
      undoSeconds: details.settings.undoSeconds, now: now, files: form.files, kept: form.kept, isFirst: isUnwritten,
      followUp: form.followUp?.words ?? "")
    try db.queue([DraftRequests.retire(conversation.id)] + answer.queue(services.keys))
    return (id, [entry("conversation.answered", form.facts)])
  }

  func note(_ text: String) throws -> [AuditEntry] {
    try mustStand()
    try db.queue([
      """
      INSERT INTO conversation_notes (id, account_id, conversation_id, author_id, author_name, text, at)
      VALUES (new_id(\(now)), \(conversation.account), \(conversation.id), \(person.id), \(person.displayName), \(text), \(now))
      """
    ])
    let named = Mentions.of(text, among: details.members, but: person.id)
    if !named.isEmpty {
      try db.queue([
        Notice.adding(.mention, to: named, of: conversation.account, about: conversation.id, by: person.displayName, at: now)
      ])
    }
    return [entry("conversation.noted")]
  }

  func close() throws -> [AuditEntry] {
    try mustStand()
    try mustBeWanted()
    if conversation.state == .closed { return [] }
    try db.queue([
      """
      UPDATE conversations SET state = 'closed', closed_at = \(now), snoozed_until = NULL, waiting_since = NULL, late_at = NULL, late_told_at = NULL,
        claimed_by = NULL, claimed_at = NULL, version = version + 1
      WHERE id = \(conversation.id)
      """,
      DraftRequests.retire(conversation.id), event(.closed),
    ])
    return [entry("conversation.closed")]
  }

  /// Puts it off. Nothing is late meanwhile, and nothing is sent when the time comes.
  func snooze(until: Instant, words: String) throws -> [AuditEntry] {
    try mustStand()
    try mustBeWanted()
    try db.queue([
      """
      UPDATE conversations SET state = 'snoozed', snoozed_until = \(until), closed_at = NULL, waiting_since = NULL, late_at = NULL, late_told_at = NULL,
        claimed_by = NULL, claimed_at = NULL, version = version + 1
      WHERE id = \(conversation.id)
      """,
      event(.snoozed, words),
    ])
    return [entry("conversation.snoozed", ["until": until.iso, "words": words])]
  }

  func reopen() throws -> [AuditEntry] {
    try mustStand()
    if conversation.state == .open { return [] }
    let since = try OwedAnswer.since(in: conversation.id, db)
    try db.queue([
      """
      UPDATE conversations SET state = 'open', closed_at = NULL, snoozed_until = NULL, waiting_since = \(since), late_at = \(late(since)),
        version = version + 1
      WHERE id = \(conversation.id)
      """,
      event(conversation.state == .snoozed ? .woken : .reopened),
    ])
    return [entry("conversation.reopened")]
  }

  /// What this customer writes from now on goes there too (RULES 6.32).
  func markSpam() throws -> [AuditEntry] {
    try mustStand()
    if conversation.state == .spam { return [] }
    try db.queue([
      """
      UPDATE conversations SET state = 'spam', closed_at = NULL, snoozed_until = NULL, waiting_since = NULL, late_at = NULL, late_told_at = NULL,
        claimed_by = NULL, claimed_at = NULL, version = version + 1
      WHERE id = \(conversation.id)
      """,
      "UPDATE customers SET is_spam = true, updated_at = \(now) WHERE id = \(conversation.customer)",
      "UPDATE messages SET sending = 'cancelled' WHERE conversation_id = \(conversation.id) AND sending IN ('waiting', 'held', 'queued')",
      // What was approved and leaves no more is nothing that waits to leave.
      """
      UPDATE drafts SET state = 'superseded' WHERE conversation_id = \(conversation.id) AND state = 'approved'
        AND message_id IN (SELECT id FROM messages WHERE conversation_id = \(conversation.id) AND sending = 'cancelled')
      """,
      DraftRequests.retire(conversation.id), event(.spam),
    ])
    return [entry("conversation.spam")]
  }

  /// Taking it back asks for a draft. What the customer writes is no spam from then on, also where that was said in another conversation of theirs.
  func unmarkSpam() throws -> [AuditEntry] {
    let customer: SQL = "UPDATE customers SET is_spam = false, updated_at = \(now) WHERE id = \(conversation.customer) AND is_spam"
    guard conversation.state == .spam else {
      if details.customer?.isSpam != true { return [] }
      try db.queue([customer, event(.notSpam)])
      return [entry("conversation.not_spam")]
    }
    let since = try OwedAnswer.since(in: conversation.id, db)
    let late = late(since)
    try db.queue([
      """
      UPDATE conversations SET state = 'open', waiting_since = \(since), late_at = \(late), version = version + 1 WHERE id = \(conversation.id)
      """,
      customer, event(.notSpam),
    ])
    if details.channel.autoDraft, since != nil { try DraftRequests.follow(.init(conversation), at: now, db) }
    return [entry("conversation.not_spam")]
  }

  /// - Parameter member: nil: nobody.
  func assign(_ member: Member?) throws -> [AuditEntry] {
    try mustStand()
    let statements = conversation.assigning(to: member, by: person, at: now)
    if statements.isEmpty { return [] }
    try db.queue(statements)
    return [conversation.assigned(to: member)]
  }

  func tag(_ tags: [String]) throws -> [AuditEntry] {
    try mustStand()
    if conversation.tags.elementsEqual(tags, by: { $0.utf8.elementsEqual($1.utf8) }) { return [] }
    try db.queue([
      "UPDATE conversations SET tags = \(tags), version = version + 1 WHERE id = \(conversation.id)",
      event(.tagged, tags.joined(separator: ", ")),
    ])
    return [entry("conversation.tagged", ["tags": tags.joined(separator: ", ")])]
  }

  func claim() throws -> [AuditEntry] {
    try mustStand()
    let isMine = conversation.claimant(at: now) == person.id
    try db.queue(["UPDATE conversations SET claimed_by = \(person.id), claimed_at = \(now) WHERE id = \(conversation.id)"])
    return isMine ? [] : [entry("conversation.claimed")]
  }

  func release() throws -> [AuditEntry] {
    guard conversation.claimedBy == person.id else { return [] }
    try db.queue(["UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE id = \(conversation.id)"])
    return [entry("conversation.released")]
  }

  /// Takes those who were new in it among its participants.
  func takeIn() throws -> [AuditEntry] {
    try mustStand()
    let taken = try db.rows(
      Query<String>(
        column: "UPDATE participants SET is_taken = true WHERE conversation_id = \(conversation.id) AND NOT is_taken RETURNING address"))
    if taken.isEmpty { return [] }
    try db.queue([
      "UPDATE messages SET is_stranger = false WHERE conversation_id = \(conversation.id) AND is_stranger",
      event(.seen, taken.joined(separator: ", ")),
    ])
    return [entry("conversation.seen")]
  }

  func askForDraft() throws -> [AuditEntry] {
    try mustStand()
    try mustBeWanted()
    guard details.messages.contains(where: { $0.direction == .inbound }) else { throw ConversationRefusal.nothingWaits }
    let open = try db.row(DraftRequests.Open.query(conversation.id))
    if let open {
      if open.state == .asked { return [] }
      if open.isEdited { throw ConversationRefusal.draftWaits }
    }
    _ = try DraftRequests.ask(.init(conversation), replacing: open, at: now, db)
    try db.queue([event(.asked)])
    return [entry("conversation.draft_asked")]
  }

  /// Takes one back while nothing has left: all that its form said stands there again, what is owed is owed again, and whoever took it back has the
  /// conversation.
  func undo(_ message: DeskMessage) throws -> [AuditEntry] {
    let isTaken = try !db.rows(
      Query<ID<DeskMessage>>(
        column:
          "UPDATE messages SET sending = 'cancelled' WHERE id = \(message.id) AND draft_id IS NULL AND sending IN ('waiting', 'held', 'failed') RETURNING id"
      )
    ).isEmpty
    guard isTaken else { throw ConversationRefusal.alreadySent }
    try db.queue([
      event(.undone),
      """
      UPDATE conversations SET messages = messages - 1, claimed_by = \(person.id), claimed_at = \(now) WHERE id = \(conversation.id)
      """,
    ])
    try OwedAnswer.bringBack(in: conversation, of: details.channel, services.zones, db)
    return [entry("conversation.answer_undone")]
  }

  /// One that is kept back leaves, now that somebody has seen what came meanwhile (RULES 6.2).
  func confirm(_ message: DeskMessage, seen: ID<DeskMessage>?) throws -> [AuditEntry] {
    guard message.draft == nil, message.sending == .held, !message.isEmptied else { throw ConversationRefusal.notHeld }
    if seen != conversation.newestInbound { throw DraftConflict.newer }
    try commands(message).confirm(seen: seen)
    try db.queue([event(.confirmed)])
    return [entry("conversation.answer_confirmed")]
  }

  private func commands(_ message: DeskMessage) -> AnswerCommands {
    AnswerCommands(message: message, conversation: conversation, person: person, now: now, db: db)
  }

  func retry(_ message: DeskMessage, to: [String]) throws -> [AuditEntry] {
    try mustBeWanted()
    guard try commands(message).retry(to: to) else { throw ConversationRefusal.notFailed }
    return [entry("conversation.answer_retried")]
  }

  /// Nothing has been written in it that was not taken back.
  private var isUnwritten: Bool { details.messages.allSatisfy { $0.sending == .cancelled } }

  func mustStand() throws { if conversation.mergedInto != nil { throw ConversationRefusal.merged } }

  /// Nothing that is spam is answered (RULES 6.32).
  func mustBeWanted() throws { if conversation.state == .spam { throw ConversationRefusal.isSpam } }

  func late(_ since: Instant?) -> Instant? { since.flatMap { details.channel.lateAt($0, services.zones) } }

  func event(_ kind: ConversationEvent.Kind, _ detail: String = "") -> SQL {
    ConversationEvent.adding(kind, to: conversation.id, of: conversation.account, by: person, detail, at: now)
  }

  func entry(_ action: String, _ more: [String: String] = [:]) -> AuditEntry {
    AuditEntry(action, Conversation.subject, conversation.id.text, more.merging(["subject": conversation.subject]) { first, _ in first })
      .shared
  }
}
