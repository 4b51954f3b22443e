import Domain
import Postgres

/// What came into a conversation from another, as far as it can be taken back (RULES 6.31).
struct ConversationMerge {
  let id: ID<ConversationMerge>
  let source: ID<Conversation>
  let mergedAt: Instant
  /// Of what came, before.
  let state: Conversation.State
  /// In their order.
  let messages: [ID<DeskMessage>]
  /// Drafts, decisions, events and notes.
  let things: [String]
  /// Those of its tags that the other has by it.
  let tags: [String]

  /// Days for which it can be taken back.
  static let days: Int64 = 14

  /// The newest first.
  static func into(_ conversation: SQL) -> Query<ConversationMerge> {
    Query(
      """
      SELECT g.id, g.source_id AS source, g.merged_at, g.state, g.messages, g.things::text[] AS things, g.tags FROM conversation_merges g
      WHERE g.target_id = \(conversation) AND g.account_id = (SELECT my_account()) AND g.merged_at IS NOT NULL AND g.undone_at IS NULL
      ORDER BY g.merged_at DESC LIMIT 20
      """, into: ConversationMerge.init)
  }

  /// From where a message came first of all that came: that conversation is locked together with this one.
  static func source(of message: ID<DeskMessage>, in conversation: ID<Conversation>) -> Query<ID<Conversation>> {
    Query(
      column: """
        SELECT g.source_id FROM conversation_merges g
        WHERE g.target_id = \(conversation) AND g.account_id = (SELECT my_account()) AND g.merged_at IS NOT NULL AND g.undone_at IS NULL
          AND g.messages[1] = \(message)
        ORDER BY g.merged_at DESC LIMIT 1
        """)
  }

  func canBeUndone(at now: Instant) -> Bool { !messages.isEmpty && mergedAt.advanced(days: ConversationMerge.days) > now }
}

/// Another conversation of the same customer.
struct OtherConversation {
  let id: ID<Conversation>
  let subject: String
  let state: Conversation.State

  static func of(_ conversation: SQL) -> Query<OtherConversation> {
    Query(
      """
      SELECT x.id, x.subject, x.state FROM conversations x
      WHERE x.customer_id = (SELECT customer_id FROM conversations WHERE id = \(conversation)) AND x.account_id = (SELECT my_account())
        AND x.id <> \(conversation) AND x.merged_into IS NULL
      ORDER BY x.last_at DESC LIMIT 10
      """, into: OtherConversation.init)
  }
}

/// A time until which somebody had put a conversation off when its customer wrote: it is offered again (RULES 6.30).
struct AnsweredSnooze {
  let until: Instant

  static func of(_ conversation: SQL) -> Query<AnsweredSnooze> {
    Query(
      """
      SELECT r.until_time AS until FROM desk_reminders r
      WHERE r.conversation_id = \(conversation) AND r.account_id = (SELECT my_account()) AND r.user_id = (SELECT me()) AND r.kind = 'snooze'
        AND r.is_answered
        AND NOT EXISTS (SELECT FROM desk_reminders n WHERE n.conversation_id = r.conversation_id AND n.made_at > r.made_at AND n.kind = 'snooze')
      ORDER BY r.made_at DESC LIMIT 1
      """, into: AnsweredSnooze.init)
  }
}
