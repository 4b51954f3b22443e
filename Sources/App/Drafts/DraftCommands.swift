import Domain
import HTML
import Postgres
import Web

/// Why somebody cannot do something with a draft: answered with 409 and the page that shows what was typed.
enum DraftConflict: String, Error {
  /// Somebody has decided.
  case decided
  /// The draft is another one than the form was made of.
  case stale
  /// The customer wrote something that the form does not show.
  case newer = "newer-message"
  /// It has left.
  case sent
  /// It is kept back until somebody has looked.
  case held
}

/// What people do with a draft, in one transaction, its conversation locked: of two who decide, one is told (RULES 6.2).
struct DraftCommands {
  let draft: Draft
  let details: AnswerDetails
  let person: Person
  let now: Instant
  let db: Connection
  private let services: Services

  var conversation: Conversation { details.conversation }
  var channel: DeskChannel { details.channel }

  /// - Throws: ``Failure/notFound`` when it is missing or another account's.
  static func find(_ id: ID<Draft>, _ web: Context) throws -> DraftCommands {
    try find(id, as: web.person, at: web.now, web.services, web.db)
  }

  /// The same in a transaction of that person's.
  static func find(_ id: ID<Draft>, as person: Person, at now: Instant, _ services: Services, _ db: Connection) throws -> DraftCommands {
    let conversation: SQL = "(SELECT conversation_id FROM drafts WHERE id = \(id) AND account_id = (SELECT my_account()))"
    let (locked, drafts, details) = try db.read(
      together: Reading(rows: Conversation.locking(ours: "v.id = \(conversation)")), Reading(rows: Draft.ours("d.id = \(id)")),
      AnswerDetails.reading(conversation))
    guard let draft = drafts.first, let details else { throw Failure.notFound }
    // A merge that we waited for took it elsewhere.
    if !locked.contains(details.conversation.id) { return try find(id, as: person, at: now, services, db) }
    return DraftCommands(draft: draft, details: details, person: person, now: now, db: db, services: services)
  }

  /// Whose claim a decision passes over; empty: nobody's (RULES 6.26).
  private var passed: String {
    guard let claimant = conversation.claimant(at: now), claimant != person.id else { return "" }
    return details.name(of: claimant) ?? ""
  }

  /// Seconds since its page was made, or it was claimed; nil: neither is known.
  private func seconds(since openedAt: Instant?) -> Int? {
    let since = [openedAt, conversation.claimedBy == person.id ? conversation.claimedAt : nil].compactMap(\.self).min()
    return since.flatMap { (0...86_400).contains(now.seconds - $0.seconds) ? Int(now.seconds - $0.seconds) : nil }
  }

  /// - Throws: ``DraftConflict``.
  private func check(version: Int) throws(DraftConflict) {
    if draft.state != .pending { throw .decided }
    if version != draft.version { throw .stale }
  }

  /// It leaves when its undo is over, as it was written or as it was typed.
  ///
  /// - Returns: what the audit log records.
  func approve(_ form: AnswerForm) throws -> [AuditEntry] {
    if conversation.state == .spam { throw DraftConflict.decided }
    // It is what superseded one that nobody had touched, too (RULES 6.2).
    if draft.state == .pending || draft.state == .superseded, form.seen != conversation.newestInbound { throw DraftConflict.newer }
    try check(version: form.version ?? -1)
    // One conversation never has two answers on their way (RULES 6.28).
    if details.messages.contains(where: { $0.sending == .held }) { throw DraftConflict.held }
    if details.messages.contains(where: { $0.sending == .waiting }) { throw DraftConflict.decided }
    let reviewed = ReviewedText(typed: form.text, draft: draft.generated)
    let action: Draft.Action = reviewed.isEdit ? .edit : .approve
    let id = ID<DeskMessage>.new(at: now)
    let answer = DeskAnswer(
      id: id, conversation: conversation, channel: channel, author: person, draft: draft.id, recipients: form.to, copies: form.cc,
      source: reviewed.text, seen: conversation.newestInbound, closes: form.closes, undoSeconds: details.settings.undoSeconds, now: now,
      files: form.files, kept: form.kept, followUp: form.followUp?.words ?? "")
    let diff = reviewed.isEdit ? StoredDiff(from: draft.generated, to: reviewed.text) { Keys.sha256($0) } : nil
    try db.queue(
      answer.queue(services.keys) + [
        """
        UPDATE drafts SET state = 'approved', action = \(action), version = version + 1, text = \(reviewed.text), decided_at = \(now),
          decided_by = \(person.id), decided_name = \(person.displayName), message_id = \(id), recipients = \(form.to), copies = \(form.cc)
        WHERE id = \(draft.id)
        """,
        deciding(
          action.rawValue, diff: diff?.json, distance: diff.map { $0.changes.distance } ?? 0, to: form.to, cc: form.cc,
          seconds: seconds(since: form.openedAt)),
      ])
    return [
      AuditEntry("draft.\(action == .edit ? "edited" : "approved")", Draft.subject, draft.id.text, facts.merging(form.facts) { $1 }).shared
    ]
  }

  func reject(version: Int, _ reason: Draft.Reason, note: String, openedAt: Instant?) throws -> [AuditEntry] {
    try check(version: version)
    let seconds = seconds(since: openedAt)
    try db.queue([
      """
      UPDATE drafts SET state = 'rejected', action = 'reject', version = version + 1, decided_at = \(now), decided_by = \(person.id),
        decided_name = \(person.displayName), reason = \(reason), note = \(note)
      WHERE id = \(draft.id)
      """,
      deciding("reject", seconds: seconds, reason: reason, note: note), releasing,
      """
      INSERT INTO learning_samples (id, account_id, draft_id, conversation_id, created_at, action, reason, seconds)
      VALUES (new_id(\(now)), \(conversation.account), \(draft.id), \(conversation.id), \(now), 'reject', \(reason), \(seconds))
      """,
    ])
    return [AuditEntry("draft.rejected", Draft.subject, draft.id.text, facts.merging(["reason": reason.rawValue]) { $1 }).shared]
  }

  /// Another one in its place.
  func regenerate(version: Int, _ instruction: String) throws -> (ID<Draft>, [AuditEntry]) {
    guard draft.state == .pending || draft.state == .rejected || draft.state == .superseded else { throw DraftConflict.decided }
    if conversation.state == .spam { throw DraftConflict.decided }
    if version != draft.version { throw DraftConflict.stale }
    let open = try db.row(DraftRequests.Open.query(conversation.id))
    if let open, open.id != draft.id { throw DraftConflict.decided }
    let id = try DraftRequests.ask(.init(conversation), replacing: open, instruction: instruction, at: now, db)
    try db.queue([deciding("regenerate", note: instruction), renewing])
    return (id, [AuditEntry("draft.regenerated", Draft.subject, draft.id.text, facts).shared])
  }

  /// What was typed is kept and goes nowhere.
  func keep(version: Int, _ text: String) throws -> [AuditEntry] {
    try check(version: version)
    let reviewed = ReviewedText(typed: text, draft: draft.generated)
    if reviewed.text.utf8.elementsEqual(draft.text.utf8) { return [] }
    try db.queue([
      """
      UPDATE drafts SET text = \(reviewed.text), is_edited = \(reviewed.isEdit), version = version + 1 WHERE id = \(draft.id)
      """,
      deciding("keep"), claiming,
    ])
    return [AuditEntry("draft.kept", Draft.subject, draft.id.text, facts).shared]
  }

  /// Whoever claims it has it for ten minutes, and after each post again; whoever else had it is passed over and told so.
  func claim() throws -> [AuditEntry] {
    if conversation.claimant(at: now) == person.id {
      try db.queue([claiming])
      return []
    }
    try db.queue([deciding("claim"), claiming])
    return [AuditEntry("draft.claimed", Draft.subject, draft.id.text, facts).shared]
  }

  func release() throws -> [AuditEntry] {
    guard conversation.claimedBy == person.id else { return [] }
    try db.queue([deciding("release"), releasing])
    return [AuditEntry("draft.released", Draft.subject, draft.id.text, facts).shared]
  }

  /// Gives its conversation to somebody; nil: to nobody.
  func assign(_ member: Member?) throws -> [AuditEntry] {
    let statements = conversation.assigning(to: member, by: person, at: now)
    if statements.isEmpty { return [] }
    try db.queue(statements)
    return [conversation.assigned(to: member)]
  }

  /// Takes an approval back while nothing has left: all that its form said, the claim, and what is owed are as they were.
  func undo() throws -> [AuditEntry] {
    guard draft.state == .approved || draft.state == .failed, let message = draft.message else {
      throw draft.state == .sent ? DraftConflict.sent : DraftConflict.decided
    }
    let isTaken = try !db.rows(
      Query<ID<DeskMessage>>(
        column: "UPDATE messages SET sending = 'cancelled' WHERE id = \(message) AND sending IN ('waiting', 'held', 'failed') RETURNING id")
    ).isEmpty
    guard isTaken else { throw DraftConflict.sent }
    let reviewed = ReviewedText(typed: draft.text, draft: draft.generated)
    try db.queue([
      // A request that came meanwhile gives way: there is a text again.
      """
      UPDATE drafts SET state = 'superseded', superseded_by = \(draft.id)
      WHERE conversation_id = \(conversation.id) AND state IN ('asked', 'pending') AND id <> \(draft.id)
      """,
      """
      UPDATE drafts SET state = \(conversation.state == .spam ? Draft.State.superseded : .pending), action = NULL, version = version + 1, is_edited = \(reviewed.isEdit), decided_at = NULL, decided_by = NULL,
        decided_name = '', message_id = NULL
      WHERE id = \(draft.id)
      """,
      deciding("undo"), claiming,
      ConversationEvent.adding(.undone, to: conversation.id, of: conversation.account, by: person, about: message, at: now),
      "UPDATE conversations SET messages = messages - 1 WHERE id = \(conversation.id)",
    ])
    // The draft waits by now: it takes over by when its customer is answered.
    try OwedAnswer.bringBack(in: conversation, of: channel, services.zones, db)
    return [AuditEntry("draft.undone", Draft.subject, draft.id.text, facts).shared]
  }

  /// An answer that is kept back leaves, now that somebody has seen what came meanwhile.
  func confirm(version: Int, seen: ID<DeskMessage>?) throws -> [AuditEntry] {
    guard draft.state == .approved, let message = draft.message, let stored = try details.message(message, db) else {
      throw DraftConflict.decided
    }
    guard stored.sending == .held else { throw stored.sending == .sent ? DraftConflict.sent : DraftConflict.decided }
    // One whose text is kept no longer would leave empty.
    if stored.isEmptied { throw DraftConflict.decided }
    if version != draft.version { throw DraftConflict.stale }
    if seen != conversation.newestInbound { throw DraftConflict.newer }
    try AnswerCommands(message: stored, conversation: conversation, person: person, now: now, db: db).confirm(seen: seen)
    try db.queue([deciding("confirm")])
    return [AuditEntry("draft.confirmed", Draft.subject, draft.id.text, facts).shared]
  }

  private var facts: [String: String] { ["subject": conversation.subject] }

  private var claiming: SQL {
    "UPDATE conversations SET claimed_by = \(person.id), claimed_at = \(now) WHERE id = \(conversation.id)"
  }

  /// A claim of one's own lasts longer for each post.
  private var renewing: SQL {
    "UPDATE conversations SET claimed_at = \(now) WHERE id = \(conversation.id) AND claimed_by = \(person.id)"
  }

  private var releasing: SQL { "UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE id = \(conversation.id)" }

  private func deciding(
    _ action: String, diff: String? = nil, distance: Double? = nil, to: [String] = [], cc: [String] = [], seconds: Int? = nil,
    reason: Draft.Reason? = nil, note: String = ""
  ) -> SQL {
    """
    INSERT INTO decisions (id, account_id, conversation_id, draft_id, at, user_id, user_name, action, version, diff, distance, recipients, copies,
      seconds, reason, note, passed)
    VALUES (new_id(\(now)), \(conversation.account), \(conversation.id), \(draft.id), \(now), \(person.id), \(person.displayName), \(action),
      \(draft.version), \(diff), \(distance), \(to), \(cc), \(seconds), \(reason), \(note), \(passed))
    """
  }
}
