/// A time of day as typed.
struct PhraseClock: Equatable {
  /// 0...24; 24 only with minute 0.
  let hour: Int
  let minute: Int
  /// "9pm", "noon" and "midnight" say which half of the day they mean; "9" leaves it to "in the evening".
  let isExact: Bool
  /// Only behind a date of the ISO form.
  var second = 0

  /// "End of day".
  static let evening = PhraseClock(hour: 18, minute: 0, isExact: true)
  /// "After lunch".
  static let afternoon = PhraseClock(hour: 14, minute: 0, isExact: true)

  /// Seconds since the start of the day it is said of, which can reach into the next one: "tonight at 1" is 25 hours in.
  /// Nil when the two contradict each other ("9pm in the morning").
  func seconds(in part: PhrasePart?) -> Int? {
    let shift: Int
    switch (part, hour) {
    case (nil, _), (.morning, 0..<12), (.early, 0..<12), (.dawn, 0..<6), (.afternoon, 12..<19), (.evening, 17...24): shift = 0
    case (.afternoon, 1..<7) where !isExact, (.evening, 5...12) where !isExact: shift = 12
    case (.evening, 0..<5): shift = 24
    case (.dawn, 12) where !isExact: shift = -12
    default: return nil
    }
    return (hour + shift) * 3600 + minute * 60 + second
  }
}

extension PhraseParser {
  /// "9am", "930am", "9:30 pm", "21:30", "21h30", "at 9", "às 9 e meia", "noon", "meia-noite", "half past nine", "9 da manhã", "end of day".
  /// A bare number is a time only behind "at", "às" or "until", and beside a day where `isBesideDay`.
  mutating func clock(isBesideDay: Bool = false) -> PhraseClock? {
    attempt { parser in
      let isAt = parser.takeTimeMark()
      let clock =
        parser.namedClock() ?? parser.pastClock(isMarked: isAt) ?? parser.fourDigitClock(isAt: isAt)
        ?? parser.numericClock(isMarked: isAt || parser.isUntil || isBesideDay)
      guard let clock, !isBesideDay || isAt || clock.hour < 24 else { return nil }
      _ = parser.take("sharp") || parser.take("em", "ponto") || parser.take("on", "the", "dot") || parser.take("exactly")
      return clock
    }
  }

  /// The bare "9" of "9 tomorrow". "5 mon" could as well be a slip for "5 min".
  mutating func bareHour() -> PhraseClock? {
    guard bareHours == .besideDay, let hour = number(), hour.digits <= 2, hour.value < 24, let next = word(1), !isGlued(1) else {
      return nil
    }
    if PhraseWords.weekdays[next] != nil, next.utf8.count <= 3 { return nil }
    skip()
    return PhraseClock(hour: hour.value, minute: 0, isExact: false)
  }

  /// Times of day with a name of their own; "after lunch" is one at which somebody is back.
  private mutating func namedClock() -> PhraseClock? {
    if take("after", "lunch") || take("depois", "do", "almoco") || take("apos", "o", "almoco") || take("apos", "almoco") {
      return .afternoon
    }
    if takeEndOfDay() { return .evening }
    return attempt { parser in
      _ = parser.number()?.value == 12 && parser.takeNumber() || parser.take("twelve")
      let isNoon = parser.take("noon") || parser.take("midday") || parser.take("meio", "dia")
      guard isNoon || parser.take("midnight") || parser.take("meia", "noite") else { return nil }
      return PhraseClock(hour: isNoon ? 12 : 0, minute: parser.take("e", "meia") ? 30 : 0, isExact: true)
    }
  }

  private mutating func takeEndOfDay() -> Bool {
    if take(anyOf: PhraseWords.endsOfDay) { return true }
    return takeIf { parser in
      while parser.take("the") || parser.take("o") || parser.take("ao") || parser.take("no") || parser.take("at") {}
      if parser.take("close", "of", "business") || parser.take("end", "of", "business") { return true }
      guard parser.take(anyOf: PhraseWords.ends), parser.take("of") || parser.take("do") || parser.take("de") else { return false }
      _ = parser.take("the")
      return parser.take("day") || parser.take("dia") || parser.take("expediente")
    }
  }

  private mutating func takeNumber() -> Bool {
    skip()
    return true
  }

  mutating func hour() -> Int? {
    guard let number = number() else { return numberInWords() }
    guard number.digits <= 2 else { return nil }
    skip()
    return number.value
  }

  private mutating func numericClock(isMarked: Bool) -> PhraseClock? {
    if let clock = undividedClock() { return clock }
    let isWord = number() == nil
    guard let hour = hour() else { return nil }
    if let minute = minutesBehindMark(isMarked: isMarked) {
      let second = secondsBehindMark()
      _ = take(anyOf: PhraseWords.hours)
      return clock(hour: hour, minute: minute, second: second)
    }
    let saidHours = take(anyOf: PhraseWords.hours)
    if saidHours, let minute = gluedMinute() { return clock(hour: hour, minute: minute) }
    if isWord, let minute = minutesSpoken(isMarked: isMarked) { return clock(hour: hour, minute: minute) }
    // "2a" to "6a" are the days of the week for those who count them.
    if isPortuguese, (2...6).contains(hour), word() == "a", isGlued(0), word(1) != "m" { return nil }
    let minute = isMarked || (saidHours && hour >= 6) || isWord ? minutesInWords() : 0
    guard isMarked || saidHours || isMeridiem || isPartNext else { return nil }
    return clock(hour: hour, minute: minute)
  }

  /// "930am", "1230pm".
  private mutating func undividedClock() -> PhraseClock? {
    attempt { parser in
      guard let number = parser.number(), (3...4).contains(number.digits), number.value % 100 < 60 else { return nil }
      parser.skip()
      return parser.isMeridiem ? parser.clock(hour: number.value / 100, minute: number.value % 100) : nil
    }
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

  /// The last ":00" of "2027-03-15T17:30:00"; elsewhere three numbers with colons may be a duration.
  private mutating func secondsBehindMark() -> Int {
    guard isBehindFullDate, let seconds = clockMinutes(behind: 0) else { return 0 }
    skip(2)
    return seconds
  }

  /// The "30" and "30min" of "21h30".
  private mutating func gluedMinute() -> Int? {
    guard let minutes = number(), minutes.digits == 2, minutes.value < 60, isGlued(0) || isLooseMinute(0) else { return nil }
    skip()
    _ = take("m") || take("min")
    return minutes.value
  }

  /// The "thirty" of "at nine thirty" and "nine thirty am".
  private mutating func minutesSpoken(isMarked: Bool) -> Int? {
    attempt { parser in
      guard let minutes = parser.numberInWords(), (10...59).contains(minutes), isMarked || parser.isMeridiem else { return nil }
      return minutes
    }
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

  /// Whether a part of the day comes next with the small word before it that makes a number an hour: "9 da manhã", "7 in the evening".
  private var isPartNext: Bool {
    var ahead = self
    var joints = 0
    while ahead.take(anyOf: PhraseWords.beforePart) { joints += 1 }
    return joints > 0 && ahead.take(from: PhraseWords.parts) != nil
  }

  /// How many pieces "am", "p.m." or the glued letter of "9a" and "9:30p" are; 0 when none comes next. "3a feira" is a Tuesday.
  private var meridiemLength: Int {
    if word() == "am" || word() == "pm" { return 1 }
    guard word() == "a" || word() == "p" else { return 0 }
    return word(1) == "m" ? 2 : isGlued(0) && word(1) != "feira" ? 1 : 0
  }

  /// The time with "am" or "pm" behind it taken in; nil when there is no such time.
  mutating func clock(hour: Int, minute: Int, second: Int = 0) -> PhraseClock? {
    guard isMeridiem else {
      guard hour < 24 || (hour == 24 && minute == 0) else { return nil }
      return PhraseClock(hour: hour, minute: minute, isExact: false, second: second)
    }
    let isAfternoon = word()?.first == "p"
    skip(meridiemLength)
    guard (1...12).contains(hour) else { return nil }
    return PhraseClock(hour: hour % 12 + (isAfternoon ? 12 : 0), minute: minute, isExact: true)
  }
}
