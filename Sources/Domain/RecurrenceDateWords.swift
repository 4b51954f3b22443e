/// Days of months and of years.
extension PhraseParser {
  /// "first monday", "2nd and 4th tuesday", "last weekday", "último dia útil", "last day"; needs a month behind or before it, but for a working day,
  /// which is counted in months only.
  mutating func addNth(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    var isOfMonth = false
    // "Every 5th business day" may be said of any five.
    let isEach = parts.isRecurring && parts.unit == nil
    let found: Bool? = attempt { parser in
      repeat {
        _ = parser.take("the") || parser.take("a") || parser.take("o") || parser.take("na") || parser.take("no")
        guard let numbers = parser.nthNumbers() ?? parser.workdayNumber().map({ [$0] }) else { return nil }
        let isBusiness = parser.take("working", "day") || parser.take("business", "day")
        let isUtil = parser.take("dia", "util")
        if isBusiness || isUtil || parser.take("weekday") || parser.take("workday") {
          // "The first working day" need not be of a month.
          isOfMonth = isUtil || isBusiness && !isEach && numbers[0] > 1
          guard numbers.count == 1, next.workday == nil, next.nth.isEmpty else { return nil }
          next.workday = numbers[0]
        } else if let weekday = parser.take(from: PhraseWords.weekdays) {
          _ = parser.take("feira")
          next.nth += numbers.map { Recurrence.NthWeekday(weekday, number: $0) }
        } else {
          return nil
        }
      } while parser.takesAnother()
      parser.addOfMonth(&next)
      if isOfMonth, next.months.isEmpty, next.unit == nil { (next.unit, next.isRecurring) = (.monthly, true) }
      return !next.months.isEmpty || next.unit == .monthly || next.unit == .yearly ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// The 5 of "5 dia útil"; "5 dias úteis" are as many of them, and "1 dia útil" is one.
  private mutating func workdayNumber() -> Int? {
    guard let number = number(), (2...23).contains(number.value), word(1) == "dia", word(2) == "util" else { return nil }
    skip()
    return number.value
  }

  /// "and" with another n-th behind it.
  private mutating func takesAnother() -> Bool {
    let start: Bool? = attempt { parser in
      _ = parser.take(mark: ",")
      guard parser.take("and") || parser.take("e") else { return nil }
      var ahead = parser
      _ = ahead.take("the") || ahead.take("a") || ahead.take("o") || ahead.take("na") || ahead.take("no")
      guard ahead.nthNumbers() != nil, ahead.take(from: PhraseWords.weekdays) != nil else { return nil }
      return true
    }
    return start != nil
  }

  /// "1st and 3rd", "first, second and last"; with the "to last" of "2nd to last".
  private mutating func nthNumbers() -> [Int]? {
    guard let first = nthNumber() else { return nil }
    if take("to", "last") || take("ultimo") || take("ultima") { return [-first] }
    var numbers = [first]
    while let next: Int = attempt({ parser in
      let isJoined = parser.take(mark: ",")
      guard parser.take("and") || parser.take("e") || isJoined else { return nil }
      _ = parser.take("the")
      return parser.nthNumber()
    }) { numbers.append(next) }
    return numbers
  }

  /// "second", "2nd", "2º", "última".
  mutating func nthNumber() -> Int? {
    if let number = take(from: RecurrenceVocabulary.ordinals) { return number }
    guard let number = number(), number.digits <= 2, number.value > 0, isGlued(1) || word(1) == "a", let suffix = word(1),
      PhraseWords.ordinals.contains(suffix) || suffix == "a"
    else { return nil }
    skip(2)
    return number.value
  }

  /// "12 december", "dec 12", "12/12", "1 January and 1 July": dates of the year.
  mutating func addYearDate(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.months.isEmpty, parts.dates.isEmpty else { return false }
    var next = parts
    let found: Bool? = attempt { parser in
      guard let (month, date) = parser.yearDate() else { return nil }
      (next.months, next.dates) = ([month], [date])
      while let more: (Int, Int) = parser.attempt({ parser in
        guard parser.take("and") || parser.take("e") || parser.take(mark: ",") else { return nil }
        return parser.yearDate()
      }) {
        // One rule has the same days in all its months.
        guard more.0 == month || next.dates == [more.1] else { return nil }
        if more.0 == month { next.dates.append(more.1) } else { next.months.append(more.0) }
      }
      parser.addMoreMonths(&next)
      return true
    }
    if found != nil { parts = next }
    return found != nil
  }

  private mutating func yearDate() -> (Int, Int)? {
    attempt { parser in
      guard case .date(nil, let month, let day, nil)? = parser.date(weekday: nil) else { return nil }
      return (month, day)
    }
  }

  /// "the 1st and 15th of every month", "the last day of the month", "dia 15", "dias 1 e 15", "31st".
  mutating func addDates(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.dates.isEmpty else { return false }
    var next = parts
    let found: Bool? = attempt { parser in
      let saidDay = parser.take("day") || parser.take("days") || parser.take("dia") || parser.take("dias")
      guard let first = parser.date(saidDay: saidDay) else { return nil }
      next.dates = parser.moreDates([first], saidDay: saidDay)
      parser.addOfMonth(&next)
      return next.isRecurring ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// One date of a month: from its last day when it is negative.
  mutating func date(saidDay: Bool) -> Int? {
    attempt { parser in
      _ = parser.take("the") || parser.take("o") || parser.take("no")
      if let date = parser.numberedDate(saidDay: saidDay) { return date }
      guard let number = parser.nthNumbers()?.first else { return nil }
      guard parser.take("day") || parser.take("dia") else { return number > 0 && number < 6 && saidDay ? number : nil }
      if parser.word() == "util" { return nil }
      if number == -1, parser.take("but", "one") { return -2 }
      return number
    }
  }

  private mutating func numberedDate(saidDay: Bool) -> Int? {
    attempt { parser in
      guard let number = parser.number(), number.digits <= 2, (1...31).contains(number.value) else { return nil }
      parser.skip()
      let isOrdinal = parser.isGlued(0) && parser.word().map(PhraseWords.ordinals.contains) == true
      if isOrdinal { parser.skip() }
      // "2nd to last" is no date, "15h" and "3 times" neither.
      if parser.word() == "to", parser.word(1) == "last" { return nil }
      if parser.word() == "ultimo" || parser.word() == "day" || parser.word() == "dia" { return nil }
      guard isOrdinal || saidDay, !(parser.isGlued(0) && !parser.isMark(",")) else { return nil }
      if let next = parser.word(), ["times", "vezes", "h", "horas", "am", "pm"].contains(next) || PhraseWords.weekdays[next] != nil {
        return nil
      }
      return number.value
    }
  }

  mutating func moreDates(_ first: [Int], saidDay: Bool) -> [Int] {
    var dates = first
    while true {
      if let last: Int = attempt({ parser in
        let isTight = parser.isGlued(0) && parser.isGlued(1) && parser.take(mark: "-")
        guard isTight || parser.take("to") || parser.take("through") || parser.take("a") else { return nil }
        return parser.date(saidDay: true)
      }), let from = dates.last, from > 0, last > from {
        dates += Array(from + 1...last)
      } else if let next: Int = attempt({ parser in
        let isJoined = parser.take(mark: ",")
        guard parser.take("and") || parser.take("e") || isJoined else { return nil }
        _ = parser.take("dia") || parser.take("no", "dia") || parser.take("on")
        return parser.date(saidDay: saidDay)
      }) {
        dates.append(next)
      } else {
        return Array(Set(dates)).sorted()
      }
    }
  }

  // MARK: - Months

  /// "of every month", "of the month", "de cada mês", "of January and July", "every december".
  mutating func addOfMonth(_ parts: inout RecurrenceParts) {
    var next = parts
    let found: Bool? = attempt { parser in
      // "Third thursday monthly", "on the 1st quarterly".
      if next.unit == nil, let (unit, interval) = parser.take(from: RecurrenceVocabulary.adverbs) {
        (next.unit, next.interval, next.isRecurring) = (unit, interval, true)
        return unit == .monthly ? true : nil
      }
      guard
        parser.take("of") || parser.take("in") || parser.take("de") || parser.take("do") || parser.take("em")
          || parser.take(anyOf: RecurrenceVocabulary.every)
      else { return nil }
      _ = parser.take(anyOf: RecurrenceVocabulary.every)
      _ = parser.take("the") || parser.take("os") || parser.take("o")
      if parser.take("month") || parser.take("mes") || parser.take("meses") {
        next.isRecurring = true
        if next.unit == nil || next.unit == .daily { next.unit = .monthly }
        return true
      }
      return parser.addMonths(&next) ? true : nil
    }
    if found != nil { parts = next }
  }

  /// "in June and July", "from June to August", "de janeiro".
  mutating func addMonths(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.months.isEmpty else { return false }
    var next = parts
    let found: Bool? = attempt { parser in
      _ = parser.take("in") || parser.take("of") || parser.take("em") || parser.take("de") || parser.take("from")
      guard let month = parser.take(from: PhraseWords.months) else { return nil }
      next.months = [month]
      parser.addMoreMonths(&next)
      return true
    }
    if found != nil { parts = next }
    return found != nil
  }

  private mutating func addMoreMonths(_ parts: inout RecurrenceParts) {
    while let last = parts.months.last {
      if let end: Int = attempt({ parser in
        guard parser.take("to") || parser.take("through") || parser.take("a") else { return nil }
        return parser.take(from: PhraseWords.months)
      }), end > last {
        parts.months += Array(last + 1...end)
      } else if let next: Int = attempt({ parser in
        let isJoined = parser.take(mark: ",")
        guard parser.take("and") || parser.take("e") || isJoined else { return nil }
        _ = parser.take("in") || parser.take("of") || parser.take("em") || parser.take("de")
        return parser.take(from: PhraseWords.months)
      }) {
        parts.months.append(next)
      } else {
        break
      }
    }
    parts.months = Array(Set(parts.months)).sorted()
  }
}
