import Domain
import Postgres

/// Where a habit stands with its owner.
enum HabitStatus: String, CaseIterable, Bindable, FromColumn { case active, archived, deleted }

/// What is written down for a date.
enum HabitKind: String, CaseIterable, Bindable, FromColumn { case tick, amount }

/// Something that somebody wants to keep doing, with all that its figures come from.
struct Habit {
  let id: ID<Habit>
  let user: ID<User>
  let name: String
  let description: String
  let status: HabitStatus
  let kind: HabitKind
  let unit: String
  /// What one press adds.
  let step: Amount
  /// 1 to 8.
  let colour: Int
  /// "" for none.
  let group: String
  let preferredTime: TimeOfDay?
  /// How its reminder asks again; nil: it has none (RULES 5.19).
  let reminderProfile: ID<EscalationProfile>?
  /// Its place in the person's own order.
  let position: Int
  let createdOn: Day
  let version: Int
  let revision: Int
  /// Its past up to ``HabitState/next``; the entries begin there. nil: they are all here. Which past is as far as ``Reach`` says.
  let state: HabitState?
  /// Where the past of a year's page ends; nil: none is stored.
  let yearNext: Day?
  var changes: [HabitChange]
  var pauses: [StoredPause]
  /// In the order of their dates.
  var entries: [HabitEntry]

  /// What it is about, for the audit log.
  static let subject = "habit"

  /// The order of the person's own.
  static let inOrder: SQL = "ORDER BY h.position, h.id"

  /// The columns of its own row, from `habits h`, without the stored past.
  static let own: Columns = """
    h.id, h.user_id, h.name, h.description, h.status, h.kind, h.unit, h.step, h.colour, h.habit_group, h.preferred_time,
    h.reminder_profile_id, h.position, h.created_on, h.version, h.revision, h.year_next
    """

  /// The columns that ``init(row:)`` reads, from ``from(_:)``.
  private static let columns: SQL = """
    \(own), f.changes, f.frequencies, f.days, f.times, f.targets, f.directions, f.periods, p.ids, p.froms, p.untils, p.reasons, p.archives,
    p.batches, d.dates, d.states, d.amounts, d.skips, d.noted
    """

  /// Those whose name, description or one of whose notes holds a text, letter case and marks aside; "" is in all of them.
  static func matching(_ text: String) -> SQL {
    if text.utf8.isEmpty { return "true" }
    return """
      (strpos(plain(h.name), plain(\(text))) > 0 OR strpos(plain(h.description), plain(\(text))) > 0 OR h.id IN (
        SELECT n.habit_id FROM habit_days n WHERE n.user_id = (SELECT me()) AND n.notes <> '' AND strpos(plain(n.notes), plain(\(text))) > 0))
      """
  }

  /// How far back entries are read.
  enum Reach {
    /// To the stored past.
    case days
    /// More than a year.
    case year
    /// All of them.
    case whole
    /// To the stored past that tells how a week began, and at least to the seven before: the week's first date.
    case week(Day)
    /// Those from a date on, and to the stored past.
    case from(Day)

    fileprivate var state: SQL {
      switch self {
      case .days, .from: "h.state AS past"
      case .year: "h.year_state AS past"
      case .whole: "NULL::bytea AS past"
      case .week(let first):
        "CASE WHEN h.state_next <= \(first) THEN h.state WHEN h.year_next <= \(first) THEN h.year_state END AS past"
      }
    }

    /// Without `coalesce`: behind row-level security an index is asked only by what cannot leak, which the planner does not know of it, and all
    /// entries of ten years would be read.
    fileprivate var since: SQL {
      switch self {
      case .days: "CASE WHEN h.state_next IS NULL THEN '-infinity' ELSE h.state_next END"
      case .year: "CASE WHEN h.year_next IS NULL THEN '-infinity' ELSE h.year_next END"
      case .whole: "'-infinity'"
      case .week(let first):
        """
        CASE WHEN h.state_next <= \(first) THEN least(h.state_next, \(first.advanced(by: -49)))
          WHEN h.year_next <= \(first) THEN least(h.year_next, \(first.advanced(by: -49))) ELSE '-infinity' END
        """
      case .from(let day): "CASE WHEN h.state_next IS NULL THEN '-infinity' WHEN h.state_next < \(day) THEN h.state_next ELSE \(day) END"
      }
    }
  }

  /// Each array is filled in the order of an index: sorting for each would take longer than all the rest.
  private static func from(_ reach: Reach) -> SQL {
    """
    habits h
    LEFT JOIN LATERAL (
      SELECT array_agg(from_date) AS changes, array_agg(frequency) AS frequencies, array_agg(days) AS days, array_agg(times) AS times,
        array_agg(target) AS targets, array_agg(direction) AS directions, array_agg(period) AS periods
      FROM (SELECT * FROM habit_frequencies WHERE habit_id = h.id AND user_id = h.user_id ORDER BY from_date) x) f ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(id) AS ids, array_agg(from_date) AS froms, array_agg(until_date) AS untils, array_agg(reason) AS reasons,
        array_agg(kind = 'archive') AS archives, array_agg(batch IS NOT NULL) AS batches
      FROM (SELECT * FROM habit_pauses WHERE habit_id = h.id AND user_id = h.user_id ORDER BY from_date, id) x) p ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(date) AS dates, array_agg(state) AS states, array_agg(amount) AS amounts, array_agg(reason) AS skips,
        array_agg(notes <> '') AS noted
      FROM (SELECT * FROM habit_days WHERE habit_id = h.id AND user_id = h.user_id AND date >= \(reach.since) ORDER BY date) x) d ON true
    """
  }

  /// Habits of the person that the transaction is for; those that were deleted are not there.
  ///
  /// - Parameter which: a condition on `h`, and their order.
  static func mine(_ which: SQL, _ reach: Reach = .days) -> Query<Habit> {
    all("h.user_id = (SELECT me()) AND \(which)", reach)
  }

  /// The same of anybody's.
  ///
  /// - Parameter which: names their owners, too.
  static func all(_ which: SQL, _ reach: Reach) -> Query<Habit> {
    Query("SELECT \(columns), \(reach.state) FROM \(from(reach)) WHERE h.status <> 'deleted' AND \(which)", as: Habit.self)
  }

  /// Habits of anybody whose, deleted ones too, each with what its owner's days go by.
  ///
  /// - Parameter first: with entries from this date on at least.
  static func owned(_ ids: [ID<Habit>], entries first: Day, _ zones: Zones) -> Query<OwnedHabit> {
    let reach = Reach.from(first)
    return Query(
      """
      SELECT \(columns), \(reach.state), u.timezone, u.zone_rule, u.day_start, u.week_start
      FROM \(from(reach)) JOIN users u ON u.id = h.user_id WHERE h.id = ANY (\(ids))
      """
    ) { row throws(PostgresError) in try OwnedHabit(row: row, zones: zones) }
  }

  /// Those of the person that a condition names, their rows locked in the order of their ids: whoever changes a habit's days waits here for the other,
  /// and not for an import that adds older ones.
  static func find(_ which: SQL, _ web: Context) throws -> [Habit] { try find(which, beside: Reading<[Void]>(all: []), web).0 }

  /// The same with what is read beside them, once they are locked and in the same round trip.
  static func find<Beside>(_ which: SQL, beside: Reading<Beside>, _ web: Context) throws -> ([Habit], Beside) {
    _ = try web.person
    let lock = Query<ID<Habit>>(
      column: "SELECT h.id FROM habits h WHERE h.user_id = (SELECT me()) AND \(which) ORDER BY h.id FOR NO KEY UPDATE")
    let calendar = HabitCalendar(try web.person, at: web.now)
    let locked = Reading(lock, mine("\(which) ORDER BY h.id")) { $1 }
    let (found, more) = try web.db.read(together: locked, beside)
    return (try calendar.mended(found) { try web.db.rows($0) }, more)
  }
}

/// A pause as it is stored.
struct StoredPause {
  let id: ID<StoredPause>
  let from: Day
  /// Exclusive; nil: until it is resumed.
  let until: Day?
  let reason: SkipReason?
  /// The time in the archive.
  let isArchive: Bool
  /// One of those that paused everything at once.
  let isOfAll: Bool

  var dates: HabitPause { HabitPause(from: from, until: until) }
}

extension Habit {
  /// When the pause that holds a date ends; nil: it holds none, or has no end.
  func pauseEnd(on day: Day) -> Day? {
    let open = pauses.filter { $0.from <= day && $0.until.map { $0 > day } ?? true }
    return open.contains { $0.until == nil } ? nil : open.compactMap(\.until).max()
  }
}

extension Habit: FromRow {
  init(row: Row) throws(PostgresError) {
    try self.init(own: row)
    changes = try Habit.changes(row)
    pauses = try Habit.pauses(row)
    entries = try Habit.entries(row)
  }

  /// ``own`` and `past`; what belongs to it is read elsewhere.
  init(own row: Row) throws(PostgresError) {
    (changes, pauses, entries) = ([], [], [])
    id = try row("id")
    user = try row("user_id")
    name = try row("name")
    description = try row("description")
    status = try row("status")
    kind = try row("kind")
    unit = try row("unit")
    step = try row("step")
    colour = try row("colour")
    group = try row("habit_group")
    preferredTime = try row("preferred_time", as: Int?.self).flatMap { TimeOfDay(second: $0) }
    reminderProfile = try row("reminder_profile_id")
    position = try row("position")
    createdOn = try row("created_on")
    version = try row("version")
    revision = try row("revision")
    yearNext = try row("year_next")
    state = try row("past", as: [UInt8]?.self).flatMap { HabitState(bytes: $0) }
  }

  private static func changes(_ row: Row) throws(PostgresError) -> [HabitChange] {
    let from: [Day] = try row("changes") ?? []
    let frequencies: [HabitFrequency.Name] = try row("frequencies") ?? []
    let days: [Int] = try row("days") ?? []
    let times: [Int] = try row("times") ?? []
    let targets: [Amount?] = try row("targets") ?? []
    let directions: [HabitTarget.Direction] = try row("directions") ?? []
    let periods: [HabitTarget.Period] = try row("periods") ?? []
    return from.indices.map { index in
      let target = targets[index].map { HabitTarget($0, directions[index], per: periods[index]) }
      return HabitChange(
        from: from[index], HabitRule(HabitFrequency(frequencies[index], days: days[index], times: times[index]), target: target))
    }
  }

  private static func pauses(_ row: Row) throws(PostgresError) -> [StoredPause] {
    let ids: [ID<StoredPause>] = try row("ids") ?? []
    let from: [Day] = try row("froms") ?? []
    let until: [Day?] = try row("untils") ?? []
    let reasons: [SkipReason?] = try row("reasons") ?? []
    let archives: [Bool] = try row("archives") ?? []
    let batches: [Bool] = try row("batches") ?? []
    return ids.indices.map { index in
      StoredPause(
        id: ids[index], from: from[index], until: until[index], reason: reasons[index], isArchive: archives[index], isOfAll: batches[index])
    }
  }

  private static func entries(_ row: Row) throws(PostgresError) -> [HabitEntry] {
    let dates: [Day] = try row("dates") ?? []
    let marks: [HabitEntry.Mark.Name] = try row("states") ?? []
    let amounts: [Amount?] = try row("amounts") ?? []
    let reasons: [SkipReason?] = try row("skips") ?? []
    let noted: [Bool] = try row("noted") ?? []
    return dates.indices.compactMap { index in
      HabitEntry(stored: dates[index], marks[index], amounts[index], reasons[index], hasNote: noted[index])
    }
  }
}
