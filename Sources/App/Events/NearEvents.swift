import Domain
import HTML
import Postgres

/// The next events, and the last ones, of somebody or at a place: for their page.
struct NearEvents {
  let coming: [NearEvent]
  /// The last first.
  let past: [NearEvent]
  let calendar = Paths.calendar

  /// How many of either stand there.
  static let most = 5

  /// Of what is kept of them (RULES 9.24), those that go on now among the next; cancelled ones are not there.
  ///
  /// - Parameter events: SELECT of the ids of events, of which there may be thousands.
  static func reading(_ events: SQL, _ person: Person, _ clock: PageClock) -> Reading<NearEvents> {
    // A page is good for the quarter of an hour: so it is the same to the byte.
    let now = clock.now.quarterHour
    clock.keep(within: now..<now.advanced(minutes: 15))
    let today = clock.day(in: person.zone)
    return Reading(
      rows(events, "i.ends_at > \(now)", "i.starts_at, i.event_id"), rows(events, "i.ends_at <= \(now)", "i.starts_at DESC, i.event_id")
    ) {
      coming, past in
      NearEvents(
        coming: coming.map { NearEvent($0, person, today: today) }, past: past.map { NearEvent($0, person, today: today) })
    }
  }

  private static func rows(_ events: SQL, _ which: SQL, _ order: SQL) -> Query<NearEvent.Stored> {
    Query(
      """
      SELECT e.id, i.instance, e.all_day AS by_days, i.all_day, i.starts_at, i.ends_at, coalesce(o.title, e.title) AS title,
        e.kept_until IS NOT NULL AS series
      FROM event_instances i JOIN events e ON e.id = i.event_id AND e.user_id = (SELECT me()) AND e.deleted_at IS NULL
      LEFT JOIN event_overrides o ON o.event_id = i.event_id AND o.instance = i.instance AND o.user_id = (SELECT me())
      WHERE i.user_id = (SELECT me()) AND i.event_id IN (\(events)) AND \(which)
        AND e.status <> 'cancelled' AND coalesce(o.status, e.status) <> 'cancelled'
      ORDER BY \(order) LIMIT \(most)
      """, into: NearEvent.Stored.init)
  }

  var isEmpty: Bool { coming.isEmpty && past.isEmpty }
  var hasPast: Bool { !past.isEmpty }
}

/// One of them.
struct NearEvent {
  let path: Path
  let title: String
  /// As machines read when it is.
  let iso: String
  /// "Tue 10 Mar, 09:00–10:00".
  let when: String

  struct Stored {
    let id: ID<Event>
    let instance: LocalTime
    /// Whether its series is of whole days.
    let byDays: Bool
    let allDay: Bool
    let startsAt: Instant
    let endsAt: Instant
    let title: String
    let series: Bool
  }

  init(_ row: Stored, _ person: Person, today: Day) {
    let key = row.byDays ? InstanceKey(row.instance.day) : InstanceKey(row.instance)
    path = row.series ? Paths.instance(row.id, key) : Paths.event(row.id)
    title = row.title
    let span = row.startsAt..<row.endsAt
    let days = EventDaysTouched(span, in: row.allDay ? .utc : person.zone).days
    iso = row.allDay ? days.lowerBound.iso : row.startsAt.iso
    when =
      row.allDay
      ? EventSpanWords.text(days, person.language, today: today) : EventSpanWords.text(span, in: person.zone, person.language, today: today)
  }
}
