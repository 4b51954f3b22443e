import Domain
import Postgres

/// What happened to a conversation beside its messages, notes and decisions, in the order of its timeline.
struct ConversationEvent {
  enum Kind: String, CaseIterable, Bindable, FromColumn {
    case began, assigned, unassigned, tagged, snoozed, woken, closed, reopened, spam
    case notSpam = "not_spam"
    case merged, unmerged, split, moved
    /// A draft was asked for; another took its place.
    case asked, superseded
    /// No more drafts are written for somebody who writes so much.
    case flood
    /// Of an answer: on its way again after …, gone, not gone, not known, given back by its server, kept back by a message.
    case attempt, sent, failed, unknown, bounced, held, undone, confirmed
    /// Its server has put it off for an hour.
    case deferred
    case retried, acknowledged
    /// Of a customer who waits too long: somebody was told, and again; nothing is owed any more.
    case told
    case toldAgain = "told_again"
    case calmed
    case seen
    /// A message came again with other words.
    case revised
    /// Somebody else is its customer: who wrote what a member passed on, or that member again.
    case customer
  }

  let number: Int64
  let at: Instant
  let actorName: String
  let kind: Kind
  let detail: String
  let other: ID<Conversation>?

  /// - Parameter which: a condition on them.
  static func of(_ conversation: SQL, _ which: SQL = "true") -> Query<ConversationEvent> {
    Query(
      """
      SELECT e.number, e.at, e.actor_name, e.kind, e.detail, e.other_id AS other FROM conversation_events e
      WHERE e.conversation_id = \(conversation) AND e.account_id = (SELECT my_account()) AND \(which) ORDER BY e.number DESC LIMIT 300
      """, into: ConversationEvent.init)
  }

  /// Adds one.
  ///
  /// - Parameter actor: nil: it happened by itself.
  static func adding<Other>(
    _ kind: Kind, to conversation: ID<Conversation>, of account: ID<Account>, by actor: Person? = nil, _ detail: String = "",
    about other: ID<Other>? = Optional<ID<Conversation>>.none, at now: Instant
  ) -> SQL {
    """
    INSERT INTO conversation_events (id, account_id, conversation_id, at, actor_id, actor_name, kind, detail, other_id)
    VALUES (new_id(\(now)), \(account), \(conversation), \(now), \(actor?.id), \(actor?.displayName ?? ""), \(kind), \(detail), \(other?.text)::uuid)
    """
  }
}
