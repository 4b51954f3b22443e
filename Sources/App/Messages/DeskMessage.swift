import Domain
import Postgres

/// A message of a conversation, in or out.
struct DeskMessage {
  enum Direction: String, Bindable, FromColumn { case inbound, outbound }

  /// How far one of ours has come.
  enum Sending: String, CaseIterable, Bindable, FromColumn {
    /// May still be undone.
    case waiting
    /// The customer wrote meanwhile: nothing leaves until somebody has looked.
    case held
    /// Handed to a server that did not take it yet.
    case queued
    case sending, sent, failed
    /// A server had all of it and did not answer.
    case unknown
    case cancelled, bounced
  }

  let id: ID<DeskMessage>
  /// In which order it came to the desk, among everything else.
  let number: Int64
  let direction: Direction
  let kind: MailKind
  let fromName: String
  let fromAddress: String
  /// Whose it is; nil: of one of ours.
  let customer: ID<Customer>?
  let authorName: String
  let subject: String
  /// What is new in it, as text.
  let own: String
  let partKinds: [String]
  let partTexts: [String]
  let hasHTML: Bool
  let hasRaw: Bool
  let language: Language?
  let isGuessed: Bool
  let isSigned: Bool
  let isStranger: Bool
  let notice: String
  let files: Int
  /// What it says of when it was written, where that is not when it came; and that as a time, where it is one.
  let dated: String
  let datedAt: Instant?
  let arrivedAt: Instant
  let to: [String]
  let cc: [String]
  let draft: ID<Draft>?
  /// Markdown; nil: inbound, or of a member who wrote it elsewhere.
  let source: String?
  let signature: String?
  let sending: Sending?
  let sendAt: Instant?
  let sentAt: Instant?
  let attempts: Int
  let reason: OutboxReason?
  let code: String?
  let detail: String
  let isEmptied: Bool
  /// Whether the conversation is closed when it is sent.
  let closes: Bool
  /// When its author wanted to be reminded if nobody answers, as typed; empty: not at all.
  let followUp: String

  static let columns: Columns = """
    m.id, m.number, m.direction, m.kind, m.from_name, m.from_address, m.customer_id AS customer, m.author_name, m.subject, m.own,
    m.part_kinds, m.part_texts, m.html IS NOT NULL AS has_html,
    m.raw IS NOT NULL AS has_raw, m.language, m.is_guessed, m.is_signed, m.is_stranger, m.notice, m.files::integer AS files, m.dated, m.dated_at,
    m.arrived_at,
    CASE WHEN m.direction = 'outbound' THEN m.recipients
      ELSE ARRAY(SELECT a.address FROM message_addresses a WHERE a.message_id = m.id AND a.role = 'to' ORDER BY a.n) END AS "to",
    CASE WHEN m.direction = 'outbound' THEN m.copies
      ELSE ARRAY(SELECT a.address FROM message_addresses a WHERE a.message_id = m.id AND a.role = 'cc' ORDER BY a.n) END AS cc,
    m.draft_id AS draft, m.source, m.signature, m.sending, m.send_at, m.sent_at, m.attempts, m.reason, m.code, m.detail, m.emptied_at IS NOT NULL AS is_emptied,
    m.closes, m.follow_up
    """

  /// Messages of the account that the transaction is for.
  ///
  /// - Parameter which: a condition on `m`, and their order.
  static func ours(_ which: SQL) -> Query<DeskMessage> {
    Query("SELECT \(columns) FROM messages m WHERE m.account_id = (SELECT my_account()) AND \(which)", into: DeskMessage.init)
  }

  /// The newest of a conversation and its answers that have not left, oldest of them first.
  static func thread(of conversation: SQL, most: Int) -> Query<DeskMessage> {
    ours(
      """
      m.id IN (
        (SELECT n.id FROM messages n WHERE n.conversation_id = \(conversation) AND n.account_id = (SELECT my_account())
         ORDER BY n.number DESC LIMIT \(most))
        UNION SELECT n.id FROM messages n WHERE n.conversation_id = \(conversation) AND n.sending IN ('waiting', 'held')) ORDER BY m.number
      """)
  }
}

extension DeskMessage {
  /// Whether `m` did not go as it should: it failed, came back, is held, may not have arrived, or its server has put it off for an hour.
  static let isTroubled: SQL = """
    (m.sending IN ('failed', 'unknown', 'bounced', 'held') OR m.deferred_at > m.send_at AND m.sending IN ('queued', 'sending'))
    """

  /// Whether `m` of the conversation `v` wants somebody (RULES 6.39): of what did not arrive only until somebody has answered or closed since.
  /// The function `draft_numbers` counts the same.
  static let wantsAttention: SQL = """
    m.kind = 'person' AND \(isTroubled) AND (m.sending NOT IN ('failed', 'unknown', 'bounced') OR v.state IN ('open', 'snoozed'))
    """
}

extension MailKind: Bindable, FromColumn {}

/// Other words that came later under the id of a message (RULES 6.8).
struct MessageRevision {
  let message: ID<DeskMessage>
  let at: Instant
  let own: String

  /// The newest first.
  ///
  /// - Parameter which: a condition on their messages, `m`.
  static func of(_ conversation: SQL, _ which: SQL = "true") -> Query<MessageRevision> {
    Query(
      """
      SELECT r.message_id AS message, r.at, r.own FROM message_revisions r JOIN messages m ON m.id = r.message_id
      WHERE m.conversation_id = \(conversation) AND r.account_id = (SELECT my_account()) AND \(which)
      ORDER BY m.number DESC, r.at DESC, r.body_key LIMIT 100
      """, into: MessageRevision.init)
  }
}

/// A file that came with a message.
struct DeskFile {
  let id: ID<DeskFile>
  let message: ID<DeskMessage>
  let name: String
  let type: String
  let size: Int64
  let state: String

  /// - Parameter which: a condition on their messages, `m`.
  static func of(_ conversation: SQL, _ which: SQL = "true") -> Query<DeskFile> {
    Query(
      """
      SELECT a.id, a.message_id AS message, a.name, a.type, a.size, a.state FROM attachments a JOIN messages m ON m.id = a.message_id
      WHERE m.conversation_id = \(conversation) AND a.account_id = (SELECT my_account()) AND \(which) ORDER BY m.number, a.n LIMIT 500
      """, into: DeskFile.init)
  }
}
