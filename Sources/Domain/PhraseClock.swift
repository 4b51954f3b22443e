/// A time of day as typed.
struct PhraseClock: Equatable {
  /// 0...24; 24 only with minute 0.
  let hour: Int
  let minute: Int
  /// "9pm", "noon" and "midnight" say which half of the day they mean; "9" leaves it to "in the evening".
  let isExact: Bool

  /// Minutes since the start of the day it is said of, which can reach into the next one: "tonight at 1" is 25 hours in.
  /// Nil when the two contradict each other ("9pm in the morning").
  func minutes(in part: PhrasePart?) -> Int? {
    guard let part else { return hour * 60 + minute }
    let shift: Int
    switch (part, hour) {
    case (.morning, 0..<12), (.afternoon, 12..<19), (.evening, 17...24): shift = 0
    case (.afternoon, 1..<7) where !isExact, (.evening, 5...12) where !isExact: shift = 12
    case (.evening, 0..<5): shift = 24
    default: return nil
    }
    return (hour + shift) * 60 + minute
  }
}

extension PhraseParser {
  /// "9am", "9:30 pm", "21:30", "21h30", "at 9", "às 9 e meia", "noon", "meia-noite", "half past nine". A bare number is a time
  /// only behind "at", "às" or "until".
  mutating func clock() -> PhraseClock? {
    attempt { parser in
      let isAt = parser.takeTimeMark()
      return parser.namedClock() ?? parser.pastClock() ?? parser.fourDigitClock(isAt: isAt)
        ?? parser.numericClock(isMarked: isAt || parser.isUntil)
    }
  }

  private mutating func namedClock() -> PhraseClock? {
    let isNoon = take("noon") || take("midday") || take("meio", "dia")
    guard isNoon || take("midnight") || take("meia", "noite") else { return nil }
    return PhraseClock(hour: isNoon ? 12 : 0, minute: take("e", "meia") ? 30 : 0, isExact: true)
  }

  /// "half past nine", "quarter to 9".
  private mutating func pastClock() -> PhraseClock? {
    attempt { parser in
      let minutes = parser.take("half", "past") ? 30 : parser.take("quarter", "past") ? 15 : parser.take("quarter", "to") ? -15 : 0
      guard minutes != 0, let hour = parser.hour(), (1...12).contains(hour) else { return nil }
      // "am" and "pm" belong to the hour: "quarter to 12pm" is before noon.
      guard let full = parser.clock(hour: hour, minute: 0) else { return nil }
      let total = (full.hour * 60 + minutes + 1440) % 1440
      return PhraseClock(hour: total / 60, minute: total % 60, isExact: full.isExact)
    }
  }

  private mutating func hour() -> Int? {
    guard let number = number() else { return numberInWords() }
    guard number.digits <= 2 else { return nil }
    skip()
    return number.value
  }

  private mutating func numericClock(isMarked: Bool) -> PhraseClock? {
    guard let hour = hour() else { return nil }
    if let minute = minutesBehindMark(isMarked: isMarked) {
      _ = take(anyOf: PhraseWords.hours)
      return clock(hour: hour, minute: minute)
    }
    let saidHours = take(anyOf: PhraseWords.hours)
    if saidHours, let minute = gluedMinute() { return clock(hour: hour, minute: minute) }
    // "2a" to "6a" are the days of the week for those who count them.
    if isPortuguese, (2...6).contains(hour), word() == "a", isGlued(0), word(1) != "m" { return nil }
    guard isMarked || saidHours || isMeridiem else { return nil }
    return clock(hour: hour, minute: isMarked || (saidHours && hour >= 6) ? minutesInWords() : 0)
  }

  /// The ":30" of "9:30". "9.30" needs "at" before it or "am" behind it.
  private mutating func minutesBehindMark(isMarked: Bool) -> Int? {
    guard isMark(":") || isMark("."), isGlued(0), isGlued(1), let minutes = number(1), minutes.digits == 2, minutes.value < 60 else {
      return nil
    }
    return attempt { parser in
      let needsMore = parser.isMark(".") && !isMarked
      parser.skip(2)
      return needsMore && !parser.isMeridiem ? nil : minutes.value
    }
  }

  /// The "30" and "30min" of "21h30".
  private mutating func gluedMinute() -> Int? {
    guard isGlued(0), let minutes = number(), minutes.digits == 2, minutes.value < 60 else { return nil }
    skip()
    _ = take("m") || take("min")
    return minutes.value
  }

  /// The "e meia" of "às 9 e meia", the "e quinze" of "às 9 e quinze".
  private mutating func minutesInWords() -> Int {
    attempt { parser in
      guard parser.take("e") else { return nil }
      if parser.take("meia") { return 30 }
      guard let minutes = parser.number()?.value ?? parser.numberInWords(), (1...59).contains(minutes) else { return nil }
      if parser.number() != nil { parser.skip() }
      _ = parser.take("minutos")
      return minutes
    } ?? 0
  }

  private var isMeridiem: Bool { meridiemLength > 0 }

  /// How many pieces "am", "p.m." or the glued letter of "9a" and "9:30p" are; 0 when none comes next. "3a feira" is a Tuesday.
  private var meridiemLength: Int {
    if word() == "am" || word() == "pm" { return 1 }
    guard word() == "a" || word() == "p" else { return 0 }
    return word(1) == "m" ? 2 : isGlued(0) && word(1) != "feira" ? 1 : 0
  }

  /// The time with "am" or "pm" behind it taken in; nil when there is no such time.
  private mutating func clock(hour: Int, minute: Int) -> PhraseClock? {
    guard isMeridiem else {
      guard hour < 24 || (hour == 24 && minute == 0) else { return nil }
      return PhraseClock(hour: hour, minute: minute, isExact: false)
    }
    let isAfternoon = word()?.first == "p"
    skip(meridiemLength)
    guard (1...12).contains(hour) else { return nil }
    return PhraseClock(hour: hour % 12 + (isAfternoon ? 12 : 0), minute: minute, isExact: true)
  }
}
