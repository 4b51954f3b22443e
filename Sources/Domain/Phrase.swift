/// Why a phrase names no instant in the coming year (RULES 2.3).
public enum PhraseError: Error, Hashable, Sendable {
  /// Nothing but blanks.
  case empty
  /// More than ``Phrase/longest`` characters.
  case tooLong
  /// Some part of it is not understood.
  case unknown
  /// Not after now.
  case past
  /// More than one year ahead.
  case tooFar
  /// A duration of zero or less.
  case notPositive
  /// The 31st of February, or a weekday that the date does not fall on.
  case impossibleDate
}

/// Whose words they are, and when they were said.
public struct PhraseReader: Sendable {
  /// Times of day, days and months are read in this zone.
  public let zone: Zone
  /// Decides the order of day and month, and whether hours such as "12h" are a time (RULES 2.9): both languages are understood.
  public let language: Language
  /// The time of a day that was named without one.
  public let defaultHour: TimeOfDay
  /// The instant that the words count from.
  public let now: Instant
  /// Whether the question was "in how long?": "12h" is then a duration for everybody.
  public let isDuration: Bool

  public init(zone: Zone, language: Language, defaultHour: TimeOfDay, now: Instant, isDuration: Bool = false) {
    (self.zone, self.language, self.defaultHour, self.now, self.isDuration) = (zone, language, defaultHour, now, isDuration)
  }
}

/// A future instant in a person's own words: "20 min", "tomorrow at 9", "próxima sexta ao meio-dia", "2027-03-14T09:00".
///
/// One reader for snoozes, quick entry, e-mail commands and chat, in English and Brazilian Portuguese (RULES 2.1). Bare hours are
/// read on the 24-hour clock. "2h" is a duration, "at 2h" and "tomorrow 2h" are times, "21h30" (two digits on both sides) and "1600h" are
/// times, and so are "12h" and "09h" from somebody who reads Portuguese. What could be meant in two ways far apart is refused.
public struct Phrase: Hashable, Sendable {
  /// The longest text that is read, in Unicode scalars.
  public static let longest = 200

  /// Strictly after the reader's now, at most one year ahead.
  public let instant: Instant
  /// What was typed, unchanged (RULES 2.5).
  public let words: String
  /// Whether the clocks skip the time that was named, so that ``instant`` is later on the clock than it says (RULES 1.3).
  public let movedByClockChange: Bool
  /// Whether it was a duration in minutes, hours, days or weeks, which are elapsed time.
  public let isElapsed: Bool
  /// The time on the wall that was meant, by the clocks of the reader's zone; nil for elapsed time, which no change of clocks moves.
  public let wall: LocalTime?

  /// - Throws: Why `text` is no such phrase. Reads no clock; linear in the length of `text` but for a small constant.
  public init(_ text: String, reader: PhraseReader) throws(PhraseError) {
    guard text.utf8.count <= Self.longest * 4, text.unicodeScalars.count <= Self.longest else { throw .tooLong }
    let tokens = PhraseScanner.tokens(of: text)
    guard !tokens.isEmpty else { throw .empty }
    var parser = PhraseParser(tokens[...], reader)
    guard let meaning = parser.meaning() else { throw tokens.isNow ? .notPositive : .unknown }
    try self.init(meaning, words: text, reader)
  }

  /// What was read out of a longer text.
  ///
  /// - Throws: `past`, `tooFar`, `notPositive`, `impossibleDate`; `unknown` when the words contradict each other ("9pm in the morning").
  init(_ meaning: PhraseMeaning, words: String, _ reader: PhraseReader) throws(PhraseError) {
    let found: PhraseResolution
    switch meaning {
    case .span(let span): found = try reader.resolve(span)
    case .moment(let moment): found = try reader.resolve(moment)
    }
    guard found.instant > reader.now else { throw .past }
    guard found.instant <= reader.limit else { throw .tooFar }
    (instant, self.words, movedByClockChange, isElapsed) = (found.instant, words, found.moved, found.elapsed)
    wall = found.elapsed ? nil : found.wall ?? reader.zone.local(found.instant)
  }
}

extension [PhraseToken] {
  /// "now", "agora": understood, and no time ahead.
  fileprivate var isNow: Bool { count == 1 && (first?.kind == .word("now") || first?.kind == .word("agora")) }
}
