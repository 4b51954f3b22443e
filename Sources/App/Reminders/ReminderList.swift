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

  /// The same list with another status, from its beginning.
  func path(status: Status? = nil, after: String? = nil) -> Path {
    let status = status ?? self.status
    return Paths.reminders.adding("status", status == .open ? nil : status.rawValue).adding("importance", importance?.rawValue)
      .adding("q", search.utf8.isEmpty ? nil : search).adding("sort", sort == .due ? nil : sort.rawValue).adding("after", after)
  }
}

/// Where the next page begins: after the row with this key and id, in this order.
struct Cursor {
  let sort: ReminderFilter.Sort
  let key: String
  let id: ID<Reminder>

  /// Reads what ``text`` wrote.
  init?(_ text: String) {
    // A zero ends it, so that a letter more or less is not another place.
    guard text.utf8.count <= 1_200, let bytes = Bytes.fromBase64url(text), bytes.count > 18, bytes.last == 0,
      let sort = ReminderFilter.Sort.allCases.first(where: { $0.rawValue.utf8.first == bytes[16] }),
      case let written = bytes[17..<bytes.count - 1], !written.contains(0), let key = Bytes.validText(Array(written)),
      let id = ID<Reminder>(bytes: bytes.prefix(16))
    else { return nil }
    self.init(sort, key: key, id: id)
  }

  init(_ sort: ReminderFilter.Sort, key: String, id: ID<Reminder>) { (self.sort, self.key, self.id) = (sort, key, id) }

  var text: String { Bytes.base64url(id.bytes + Array(sort.rawValue.utf8.prefix(1)) + Array(key.utf8) + [0]) }

  /// Whether it is of this order, and the key one that this makes.
  func fits(_ wanted: ReminderFilter.Sort) -> Bool {
    if wanted != sort { return false }
    return switch sort {
    case .due: instant != nil
    case .title: true
    case .importance: importance != nil
    }
  }

  /// The key as an instant; nil when it is none.
  var instant: Instant? { Int64(key).map { Instant(microseconds: $0) } }

  /// The key as an importance and, among those of the same, an instant; nil when it is none.
  var importance: (Importance, Instant)? {
    let parts = key.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let importance = Importance(rawValue: String(decoding: parts[0], as: UTF8.self)),
      let at = Int64(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    return (importance, Instant(microseconds: at))
  }
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
  /// Whose it is.
  let habit: ID<Habit>?
  /// Its name is known after ``named(_:)``.
  var profile: ProfileName
  /// Of an open escalation: the tiers it has, and the one it has come to, 0 before the first. Nil where none is open.
  let tiers: Int?
  let tier: Int?
  /// Of the open escalation; where nothing is planned, of the last one.
  let escalationState: EscalationState?
  /// The last message.
  let delivery: DeliverySummary?
  /// Read where the list is sorted by it: it goes into the address of the next page.
  let importance: Importance?

  init(row: Row) throws(PostgresError) { try self.init(row: row, .due) }

  private init(row: Row, _ sort: ReminderFilter.Sort) throws(PostgresError) {
    id = try row("id")
    title = try row("title")
    status = try row("status")
    sortAt = try row("sort_at")
    nextAt = try row("next_at")
    snoozedUntil = try row("snoozed_until")
    habit = try row("habit_id")
    profile = ProfileName(id: try row("profile_id"), name: "", preset: nil)
    tiers = try row("tiers")
    tier = try row("tier")
    escalationState = try row("escalation_state")
    let agent: AgentType? = try row("delivery_agent")
    let state: MessageState? = try row("delivery_state")
    delivery = agent.flatMap { agent in state.map { DeliverySummary(agent: agent, state: $0) } }
    importance = try sort == .importance ? row("importance", as: Importance.self) : nil
  }

  private static let columns: Columns = """
    r.id, r.title, r.status, r.sort_at, r.next_at, r.snoozed_until, r.habit_id, r.profile_id, r.tiers, r.tier,
    CASE WHEN r.tier IS NOT NULL OR r.next_at IS NULL THEN r.escalation_state END AS escalation_state,
    r.message_agent AS delivery_agent,
    CASE WHEN r.last_message_id IS NOT NULL AND r.message_state IS NULL THEN (SELECT state FROM outbox WHERE id = r.last_message_id) ELSE r.message_state END
      AS delivery_state
    """

  /// The rows with the names of their profiles, of which a person has few: those are read once and not joined to each row.
  static func named(_ rows: Query<ReminderRow>) -> Reading<[ReminderRow]> {
    Reading(ProfileName.mine, rows) { names, rows in rows.map { $0.named(names) } }
  }

  func named(_ names: [ProfileName]) -> ReminderRow {
    var row = self
    if let name = names.first(where: { $0.id == profile.id }) { row.profile = name }
    return row
  }

  /// One page of a person's list and one row more, which tells whether there is a next page. The rows are chosen before more is looked up for
  /// them, each order by an index, so a page costs the same for a person with 200 reminders and with 100,000.
  ///
  /// - Parameter ids: of these reminders alone.
  static func list(_ filter: ReminderFilter, among ids: [ID<Reminder>]? = nil) -> Query<ReminderRow> {
    let rows: SQL = "SELECT * FROM door.reminders r WHERE \(fitting(filter)) \(order(filter.sort)) LIMIT \(PageSize.read)"
    let found = ids.map { chosen($0, filter) } ?? ofEachStatus(rows, filter)
    return Query(shown(found, filter)) { row throws(PostgresError) in try ReminderRow(row: row, filter.sort) }
  }

  /// The rows of a search for words that many reminders hold: they are walked through in the list's order, ``ReminderSearch/steps`` of a status at
  /// most.
  static func walk(_ filter: ReminderFilter) -> Query<ReminderSearch.Step> {
    let rows: SQL = """
      SELECT * FROM (
        SELECT r.*, (SELECT strpos(w.words, plain(\(filter.search))) > 0 FROM reminder_words w WHERE w.reminder_id = r.id) AS holds,
          row_number() OVER (\(order(filter.sort))) = \(ReminderSearch.steps) AS is_last
        FROM door.reminders r WHERE \(fitting(filter)) \(order(filter.sort)) LIMIT \(ReminderSearch.steps)) r
      WHERE r.holds OR r.is_last \(order(filter.sort)) LIMIT \(PageSize.read)
      """
    return Query(shown(ofEachStatus(rows, filter), filter, ", r.holds, r.is_last")) { row throws(PostgresError) in
      ReminderSearch.Step(row: try ReminderRow(row: row, filter.sort), holds: try row("holds"), isLast: try row("is_last"))
    }
  }

  /// What a list shows of the rows that were found for it.
  private static func shown(_ found: SQL, _ filter: ReminderFilter, _ more: Columns = "") -> SQL {
    let key: Columns = filter.sort == .importance ? ", r.importance" : ""
    return "SELECT \(columns) \(key) \(more) FROM (\(found)) r \(order(filter.sort))"
  }

  /// What is open and due before an instant, soonest first: rung and waiting, late, or still to come. Snoozed reminders wait for their own time, and
  /// what a habit asks, that says itself.
  static func due(before end: Instant, limit: Int) -> Query<ReminderRow> {
    let found: SQL = """
      SELECT * FROM reminders r WHERE r.user_id = me() AND r.status IN ('active', 'snoozed') AND r.status = 'active' AND r.sort_at < \(end)
        AND r.habit_id IS NULL
      ORDER BY r.sort_at, r.id LIMIT \(limit)
      """
    return Query("SELECT \(columns) FROM (\(found)) r ORDER BY r.sort_at, r.id")
  }

  /// The first that is planned from an instant on.
  static func planned(from start: Instant) -> Query<ReminderRow> {
    let found: SQL = """
      SELECT * FROM reminders r WHERE r.user_id = me() AND r.status IN ('active', 'snoozed') AND r.sort_at >= \(start) AND r.sort_at < 'infinity'
        AND r.habit_id IS NULL
      ORDER BY r.sort_at, r.id LIMIT 1
      """
    return Query("SELECT \(columns) FROM (\(found)) r")
  }

  /// Whether the index of open reminders has the list in order: both states together.
  private static func isOpenOnly(_ filter: ReminderFilter) -> Bool {
    filter.status == .open && filter.sort == .due && filter.importance == nil
  }

  private static func fitting(_ filter: ReminderFilter) -> SQL {
    let status: SQL = isOpenOnly(filter) ? "r.status IN ('active', 'snoozed')" : "r.status = one.status"
    let importance: SQL = filter.importance.map { "AND r.rank = \(rank($0))" } ?? ""
    return "\(status) \(importance) \(beyond(filter))"
  }

  /// Other indexes have each status by itself in order: the first of each, then the first of those, not all rows sorted.
  private static func ofEachStatus(_ rows: SQL, _ filter: ReminderFilter) -> SQL {
    if isOpenOnly(filter) { return rows }
    return """
      SELECT r.* FROM unnest(\(statuses(filter.status))) AS one (status), LATERAL (\(rows)) r \(order(filter.sort)) LIMIT \(PageSize.read)
      """
  }

  /// OFFSET 0: each by its id, whatever the planner thinks of their number.
  private static func chosen(_ ids: [ID<Reminder>], _ filter: ReminderFilter) -> SQL {
    let importance: SQL = filter.importance.map { "AND r.rank = \(rank($0))" } ?? ""
    return """
      SELECT r.* FROM unnest(\(ids)) AS it (id), LATERAL (SELECT * FROM door.reminders r WHERE r.id = it.id OFFSET 0) r
      WHERE r.status = ANY (\(statuses(filter.status))) \(importance) \(beyond(filter)) \(order(filter.sort)) LIMIT \(PageSize.read)
      """
  }

  private static func statuses(_ status: ReminderFilter.Status) -> SQL {
    switch status {
    case .open: "ARRAY['active', 'snoozed']"
    case .all: "ARRAY['active', 'snoozed', 'completed', 'archived']"
    default: "ARRAY[\(status)]"
    }
  }

  /// As the index counts them: the most important first.
  private static func rank(_ importance: Importance) -> Int {
    switch importance {
    case .critical: 1
    case .high: 2
    case .medium: 3
    case .low: 4
    }
  }

  private static func order(_ sort: ReminderFilter.Sort) -> SQL {
    switch sort {
    case .due: "ORDER BY r.sort_at, r.id"
    case .title: "ORDER BY r.title_key, r.id"
    case .importance: "ORDER BY r.rank, r.sort_at, r.id"
    }
  }

  private static func beyond(_ filter: ReminderFilter) -> SQL {
    guard let after = filter.after else { return "" }
    switch filter.sort {
    case .due: return "AND (r.sort_at, r.id) > (\(after.instant ?? .distantPast), \(after.id))"
    case .title: return "AND (r.title_key, r.id) > (lower(\(after.key)), \(after.id))"
    case .importance:
      let (importance, at) = after.importance ?? (.critical, .distantPast)
      return "AND (r.rank, r.sort_at, r.id) > (\(rank(importance)), \(at), \(after.id))"
    }
  }

  /// Where the page after this row begins.
  func cursor(_ sort: ReminderFilter.Sort) -> Cursor {
    switch sort {
    case .due: Cursor(sort, key: String(sortAt.microseconds), id: id)
    case .title: Cursor(sort, key: String(title), id: id)
    case .importance: Cursor(sort, key: (importance?.rawValue ?? "") + " " + String(sortAt.microseconds), id: id)
    }
  }
}
