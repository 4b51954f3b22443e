/// When a person works: the same hours on some days of the week, which may cross midnight.
public struct WorkHours: Hashable, Sendable {
  public let from: TimeOfDay
  /// On the next date where it is not later than ``from``.
  public let until: TimeOfDay
  public let days: WeekdaySet

  /// - Returns: nil where there is no hour or no day.
  public init?(from: TimeOfDay, until: TimeOfDay, days: WeekdaySet = .workdays) {
    guard from != until, !days.isEmpty else { return nil }
    (self.from, self.until, self.days) = (from, until, days)
  }

  /// Nine to five from Monday to Friday: of who has not said theirs.
  public static let standard = WorkHours(TimeOfDay(clamping: 32_400), TimeOfDay(clamping: 61_200), .workdays)

  private init(_ from: TimeOfDay, _ until: TimeOfDay, _ days: WeekdaySet) { (self.from, self.until, self.days) = (from, until, days) }

  /// Minutes of a day of work by the clock on the wall: what "1 day" of an estimate is.
  public var minutes: Int { floorModulo(until.second - from.second, 86_400) / 60 }

  /// What is left of working time.
  public struct Left: Hashable, Sendable {
    /// The day that the hours begin on.
    public let day: Day
    /// From now on, of hours that have begun.
    public let hours: Range<Instant>
    /// Whether none are left of today: these are the next day's, and that is said (RULES 8.38).
    public let isLater: Bool
    /// Minutes in which something is on.
    public let busy: Int
    /// Minutes that are free, never below 0.
    public let free: Int
  }

  /// What is left of the hours that are on, or of the next ones.
  ///
  /// - Parameter busy: when something is on; in any order, over each other too.
  public func free(at now: Instant, zone: Zone, busy: [Range<Instant>] = []) -> Left {
    let today = zone.local(now).day
    var day = today.advanced(by: -1)
    var hours = span(on: day, zone)
    // Some day of the week has hours; where a place leaves out a date, or clocks jump over hours, the same day of another week has them.
    for _ in 0..<30 where !days.contains(day.weekday) || hours.isEmpty || hours.upperBound <= now {
      day = day.advanced(by: 1)
      hours = span(on: day, zone)
    }
    let left = min(max(hours.lowerBound, now), hours.upperBound)..<hours.upperBound
    let total = WorkHours.minutes(left)
    let taken = min(WorkHours.minutes(of: busy, in: left), total)
    return Left(day: day, hours: left, isLater: day > today, busy: taken, free: total - taken)
  }

  /// The hours that begin on a date, whichever day of the week it is; empty where the clocks jump over them.
  public func span(on day: Day, _ zone: Zone) -> Range<Instant> {
    let start = zone.instant(LocalTime(day: day, time: from))
    let end = zone.instant(LocalTime(day: until > from ? day : day.advanced(by: 1), time: until))
    return start..<max(start, end)
  }

  private static func minutes(_ span: Range<Instant>) -> Int { Int(clamping: span.upperBound.seconds(since: span.lowerBound) / 60) }

  /// Of spans together, each minute once.
  private static func minutes(of busy: [Range<Instant>], in hours: Range<Instant>) -> Int {
    var seconds: Int64 = 0
    var reached = hours.lowerBound
    for span in busy.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let start = max(span.lowerBound, reached)
      let end = min(span.upperBound, hours.upperBound)
      if end > start {
        seconds += end.seconds(since: start)
        reached = end
      }
    }
    return Int(clamping: (seconds + 59) / 60)
  }
}
