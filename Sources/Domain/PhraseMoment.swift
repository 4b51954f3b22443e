/// A day, a time of day, or both, as typed.
struct PhraseMoment: Equatable {
  var day: PhraseDay?
  var clock: PhraseClock?
  var part: PhrasePart?

  /// Minutes since the start of its day, at most 29 hours; nil when the words contradict each other.
  func minutes(defaultHour: TimeOfDay) -> Int? {
    if let clock {
      // "Midnight" said of today is the coming one; of any other day it is that day's start.
      if day == .offset(0), clock == PhraseClock(hour: 0, minute: 0, isExact: true) { return 24 * 60 }
      return clock.minutes(in: part)
    }
    switch part {
    case .morning: return 9 * 60
    case .afternoon: return 15 * 60
    case .evening: return 20 * 60
    case nil: return defaultHour.second / 60
    }
  }
}

extension PhraseParser {
  /// Days, times and parts of the day, one of each at most, in any order: "tomorrow at 9", "at 9 tomorrow", "amanhã às 9h da manhã".
  mutating func moment() -> PhraseMoment? {
    var moment = PhraseMoment()
    repeat {
      _ = take(mark: ",")
      if moment.day == nil, let found = day() {
        moment.day = found.day
        if let part = found.part { moment.part = part }
      } else if moment.clock == nil, let clock = clock() {
        moment.clock = clock
      } else if moment.part == nil, let part = part() {
        moment.part = part
      } else {
        return nil
      }
    } while !isAtEnd
    return moment
  }

  /// "in the morning", "de manhã", "à noite".
  private mutating func part() -> PhrasePart? {
    attempt { parser in
      while parser.take(anyOf: PhraseWords.beforePart) {}
      return parser.take(from: PhraseWords.parts)
    }
  }
}
