/// How often a habit is meant to be done.
public enum HabitFrequency: Hashable, Sendable {
  case daily
  /// On these days of the week.
  case days(WeekdaySet)
  /// On any so many days (1…7) of a calendar week.
  case perWeek(Int)
  /// On any so many days (1…31) of a calendar month; more than it has is every day of it.
  case perMonth(Int)
}

/// What a streak counts.
public enum HabitUnit: String, CaseIterable, Hashable, Sendable {
  case days, weeks, months
}

/// How much a habit of amounts asks for.
public struct HabitTarget: Hashable, Sendable {
  public enum Direction: String, CaseIterable, Hashable, Sendable {
    case atLeast = "at_least"
    case atMost = "at_most"
  }

  /// Which dates are summed.
  public enum Period: String, CaseIterable, Hashable, Sendable {
    case day, week, month
  }

  /// Above zero; zero for at most only.
  public var amount: Amount
  public var direction: Direction
  public var period: Period

  public init(_ amount: Amount, _ direction: Direction = .atLeast, per period: Period = .day) {
    (self.amount, self.direction, self.period) = (amount, direction, period)
  }

  /// How far a sum fulfils this, in units of ``HabitTarget/whole`` (RULES 5.12).
  ///
  /// - Parameter sum: nil when nothing was entered.
  func share(_ sum: Amount?) -> Int {
    guard let sum = sum?.thousandths, sum > 0 || direction == .atMost else { return 0 }
    let target = amount.thousandths
    switch direction {
    case .atLeast: return sum >= target ? Self.whole : Self.part(sum, of: target)
    case .atMost: return sum <= target ? Self.whole : Self.whole - min(Self.whole, Self.part(sum - target, of: target))
    }
  }

  /// One, in fixed point: sums of shares do not depend on their order.
  static let whole = 1 << 40

  /// A target of nothing is missed as a whole by anything.
  private static func part(_ part: Int, of target: Int) -> Int {
    if target <= 0 || part >= target { return whole }
    return Int(Double(part) / Double(target) * Double(whole) + 0.5)
  }

  func isMet(_ sum: Amount) -> Bool { direction == .atLeast ? sum >= amount : sum <= amount }

  /// What a date's sum becomes by one press (RULES 5.12): the first press of an at-most habit enters 0, every other adds `step`.
  ///
  /// - Parameter entered: nil when nothing was.
  public func pressed(_ entered: Amount?, step: Amount) -> Amount {
    guard let entered else { return direction == .atMost ? .zero : min(step, .limit) }
    return min(entered + step, .limit)
  }
}

/// What is asked of a habit on a date: one line of its history of frequencies.
public struct HabitRule: Hashable, Sendable {
  public var frequency: HabitFrequency
  /// Nil: a habit of ticks.
  public var target: HabitTarget?

  public init(_ frequency: HabitFrequency, target: HabitTarget? = nil) {
    (self.frequency, self.target) = (frequency, target)
  }

  /// A target of a week or month: the frequency is ignored then, and the period's sum is judged.
  public var sums: HabitTarget? { target?.period == .day ? nil : target }

  /// What its streak counts.
  public var unit: HabitUnit {
    switch (sums?.period, frequency) {
    case (.week, _): .weeks
    case (.month, _): .months
    case (_, .daily), (_, .days): .days
    case (_, .perWeek): .weeks
    case (_, .perMonth): .months
    }
  }

  /// Whether a date is one of those asked for. Of weeks, months and sums any is.
  public func isScheduled(_ weekday: Weekday) -> Bool { isScheduled(index: weekday.rawValue - 1) }

  @inline(__always)
  func isScheduled(index: Int) -> Bool {
    guard case .days(let days) = frequency, sums == nil else { return true }
    return days.contains(index: index)
  }

  /// On how many dates of the period: N. Nil for days and for sums.
  func required(of days: Int) -> Int? {
    if sums != nil { return nil }
    switch frequency {
    case .daily, .days: return nil
    case .perWeek(let times), .perMonth(let times): return min(max(times, 1), days)
    }
  }

  /// Repetitions a day: f of RULES 5.8.
  var perDay: Double {
    switch (sums?.period, frequency) {
    case (.week, _): 1 / 7
    case (.month, _): 1 / 30
    case (_, .daily): 1
    case (_, .days(let days)): Double(days.count) / 7
    case (_, .perWeek(let times)): Double(max(1, times)) / 7
    case (_, .perMonth(let times)): Double(max(1, times)) / 30
    }
  }
}

/// From when a ``HabitRule`` holds. Of several from one date the last stands; the first one holds before its date too.
public struct HabitChange: Hashable, Sendable {
  public let from: Day
  public let rule: HabitRule

  public init(from: Day, _ rule: HabitRule) { (self.from, self.rule) = (from, rule) }
}
