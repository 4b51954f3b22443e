/// A recurrence rule (RFC 5545, 3.3.10): "every month on its last Friday, at nine". It runs over dates and times by the clock on the wall, from a
/// first one that is kept beside it (RULES 1.8).
///
/// Lists are ascending and hold nothing twice; an empty one was not said. Years, months, weeks and days are counted from the first time when
/// ``interval`` is above 1.
public struct Recurrence: Hashable, Sendable {
  /// How often a set of times is made. What is finer is an interval here.
  public enum Frequency: Int, CaseIterable, Hashable, Sendable { case hourly, daily, weekly, monthly, yearly }

  /// A day of the week; `number` 2 is the second of its month (or year), −1 the last, 0 each.
  public struct NthWeekday: Hashable, Sendable {
    public let number: Int
    public let weekday: Weekday

    public init(_ weekday: Weekday, number: Int = 0) { (self.weekday, self.number) = (weekday, number) }
  }

  /// The last time that may come, inclusive.
  public enum End: Hashable, Sendable {
    /// The whole of a day.
    case day(Day)
    case wall(LocalTime)
    case instant(Instant)
  }

  /// Bytes of a rule as text.
  public static let longestText = 500
  /// The most times that a rule may count to.
  public static let mostTimes = 5_000
  /// The most times of one day: one every five minutes.
  public static let mostTimesOfDay = 288
  /// The furthest place that BYSETPOS may name, from either end.
  static let furthestPosition = 366
  /// How far any rule is followed from any moment; for the first time see ``Schedule/isSoonEnough(_:after:)``.
  static let horizonMonths = 120

  public let frequency: Frequency
  /// Every n-th year, month, week, day or hour; ten years at most, of years 99.
  public var interval = 1
  /// After so many it is over; excluded and past ones count.
  public var count: Int?
  public var end: End?
  /// With which day a week begins: decides which weeks an interval of weeks leaves out.
  public var weekStart = Weekday.monday
  public var months: [Int] = []
  public var weekNumbers: [Int] = []
  public var yearDays: [Int] = []
  /// 1…31 from the first of the month, −1…−31 from its last.
  public var monthDays: [Int] = []
  public var weekdays: [NthWeekday] = []
  public var hours: [Int] = []
  public var minutes: [Int] = []
  /// Of the times of one period only these, from its first (1) or its last (−1).
  public var positions: [Int] = []

  public init(_ frequency: Frequency) { self.frequency = frequency }

  /// Whether it comes to an end by itself.
  public var hasEnd: Bool { count != nil || end != nil }

  /// How far this one is followed: as far as its interval goes, and a month more, since "the first Monday" comes up to six days later.
  var horizonMonths: Int {
    let months = frequency == .yearly ? interval * 12 : frequency == .monthly ? interval : 0
    return max(Recurrence.horizonMonths, months + 1)
  }

  /// The most that an interval may be: ten years, or as many years as two digits say.
  static func longestInterval(_ frequency: Frequency) -> Int {
    switch frequency {
    case .hourly, .daily: 999
    case .weekly: 520
    case .monthly: 120
    case .yearly: 99
    }
  }

  /// Whether something says which days of its weeks, months or years it means.
  var saysDays: Bool { !weekNumbers.isEmpty || !yearDays.isEmpty || !monthDays.isEmpty || !weekdays.isEmpty }

  /// With all said that a rule leaves to its first time: the day of the week, month or year, and the time of day.
  ///
  /// - Parameter time: for a rule that says no hour; one that does is at the full hour.
  public func completed(on day: Day, at time: TimeOfDay) -> Recurrence {
    var rule = self
    let date = day.date
    switch frequency {
    case .weekly where weekdays.isEmpty: rule.weekdays = [NthWeekday(day.weekday)]
    case .monthly where !saysDays: rule.monthDays = [date.day]
    case .yearly where !weekNumbers.isEmpty && weekdays.isEmpty && yearDays.isEmpty && monthDays.isEmpty:
      rule.weekdays = [NthWeekday(day.weekday)]
    case .yearly where !saysDays:
      rule.monthDays = [date.day]
      if months.isEmpty { rule.months = [date.month] }
    default: break
    }
    if frequency == .hourly {
      if minutes.isEmpty { rule.minutes = [0] }
    } else if hours.isEmpty {
      rule.hours = [time.hour]
      if minutes.isEmpty { rule.minutes = [time.minute] }
    } else if minutes.isEmpty {
      rule.minutes = [0]
    }
    return rule
  }
}
