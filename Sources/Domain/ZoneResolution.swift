extension Zone {
  /// What a time on the wall means.
  public enum Resolution: Hashable, Sendable {
    /// The clocks show it once.
    case once(Instant)
    /// The clocks jump over it. Read with the offset before the gap (RFC 5545, 3.3.5): 02:30 becomes what they show as 03:30.
    case skipped(Instant)
    /// The clocks show it twice, at these two instants, the earlier first.
    case twice(Instant, Instant)
  }

  public func resolve(_ local: LocalTime) -> Resolution {
    let wall = local.wallSeconds
    var first: Int64?
    var beforeGap: Int64?
    // Every span of constant offset that this wall time could fall in. There are seldom more than two.
    var span = table.span(at: wall - ZoneTable.greatestOffset)
    while true {
      let candidate = wall - Int64(span.clock.offset)
      let isAfterStart = span.start.map { $0 <= candidate } ?? true
      let isBeforeEnd = span.end.map { candidate < $0 } ?? true
      if isAfterStart && isBeforeEnd {
        if let first { return .twice(Instant(seconds: first), Instant(seconds: candidate)) }
        first = candidate
      } else if isAfterStart {
        // Past the end of this span; if the next ones do not show it, the gap is at this end.
        beforeGap = candidate
      }
      guard let end = span.end, end <= wall - ZoneTable.leastOffset else { break }
      span = table.span(at: end)
    }
    if let first { return .once(Instant(seconds: first)) }
    return .skipped(Instant(seconds: beforeGap ?? wall - Int64(span.clock.offset)))
  }

  /// The one instant we take for a wall-clock time (RULES 1.3): a skipped time moves past the gap by the gap's length, a repeated one
  /// is its first occurrence.
  public func instant(_ local: LocalTime) -> Instant {
    switch resolve(local) {
    case .once(let instant), .skipped(let instant), .twice(let instant, _): instant
    }
  }

  /// The first instant of a calendar day there. Not always midnight: where the clocks jump from 23:59 to 01:00 it is 01:00, and a day
  /// that a place left out altogether (Apia, 2011-12-30) begins with the next.
  public func start(of day: Day) -> Instant {
    let midnight = LocalTime(day: day, time: .midnight)
    switch resolve(midnight) {
    case .once(let instant), .twice(let instant, _): return instant
    case .skipped(let instant): return gapEnd(around: instant)
    }
  }

  /// When the clocks show a later time than one that they skip.
  ///
  /// - Parameter skipped: a time in a gap, as ``Resolution/skipped(_:)`` reads it: at or after the jump, by less than the gap's length.
  public func gapEnd(around skipped: Instant) -> Instant {
    guard let start = table.span(at: skipped.seconds).start else { return skipped }
    return Instant(seconds: start)
  }
}
