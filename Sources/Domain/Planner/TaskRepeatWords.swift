extension TaskRepeat {
  /// As a sentence without a full stop: "Every Monday", "Every 3 days after it is done", "Todo mês no dia 31, 5 vezes". Its time only where
  /// instances are due at one.
  public func words(_ language: Language) -> String {
    var parts = [from == .completion ? paceWords(language) : daysWords(language)]
    let isEnglish = language == .english
    if let last = lastDay { parts.append((isEnglish ? "until " : "até ") + TimeWords.date(last, language)) }
    if let count = rule.count {
      parts.append(isEnglish ? count == 1 ? "once" : "\(count) times" : count == 1 ? "uma vez" : "\(count) vezes")
    }
    let text = parts.joined(separator: ", ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The last day of the rule, where it names one.
  private var lastDay: Day? {
    switch rule.end {
    case nil: nil
    case .day(let day): day
    case .wall(let time): time.day
    case .instant(let instant): Zone.utc.local(instant).day
    }
  }

  private func daysWords(_ language: Language) -> String {
    let isEnglish = language == .english
    let whole = rule.completed(on: first, at: .midnight)
    guard let shape = RecurrenceShape(whole, from: LocalTime(day: first, time: .midnight)) else {
      return (isEnglish ? "by the rule " : "pela regra ") + rule.text
    }
    if isTimed { return isEnglish ? EnglishRule.words(shape) : PortugueseRule.words(shape) }
    let days = isEnglish ? EnglishRule.days(shape) : PortugueseRule.days(shape)
    return days.utf8.last == UInt8(ascii: ",") ? String(days.dropLast()) : days
  }

  private func paceWords(_ language: Language) -> String {
    let count = rule.interval
    switch language {
    case .english:
      let unit =
        switch rule.frequency {
        case .hourly: "hour"
        case .daily: "day"
        case .weekly: "week"
        case .monthly: "month"
        case .yearly: "year"
        }
      return (count == 1 ? "every \(unit)" : "every \(count) \(unit)s") + " after it is done"
    case .portuguese:
      let (one, many) =
        switch rule.frequency {
        case .hourly: ("toda hora", "horas")
        case .daily: ("todo dia", "dias")
        case .weekly: ("toda semana", "semanas")
        case .monthly: ("todo mês", "meses")
        case .yearly: ("todo ano", "anos")
        }
      return (count == 1 ? one : "a cada \(count) \(many)") + " depois de concluída"
    }
  }
}
