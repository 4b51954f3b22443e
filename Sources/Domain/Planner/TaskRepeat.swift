/// How a task comes again (RULES 8.4, 8.21): by a rule from its first date on, or so long after it was done.
public struct TaskRepeat: Hashable, Sendable {
  /// What the next one counts from.
  public enum From: String, CaseIterable, Hashable, Sendable { case due, completion }

  /// What is made when an instance is closed.
  public struct Next: Hashable, Sendable {
    public let due: Due
    /// Dates of the rule between the closed one and this one, which nobody will do any more.
    public let passedOver: Int
  }

  /// As it is stored: it says hours only where a time was said, else its dates have none.
  public let rule: Recurrence
  /// The day from which its intervals and its COUNT are counted.
  public let first: Day
  public let from: From

  /// - Parameter first: usually the date on which the first instance is due.
  /// - Throws: ``TaskRepeatError``.
  public init(_ rule: Recurrence, first: Day, from: From = .due) throws(TaskRepeatError) {
    if rule.frequency == .hourly { throw .tooOften }
    if from == .completion, rule.isOnDays { throw .onlyEverySoMany }
    (self.rule, self.first, self.from) = (rule, first, from)
    if from == .due {
      do { _ = try whole.begin(notBefore: begin) } catch { throw .rule(error) }
    }
  }

  /// What somebody typed: "every 3 days", "last friday of the month", "toda segunda às 9h".
  ///
  /// - Throws: ``TaskRepeatError``. A pace of hours or minutes is a reminder's.
  public init(_ words: String, from: From = .due, reader: PhraseReader) throws(TaskRepeatError) {
    let phrase: RecurrencePhrase
    let isTimed: Bool
    do {
      phrase = try RecurrencePhrase(words, reader: reader.atEndOfDay)
      isTimed = try phrase.isTimed(reader)
    } catch {
      throw .words(error)
    }
    if from == .completion {
      var parser = PhraseText(RecurrenceSpelling.spread(words)).parser(from: 0, reader, bareHours: .behindDay)
      let parts = parser.recurrence()
      if parts.saysDays || !parts.months.isEmpty { throw .onlyEverySoMany }
    }
    guard let read = TaskRepeat(phrase.kind, from: from, isTimed: isTimed) else { throw .tooOften }
    self = read
  }

  /// A series as a form's controls make it.
  ///
  /// - Parameter isTimed: whether its hours were said, and are not the default one.
  /// - Returns: nil for an interval, and for hours.
  public init?(_ kind: Schedule.Kind, from: From, isTimed: Bool) {
    guard case .rule(let found, let start) = kind, found.frequency != .hourly else { return nil }
    var rule = found
    if !isTimed { (rule.hours, rule.minutes) = ([], []) }
    // "Every 2 weeks" has the weekday of its start only where that matters.
    if from == .completion { (rule.weekdays, rule.monthDays, rule.months) = ([], [], []) }
    (self.rule, first, self.from) = (rule, start.day, from)
  }

  /// Whether instances are due at a time.
  public var isTimed: Bool { !rule.hours.isEmpty }

  private var begin: LocalTime { LocalTime(day: first, time: .midnight) }

  private var whole: Recurrence { rule.completed(on: first, at: .midnight) }

  /// The instance that follows one that is closed on `today`: the first date of the rule behind it that is not before that day.
  ///
  /// - Parameters:
  ///   - due: of the closed one; nil: none any more, then what follows is after today.
  ///   - today: the person's date of closing (RULES 5.1).
  ///   - number: how many instances there have been with it; only a count from completion asks for it.
  /// - Returns: nil when the series has come to its end.
  /// - Complexity: one step for each date that is passed over.
  public func next(after due: Due?, today: Day, zone: Zone, number: Int = 1) -> Next? {
    if from == .completion { return afterCompletion(of: due, on: today, zone, number) }
    var times = times(after: due ?? Due(day: today), zone, through: max(due?.day ?? today, today))
    var passedOver = 0
    while let time = times.next() {
      let day = clocks(zone).local(time).day
      if day >= today { return Next(due: self.due(day, at: time, like: due, zone), passedOver: passedOver) }
      passedOver += 1
    }
    return nil
  }

  /// The dates that come after one, for a preview; from completion as if each were done on its day.
  ///
  /// - Parameter count: at most so many.
  public func upcoming(after due: Due, count: Int, zone: Zone) -> [Due] {
    var found: [Due] = []
    var last = due
    while found.count < count, let next = next(after: last, today: last.day, zone: zone, number: found.count + 1)?.due {
      found.append(next)
      last = next
    }
    return found
  }

  /// The first instance of a series that somebody begins at `now`; nil where none is ahead.
  public func firstDue(after now: Instant, zone: Zone) -> Due? {
    if !isTimed { return Due(day: first) }
    let last = max(first, zone.local(now).day).advanced(months: rule.horizonMonths)
    var times = RecurrenceTimes(whole, from: begin, zone, after: now, through: last)
    return times.next().map { Due(day: zone.local($0).day, at: $0) }
  }

  // MARK: -

  /// Dates have no zone: their rule runs where every day has 24 hours.
  private func clocks(_ zone: Zone) -> Zone { isTimed ? zone : .utc }

  private func times(after due: Due, _ zone: Zone, through day: Day) -> RecurrenceTimes {
    let clocks = clocks(zone)
    let endOfDay = clocks.start(of: due.day.advanced(by: 1)).advanced(microseconds: -1)
    let after = isTimed ? due.at ?? endOfDay : endOfDay
    return RecurrenceTimes(whole, from: begin, clocks, after: after, through: day.advanced(months: rule.horizonMonths))
  }

  private func due(_ day: Day, at time: Instant, like old: Due?, _ zone: Zone) -> Due {
    isTimed ? Due(day: day, at: time) : Due(day: day, likeTimeOf: old, zone)
  }

  private func afterCompletion(of due: Due?, on today: Day, _ zone: Zone, _ number: Int) -> Next? {
    if let count = rule.count, number >= count { return nil }
    let day: Day
    switch rule.frequency {
    case .hourly: return nil
    case .daily: day = today.advanced(by: rule.interval)
    case .weekly: day = today.advanced(by: 7 * rule.interval)
    case .monthly: day = today.advanced(months: rule.interval)
    case .yearly: day = today.advanced(months: 12 * rule.interval)
    }
    switch rule.end {
    case nil: break
    case .day(let last): if day > last { return nil }
    case .wall(let last): if day > last.day { return nil }
    case .instant(let last): if day > zone.local(last).day { return nil }
    }
    if let hour = rule.hours.first, let time = TimeOfDay(hour: hour, minute: rule.minutes.first ?? 0) {
      return Next(due: Due(day: day, at: zone.instant(LocalTime(day: day, time: time))), passedOver: 0)
    }
    return Next(due: Due(day: day, likeTimeOf: due, zone), passedOver: 0)
  }
}

/// Why a task cannot come again like that.
public enum TaskRepeatError: Error, Hashable, Sendable {
  /// More often than daily: that is a reminder's.
  case tooOften
  /// From completion only "every so many days, weeks, months, years": no weekday or date can be kept.
  case onlyEverySoMany
  case rule(RecurrenceError)
  case words(RecurrencePhraseError)
}

extension Recurrence {
  /// Whether it names the days on which it comes.
  fileprivate var isOnDays: Bool { saysDays || !months.isEmpty || !positions.isEmpty }
}

extension RecurrencePhrase {
  /// Whether its words say a time: with another default hour those that say none would be another rule.
  ///
  /// - Throws: what it threw itself when it was read.
  func isTimed(_ reader: PhraseReader) throws(RecurrencePhraseError) -> Bool {
    let other = try RecurrencePhrase(words, reader: reader.with(defaultHour: .noon)).kind
    return try RecurrencePhrase(words, reader: reader.atEndOfDay).kind == other
  }
}

extension PhraseReader {
  func with(defaultHour: TimeOfDay) -> PhraseReader {
    PhraseReader(zone: zone, language: language, defaultHour: defaultHour, now: now, isDuration: isDuration)
  }

  /// Of days without a time the last minute counts: for what is due on a day, today is still ahead.
  var atEndOfDay: PhraseReader { with(defaultHour: TimeOfDay(clamping: 86_340)) }
}
