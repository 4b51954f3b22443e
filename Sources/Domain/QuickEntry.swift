/// A reminder in one line: "call mom tomorrow at 9am", "read chapter 3 !high", "reunião sexta às 14h30" (RULES 2.7).
///
/// The longest beginning or end that is a time or a recurrence says when, or a beginning and an end that are one together ("tomorrow call mom at 9");
/// of what can be both ("last friday of the month") it is the recurrence (RULES 2.8). The rest is the title, as it was typed, without the words that only joined the two ("remind me to"). What merely could be a time stays in the title
/// (``QuickCandidate``): "good morning", "walk half an hour", "black friday".
public struct QuickEntry: Hashable, Sendable {
  /// The longest text that is read, in Unicode scalars.
  public static let longest = 300

  public enum When: Hashable, Sendable {
    /// No time was said.
    case standard
    case once(Phrase)
    case series(RecurrencePhrase)
  }

  /// Words that are a time and cannot be one of a reminder ("yesterday", "in 3 years"): they stay in the title, and that is told.
  public struct Unused: Hashable, Sendable {
    public let words: String
    public let reason: PhraseError
  }

  /// What was typed, unchanged.
  public let text: String
  /// Never empty unless ``text`` has nothing but blanks.
  public let title: String
  /// Whether ``text`` says only when: then the title is all of it.
  public let isUntitled: Bool
  public let when: When
  /// Nil: none was said.
  public let importance: Importance?
  public let unused: Unused?

  /// - Throws: ``QuickEntryError`` for what says that it comes again and not clearly how often: to ring once is not what was meant.
  /// - Complexity: for texts of up to ``longest`` scalars a few hundred short readings; longer ones are not for this.
  public init(_ text: String, reader: PhraseReader) throws(QuickEntryError) {
    self.text = text
    let marks = QuickMarks(text)
    importance = marks.importance
    let reading = QuickReading(marks.rest, reader)
    let found = reading.found()
    if !found.isSeries {
      if let refusal = found.refusal { throw refusal }
      if let unclear = reading.unclear { throw unclear }
    }
    (when, unused) = (found.when, found.unused)
    let rest = reading.title(without: found)
    isUntitled = rest.utf8.isEmpty
    title = !rest.utf8.isEmpty ? rest : !marks.rest.utf8.isEmpty ? marks.rest : QuickText.trimmed(text)
  }
}

/// Why a line is no reminder.
public enum QuickEntryError: Error, Hashable, Sendable {
  /// The words that say that it comes again, the first of them.
  case unclearSeries(String)
  /// A recurrence that cannot be.
  case series(RecurrencePhraseError)
}

/// The marks of importance in a line: "!high", "!alta". Each stands between blanks and outside of quotation marks.
struct QuickMarks {
  /// Of the last mark.
  private(set) var importance: Importance?
  /// The text without them, and without blanks at its ends.
  let rest: String

  private static let words: [String: Importance] = [
    "low": .low, "baixa": .low, "medium": .medium, "media": .medium, "high": .high, "alta": .high, "critical": .critical,
    "critica": .critical,
  ]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let quoted = QuickText.quoted(text)
    let tokens = PhraseScanner.tokens(of: text)
    var kept: [UInt8] = []
    var place = 0
    for (index, token) in tokens.dropLast().enumerated() where token.kind == .mark(UInt8(ascii: "!")) {
      guard case .word(let word) = tokens[index + 1].kind, let found = Self.words[word], tokens[index + 1].glued else { continue }
      var (start, end) = (token.range.lowerBound, tokens[index + 1].range.upperBound)
      guard start == 0 || QuickText.isBlank(bytes, before: start), end == bytes.count || QuickText.isBlank(bytes, at: end),
        !quoted.contains(where: { $0.contains(start) })
      else { continue }
      importance = found
      // One of the two blanks around it stays.
      while end < bytes.count, QuickText.isBlank(bytes, at: end) { end += 1 }
      if end == bytes.count { while start > 0, QuickText.isBlank(bytes, before: start) { start -= 1 } }
      kept += bytes[place..<max(start, place)]
      place = end
    }
    rest = QuickText.trimmed(String(decoding: kept + bytes[place...], as: UTF8.self))
  }
}

/// What is asked of the bytes of a line.
enum QuickText {
  static func isBlank(_ bytes: [UInt8], at index: Int) -> Bool { bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) }

  /// Also the no-break space, whose last byte is asked about.
  static func isBlank(_ bytes: [UInt8], before index: Int) -> Bool {
    index > 0 && (isBlank(bytes, at: index - 1) || index > 1 && bytes[index - 1] == 0xA0 && bytes[index - 2] == 0xC2)
  }

  static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let kept = bytes.indices.filter { !isBlank(bytes, at: $0) }
    guard let first = kept.first, let last = kept.last else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  private static let closing: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "“": "”", "„": "“", "«": "»", "‘": "’"]

  /// Where quotation marks with what stands between them are, in bytes. One that is never closed quotes nothing.
  static func quoted(_ text: String) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var open: (start: Int, end: Unicode.Scalar)?
    var place = 0
    for scalar in text.unicodeScalars {
      let next = place + UTF8.width(scalar)
      if let (start, end) = open {
        if scalar == end || (scalar == "”" && end == "“") {
          found.append(start..<next)
          open = nil
        }
      } else if let end = closing[scalar] {
        open = (place, end)
      }
      place = next
    }
    return found
  }
}
