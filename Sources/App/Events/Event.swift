import Domain
import Postgres

extension EventType: Bindable, FromColumn {}

/// How sure it is that an event takes place.
enum EventStatus: String, CaseIterable, Bindable, FromColumn { case tentative, confirmed, cancelled }

/// Whether those who may look at the calendar learn what an event is.
enum EventVisibility: String, CaseIterable, Bindable, FromColumn { case `private`, `public` }

/// What takes place at a time, once or again and again, as stored (RULES 9.4, 9.19).
struct Event {
  let id: ID<Event>
  let user: ID<User>
  let title: String
  /// Markdown.
  let description: String
  let type: EventType
  let status: EventStatus
  let visibility: EventVisibility
  /// Whether its time is taken.
  let busy: Bool
  /// 1 to 10.
  let importance: Int
  /// Of the first of a series, by the clocks of now.
  let times: EventTimes
  /// Where these lay when they were stored; all-day ones as if in UTC, the end exclusive.
  let startsAt: Instant
  let endsAt: Instant
  /// RRULE; empty: once.
  let rule: String
  /// As typed; empty: controls or a file made it.
  let ruleWords: String
  let countsStart: Bool
  let rdates: [SeriesDate]
  let exdates: [SeriesDate]
  /// Of a series when its last ends; nil: it has no end, or is none.
  let seriesUntil: Instant?
  /// The series that this one was cut off from.
  let continues: ID<Event>?
  let location: String
  let place: ID<Place>?
  /// nil: it has none, or that is in the trash.
  let placeName: String?
  let virtualURL: String
  let remindMonths: Int?
  let remindSeconds: Int?
  /// Second of the day.
  let remindTime: Int?
  /// As typed.
  let remindWords: String
  /// nil: by its importance.
  let profile: ID<EscalationProfile>?
  let bellAt: Instant?
  /// As other calendars know it; empty: by its id.
  let uid: String
  let sequence: Int
  let cancelledAt: Instant?
  let isPrivate: Bool
  /// `manual`, `import:ics`, `calendar:…`: where it came from first.
  let source: String
  let createdAt: Instant
  let updatedAt: Instant
  let version: Int
  let revision: Int
  /// In the order of their letters.
  let tags: [String]

  /// What it is about, for the audit log.
  static let subject = "event"
  /// Of how many series a page unfolds what is not kept (RULES 9.24).
  static let mostUnfolded = 500

  private static let columns: Columns = """
    e.id, e.user_id, e.title, e.description, e.type, e.status, e.visibility, e.busy, e.importance, e.all_day, e.starts, e.ends, e.zone,
    e.ends_zone, e.starts_at, e.ends_at, e.rule, e.rule_words, e.counts_start, e.rdates, e.exdates, e.series_until, e.continues, e.location,
    e.place_id, e.virtual_url, e.remind_months, e.remind_seconds, e.remind_time, e.remind_words, e.profile_id, e.bell_at, e.uid, e.sequence,
    e.cancelled_at, e.private, e.source, e.created_at, e.updated_at, e.version, e.revision
    """

  private static let joined: SQL = """
    (SELECT p.name FROM places p WHERE p.id = e.place_id AND p.user_id = e.user_id AND p.deleted_at IS NULL) AS place_name,
    ARRAY(SELECT g.tag FROM tags g WHERE g.thing = e.id AND g.user_id = e.user_id ORDER BY g.tag_norm) AS tags
    """

  /// Events of the person that the transaction is for; those in the trash are not there.
  ///
  /// - Parameter which: a condition on `e`, and their order.
  static func mine(_ which: SQL, _ zones: Zones) -> Query<Event> {
    Query("SELECT \(columns), \(joined) FROM events e WHERE e.user_id = (SELECT me()) AND e.deleted_at IS NULL AND \(which)") {
      row throws(PostgresError) in try Event(row: row, zones)
    }
  }

  /// The same of anybody, for a worker, those in the trash too.
  ///
  /// - Parameter which: a condition on `e`, and their order.
  static func all(_ which: SQL, _ zones: Zones) -> Query<Event> {
    Query("SELECT \(columns), \(joined) FROM events e WHERE \(which)") { row throws(PostgresError) in try Event(row: row, zones) }
  }

  init(row: Row, _ zones: Zones) throws(PostgresError) {
    id = try row("id")
    user = try row("user_id")
    title = try row("title")
    description = try row("description")
    type = try row("type")
    status = try row("status")
    visibility = try row("visibility")
    busy = try row("busy")
    importance = try row("importance")
    times = try EventTimes(row: row, zones)
    startsAt = try row("starts_at")
    endsAt = try row("ends_at")
    rule = try row("rule")
    ruleWords = try row("rule_words")
    countsStart = try row("counts_start")
    rdates = try Event.dates("rdates", row, zones)
    exdates = try Event.dates("exdates", row, zones)
    seriesUntil = try row("series_until")
    continues = try row("continues")
    location = try row("location")
    place = try row("place_id")
    placeName = try row("place_name")
    virtualURL = try row("virtual_url")
    remindMonths = try row("remind_months")
    remindSeconds = try row("remind_seconds")
    remindTime = try row("remind_time")
    remindWords = try row("remind_words")
    profile = try row("profile_id")
    bellAt = try row("bell_at")
    uid = try row("uid")
    sequence = try row("sequence")
    cancelledAt = try row("cancelled_at")
    isPrivate = try row("private")
    source = try row("source")
    createdAt = try row("created_at")
    updatedAt = try row("updated_at")
    version = try row("version")
    revision = try row("revision")
    tags = try row("tags")
  }

  private static func dates(_ column: StaticString, _ row: Row, _ zones: Zones) throws(PostgresError) -> [SeriesDate] {
    let texts: [String] = try row(column)
    return texts.compactMap { SeriesDate($0, zone: { zones.zone($0) }) }
  }

  /// As links, relationships and the log of events name it.
  var ref: ThingRef { ThingRef(.event, of: id) }

  /// Whether it can have more than one instance.
  var isSeries: Bool { !rule.utf8.isEmpty || !rdates.isEmpty }

  /// The name of the instance that begins then by the clock of the series.
  func key(_ wall: LocalTime) -> InstanceKey { times.isAllDay ? InstanceKey(wall.day) : InstanceKey(wall) }

  /// nil: it has none, or one of a newer program.
  var recurrence: Recurrence? {
    if rule.utf8.isEmpty { return nil }
    return try? Recurrence(event: rule, isStored: true)  // Written by us.
  }

  /// It with its rule and what was changed of single instances, to be unfolded.
  func series(_ overrides: [StoredOverride] = []) -> EventSeries {
    EventSeries(
      times, rule: recurrence, rdates: rdates, exdates: exdates,
      overrides: overrides.filter { $0.event == id }.map { $0.override(of: self) },
      countsStart: countsStart)
  }

  /// So long before each instance it rings; nil: not at all.
  var rings: DeadlineReminder.Offset? {
    guard let remindMonths, let remindSeconds else { return nil }
    return DeadlineReminder.Offset(months: remindMonths, seconds: remindSeconds, time: remindTime.flatMap { TimeOfDay(second: $0) })
  }

  /// As a feed and other calendars know it.
  var knownAs: String { uid.utf8.isEmpty ? id.text + "@heed" : uid }
}

extension EventTimes {
  /// Of the columns `all_day`, `starts`, `ends`, `zone`, `ends_zone`. A zone that this machine does not know any more is read as if it were UTC.
  init(row: Row, _ zones: Zones) throws(PostgresError) {
    let (isAllDay, starts, ends): (Bool, LocalTime, LocalTime?) = (try row("all_day"), try row("starts"), try row("ends"))
    let (zone, other): (String, String) = (try row("zone"), try row("ends_zone"))
    self = try EventTimes.stored(isAllDay, starts, ends, zone, other, zones)
  }

  /// - Parameter other: of the end; empty: the same.
  static func stored(
    _ isAllDay: Bool, _ starts: LocalTime, _ ends: LocalTime?, _ zone: String, _ other: String, _ zones: Zones
  ) throws(PostgresError) -> EventTimes {
    let place = zones.zone(zone) ?? Zone(unknown: zone)
    let there = other.utf8.isEmpty ? nil : zones.zone(other) ?? Zone(unknown: other)
    do throws(EventTimesError) {
      if isAllDay { return try EventTimes(allDay: starts.day, through: ends?.day) }
      return try EventTimes(from: starts, to: ends, zone: place, endZone: there)
    } catch {
      // New zone data have put the end of a flight before its start: it is a point then.
      guard let point = try? EventTimes(from: starts, zone: place) else { throw PostgresError.value("times that no event has") }
      return point
    }
  }
}
