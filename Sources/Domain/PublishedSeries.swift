/// When a schedule rings, as other calendars understand it: by a rule where that says exactly the same, else by its next times one by one.
public struct PublishedSeries: Sendable {
  /// How many times are listed of a schedule that no rule says.
  public static let mostDates = 100

  enum Start: Sendable {
    case wall(LocalTime)
    case instant(Instant)
  }

  let zone: Zone
  let start: Start
  /// As RFC 5545 writes it.
  let rule: String?
  /// Walls that the rule names and nothing rings at.
  let excluded: [LocalTime]
  /// Besides the first.
  let dates: [Instant]

  /// Whether other calendars get ``mostDates`` times instead of the series.
  public var isList: Bool { rule == nil && !dates.isEmpty }

  /// - Parameters:
  ///   - last: as in ``Schedule/next(after:lastScheduled:)``.
  ///   - past: when it rang or was made, for one of which nothing is to come.
  public init(_ schedule: Schedule, after now: Instant, last: Instant?, past: Instant) {
    zone = schedule.zone
    if let (rule, start, excluded) = schedule.asRule(after: now) {
      (self.start, self.excluded, dates) = (.wall(start), excluded, [])
      self.rule = rule.asOthersRead(zone)
      return
    }
    excluded = []
    if case .interval(let minutes) = schedule.kind, schedule.excludedDays.isEmpty, !schedule.excludesWeekends {
      let first = schedule.upcoming(after: now, lastScheduled: last, count: 1).first
      (rule, start, dates) = ("FREQ=MINUTELY;INTERVAL=\(minutes)", .instant(first?.instant ?? past), [])
      return
    }
    rule = nil
    if case .once(let at) = schedule.kind {
      let wall = zone.local(at)
      (start, dates) = (zone.instant(wall) == at ? .wall(wall) : .instant(at), [])
      return
    }
    let times = schedule.upcoming(after: now, lastScheduled: last, count: PublishedSeries.mostDates).filter { !$0.excluded }.map(\.instant)
    (start, dates) = (.instant(times.first ?? past), Array(times.dropFirst()))
  }
}

extension Schedule {
  /// A rule that names this schedule's times from its first one on, with the excluded ones to be left out; nil where none does.
  fileprivate func asRule(after now: Instant) -> (Recurrence, LocalTime, [LocalTime])? {
    var rule: Recurrence
    var start: LocalTime
    switch kind {
    case .once, .interval: return nil  // An interval is no rule of this zone's walls.
    case .rule(let own, let from): (rule, start) = (own.eased(from: from), from)
    case .recurring(let cron):
      guard let same = cron.rule, isUntouched(cron, after: now), let first = following(now) else { return nil }
      (rule, start) = (same, first)
    }
    guard rule.frequency != .hourly else { return nil }
    if excludesWeekends {
      guard let workdays = rule.onWorkdays else { return nil }
      rule = workdays
      if start.day.weekday.isWeekend {
        guard let first = following(zone.instant(start)) else { return nil }
        start = first
      }
    }
    guard let excluded = excludedTimes(rule, from: start), kind == .rule(rule, from: start) || isSame(rule, start, after: now) else {
      return nil
    }
    return (rule, start, excluded)
  }

  /// The rule's first time that is not excluded, by this schedule's own reckoning.
  private func following(_ moment: Instant) -> LocalTime? {
    (try? next(after: moment, lastScheduled: nil)).flatMap { $0 }.map { zone.local($0) }  // What never comes has no first time.
  }

  /// The rule asked for the same times as this schedule.
  private func isSame(_ rule: Recurrence, _ start: LocalTime, after now: Instant) -> Bool {
    // It throws of intervals only.
    guard let other = try? Schedule(.rule(rule, from: start), zone: zone, excludedDays: excludedDays) else { return false }
    let times = { (schedule: Schedule) in
      schedule.upcoming(after: now, count: PublishedSeries.mostDates).filter { !$0.excluded }.map(\.instant)
    }
    return times(self) == times(other)
  }

  /// Nil where there are too many to be told one by one.
  private func excludedTimes(_ rule: Recurrence, from start: LocalTime) -> [LocalTime]? {
    let days = excludedDays.filter { $0 >= start.day && rule.fits($0) }.sorted()
    guard let times = rule.timesOfDay, days.count * times.count <= 2_000 else { return days.isEmpty ? [] : nil }
    return days.flatMap { day in times.map { LocalTime(day: day, time: TimeOfDay(clamping: $0 * 60)) } }
  }

  /// Whether no change of the clocks of the next ten years touches a pattern's times: there cron and rules go apart.
  private func isUntouched(_ cron: Cron, after now: Instant) -> Bool {
    let times = cron.hour.values.flatMap { hour in cron.minute.values.map { Int64(hour * 3600 + $0 * 60) } }
    let end = now.advanced(days: 3_660)
    var cursor = now
    while let change = zone.nextTransition(after: cursor), change < end {
      let before = change.seconds + Int64(zone.offset(at: change.advanced(seconds: -1)))
      let after = change.seconds + Int64(zone.offset(at: change))
      let midnight = floorDivide(min(before, after), 86_400) * 86_400
      // Walls that are skipped or come twice; they may go on past midnight.
      let walls = min(before, after)..<max(before, after)
      if times.contains(where: { walls.contains(midnight + $0) || walls.contains(midnight + 86_400 + $0) }) { return false }
      cursor = change
    }
    return true
  }
}

extension Recurrence {
  /// The same on Mondays to Fridays only; nil where that cannot be said, or where some of COUNT's times would not ring.
  fileprivate var onWorkdays: Recurrence? {
    let workWeek = RecurrenceShape.Days.workWeek
    guard count == nil, let times = timesOfDay else { return nil }
    var rule = withoutPositions
    if rule.weekdays.isEmpty {
      guard frequency == .daily || !monthDays.isEmpty else { return nil }
      rule.weekdays = workWeek.map { NthWeekday($0) }
    } else {
      rule.weekdays.removeAll { $0.weekday.isWeekend }
    }
    guard !rule.weekdays.isEmpty, positions.isEmpty || rule.set(times: Set(times)) else { return nil }
    return rule
  }

  /// As RFC 5545 writes it beside a DTSTART in a zone: there UNTIL is an instant.
  func asOthersRead(_ zone: Zone) -> String {
    var rule = self
    switch end {
    case .day(let day): rule.end = .instant(zone.start(of: day.advanced(by: 1)).advanced(seconds: -1))
    case .wall(let wall): rule.end = .instant(zone.instant(wall))
    case .instant, nil: break
    }
    return rule.text
  }
}

extension Cron {
  /// The rule with the same days and times by the clock on the wall; nil where there is none: days that are OR-ed, nearest working days, more times
  /// than a rule has.
  fileprivate var rule: Recurrence? {
    let (hours, minutes, months) = (hour.values, minute.values, month.values)
    let isEveryDate = dayOfMonth.daysBeforeLast == 0 && (1...31).allSatisfy { dayOfMonth.contains($0) }
    let isEveryWeekday = dayOfWeek.nthWeekdays == 0 && (0...6).allSatisfy { dayOfWeek.contains($0) }
    let isBoth = dayOfMonth.beginsWithStar || dayOfWeek.beginsWithStar
    guard dayOfMonth.nearestWorkdays == 0, hours.count * minutes.count <= Recurrence.mostTimesOfDay else { return nil }
    if !isBoth, !isEveryDate || !isEveryWeekday { return nil }
    let weekdays = weekdaysOfRule
    guard isEveryDate || dayOfWeek.nthWeekdays == 0 else { return nil }
    let isOfMonth = !isEveryDate || dayOfWeek.nthWeekdays != 0
    var rule = Recurrence(isOfMonth ? .monthly : isEveryWeekday ? .daily : .weekly)
    if months.count < 12 { rule.months = months }
    if !isEveryDate { rule.monthDays = datesOfRule }
    if !isEveryWeekday { rule.weekdays = weekdays }
    (rule.hours, rule.minutes) = (hours, minutes)
    return rule
  }

  private var datesOfRule: [Int] {
    let fromLast = (0..<31).filter { dayOfMonth.daysBeforeLast >> UInt64($0) & 1 == 1 }.map { -1 - $0 }
    return (fromLast + dayOfMonth.values).sorted()
  }

  private var weekdaysOfRule: [Recurrence.NthWeekday] {
    Weekday.allCases.flatMap { weekday -> [Recurrence.NthWeekday] in
      let number = weekday.rawValue % 7
      let nth = dayOfWeek.nthWeekdays >> UInt64(number * 8) & 0xFF
      return (dayOfWeek.contains(number) ? [0] : []).map { Recurrence.NthWeekday(weekday, number: $0) }
        + (1...6).filter { nth >> UInt64($0) & 1 == 1 }.map { Recurrence.NthWeekday(weekday, number: $0 == 6 ? -1 : $0) }
    }
    .sorted { ($0.number, $0.weekday.rawValue) < ($1.number, $1.weekday.rawValue) }
  }
}
