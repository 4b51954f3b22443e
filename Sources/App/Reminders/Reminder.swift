import Domain
import Postgres

/// Something to be reminded of, with its schedule.
struct Reminder {
  /// The columns that ``init(row:zones:)`` reads, from `reminders r JOIN schedules s`.
  static let columns: SQL = """
    r.id, r.user_id, r.habit_id, r.profile_id, r.title, r.description, r.importance, r.of_desk, r.status, r.next_at, r.last_at, r.snoozed_until, r.completed_at,
    r.version, r.created_at, s.kind, s.timezone, s.zone_rule, s.zone_lost, s.at, s.wall, s.cron, s.rule, s.rule_from, s.first_day, s.words,
    s.every_minutes, s.exclude_dates, s.exclude_weekends, \(AgainStandard.ofReminder), \(CompletionCriterion.ofReminder),
    (SELECT k.name FROM person_reminders b JOIN people k ON k.id = b.person_id AND k.user_id = b.user_id
      WHERE b.reminder_id = r.id AND b.user_id = r.user_id) AS contact
    """

  let id: ID<Reminder>
  let user: ID<User>
  /// Whose it is; its title, time and profile are then that habit's, and only there they change.
  let habit: ID<Habit>?
  let profile: ID<EscalationProfile>
  let title: String
  let description: String
  let importance: Importance
  /// Whether the desk made it, about customers or channels: of these no trusted contact is told.
  let isOfDesk: Bool
  let status: ReminderStatus
  /// The next scheduled occurrence; nil: none to come.
  let nextAt: Instant?
  /// The scheduled instant of the last occurrence that fired: intervals count from it.
  let lastAt: Instant?
  let snoozedUntil: Instant?
  let completedAt: Instant?
  let version: Int
  let createdAt: Instant
  let schedule: Schedule
  /// Whether this machine no longer knows the zone: as read here, or as the worker found while this process still has it in memory.
  let isZoneLost: Bool
  /// What the wall shows at a single time, as it was typed; nil for a series, and where it is not known.
  let wall: LocalTime?
  /// What was typed for a series, where that is not what ``schedule`` is written as.
  let words: String
  /// Of a rule made by the form's controls: the day from which it was asked for, on or before its first time.
  let firstDay: Day?
  /// Where that stood when it was stored; ``schedule`` says where it stands by the zone data of now.
  let placedAt: Instant?
  /// How long after an acknowledgement its owner is asked again where nobody says it; nil: not at all.
  let againMinutes: Int?
  /// How it is completed beside by hand.
  let criterion: CompletionCriterion
  /// With whom it is to stay in touch, by name; nil: it is about nobody.
  let contact: String?

  init(row: Row, zones: Zones) throws(PostgresError) {
    id = try row("id")
    user = try row("user_id")
    habit = try row("habit_id")
    profile = try row("profile_id")
    title = try row("title")
    description = try row("description")
    importance = try row("importance")
    isOfDesk = try row("of_desk")
    status = try row("status")
    nextAt = try row("next_at")
    lastAt = try row("last_at")
    snoozedUntil = try row("snoozed_until")
    completedAt = try row("completed_at")
    version = try row("version")
    createdAt = try row("created_at")
    schedule = try Schedule(row: row, zones: zones)
    let isLost: Bool = try row("zone_lost")
    isZoneLost = isLost || schedule.zone.isLost
    wall = try row("wall")
    words = try row("words")
    firstDay = try row("first_day")
    placedAt = try row("at")
    againMinutes = try row("again_minutes")
    criterion = try row("criterion")
    contact = try row("contact")
  }

  /// What the next occurrence counts from (``Schedule/base(planned:last:at:)``).
  func base(at now: Instant) -> Instant? { schedule.base(planned: nextAt, last: lastAt, at: now) }

  /// Whether it is completed when it is done: a single one, and a series that has come to its end.
  var endsWhenDone: Bool { !schedule.isSeries || habit == nil && nextAt == nil }

  /// The next scheduled occurrence that is still to come: of a snoozed series, the one after those that fell into the snooze.
  func coming(after now: Instant) -> Instant? {
    nextAt.flatMap { $0 > now ? $0 : schedule.following(now, last: base(at: now)) }
  }

  /// ``wall``, where the clocks skip it, so that it rings later than that (RULES 1.3).
  var skipped: LocalTime? {
    guard schedule.at != nil, let wall, case .skipped = schedule.zone.resolve(wall) else { return nil }
    return wall
  }

  /// The same for an edit to `new`, which goes on counting as long as it is the same interval; another schedule begins now.
  func base(of new: Schedule, at now: Instant) -> Instant? { schedule.kind == new.kind ? base(at: now) : nil }

  /// The person's reminder, its row locked when it is to be changed.
  ///
  /// - Throws: ``Failure/notFound`` when it is missing, deleted or somebody else's.
  static func find(_ id: ID<Reminder>, locked: Bool = false, _ web: Context) throws -> Reminder {
    let user = try web.person.id
    let query = query("\(id)", of: user, web.services.zones)
    let found = locked ? try web.db.read(lock("\(id)", of: user), query).1 : try web.db.rows(query)
    guard let reminder = found.first else { throw Failure.notFound }
    return reminder
  }

  /// The deadline that a reminder of the person's belongs to.
  static func deadline(of id: ID<Reminder>) -> Query<ID<Deadline>> {
    Query(column: "SELECT deadline_id FROM deadline_reminders WHERE reminder_id = \(id) AND user_id = (SELECT me())")
  }

  /// The one of the person's people with whom it is to stay in touch.
  static func person(of id: ID<Reminder>) -> Query<ID<KnownPerson>> {
    Query(column: "SELECT person_id FROM person_reminders WHERE reminder_id = \(id) AND user_id = (SELECT me())")
  }

  /// The event of the person's whose next time it rings for.
  static func event(of id: ID<Reminder>) -> Query<ID<Event>> {
    Query(column: "SELECT event_id FROM event_reminders WHERE reminder_id = \(id) AND user_id = (SELECT me())")
  }

  /// One reminder of its owner.
  ///
  /// - Parameter id: an id, or a query for one.
  static func query(_ id: SQL, of user: ID<User>, _ zones: Zones) -> Query<Reminder> {
    Query(
      """
      SELECT \(columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id
      WHERE r.id = \(id) AND r.user_id = \(user)
      """
    ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) }
  }
}

extension ReminderState {
  /// As the reminder stands.
  init(_ reminder: Reminder) {
    self.init(
      id: reminder.id, status: reminder.status, nextAt: reminder.nextAt, lastAt: reminder.lastAt, snoozedUntil: reminder.snoozedUntil,
      completedAt: reminder.completedAt)
  }
}

extension Schedule {
  /// Reads the schedule's columns. A zone that this machine has lost goes on by its last rule; a single time stands where the zone's clocks show
  /// what was typed, whatever zone data it was stored with; a pattern or rule that no longer parses never fires.
  init(row: Row, zones: Zones) throws(PostgresError) {
    let kindName: String = try row("kind")
    let zone = try zones.stored(row)
    let at: Instant? = try row("at")
    let wall: LocalTime? = try row("wall")
    let cron: String? = try row("cron")
    let rule: String? = try row("rule")
    let from: LocalTime? = try row("rule_from")
    let minutes: Int? = try row("every_minutes")
    let days: [Day] = try row("exclude_dates")
    let weekends: Bool = try row("exclude_weekends")
    let kind: Kind
    switch kindName {
    case "recurring": kind = Schedule.recurring(cron, rule, from)
    case "interval": kind = .interval(minutes: min(max(minutes ?? 1, 1), 525_600))
    default: kind = .once(at: Schedule.instant(at ?? .distantPast, wall, zone))
    }
    do {
      self = try Schedule(kind, zone: zone, excludedDays: Set(days), excludesWeekends: weekends)
    } catch {
      throw PostgresError.value("a schedule that cannot be: \(error)")
    }
  }

  private static func instant(_ stored: Instant, _ wall: LocalTime?, _ zone: Zone) -> Instant {
    wall.map { zone.instant($0, was: stored) } ?? stored
  }

  private static func recurring(_ cron: String?, _ rule: String?, _ from: LocalTime?) -> Kind {
    do {
      if let rule, let from { return .rule(try Recurrence(rule), from: from) }
      return .recurring(try Cron(cron ?? ""))
    } catch {
      return .once(at: .distantPast)
    }
  }

  // None of these is inlined: Swift 6.3.1's optimiser crashes on the borrowed enum where they are ("found ownership error").

  /// `once`, `recurring` or `interval`, as the form and the table name it.
  @inline(never)
  var kindName: String {
    switch kind {
    case .once: return "once"
    case .recurring, .rule: return "recurring"
    case .interval: return "interval"
    }
  }

  /// Whether more than one occurrence can come.
  @inline(never)
  var isSeries: Bool {
    if case .once = kind { return false }
    return true
  }

  /// The instant of a single time.
  @inline(never)
  var at: Instant? {
    guard case .once(let at) = kind else { return nil }
    return at
  }

  /// The pattern as it was typed.
  @inline(never)
  var cronText: String? {
    guard case .recurring(let cron) = kind else { return nil }
    return cron.text
  }

  /// The rule as it is stored.
  @inline(never)
  var ruleText: String? {
    guard case .rule(let rule, _) = kind else { return nil }
    return rule.text
  }

  /// The rule's first time by the clocks of its zone.
  @inline(never)
  var ruleFrom: LocalTime? {
    guard case .rule(_, let from) = kind else { return nil }
    return from
  }

  /// The minutes of an interval.
  @inline(never)
  var everyMinutes: Int? {
    guard case .interval(let minutes) = kind else { return nil }
    return minutes
  }

  /// The next time after `moment`, nil also when none comes within five years.
  func following(_ moment: Instant, last: Instant?) -> Instant? {
    do {
      return try next(after: moment, lastScheduled: last)
    } catch {
      return nil  // A series whose every day is excluded has an end.
    }
  }
}
