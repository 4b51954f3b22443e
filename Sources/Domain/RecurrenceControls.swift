/// A series as a form asks for it: every so many days, weeks, months or years, the days and times that go with that, a beginning and an end.
public struct RecurrenceControls: Hashable, Sendable {
  public enum Days: Hashable, Sendable {
    case daily
    /// Not empty.
    case weekly(Set<Weekday>)
    /// A day of the month: 1…31, −1 its last.
    case monthly(Int)
    /// The first, second … fifth (1…5) or last (−1) such day of the month.
    case monthlyOn(Recurrence.NthWeekday)
    /// A day of the year that some year has.
    case yearly(month: Int, day: Int)
  }

  public var days: Days
  /// 1: each one, 2: every other.
  public var every = 1
  /// Minutes of the day, not empty.
  public var times: Set<Int>
  /// Nothing comes before it; nil: from now on.
  public var from: Day?
  /// Inclusive.
  public var until: Day?
  public var count: Int?

  public init(_ days: Days, at times: Set<Int>) { (self.days, self.times) = (days, times) }

  /// What the form shows of a rule.
  ///
  /// - Parameter start: the rule's first time.
  /// - Returns: nil when the controls would not say all of it.
  public init?(_ rule: Recurrence, from start: LocalTime) {
    guard let days = Days(rule), let times = rule.timesOfDay, !times.isEmpty else { return nil }
    (self.days, self.times, every, count, from) = (days, Set(times), rule.interval, rule.count, start.day)
    if case .day(let last) = rule.end { until = last }
    if self.rule != rule { return nil }
  }

  /// The rule; nil where none has these times.
  public var rule: Recurrence? {
    var rule: Recurrence
    switch days {
    case .daily: rule = Recurrence(.daily)
    case .weekly(let weekdays):
      rule = Recurrence(.weekly)
      rule.weekdays = weekdays.sorted { $0.rawValue < $1.rawValue }.map { Recurrence.NthWeekday($0) }
    case .monthly(let date):
      rule = Recurrence(.monthly)
      rule.monthDays = [date]
    case .monthlyOn(let weekday):
      rule = Recurrence(.monthly)
      rule.weekdays = [weekday]
    case .yearly(let month, let day):
      rule = Recurrence(.yearly)
      (rule.months, rule.monthDays) = ([month], [day])
    }
    (rule.interval, rule.count, rule.end) = (every, count, until.map { .day($0) })
    return rule.set(times: times) ? rule : nil
  }
}

extension RecurrenceControls.Days {
  fileprivate init?(_ rule: Recurrence) {
    switch (rule.frequency, rule.monthDays.first, rule.weekdays.first) {
    case (.daily, nil, nil): self = .daily
    case (.weekly, nil, .some): self = .weekly(Set(rule.weekdays.map(\.weekday)))
    case (.monthly, let date?, nil) where date >= -1: self = .monthly(date)
    case (.monthly, nil, let weekday?) where (1...5).contains(weekday.number) || weekday.number == -1: self = .monthlyOn(weekday)
    case (.yearly, let day?, nil) where day > 0:
      guard let month = rule.months.first else { return nil }
      self = .yearly(month: month, day: day)
    default: return nil
    }
  }
}

extension PhraseReader {
  /// The series that a form asks for, beginning with its first time from now on, or from its first day on where that has passed.
  ///
  /// - Throws: ``RecurrenceError/tooManyTimes`` also for times that no rule has on such days.
  public func series(_ controls: RecurrenceControls) throws(RecurrenceError) -> Schedule.Kind {
    guard let rule = controls.rule else { throw .tooManyTimes }
    try rule.check()
    return .rule(rule, from: try rule.begin(notBefore: earliest(from: controls.from)))
  }

  /// The next full minute, or the beginning of a day where that is later or its day has passed.
  func earliest(from day: Day?, at time: TimeOfDay = .midnight) -> LocalTime {
    let now = zone.local(now)
    let soon = LocalTime(wallSeconds: floorDivide(now.wallSeconds, 60) * 60 + 60)
    guard let day else { return soon }
    let first = LocalTime(day: day, time: time)
    return day < now.day ? first : max(soon, first)
  }
}
