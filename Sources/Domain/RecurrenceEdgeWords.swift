/// Days of months that are said without a number.
extension PhraseParser {
  /// "end of every month", "fim de cada mês"; behind "every", or before "every month", also "end of the month" and "fim do mês".
  mutating func addEdge(_ parts: inout RecurrenceParts) -> Bool {
    let isEach = parts.isRecurring && parts.unit == nil
    var next = parts
    let found: Bool? = attempt { parser in
      while parser.take("at") || parser.take("the") || parser.take("o") || parser.take("no") || parser.take("ao") {}
      let isEnd = parser.take(anyOf: PhraseWords.ends)
      guard isEnd || parser.take(anyOf: PhraseWords.starts) else { return nil }
      guard parser.take("of") || parser.take("de") || parser.take("do") else { return nil }
      let saysEach = parser.take(anyOf: RecurrenceVocabulary.every)
      _ = parser.take("the") || parser.take("os") || parser.take("o")
      guard parser.take("month") || parser.take("mes") || parser.take("meses") else { return nil }
      next.dates = [isEnd ? -1 : 1]
      if !saysEach, !isEach { parser.addOfMonth(&next) } else if next.unit == nil { (next.unit, next.isRecurring) = (.monthly, true) }
      return next.unit == .monthly && next.months.isEmpty ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// "at the end of each day", "no fim de cada dia": when "end of day" is.
  mutating func addEndOfDay(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.unit == nil, parts.everyMinutes == nil, !parts.saysDays, !parts.saysTimes else { return false }
    let found = takeIf { parser in
      while parser.take("at") || parser.take("the") || parser.take("o") || parser.take("no") || parser.take("ao") {}
      guard parser.take(anyOf: PhraseWords.ends), parser.take("of") || parser.take("de") else { return false }
      guard parser.take(anyOf: RecurrenceVocabulary.every) else { return false }
      return parser.take("day") || parser.take("dia") && parser.word() != "util"
    }
    guard found else { return false }
    (parts.unit, parts.isRecurring) = (.daily, true)
    parts.add(RecurrenceTime(minutes: PhraseClock.evening.hour * 60, isExact: true))
    return true
  }

  /// "the first of every month", "first and fifteenth of the month", "todo primeiro do mês"; behind "every month" also "the first".
  mutating func addWordDates(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let found: Bool? = attempt { parser in
      _ = parser.take("the") || parser.take("o") || parser.take("no")
      let isNamed = parser.index > parser.tokens.startIndex && parser.tokens[parser.index - 1].kind == .word("the")
      guard let first = parser.wordDate() else { return nil }
      next.dates = [first]
      while let more: Int = parser.attempt({ parser in
        let isJoined = parser.take(mark: ",")
        guard parser.take("and") || parser.take("e") || isJoined else { return nil }
        _ = parser.take("the")
        return parser.wordDate() ?? parser.date(saidDay: false)
      }) { next.dates.append(more) }
      next.dates = Array(Set(next.dates)).sorted()
      let start = parser.index
      parser.addOfMonth(&next)
      guard parser.index > start || isNamed, next.unit == .monthly, next.months.isEmpty else { return nil }
      return true
    }
    if found != nil { parts = next }
    return found != nil
  }

  private mutating func wordDate() -> Int? {
    attempt { parser in
      if parser.take("last") || parser.take("ultimo") { return -1 }
      guard let number = parser.dayNumber(), number.isOrdinal, number.isWord, (1...31).contains(number.value) else { return nil }
      return number.value
    }
  }

  // MARK: - Days left out

  /// "except weekends", "but not on sundays", "menos domingo": the other days of the week.
  mutating func addException(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.dates.isEmpty, parts.nth.isEmpty, parts.workday == nil else { return false }
    let isEachDay =
      parts.weekdays.isEmpty && (parts.unit == .daily && parts.interval == 1 || parts.unit == nil && parts.everyMinutes != nil)
    guard isEachDay || parts.isRecurring && parts.weekdays.count > 1 else { return false }
    let days = isEachDay ? Weekday.allCases : parts.weekdays
    let left: [Weekday]? = attempt { parser in
      guard parser.take(anyOf: RecurrenceVocabulary.exceptions) else { return nil }
      _ = parser.take("for") || parser.take("not")
      while parser.take(anyOf: PhraseWords.beforeDay) || parser.take(anyOf: RecurrenceVocabulary.beforeDays) || parser.take("at") {}
      guard let excluded = parser.exceptedDays() else { return nil }
      let left = days.filter { !excluded.contains($0) }
      return left.isEmpty || left.count == days.count ? nil : left
    }
    guard let left else { return false }
    parts.weekdays = left
    return true
  }

  private mutating func exceptedDays() -> [Weekday]? {
    if let group = weekdayGroup() { return group }
    return takeWeekend() ? [.saturday, .sunday] : weekdays()
  }
}
