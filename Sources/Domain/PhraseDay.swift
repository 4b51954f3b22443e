/// A day as typed.
enum PhraseDay: Equatable {
  /// Today is 0, tomorrow 1.
  case offset(Int)
  /// The next one, and so many weeks after it ("friday week"); today counts only when "this" was said.
  case weekday(Weekday, orToday: Bool, weeksLater: Int)
  /// "Friday next week" is 1 week ahead, "this week" 0. Without a weekday it is the Monday.
  case week(ahead: Int, Weekday?)
  /// "Start of the week", "end of next week": its Monday, or its Friday at 18:00. Nil: the first one that is still to come.
  case weekEdge(isEnd: Bool, ahead: Int?)
  /// Their first days.
  case nextMonth, nextYear
  /// Without a year it is the next such date, today included. A weekday typed beside it has to fit.
  case date(year: Int?, month: Int, day: Int, Weekday?)
  /// "The 12th", "dia 12": in this month, or in the next one that still has it.
  case dayOfMonth(Int, Weekday?)
  /// "The last friday of the month", "the 10th of next month", "fim de março".
  case nth(PhraseNth, PhraseMonth)
  /// "In 3 days at nine": whole days, weeks, months, by the calendar.
  case span(days: Int, months: Int)
  /// "In 3 business days": so many days from Monday to Friday, today not counted.
  case workdays(Int)
  /// "Yesterday", "last friday".
  case past

  /// The time of a day that was named without one; nil: the person's default hour.
  var ownSecond: Int? { if case .weekEdge(isEnd: true, _) = self { 18 * 3600 } else { nil } }

  /// Whether a bare number beside it is an hour ("tomorrow 9"): beside a date it could be its year, beside a span its count.
  var takesBareHour: Bool {
    switch self {
    case .offset, .weekday, .week(_, .some): true
    default: false
    }
  }

  /// The days it may mean, in the order in which they come: the first that is still ahead is meant (RULES 2.2).
  ///
  /// - Throws: `past` for a day that is over by its name, `impossibleDate` for one that no calendar has, `tooFar`.
  func candidates(today: Day) throws(PhraseError) -> [Day] {
    switch self {
    case .weekEdge(let isEnd, let ahead):
      let monday = today.monday
      return (ahead.map { $0...$0 } ?? 0...1).map { monday.advanced(by: $0 * 7 + (isEnd ? 4 : 0)) }
    case .nth(let nth, let month):
      let days = month.months(from: today).compactMap { nth.day(year: $0.year, month: $0.month) }
      if days.isEmpty { throw .impossibleDate }
      return days
    default: return [try resolve(today: today)]
    }
  }

  /// "Same time next week" is seven days from today, not its Monday.
  func asCounted(from today: Day) -> Day? {
    switch self {
    case .week(let ahead, nil): today.advanced(by: 7 * ahead)
    case .nextMonth: today.advanced(months: 1)
    case .nextYear: today.advanced(months: 12)
    default: nil
    }
  }

  private func resolve(today: Day) throws(PhraseError) -> Day {
    switch self {
    case .offset(let days): return today.advanced(by: days)
    case .weekday(let weekday, let orToday, let weeks): return today.next(weekday, orToday: orToday).advanced(by: 7 * weeks)
    case .week(let ahead, let weekday): return today.monday.advanced(by: 7 * ahead + (weekday ?? .monday).rawValue - 1)
    case .nextMonth: return try Self.first(of: today.month + 1, today.year)
    case .nextYear: return try Self.first(of: 13, today.year)
    case .span(let days, let months):
      guard (0...12).contains(months), (0...400).contains(days) else { throw .tooFar }
      return today.advanced(months: months).advanced(by: days)
    case .workdays(let count): return try Self.workday(count, after: today)
    case .date(let year, let month, let day, let weekday):
      let years = year.map { $0...$0 } ?? today.year...(today.year + 1)
      let fitting = years.lazy.compactMap { Day(year: $0, month: month, day: day) }.first { year != nil || $0 >= today }
      return try Self.checked(fitting, weekday)
    case .dayOfMonth(let day, let weekday):
      let months = PhraseMonth.current.months(from: today)
      let dates = months.compactMap { Day(year: $0.year, month: $0.month, day: day) }
      return try Self.checked(dates.first { $0 >= today }, weekday)
    case .past, .weekEdge, .nth: throw .past
    }
  }

  private static func workday(_ count: Int, after today: Day) throws(PhraseError) -> Day {
    guard count > 0 else { throw .notPositive }
    guard count <= 300 else { throw .tooFar }
    var (day, left) = (today, count)
    while left > 0 {
      day = day.advanced(by: 1)
      if !day.weekday.isWeekend { left -= 1 }
    }
    return day
  }

  private static func first(of month: Int, _ year: Int) throws(PhraseError) -> Day {
    try checked(month > 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month, day: 1), nil)
  }

  private static func checked(_ day: Day?, _ weekday: Weekday?) throws(PhraseError) -> Day {
    guard let day, weekday == nil || day.weekday == weekday else { throw .impossibleDate }
    return day
  }
}

extension Day {
  /// The Monday of its week.
  fileprivate var monday: Day { advanced(by: 1 - weekday.rawValue) }

  /// The first such weekday after this day, or this day itself when it is one and `orToday` is set.
  fileprivate func next(_ wanted: Weekday, orToday: Bool = false) -> Day {
    let ahead = (wanted.rawValue - weekday.rawValue + 7) % 7
    return advanced(by: ahead == 0 && !orToday ? 7 : ahead)
  }
}
