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
    isLate = read.isOn("late")
    let (channel, after) = (read.raw("channel"), read.raw("after"))
    self.channel = ID<DeskChannel>(channel)
    self.after = QueueCursor(after)
    if self.channel == nil, !channel.utf8.isEmpty { read.complain("channel", words("Choose one of the values offered.")) }
    if self.after == nil, !after.utf8.isEmpty {
      read.complain("after", words("This page cannot be found any more. Begin at the first."))
    }
    try read.finish()
  }

  /// The list that a form stood below; the plain one when it does not say or says what no list of ours does.
  static func list(_ form: Form, _ words: Words) -> DraftFilter {
    let query = Form(urlEncoded: Array((form.text("list") ?? "").utf8))
    // A complaint about a hidden field would help nobody.
    return (try? DraftFilter(query, words)) ?? .standard
  }

  /// What a form below the list says of it; nil: it is the plain one.
  var hidden: HiddenField? {
    let query = path().adding("after", after?.text).text.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
    return query.isEmpty ? nil : HiddenField(name: "list", value: String(decoding: query, as: UTF8.self))
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

  /// Oldest first where something is to be done, in the order of ``QueueCursor/Part``; else the newest.
  private var isWork: Bool { [.pending, .mine, .attention].contains(state) }

  private func conditions(at now: Instant) -> SQL {
    let inState: SQL =
      switch state {
      case .pending, .mine: "d.state = 'pending'"
      case .attention:
        // Those that may be, by their indexes: else all that the account ever had are looked at.
        """
        d.id IN (
          SELECT k.id FROM drafts k WHERE k.account_id = (SELECT my_account()) AND k.state = 'pending' AND k.is_to_check
          UNION ALL SELECT k.id FROM messages m JOIN drafts k ON k.message_id = m.id
            WHERE m.account_id = (SELECT my_account()) AND \(DeskMessage.isTroubled))
        AND (d.state = 'pending' AND d.is_to_check OR d.state IN ('approved', 'failed', 'sent') AND d.message_id IN (
          SELECT m.id FROM messages m WHERE m.account_id = (SELECT my_account()) AND \(DeskMessage.isTroubled))
            AND (d.state = 'approved' OR v.state IN ('open', 'snoozed')))
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
    // As a row says it: one that is decided is late no more.
    let late: SQL = isLate ? "v.late_at <= \(now) AND d.state = 'pending'" : "true"
    let tagged: SQL = tag.utf8.isEmpty ? "true" : "\(tag) = ANY (v.tags)"
    let inChannel: SQL = channel.map { "d.channel_id = \($0)" } ?? "true"
    return "\(inState) AND \(inRange) AND \(late) AND \(tagged) AND \(inChannel)"
  }

  /// Behind the draft of ``after``, where the list goes down.
  private var isBehind: SQL { after == nil ? "true" : "(d.asked_at, d.number) < \(QueueCursor.place(after))" }

  /// The conversation `v` of each draft `d`, looked up in the order in which those come. The planner takes an account's drafts and an account's
  /// conversations for two accounts', and would rather read all of both.
  static let conversations: SQL = "CROSS JOIN LATERAL (SELECT w.* FROM conversations w WHERE w.id = d.conversation_id OFFSET 0) v"

  /// All that a row shows besides its draft.
  private static let joined: SQL = """
    \(conversations)
    CROSS JOIN LATERAL (SELECT x.name FROM channels x WHERE x.id = d.channel_id OFFSET 0) c
    CROSS JOIN LATERAL (
      SELECT x.name, CASE WHEN x.name = '' THEN (
        SELECT a.address FROM customer_addresses a WHERE a.customer_id = x.id ORDER BY a.address_key LIMIT 1) END AS address
      FROM customers x WHERE x.id = v.customer_id OFFSET 0) u
    """

  /// A page of them and what follows.
  func rows(at now: Instant) -> Query<QueueRow> {
    guard isWork else {
      return Query(
        """
        SELECT \(QueueRow.columns), 1 AS part FROM drafts d \(DraftFilter.joined)
        WHERE d.account_id = (SELECT my_account()) AND \(conditions(at: now)) AND \(isBehind)
        ORDER BY d.asked_at DESC, d.number DESC \(PageSize.limit)
        """, into: QueueRow.init)
    }
    return Query(
      """
      SELECT * FROM (
        \(rows(of: .late, at: now))
        UNION ALL
        \(rows(of: .usual, at: now))
        UNION ALL
        \(rows(of: .low, at: now))) x
      \(PageSize.limit)
      """, into: QueueRow.init)
  }

  /// Those of one part of the queue, behind ``after``.
  private func rows(of part: QueueCursor.Part, at now: Instant) -> SQL {
    """
    (SELECT \(QueueRow.columns), \(part) AS part FROM \(standing(in: part, DraftFilter.joined, at: now))
     ORDER BY d.asked_at, d.number \(PageSize.limit))
    """
  }

  /// What the filter has of one part of the queue, behind ``after``: what follows FROM, up to a condition.
  ///
  /// - Parameter joined: what is joined to each draft `d`, its conversation `v` at least.
  private func standing(in part: QueueCursor.Part, _ joined: SQL, at now: Instant) -> SQL {
    let begin: SQL =
      switch after {
      case let after? where after.part.rawValue > part.rawValue: "false"
      case let after? where after.part == part: "(d.asked_at, d.number) > \(QueueCursor.place(after))"
      default: "true"
      }
    let isEmpty = isLate && part != .late
    let claimed = now.advanced(seconds: -Conversation.claim)
    let mine: SQL? =
      state == .mine
      ? "(w.assignee_id = (SELECT me()) OR w.claimed_by = (SELECT me()) AND w.claimed_at > \(claimed))" : nil
    let drafts = DraftFilter.parted(part, of: mine, joined, at: now)
    return "\(drafts) AND \(conditions(at: now)) AND \(begin) AND NOT \(isEmpty)"
  }

  /// Drafts `d` of that part of the queue, whatever became of them: what follows FROM, up to a condition.
  ///
  /// - Parameters:
  ///   - some: a condition on conversations `w` that holds for few; nil: all are asked for.
  ///   - joined: what is joined to each, its conversation `v` at least.
  static func parted(_ part: QueueCursor.Part, of some: SQL? = nil, _ joined: SQL = conversations, at now: Instant) -> SQL {
    // Late customers are few among all who wait, and so is what somebody has to do: an index of conversations finds them. All others come in the order of
    // an index of drafts until there are enough.
    let few: SQL? = part == .late ? "w.late_at > '-infinity' AND w.late_at <= \(now) AND \(some ?? "true")" : some
    let drafts: SQL =
      few.map {
        """
        (SELECT d.* FROM conversations w CROSS JOIN LATERAL (SELECT d.* FROM drafts d WHERE d.conversation_id = w.id OFFSET 0) d
         WHERE w.account_id = (SELECT my_account()) AND \($0) OFFSET 0) d
        """
      } ?? "drafts d"
    let which: SQL =
      switch part {
      case .late: "v.late_at <= \(now)"
      case .usual: "(v.late_at IS NULL OR v.late_at > \(now)) AND d.confidence >= \(DeskSettings.floor)"
      case .low: "(v.late_at IS NULL OR v.late_at > \(now)) AND \(DeskSettings.floor) > 0 AND d.confidence < \(DeskSettings.floor)"
      }
    return "\(drafts) \(joined) WHERE d.account_id = (SELECT my_account()) AND \(which)"
  }

  /// The number of the part in which `d` of the conversation `v` stands.
  static func part(at now: Instant) -> SQL {
    "CASE WHEN v.late_at <= \(now) THEN 0 WHEN d.confidence < \(DeskSettings.floor) THEN 2 ELSE 1 END"
  }

  /// The first that nobody else holds.
  ///
  /// - Parameter decided: is passed over.
  func next(at now: Instant, but decided: ID<Draft>? = nil) -> Query<ID<Draft>> {
    let free = now.advanced(seconds: -Conversation.claim)
    let other: SQL = decided.map { "d.id <> \($0)" } ?? "true"
    // Of each part the first in the order of an index: not all of them are put into order for one.
    func first(of part: QueueCursor.Part) -> SQL {
      """
      (SELECT d.id, \(part) AS part FROM \(standing(in: part, DraftFilter.conversations, at: now))
         AND \(other) AND (v.claimed_by IS NULL OR v.claimed_by = (SELECT me()) OR v.claimed_at <= \(free))
       ORDER BY d.asked_at, d.number LIMIT 1)
      """
    }
    return Query(
      column: """
        SELECT x.id FROM (
          \(first(of: .late))
          UNION ALL
          \(first(of: .usual))
          UNION ALL
          \(first(of: .low))) x
        ORDER BY x.part LIMIT 1
        """)
  }
}
