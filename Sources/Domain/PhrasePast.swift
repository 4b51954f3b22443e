extension PhraseParser {
  /// "Half past nine", "quarter to 9", "ten to five", "20 past 8", "dez para as nove", "quinze pro meio-dia".
  mutating func pastClock(isMarked: Bool) -> PhraseClock? {
    attempt { parser in
      guard let minutes = parser.minutesPast(isMarked: isMarked) ?? parser.minutesTo() else { return nil }
      guard let full = parser.fullHour() else { return nil }
      let total = (full.hour * 60 + minutes + 1440) % 1440
      return PhraseClock(hour: total / 60, minute: total % 60, isExact: full.isExact)
    }
  }

  /// What is said of the hour in English; below zero for "to". "9 to 5" and "nine to five" are when people work: "ten to five" is a time,
  /// "10 to 5" only behind "at".
  private mutating func minutesPast(isMarked: Bool) -> Int? {
    attempt { parser in
      if parser.take("half", "past") { return 30 }
      let isDigits = parser.number() != nil
      guard let minutes = parser.quarter() ?? parser.hour(), (1...29).contains(minutes) else { return nil }
      let saidMinutes = parser.take("minutes") || parser.take("minute") || parser.take("mins") || parser.take("min")
      guard saidMinutes || isDigits || minutes % 5 == 0 else { return nil }
      if parser.take("past") || (!isDigits || saidMinutes) && parser.take("after") { return minutes }
      guard isMarked || saidMinutes || !isDigits else { return nil }
      return parser.take("to") || parser.take("till") || parser.take("til") || parser.take("before") ? -minutes : nil
    }
  }

  private mutating func quarter() -> Int? {
    let isQuarter = take("quarter") || take("a", "quarter") || take("um", "quarto")
    return isQuarter ? 15 : nil
  }

  /// "Dez para as", "faltam 20 pras", "quinze para o".
  private mutating func minutesTo() -> Int? {
    attempt { parser in
      _ = parser.take("faltam") || parser.take("falta")
      guard let minutes = parser.quarter() ?? parser.hour(), (1...29).contains(minutes) else { return nil }
      _ = parser.take("minutos")
      let isBefore =
        parser.take("para", "as") || parser.take("para", "a") || parser.take("para", "o") || parser.take("pras")
        || parser.take("pra") || parser.take("pro")
      return isBefore ? -minutes : nil
    }
  }

  /// The hour that they count from. "Am" and "pm" belong to it: "quarter to 12pm" is before noon.
  private mutating func fullHour() -> PhraseClock? {
    if take("noon") || take("midday") || take("meio", "dia") { return PhraseClock(hour: 12, minute: 0, isExact: true) }
    if take("midnight") || take("meia", "noite") { return PhraseClock(hour: 0, minute: 0, isExact: true) }
    guard let hour = hour(), (1...12).contains(hour) else { return nil }
    _ = take(anyOf: PhraseWords.hours)
    return clock(hour: hour, minute: 0)
  }
}
