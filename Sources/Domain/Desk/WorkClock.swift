/// Adds the working time of a desk: its hours by the clocks of its place, without the days it is closed (RULES 6.14).
///
/// Counted is elapsed time while the clocks there show working hours: an hour that they skip has no minutes, one that they show twice has
/// twice as many. Nothing here reads a clock.
public struct WorkClock: Sendable {
  public let hours: OpeningHours
  public let zone: Zone
  /// Local dates without any hours.
  public let closed: Set<Day>

  public init(_ hours: OpeningHours, in zone: Zone, closed: Set<Day> = []) {
    (self.hours, self.zone, self.closed) = (hours, zone, closed)
  }

  /// How far ahead is looked, in days: what is not reached by then is not reached.
  private static let horizon = 5 * 366

  /// The first instant by which `minutes` of work have passed since `start`: the `late-at` of a message that came then.
  ///
  /// What came outside of the hours begins with the next opening, which is also the answer for no minutes at all. Work that ends
  /// exactly with the hours ends when they close, not when they open again.
  ///
  /// - Returns: nil when that is more than five years away, or never.
  public func instant(after start: Instant, minutes: Int) -> Instant? {
    let (need, overflow) = Int64(max(minutes, 0)).multipliedReportingOverflow(by: 60_000_000)
    if overflow { return nil }
    var left = need
    var reached: Instant?
    eachOpening(from: start, until: start.advanced(days: Self.horizon)) { opening in
      let length = opening.upperBound.microseconds - opening.lowerBound.microseconds
      if left <= length { reached = opening.lowerBound.advanced(microseconds: left) }
      left -= length
      return reached == nil
    }
    return reached
  }

  /// How much work passes from `start` to `end`, in whole seconds, rounded down; 0 when `end` is not later.
  public func seconds(from start: Instant, until end: Instant) -> Int64 {
    var sum: Int64 = 0
    eachOpening(from: start, until: end) { opening in
      sum += opening.upperBound.microseconds - opening.lowerBound.microseconds
      return true
    }
    return sum / 1_000_000
  }

  public func isOpen(at instant: Instant) -> Bool {
    let local = zone.local(instant)
    return !closed.contains(local.day) && hours.spans(on: local.day.weekday).contains { $0.holds(minute: local.time.second / 60) }
  }

  /// `instant` itself while it is open, else when it opens next; nil when that is more than five years away, or never.
  public func opening(notBefore instant: Instant) -> Instant? { self.instant(after: instant, minutes: 0) }

  /// Calls `body` for each stretch of working time in order, until it says false. Two that touch may come apart.
  private func eachOpening(from start: Instant, until end: Instant, _ body: (Range<Instant>) -> Bool) {
    var cursor = start.seconds
    let limit = end.seconds + 1
    // One stretch after the other in which the clocks run evenly: there a time of day is an instant.
    while cursor < limit {
      let span = zone.table.span(at: cursor)
      let stop = min(span.end ?? limit, limit)
      let offset = Int64(span.clock.offset)
      var day = floorDivide(cursor + offset, 86_400)
      while day * 86_400 - offset < stop {
        let midnight = day * 86_400 - offset
        for hours in open(on: day) {
          let from = max(Instant(seconds: max(midnight + Int64(hours.from) * 60, cursor)), start)
          let until = min(Instant(seconds: min(midnight + Int64(hours.until) * 60, stop)), end)
          if from < until, !body(from..<until) { return }
        }
        day += 1
      }
      cursor = stop
    }
  }

  private func open(on day: Int64) -> [OpeningHours.Span] {
    let spans = hours.week[Int(floorModulo(day + 3, 7))]
    return spans.isEmpty || !closed.isEmpty && closed.contains(Day(Int(day))) ? [] : spans
  }
}
