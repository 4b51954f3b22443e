import Testing

@testable import Domain

/// A row of a table of phrases.
struct PhraseRow: Sendable, CustomTestStringConvertible {
  let phrase: String
  /// The local time, or the reason why not; "no" is not understood.
  let expected: String

  var testDescription: String { phrase }

  /// Each line: "11 09:00 | one phrase; another phrase".
  static func rows(_ table: String) -> [PhraseRow] {
    table.split(separator: "\n").flatMap { line in
      let cells = line.split(separator: "|").map { trimmed($0) }
      return cells[1].split(separator: ";").map { PhraseRow(phrase: trimmed($0), expected: time(cells[0])) }
    }
  }

  /// Said by somebody of this language at the fixed moment of the tables.
  func read(_ language: Language) -> String {
    language == .english
      ? DomainTests.phrase(phrase, now: "2027-03-10T10:00", zone: "America/New_York", language)
      : DomainTests.phrase(phrase, now: "2027-03-10T12:00", zone: "America/Sao_Paulo", language)
  }

  private static func trimmed(_ text: Substring) -> String { text.split(separator: " ").joined(separator: " ") }

  private static func time(_ text: String) -> String {
    let parts = text.split(separator: " ")
    guard parts.count == 2 else { return text == "no" ? "unknown" : text }
    return "2027-03-".prefix(max(10 - parts[0].utf8.count, 0)) + parts[0] + "T" + parts[1]
  }
}
