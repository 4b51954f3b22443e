/// Where the times of an event lie.
public struct PlacedTimes: Hashable, Sendable {
  /// All-day: midnight UTC of its first day.
  public let start: Instant
  /// Never before the start; exclusive, but for a point. All-day: midnight UTC after its last day.
  public let end: Instant
  /// Whether the clocks skip its start or its end, so that another time is shown than it says (RULES 1.3).
  public let isMovedByClocks: Bool

  /// Whether it and a stretch of time have a moment in common; a point at the stretch's beginning does.
  public func overlaps(_ range: Range<Instant>) -> Bool {
    start < range.upperBound && (end > range.lowerBound || start >= range.lowerBound)
  }
}

extension EventTimes {
  /// The end is a clock time, too: a shift from 22:00 to 06:00 ends at 06:00 on every date. Where a gap would leave nothing of its length, or
  /// less, the length by the clock is kept (RULES 9.19).
  public var placed: PlacedTimes {
    var clocks = EventClocks(self)
    return clocks.place(start)
  }

  /// The days it touches where somebody reads it (RULES 9.20): one that ends at 00:00 does not touch that day, a point is on its own. Whole days are
  /// the same everywhere.
  public func days(in reader: Zone) -> ClosedRange<Day> {
    if isAllDay { return firstDay...max(lastDay, firstDay) }
    let placed = placed
    return EventTimes.days(from: placed.start, to: placed.end, in: reader)
  }

  /// Of an event that is not all-day.
  static func days(from start: Instant, to end: Instant, in reader: Zone) -> ClosedRange<Day> {
    let first = reader.local(start).day
    guard end > start else { return first...first }
    return first...max(first, reader.local(end.advanced(microseconds: -1)).day)
  }
}

/// Places one event's times from any start on, one after the other.
struct EventClocks {
  private let times: EventTimes
  private let length: Int64
  private var starts: WallPlacer
  private var ends: WallPlacer

  init(_ times: EventTimes) {
    (self.times, length) = (times, times.wallLength)
    (starts, ends) = (WallPlacer(times.zone), WallPlacer(times.endZone ?? times.zone))
  }

  mutating func place(_ wall: LocalTime) -> PlacedTimes {
    if times.isAllDay {
      let first = Int64(wall.day.number) * 86_400
      return PlacedTimes(start: Instant(seconds: first), end: Instant(seconds: first + length + 86_400), isMovedByClocks: false)
    }
    let (start, isStartMoved) = starts.place(wall)
    if times.end == nil { return PlacedTimes(start: start, end: start, isMovedByClocks: isStartMoved) }
    let (found, isEndMoved) = ends.place(LocalTime(wallSeconds: wall.wallSeconds + length))
    var end = found
    if let other = times.endZone {
      if end < start {
        let elapsed = length + Int64(times.zone.offset(at: start) - other.offset(at: start))
        end = start.advanced(seconds: max(elapsed, 0))
      }
    } else if length > 0, end <= start {
      end = start.advanced(seconds: length)
    }
    return PlacedTimes(start: start, end: max(end, start), isMovedByClocks: isStartMoved || isEndMoved)
  }
}

/// Places times of one zone; while they keep away from its clock changes, each costs a subtraction.
private struct WallPlacer {
  private let zone: Zone
  private var offset: Int64 = 0
  /// On the wall: where `offset` is the only one.
  private var known: Range<Int64> = 0..<0

  /// More than any two clocks of a zone can differ by.
  private static let margin: Int64 = 3 * 86_400

  init(_ zone: Zone) { self.zone = zone }

  /// - Returns: also whether the clocks skip it.
  mutating func place(_ wall: LocalTime) -> (instant: Instant, isSkipped: Bool) {
    let seconds = wall.wallSeconds
    if known.contains(seconds) { return (Instant(seconds: seconds - offset), false) }
    switch zone.resolve(wall) {
    case .skipped(let instant): return (instant, true)
    case .twice(let instant, _): return (instant, false)
    case .once(let instant):
      let span = zone.table.span(at: instant.seconds)
      offset = Int64(span.clock.offset)
      let first = (span.start ?? -1_000_000_000_000) + offset + WallPlacer.margin
      let last = (span.end ?? 1_000_000_000_000) + offset - WallPlacer.margin
      known = first..<max(first, last)
      return (instant, false)
    }
  }
}
