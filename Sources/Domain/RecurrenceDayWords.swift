/// Which days.
extension PhraseParser {
  /// "on friday", "mondays and thursdays", "on the 1st and 15th of every month", "first monday of the month", "12 december", "dias úteis".
  mutating func addDays(_ parts: inout RecurrenceParts) -> Bool {
    if parts.saysDays { return false }
    var next = parts
    let found: Bool? = attempt { parser in
      _ = parser.takeIf { parser in (parser.take("from") || parser.take("desde")) && parser.isWeekdayRange }
      let start = parser.index
      while parser.take(anyOf: PhraseWords.beforeDay) || parser.take(anyOf: RecurrenceVocabulary.beforeDays) {}
      if parts.everyMinutes != nil { _ = parser.take(anyOf: RecurrenceVocabulary.every) }
      let isBare = parser.index == start
      let isDate = parser.addNth(&next) || parser.addYearDate(&next) || parser.addEdge(&next) || parser.addDates(&next)
      return isDate || parser.addWordDates(&next) || parser.addWeekdays(&next, isBare: isBare) ? true : nil
    }
    if found != nil { parts = next }
    return found != nil
  }

  /// - Parameter isBare: "Correr fim de semana 8h" is each weekend, "no fim de semana" and "on the weekend" the coming one.
  private mutating func addWeekdays(_ parts: inout RecurrenceParts, isBare: Bool) -> Bool {
    if let group = weekdayGroup() {
      (parts.weekdays, parts.isRecurring) = (group, true)
      return true
    }
    let saysFim = word() == "fim" || word() == "final"
    if takeWeekend() {
      (parts.weekdays, parts.isRecurring) = ([.saturday, .sunday], parts.isRecurring || isBare && saysFim)
      return true
    }
    let isPlural = word().map { RecurrenceVocabulary.weekdaysInPlural[$0] != nil } ?? false
    let start = index
    guard let days = weekdays() else { return false }
    // "De segunda a sexta" and "mon and wed" are every one of them; "saturday to sunday" is one weekend, "monday or tuesday" one day.
    let joints = tokens[start..<index].map(\.kind)
    let isList = days.count > 2 || days.count > 1 && !joints.contains { RecurrenceVocabulary.notEach.contains($0) }
    (parts.weekdays, parts.isRecurring) = (days, parts.isRecurring || isPlural || isList)
    return true
  }

  /// Said in the singular.
  mutating func takeWeekend() -> Bool { take("weekend") || take("fim", "de", "semana") || take("final", "de", "semana") }

  /// Whether "monday to friday" comes next.
  var isWeekdayRange: Bool {
    var ahead = self
    guard let days = ahead.weekdays(), days.count > 1 else { return false }
    return tokens[index..<ahead.index].contains { RecurrenceVocabulary.spans.contains($0.kind) }
  }

  mutating func weekdayGroup() -> [Weekday]? {
    if take("weekday") || take("weekdays") || take("workday") || take("workdays") || take("working", "day") || take("working", "days")
      || take("business", "day") || take("business", "days") || take("dia", "util") || take("dias", "uteis")
    {
      return RecurrenceShape.Days.workWeek
    }
    if take("weekends") || take("weekend", "day") || take("weekend", "days") || take("fins", "de", "semana")
      || take("finais", "de", "semana")
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
        guard
          parser.take("to") || parser.take("through") || parser.take("thru") || parser.take("a") || parser.take("ate")
            || parser.take(mark: "-")
        else { return nil }
        return parser.weekday()
      }) {
        var day = days[days.count - 1]
        while day != last {
          day = Weekday(rawValue: day.rawValue % 7 + 1) ?? .monday
          days.append(day)
        }
      } else if let next: Weekday = attempt({ parser in
        let isJoined = parser.take(mark: ",") || parser.take(mark: "/") || parser.take(mark: "+")
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

  mutating func weekday() -> Weekday? {
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
