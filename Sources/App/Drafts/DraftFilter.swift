import Domain
import HTML
import Postgres
import Web

/// Which drafts the queue shows, as its address says.
struct DraftFilter {
  enum State: String, CaseIterable { case pending, mine, attention, sent, rejected, superseded, all }
  enum Confidence: String, CaseIterable { case any, low, medium, high }

  let state: State
  let channel: ID<DeskChannel>?
  let tag: String
  let isLate: Bool
  let confidence: Confidence
  let after: QueueCursor?

  static let standard = DraftFilter(state: .pending)

  private init(state: State) {
    (self.state, channel, tag, isLate, confidence, after) = (state, nil, "", false, .any, nil)
  }

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.pending)
    confidence = read.choice("confidence", Confidence.any)
    tag = read.line("tag", 0...200)
    isLate = read.flag("late")
    let (channel, after) = (read.raw("channel"), read.raw("after"))
    self.channel = ID<DeskChannel>(channel)
    self.after = QueueCursor(after)
    if self.channel == nil, !channel.utf8.isEmpty { read.complain("channel", words("Choose one of the values offered.")) }
    if self.after == nil, !after.utf8.isEmpty {
      read.complain("after", words("This page cannot be found any more. Begin at the first."))
    }
    try read.finish()
  }

  var isFiltered: Bool { channel != nil || !tag.utf8.isEmpty || isLate || confidence != .any }

  /// The same list from its beginning, in another state.
  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.drafts.adding("state", state == .pending ? nil : state.rawValue).adding("channel", channel?.text)
      .adding("tag", tag.utf8.isEmpty ? nil : tag).adding("late", isLate ? "on" : nil)
      .adding("confidence", confidence == .any ? nil : confidence.rawValue)
  }

  /// The same list from its beginning, of those that have a tag.
  func path(tagged tag: String) -> Path {
    Paths.drafts.adding("state", state == .pending ? nil : state.rawValue).adding("channel", channel?.text).adding("tag", tag)
  }

  /// Oldest first where something is to be done, late ones before all others; else the newest.
  private var isWork: Bool { [.pending, .mine, .attention].contains(state) }

  private func conditions(at now: Instant) -> SQL {
    let inState: SQL =
      switch state {
      case .pending: "d.state = 'pending'"
      case .mine:
        "d.state = 'pending' AND (v.assignee_id = (SELECT me()) OR v.claimed_by = (SELECT me()) AND v.claimed_at > \(now.advanced(seconds: -Conversation.claim)))"
      case .attention:
        """
        (d.state = 'pending' AND d.is_to_check OR d.state IN ('approved', 'failed', 'sent') AND d.message_id IN (
          SELECT m.id FROM messages m WHERE m.account_id = (SELECT my_account()) AND m.sending IN ('failed', 'unknown', 'bounced', 'held')))
        """
      case .sent: "d.state = 'sent'"
      case .rejected: "d.state = 'rejected'"
      case .superseded: "d.state = 'superseded'"
      case .all: "true"
      }
    let inRange: SQL =
      switch confidence {
      case .any: "true"
      case .low: "d.confidence < 0.40"
      case .medium: "d.confidence >= 0.40 AND d.confidence < 0.70"
      case .high: "d.confidence >= 0.70"
      }
    let late: SQL = isLate ? "v.late_at <= \(now)" : "true"
    let tagged: SQL = tag.utf8.isEmpty ? "true" : "\(tag) = ANY (v.tags)"
    return "\(inState) AND \(inRange) AND \(late) AND \(tagged) AND (\(channel == nil) OR d.channel_id = \(channel)::uuid)"
  }

  private static let tables: Columns =
    "drafts d JOIN conversations v ON v.id = d.conversation_id JOIN channels c ON c.id = d.channel_id JOIN customers u ON u.id = v.customer_id"

  /// A page of them and what follows.
  func rows(at now: Instant) -> Query<QueueRow> {
    let which = conditions(at: now)
    guard isWork else {
      return Query(
        """
        SELECT \(QueueRow.columns), false AS is_late FROM \(DraftFilter.tables)
        WHERE d.account_id = (SELECT my_account()) AND \(which) AND (\(after == nil) OR d.id < \(after?.id)::uuid)
        ORDER BY d.id DESC LIMIT \(PageSize.read)
        """, into: QueueRow.init)
    }
    let behindLate = after.map { !$0.isLate } ?? false
    return Query(
      """
      SELECT * FROM (
        (SELECT \(QueueRow.columns), true AS is_late FROM \(DraftFilter.tables)
         WHERE NOT \(behindLate) AND d.account_id = (SELECT my_account()) AND d.late_at <= \(now) AND \(which)
           AND (\(after == nil) OR d.id > \(after?.id)::uuid) ORDER BY d.id LIMIT \(PageSize.read))
        UNION ALL
        (SELECT \(QueueRow.columns), false AS is_late FROM \(DraftFilter.tables)
         WHERE d.account_id = (SELECT my_account()) AND (d.late_at IS NULL OR d.late_at > \(now)) AND \(which)
           AND (NOT \(behindLate) OR d.id > \(after?.id)::uuid) ORDER BY d.id LIMIT \(PageSize.read))) x
      LIMIT \(PageSize.read)
      """, into: QueueRow.init)
  }

  /// The first that nobody else holds.
  ///
  /// - Parameter decided: is passed over.
  func next(at now: Instant, but decided: ID<Draft>? = nil) -> Query<ID<Draft>> {
    let behindLate = after?.isLate ?? false
    return Query(
      column: """
        SELECT d.id FROM \(DraftFilter.tables)
        WHERE d.account_id = (SELECT my_account()) AND d.state = 'pending' AND \(conditions(at: now))
          AND (\(decided == nil) OR d.id <> \(decided)::uuid) AND (\(after == nil) OR \(behindLate) AND (d.late_at <= \(now)) IS NOT TRUE
            OR ((d.late_at <= \(now)) IS TRUE) = \(behindLate) AND d.id > \(after?.id)::uuid)
          AND (v.claimed_by IS NULL OR v.claimed_by = (SELECT me()) OR v.claimed_at <= \(now.advanced(seconds: -Conversation.claim)))
        ORDER BY (d.late_at <= \(now)) IS NOT TRUE, d.id LIMIT 1
        """)
  }

  /// Who holds drafts that wait.
  static func holders(at now: Instant) -> Query<ID<User>> {
    Query(
      column: """
        SELECT DISTINCT v.claimed_by FROM conversations v
        WHERE v.account_id = (SELECT my_account()) AND v.claimed_by IS NOT NULL AND v.claimed_at > \(now.advanced(seconds: -Conversation.claim))
          AND EXISTS (SELECT FROM drafts d WHERE d.conversation_id = v.id AND d.state = 'pending')
        LIMIT 20
        """)
  }
}

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
  let lateAt: Instant?
  let claimedBy: ID<User>?
  let claimedAt: Instant?
  let sending: DeskMessage.Sending?
  let isLate: Bool

  static let columns: Columns = """
    d.id, d.conversation_id AS conversation, d.state, left(d.text, 300) AS text, d.confidence::float8 AS confidence, d.is_to_check, d.is_edited,
    d.model_key, d.sources, (SELECT count(*)::integer FROM draft_sources s WHERE s.draft_id = d.id AND s.is_stale) AS stale_sources,
    (SELECT min(s.indexed_at) FROM draft_sources s WHERE s.draft_id = d.id) AS sources_at, d.asked_at,
    v.subject, u.name AS customer_name,
    (SELECT a.address FROM customer_addresses a WHERE a.customer_id = u.id ORDER BY a.address_key LIMIT 1) AS customer_address,
    c.name AS channel_name, v.tags, v.waiting_since, v.late_at, v.claimed_by, v.claimed_at,
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
        \(count("messages WHERE \(mine) AND kind = 'person' AND sending IN ('failed', 'unknown', 'bounced', 'held')"))
          + \(count("drafts WHERE \(mine) AND state = 'pending' AND is_to_check")) AS attention,
        \(count("drafts WHERE \(mine) AND state = 'sent'")) AS sent, \(count("drafts WHERE \(mine) AND state = 'rejected'")) AS rejected,
        \(count("drafts WHERE \(mine) AND state = 'superseded'")) AS superseded,
        \(count("conversations WHERE \(mine) AND late_at <= \(now)")) AS late,
        \(count("conversations WHERE \(mine) AND late_at > \(now) AND late_at <= \(now.advanced(hours: 1))")) AS soon,
        \(count("conversations WHERE \(mine) AND state = 'open' AND merged_into IS NULL")) AS conversations
      """, into: DraftCounts.init)
  }
}

/// Where a page begins: behind a draft, of those that are late or of the others.
struct QueueCursor {
  let isLate: Bool
  let id: ID<Draft>

  var text: String { (isLate ? "late-" : "") + id.text }

  init(isLate: Bool, id: ID<Draft>) { (self.isLate, self.id) = (isLate, id) }

  init?(_ text: String) {
    isLate = text.utf8.starts(with: "late-".utf8)
    guard let id = ID<Draft>(isLate ? String(text.dropFirst(5)) : text) else { return nil }
    self.id = id
  }
}
