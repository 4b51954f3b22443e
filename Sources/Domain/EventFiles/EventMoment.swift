/// A moment as a calendar file writes it: a date, a time on a zone's clocks, or an instant ("…Z").
public enum EventMoment: Hashable, Sendable {
  case day(Day)
  case wall(LocalTime, Zone)
  case instant(Instant)

  /// Nil for a date.
  public var instant: Instant? {
    switch self {
    case .day: nil
    case .wall(let local, let zone): zone.instant(local)
    case .instant(let instant): instant
    }
  }

  /// What the clocks of a zone show then: of that zone's own time what was written, of any other by its instant; nil for a date (RULES 9.22).
  public func wall(in zone: Zone) -> LocalTime? {
    switch self {
    case .day: nil
    case .wall(let local, let own): own == zone ? local : zone.local(own.instant(local))
    case .instant(let instant): zone.local(instant)
    }
  }

  /// Its date where it was written; of an instant in UTC.
  public var day: Day {
    switch self {
    case .day(let day): day
    case .wall(let local, _): local.day
    case .instant(let instant): Zone.utc.local(instant).day
    }
  }

  /// The same as two files that name one time of a series both say it: a date of days, else an instant; a date beside a time stays one and means
  /// all times of that day (RULES 9.22).
  public func named(in times: EventEntry.Times) -> EventMoment {
    if case .days = times { return .day(day) }
    return instant.map { EventMoment.instant($0) } ?? self
  }
}
