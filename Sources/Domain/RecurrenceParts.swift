/// What words say of a recurrence, before a calendar makes a rule of it.
struct RecurrenceParts: Equatable {
  /// "every 2 weeks"; nil: only days were said.
  var unit: Recurrence.Frequency?
  var interval = 1
  /// Whether something says that it comes again: "every", "mondays", "of the month".
  var isRecurring = false
  /// "every 90 minutes", "every 2 hours".
  var everyMinutes: Int?
  /// "on the hour", "at minute 15": hours by the clock.
  var minuteOfHour: Int?
  /// "elapsed".
  var isElapsed = false
  /// "from 9 to 17", in minutes of the day.
  var window: ClosedRange<Int>?
  var weekdays: [Weekday] = []
  var nth: [Recurrence.NthWeekday] = []
  var dates: [Int] = []
  var months: [Int] = []
  var workday: Int?
  /// Minutes of the day.
  var times: [Int] = []
  var start: PhraseDay?
  var startTime: Int?
  var end: PhraseDay?
  var endTime: Int?
  var count: Int?
  /// "for 3 weeks".
  var length: PhraseSpan?

  /// "Every 0 days", "0 times".
  var isZero: Bool { interval == 0 || count == 0 || everyMinutes == 0 }

  /// A time that follows is another one.
  var saysTimes: Bool { !times.isEmpty || everyMinutes != nil }

  var saysDays: Bool { !weekdays.isEmpty || !nth.isEmpty || !dates.isEmpty || workday != nil }
}

extension PhraseParser {
  /// Everything that is understood from here on; stands at the word that is not.
  ///
  /// - Parameter parts: what is known already.
  mutating func recurrence(after parts: RecurrenceParts = RecurrenceParts()) -> RecurrenceParts {
    var parts = parts
    while !isAtEnd, !parts.isZero {
      let found: Bool? = attempt { parser in
        _ = parser.take(mark: ",") || parser.take("and") || parser.take("e")
        return parser.addPart(to: &parts) ? true : nil
      }
      if found == nil, !(isMark(",") && take(mark: ",") && isAtEnd) { break }
    }
    return parts
  }

  /// Each rule takes a piece with what belongs to it, or nothing.
  private mutating func addPart(to parts: inout RecurrenceParts) -> Bool {
    var next = parts
    let found =
      addCount(&next) || addStart(&next) || addEnd(&next) || addWindow(&next) || addHourMark(&next) || addCondition(&next)
      || addEvery(&next)
      || addAdverb(&next) || addDays(&next) || addMonths(&next) || addTimes(&next)
    if found { parts = next }
    return found
  }

  // MARK: - Ends

  /// "3 times", "uma vez"; "for 3 weeks".
  private mutating func addCount(_ parts: inout RecurrenceParts) -> Bool {
    if parts.count != nil || parts.length != nil { return false }
    let count: Int? = attempt { parser in
      _ = parser.take("for") || parser.take("por")
      guard let count = parser.plainNumber(), parser.take("times") || parser.take("x") || parser.take("vezes") || parser.take("vez") else {
        return nil
      }
      // "Uma vez por dia" is how often, not how many.
      if parser.word() == "por" || parser.word() == "ao" { return nil }
      return count
    }
    if let count {
      parts.count = count
      return true
    }
    if parts.isRecurring, take("once") {
      parts.count = 1
      return true
    }
    parts.length = attempt { parser in
      guard parser.take("for") || parser.take("por") || parser.take("durante") else { return nil }
      return parser.span().flatMap { $0.seconds % 86_400 == 0 && !$0.isNegative && !$0.isPast && !$0.isShort ? $0 : nil }
    }
    return parts.length != nil
  }

  /// "starting 12 March", "a partir de segunda".
  private mutating func addStart(_ parts: inout RecurrenceParts) -> Bool {
    if parts.start != nil { return false }
    let hasTimes = parts.saysTimes
    let found: (PhraseDay, Int?)? = attempt { parser in
      guard parser.take(anyOf: RecurrenceVocabulary.starts) || parser.take("a", "partir") || parser.take("as", "of") else { return nil }
      return parser.dayAndTime(withTime: hasTimes)
    }
    (parts.start, parts.startTime) = (found?.0, found?.1)
    return found != nil
  }

  /// "until 31 Dec 2027", "até sexta", "through june 30".
  private mutating func addEnd(_ parts: inout RecurrenceParts) -> Bool {
    if parts.end != nil { return false }
    let hasTimes = parts.saysTimes
    let found: (PhraseDay, Int?)? = attempt { parser in
      guard parser.take(anyOf: RecurrenceVocabulary.ends) else { return nil }
      return parser.dayAndTime(withTime: hasTimes)
    }
    (parts.end, parts.endTime) = (found?.0, found?.1)
    return found != nil
  }

  private mutating func dayAndTime(withTime: Bool) -> (PhraseDay, Int?)? {
    guard let (day, part) = day(), part == nil else { return nil }
    let time: Int? = withTime ? attempt { $0.clock().flatMap { $0.seconds(in: nil).map { $0 / 60 } } } : nil
    return (day, time)
  }

  // MARK: - Times

  /// "at 9 and 21", "às 8h e 20h", "9am", "in the evening"; a bare number is one in a list that began with a time, and behind
  /// days that have names ("every day 9").
  private mutating func addTimes(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.times.isEmpty else { return false }
    if let part = partOfDay() {
      guard let time = PhraseMoment(day: .offset(1), part: part).seconds(defaultHour: .noon) else { return false }
      parts.times = [time / 60]
      return true
    }
    let isBehindDays = bareHours != .none && parts.isRecurring && (!parts.weekdays.isEmpty || !parts.nth.isEmpty || parts.unit == .daily)
    guard let first = timeOfDay() ?? (isBehindDays ? bareHour() : nil) else { return false }
    parts.times = [first]
    while let next = nextTime() { parts.times.append(next) }
    return true
  }

  private mutating func nextTime() -> Int? {
    attempt { parser in
      let isJoined = parser.take(mark: ",")
      let isNext = parser.take("and") || parser.take("e") || isJoined
      return parser.timeOfDay() ?? (isNext ? parser.bareHour() : nil)
    }
  }

  /// With "in the evening" behind it.
  mutating func timeOfDay() -> Int? {
    attempt { $0.hourInList() }
      ?? attempt { parser in
        guard let clock = parser.clock() else { return nil }
        guard let seconds = clock.seconds(in: parser.partOfDay()), seconds < 86_400 else { return nil }
        return seconds / 60
      }
  }

  /// The "8h" of "às 8h e 20h", of which a phrase would make twenty past eight.
  private mutating func hourInList() -> Int? {
    _ = takeTimeMark()
    guard let hour = number(), hour.digits <= 2, hour.value < 24, word(1) == "h", isGlued(1), word(2) == "e", number(3) != nil, isGlued(4),
      word(4) == "h" || isMark(":", 4)
    else { return nil }
    skip(2)
    return hour.value * 60
  }

  private mutating func partOfDay() -> PhrasePart? {
    attempt { parser in
      while parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: PhraseWords.parts)
    }
  }

  private mutating func bareHour() -> Int? {
    attempt { parser in
      guard let hour = parser.plainNumber(), hour < 24,
        parser.isAtEnd || parser.isMark(",") || parser.word().map(RecurrenceVocabulary.mayFollowHour) == true
      else { return nil }
      return hour * 60
    }
  }

  /// "from 9 to 17", "between 9am and 5pm", "das 9h às 17h", "entre 9 e 17": of minutes and hours only.
  private mutating func addWindow(_ parts: inout RecurrenceParts) -> Bool {
    guard parts.everyMinutes != nil, parts.window == nil else { return false }
    parts.window = attempt { parser in
      guard
        parser.take("from") || parser.take("between") || parser.take("das") || parser.take("da") || parser.take("entre")
          || parser.take("de")
      else { return nil }
      guard let first = parser.timeOfDay() ?? parser.windowHour() else { return nil }
      _ = parser.take("to") || parser.take("and") || parser.take("until") || parser.take("e") || parser.take("ate")
      guard let last = parser.timeOfDay() ?? parser.windowHour(), first <= last else { return nil }
      return first...last
    }
    return parts.window != nil
  }

  private mutating func windowHour() -> Int? {
    attempt { parser in parser.plainNumber().flatMap { $0 < 24 ? $0 * 60 : nil } }
  }

  /// "on the hour", "at minute 15", "cheia", "no minuto 15"; "elapsed", "tempo corrido".
  private mutating func addHourMark(_ parts: inout RecurrenceParts) -> Bool {
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
