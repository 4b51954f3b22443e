/// Times of day, and parts of it.
extension PhraseParser {
  /// "at 9 and 21", "às 8h e 20h", "9am", "in the evening"; a bare number is one in a list that began with a time, and behind
  /// days that have names ("every day 9"). Of "every night at 10" the night says which ten.
  mutating func addTimes(_ parts: inout RecurrenceParts) -> Bool {
    var next = parts
    guard addPartsOfDay(&next) || addClocks(&next), next.times.isEmpty || next.minutes != nil else { return false }
    parts = next
    return true
  }

  private mutating func addClocks(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.times.isEmpty else { return false }
    if parts.everyMinutes == nil, let first = hourRange(inList: true) {
      parts.add(RecurrenceTime(minutes: first.hour * 60 + first.minute, isExact: first.isExact))
      return true
    }
    let isBehindDays = bareHours != .none && parts.isRecurring && (!parts.weekdays.isEmpty || !parts.nth.isEmpty || parts.unit == .daily)
    guard let first = spokenTime(isBehindDays: parts.isRecurring) ?? (isBehindDays ? bareHour() : nil) else { return false }
    parts.add(first)
    while let next = nextTime() { parts.add(next) }
    return true
  }

  private mutating func nextTime() -> RecurrenceTime? {
    attempt { parser in
      let isJoined = parser.take(mark: ",")
      let isNext = parser.take("and") || parser.take("e") || isJoined
      return parser.spokenTime(isBehindDays: true) ?? (isNext ? parser.bareHour() : nil)
    }
  }

  /// Of "from 2h to 5h".
  private mutating func timeOfDay() -> Int? {
    let time: RecurrenceTime? =
      attempt { $0.hourInList() } ?? attempt { parser in parser.clock().flatMap { parser.minutes(of: $0) } }
    return time?.minutes
  }

  /// With "in the evening" behind it. "Walk 1h every morning" is an hour long, "every sunday 3h" at three.
  private mutating func spokenTime(isBehindDays: Bool) -> RecurrenceTime? {
    attempt { $0.hourInList() }
      ?? attempt { parser in
        let start = parser.index
        guard let clock = parser.clock(), !parser.saysHowLong(from: start, hMayBeTime: isBehindDays) else { return nil }
        return parser.minutes(of: clock)
      }
  }

  private mutating func minutes(of clock: PhraseClock) -> RecurrenceTime? {
    let part = partOfDay()
    guard let seconds = clock.seconds(in: part), seconds < 86_400 else { return nil }
    return RecurrenceTime(minutes: seconds / 60, isExact: clock.isExact || part != nil)
  }

  /// The "8h" of "às 8h e 20h", of which a phrase would make twenty past eight.
  private mutating func hourInList() -> RecurrenceTime? {
    _ = takeTimeMark()
    guard let hour = number(), hour.digits <= 2, hour.value < 24, word(1) == "h", isGlued(1), word(2) == "e", number(3) != nil, isGlued(4),
      word(4) == "h" || isMark(":", 4)
    else { return nil }
    skip(2)
    return RecurrenceTime(minutes: hour.value * 60, isExact: false)
  }

  private mutating func bareHour() -> RecurrenceTime? {
    attempt { parser in
      guard let hour = parser.plainNumber(), hour < 24,
        parser.isAtEnd || parser.isMark(",") || parser.word().map(RecurrenceVocabulary.mayFollowHour) == true
      else { return nil }
      return RecurrenceTime(minutes: hour * 60, isExact: false)
    }
  }

  // MARK: - Parts of the day

  /// "in the evening", "de manhã e à noite"; behind days also "evenings".
  private mutating func addPartsOfDay(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.dayParts.isEmpty else { return false }
    if let part = partOfDay() {
      parts.dayParts = partsOfDay(after: part)
      return true
    }
    guard parts.saysDays || parts.unit == .daily else { return false }
    let plural: PhrasePart? = attempt { parser in
      while parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: RecurrenceVocabulary.partsInPlural)
    }
    guard let plural else { return false }
    (parts.dayParts, parts.isRecurring) = (partsOfDay(after: plural), true)
    return true
  }

  mutating func partOfDay() -> PhrasePart? {
    attempt { parser in
      while parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: PhraseWords.parts)
    }
  }

  /// "morning and evening", "manhã e toda noite".
  ///
  /// - Parameter commas: whether a comma joins them, too: "in the morning, evening walk" is one.
  mutating func partsOfDay(after first: PhrasePart, commas: Bool = false) -> [PhrasePart] {
    var named = [first]
    while let next: PhrasePart = attempt({ parser in
      guard parser.take("and") || parser.take("e") || commas && parser.take(mark: ",") else { return nil }
      while parser.take(anyOf: RecurrenceVocabulary.every) || parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: PhraseWords.parts) ?? parser.take(from: RecurrenceVocabulary.partsInPlural)
    }) { named.append(next) }
    return named
  }

  // MARK: - Minutes and hours

  /// "from 9 to 17", "between 9am and 5pm", "das 9h às 17h", "entre 9 e 17": of minutes and hours only.
  mutating func addWindow(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.everyMinutes != nil, parts.window == nil else { return false }
    parts.window = attempt { parser in
      guard
        parser.take("from") || parser.take("between") || parser.take("das") || parser.take("da") || parser.take("entre")
          || parser.take("de")
      else { return nil }
      guard let first = parser.timeOfDay() ?? parser.windowHour() else { return nil }
      _ =
        parser.take("to") || parser.take(mark: "-") || parser.take("and") || parser.take("until") || parser.take("e") || parser.take("ate")
      guard let last = parser.timeOfDay() ?? parser.windowHour(), first <= last else { return nil }
      return first...last
    }
    return parts.window != nil
  }

  private mutating func windowHour() -> Int? {
    attempt { parser in parser.plainNumber().flatMap { $0 < 24 ? $0 * 60 : nil } }
  }

  /// "on the hour", "at minute 15", "cheia", "no minuto 15"; "elapsed", "tempo corrido".
  mutating func addHourMark(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.everyMinutes != nil else { return false }
    if take("elapsed") || take("tempo", "corrido") {
      parts.isElapsed = true
    } else if take("on", "the", "hour") || take("cheia") {
      parts.minuteOfHour = 0
    } else {
      parts.minuteOfHour = attempt { parser in
        guard parser.take("at", "minute") || parser.take("no", "minuto") else { return nil }
        return parser.plainNumber().flatMap { $0 < 60 ? $0 : nil }
      }
      return parts.minuteOfHour != nil
    }
    return true
  }

  /// Digits or a word, with nothing glued behind it.
  mutating func plainNumber() -> Int? {
    attempt { parser in
      guard let number = parser.number() else { return parser.numberInWords() }
      parser.skip()
      if parser.isGlued(0), parser.word() != nil { return nil }
      return number.value
    }
  }
}
