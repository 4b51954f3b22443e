/// Habits in words, English and Brazilian Portuguese. What a person typed (a unit) stands in them as it is; pages escape it.
public enum HabitWords {
  /// A rule as a sentence without a full stop: "Every day"; "Monday, Wednesday, Friday: at least 10 pages"; "At most 3 coffees a week".
  ///
  /// - Parameter unit: of the amounts, as the person wrote it; may be empty.
  public static func sentence(_ rule: HabitRule, unit: String = "", weekStart: Weekday, _ language: Language) -> String {
    let frequency = frequency(rule.frequency, weekStart: weekStart, language)
    guard let target = rule.target else { return capitalized(frequency) }
    let amount = limit(target, unit, language)
    switch (target.period, rule.frequency, language) {
    case (.day, .daily, .english): return capitalized(amount + " a day")
    case (.day, .daily, .portuguese): return capitalized(amount + " por dia")
    case (.day, .days, _): return capitalized("\(frequency): \(amount)")
    case (.day, _, .english): return capitalized("\(frequency), \(amount) each time")
    case (.day, _, .portuguese): return capitalized("\(frequency), \(amount) de cada vez")
    case (.week, _, .english): return capitalized(amount + " a week")
    case (.week, _, .portuguese): return capitalized(amount + " por semana")
    case (.month, _, .english): return capitalized(amount + " a month")
    case (.month, _, .portuguese): return capitalized(amount + " por mês")
    }
  }

  /// "every day"; "Monday, Wednesday, Friday"; "3 times a week"; "segunda, quarta, sexta"; "uma vez por semana".
  public static func frequency(_ frequency: HabitFrequency, weekStart: Weekday, _ language: Language) -> String {
    switch (frequency, language) {
    case (.daily, .english): "every day"
    case (.daily, .portuguese): "todos os dias"
    case (.days(let days), _): self.days(days, weekStart: weekStart, language)
    case (.perWeek(let times), .english): "\(self.times(times, language)) a week"
    case (.perWeek(let times), .portuguese): "\(self.times(times, language)) por semana"
    case (.perMonth(let times), .english): "\(self.times(times, language)) a month"
    case (.perMonth(let times), .portuguese): "\(self.times(times, language)) por mês"
    }
  }

  /// What a week of it looks like, for the choices of a form: "Monday, Wednesday, Friday"; "any 3 days, weeks begin on Sunday"; of sums
  /// "10 km in all, on any days, weeks begin on Sunday".
  public static func week(_ rule: HabitRule, unit: String = "", weekStart: Weekday, _ language: Language) -> String {
    let begins = weekBegins(weekStart, language)
    if let target = rule.sums {
      let amount = target.direction == .atMost ? limit(target, unit, language) : self.amount(target.amount, unit, language)
      switch (target.period, language) {
      case (.month, .english): return "\(amount) in all each month, on any days"
      case (.month, .portuguese): return "\(amount) no total a cada mês, em quaisquer dias"
      case (_, .english): return "\(amount) in all, on any days, \(begins)"
      case (_, .portuguese): return "\(amount) no total, em quaisquer dias, \(begins)"
      }
    }
    switch (rule.frequency, language) {
    case (.daily, .english): return "every day, \(span(weekStart, language))"
    case (.daily, .portuguese): return "todos os dias, de \(span(weekStart, language))"
    case (.days(let days), _): return self.days(days, weekStart: weekStart, language)
    case (.perWeek(let times), .english):
      return "\(times == 7 ? "all 7 days" : times == 1 ? "any one day" : "any \(times) days"), \(begins)"
    case (.perWeek(let times), .portuguese):
      return "\(times == 7 ? "os 7 dias" : times == 1 ? "um dia à escolha" : "\(times) dias à escolha"), \(begins)"
    case (.perMonth(let times), .english):
      return times >= 31 ? "every day of each month" : "\(times == 1 ? "any one day" : "any \(times) days") of each month"
    case (.perMonth(let times), .portuguese):
      return times >= 31 ? "todos os dias de cada mês" : "\(times == 1 ? "um dia" : "\(times) dias") à escolha em cada mês"
    }
  }

  /// "weeks begin on Sunday"; "a semana começa no domingo".
  public static func weekBegins(_ weekday: Weekday, _ language: Language) -> String {
    switch language {
    case .english: "weeks begin on \(name(weekday, language))"
    case .portuguese: "a semana começa \(weekday.isWeekend ? "no" : "na") \(name(weekday, language))"
    }
  }

  /// "at least 10 pages"; "no máximo 2 cafés".
  public static func limit(_ target: HabitTarget, _ unit: String, _ language: Language) -> String {
    let amount = amount(target.amount, unit, language)
    return switch (target.direction, language) {
    case (.atLeast, .english): "at least " + amount
    case (.atLeast, .portuguese): "pelo menos " + amount
    case (.atMost, .english): "at most " + amount
    case (.atMost, .portuguese): "no máximo " + amount
    }
  }

  /// "1.5 km"; "1,5 km"; the number alone where there is no unit.
  public static func amount(_ amount: Amount, _ unit: String, _ language: Language) -> String {
    unit.isEmpty ? amount.text(language) : "\(amount.text(language)) \(unit)"
  }

  /// "12 days", "1 week"; "3 meses".
  public static func streak(_ count: Int, _ unit: HabitUnit, _ language: Language) -> String {
    "\(count) \(name(unit, isOne: count == 1, language))"
  }

  /// "day", "weeks"; "mês", "semanas".
  static func name(_ unit: HabitUnit, isOne: Bool, _ language: Language) -> String {
    switch (unit, language) {
    case (.days, .english): isOne ? "day" : "days"
    case (.days, .portuguese): isOne ? "dia" : "dias"
    case (.weeks, .english): isOne ? "week" : "weeks"
    case (.weeks, .portuguese): isOne ? "semana" : "semanas"
    case (.months, .english): isOne ? "month" : "months"
    case (.months, .portuguese): isOne ? "mês" : "meses"
    }
  }

  /// In the order of the person's week; "Monday to Friday" and "Saturday and Sunday" have names of their own.
  private static func days(_ days: WeekdaySet, weekStart: Weekday, _ language: Language) -> String {
    if days.count == 7 { return language == .english ? "every day" : "todos os dias" }
    if days == .workdays { return language == .english ? "Monday to Friday" : "segunda a sexta" }
    if days == .weekend { return language == .english ? "Saturday and Sunday" : "sábado e domingo" }
    return days.days(from: weekStart).map { name($0, language) }.joined(separator: ", ")
  }

  private static func span(_ weekStart: Weekday, _ language: Language) -> String {
    let week = Weekday.week(from: weekStart)
    return "\(name(week[0], language)) \(language == .english ? "to" : "a") \(name(week[6], language))"
  }

  private static func times(_ times: Int, _ language: Language) -> String {
    switch (times, language) {
    case (1, .english): "once"
    case (2, .english): "twice"
    case (_, .english): "\(times) times"
    case (1, .portuguese): "uma vez"
    case (_, .portuguese): "\(times) vezes"
    }
  }

  /// "Monday"; "segunda": in lists of days Brazilians leave out "-feira".
  static func name(_ weekday: Weekday, _ language: Language) -> String {
    let name = "\(TimeWords.name(weekday, language))"
    return language == .english || weekday.isWeekend ? name : String(name.dropLast("-feira".count))
  }

  /// As the beginning of a sentence or a heading.
  public static func capitalized(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
}
