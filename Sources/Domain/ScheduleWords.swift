extension Schedule {
  /// The schedule as a sentence without a full stop: "Every weekday at 09:00, New York time"; "Toda segunda-feira às 09:00, horário
  /// de São Paulo". Says whether minutes are elapsed (RULES 1.1), and what is excluded.
  ///
  /// Any cron expression gets words that mean exactly what it does: common shapes read well, the others are put together.
  ///
  /// - Parameter now: a rule that begins later than its days and times say it could is given its first day.
  public func words(_ language: Language, now: Instant? = nil) -> String {
    let main: String
    switch kind {
    case .once(let instant):
      let time = TimeWords.dateTime(instant, zone, language)
      main = (language == .english ? "Once, on " : "Uma vez, em ") + time + ", " + TimeWords.zone(zone, language)
    case .recurring(let cron):
      main = Schedule.capitalized(cron.words(language)) + ", " + TimeWords.zone(zone, language)
    case .rule(let rule, let start):
      main =
        Schedule.capitalized(rule.words(from: start, zone, language, now: now.map { zone.local($0) })) + ", "
        + TimeWords.zone(zone, language)
    case .interval(let minutes):
      main = Schedule.words(everyElapsed: minutes, language)
    }
    return main + exceptions(language)
  }

  private static func words(everyElapsed minutes: Int, _ language: Language) -> String {
    let (count, isHours) = minutes > 0 && minutes % 60 == 0 ? (minutes / 60, true) : (minutes, false)
    let (one, many) =
      switch language {
      case .english: isHours ? ("hour", "hours") : ("minute", "minutes")
      case .portuguese: isHours ? ("hora", "horas") : ("minuto", "minutos")
      }
    let units = count == 1 ? one : "\(count) \(many)"
    return language == .english ? "Every \(units), elapsed" : "A cada \(units), tempo corrido"
  }

  /// ", except weekends and 25 Dec 2026"; more than three days are only counted.
  private func exceptions(_ language: Language) -> String {
    var items: [String] = []
    if excludesWeekends { items.append(language == .english ? "weekends" : "fins de semana") }
    if excludedDays.count > 3 {
      items.append(language == .english ? "\(excludedDays.count) chosen days" : "\(excludedDays.count) dias escolhidos")
    } else {
      items += excludedDays.sorted().map { day in TimeWords.string { TimeWords.write(dayAndMonth: day, year: true, language, into: &$0) } }
    }
    if items.isEmpty { return "" }
    return (language == .english ? ", except " : ", exceto ") + TimeWords.list(items, language)
  }

  private static func capitalized(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
}

extension Cron {
  func words(_ language: Language) -> String {
    switch language {
    case .english: EnglishCron.words(of: self)
    case .portuguese: PortugueseCron.words(of: self)
    }
  }
}

extension TimeWords {
  /// "a", "a and b", "a, b and c".
  static func list(_ items: [String], _ language: Language) -> String {
    list(items, last: language == .english ? " and " : " e ")
  }

  static func list(_ items: [String], last joint: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + joint + last
  }

  /// Ascending numbers with three or more in a row drawn together.
  static func runs(_ numbers: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.flatMap { $0.count == 2 ? [$0.lowerBound...$0.lowerBound, $0.upperBound...$0.upperBound] : [$0] }
  }
}
