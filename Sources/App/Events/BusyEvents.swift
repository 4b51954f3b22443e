import Domain
import Postgres

/// What is on in some hours and takes their time for sure: confirmed, not marked free, and all-day only where that is marked busy (RULES 9.20).
/// Of the kept instances, which hold the days around now whole.
struct BusyEvents {
  let isAllDay: Bool
  let startsAt: Instant
  let endsAt: Instant

  /// - Parameter hours: some day's, or days'.
  static func within(_ hours: Range<Instant>, of person: Person) -> Reading<[Range<Instant>]> {
    Reading(rows: query(hours)).map { found in found.map { $0.span(in: person.zone) }.filter { $0.overlaps(hours) } }
  }

  /// All-day ones stand as if in UTC, so that a day more is looked at on either side.
  private static func query(_ hours: Range<Instant>) -> Query<BusyEvents> {
    let (first, last) = (hours.lowerBound.advanced(hours: -24), hours.upperBound.advanced(hours: 24))
    return Query(
      """
      SELECT i.all_day, i.starts_at, i.ends_at
      FROM (
        SELECT n.event_id, n.instance, n.all_day, n.starts_at, n.ends_at FROM event_instances n
          WHERE n.user_id = (SELECT me()) AND n.starts_at >= \(first.advanced(hours: -48)) AND n.starts_at < \(last)
        UNION
        SELECT n.event_id, n.instance, n.all_day, n.starts_at, n.ends_at FROM event_instances n
          WHERE n.user_id = (SELECT me()) AND n.ends_at - n.starts_at > interval '48 hours' AND n.ends_at > \(first) AND n.starts_at < \(last)) i
      JOIN events e ON e.id = i.event_id AND e.user_id = (SELECT me()) AND e.deleted_at IS NULL AND e.status <> 'cancelled'
      LEFT JOIN event_overrides o ON o.event_id = i.event_id AND o.instance = i.instance AND o.user_id = (SELECT me())
      WHERE i.ends_at > \(first) AND coalesce(o.status, e.status) = 'confirmed' AND coalesce(o.busy, e.busy)
      """, into: BusyEvents.init)
  }

  private func span(in zone: Zone) -> Range<Instant> {
    if !isAllDay { return startsAt..<max(startsAt, endsAt) }
    let first = Zone.utc.local(startsAt).day
    return FreeTimes.whole(first...max(first, Zone.utc.local(endsAt.advanced(microseconds: -1)).day), in: zone)
  }
}
