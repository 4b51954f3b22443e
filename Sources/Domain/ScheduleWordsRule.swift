extension Recurrence {
  /// The rule in words, without a capital at its beginning, such as people can type it again: "every 2 weeks on Friday at 17:00, starting
  /// 12 Mar 2027". What has no plain words is said as it is written. Where it begins is told where that decides what comes.
  func words(from start: LocalTime, _ zone: Zone, _ language: Language, now: LocalTime?) -> String {
    let isEnglish = language == .english
    let shape = RecurrenceShape(self, from: start)
    var plain = self
    (plain.count, plain.end) = (nil, nil)
    let main =
      shape.map { isEnglish ? EnglishRule.words($0) : PortugueseRule.words($0) } ?? (isEnglish ? "by the rule " : "pela regra ")
      + plain.text
    var parts = [main]
    if interval > 1 || count != nil || now.map({ beginsLate(start, now: $0) }) == true {
      let needsTime = shape == nil || count != nil && hours.count * minutes.count > 1
      parts.append((isEnglish ? "starting " : "a partir de ") + Recurrence.words(start, needsTime: needsTime, language))
    }
    if let end { parts.append((isEnglish ? "until " : "até ") + words(end, zone, language)) }
    if let count {
      parts.append(isEnglish ? count == 1 ? "once" : "\(count) times" : count == 1 ? "uma vez" : "\(count) vezes")
    }
    return parts.joined(separator: ", ")
  }

  private func beginsLate(_ start: LocalTime, now: LocalTime) -> Bool {
    var open = self
    open.end = nil
    let first = try? open.begin(notBefore: now)  // What cannot begin any more is not late.
    return start > now && first.map { $0 < start } == true
  }

  private func words(_ end: End, _ zone: Zone, _ language: Language) -> String {
    let wall: LocalTime
    switch end {
    case .day(let day): return Recurrence.words(LocalTime(day: day, time: .midnight), needsTime: false, language)
    case .wall(let time): wall = time
    case .instant(let instant): wall = zone.local(instant)
    }
    // The whole of its last day, when nothing of that day is left out.
    let last = TimeOfDay(hour: hours.last ?? 23, minute: minutes.last ?? 59) ?? .midnight
    return Recurrence.words(wall, needsTime: wall.time < last, language)
  }

  private static func words(_ time: LocalTime, needsTime: Bool, _ language: Language) -> String {
    TimeWords.string { text in
      TimeWords.write(dayAndMonth: time.day, year: true, language, into: &text)
      guard needsTime else { return }
      text.append(words: language == .english ? " at " : time.time.hour == 1 ? " à " : " às ")
      text.append(clock: time.time)
    }
  }
}

/// A rule in English.
enum EnglishRule {
  static func words(_ shape: RecurrenceShape) -> String {
    let times = EnglishCron.times(shape.times)
    guard case .clock = shape.times else {
      return shape.days == .all && shape.interval == 1 ? times + during(shape) : "\(days(shape)), \(times)"
    }
    return "\(days(shape)) \(times)"
  }

  /// Without its times: "every 2 weeks on Friday".
  static func days(_ shape: RecurrenceShape) -> String {
    let every = shape.interval == 1 ? "every \(unit(shape.unit))" : "every \(shape.interval) \(unit(shape.unit))s"
    switch shape.days {
    case .all: return every + during(shape)
    case .weekly(let days):
      if shape.interval == 1 { return EnglishCron.weekly(CronDays.Weekdays(weekly: days, nth: [])) + during(shape) }
      return "\(every) on " + (days == RecurrenceShape.Days.workWeek ? "weekdays" : list(days.map(EnglishCron.name)))
    case .dates(let dates):
      if shape.months.count == 1, dates.count == 1, dates[0] > 0 { return "\(every) on \(dates[0]) \(month(shape.months[0]))" }
      return "\(every) on \(self.dates(dates))" + ofMonths(shape)
    case .nth(let days):
      return "\(every) on the " + list(days.map { "\(order($0.number)) \(EnglishCron.name($0.weekday))" }) + ofMonths(shape)
    case .workday(let number): return "\(every) on the \(order(number)) weekday" + ofMonths(shape)
    case .datesOn(let dates, let days):
      let condition = TimeWords.list(days.map { "a " + EnglishCron.name($0) }, last: " or ")
      return "\(every) on \(self.dates(dates))\(ofMonths(shape)), when that is \(condition),"
    }
  }

  private static func unit(_ unit: Recurrence.Frequency) -> String {
    switch unit {
    case .hourly: "hour"
    case .daily: "day"
    case .weekly: "week"
    case .monthly: "month"
    case .yearly: "year"
    }
  }

  private static func list(_ items: [String]) -> String { TimeWords.list(items, .english) }

  private static func month(_ number: Int) -> String { "\(TimeWords.month(number, .english))" }

  /// " in June, July and August"
  private static func during(_ shape: RecurrenceShape) -> String { shape.months.isEmpty ? "" : " in " + list(shape.months.map(month)) }

  private static func ofMonths(_ shape: RecurrenceShape) -> String {
    if shape.months.isEmpty { return shape.unit == .yearly ? " of every month" : "" }
    return " of " + list(shape.months.map(month))
  }

  /// "the 1st, 15th and last day"
  private static func dates(_ dates: [Int]) -> String {
    let numbered = TimeWords.runs(dates.filter { $0 > 0 }).map { run in
      run.count == 1
        ? EnglishCron.ordinal(run.lowerBound) : "\(EnglishCron.ordinal(run.lowerBound)) to \(EnglishCron.ordinal(run.upperBound))"
    }
    let last = dates.filter { $0 < 0 }.reversed().map { $0 == -1 ? "last day" : "\(EnglishCron.ordinal(-$0)) to last day" }
    return "the " + list(numbered + last)
  }

  private static func order(_ number: Int) -> String {
    let names = ["first", "second", "third", "fourth", "fifth"]
    if number == -1 { return "last" }
    if number < 0 { return EnglishCron.ordinal(-number) + " to last" }
    return names.indices.contains(number - 1) ? names[number - 1] : EnglishCron.ordinal(number)
  }
}

/// A rule in Brazilian Portuguese.
enum PortugueseRule {
  static func words(_ shape: RecurrenceShape) -> String {
    let times = PortugueseCron.times(shape.times)
    guard case .clock = shape.times else {
      return shape.days == .all && shape.interval == 1 ? times + during(shape) : "\(days(shape)), \(times)"
    }
    return "\(days(shape)) \(times)"
  }

  /// Without its times: "a cada 2 semanas na sexta-feira".
  static func days(_ shape: RecurrenceShape) -> String {
    let every = every(shape)
    switch shape.days {
    case .all: return (shape.interval == 1 ? "todos os dias" : every) + during(shape)
    case .weekly(let days):
      if shape.interval == 1 { return PortugueseCron.weekly(CronDays.Weekdays(weekly: days, nth: [])) + during(shape) }
      return "\(every) " + (days == RecurrenceShape.Days.workWeek ? "de segunda a sexta-feira" : list(days.map(on)))
    case .dates(let dates):
      if shape.months.count == 1, dates.count == 1, dates[0] > 0 {
        return "\(every) em \(PortugueseCron.day(dates[0])) de \(month(shape.months[0]))"
      }
      return "\(every) \(self.dates(dates))" + ofMonths(shape)
    case .nth(let days): return "\(every) " + list(days.map { nth($0) }) + ofMonths(shape)
    case .workday(let number):
      let place = number == -1 ? "último" : number < 0 ? "\(-number)º último" : "\(number)º"
      return "\(every) no \(place) dia útil" + ofMonths(shape)
    case .datesOn(let dates, let days):
      let condition = TimeWords.list(days.map(PortugueseCron.name), last: " ou ")
      return "\(every) \(self.dates(dates))\(ofMonths(shape)), quando for \(condition),"
    }
  }

  private static func every(_ shape: RecurrenceShape) -> String {
    let (one, many) =
      switch shape.unit {
      case .hourly: ("hora", "horas")
      case .daily: ("dia", "dias")
      case .weekly: ("semana", "semanas")
      case .monthly: ("mês", "meses")
      case .yearly: ("ano", "anos")
      }
    return shape.interval == 1 ? (shape.unit == .weekly ? "toda " : "todo ") + one : "a cada \(shape.interval) \(many)"
  }

  private static func list(_ items: [String]) -> String { TimeWords.list(items, .portuguese) }

  private static func month(_ number: Int) -> String { "\(TimeWords.month(number, .portuguese))" }

  private static func on(_ weekday: Weekday) -> String { (weekday.isWeekend ? "no " : "na ") + PortugueseCron.name(weekday) }

  private static func during(_ shape: RecurrenceShape) -> String { shape.months.isEmpty ? "" : " em " + list(shape.months.map(month)) }

  private static func ofMonths(_ shape: RecurrenceShape) -> String {
    if shape.months.isEmpty { return shape.unit == .yearly ? " de cada mês" : "" }
    return " de " + list(shape.months.map(month))
  }

  /// "nos dias 1º e 15 e no último dia"
  private static func dates(_ dates: [Int]) -> String {
    var parts: [String] = []
    let numbers = dates.filter { $0 > 0 }
    if !numbers.isEmpty {
      let days = TimeWords.runs(numbers).map { run in
        run.count == 1 ? PortugueseCron.day(run.lowerBound) : "\(PortugueseCron.day(run.lowerBound)) a \(run.upperBound)"
      }
      parts.append((numbers.count == 1 ? "no dia " : "nos dias ") + list(days))
    }
    parts += dates.filter { $0 < 0 }.reversed().map { $0 == -1 ? "no último dia" : "no \(-$0)º último dia" }
    return list(parts)
  }

  private static func nth(_ nth: Recurrence.NthWeekday) -> String {
    let stems = ["primeir", "segund", "terceir", "quart", "quint"]
    let stem = stems.indices.contains(nth.number - 1) ? stems[nth.number - 1] : "últim"
    return nth.weekday.isWeekend ? "no \(stem)o \(PortugueseCron.name(nth.weekday))" : "na \(stem)a \(PortugueseCron.name(nth.weekday))"
  }
}
