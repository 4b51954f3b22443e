/// Which days: how often, on what.
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
      if parser.addOther(&next) { return true }
      let counted: Bool? = parser.attempt { parser in parser.every().flatMap { parser.addUnit($0, &next) ? true : nil } }
      if counted != nil || parser.addUnit(1, &next) { return true }
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

  /// "de 2 em 2", "de meia em meia", and "dia sim, dia não".
  /// "every 2 hours" behind "every month on the 1st".
  private mutating func addRhythm(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let found: Bool? = attempt { parser in
      _ = parser.take("a")
      guard parser.take(anyOf: RecurrenceVocabulary.every) else { return nil }
      let counted: Bool? = parser.attempt { parser in parser.every().flatMap { parser.addUnit($0, &next) ? true : nil } }
      guard counted != nil || parser.addUnit(1, &next) else { return nil }
      return next.everyMinutes == nil ? nil : true
    }
    if found != nil { parts = next }
    return found != nil
  }

  private mutating func byTwos() -> Int? {
    attempt { parser in
      guard parser.take("de"), let count = parser.plainNumber(), parser.take("em"), parser.every() == count else { return nil }
      return count
    }
  }

  private mutating func addUnit(_ count: Int, _ parts: inout RecurrenceParts) -> Bool {
    if word(1) == "util" || word(1) == "uteis" { return false }
    let isDia = word() == "dia"
    if let unit = take(from: RecurrenceVocabulary.units) {
      (parts.unit, parts.interval, parts.isRecurring) = (unit, count, true)
      // "Todo dia 15" is a date, "todo dia 8h" and "every day 8" a time.
      if isDia, count == 1 { addDate(&parts) }
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
    guard parts.times.isEmpty, let part = take(from: PhraseWords.parts) else { return false }
    var named = [part]
    while let next: PhrasePart = attempt({ parser in
      guard parser.take("and") || parser.take("e") || parser.take(mark: ",") else { return nil }
      while parser.take(anyOf: RecurrenceVocabulary.every) || parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: PhraseWords.parts)
    }) { named.append(next) }
    let times = named.compactMap { PhraseMoment(day: .offset(1), part: $0).seconds(defaultHour: .noon) }
    guard times.count == named.count else { return false }
    (parts.unit, parts.times) = (.daily, times.map { $0 / 60 })
    return true
  }

  /// "daily", "quarterly"; "sexta sim, sexta não", "dia sim, dia não".
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
    var next = parts
    let found: Bool? = attempt { parser in
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

  // MARK: - Days

  /// "on friday", "mondays and thursdays", "on the 1st and 15th of every month", "first monday of the month", "12 december", "dias úteis".
  mutating func addDays(_ parts: inout RecurrenceParts) -> Bool {
    if parts.saysDays { return false }
    var next = parts
    let found: Bool? = attempt { parser in
      while parser.take(anyOf: PhraseWords.beforeDay) || parser.take(anyOf: RecurrenceVocabulary.beforeDays) {}
      if parts.everyMinutes != nil { _ = parser.take(anyOf: RecurrenceVocabulary.every) }
      let known = parser.addNth(&next) || parser.addYearDate(&next) || parser.addDates(&next) || parser.addWeekdays(&next)
      return known ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  private mutating func addWeekdays(_ parts: inout RecurrenceParts) -> Bool {
    let isPlural = word().map { RecurrenceVocabulary.weekdaysInPlural[$0] != nil } ?? false
    if let group = weekdayGroup() {
      (parts.weekdays, parts.isRecurring) = (group, true)
      return true
    }
    let start = index
    guard let days = weekdays() else { return false }
    // "De segunda a sexta" and "mon and wed" are every one of them; "saturday to sunday" is one weekend, "monday or tuesday" one day.
    let joints = tokens[start..<index].map(\.kind)
    let isList = days.count > 2 || days.count > 1 && !joints.contains { RecurrenceVocabulary.notEach.contains($0) }
    (parts.weekdays, parts.isRecurring) = (days, parts.isRecurring || isPlural || isList)
    return true
  }

  private mutating func weekdayGroup() -> [Weekday]? {
    if take("weekday") || take("weekdays") || take("workday") || take("workdays") || take("working", "day") || take("working", "days")
      || take("business", "day") || take("business", "days") || take("dia", "util") || take("dias", "uteis")
    {
      return RecurrenceShape.Days.workWeek
    }
    if take("weekend") || take("weekends") || take("weekend", "day") || take("fim", "de", "semana") || take("fins", "de", "semana")
      || take("finais", "de", "semana") || take("final", "de", "semana")
    {
      return [.saturday, .sunday]
    }
    return nil
  }

  /// "monday", "mon, wed and fri", "mon wed fri", "segunda a sexta-feira", "toda segunda e toda quinta".
  mutating func weekdays() -> [Weekday]? {
    guard let first = weekday() else { return nil }
    var days = [first]
    while true {
      if let last: Weekday = attempt({ parser in
        guard parser.take("to") || parser.take("through") || parser.take("thru") || parser.take("a") || parser.take("ate") else {
          return nil
        }
        return parser.weekday()
      }) {
        var day = days[days.count - 1]
        while day != last {
          day = Weekday(rawValue: day.rawValue % 7 + 1) ?? .monday
          days.append(day)
        }
      } else if let next: Weekday = attempt({ parser in
        let isJoined = parser.take(mark: ",") || parser.take(mark: "/")
        guard parser.take("and") || parser.take("e") || parser.take("or") || parser.take("ou") || isJoined else { return nil }
        while parser.take(anyOf: RecurrenceVocabulary.every) || parser.take("on") || parser.take("na") || parser.take("no")
          || parser.take("a") || parser.take("nas") || parser.take("aos")
        {}
        return parser.weekday()
      }) {
        days.append(next)
      } else if let next: Weekday = attempt({ parser in parser.weekday().flatMap { days.contains($0) ? nil : $0 } }) {
        days.append(next)
      } else {
        return Array(Set(days)).sorted { $0.rawValue < $1.rawValue }
      }
    }
  }

  private mutating func weekday() -> Weekday? {
    guard let day = take(from: PhraseWords.weekdays) ?? take(from: RecurrenceVocabulary.weekdaysInPlural) ?? numberedFeira() else {
      return nil
    }
    _ = take("feira") || take("feiras")
    return day
  }

  /// "2ª feira" is Monday.
  private mutating func numberedFeira() -> Weekday? {
    guard let number = number()?.value, (2...6).contains(number), word(1) == "a", word(2) == "feira" else { return nil }
    skip(2)
    return Weekday(rawValue: number - 1)
  }

  /// "when that is a Friday or a Monday", "quando for sexta-feira".
  mutating func addCondition(_ parts: inout RecurrenceParts) -> Bool {
    guard !parts.dates.isEmpty, parts.weekdays.isEmpty else { return false }
    let days: [Weekday]? = attempt { parser in
      guard parser.take("when", "that", "is") || parser.take("quando", "for") else { return nil }
      _ = parser.take("a") || parser.take("uma") || parser.take("um")
      return parser.weekdays()
    }
    parts.weekdays = days ?? []
    return days != nil
  }
}
