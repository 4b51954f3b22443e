/// How often.
extension PhraseParser {
  /// "every", "every other", "every 3", "a cada 2", "de 2 em 2", with a unit or with days.
  mutating func addEvery(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.everyMinutes == nil else { return false }
    if parts.unit != nil { return addRhythm(&parts) }
    var next = parts
    let found: Bool? = attempt { parser in
      if let count = parser.byTwos() { return parser.addUnit(count, &next) ? true : nil }
      let halves = parser.take("de", "meia", "em", "meia", "hora") ? 1 : parser.take("de", "hora", "em", "hora") ? 2 : 0
      if halves > 0 {
        (next.everyMinutes, next.isRecurring) = (halves * 30, true)
        return true
      }
      if parser.take("once") || parser.take("uma", "vez") {
        guard parser.take("a") || parser.take("per") || parser.take("every") || parser.take("por") || parser.take("ao") else { return nil }
        return parser.addUnit(1, &next) ? true : nil
      }
      _ = parser.take("a") || parser.take("on") || parser.take("em") || parser.take("de")
      guard parser.take(anyOf: RecurrenceVocabulary.every) else { return nil }
      _ = parser.take("os") || parser.take("as") || parser.take("the")
      if parser.addOther(&next) || parser.addMonthEnd(&next) || parser.addCounted(&next) || parser.addUnit(1, &next) { return true }
      if parser.addRarely(&next) { return true }
      next.isRecurring = true
      return parser.addDays(&next) || parser.addEveryNth(&next) || parser.addMonths(&next) || parser.addEveryPart(&next) ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// How many, before a unit: "3", "third", "3rd"; not the hour of "todo dia".
  private mutating func every() -> Int? {
    // "Every 8h".
    if let number = number(), isGlued(1), let unit = word(1), RecurrenceVocabulary.hours.union(RecurrenceVocabulary.minutes).contains(unit)
    {
      skip()
      return number.value
    }
    if let number = plainNumber() { return number }
    if let ordinal = nthNumber(), ordinal > 1 { return ordinal }
    return nil
  }

  /// "every other week", "every other friday", "every second day".
  private mutating func addOther(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let found: Bool? = attempt { parser in
      let isOther = parser.word() == "other" || parser.word() == "alternate"
      guard parser.take(anyOf: RecurrenceVocabulary.other) else { return nil }
      if parser.addUnit(2, &next) { return true }
      guard isOther, let days = parser.weekdays() else { return nil }
      (next.unit, next.interval, next.weekdays, next.isRecurring) = (.weekly, 2, days, true)
      return true
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// "3 days", "45m", "1h30", "third week".
  private mutating func addCounted(_ parts: inout RecurrenceParts) -> Bool {
    if let minutes = everySpan() {
      (parts.everyMinutes, parts.isRecurring) = (minutes, true)
      return true
    }
    var next = parts
    let found: Bool? = attempt { parser in parser.every().flatMap { parser.addUnit($0, &next) ? true : nil } }
    if found != nil { parts = next }
    return found != nil
  }

  /// "45m", "1h30", "1.5 hours", in minutes: of hours and minutes only, and of digits.
  private mutating func everySpan() -> Int? {
    attempt { parser in
      let start = parser.index
      guard parser.number() != nil, let span = parser.span(), span.isShort, span.months == 0, !span.isPast, !span.isNegative else {
        return nil
      }
      let taken = parser.tokens[start..<parser.index]
      let isFine = taken.allSatisfy { token in
        guard case .word(let word) = token.kind, let unit = PhraseWords.units[word] else { return true }
        return unit == .hour || unit == .minute
      }
      guard isFine, let last = taken.last, span.seconds > 0, span.seconds % 60 == 0 else { return nil }
      switch last.kind {
      // "Every 2 hours 20 pushups": only what is glued to the hours belongs to them.
      case .number: return last.glued ? span.seconds / 60 : nil
      case .word(let word): return PhraseWords.units[word] != nil || ["half", "meia"].contains(word) ? span.seconds / 60 : nil
      case .mark: return nil
      }
    }
  }

  /// "every month end"
  private mutating func addMonthEnd(_ parts: inout RecurrenceParts) -> Bool {
    guard take("month", "end") else { return false }
    (parts.unit, parts.dates, parts.isRecurring) = (.monthly, [-1], true)
    return true
  }

  /// "every 2 fridays", "a cada duas sextas"
  private mutating func addRarely(_ parts: inout RecurrenceParts) -> Bool {
    let found: (Int, [Weekday])? = attempt { parser in
      guard let count = parser.plainNumber(), count > 1, let day = parser.word(), RecurrenceVocabulary.weekdaysInPlural[day] != nil,
        let days = parser.weekdays()
      else { return nil }
      return (count, days)
    }
    guard let (count, days) = found else { return false }
    (parts.unit, parts.interval, parts.weekdays, parts.isRecurring) = (.weekly, count, days, true)
    return true
  }

  /// "every 2 hours" behind "every month on the 1st"; "every month" behind "the last day of the month".
  private mutating func addRhythm(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let (isMonth, dates) = (parts.unit == .monthly && parts.interval == 1 && parts.saysDays, parts.dates)
    let found: Bool? = attempt { parser in
      _ = parser.take("a")
      guard parser.take(anyOf: RecurrenceVocabulary.every) else { return nil }
      guard parser.addCounted(&next) || parser.addUnit(1, &next) else { return nil }
      return next.everyMinutes != nil || isMonth && next.unit == .monthly && next.dates == dates ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// "de 2 em 2"
  private mutating func byTwos() -> Int? {
    attempt { parser in
      guard parser.take("de"), let count = parser.plainNumber(), parser.take("em"), parser.every() == count else { return nil }
      return count
    }
  }

  private mutating func addUnit(_ count: Int, _ parts: inout RecurrenceParts) -> Bool {
    if word(1) == "util" || word(1) == "uteis" { return false }
    if count == 1, take("quarter", "hour") || take("quarter", "of", "an", "hour") {
      (parts.everyMinutes, parts.isRecurring) = (15, true)
      return true
    }
    if let (unit, length) = take(from: RecurrenceVocabulary.periods) {
      (parts.unit, parts.interval, parts.isRecurring) = (unit, count * length, true)
      return true
    }
    let isDia = word() == "dia"
    if let unit = take(from: RecurrenceVocabulary.units) {
      (parts.unit, parts.interval, parts.isRecurring) = (unit, count, true)
      // "Todo dia 15" is a date, "todo dia 8h" and "every day 8" a time.
      if isDia, count == 1 { addDate(&parts) }
      if parts.unit == .daily { _ = take("of", "the", "week") || take("da", "semana") }
      return true
    }
    if take(anyOf: RecurrenceVocabulary.minutes) {
      parts.everyMinutes = count
    } else if take(anyOf: RecurrenceVocabulary.hours) {
      let half = take("and", "a", "half") || take("e", "meia") ? 30 : 0
      parts.everyMinutes = min(count, PhraseScanner.largest / 60) * 60 + half
    } else if count == 1, take("half", "hour") || take("half", "an", "hour") || take("meia", "hora") {
      parts.everyMinutes = 30
    } else {
      return false
    }
    parts.isRecurring = true
    return true
  }

  private mutating func addDate(_ parts: inout RecurrenceParts) {
    var next = parts
    let found: Bool? = attempt { parser in
      if parser.addYearDate(&next) { return true }
      guard let first = parser.date(saidDay: true) else { return nil }
      next.dates = parser.moreDates([first], saidDay: true)
      parser.addOfMonth(&next)
      return true
    }
    guard found != nil else { return }
    parts = next
    parts.unit = parts.months.isEmpty ? .monthly : .yearly
  }

  /// "every 3rd friday", "toda primeira segunda": of the month. "Every second friday" is every other one for many.
  private mutating func addEveryNth(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let found: Bool? = attempt { parser in
      // "Toda quarta" is a Wednesday.
      if let word = parser.word(), PhraseWords.weekdays[word] != nil { return nil }
      guard let number = parser.nthNumber(), number != 2, number <= 5, let weekday = parser.weekday() else { return nil }
      (next.unit, next.nth) = (.monthly, [Recurrence.NthWeekday(weekday, number: number)])
      return true
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// "every morning", "toda noite", "every morning and evening".
  private mutating func addEveryPart(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.dayParts.isEmpty, let part = take(from: PhraseWords.parts) ?? take(from: RecurrenceVocabulary.partsInPlural) else {
      return false
    }
    (parts.unit, parts.dayParts) = (.daily, partsOfDay(after: part, commas: true))
    return parts.times.isEmpty || parts.minutes != nil
  }

  /// "daily", "quarterly", "nightly"; "alternate fridays"; "sexta sim, sexta não", "dia sim, dia não".
  mutating func addAdverb(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.unit == nil, parts.everyMinutes == nil else { return false }
    if let (unit, interval) = take(from: RecurrenceVocabulary.adverbs) {
      (parts.unit, parts.interval, parts.isRecurring) = (unit, interval, true)
      return true
    }
    if take("hourly") {
      (parts.everyMinutes, parts.isRecurring) = (60, true)
      return true
    }
    if parts.dayParts.isEmpty, take("nightly") {
      (parts.unit, parts.dayParts, parts.isRecurring) = (.daily, [.evening], true)
      return parts.times.isEmpty || parts.minutes != nil
    }
    var next = parts
    let found: Bool? = attempt { parser in
      if parser.addAlternate(&next) { return true }
      guard let first = parser.word() else { return nil }
      if let unit = parser.take(from: RecurrenceVocabulary.units) {
        next.unit = unit
      } else if let weekday = parser.weekday() {
        (next.unit, next.weekdays) = (.weekly, [weekday])
      } else {
        return nil
      }
      guard parser.take("sim") else { return nil }
      _ = parser.take(mark: ",") || parser.take("e")
      guard parser.take(first), parser.take("feira") || true, parser.take("nao") else { return nil }
      (next.interval, next.isRecurring) = (2, true)
      return true
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// "alternate fridays", "on alternate days", "sextas alternadas"
  private mutating func addAlternate(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let found: Bool? = attempt { parser in
      _ = parser.take("on") || parser.take("em") || parser.take("as") || parser.take("aos")
      let isFirst = parser.take("alternate")
      guard let day = parser.word() else { return nil }
      if RecurrenceVocabulary.weekdaysInPlural[day] != nil {
        guard let days = parser.weekdays() else { return nil }
        (next.unit, next.interval, next.weekdays, next.isRecurring) = (.weekly, 2, days, true)
      } else if ["days", "weeks", "months", "dias", "semanas", "meses"].contains(day) {
        guard parser.addUnit(2, &next) else { return nil }
      } else {
        return nil
      }
      return isFirst || parser.take("alternados") || parser.take("alternadas") ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }
}
