import Domain
import HTML
import Postgres
import Web

/// What a feed holds at an hour: made of nothing but the person's rows, the zone data and the hour, so that it is built once for all who read it.
struct FeedContent {
  /// How far ahead reminders are said (RULES 9.28).
  static let daysAhead: Int64 = 60
  /// How long what is called off is said to be, and what was due stays.
  static let daysBack: Int64 = 60
  /// How far back events go.
  static let eventDaysBack: Int64 = 400
  /// How many events, and how many of each other kind, a feed has at most.
  static let mostEvents = 10_000
  static let mostOthers = 2_000

  private let feed: Feed
  private let person: Person
  private let web: Context
  /// When the hour began: what a feed says changes with it, and not with each second.
  private let hour: Instant

  init(_ feed: Feed, _ person: Person, _ web: Context) {
    (self.feed, self.person, self.web) = (feed, person, web)
    hour = Instant(seconds: web.now.seconds / 3_600 * 3_600)
  }

  /// The same as long as it would be built the same.
  var stamp: String {
    let parts = [person.mark, web.services.mark, web.services.zones.version, person.zone.rule, hour.iso]
    return ContentHash.text(of: Array(parts.joined(separator: "\n").utf8))
  }

  func bytes() throws -> [UInt8] {
    // Of the year and not of the hour: how far ahead zones are described would change with each.
    let year = Day(year: Zone.utc.local(hour).day.year, month: 1, day: 1).map { Zone.utc.start(of: $0) } ?? hour
    var file = EventPublishing(EventPublishing.Options(feed.detail, hasDescriptions: feed.hasDescriptions), name: "Heed", now: year)
    for part in feed.parts {
      switch part {
      case .reminders: try addReminders(to: &file)
      case .events: try addEvents(to: &file)
      case .tasks: try add(web.db.rows(tasks), of: .task, to: &file)
      case .deadlines: try add(web.db.rows(deadlines), of: .deadline, to: &file)
      }
    }
    return file.bytes
  }

  // MARK: - Reminders

  /// Each time at which one rings is an event of its own, in UTC: what has passed goes, and what stays is as it was.
  private func addReminders(to file: inout EventPublishing) throws {
    let end = hour.advanced(days: FeedContent.daysAhead)
    let zones = web.services.zones
    let reminders = try web.db.rows(
      Query<Reminder>(
        """
        SELECT \(Reminder.columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id
        WHERE r.user_id = (SELECT me()) AND r.status IN ('active', 'snoozed') AND NOT r.of_desk
          AND (r.next_at < \(end) OR r.snoozed_until < \(end))
        ORDER BY coalesce(r.next_at, r.snoozed_until), r.id LIMIT \(FeedContent.mostOthers)
        """
      ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) })
    for reminder in reminders {
      for time in FeedTimes.of(reminder, in: hour..<end) {
        var entry = EventEntry(.quarter(time))
        entry.uid = reminder.id.text + (reminder.schedule.isSeries ? "-\(time.seconds)" : "") + "@heed"
        entry.order = EventOrder(sequence: reminder.version, stamp: reminder.createdAt)
        (entry.title, entry.description, entry.isBusy) = (reminder.title, reminder.description, false)
        entry.link = web.services.origin + Paths.reminder(reminder.id).text
        file.add(entry)
      }
    }
  }

  // MARK: - Events

  private func addEvents(to file: inout EventPublishing) throws {
    let (since, cancelled) = (hour.advanced(days: -FeedContent.eventDaysBack), hour.advanced(days: -FeedContent.daysBack))
    // Of too many the newest, and all series.
    let ids = try web.db.rows(
      Query<ID<Event>>(
        column: """
          SELECT e.id FROM events e WHERE e.user_id = (SELECT me()) AND e.deleted_at IS NULL
            AND (e.cancelled_at IS NULL OR e.cancelled_at > \(cancelled))
            AND CASE WHEN e.kept_until IS NULL THEN e.ends_at ELSE coalesce(e.series_until, 'infinity') END >= \(since)
          ORDER BY e.kept_until IS NULL, e.starts_at DESC, e.id LIMIT \(FeedContent.mostEvents)
          """))
    try PublishedEvents(web, isWhole: false, cancelledSince: cancelled).add(ids, to: &file)
  }

  // MARK: - What is due

  /// Open ones, on the date they are due: calendars that subscribe show events alone.
  private var tasks: Query<DueThing> {
    let since = person.zone.local(hour).day.advanced(by: -Int(FeedContent.daysBack))
    return Query(
      """
      SELECT t.id, t.title, t.notes, t.due, t.due_at, t.version, t.updated_at FROM tasks t
      WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.status IN ('open', 'in_progress', 'deferred')
        AND coalesce(t.due, 'infinity') >= \(since) AND coalesce(t.due, 'infinity') < 'infinity'
      ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id LIMIT \(FeedContent.mostOthers)
      """, into: DueThing.init)
  }

  /// Those that are ahead or missed, at their instant.
  private var deadlines: Query<DueThing> {
    Query(
      """
      SELECT d.id, d.title, d.description AS notes, NULL::date AS due, d.due_at, d.version, d.updated_at FROM deadlines d
      WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL AND d.status <> 'completed' AND NOT d.put_away
        AND d.due_at >= \(hour.advanced(days: -FeedContent.daysBack))
      ORDER BY d.due_at, d.id LIMIT \(FeedContent.mostOthers)
      """, into: DueThing.init)
  }

  private func add(_ things: [DueThing], of kind: ThingKind, to file: inout EventPublishing) {
    for thing in things {
      guard let times = thing.times else { continue }
      var entry = EventEntry(times)
      entry.uid = thing.id.text + "@heed"
      entry.order = EventOrder(sequence: thing.version, modified: thing.updatedAt, stamp: thing.updatedAt)
      (entry.title, entry.description, entry.isBusy) = (thing.title, thing.notes, false)
      entry.link = web.services.origin + ThingRef(kind, thing.id).path.text
      file.add(entry)
    }
  }
}

/// What has to be done by a date or an instant.
private struct DueThing {
  let id: ID<Thing>
  let title: String
  let notes: String
  let due: Day?
  let dueAt: Instant?
  let version: Int
  let updatedAt: Instant

  /// A point, where it has a time.
  var times: EventEntry.Times? {
    if let dueAt { return .clock(EventEntry.Clock(starts: Zone.utc.local(dueAt), zone: .utc)) }
    return due.map { .days($0...$0) }
  }
}

/// The times at which a reminder is going to ring.
enum FeedTimes {
  /// Of one reminder at most: one that rings every few minutes is no business of a calendar's.
  static let most = 500

  /// - Parameter range: its end is not in it.
  static func of(_ reminder: Reminder, in range: Range<Instant>) -> [Instant] {
    var found: [Instant] = []
    var cursor = range.lowerBound.advanced(microseconds: -1)
    if let until = reminder.snoozedUntil, reminder.status == .snoozed {
      if range.contains(until) { found.append(until) }
      // What falls into the snooze does not ring.
      cursor = max(cursor, until)
    }
    var base: Instant?
    if case .interval = reminder.schedule.kind { base = reminder.base(at: cursor) }
    // A few first: most have no more within two months.
    var count = 8
    while found.count < most {
      let next = reminder.schedule.upcoming(after: cursor, lastScheduled: base, count: count).filter { !$0.excluded }.map(\.instant)
      found += next.prefix { $0 < range.upperBound }
      guard let last = next.last, last < range.upperBound, next.count == count else { break }
      (cursor, count) = (last, 64)
    }
    return Array(found.prefix(most))
  }
}

extension EventEntry.Times {
  /// A quarter of an hour from an instant on, for calendars that show nothing shorter.
  fileprivate static func quarter(_ instant: Instant) -> EventEntry.Times {
    .clock(EventEntry.Clock(starts: Zone.utc.local(instant), zone: .utc, ends: Zone.utc.local(instant.advanced(minutes: 15))))
  }
}
