/// Why a model's text is not shown. The ``code`` is kept with the run; the word itself is for tests and never for a log.
public enum CoachRefusal: Error, Hashable, Sendable {
  case empty, tooLong, markup, language, noFact
  case tone(CoachToneFault)
  case number(String)
  case date(String)
  /// A habit, a goal or anything else that bears a name and was not given.
  case name(String)

  /// `number`, `tone_blame`: without any text of anybody's.
  public var code: String {
    switch self {
    case .empty: "empty"
    case .tooLong: "too_long"
    case .markup: "markup"
    case .language: "language"
    case .noFact: "no_fact"
    case .tone(let fault): "tone_" + fault.rawValue
    case .number: "number"
    case .date: "date"
    case .name: "name"
    }
  }
}

/// Holds a model's text against the facts that the model was given. What it cannot prove it refuses: then a text of ours speaks.
///
/// - Numbers count in digits of any script and in words; *one*, *first*, *second* and theirs are free, and so is half of something.
/// - Dates are compared by value, in every usual spelling; a day or a month alone must be one of a date given; *today* and *tomorrow* are free,
///   *yesterday* must be a date given.
/// - A name is what stands in quotation marks or has a capital letter within a sentence.
public struct CoachCheck: Sendable {
  private let facts: CoachFactTable
  private let known: CoachKnown
  private let event: CoachEvent
  private let language: Language
  private let tone: CoachTone

  public init(_ facts: CoachFactTable, _ event: CoachEvent, _ language: Language, _ tone: CoachTone) {
    (self.facts, self.event, self.language, self.tone) = (facts, event, language, tone)
    known = CoachKnown(facts)
  }

  /// - Returns: the text to show: plain, without blanks at the ends and without marks of emphasis.
  /// - Throws: the first reason against it.
  public func checked(_ answer: String) throws(CoachRefusal) -> String {
    let text = String(CoachPlain.text(answer)[...].trimmed)
    if text.isEmpty { throw .empty }
    if CoachPlain.isMarkup(text) { throw .markup }
    if text.unicodeScalars.count > event.limit { throw .tooLong }
    if let fault = tone.fault(in: text) { throw .tone(fault) }
    var lines = text.split(whereSeparator: \.isNewline).map { CoachClaims(String($0), known, facts, language) }
    if !CoachTongue(of: lines.flatMap(\.unnamed).joined(separator: " ")).fits(language) { throw .language }
    for index in lines.indices { try lines[index].check() }
    let hasFact = lines.contains { $0.hasFact }
    if !hasFact, event != .chat { throw .noFact }
    return text
  }
}

/// What a text for a page and a mail may be made of.
enum CoachPlain {
  /// Without `**` and `__`, which models put round words, and with one kind of line end.
  static func text(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "*" || scalar == "_", scalars.first == scalar {
        scalars.removeFirst()
      } else if scalar == "\r" {
        if scalars.first != "\n" { out.append("\n") }
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// A tag, an entity, a link, code, a heading, a table, a control character.
  static func isMarkup(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "<" where next.properties.isAlphabetic || "/!?".unicodeScalars.contains(next): return true
      case "&" where next == "#" || next.properties.isAlphabetic && scalars[index...].prefix(10).contains(";"): return true
      case "]" where next == "(" || next == "[": return true
      case "`", "\u{7F}", "|", "\u{FFFD}": return true
      case "#" where index == 0 || scalars[index - 1] == "\n": return true
      case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{80}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": return true
      default: continue
      }
    }
    let folded = text.lowercased()
    return ["://", "www.", "javascript:", "mailto:", "{{", "}}"].contains { folded.contains($0) }
  }
}
