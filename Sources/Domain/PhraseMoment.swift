/// A day, a time of day, or both, as typed.
struct PhraseMoment: Equatable {
  var day: PhraseDay?
  var clock: PhraseClock?
  var part: PhrasePart?
  /// "Same time tomorrow": the time that it is now.
  var isSameTime = false

  /// Seconds since the start of its day, at most 29 hours; nil when the words contradict each other.
  func seconds(defaultHour: TimeOfDay) -> Int? {
    if let clock {
      // "Midnight" said of today is the coming one; of any other day it is that day's start.
      if day == .offset(0), clock == PhraseClock(hour: 0, minute: 0, isExact: true) { return 24 * 3600 }
      return clock.seconds(in: part)
    }
    switch part {
    case .early: return min(defaultHour.second, 9 * 3600)
    case .morning: return 9 * 3600
    case .afternoon: return 15 * 3600
    case .evening: return 20 * 3600
    // Between midnight and dawn nobody can say when.
    case .dawn: return nil
    case nil: return day?.ownSecond ?? defaultHour.second
    }
  }
}

extension PhraseParser {
  /// Days, times and parts of the day, one of each at most, in any order: "tomorrow at 9", "at 9 tomorrow", "amanhã às 9h da manhã",
  /// "friday 18".
  mutating func moment() -> PhraseMoment? {
    var moment = PhraseMoment()
    var isBare = false
    repeat {
      _ = take(mark: ",")
      guard takePiece(of: &moment, &isBare) else { return nil }
    } while !isAtEnd
    guard !isBare || moment.day?.takesBareHour ?? false else { return nil }
    return moment.isSameTime && moment.day == nil ? nil : moment
  }

  private mutating func takePiece(of moment: inout PhraseMoment, _ isBare: inout Bool) -> Bool {
    if !moment.isSameTime, moment.clock == nil, takeSameTime() {
      moment.isSameTime = true
    } else if moment.day == nil, let found = day() {
      moment.day = found.day
      if let part = found.part { moment.part = part }
      if case .date(.some, _, _, _) = found.day { isBehindFullDate = true }
    } else if moment.clock == nil, !moment.isSameTime,
      let clock = clock(isBesideDay: bareHours != .none && moment.day?.takesBareHour ?? false)
    {
      moment.clock = clock
    } else if moment.part == nil || moment.part == .early, let part = part() {
      // "First thing tomorrow morning".
      if moment.part == nil { moment.part = part } else if part != .morning { return false }
    } else if moment.clock == nil, moment.day == nil, let clock = bareHour() {
      (moment.clock, isBare) = (clock, true)
    } else {
      return false
    }
    return true
  }

  private mutating func takeSameTime() -> Bool {
    if take("at", "the", "same", "time") || take("the", "same", "time") || take("same", "time") || take("this", "time") { return true }
    return takeIf { parser in
      _ = parser.take("a") || parser.take("na") || parser.take("no") || parser.take("em")
      let isSame =
        parser.take("mesma", "hora") || parser.take("mesmo", "horario") || parser.take("neste", "horario")
        || parser.take("nesse", "horario") || parser.take("nesta", "hora") || parser.take("nessa", "hora")
      _ = isSame && parser.take("de")
      return isSame
    }
  }

  /// "in the morning", "de manhã", "à noite", "first thing".
  private mutating func part() -> PhrasePart? {
    attempt { parser in
      if parser.takeFirstThing() {
        _ = parser.take("in", "the", "morning") || parser.take("da", "manha")
        return .early
      }
      while parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: PhraseWords.parts)
    }
  }

  private mutating func takeFirstThing() -> Bool {
    take("first", "thing") || take("early") || take("logo", "cedo") || take("bem", "cedo") || take("logo", "de", "manha")
      || take("na", "primeira", "hora") || take("a", "primeira", "hora")
  }
}
