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
  /// Minutes of the day, as they were said: "10" of "every night at 10" is 600.
  var times: [Int] = []
  /// Those of them that leave nothing to a part of the day.
  var exactTimes: Set<Int> = []
  /// "every night", "in the evening".
  var dayParts: [PhrasePart] = []
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
  var saysTimes: Bool { !times.isEmpty || !dayParts.isEmpty || everyMinutes != nil }

  var saysDays: Bool { !weekdays.isEmpty || !nth.isEmpty || !dates.isEmpty || workday != nil }

  /// Minutes from the start of the day, at most 29 hours of them: each time in each part of the day that was said, or the parts' own times. Nil when
  /// they contradict each other ("every morning at 15:00") or a part has no time of its own.
  var minutes: [Int]? {
    if dayParts.isEmpty { return times }
    var found: [Int] = []
    for part in dayParts {
      if times.isEmpty {
        guard let seconds = PhraseMoment(day: .offset(1), part: part).seconds(defaultHour: .noon) else { return nil }
        found.append(seconds / 60)
      }
      for time in times {
        let clock = PhraseClock(hour: time / 60, minute: time % 60, isExact: exactTimes.contains(time))
        guard let seconds = clock.seconds(in: part) else { return nil }
        found.append(seconds / 60)
      }
    }
    return found
  }

  mutating func add(_ time: RecurrenceTime) {
    times.append(time.minutes)
    if time.isExact { exactTimes.insert(time.minutes) }
  }
}

/// A time of day as said, in minutes.
struct RecurrenceTime {
  let minutes: Int
  /// Whether it leaves nothing to a part of the day.
  let isExact: Bool
}

extension PhraseParser {
  /// Everything that is understood from here on; stands at the word that is not.
  ///
  /// - Parameter parts: what is known already.
  mutating func recurrence(after parts: RecurrenceParts = RecurrenceParts()) -> RecurrenceParts {
    var parts = parts
    let start = index
    while !isAtEnd, !parts.isZero {
      let found: Bool? = attempt { parser in
        // "Vitamin E every day".
        _ = parser.take(mark: ",") || parser.index > start && (parser.take("and") || parser.take("e"))
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
      || addException(&next) || addEndOfDay(&next) || addEvery(&next)
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
      // "From monday to friday" names days.
      if parser.isWeekdayRange { return nil }
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
}
