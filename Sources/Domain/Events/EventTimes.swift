/// When an event is, by the clocks on its walls (RULES 9.4 and 9.19): from a time to a time, each where its own clock hangs, or whole days.
///
/// Kept as they were typed and placed anew when the zone data change. Two of them are equal when all of that is.
public struct EventTimes: Hashable, Sendable {
  /// Midnight of the first day, when all-day.
  public let start: LocalTime
  /// Nil: a point. All-day: midnight of the last day, which still belongs to it.
  public let end: LocalTime?
  /// Of the start; UTC when all-day, where no zone counts.
  public let zone: Zone
  /// Of the end, when that is another: a flight.
  public let endZone: Zone?
  public let isAllDay: Bool

  /// The longest event, in days.
  public static let longestDays = 366

  /// - Parameter endZone: nil: the zone of the start.
  /// - Throws: ``EventTimesError``. An end at the start is allowed.
  public init(from start: LocalTime, to end: LocalTime? = nil, zone: Zone, endZone: Zone? = nil) throws(EventTimesError) {
    self.init(start, end, zone, endZone == zone || end == nil ? nil : endZone, isAllDay: false)
    guard let end else { return }
    var length = end.wallSeconds - start.wallSeconds
    if let other = self.endZone { length = other.instant(end).seconds - zone.instant(start).seconds }
    if length < 0 { throw .endBeforeStart }
    if length > Int64(EventTimes.longestDays) * 86_400 { throw .tooLong }
  }

  /// - Parameter last: inclusive; nil: the first.
  /// - Throws: ``EventTimesError``.
  public init(allDay first: Day, through last: Day? = nil) throws(EventTimesError) {
    let last = last ?? first
    if last < first { throw .endBeforeStart }
    if first.distance(to: last) >= EventTimes.longestDays { throw .tooLong }
    self.init(LocalTime(day: first, time: .midnight), LocalTime(day: last, time: .midnight), .utc, nil, isAllDay: true)
  }

  private init(_ start: LocalTime, _ end: LocalTime?, _ zone: Zone, _ endZone: Zone?, isAllDay: Bool) {
    (self.start, self.end, self.zone, self.endZone, self.isAllDay) = (start, end, zone, endZone, isAllDay)
  }

  /// From its first day to its last, by its own clocks; the day of an end at midnight is one of them.
  public var firstDay: Day { start.day }
  public var lastDay: Day { end?.day ?? start.day }

  /// From the start to the end by the clock, in seconds; the zones' difference is in it. Below zero on a flight to the west.
  var wallLength: Int64 { (end ?? start).wallSeconds - start.wallSeconds }

  /// As long by the clock, from another time on; of all-day ones the day counts.
  public func moved(to wall: LocalTime) -> EventTimes {
    let from = isAllDay ? LocalTime(day: wall.day, time: .midnight) : wall
    return EventTimes(from, end.map { _ in LocalTime(wallSeconds: from.wallSeconds + wallLength) }, zone, endZone, isAllDay: isAllDay)
  }

  /// By other clocks: the same times on the wall; an end of its own zone keeps that.
  func hung(in zone: Zone) -> EventTimes {
    isAllDay ? self : EventTimes(start, end, zone, endZone == zone ? nil : endZone, isAllDay: false)
  }
}

/// Why these times are no event's.
public enum EventTimesError: Error, Hashable, Sendable {
  /// In two zones the instants are compared.
  case endBeforeStart
  /// Longer than ``EventTimes/longestDays``.
  case tooLong
}

/// What kind of event it is.
public enum EventType: String, CaseIterable, Hashable, Sendable {
  case meeting, call, travel, deadline

  /// When one ends of which no end was said: an hour later by the clock for a meeting and a call, else never, it is a point (RULES 9.19).
  public func standardEnd(after start: LocalTime) -> LocalTime? {
    switch self {
    case .meeting, .call: LocalTime(wallSeconds: start.wallSeconds + 3_600)
    case .travel, .deadline: nil
    }
  }
}
