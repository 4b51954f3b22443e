/// A day as typed.
enum PhraseDay: Equatable {
  /// Today is 0, tomorrow 1.
  case offset(Int)
  /// The next one; today counts only when "this" was said.
  case weekday(Weekday, orToday: Bool)
  /// "Friday next week", and "next week" alone, which is its Monday.
  case nextWeek(Weekday)
  /// Their first days.
  case nextMonth, nextYear
  /// Without a year it is the next such date, today included. A weekday typed beside it has to fit.
  case date(year: Int?, month: Int, day: Int, Weekday?)
  /// "The 12th", "dia 12": in this month, or in the next one that still has it.
  case dayOfMonth(Int, Weekday?)
  /// "In 3 days at nine": whole days, weeks, months, by the calendar.
  case span(days: Int, months: Int)
  /// "Yesterday", "last friday".
  case past

  /// - Throws: `past` for a day that is over by its name, `impossibleDate` for one that no calendar has, `tooFar`.
  func resolve(today: Day) throws(PhraseError) -> Day {
    switch self {
    case .offset(let days): return today.advanced(by: days)
    case .weekday(let weekday, let orToday): return today.next(weekday, orToday: orToday)
    case .nextWeek(let weekday): return today.next(.monday).advanced(by: weekday.rawValue - 1)
    case .nextMonth: return try Self.first(of: today.month + 1, today.year)
    case .nextYear: return try Self.first(of: 13, today.year)
    case .span(let days, let months):
      guard (0...12).contains(months), (0...400).contains(days) else { throw .tooFar }
      return today.advanced(months: months).advanced(by: days)
    case .date(let year, let month, let day, let weekday):
      let years = year.map { $0...$0 } ?? today.year...(today.year + 1)
      let fitting = years.lazy.compactMap { Day(year: $0, month: month, day: day) }.first { year != nil || $0 >= today }
      return try Self.checked(fitting, weekday)
    case .dayOfMonth(let day, let weekday):
      let months = (0...2).lazy.map { today.month - 1 + $0 }
      let dates = months.compactMap { Day(year: today.year + $0 / 12, month: $0 % 12 + 1, day: day) }
      return try Self.checked(dates.first { $0 >= today }, weekday)
    case .past: throw .past
    }
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
  /// The first such weekday after this day, or this day itself when it is one and `orToday` is set.
  fileprivate func next(_ wanted: Weekday, orToday: Bool = false) -> Day {
    let ahead = (wanted.rawValue - weekday.rawValue + 7) % 7
    return advanced(by: ahead == 0 && !orToday ? 7 : ahead)
  }
}

extension PhraseParser {
  /// Any day there is a word or a date for. "Tonight" and "this morning" name a part of it as well.
  mutating func day() -> (day: PhraseDay, part: PhrasePart?)? {
    attempt { parser in
      while parser.take(anyOf: PhraseWords.beforeDay) {}
      return parser.nearDay()
    }
      ?? attempt { parser in
        // From the start again: the "a" of "a week" and the "em" of "em 2 semanas" belong to the duration.
        parser.calendarSpan().map { ($0, nil) }
      }
  }

  private mutating func nearDay() -> (day: PhraseDay, part: PhrasePart?)? {
    if take("today") { return (.offset(0), nil) }
    if take("hoje") { return (.offset(weeksOn()), nil) }
    if take("tonight") { return (.offset(0), .evening) }
    if let part = thisPart() { return (.offset(0), part) }
    if take("day", "after", "tomorrow") || take("depois", "de", "amanha") { return (.offset(2), nil) }
    if take("tomorrow") || take("tmrw") { return (.offset(1), nil) }
    if take("amanha") { return (.offset(1 + weeksOn()), nil) }
    if take("yesterday") || take("ontem") || take("anteontem") || take("day", "before", "yesterday") { return (.past, nil) }
    return (weekday() ?? period() ?? date(weekday: nil)).map { ($0, nil) }
  }

  /// "this afternoon", "esta noite".
  private mutating func thisPart() -> PhrasePart? {
    attempt { parser in parser.take(anyOf: PhraseWords.this) ? parser.take(from: PhraseWords.parts) : nil }
  }

  /// "friday", "next friday", "sexta-feira que vem", "friday next week", "Fri, 12 Dec".
  private mutating func weekday() -> PhraseDay? {
    attempt { parser in
      let isLast = parser.take(anyOf: PhraseWords.last)
      let isThis = parser.take(anyOf: PhraseWords.this)
      let isNext = parser.take(anyOf: PhraseWords.next)
      guard let weekday = parser.take(from: PhraseWords.weekdays) ?? parser.numberedWeekday() else { return nil }
      _ = parser.take("feira")
      if parser.nextWeek() { return .nextWeek(weekday) }
      if isLast || parser.take("passada") || parser.take("passado") { return .past }
      if isThis { return .weekday(weekday, orToday: true) }
      if isNext || parser.take("que", "vem") || parser.take(anyOf: PhraseWords.next) { return .weekday(weekday, orToday: false) }
      let date: PhraseDay? = parser.attempt { parser in
        _ = parser.take(mark: ",")
        return parser.date(weekday: weekday)
      }
      return date ?? .weekday(weekday, orToday: false)
    }
  }

  /// "2ª feira" is Monday.
  private mutating func numberedWeekday() -> Weekday? {
    guard let number = number()?.value, (2...6).contains(number), word(1) == "a", word(2) == "feira" else { return nil }
    skip(2)
    return Weekday(rawValue: number - 1)
  }

  private mutating func nextWeek() -> Bool {
    take("next", "week") || take("of", "next", "week") || take("da", "semana", "que", "vem") || take("da", "proxima", "semana")
  }

  /// "next week", "mês que vem", "this weekend".
  private mutating func period() -> PhraseDay? {
    attempt { parser in
      if parser.take(anyOf: PhraseWords.last) { return parser.take(from: PhraseWords.units).map { _ in .past } }
      let isNext = parser.take(anyOf: PhraseWords.next)
      if !isNext { _ = parser.take(anyOf: PhraseWords.this) }
      if parser.take("weekend") || parser.take("fim", "de", "semana") || parser.take("final", "de", "semana") {
        _ = parser.take("que", "vem")
        return .weekday(.saturday, orToday: false)
      }
      guard let unit = parser.take(from: PhraseWords.units), isNext || parser.take("que", "vem") else { return nil }
      switch unit {
      case .week: return .nextWeek(.monday)
      case .month: return .nextMonth
      case .year: return .nextYear
      default: return nil
      }
    }
  }

  /// A duration in whole days or longer, for "in 3 days at nine".
  private mutating func calendarSpan() -> PhraseDay? {
    attempt { parser in
      guard let span = parser.span(), !span.isNegative, !span.isPast, !span.isShort, span.seconds % 86_400 == 0 else { return nil }
      return .span(days: span.seconds / 86_400, months: span.months)
    }
  }
}
