import Domain
import Postgres

/// A draft in the queue.
struct QueueRow {
  let id: ID<Draft>
  let conversation: ID<Conversation>
  let state: Draft.State
  let text: String
  let confidence: Double
  let isToCheck: Bool
  let isEdited: Bool
  let modelKey: String
  let sources: Int
  let staleSources: Int
  let sourcesAt: Instant?
  let askedAt: Instant
  let subject: String
  let customerName: String
  let customerAddress: String?
  let channelName: String
  let tags: [String]
  let waitingSince: Instant?
  /// When its customer waits too long.
  let lateAt: Instant?
  let claimedBy: ID<User>?
  let claimedAt: Instant?
  let sending: DeskMessage.Sending?
  /// Where there is something to be done; elsewhere all are ``QueueCursor/Part/usual``.
  let part: QueueCursor.Part

  var cursor: QueueCursor { QueueCursor(part, id) }

  static let columns: Columns = """
    d.id, d.conversation_id AS conversation, d.state, left(d.text, 600) AS text, d.confidence::float8 AS confidence, d.is_to_check, d.is_edited,
    d.model_key, d.sources, d.stale_sources, d.sources_at, d.asked_at,
    v.subject, u.name AS customer_name, u.address AS customer_address, c.name AS channel_name, v.tags, v.waiting_since, v.late_at, v.claimed_by, v.claimed_at,
    (SELECT m.sending FROM messages m WHERE m.id = d.message_id) AS sending
    """

  func claimant(at now: Instant) -> ID<User>? {
    guard let claimedBy, let claimedAt, claimedAt.advanced(seconds: Conversation.claim) > now else { return nil }
    return claimedBy
  }
}

/// How many drafts stand how, each at most ``most``: counting on would cost more with every draft there is.
struct DraftCounts {
  let pending: Int
  let mine: Int
  let attention: Int
  let sent: Int
  let rejected: Int
  let superseded: Int
  let late: Int
  /// Will be within the hour.
  let soon: Int
  let conversations: Int

  static let most = 1_000
  static let none = DraftCounts(pending: 0, mine: 0, attention: 0, sent: 0, rejected: 0, superseded: 0, late: 0, soon: 0, conversations: 0)

  static func ours(at now: Instant) -> Query<DraftCounts> {
    func count(_ rows: SQL) -> SQL { "(SELECT count(*)::integer FROM (SELECT 1 FROM \(rows) LIMIT \(most)) x)" }
    let mine: SQL = "account_id = (SELECT my_account())"
    return Query(
      """
      SELECT \(count("drafts WHERE \(mine) AND state = 'pending'")) AS pending,
        \(count("conversations v JOIN drafts d ON d.conversation_id = v.id AND d.state = 'pending' WHERE v.\(mine) AND (v.assignee_id = (SELECT me()) OR v.claimed_by = (SELECT me()) AND v.claimed_at > \(now.advanced(seconds: -Conversation.claim)))")) AS mine,
        \(count("messages m JOIN conversations v ON v.id = m.conversation_id WHERE m.\(mine) AND \(DeskMessage.wantsAttention)"))
          + \(count("drafts WHERE \(mine) AND state = 'pending' AND is_to_check")) AS attention,
        \(count("drafts WHERE \(mine) AND state = 'sent'")) AS sent, \(count("drafts WHERE \(mine) AND state = 'rejected'")) AS rejected,
        \(count("drafts WHERE \(mine) AND state = 'superseded'")) AS superseded,
        \(count("conversations WHERE \(mine) AND late_at <= \(now)")) AS late,
        \(count("conversations WHERE \(mine) AND late_at > \(now) AND late_at <= \(now.advanced(hours: 1))")) AS soon,
        \(count("conversations WHERE \(mine) AND state = 'open' AND merged_into IS NULL")) AS conversations
      """, into: DraftCounts.init)
  }
}

/// Where a page begins: behind a draft, in one part of the queue.
struct QueueCursor {
  /// In their order: drafts whose customers wait too long, the others, and behind them those below the least confidence of the desk.
  enum Part: Int, Bindable, FromColumn { case late, usual, low }

  let part: Part
  let id: ID<Draft>

  var text: String { (part == .late ? "late-" : part == .low ? "low-" : "") + id.text }

  init(_ part: Part, _ id: ID<Draft>) { (self.part, self.id) = (part, id) }

  /// When its draft was asked for, and its number, by which two of one instant have an order: ids have none.
  static func place(_ cursor: QueueCursor?) -> SQL { "(SELECT k.asked_at, k.number FROM drafts k WHERE k.id = \(cursor?.id)::uuid)" }

  init?(_ text: String) {
    let marks: [(part: Part, word: String)] = [(.late, "late-"), (.low, "low-")]
    let mark = marks.first { text.utf8.starts(with: $0.word.utf8) }
    guard let id = ID<Draft>(mark.map { String(text.dropFirst($0.word.utf8.count)) } ?? text) else { return nil }
    (part, self.id) = (mark?.part ?? .usual, id)
  }
}
