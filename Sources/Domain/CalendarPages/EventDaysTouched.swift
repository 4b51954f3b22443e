/// The dates that an event is shown on (RULES 9.20): each local date that it touches in the reader's zone. One that ends at 00:00 does not touch that
/// date, and one without a length stands on its own. An all-day event has its dates, whoever looks from wherever.
public struct EventDaysTouched: Hashable, Sendable {
  public let days: ClosedRange<Day>

  /// - Parameters:
  ///   - span: empty for a point in time.
  ///   - zone: the reader's.
  public init(_ span: Range<Instant>, in zone: Zone) {
    let first = zone.local(span.lowerBound).day
    let last = span.isEmpty ? first : zone.local(span.upperBound.advanced(microseconds: -1)).day
    // Clocks that go back over midnight show the date before once more.
    days = min(first, last)...max(first, last)
  }

  /// - Parameter days: both inclusive.
  public init(allDay days: ClosedRange<Day>) { self.days = days }

  /// What of an event is on a date.
  public enum Part: String, Sendable {
    /// All of it.
    case whole
    /// It goes on into the next.
    case begins
    /// It came from the one before and goes on.
    case continues
    /// It came from the one before.
    case ends
  }

  /// - Returns: nil where it is not on that date.
  public func part(on day: Day) -> Part? {
    guard days.contains(day) else { return nil }
    switch (day == days.lowerBound, day == days.upperBound) {
    case (true, true): return .whole
    case (true, false): return .begins
    case (false, false): return .continues
    case (false, true): return .ends
    }
  }

  /// Its dates among those of a page; nil: none.
  public func days(within shown: ClosedRange<Day>) -> ClosedRange<Day>? { days.overlaps(shown) ? days.clamped(to: shown) : nil }
}

/// Whether an event takes its time (RULES 9.20).
public enum EventBusyness: String, CaseIterable, Sendable {
  case busy
  /// Half a warning: tentative.
  case maybe
  case free

  /// - Parameter isMarkedBusy: what the event says: a timed one does unless that was switched off, an all-day one only where it was switched on.
  public init(isCancelled: Bool, isTentative: Bool, isMarkedBusy: Bool) {
    self = isCancelled || !isMarkedBusy ? .free : isTentative ? .maybe : .busy
  }
}
