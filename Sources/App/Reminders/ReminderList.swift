import Domain
import HTML
import Postgres
import Web

/// What a list shows: the filters of its address, kept in every link of the page.
struct ReminderFilter {
  enum Status: String, CaseIterable, Bindable { case open, active, snoozed, completed, archived, all }
  enum Sort: String, CaseIterable { case due, title, importance }

  let status: Status
  let importance: Importance?
  let search: String
  let sort: Sort
  let after: Cursor?

  /// - Throws: ``FormErrors`` for values that no link of ours holds.
  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    status = read.choice("status", .open)
    sort = read.choice("sort", .due)
    let wanted = read.raw("importance")
    importance = Importance(rawValue: wanted)
    if importance == nil, !wanted.utf8.isEmpty { read.complain("importance", words("Choose one of the values offered.")) }
    search = read.line("q", 0...200)
    let place = read.raw("after")
    after = Cursor(place).flatMap { [sort] in $0.fits(sort) ? $0 : nil }
    if after == nil, !place.utf8.isEmpty { read.complain("after", words("This link is not complete. Start from the first page.")) }
    try read.finish()
  }

  /// Whether all reminders may have to be looked at: to find words, or to order them by what no index has in order.
  var mayBeSlow: Bool { !search.utf8.isEmpty || sort != .due }

  /// The same list with another status, from its beginning.
  func path(status: Status? = nil, after: String? = nil) -> Path {
    let status = status ?? self.status
    return Paths.reminders.adding("status", status == .open ? nil : status.rawValue).adding("importance", importance?.rawValue)
      .adding("q", search.utf8.isEmpty ? nil : search).adding("sort", sort == .due ? nil : sort.rawValue).adding("after", after)
  }
}

/// Where the next page begins: after the row with this key and id.
struct Cursor {
  let key: String
  let id: ID<Reminder>

  /// Reads what ``text`` wrote.
  init?(_ text: String) {
    guard text.utf8.count <= 1_200, let bytes = Bytes.fromBase64url(text), bytes.count > 16,
      let key = Bytes.validText(Array(bytes.dropFirst(16))),
      !bytes.dropFirst(16).contains(0), let id = ID<Reminder>(bytes: bytes.prefix(16))
    else { return nil }
    (self.key, self.id) = (key, id)
  }

  init(key: String, id: ID<Reminder>) { (self.key, self.id) = (key, id) }

  var text: String { Bytes.base64url(id.bytes + Array(key.utf8)) }

  /// Whether the key is one that this order makes.
  func fits(_ sort: ReminderFilter.Sort) -> Bool {
    switch sort {
    case .due: instant != nil
    case .title: true
    case .importance: Importance(rawValue: key) != nil
    }
  }

  /// The key as an instant; nil when it is none.
  var instant: Instant? { Int64(key).map { Instant(microseconds: $0) } }
}

/// What became of a message.
struct DeliverySummary {
  let agent: AgentType
  let state: MessageState
}

/// A reminder as a list shows it. Texts stay bytes: a page of fifty rows makes no strings of them.
struct ReminderRow: FromRow {
  let id: ID<Reminder>
  let title: Text
  let status: ReminderStatus
  let sortAt: Instant
  let nextAt: Instant?
  let snoozedUntil: Instant?
  let profile: Text
  /// Nil: a profile of the person's own.
  let preset: LadderPreset?
  /// Of an open escalation: the tiers it has, and the one it has come to, 0 before the first. Nil where none is open.
  let tiers: Int?
  let tier: Int?
  /// Of the open escalation; where nothing is planned, of the last one.
  let escalationState: EscalationState?
  /// The last message.
  let delivery: DeliverySummary?
  /// Read where the list is sorted by it: it goes into the address of the next page.
  let importance: Importance?

  init(row: Row) throws(PostgresError) { try self.init(row: row, hasImportance: false) }

  private init(row: Row, hasImportance: Bool) throws(PostgresError) {
    id = try row("id")
    title = try row("title")
    status = try row("status")
    sortAt = try row("sort_at")
    nextAt = try row("next_at")
    snoozedUntil = try row("snoozed_until")
    profile = try row("profile")
    preset = try row("preset")
    tiers = try row("tiers")
    tier = try row("tier")
    escalationState = try row("escalation_state")
    let agent: AgentType? = try row("delivery_agent")
    let state: MessageState? = try row("delivery_state")
    delivery = agent.flatMap { agent in state.map { DeliverySummary(agent: agent, state: $0) } }
    importance = try hasImportance ? row("importance", as: Importance.self) : nil
  }

  private static let columns: Columns = """
    r.id, r.title, r.status, r.sort_at, r.next_at, r.snoozed_until, p.name AS profile, p.preset,
    jsonb_array_length(e.plan->'tiers') AS tiers, e.tier,
    CASE WHEN e.id IS NULL AND r.next_at IS NULL
      THEN (SELECT state FROM escalations WHERE reminder_id = r.id ORDER BY id DESC LIMIT 1) ELSE e.state END AS escalation_state,
    d.channel AS delivery_agent, d.state AS delivery_state
    """

  private static let joins: Columns = """
    JOIN profiles p ON p.id = r.profile_id
    LEFT JOIN escalations e ON e.reminder_id = r.id AND e.open
    LEFT JOIN LATERAL (
      SELECT channel, state FROM outbox WHERE reminder_id = r.id ORDER BY created_at DESC LIMIT 1
    ) d ON true
    """

  /// One page of a person's list and one row more, which tells whether there is a next page. The rows are chosen before anything is joined to
  /// them, so a page costs the same for a person with 200 reminders and with 100,000.
  ///
  /// - Parameter ifItsTurn: finds nothing where ``SlowRead`` says that another is running.
  static func list(_ filter: ReminderFilter, limit: Int = PageSize.read, ifItsTurn: Bool = false) -> Query<ReminderRow> {
    let turn: SQL = ifItsTurn ? "\(SlowRead.itsTurn) AND" : ""
    let rows: SQL = """
      SELECT * FROM reminders r WHERE \(turn) r.user_id = me() \(having(filter.status)) \(having(filter.importance)) \(holding(filter.search))
      \(beyond(filter)) \(order(filter.sort)) LIMIT \(limit)
      """
    // The index has each status by itself in order: the first of each, then the first of those, not all rows sorted.
    let found: SQL =
      filter.status != .all
      ? rows
      : """
      SELECT r.* FROM unnest(ARRAY['active', 'snoozed', 'completed', 'archived']) AS one (status), LATERAL (\(rows)) r
      \(order(filter.sort)) LIMIT \(limit)
      """
    let byImportance = filter.sort == .importance
    let key: SQL = byImportance ? ", r.importance" : ""
    return Query("SELECT \(columns) \(key) FROM (\(found)) r \(joins) \(order(filter.sort))") {
      row throws(PostgresError) in try ReminderRow(row: row, hasImportance: byImportance)
    }
  }

  /// Reads that page; a search, or an order that no index has, as ``SlowRead`` allows.
  static func read(_ filter: ReminderFilter, _ web: Context) throws -> SlowRead.Outcome<ReminderRow> {
    filter.mayBeSlow ? try SlowRead.rows(web, list(filter, ifItsTurn: true)) : .rows(try web.read(list(filter)))
  }

  /// What is open and due before an instant, soonest first: rung and waiting, late, or still to come. Snoozed reminders wait for their own time.
  static func due(before end: Instant, limit: Int) -> Query<ReminderRow> {
    let found: SQL = """
      SELECT * FROM reminders r WHERE r.user_id = me() AND r.status IN ('active', 'snoozed') AND r.status = 'active' AND r.sort_at < \(end)
      ORDER BY r.sort_at, r.id LIMIT \(limit)
      """
    return Query("SELECT \(columns) FROM (\(found)) r \(joins) ORDER BY r.sort_at, r.id")
  }

  /// The first that is planned from an instant on.
  static func planned(from start: Instant) -> Query<ReminderRow> {
    let found: SQL = """
      SELECT * FROM reminders r WHERE r.user_id = me() AND r.status IN ('active', 'snoozed') AND r.sort_at >= \(start) AND r.sort_at < 'infinity'
      ORDER BY r.sort_at, r.id LIMIT 1
      """
    return Query("SELECT \(columns) FROM (\(found)) r \(joins)")
  }

  private static func having(_ status: ReminderFilter.Status) -> SQL {
    switch status {
    case .open: "AND r.status IN ('active', 'snoozed')"
    case .all: "AND r.status = one.status"
    default: "AND r.status = \(status)"
    }
  }

  private static func having(_ importance: Importance?) -> SQL {
    guard let importance else { return "" }
    return "AND r.importance = \(importance)"
  }

  private static func holding(_ words: String) -> SQL {
    words.utf8.isEmpty ? "" : "AND (strpos(lower(r.title), lower(\(words))) > 0 OR strpos(lower(r.description), lower(\(words))) > 0)"
  }

  private static func order(_ sort: ReminderFilter.Sort) -> SQL {
    switch sort {
    case .due: "ORDER BY r.sort_at, r.id"
    case .title: "ORDER BY lower(r.title), r.id"
    case .importance: "ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], r.importance), r.id"
    }
  }

  private static func beyond(_ filter: ReminderFilter) -> SQL {
    guard let after = filter.after else { return "" }
    switch filter.sort {
    case .due: return "AND (r.sort_at, r.id) > (\(after.instant ?? .distantPast), \(after.id))"
    case .title: return "AND (lower(r.title), r.id) > (lower(\(after.key)), \(after.id))"
    case .importance:
      return """
        AND (array_position(ARRAY['critical', 'high', 'medium', 'low'], r.importance), r.id)
          > (array_position(ARRAY['critical', 'high', 'medium', 'low'], \(after.key)), \(after.id))
        """
    }
  }

  /// Where the page after this row begins.
  func cursor(_ sort: ReminderFilter.Sort) -> Cursor {
    switch sort {
    case .due: Cursor(key: String(sortAt.microseconds), id: id)
    case .title: Cursor(key: String(title), id: id)
    case .importance: Cursor(key: importance?.rawValue ?? "", id: id)
    }
  }
}
