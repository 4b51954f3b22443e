import Domain
import HTML
import Postgres

/// The days that a page shows, where its reader is.
struct EventWindow {
  let days: ClosedRange<Day>
  let zone: Zone

  /// When they begin and end there.
  var instants: Range<Instant> {
    let begin = zone.start(of: days.lowerBound)
    return begin..<max(begin, zone.start(of: days.upperBound.advanced(by: 1)))
  }

  /// The same of all-day events, which stand as if in UTC.
  var dates: Range<Instant> {
    Instant(seconds: Int64(days.lowerBound.number) * 86_400)..<Instant(seconds: Int64(days.upperBound.number + 1) * 86_400)
  }
}

/// One instance of an event as lists and calendars show it, however it was found.
struct ShownInstance {
  let event: ID<Event>
  let key: InstanceKey
  let title: String
  let type: EventType
  let status: EventStatus
  let visibility: EventVisibility
  let busy: Bool
  /// 1 to 10.
  let importance: Int
  let isAllDay: Bool
  /// All-day: midnight UTC of its first day.
  let start: Instant
  /// Exclusive, but for a point. All-day: midnight UTC after its last day.
  let end: Instant
  /// Of its start; UTC when all-day.
  let zone: Zone
  /// Of its end: of a flight another.
  let endZone: Zone
  let location: String
  let place: ID<Place>?
  let placeName: String?
  let virtualURL: String
  /// Whether there may be others of its event.
  let isSeries: Bool
  /// Whether it is otherwise than its series.
  let isChanged: Bool
  /// Whether the clocks skip what it says, so that another time is shown (RULES 1.3).
  let isMovedByClocks: Bool

  /// Its page.
  var path: Path { isSeries ? Paths.instance(event, key) : Paths.event(event) }

  /// "Room 7, Clinic", as far as there is any.
  var whereabouts: String? {
    let parts = [placeName, location.utf8.isEmpty ? nil : location].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The days it touches where somebody reads it (RULES 9.20): one that ends at 00:00 does not touch that day, a point is on its own.
  func days(in reader: Zone) -> ClosedRange<Day> {
    let clocks = isAllDay ? Zone.utc : reader
    let first = clocks.local(start).day
    guard end > start else { return first...first }
    return first...max(first, clocks.local(end.advanced(microseconds: -1)).day)
  }

  /// Whether they have a moment in common: a point at the beginning of the other one does.
  func overlaps(_ other: ShownInstance) -> Bool {
    guard isAllDay == other.isAllDay else { return false }
    return start < other.end && other.start < end || start == other.start
  }

  /// Whether its time is taken for sure (RULES 9.20).
  var isBusy: Bool { busy && status == .confirmed }
}

/// What of a window there is.
struct ShownEvents {
  /// All-day ones first, then by start.
  let instances: [ShownInstance]
  /// Whether there are series that were not unfolded, for there are too many.
  let isCut: Bool
}

/// Finds instances: the kept ones, and unfolds what is not kept of the days that a page shows (RULES 9.24).
enum EventReading {
  /// All instances that overlap a window of days where its reader is, those that are called off too: three statements.
  ///
  /// - Parameter which: a further condition on the event `e`: that it is at a place, that somebody is there.
  static func shown(_ window: EventWindow, where which: SQL = "true", _ zones: Zones) -> Reading<ShownEvents> {
    let (kept, far) = (kept(window, which, zones), unkept(window, which, zones))
    return Reading(kept, far, StoredOverride.mine("o.event_id IN (\(ids(window, which)))", zones)) { kept, far, overrides in
      combined(window, kept, far, overrides)
    }
  }

  private static func combined(
    _ window: EventWindow, _ kept: [ShownInstance], _ far: [Event], _ overrides: [StoredOverride]
  ) -> ShownEvents {
    let unfolded = far.prefix(Event.mostUnfolded)
    let own = Dictionary(grouping: overrides, by: \.event)
    var found = kept
    for event in unfolded {
      let changes = own[event.id] ?? []
      let contents = Dictionary(changes.map { (event.key($0.instance), $0.content) }) { $1 }
      found += event.series(changes).instances(on: window.days, in: window.zone, most: KeptInstances.most).map {
        ShownInstance(event, $0, contents[$0.key])
      }
    }
    return ShownEvents(instances: found.sorted(by: before), isCut: far.count > unfolded.count)
  }

  /// All-day first; what begins alike by its end, then in any lasting order.
  static func before(_ left: ShownInstance, _ right: ShownInstance) -> Bool {
    if left.isAllDay != right.isAllDay { return left.isAllDay }
    return (left.start, left.end, left.event, left.key) < (right.start, right.end, right.event, right.key)
  }

  /// Those of series that are not kept throughout the window are left to ``unkept(_:_:_:)``.
  private static func kept(_ window: EventWindow, _ which: SQL, _ zones: Zones) -> Query<ShownInstance> {
    let (instants, dates) = (window.instants, window.dates)
    let (first, last) = (min(instants.lowerBound, dates.lowerBound), max(instants.upperBound, dates.upperBound))
    // What began up to two days before is found by its start, what lasts longer by its end.
    let found: SQL = """
      (SELECT i.event_id, i.instance, i.all_day, i.starts_at, i.ends_at FROM event_instances i
        WHERE i.user_id = (SELECT me()) AND i.starts_at >= \(first.advanced(hours: -48)) AND i.starts_at < \(last)
      UNION
      SELECT i.event_id, i.instance, i.all_day, i.starts_at, i.ends_at FROM event_instances i
        WHERE i.user_id = (SELECT me()) AND i.ends_at - i.starts_at > interval '48 hours' AND i.ends_at > \(first) AND i.starts_at < \(last))
      """
    return Query(
      """
      SELECT e.id, i.instance, i.all_day, i.starts_at, i.ends_at, coalesce(o.title, e.title) AS title, coalesce(o.type, e.type) AS type,
        CASE WHEN e.status = 'cancelled' THEN e.status ELSE coalesce(o.status, e.status) END AS status,
        coalesce(o.visibility, e.visibility) AS visibility, coalesce(o.busy, e.busy) AS busy, coalesce(o.importance, e.importance) AS importance,
        coalesce(o.zone, e.zone) AS zone, coalesce(o.ends_zone, e.ends_zone) AS ends_zone,
        coalesce(o.location, e.location) AS location, p.id AS place_id, p.name AS place_name,
        coalesce(o.virtual_url, e.virtual_url) AS virtual_url, e.kept_until IS NOT NULL AS series, o.event_id IS NOT NULL AS changed,
        o.starts IS NOT NULL AS moved, e.all_day AS by_days
      FROM \(found) i JOIN events e ON e.id = i.event_id AND e.user_id = (SELECT me()) AND e.deleted_at IS NULL
      LEFT JOIN event_overrides o ON o.event_id = i.event_id AND o.instance = i.instance AND o.user_id = (SELECT me())
      LEFT JOIN places p ON p.id = coalesce(o.place_id, e.place_id) AND NOT coalesce(o.no_place, false)
        AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
      WHERE CASE WHEN i.all_day THEN i.starts_at < \(dates.upperBound) AND i.ends_at > \(dates.lowerBound)
          ELSE i.starts_at < \(instants.upperBound) AND (i.ends_at > \(instants.lowerBound) OR i.starts_at >= \(instants.lowerBound)) END
        AND (e.kept_until IS NULL OR \(isCovered(first, last))) AND \(which)
      """
    ) { row throws(PostgresError) in try ShownInstance(row: row, zones) }
  }

  /// Series that may have something in the window and are not kept throughout it: one more than are unfolded.
  private static func unkept(_ window: EventWindow, _ which: SQL, _ zones: Zones) -> Query<Event> {
    Event.mine("e.id IN (\(ids(window, which))) ORDER BY e.starts_at, e.id", zones)
  }

  private static func ids(_ window: EventWindow, _ which: SQL) -> SQL {
    let (instants, dates) = (window.instants, window.dates)
    let (first, last) = (min(instants.lowerBound, dates.lowerBound), max(instants.upperBound, dates.upperBound))
    return """
      SELECT e.id FROM events e WHERE e.user_id = (SELECT me()) AND e.kept_until IS NOT NULL AND e.deleted_at IS NULL
        AND NOT (\(isCovered(first, last))) AND \(which)
        AND (e.starts_at < \(last) AND coalesce(e.series_until, 'infinity') >= \(first)
          OR EXISTS (SELECT FROM event_overrides m WHERE m.event_id = e.id AND m.user_id = e.user_id AND m.starts IS NOT NULL))
      ORDER BY e.starts_at, e.id LIMIT \(Event.mostUnfolded + 1)
      """
  }

  private static func isCovered(_ first: Instant, _ last: Instant) -> SQL { "e.kept_from <= \(first) AND e.kept_until >= \(last)" }
}

extension ShownInstance {
  /// One that is kept.
  fileprivate init(row: Row, _ zones: Zones) throws(PostgresError) {
    let (wall, byDays): (LocalTime, Bool) = (try row("instance"), try row("by_days"))
    event = try row("id")
    key = byDays ? InstanceKey(wall.day) : InstanceKey(wall)
    title = try row("title")
    type = try row("type")
    status = try row("status")
    visibility = try row("visibility")
    busy = try row("busy")
    importance = try row("importance")
    let allDay: Bool = try row("all_day")
    isAllDay = allDay
    let begin: Instant = try row("starts_at")
    start = begin
    end = try row("ends_at")
    let name: String = try row("zone")
    let clocks = allDay ? Zone.utc : zones.zone(name) ?? Zone(unknown: name)
    zone = clocks
    let endName: String = try row("ends_zone")
    endZone = allDay || endName.utf8.isEmpty ? clocks : zones.zone(endName) ?? Zone(unknown: endName)
    location = try row("location")
    place = try row("place_id")
    placeName = try row("place_name")
    virtualURL = try row("virtual_url")
    isSeries = try row("series")
    isChanged = try row("changed")
    let isMoved: Bool = try row("moved")
    isMovedByClocks = !allDay && !isMoved && clocks.local(begin) != wall
  }

  /// One that was unfolded.
  ///
  /// - Parameter content: what it says otherwise; nil: nothing.
  init(_ event: Event, _ instance: EventInstance, _ content: OverrideContent?) {
    let own = content ?? OverrideContent()
    (self.event, key) = (event.id, instance.key)
    (title, type) = (own.title ?? event.title, own.type ?? event.type)
    status = event.status == .cancelled ? .cancelled : own.status ?? event.status
    (visibility, busy, importance) = (own.visibility ?? event.visibility, own.busy ?? event.busy, own.importance ?? event.importance)
    (isAllDay, start, end, zone) = (instance.times.isAllDay, instance.start, instance.end, instance.times.zone)
    endZone = instance.times.endZone ?? instance.times.zone
    location = own.location ?? event.location
    place = own.hasNoPlace ? nil : own.place ?? event.place
    placeName = !own.hasNoPlace && (own.place == nil || own.place == event.place) ? event.placeName : nil
    virtualURL = own.virtualURL ?? event.virtualURL
    (isSeries, isChanged, isMovedByClocks) = (event.isSeries, instance.isChanged, instance.isMovedByClocks)
  }
}
