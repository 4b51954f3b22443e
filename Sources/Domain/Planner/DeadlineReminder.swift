/// When a deadline's reminder rings: at an instant, or so long before it is due, which moves with it (RULES 8.28).
public enum DeadlineReminder: Hashable, Sendable {
  case at(Instant)
  case before(Offset)

  /// So long before something is due.
  public struct Offset: Hashable, Sendable {
    /// By the calendar, at the same time on the wall.
    public let months: Int
    /// Elapsed, as durations are (RULES 2.4); with a time whole days by the calendar.
    public let seconds: Int
    /// "The day before at 18:00".
    public let time: TimeOfDay?

    /// Ten years are the most.
    public init?(months: Int = 0, seconds: Int = 0, time: TimeOfDay? = nil) {
      guard (0...120).contains(months), (0...3650 * 86_400).contains(seconds), time == nil || seconds % 86_400 == 0 else { return nil }
      (self.months, self.seconds, self.time) = (months, seconds, time)
    }

    public func instant(before due: Instant, zone: Zone) -> Instant {
      if months == 0, time == nil { return due.advanced(seconds: -seconds) }
      let wall = zone.local(due)
      let day = wall.day.advanced(months: -months)
      guard let time else { return zone.instant(LocalTime(day: day, time: wall.time)).advanced(seconds: -seconds) }
      return zone.instant(LocalTime(day: day.advanced(by: -seconds / 86_400), time: time))
    }
  }

  /// "2 days before", "uma semana antes", "the day before at 18:00", "at the time"; else an instant: "2027-03-01T09:00", which may have passed,
  /// or words for one to come.
  ///
  /// - Throws: why words are no instant.
  public init(_ words: String, reader: PhraseReader) throws(PhraseError) {
    let typed = QuickText.trimmed(words)
    if let offset = Offset(words: typed, reader) {
      self = .before(offset)
    } else if let instant = Instant(iso: typed) {
      self = .at(instant)
    } else if let wall = LocalTime(text: typed) {
      self = .at(reader.zone.instant(wall))
    } else {
      self = .at(try Phrase(typed, reader: reader).instant)
    }
  }

  public func instant(due: Instant, zone: Zone) -> Instant {
    switch self {
    case .at(let instant): instant
    case .before(let offset): offset.instant(before: due, zone: zone)
    }
  }
}

extension DeadlineReminder.Offset {
  fileprivate init?(words: String, _ reader: PhraseReader) {
    let text = PhraseText(words)
    if Self.atTheTime.contains(text.tokens.map(\.kind)) {
      self.init()
      return
    }
    guard text.tokens.count <= 20 else { return nil }
    var parser = text.parser(from: 0, reader, bareHours: .behindDay)
    guard let span = parser.spanBefore() else { return nil }
    var time: TimeOfDay?
    if !parser.isAtEnd {
      guard !span.isShort, let clock = parser.clock(isBesideDay: true), let seconds = clock.seconds(in: nil), seconds < 86_400 else {
        return nil
      }
      time = TimeOfDay(clamping: seconds)
    }
    guard parser.isAtEnd else { return nil }
    self.init(months: span.months, seconds: span.seconds, time: time)
  }

  private static let atTheTime: Set<[PhraseToken.Kind]> = Set(
    ["at the time", "on time", "when due", "when it is due", "na hora", "no horario", "no prazo", "na hora do prazo"].map { words in
      words.split(separator: " ").map { PhraseToken.Kind.word(String($0)) }
    })
}

extension PhraseParser {
  /// "2 days before", "30 minutos antes", "the day before", "na véspera".
  fileprivate mutating func spanBefore() -> PhraseSpan? {
    if take("na", "vespera") || take("vespera") || take("no", "dia", "anterior") || take("dia", "anterior") || take("no", "dia", "antes") {
      return PhraseSpan(seconds: 86_400)
    }
    if take("na", "semana", "anterior") || take("semana", "anterior") { return PhraseSpan(seconds: 604_800) }
    let single: PhraseSpan? = attempt { parser in
      _ = parser.take("the")
      guard let unit = parser.take(from: PhraseWords.units), parser.take("before") else { return nil }
      return PhraseSpan(seconds: unit.seconds, months: unit.months, isShort: unit.months == 0 && unit.seconds < 86_400)
    }
    if let single { return single }
    return attempt { parser in
      guard let span = parser.span(), !span.isPast, !span.isNegative, span.seconds > 0 || span.months > 0 else { return nil }
      let isBefore = parser.take("before") || parser.take("earlier") || parser.take("ahead") || parser.take("in", "advance")
      guard isBefore || parser.take("antes") || parser.take("prior") else { return nil }
      _ = parser.take("it", "is", "due") || parser.take("due") || parser.take("do", "prazo") || parser.take("the", "deadline")
      return span
    }
  }
}
