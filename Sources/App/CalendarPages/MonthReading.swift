import Domain
import HTML
import Postgres

/// What the cells of a month hold: of each date the first few, and how many there are.
struct MonthCells {
  struct Cell {
    var entries: [CalendarEntry] = []
    var total = 0
  }

  /// How many a cell shows.
  static let most = 3

  /// One for each date, in their order.
  private(set) var cells: [Cell]
  /// How many events there are on all dates, each once.
  let events: Int
  let isCut: Bool

  var isEmpty: Bool { cells.allSatisfy { $0.total == 0 } }

  init(_ days: Int, events: Int, isCut: Bool) {
    (cells, self.events, self.isCut) = (Array(repeating: Cell(), count: days), events, isCut)
  }

  /// Puts one onto its dates that are shown.
  mutating func add(_ entry: CalendarEntry, _ days: ClosedRange<Day>) {
    guard entry.days.overlaps(days) else { return }
    for day in entry.days.clamped(to: days) { put(entry, at: days.lowerBound.distance(to: day)) }
  }

  /// Puts one into a cell, where the first few stay.
  ///
  /// - Parameter total: how many there are that were not put there one by one.
  mutating func put(_ entry: CalendarEntry, at index: Int, standingFor total: Int = 1) {
    guard cells.indices.contains(index) else { return }
    cells[index].total += total
    cells[index].entries.append(entry)
    cells[index].entries.sort(by: CalendarEntry.before)
    if cells[index].entries.count > MonthCells.most { cells[index].entries.removeLast() }
  }

  func adding(_ entries: [CalendarEntry], _ place: CalendarPlace) -> MonthCells {
    var all = self
    for entry in entries { all.add(entry, place.days) }
    return all
  }
}

/// Reads a month: a cell shows a few of a date, so that is all that leaves the database, however full the month is.
enum MonthReading {
  /// An event on a date.
  struct Shown {
    /// Of the dates that are shown, from 1.
    let day: Int
    /// How many there are on it.
    let total: Int
    /// How many there are on all dates, each once.
    let everything: Int
    let id: ID<Event>
    let instance: LocalTime
    /// Whether its series is of whole days.
    let byDays: Bool
    let allDay: Bool
    let startsAt: Instant
    let endsAt: Instant
    let title: String
    let status: EventStatus
    let series: Bool
  }

  static func cells(_ place: CalendarPlace, _ person: Person, _ zones: Zones, _ words: Words) -> Reading<MonthCells> {
    let window = place.window
    let far = Event.mine("\(unkept(window)) ORDER BY e.starts_at, e.id LIMIT \(Event.mostUnfolded + 1)", zones)
    let overrides = StoredOverride.mine(
      """
      o.event_id IN (SELECT e.id FROM events e WHERE e.user_id = (SELECT me()) AND e.deleted_at IS NULL AND \(unkept(window))
        ORDER BY e.starts_at, e.id LIMIT \(Event.mostUnfolded + 1))
      """, zones)
    return Reading(kept(window), far, overrides) { rows, far, overrides in
      let more = unfolded(far, overrides, window)
      var cells = MonthCells(
        window.days.count, events: (rows.first?.everything ?? 0) + more.count, isCut: far.count > Event.mostUnfolded)
      var known = 0
      for row in rows {
        // The first of a date stands for those that were left in the database.
        cells.put(CalendarEntry(row, window), at: row.day - 1, standingFor: row.day == known ? 0 : row.total)
        known = row.day
      }
      for instance in more { cells.add(CalendarEntry(instance, place, person, words), window.days) }
      return cells
    }
  }

  /// What is not kept throughout the window (RULES 9.24).
  private static func unfolded(_ far: [Event], _ overrides: [StoredOverride], _ window: EventWindow) -> [ShownInstance] {
    let own = Dictionary(grouping: overrides, by: \.event)
    return far.prefix(Event.mostUnfolded).flatMap { event in
      let changes = own[event.id] ?? []
      let contents = Dictionary(changes.map { (event.key($0.instance), $0.content) }) { $1 }
      return event.series(changes).instances(on: window.days, in: window.zone, most: KeptInstances.most).map {
        ShownInstance(event, $0, contents[$0.key])
      }
    }
  }

  private static func bounds(_ window: EventWindow) -> (first: Instant, last: Instant) {
    let (instants, dates) = (window.instants, window.dates)
    return (min(instants.lowerBound, dates.lowerBound), max(instants.upperBound, dates.upperBound))
  }

  private static func isCovered(_ window: EventWindow) -> SQL {
    let (first, last) = bounds(window)
    return "e.kept_from <= \(first) AND e.kept_until >= \(last)"
  }

  private static func unkept(_ window: EventWindow) -> SQL {
    let (first, last) = bounds(window)
    return """
      e.kept_until IS NOT NULL AND NOT (\(isCovered(window))) AND (e.starts_at < \(last) AND coalesce(e.series_until, 'infinity') >= \(first)
        OR EXISTS (SELECT FROM event_overrides m WHERE m.event_id = e.id AND m.user_id = e.user_id AND m.starts IS NOT NULL))
      """
  }

  /// The first few of each date with how many it has. Which dates an event is on is told by where those begin in the reader's zone, and of whole days
  /// in UTC: the database knows no zone of ours. What a cell does not show is counted and not looked at: hence `OFFSET 0`.
  private static func kept(_ window: EventWindow) -> Query<Shown> {
    let (first, last) = bounds(window)
    let count = window.days.count
    let ends = Array(window.days) + [window.days.upperBound.advanced(by: 1)]
    let (begins, dates) = (ends.map { window.zone.start(of: $0) }, ends.map { Instant(seconds: Int64($0.number) * 86_400) })
    let early = first.advanced(hours: -48)
    return Query(
      """
      WITH near AS (
        SELECT i.event_id, i.instance, i.all_day, i.starts_at, i.ends_at FROM event_instances i
        WHERE i.user_id = (SELECT me()) AND i.starts_at >= \(early) AND i.starts_at < \(last)
        UNION ALL
        SELECT i.event_id, i.instance, i.all_day, i.starts_at, i.ends_at FROM event_instances i
        WHERE i.user_id = (SELECT me()) AND i.ends_at - i.starts_at > interval '48 hours' AND i.ends_at > \(first) AND i.starts_at < \(early)),
      found AS (
        SELECT n.event_id, n.instance, n.all_day, n.starts_at, n.ends_at,
          width_bucket(n.starts_at, CASE WHEN n.all_day THEN \(dates)::timestamptz[] ELSE \(begins)::timestamptz[] END) AS first,
          width_bucket(greatest(n.ends_at - interval '1 microsecond', n.starts_at),
            CASE WHEN n.all_day THEN \(dates)::timestamptz[] ELSE \(begins)::timestamptz[] END) AS last
        FROM near n JOIN events e ON e.id = n.event_id AND e.user_id = (SELECT me()) AND e.deleted_at IS NULL
          AND (e.kept_until IS NULL OR \(isCovered(window)))),
      touched AS (
        SELECT d.day, f.event_id, f.instance, f.all_day, f.starts_at, f.ends_at
        FROM found f CROSS JOIN LATERAL generate_series(greatest(f.first, 1), least(f.last, \(count))) AS d (day)),
      ranked AS (
        SELECT t.*, row_number() OVER (PARTITION BY t.day ORDER BY NOT t.all_day, t.starts_at, t.ends_at, t.event_id, t.instance) AS place
        FROM touched t)
      SELECT r.day, c.total, (SELECT count(*) FROM found f WHERE f.first <= \(count) AND f.last >= 1) AS everything, r.event_id AS id, r.instance,
        e.by_days, r.all_day, r.starts_at, r.ends_at, coalesce(o.title, e.title) AS title,
        CASE WHEN e.status = 'cancelled' THEN e.status ELSE coalesce(o.status, e.status) END AS status, e.series
      FROM ranked r JOIN (SELECT t.day, count(*) AS total FROM touched t GROUP BY t.day) c ON c.day = r.day
      CROSS JOIN LATERAL (
        SELECT e.title, e.status, e.all_day AS by_days, e.kept_until IS NOT NULL AS series FROM events e
        WHERE e.id = r.event_id AND e.user_id = (SELECT me()) OFFSET 0) e
      LEFT JOIN event_overrides o ON o.event_id = r.event_id AND o.instance = r.instance AND o.user_id = (SELECT me())
      WHERE r.place <= \(MonthCells.most) ORDER BY r.day, r.place
      """, into: Shown.init)
  }
}

extension CalendarEntry {
  /// As much of it as a cell of a month tells.
  fileprivate init(_ row: MonthReading.Shown, _ window: EventWindow) {
    let key = row.byDays ? InstanceKey(row.instance.day) : InstanceKey(row.instance)
    (kind, path) = (.event, row.series ? Paths.instance(row.id, key) : Paths.event(row.id))
    (title, status, isAllDay, start, end) = (row.title, row.status, row.allDay, row.startsAt, row.endsAt)
    days = EventDaysTouched(row.startsAt..<row.endsAt, in: row.allDay ? .utc : window.zone).days
    notes = []
  }
}
