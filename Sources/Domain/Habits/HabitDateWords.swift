/// What pages say of a habit's dates: names of buttons, and how far a day, week or month is.
extension HabitWords {
  /// "Monday 4 January", with the year where it is not today's; "segunda-feira, 4 de janeiro".
  public static func date(_ day: Day, today: Day, _ language: Language) -> String {
    let (year, month, date) = day.date
    let isOtherYear = year != today.year
    switch language {
    case .english:
      return "\(TimeWords.name(day.weekday, language)) \(date) \(TimeWords.month(month, language))" + (isOtherYear ? " \(year)" : "")
    case .portuguese:
      return "\(TimeWords.name(day.weekday, language)), \(PortugueseCron.day(date)) de \(TimeWords.month(month, language))"
        + (isOtherYear ? " de \(year)" : "")
    }
  }

  /// The name of a date's button: the date, how it stands, what a press does. "Monday 4 January, done, undo"; "segunda-feira, 4 de janeiro, 6 de
  /// 10 páginas, somar 1 páginas".
  ///
  /// - Parameters:
  ///   - rule: what is in force on the date.
  ///   - step: what one press adds to an amount.
  public static func button(
    _ cell: HabitCell, _ rule: HabitRule, unit: String = "", step: Amount = Amount(1), today: Day, _ language: Language
  )
    -> String
  {
    let action: String
    if let target = rule.target {
      let added = cell.entered == nil && target.direction == .atMost ? Amount.zero : step
      switch language {
      case .english: action = (added == .zero ? "enter " : "add ") + amount(added, unit, language)
      case .portuguese: action = (added == .zero ? "registrar " : "somar ") + amount(added, unit, language)
      }
    } else if cell.mark == .kept {
      action = language == .english ? "undo" : "desfazer"
    } else {
      action = language == .english ? "mark as done" : "marcar como feito"
    }
    return "\(date(cell.date, today: today, language)), \(state(cell, rule, unit: unit, today: today, language)), \(action)"
  }

  /// How a date stands: "done", "not done yet", "skipped", "6 of 10 pages". No word of blame for a date missed.
  public static func state(_ cell: HabitCell, _ rule: HabitRule, unit: String = "", today: Day, _ language: Language) -> String {
    if let target = rule.target, let entered = cell.entered {
      guard target.period == .day else { return amount(entered, unit, language) }
      let sum = of(entered, target, unit, language)
      switch (cell.mark, language) {
      case (.kept, .english): return target.direction == .atMost ? sum : "\(sum), done"
      case (.kept, .portuguese): return target.direction == .atMost ? sum : "\(sum), feito"
      default: return sum
      }
    }
    switch (cell.mark, language) {
    case (.kept, .english): return "done"
    case (.kept, .portuguese): return "feito"
    case (.skipped, .english): return cell.reason.map { "skipped (\(reason($0, language)))" } ?? "skipped"
    case (.skipped, .portuguese): return cell.reason.map { "pulado (\(reason($0, language)))" } ?? "pulado"
    case (.paused, .english): return "paused"
    case (.paused, .portuguese): return "em pausa"
    case (_, .english): return cell.isScheduled ? cell.date < today ? "not done" : "not done yet" : "not scheduled"
    case (_, .portuguese): return cell.isScheduled ? cell.date < today ? "não feito" : "ainda não feito" : "não previsto"
    }
  }

  /// How far today is: "6 of 10 pages today"; of an at-most habit, whose day is not over, "1 of at most 2 coffees today, so far". Nil for ticks and
  /// sums.
  public static func today(_ today: HabitToday, unit: String, _ language: Language) -> String? {
    guard let target = today.rule.target, target.period == .day else { return nil }
    let sum = of(today.entered ?? .zero, target, unit, language)
    return switch language {
    case .english: sum + " today" + soFar(target, language)
    case .portuguese: sum + " hoje" + soFar(target, language)
    }
  }

  /// How far the week or month is: "2 of 3 this week"; "6 de 10 km neste mês". Nil for days.
  public static func progress(_ today: HabitToday, unit: String, _ language: Language) -> String? {
    guard let progress = today.progress else { return nil }
    let when =
      switch (today.rule.unit, language) {
      case (.months, .english): " this month"
      case (.months, .portuguese): " neste mês"
      case (_, .english): " this week"
      case (_, .portuguese): " nesta semana"
      }
    if let target = today.rule.sums { return of(progress.sum, target, unit, language) + when + soFar(target, language) }
    return "\(progress.done) \(language == .english ? "of" : "de") \(progress.required ?? 0)\(when)"
  }

  private static func soFar(_ target: HabitTarget, _ language: Language) -> String {
    target.direction == .atLeast ? "" : language == .english ? ", so far" : ", até agora"
  }

  /// "6 of 10 km"; "2 de no máximo 3 cafés".
  private static func of(_ sum: Amount, _ target: HabitTarget, _ unit: String, _ language: Language) -> String {
    let whole = target.direction == .atMost ? limit(target, unit, language) : amount(target.amount, unit, language)
    return "\(sum.text(language)) \(language == .english ? "of" : "de") \(whole)"
  }

  /// "sick", "holiday"; "doença", "férias ou feriado".
  public static func reason(_ reason: SkipReason, _ language: Language) -> String {
    switch (reason, language) {
    case (.sick, .english): "sick"
    case (.sick, .portuguese): "doença"
    case (.travel, .english): "travel"
    case (.travel, .portuguese): "viagem"
    case (.rest, .english): "rest"
    case (.rest, .portuguese): "descanso"
    case (.holiday, .english): "holiday"
    case (.holiday, .portuguese): "férias ou feriado"
    case (.other, .english): "other"
    case (.other, .portuguese): "outro motivo"
    }
  }
}
