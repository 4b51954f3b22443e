/// What lists say of a habit on a date: the first of its figures, and how the date stands.
public struct HabitBrief: Hashable, Sendable {
  /// What streaks count now.
  public let unit: HabitUnit
  public let current: Int
  public let longest: Int
  /// Breaks in a row at the end.
  public let misses: Int
  public let score: Proportion
  public let today: HabitToday

  public init(_ figures: HabitFigures) {
    (unit, current, longest, misses) = (figures.unit, figures.current, figures.longest, figures.misses)
    (score, today) = (figures.score, figures.today)
  }

  /// One miss so far, and today is not kept yet (RULES 5.20).
  public var isRescue: Bool { misses == 1 && !today.isDone && !today.isPaused }
}

// MARK: - How it is kept

extension HabitBrief {
  public init?(_ reader: inout StateReader) {
    let most = Int(Int32.max)
    guard let unit = reader.number(in: 0...HabitUnit.allCases.count - 1), let current = reader.number(in: 0...most),
      let longest = reader.number(in: 0...most), let misses = reader.number(in: 0...most),
      let score = reader.bits().map(Double.init(bitPattern:)), let today = HabitToday(&reader)
    else { return nil }
    (self.unit, self.current, self.longest, self.misses) = (HabitUnit.allCases[unit], current, longest, misses)
    (self.score, self.today) = (Proportion(score), today)
  }

  public func write(to out: inout StateWriter) {
    out.add(HabitUnit.allCases.firstIndex(of: unit) ?? 0)
    for number in [current, longest, misses] { out.add(number) }
    out.add(bits: score.value.bitPattern)
    today.write(to: &out)
  }
}

extension HabitToday {
  init?(_ reader: inout StateReader) {
    guard let date = reader.day(), let rule = HabitRule(&reader), let entered = reader.optional(in: 0...Int.max),
      let flags = reader.number(in: 0...63)
    else { return nil }
    (self.date, self.rule) = (date, rule)
    self.entered = entered.map { Amount(thousandths: $0) }
    (isScheduled, isSkipped, isPaused) = (flags & 1 > 0, flags & 2 > 0, flags & 4 > 0)
    (isDone, isDue) = (flags & 8 > 0, flags & 16 > 0)
    if flags & 32 == 0 {
      progress = nil
    } else {
      guard let progress = HabitProgress(&reader) else { return nil }
      self.progress = progress
    }
  }

  func write(to out: inout StateWriter) {
    out.add(date.number)
    rule.write(to: &out)
    out.add(entered?.thousandths)
    let flags = [isScheduled, isSkipped, isPaused, isDone, isDue, progress != nil]
    out.add(flags.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) })
    progress?.write(to: &out)
  }
}

extension HabitProgress {
  fileprivate init?(_ reader: inout StateReader) {
    guard let first = reader.day(), let last = reader.day(), let done = reader.number(in: 0...31),
      let required = reader.optional(in: 0...31), let skipped = reader.number(in: 0...31), let sum = reader.amount()
    else { return nil }
    (self.first, self.last, self.done, self.required, self.skipped, self.sum) = (first, last, done, required, skipped, sum)
  }

  fileprivate func write(to out: inout StateWriter) {
    for number in [first.number, last.number, done] { out.add(number) }
    out.add(required)
    for number in [skipped, sum.thousandths] { out.add(number) }
  }
}

extension HabitRule {
  public init?(_ reader: inout StateReader) {
    guard let kind = reader.number(in: 0...3), let number = reader.number(in: 0...127), let target = reader.optional(in: 0...Int.max)
    else { return nil }
    switch kind {
    case 0: frequency = .daily
    case 1: frequency = .days(WeekdaySet(bits: UInt8(number)))
    case 2: frequency = .perWeek(number)
    default: frequency = .perMonth(number)
    }
    guard let target else {
      self.target = nil
      return
    }
    guard let direction = reader.number(in: 0...1), let period = reader.number(in: 0...2) else { return nil }
    self.target = HabitTarget(
      Amount(thousandths: target), HabitTarget.Direction.allCases[direction], per: HabitTarget.Period.allCases[period])
  }

  public func write(to out: inout StateWriter) {
    switch frequency {
    case .daily: for number in [0, 0] { out.add(number) }
    case .days(let days): for number in [1, Int(days.bits)] { out.add(number) }
    case .perWeek(let times): for number in [2, times] { out.add(number) }
    case .perMonth(let times): for number in [3, times] { out.add(number) }
    }
    out.add(target?.amount.thousandths)
    guard let target else { return }
    out.add(HabitTarget.Direction.allCases.firstIndex(of: target.direction) ?? 0)
    out.add(HabitTarget.Period.allCases.firstIndex(of: target.period) ?? 0)
  }
}

/// For what a person's calendar a line was reckoned: it holds on one date alone.
public struct HabitLineKey: Hashable, Sendable {
  public let today: Day
  /// Of what else the calendar does to it.
  let seal: UInt64

  /// How many days before and after the date its clocks are looked at: more than the week that goes on.
  private static let days = 9

  /// - Parameters:
  ///   - leftOut: dates that the person's zone left out.
  ///   - clock: the person's, and the rule its zone goes by, and what its clocks show and showed in the days around: what hour it was when something
  ///     was ticked. New zone data may change these and not the rule, which is of the years to come.
  public init(today: Day, _ clock: HabitClock, weekStart: Weekday, leftOut: [Day]) {
    self.today = today
    var seal = HabitSeal()
    for number in [weekStart.rawValue, clock.dayStart] { seal.add(number) }
    for text in [clock.zone.name, clock.zone.rule] {
      seal.add(text.utf8.count)
      for byte in text.utf8 { seal.add(Int(byte)) }
    }
    var moment = clock.zone.start(of: today.advanced(by: -HabitLineKey.days))
    seal.add(clock.zone.offset(at: moment))
    let end = moment.advanced(days: Int64(2 * HabitLineKey.days))
    while let change = clock.zone.nextTransition(after: moment), change < end {
      seal.add(Int(change.seconds))
      seal.add(clock.zone.offset(at: change))
      moment = change
    }
    for day in leftOut { seal.add(day.number) }
    self.seal = seal.value
  }

  public init?(_ reader: inout StateReader) {
    guard let today = reader.day(), let seal = reader.bits() else { return nil }
    (self.today, self.seal) = (today, seal)
  }

  public func write(to out: inout StateWriter) {
    out.add(today.number)
    out.add(bits: seal)
  }
}
