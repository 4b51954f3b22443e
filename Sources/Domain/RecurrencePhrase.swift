/// Why words name no recurrence.
public enum RecurrencePhraseError: Error, Hashable, Sendable {
  case empty
  /// More than ``Phrase/longest`` characters.
  case tooLong
  /// The word that is not understood; empty when all are and none says how often.
  case unknown(String)
  /// "3 times a day": how many times, and not when.
  case timesOnly(String)
  /// "Every second friday": every other one, or the second of the month. The whole, and the name of the day.
  case everySecond(String, day: String)
  /// "25:00".
  case impossibleTime(String)
  /// "Every 0 days".
  case notPositive
  /// A start or an end that no calendar has, or that has passed by its name.
  case impossibleDate
  /// Minutes and hours go on for ever: no end and no days fit them.
  case endlessInterval
  /// "The 1st and 15th at 9 and 21:30": where the number of days varies, one rule has the same minutes at all its hours.
  case unevenTimes
  /// Minutes outside ``Schedule/intervalRange``.
  case intervalOutOfRange(Int)
  case rule(RecurrenceError)
}

/// A recurrence in a person's own words: "every weekday at 8:30", "last friday of the month", "a cada 2 semanas na sexta às 17h" (RULES 2.8).
///
/// English and Brazilian Portuguese, whatever the person's language; read by the same scanner as a ``Phrase``, with the same times, days and dates.
/// What could be meant in two ways far apart ("biweekly", "every second friday") is refused.
public struct RecurrencePhrase: Hashable, Sendable {
  /// A rule from its first time on, or an interval.
  public let kind: Schedule.Kind
  /// What was typed, unchanged.
  public let words: String

  /// - Parameter reader: its zone is the schedule's.
  /// - Throws: why it is none, naming the word. Reads no clock; linear in the length of `text` but for a small constant.
  public init(_ text: String, reader: PhraseReader) throws(RecurrencePhraseError) {
    try self.init(text, reader: reader, bareHours: .behindDay)
  }

  /// - Parameter bareHours: whether "every friday 18" has a time.
  init(_ text: String, reader: PhraseReader, bareHours: PhraseBareHours) throws(RecurrencePhraseError) {
    guard text.utf8.count <= Phrase.longest * 8, text.unicodeScalars.count <= Phrase.longest * 2 else { throw .tooLong }
    words = text
    if let rule = try RuleInWords(text) {
      kind = try RecurrenceReading(reader).kind(rule)
      return
    }
    let spoken = RecurrenceSpelling.spread(RecurrenceSpelling.withoutZone(text, reader.zone))
    let typed = PhraseText(spoken)
    if typed.tokens.isEmpty { throw .empty }
    var parser = typed.parser(from: 0, reader, bareHours: bareHours)
    let parts = parser.recurrence()
    if parts.isZero { throw .notPositive }
    if !parser.isAtEnd { throw RecurrenceStumble(typed, reader).error(at: parser.index) }
    // "Every night at 15:00", "toda madrugada": what was said of the day has no time.
    if parts.minutes == nil { throw .unknown(typed.words(0..<typed.tokens.count)) }
    kind = try RecurrenceReading(reader).kind(parts)
  }

  /// The longest beginning or end of a text that is a recurrence.
  ///
  /// - Returns: nil when there is none; else what it says, and where it stands. The text is cut at blanks only.
  public static func longest(in text: String, reader: PhraseReader) -> (phrase: RecurrencePhrase, range: Range<String.Index>)? {
    let words = text.split { $0 == " " || $0 == "\t" }
    for length in stride(from: words.count, to: 0, by: -1) {
      for part in [words.prefix(length), words.suffix(length)] {
        guard let first = part.first, let last = part.last else { continue }
        let range = first.startIndex..<last.endIndex
        if let found = try? RecurrencePhrase(String(text[range]), reader: reader) { return (found, range) }  // Most parts are none.
      }
    }
    return nil
  }
}

/// What is done to a text before it is cut into words.
enum RecurrenceSpelling {
  private static let dashes: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{2011}", "–", "—", "\u{2212}"]

  /// "mon-fri" is a range: between two days, or two months, a dash of any length is "to".
  static func spread(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var view = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if dashes.contains(scalar), isRange(word(scalars, index, by: -1), word(scalars, index, by: 1)) {
        view.append(contentsOf: " to ".unicodeScalars)
      } else {
        view.append(scalar)
      }
    }
    return String(view)
  }

  private static func isRange(_ left: String, _ right: String) -> Bool {
    func isDay(_ word: String) -> Bool { PhraseWords.weekdays[word] != nil || RecurrenceVocabulary.weekdaysInPlural[word] != nil }
    // "Terça-feira–sexta".
    if isDay(right) { return isDay(left) || left == "feira" }
    return PhraseWords.months[left] != nil && PhraseWords.months[right] != nil
  }

  /// The word right beside a place, in lower-case ASCII.
  private static func word(_ scalars: [Unicode.Scalar], _ index: Int, by step: Int) -> String {
    var place = index + step
    while scalars.indices.contains(place), scalars[place].properties.isAlphabetic || (0x300...0x36F).contains(scalars[place].value) {
      place += step
    }
    let range = step > 0 ? index + 1..<place : place + 1..<index
    // No such word is longer; a long text stays cheap.
    guard range.count <= 20 else { return "" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(decoding: PhraseFolding(String(view)).bytes, as: UTF8.self)
  }

  /// Without the ", New York time" at the end of a sentence of ours, where that is the zone in which it is read.
  static func withoutZone(_ text: String, _ zone: Zone) -> String {
    for language in Language.allCases {
      let ending = ", " + TimeWords.zone(zone, language)
      if text.utf8.count >= ending.utf8.count, text.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
        return String(decoding: text.utf8.dropLast(ending.utf8.count), as: UTF8.self)
      }
    }
    return text
  }
}

extension PhraseText {
  /// The piece as it was typed, with what is glued to it, at most 40 characters.
  func word(at index: Int) -> String {
    guard tokens.indices.contains(index) else { return "" }
    var end = index + 1
    while end < tokens.count, tokens[end].glued { end += 1 }
    return words(index..<end)
  }

  /// These pieces as they were typed, at most 40 characters.
  func words(_ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[bytes(of: range)], as: UTF8.self).unicodeScalars.prefix(40).reduce(into: "") {
      $0.unicodeScalars.append($1)
    }
  }
}

/// "By the rule FREQ=…, starting 12 Mar 2027": a rule that has no plain words is said as it is written.
struct RuleInWords {
  let rule: Recurrence
  /// Start and count.
  let rest: String

  /// - Throws: what is wrong with the rule.
  /// - Returns: nil when there is none in the text.
  init?(_ text: String) throws(RecurrencePhraseError) {
    let bytes = Array(text.utf8)
    let marks = [" rule ", " regra "].map { Array($0.utf8) }
    guard let mark = marks.first(where: { mark in bytes.indices.contains { bytes[$0...].starts(with: mark) } }),
      let begin = bytes.indices.first(where: { bytes[$0...].starts(with: mark) })
    else { return nil }
    var written = bytes[(begin + mark.count)...].prefix { $0 != 0x20 }
    if written.last == 0x2C { written.removeLast() }
    guard written.contains(0x3D) else { return nil }
    let behind = bytes[(begin + mark.count + written.count)...]
    do {
      rule = try Recurrence(String(decoding: written, as: UTF8.self))
    } catch {
      throw .rule(error)
    }
    rest = String(decoding: behind, as: UTF8.self)
  }
}
