/// How often somebody wants to hear of somebody: "every 3 weeks", "a cada 3 semanas" (RULES 9.2, 9.18).
public struct StayInTouch: Hashable, Sendable {
  /// The raw value is ISO 8601's letter.
  public enum Unit: String, CaseIterable, Hashable, Sendable {
    case days = "D"
    case weeks = "W"
    case months = "M"
    case years = "Y"
  }

  /// Why words are none.
  public enum Problem: Error, Hashable, Sendable {
    case empty
    /// More than ``Phrase/longest`` characters.
    case tooLong
    /// The word that is not understood; at most 40 characters.
    case unknown(String)
    /// "Every 0 days".
    case notPositive
    /// Hours and minutes.
    case tooShort
    /// More than ten years.
    case tooFar
    /// "Every monday", "until june": only how long is asked.
    case onlyEverySoMany
  }

  /// 1 up to ten years of its unit.
  public let count: Int
  public let unit: Unit

  /// - Returns: nil outside of 1 day to 10 years.
  public init?(_ count: Int, _ unit: Unit) {
    guard count >= 1, count <= StayInTouch.most(unit) else { return nil }
    (self.count, self.unit) = (count, unit)
  }

  /// What somebody typed, in either language; "3 weeks" alone is enough.
  ///
  /// - Parameter reader: its clock does not matter.
  public init(_ words: String, reader: PhraseReader) throws(Problem) {
    guard words.utf8.count <= Phrase.longest * 4, words.unicodeScalars.count <= Phrase.longest else { throw .tooLong }
    let typed = PhraseText(RecurrenceSpelling.spread(words))
    if typed.tokens.isEmpty { throw .empty }
    if let span = StayInTouch.span(typed, reader) {
      self = try StayInTouch(of: span)
      return
    }
    var parser = typed.parser(from: 0, reader)
    let parts = parser.recurrence()
    if parts.isZero { throw .notPositive }
    guard parser.isAtEnd, parts != RecurrenceParts() else { throw .unknown(typed.word(at: parser.index)) }
    if parts.everyMinutes != nil || parts.minuteOfHour != nil { throw .tooShort }
    var plain = RecurrenceParts()
    (plain.unit, plain.interval, plain.isRecurring) = (parts.unit, parts.interval, parts.isRecurring)
    guard parts == plain, let unit = parts.unit else { throw .onlyEverySoMany }
    switch unit {
    case .hourly: throw .tooShort
    case .daily: self = try StayInTouch(of: parts.interval, .days)
    case .weekly: self = try StayInTouch(of: parts.interval, .weeks)
    case .monthly: self = try StayInTouch(of: parts.interval, .months)
    case .yearly: self = try StayInTouch(of: parts.interval, .years)
    }
  }

  /// As ``stored`` wrote it.
  public init?(stored text: some StringProtocol) {
    var reader = ByteReader(text)
    guard reader.skip(UInt8(ascii: "P")), let count = reader.number(upTo: 3_653), let letter = reader.take(), reader.isAtEnd,
      let unit = Unit(rawValue: String(decoding: [letter], as: UTF8.self))
    else { return nil }
    self.init(count, unit)
  }

  /// A duration of ISO 8601: "P3W".
  public var stored: String { "P\(count)" + unit.rawValue }

  /// The day on which it is time again: that long after the last contact or, where there was none, after it was set. Months and years keep the day of
  /// the month, or take the last one of a shorter month.
  public func due(lastContact: Day?, set: Day) -> Day {
    let from = lastContact ?? set
    switch unit {
    case .days: return from.advanced(by: count)
    case .weeks: return from.advanced(by: 7 * count)
    case .months: return from.advanced(months: count)
    case .years: return from.advanced(months: 12 * count)
    }
  }

  /// "every 3 weeks", "a cada 3 semanas": what ``init(_:reader:)`` reads as the same.
  public func words(_ language: Language) -> String {
    switch language {
    case .english:
      let (one, many) =
        switch unit {
        case .days: ("day", "days")
        case .weeks: ("week", "weeks")
        case .months: ("month", "months")
        case .years: ("year", "years")
        }
      return count == 1 ? "every \(one)" : "every \(count) \(many)"
    case .portuguese:
      let (one, many) =
        switch unit {
        case .days: ("todo dia", "dias")
        case .weeks: ("toda semana", "semanas")
        case .months: ("todo mês", "meses")
        case .years: ("todo ano", "anos")
        }
      return count == 1 ? one : "a cada \(count) \(many)"
    }
  }

  // MARK: -

  private static func most(_ unit: Unit) -> Int {
    switch unit {
    case .days: 3_653
    case .weeks: 521
    case .months: 120
    case .years: 10
    }
  }

  private init(of count: Int, _ unit: Unit) throws(Problem) {
    if count < 1 { throw .notPositive }
    guard let found = StayInTouch(count, unit) else { throw .tooFar }
    self = found
  }

  /// A duration alone: "3 weeks".
  private static func span(_ text: PhraseText, _ reader: PhraseReader) -> PhraseSpan? {
    var parser = text.parser(from: 0, reader)
    guard let span = parser.span(), parser.isAtEnd, !span.isPast else { return nil }
    return span
  }

  private init(of span: PhraseSpan) throws(Problem) {
    if span.isNegative || span.seconds <= 0 && span.months <= 0 { throw .notPositive }
    if span.isShort || span.seconds % 86_400 != 0 { throw .tooShort }
    let days = span.seconds / 86_400
    // "A month and two days" is no pace.
    guard days == 0 || span.months == 0 else { throw .onlyEverySoMany }
    if span.months > 0 {
      self = try span.months % 12 == 0 ? StayInTouch(of: span.months / 12, .years) : StayInTouch(of: span.months, .months)
    } else {
      self = try days % 7 == 0 ? StayInTouch(of: days / 7, .weeks) : StayInTouch(of: days, .days)
    }
  }
}
