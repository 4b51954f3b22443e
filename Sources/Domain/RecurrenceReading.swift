/// Makes a schedule of what words say, by a person's zone, default hour and now.
struct RecurrenceReading {
  private let reader: PhraseReader
  private let now: LocalTime

  init(_ reader: PhraseReader) { (self.reader, now) = (reader, reader.zone.local(reader.now)) }

  func kind(_ parts: RecurrenceParts) throws(RecurrencePhraseError) -> Schedule.Kind {
    guard parts.isRecurring else { throw .unknown("") }
    if let minutes = parts.everyMinutes,
      parts.isElapsed || parts.minuteOfHour == nil && parts.window == nil && parts.unit == nil && !parts.saysDays && parts.months.isEmpty
    {
      guard parts.times.isEmpty, parts.dayParts.isEmpty, parts.start == nil, parts.end == nil, parts.count == nil, parts.length == nil
      else {
        throw .endlessInterval
      }
      guard Schedule.intervalRange.contains(minutes) else { throw .intervalOutOfRange(minutes) }
      return .interval(minutes: minutes)
    }
    var rule = try days(parts)
    let times = try times(parts)
    guard times.isEmpty || rule.set(times: times) else { throw .unevenTimes }
    return try begun(rule, parts)
  }

  /// A rule that was typed as one, with or without a start behind it.
  func kind(_ written: RuleInWords) throws(RecurrencePhraseError) -> Schedule.Kind {
    var parts = RecurrenceParts()
    // Neither times nor a part of the day may follow.
    (parts.times, parts.dayParts, parts.isRecurring) = ([0], [.early], true)
    let rest = PhraseText(RecurrenceSpelling.withoutZone(written.rest, reader.zone))
    var parser = rest.parser(from: 0, reader)
    parts = parser.ends(after: parts)
    if !parser.isAtEnd { throw .unknown(rest.word(at: parser.index)) }
    return try begun(written.rule, parts)
  }

  /// A rule as another calendar writes it.
  func kind(_ rule: Recurrence) throws(RecurrencePhraseError) -> Schedule.Kind { try begun(rule, RecurrenceParts()) }

  private func begun(_ open: Recurrence, _ parts: RecurrenceParts) throws(RecurrencePhraseError) -> Schedule.Kind {
    let day = try start(parts)
    var rule = open
    // What is typed counts from now on, unless it begins on a day that is past.
    let earliest = reader.earliest(from: day, at: time(parts.startTime ?? 0))
    rule = rule.completed(on: day ?? now.day, at: reader.defaultHour)
    if let count = parts.count { rule.count = count }
    if let last = try end(parts, from: earliest.day) { rule.end = last }
    do {
      try RecurrenceReading.checked(rule)
      return .rule(rule, from: try rule.begin(notBefore: earliest))
    } catch {
      throw .rule(error)
    }
  }

  private static func checked(_ rule: Recurrence) throws(RecurrenceError) {
    let longest = Recurrence.longestInterval(rule.frequency)
    guard rule.interval <= longest else { throw .outOfRange(.interval, value: rule.interval, allowed: 1...longest) }
    if let count = rule.count, count > Recurrence.mostTimes { throw .outOfRange(.count, value: count, allowed: 1...Recurrence.mostTimes) }
    try rule.check()
  }

  private func time(_ minutes: Int) -> TimeOfDay { TimeOfDay(clamping: minutes * 60) }

  private func start(_ parts: RecurrenceParts) throws(RecurrencePhraseError) -> Day? {
    guard let start = parts.start else { return nil }
    return try resolve(start, today: now.day)
  }

  private func end(_ parts: RecurrenceParts, from start: Day) throws(RecurrencePhraseError) -> Recurrence.End? {
    if let span = parts.length {
      return .day(start.advanced(months: min(span.months, 1_200)).advanced(by: min(span.seconds / 86_400, 36_500) - 1))
    }
    guard let end = parts.end else { return nil }
    let day = try resolve(end, today: max(start, now.day))
    return parts.endTime.map { .wall(LocalTime(day: day, time: time($0))) } ?? .day(day)
  }

  private func resolve(_ day: PhraseDay, today: Day) throws(RecurrencePhraseError) -> Day {
    let days: [Day]
    do { days = try day.candidates(today: today) } catch { throw .impossibleDate }
    guard let found = days.first(where: { $0 >= today }) ?? days.first else { throw .impossibleDate }
    return found
  }

  // MARK: - Parts of the rule

  private func days(_ parts: RecurrenceParts) throws(RecurrencePhraseError) -> Recurrence {
    let unit = parts.unit ?? (parts.everyMinutes == nil ? nil : .daily)
    let ofMonth = !parts.nth.isEmpty || !parts.dates.isEmpty || parts.workday != nil
    var rule: Recurrence
    if ofMonth {
      // "Every 2 years on 12 December", "every 3 months on the 10th"; "every 2 weeks on the 10th" is nothing.
      guard unit == nil || unit == .monthly || unit == .yearly || unit == .daily && parts.interval == 1 else { throw .unknown("") }
      if parts.interval > 1, unit == .monthly, !parts.months.isEmpty { throw .unknown("") }
      if unit == .yearly, parts.months.isEmpty { throw .unknown("") }
      // BYSETPOS chooses once a period: the last weekday of each of several months is a rule of months.
      let chooses = parts.workday != nil && parts.months.count > 1
      if chooses, parts.interval > 1 { throw .unknown("") }
      rule = Recurrence(parts.months.isEmpty || chooses ? .monthly : .yearly)
    } else if !parts.weekdays.isEmpty {
      guard unit == nil || unit == .weekly || unit == .daily && parts.interval == 1 else { throw .unknown("") }
      rule = Recurrence(.weekly)
    } else {
      guard let unit else { throw .unknown("") }
      rule = Recurrence(parts.months.isEmpty || unit != .monthly ? unit : .yearly)
    }
    rule.interval = parts.interval
    rule.months = parts.months
    rule.monthDays = parts.dates
    rule.weekdays = parts.weekdays.map { Recurrence.NthWeekday($0) } + parts.nth
    if let workday = parts.workday {
      rule.weekdays = RecurrenceShape.Days.workWeek.map { Recurrence.NthWeekday($0) }
      rule.positions = [workday]
    }
    rule.weekdays.sort { ($0.number, $0.weekday.rawValue) < ($1.number, $1.weekday.rawValue) }
    return rule
  }

  /// Minutes of the day.
  private func times(_ parts: RecurrenceParts) throws(RecurrencePhraseError) -> Set<Int> {
    if let step = parts.everyMinutes { return Set(try steps(step, parts)) }
    guard let minutes = parts.minutes else { throw .unknown("") }
    // "Every night at 1": which day that is matters where not each has one.
    let isEachDay = parts.unit == .daily && parts.interval == 1 && !parts.saysDays
    guard isEachDay || minutes.allSatisfy({ $0 < 1_440 }) else { throw .unknown("") }
    return Set(minutes.map { $0 % 1_440 })
  }

  /// "Every 2 hours from 9 to 17", by the clock; all day where no hours are named and they come out even.
  private func steps(_ step: Int, _ parts: RecurrenceParts) throws(RecurrencePhraseError) -> [Int] {
    guard step > 0, parts.times.isEmpty, parts.dayParts.isEmpty else { throw .endlessInterval }
    if let window = parts.window { return Array(stride(from: window.lowerBound, through: window.upperBound, by: step)) }
    guard 1_440 % step == 0 else { throw .endlessInterval }
    return Array(stride(from: parts.minuteOfHour ?? 0, to: 1_440, by: step))
  }
}

extension PhraseReader {
  /// A rule as other calendars write it, beginning with its first time from now on.
  ///
  /// - Throws: ``RecurrencePhraseError/rule(_:)``.
  public func series(rule text: String) throws(RecurrencePhraseError) -> Schedule.Kind {
    let rule: Recurrence
    do {
      rule = try Recurrence(text)
    } catch {
      throw .rule(error)
    }
    return try RecurrenceReading(self).kind(rule)
  }
}

extension PhraseParser {
  /// Only starts, ends and counts.
  fileprivate mutating func ends(after parts: RecurrenceParts) -> RecurrenceParts {
    let found = recurrence(after: parts)
    var plain = parts
    (plain.start, plain.startTime, plain.end, plain.endTime, plain.count) = (
      found.start, found.startTime, found.end, found.endTime, found.count
    )
    return plain
  }
}
