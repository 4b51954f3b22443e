/// When a task is due: on a date, or at an instant of it.
public struct Due: Hashable, Sendable {
  public let day: Day
  /// nil: any time of that day, wherever the person is.
  public let at: Instant?

  public init(day: Day, at: Instant? = nil) { (self.day, self.at) = (day, at) }

  /// Whether it has passed: a date once the next day has begun by the person's day (RULES 5.1, 8.17).
  public func isPast(today: Day, now: Instant) -> Bool { at.map { $0 < now } ?? (day < today) }

  /// A date, a date with a time, or words. Words that say no time mean the whole day.
  ///
  /// - Throws: what is wrong with words that are neither. Written as a date, the past is taken: tasks are noted down late too.
  public init(_ text: String, reader: PhraseReader) throws(PhraseError) {
    if let day = Day(iso: text) {
      self.init(day: day)
    } else if let local = LocalTime(text: Due.joined(text)) {
      self.init(day: local.day, at: reader.zone.instant(local))
    } else {
      try self.init(words: text, reader)
    }
  }

  /// Which end of the words is a time shows itself: with another hour for those that say none they would mean another instant.
  private init(words: String, _ reader: PhraseReader) throws(PhraseError) {
    let late = try Phrase(words, reader: reader.atEndOfDay)
    let later = try Phrase(words, reader: reader.with(defaultHour: TimeOfDay(clamping: 86_280)))
    let day = reader.zone.local(late.instant).day
    self.init(day: day, at: late.instant == later.instant ? late.instant : nil)
  }

  /// `2027-03-01 14:00` as `2027-03-01T14:00`.
  public static func joined(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count >= 16, bytes[10] == UInt8(ascii: " ") else { return text }
    return String(decoding: bytes[..<10] + [UInt8(ascii: "T")] + bytes[11...], as: UTF8.self)
  }
}

/// What becomes of a due when its day is another one. A date without a time has no zone and is the same wherever the person is (RULES 8.2).
extension Due {
  /// On a day, with the wall-clock time that another due has, if it has one.
  init(day: Day, likeTimeOf other: Due?, _ zone: Zone) {
    self.init(day: day, at: other?.at.map { zone.instant(LocalTime(day: day, time: zone.local($0).time)) })
  }

  /// So many days later, or earlier, at the same time on the wall: how the subtasks of a repeating task move with it (RULES 8.21).
  public func advanced(by days: Int, zone: Zone) -> Due { Due(day: day.advanced(by: days), likeTimeOf: self, zone) }

  /// What a phrase means for something that is due: the day alone, unless a time was said. "In 3 days" and "end of the week" are days, "in 3
  /// hours" and "tomorrow morning" times.
  init(_ phrase: Phrase, _ meaning: PhraseMeaning, _ zone: Zone) {
    let saysTime =
      switch meaning {
      case .span(let span): span.isShort
      case .moment(let moment): moment.clock != nil || moment.part != nil || moment.isSameTime
      }
    // "Tonight at 1" is of the next date by the clock.
    self.init(day: zone.local(phrase.instant).day, at: saysTime ? phrase.instant : nil)
  }

  /// When it is over: the instant, or the end of the person's day. What is due then is not yet late.
  public func end(_ clock: HabitClock) -> Instant { at ?? clock.start(of: day.advanced(by: 1)) }
}

/// Put off: hidden until a date, or until somebody looks for it (RULES 8.17).
public enum Deferral: Hashable, Sendable {
  case someday
  case until(Day)

  /// - Parameter today: the person's date; nothing is put off until a day that has come.
  /// - Throws: `past`.
  public init(until day: Day, today: Day) throws(PhraseError) {
    if day <= today { throw .past }
    self = .until(day)
  }

  /// "tomorrow", "2027-03-14", "in 2 weeks", "segunda"; "someday", "algum dia".
  ///
  /// - Throws: why it is no date to come.
  public init(_ words: String, reader: PhraseReader, dayStart: Int = 0) throws(PhraseError) {
    let tokens = PhraseScanner.tokens(of: words).map(\.kind)
    if Deferral.never.contains(tokens) {
      self = .someday
      return
    }
    let due = try Due(words, reader: reader)
    try self.init(until: due.day, today: HabitClock(zone: reader.zone, dayStart: dayStart).date(reader.now))
  }

  /// When it comes back, by the clocks where the person is by then; nil: not by itself.
  public func wakes(_ clock: HabitClock) -> Instant? {
    switch self {
    case .someday: nil
    case .until(let day): clock.start(of: day)
    }
  }

  private static let never: Set<[PhraseToken.Kind]> = Set(
    ["someday", "some day", "never", "algum dia", "nunca", "sem data", "no date"].map { words in
      words.split(separator: " ").map { PhraseToken.Kind.word(String($0)) }
    })
}
