/// When somebody was heard of, as people write it: "yesterday", "3 days ago", "semana passada", a day, a time; never ahead (RULES 9.18).
public struct ContactTime: Hashable, Sendable {
  /// Why words are none.
  public enum Problem: Error, Hashable, Sendable {
    case unknown
    /// More than ``Phrase/longest`` characters.
    case tooLong
    /// 30 February.
    case noSuchDay
    /// After now.
    case ahead
  }

  public let instant: Instant

  /// - Parameters:
  ///   - typed: nothing means now. A day alone means the reader's usual hour, today at the latest now.
  ///   - reader: whose clocks and whose now it is.
  public init(_ typed: String, reader: PhraseReader) throws(Problem) {
    guard typed.utf8.count <= Phrase.longest * 4, typed.unicodeScalars.count <= Phrase.longest else { throw .tooLong }
    let text = Array(typed.utf8)[...].trimmed.text
    let written = try ContactTime.written(text, reader)
    guard let found = written ?? ContactTime.said(text, reader) else {
      // What is understood as a time to come is one.
      throw ContactTime.isAhead(text, reader) ? .ahead : .unknown
    }
    if found > reader.now { throw .ahead }
    instant = found
  }

  /// A date, with or without a time; an instant of UTC.
  private static func written(_ text: String, _ reader: PhraseReader) throws(Problem) -> Instant? {
    if text.utf8.isEmpty { return reader.now }
    if let instant = Instant(iso: text) { return instant }
    let parts = text.utf8.split(separator: UInt8(ascii: " "))
    let joined = parts.count == 2 ? String(decoding: parts[0], as: UTF8.self) + "T" + String(decoding: parts[1], as: UTF8.self) : text
    if let local = LocalTime(text: joined) { return reader.zone.instant(local) }
    if let day = Day(iso: text) { return hour(of: day, reader) }
    let digits = Array(text.utf8.prefix(11))
    let isShaped = digits.count >= 10 && digits[4] == UInt8(ascii: "-") && digits[7] == UInt8(ascii: "-")
    if isShaped, digits.prefix(4).allSatisfy({ decimal($0) != nil }) { throw .noSuchDay }
    return nil
  }

  /// That day at the usual hour; today, where that hour is still ahead, now.
  private static func hour(of day: Day, _ reader: PhraseReader) -> Instant {
    let instant = reader.zone.instant(LocalTime(day: day, time: reader.defaultHour))
    return day == reader.zone.local(reader.now).day ? min(instant, reader.now) : instant
  }

  /// In words.
  private static func said(_ text: String, _ reader: PhraseReader) -> Instant? {
    let typed = PhraseText(text)
    if typed.tokens.isEmpty { return nil }
    let today = reader.zone.local(reader.now).day
    var parser = typed.parser(from: 0, reader)
    if parser.take("now") || parser.take("agora") || parser.take("just", "now") { return parser.isAtEnd ? reader.now : nil }
    parser = typed.parser(from: 0, reader)
    if let day = day(&parser, today), parser.isAtEnd { return hour(of: day, reader) }
    parser = typed.parser(from: 0, reader)
    guard let span = parser.span(), parser.isAtEnd, span.isPast, !span.isNegative else { return nil }
    if span.isShort, span.months == 0 { return reader.now.advanced(seconds: -span.seconds) }
    return hour(of: today.advanced(months: -span.months).advanced(by: -(span.seconds / 86_400)), reader)
  }

  private static func day(_ parser: inout PhraseParser, _ today: Day) -> Day? {
    if parser.take("today") || parser.take("hoje") { return today }
    if parser.take("yesterday") || parser.take("ontem") { return today.advanced(by: -1) }
    if parser.take("the", "day", "before", "yesterday") || parser.take("anteontem") { return today.advanced(by: -2) }
    _ = parser.take("na") || parser.take("no")
    if parser.take("last", "week") || parser.take("semana", "passada") { return today.advanced(by: -7) }
    if parser.take("last", "month") || parser.take("mes", "passado") { return today.advanced(months: -1) }
    if parser.take("last", "year") || parser.take("ano", "passado") { return today.advanced(months: -12) }
    return nil
  }

  private static func isAhead(_ text: String, _ reader: PhraseReader) -> Bool {
    do throws(PhraseError) {
      return try Phrase(text, reader: reader).instant > reader.now
    } catch {
      return error == .tooFar
    }
  }
}
