/// The facts of a saying in words.
extension CoachSaying {
  /// - Returns: nil when there is no such fact.
  func text(_ slot: CoachSlot, _ language: Language) -> String? {
    switch slot {
    case .habit: habit.map(CoachFactText.quoted)
    case .goal: goalTitle.map(CoachFactText.quoted)
    case .on: period.map { CoachFactText.on($0, language) }
    case .total: total.map { CoachFactText.times($0, language) }
    case .row: row.map { $0.unit.inARow($0.count, language) }
    case .amount: amount.map { CoachFactText.amount($0, language) }
    case .misses: misses.map { $0.unit.text($0.count, language) }
    case .kept: kept.map { "\($0.done) \(language == .english ? "of" : "de") \($0.of)" }
    case .rate: rate.map { "\($0)%" }
    case .change: change.flatMap { CoachFactText.points($0, language) }
    case .best: best.map(CoachFactText.quoted)
    case .week: week.map { CoachFactText.week($0, language) }
    case .steps: steps.map { CoachFactText.counted($0, ("step", "steps"), ("passo", "passos"), language) }
    case .took: days.map { CoachUnit.days.text($0, language) }
    case .list: names.map { CoachFactText.list($0, language) }
    case .count: names.map { CoachFactText.counted($0.count, ("habit", "habits"), ("hábito", "hábitos"), language) }
    case .weekday: if case .bestDay(let day) = self { "\(TimeWords.name(day, language))" } else { nil }
    }
  }

  private var habit: String? {
    switch self {
    case .complete(let habit, _, _, _, _), .miss(let habit, _, _), .secondMiss(let habit, _), .streak(let habit, _, _),
      .streakOf(let habit, _, _), .streakNone(let habit, _), .again(let habit), .easier(let habit), .pause(let habit):
      habit
    default: nil
    }
  }

  private var goalTitle: String? { if case .goal(let title, _, _, _) = self { title } else { nil } }

  private var period: CoachPeriod? {
    switch self {
    case .complete(_, let period, _, _, _), .miss(_, let period, _): period
    case .goal(_, let day, _, _): CoachPeriod(day)
    default: nil
    }
  }

  private var total: Int? {
    switch self {
    case .complete(_, _, let total, _, _), .streak(_, _, let total), .streakOf(_, _, let total), .streakNone(_, let total): total
    default: nil
    }
  }

  /// One of something stands in no row.
  private var row: CoachCount? {
    switch self {
    case .complete(_, _, _, let row, _): row.flatMap { $0.count > 1 ? $0 : nil }
    case .streak(_, let row, _), .streakOf(_, let row, _): row
    default: nil
    }
  }

  private var amount: CoachAmount? { if case .complete(_, _, _, _, let amount) = self { amount } else { nil } }
  private var misses: CoachCount? { if case .secondMiss(_, let misses) = self { misses } else { nil } }

  private var kept: CoachShare? {
    switch self {
    case .miss(_, _, let kept): kept.flatMap { $0.done > 1 ? $0 : nil }
    case .week(_, let kept, _, _, _), .thisWeek(let kept, _), .thisMonth(let kept, _): kept
    default: nil
    }
  }

  private var rate: Int? {
    switch self {
    case .week(_, _, let rate, _, _), .thisWeek(_, let rate), .thisMonth(_, let rate): rate
    default: nil
    }
  }

  private var change: Int? { if case .week(_, _, _, let change, _) = self { change } else { nil } }
  private var best: String? { if case .week(_, _, _, _, let best) = self { best } else { nil } }

  private var week: Day? {
    switch self {
    case .week(let first, _, _, _, _), .quietWeek(let first): first
    default: nil
    }
  }

  private var steps: Int? { if case .goal(_, _, let steps, _) = self { steps.flatMap { $0 > 1 ? $0 : nil } } else { nil } }
  private var days: Int? { if case .goal(_, _, _, let days) = self { days.flatMap { $0 > 0 ? $0 : nil } } else { nil } }

  private var names: [String]? {
    switch self {
    case .due(let names), .which(let names), .missed(let names): names.isEmpty ? nil : names
    default: nil
    }
  }
}

/// How the coach writes a fact.
enum CoachFactText {
  static func quoted(_ name: String) -> String { "“\(name)”" }

  static func times(_ count: Int, _ language: Language) -> String {
    if count == 1 { return language == .english ? "once" : "uma vez" }
    return "\(count) \(language == .english ? "times" : "vezes")"
  }

  static func counted(_ count: Int, _ english: (String, String), _ portuguese: (String, String), _ language: Language) -> String {
    let words = language == .english ? english : portuguese
    return "\(count) \(count == 1 ? words.0 : words.1)"
  }

  /// "5.5 km", "1,25 h", "3": no zeros behind the mark.
  static func amount(_ amount: CoachAmount, _ language: Language) -> String {
    let number = decimal(amount.thousandths, digits: 3, language)
    return amount.unit.isEmpty ? number : "\(number) \(amount.unit)"
  }

  /// A number of so many decimals, written with as few as it takes.
  static func decimal(_ value: Int, digits: Int, _ language: Language) -> String {
    let power = (0..<digits).reduce(1) { product, _ in product * 10 }
    let magnitude = value.magnitude
    var fraction = String(magnitude % UInt(power))
    fraction = String(repeating: "0", count: digits - fraction.utf8.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let whole = (value < 0 ? "-" : "") + String(magnitude / UInt(power))
    return fraction.isEmpty ? whole : whole + (language == .english ? "." : ",") + fraction
  }

  /// nil when nothing changed.
  static func points(_ tenths: Int, _ language: Language) -> String? {
    guard tenths != 0 else { return nil }
    let number = decimal(Int(clamping: tenths.magnitude), digits: 1, language)
    let isOne = tenths.magnitude == 10
    return switch language {
    case .english: "\(number) \(isOne ? "point" : "points") \(tenths > 0 ? "up" : "down")"
    case .portuguese: "\(number) \(isOne ? "ponto" : "pontos") \(tenths > 0 ? "acima" : "abaixo")"
    }
  }

  /// "4 January", "1º de janeiro".
  static func date(_ day: Day, _ language: Language) -> String {
    let month = "\(TimeWords.month(day.month, language))"
    return switch language {
    case .english: "\(day.day) \(month)"
    case .portuguese: "\(day.day == 1 ? "1º" : String(day.day)) de \(month)"
    }
  }

  static func week(_ first: Day, _ language: Language) -> String {
    (language == .english ? "the week of " : "a semana de ") + date(first, language)
  }

  static func on(_ period: CoachPeriod, _ language: Language) -> String {
    let day = period.first
    switch (period.unit, language) {
    case (.days, .english): return "on \(TimeWords.name(day.weekday, language)) \(date(day, language))"
    case (.days, .portuguese):
      return "\(day.weekday.isWeekend ? "no" : "na") \(TimeWords.name(day.weekday, language)), \(date(day, language))"
    case (.weeks, .english): return "in the week of \(date(day, language))"
    case (.weeks, .portuguese): return "na semana de \(date(day, language))"
    case (.months, .english): return "in \(TimeWords.month(day.month, language))"
    case (.months, .portuguese): return "em \(TimeWords.month(day.month, language))"
    }
  }

  /// “Read”, “Run” and “Write”; of more than five, the rest by its number.
  static func list(_ names: [String], _ language: Language) -> String {
    var shown = names.prefix(5).map(quoted)
    let rest = names.count - shown.count
    if rest > 0 { shown.append(language == .english ? "\(rest) more" : "mais \(rest)") }
    guard let last = shown.popLast() else { return "" }
    return shown.isEmpty ? last : shown.joined(separator: ", ") + (language == .english ? " and " : " e ") + last
  }
}
