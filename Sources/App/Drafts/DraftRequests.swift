import Domain
import Postgres

/// Asks for drafts, and retires those that time has passed: statements of whoever has the conversation locked (RULES 6.1).
enum DraftRequests {
  /// A conversation whose draft is asked for.
  struct Target {
    let conversation: ID<Conversation>
    let channel: ID<DeskChannel>
    let account: ID<Account>
    let language: Language
    let newestInbound: ID<DeskMessage>?
  }

  /// The draft that waits or is written; nil: none.
  struct Open {
    let id: ID<Draft>
    let state: Draft.State
    let isEdited: Bool
    let version: Int

    static func query(_ conversation: ID<Conversation>) -> Query<Open> {
      Query(
        "SELECT id, state, is_edited, version FROM drafts WHERE conversation_id = \(conversation) AND state IN ('asked', 'pending') FOR NO KEY UPDATE",
        into: Open.init)
    }
  }

  /// After a message of a person: a new draft, in the place of one that nobody touched. What somebody typed stays, and so does a request that is not
  /// answered yet: one draft answers all that came.
  ///
  /// - Returns: the draft that was asked for; nil: none was.
  @discardableResult
  static func follow(_ target: Target, at now: Instant, _ db: Connection) throws(PostgresError) -> ID<Draft>? {
    let open = try db.row(Open.query(target.conversation))
    if let open, open.state == .asked || open.isEdited { return nil }
    return try ask(target, replacing: open, at: now, db)
  }

  /// - Parameters:
  ///   - open: is superseded.
  ///   - instruction: what the next one is to do otherwise.
  static func ask(_ target: Target, replacing open: Open?, instruction: String = "", at now: Instant, _ db: Connection)
    throws(PostgresError) -> ID<Draft>
  {
    let id = ID<Draft>.new(at: now)
    var statements: [SQL] = []
    if let open { statements.append("UPDATE drafts SET state = 'superseded' WHERE id = \(open.id)") }
    statements.append(
      """
      INSERT INTO drafts (id, account_id, conversation_id, channel_id, state, instruction, language, newest_inbound_id, asked_at)
      VALUES (\(id), \(target.account), \(target.conversation), \(target.channel), 'asked', \(instruction), \(target.language), \(target.newestInbound),
        \(now))
      """)
    if let open { statements.append("UPDATE drafts SET superseded_by = \(id) WHERE id = \(open.id)") }
    statements.append(Job.asking(for: DraftWork.name, at: id.text, of: target.account, now: now))
    try db.queue(statements)
    return id
  }

  /// An answer by another way retires it (RULES 6.28); what somebody typed stays in it to be read.
  static func retire(_ conversation: ID<Conversation>) -> SQL {
    "UPDATE drafts SET state = 'superseded' WHERE conversation_id = \(conversation) AND state IN ('asked', 'pending')"
  }
}

extension DraftRequests.Target {
  init(_ conversation: Conversation) {
    self.init(
      conversation: conversation.id, channel: conversation.channel, account: conversation.account, language: conversation.language,
      newestInbound: conversation.newestInbound)
  }
}
