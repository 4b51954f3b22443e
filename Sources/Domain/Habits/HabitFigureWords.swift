/// What pages say of a habit's figures.
extension HabitWords {
  /// Streak and score for a row: "12 days · 87%".
  public static func row(_ figures: HabitFigures, _ language: Language) -> String {
    "\(streak(figures.current, figures.unit, language)) · \(figures.score.percent)%"
  }

  /// From when streaks count, for the page of a habit whose unit has changed: "Streaks count weeks since Thu 14 Jan 2027".
  public static func since(_ figures: HabitFigures, _ language: Language) -> String {
    let unit = name(figures.unit, isOne: false, language)
    return switch language {
    case .english: "Streaks count \(unit) since \(TimeWords.date(figures.since, language))"
    case .portuguese: "As sequências contam \(unit) desde \(TimeWords.date(figures.since, language))"
    }
  }

  /// What stands beside the streak, so that skips are counted openly: "24 kept, 4 missed, 2 skipped of the last 30".
  public static func tally(_ tally: HabitTally, _ language: Language) -> String {
    var items: [String]
    switch language {
    case .english:
      items = ["\(tally.kept) kept", "\(tally.missed) missed", "\(tally.skipped) skipped"]
      if tally.paused > 0 { items.append("\(tally.paused) paused") }
      return items.joined(separator: ", ") + " of the last \(tally.dates)"
    case .portuguese:
      func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
      items = [count(tally.kept, "feito"), count(tally.missed, "não feito"), count(tally.skipped, "pulado")]
      if tally.paused > 0 { items.append("\(tally.paused) em pausa") }
      return items.joined(separator: ", ") + (tally.dates == 1 ? " no último dia" : " nos últimos \(tally.dates) dias")
    }
  }

  /// The line of those that are not among what is due: "2 paused, the next comes back on Monday 6 April".
  ///
  /// - Parameter next: when the first of them ends by itself; nil when none does.
  public static func paused(_ count: Int, next: Day?, today: Day, _ language: Language) -> String {
    let paused = "\(count) \(language == .english ? "paused" : "em pausa")"
    guard let next else { return paused }
    let day = date(next, today: today, language)
    switch language {
    case .english: return "\(paused), \(count == 1 ? "it" : "the next") comes back on \(day)"
    case .portuguese: return "\(paused), \(count == 1 ? "volta" : "o próximo volta") \(next.weekday.isWeekend ? "no" : "na") \(day)"
    }
  }

  /// A change of the week's rate: "+12.5 points"; "−3,0 pontos"; "no change".
  ///
  /// - Parameter tenths: ``HabitWeek/change(from:to:)``.
  public static func change(_ tenths: Int, _ language: Language) -> String {
    if tenths == 0 { return language == .english ? "no change" : "sem mudança" }
    let (whole, tenth) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "−" : "+"
    return switch language {
    case .english: "\(sign)\(whole).\(tenth) points"
    case .portuguese: "\(sign)\(whole),\(tenth) pontos"
    }
  }
}
