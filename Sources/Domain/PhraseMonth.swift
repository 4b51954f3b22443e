/// A day counted within a month.
struct PhraseNth: Equatable {
  enum Kind: Equatable {
    case day, workday
    case weekday(Weekday)
  }

  /// From 1; -1 is the last.
  let number: Int
  let kind: Kind

  static let first = PhraseNth(number: 1, kind: .day)
  static let last = PhraseNth(number: -1, kind: .day)

  /// - Returns: nil when the month has no such day.
  func day(year: Int, month: Int) -> Day? {
    let days = (1...31).compactMap { Day(year: year, month: month, day: $0) }.filter { day in
      switch kind {
      case .day: true
      case .workday: !day.weekday.isWeekend
      case .weekday(let weekday): day.weekday == weekday
      }
    }
    if number < 0 { return days.last }
    return days.indices.contains(number - 1) ? days[number - 1] : nil
  }
}

/// The month that a day is counted in.
enum PhraseMonth: Equatable {
  /// "The month": this one, or the next whose day is still to come.
  case current
  /// "This month" is 0, "next month" 1.
  case ahead(Int)
  /// "April": of this year or the next, unless a year was said.
  case named(Int, year: Int?)
  /// A month of the year that comes so many years after this one.
  case ofYear(Int, ahead: Int)
  /// The last month of the quarter of the year, or its first; 1 ahead is the next quarter's.
  case quarter(isEnd: Bool, ahead: Int?)

  /// The months it may mean, in the order in which they come.
  func months(from today: Day) -> [(year: Int, month: Int)] {
    let here = today.year * 12 + today.month - 1
    let counted: [Int]
    switch self {
    case .current: counted = (0...2).map { here + $0 }
    case .ahead(let ahead): counted = [here + ahead]
    case .named(let month, let year): counted = (year.map { [$0] } ?? [today.year, today.year + 1]).map { $0 * 12 + month - 1 }
    case .ofYear(let month, let ahead): counted = [(today.year + ahead) * 12 + month - 1]
    case .quarter(let isEnd, let ahead):
      counted = (ahead.map { [$0] } ?? [0, 1]).map { here - here % 3 + $0 * 3 + (isEnd ? 2 : 0) }
    }
    return counted.map { ($0 / 12, $0 % 12 + 1) }
  }
}

extension PhraseParser {
  /// "Last friday of the month", "second tuesday of april", "primeiro dia útil do mês que vem", "the 12th of next month".
  mutating func nthDay() -> PhraseDay? {
    attempt { parser in
      while parser.take("the") || parser.take("o") || parser.take("a") || parser.take("no") || parser.take("na") {}
      if let nth = parser.nth() {
        // "Quinto dia útil" is said of months only.
        let isOfMonth = nth.kind == .workday && parser.tokens[parser.index - 1].kind == .word("util")
        return (parser.month() ?? (isOfMonth ? PhraseMonth.current : nil)).map { .nth(nth, $0) }
      }
      let saidDay = parser.take("dia")
      guard let day = parser.dayNumber(), saidDay || day.isOrdinal || parser.word()?.first == "d" else { return nil }
      return parser.month(isNamed: false).map { .nth(PhraseNth(number: day.value, kind: .day), $0) }
    }
  }

  private mutating func nth() -> PhraseNth? {
    attempt { parser in
      let isLast = parser.take(anyOf: PhraseWords.last)
      guard let number = isLast ? -1 : parser.ordinal(), number <= 31 else { return nil }
      if let weekday = parser.weekdayName() { return number > 5 ? nil : PhraseNth(number: number, kind: .weekday(weekday)) }
      if parser.takeWorkday() { return PhraseNth(number: number, kind: .workday) }
      return parser.take("day") || parser.take("dia") ? PhraseNth(number: number, kind: .day) : nil
    }
  }

  /// "First", "2nd", "terceira".
  private mutating func ordinal() -> Int? {
    take(from: PhraseWords.portugueseOrdinals) ?? attempt { $0.dayNumber().flatMap { $0.isOrdinal ? $0.value : nil } }
  }

  /// "Business day", "dia útil".
  mutating func takeWorkday() -> Bool {
    take("business", "day") || take("business", "days") || take("working", "day") || take("working", "days") || take("work", "day")
      || take("work", "days") || take("workday") || take("workdays") || take("weekday") || take("weekdays") || take("dia", "util")
      || take("dias", "uteis")
  }

  /// "Of the month", "of next month", "in april", "do mês que vem", "de abril de 2027".
  private mutating func month(isNamed: Bool = true) -> PhraseMonth? {
    attempt { parser in
      _ = parser.take("of") || parser.take("in") || parser.take("do") || parser.take("de") || parser.take("em") || parser.take("no")
      return parser.relative(.month).map { $0 == nil ? .current : .ahead($0 ?? 0) } ?? (isNamed ? parser.namedMonth() : nil)
    }
  }

  private mutating func namedMonth() -> PhraseMonth? {
    take(from: PhraseWords.months).map { .named($0, year: year()) }
  }

  /// "The month" (nil inside), "this month" (0), "next month" (1) or their Portuguese; nil when no such thing comes next.
  private mutating func relative(_ unit: PhraseUnit) -> Int?? {
    attempt { parser in
      while parser.take("the") || parser.take("o") || parser.take("a") {}
      let isNext = parser.take(anyOf: PhraseWords.next)
      let isThis = !isNext && parser.take(anyOf: PhraseWords.this)
      guard parser.takeWhole(unit) else { return nil }
      if isThis { return .some(0) }
      if isNext || parser.take("que", "vem") || parser.take("seguinte") { return .some(1) }
      return .some(nil)
    }
  }

  private mutating func takeWhole(_ unit: PhraseUnit) -> Bool {
    if unit == .quarter { return take("quarter") || take("trimestre") }
    // "D", "w" and "m" are durations only.
    guard let next = word(), next.utf8.count > 2, PhraseWords.units[next] == unit else { return false }
    skip()
    return true
  }

  /// "End of next week", "eom", "start of april", "fim do ano", "início do mês que vem". The end of a day is a time (``clock()``).
  mutating func edge() -> PhraseDay? {
    attempt { parser in
      while parser.take("the") || parser.take("o") || parser.take("a") || parser.take("ao") || parser.take("no") || parser.take("at") {}
      if let short = parser.take(from: PhraseWords.shortEnds) { return Self.edge(of: short, ahead: nil, isEnd: true) }
      let isEnd = parser.take(anyOf: PhraseWords.ends)
      guard isEnd || parser.take(anyOf: PhraseWords.starts) else { return nil }
      // "Fim de semana" is the weekend.
      if parser.word() == "de", parser.word(1) == "semana" { return nil }
      let isJoined = parser.take("of") || parser.take("do") || parser.take("da") || parser.take("de")
      guard isJoined || PhraseWords.this.contains(parser.word() ?? "") else { return nil }
      for unit in [PhraseUnit.week, .month, .year, .quarter] {
        if let ahead = parser.relative(unit) { return Self.edge(of: unit, ahead: ahead, isEnd: isEnd) }
      }
      return parser.namedMonth().map { .nth(isEnd ? .last : .first, $0) }
    }
  }

  private static func edge(of unit: PhraseUnit, ahead: Int?, isEnd: Bool) -> PhraseDay {
    let nth = isEnd ? PhraseNth.last : .first
    switch unit {
    case .week: return .weekEdge(isEnd: isEnd, ahead: ahead)
    case .month: return .nth(nth, ahead.map { .ahead($0) } ?? .current)
    case .quarter: return .nth(nth, .quarter(isEnd: isEnd, ahead: ahead))
    default: return .nth(nth, ahead.map { .ofYear(isEnd ? 12 : 1, ahead: $0) } ?? .named(isEnd ? 12 : 1, year: nil))
    }
  }
}
