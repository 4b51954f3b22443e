/// One piece of a phrase: a run of letters, a run of digits, or one mark.
struct PhraseToken: Equatable {
  enum Kind: Hashable {
    /// Lower-case ASCII, accents taken off.
    case word(String)
    /// `digits` is how many were typed ("09" is 2). Numbers above ``PhraseScanner/largest`` are all read as that one.
    case number(Int, digits: Int)
    case mark(UInt8)
  }

  let kind: Kind
  /// Whether it stands directly behind the piece before it, as "am" in "9am".
  let glued: Bool
  /// Where it stands in the text, in bytes of UTF-8.
  let range: Range<Int>
}

/// Cuts what a person typed into words, numbers and marks (RULES 2.4, 2.6), one byte after the other and without going back.
///
/// Case, accents (missing, composed or decomposed), kinds of blanks, dashes and apostrophes make no difference. Any other
/// character, and so every control or bidirectional one, is a mark that no phrase contains (``PhraseFolding/foreign``). "&" is the word "and".
struct PhraseScanner {
  /// More than any duration that can be meant, and small enough that sums and products of it with seconds per year fit.
  static let largest = 1_000_000_000

  private let bytes: [UInt8]
  private var position = 0

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The pieces of any text, each with where it stands. Linear in the length of `text`.
  static func tokens(of text: String) -> [PhraseToken] {
    let folded = PhraseFolding(text)
    var scanner = PhraseScanner(bytes: folded.bytes)
    var tokens: [PhraseToken] = []
    var last = -1
    while scanner.skipBlanks() {
      let start = scanner.position
      let kind = scanner.next()
      let end = scanner.position
      tokens.append(PhraseToken(kind: kind, glued: start == last, range: folded.starts[start]..<folded.ends[end - 1]))
      last = end
      scanner.skipQuiet(after: tokens[tokens.count - 1].kind)
    }
    return tokens
  }

  /// Moves to the next piece; false at the end.
  private mutating func skipBlanks() -> Bool {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    return position < bytes.count
  }

  private mutating func next() -> PhraseToken.Kind {
    switch bytes[position] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return word()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: "&"):
      position += 1
      return .word("and")
    default:
      position += 1
      return .mark(bytes[position - 1])
    }
  }

  /// Letters with apostrophes between them ("o'clock").
  private mutating func word() -> PhraseToken.Kind {
    let start = position
    while position < bytes.count, isLetter(at: position) || (bytes[position] == UInt8(ascii: "'") && isLetter(at: position + 1)) {
      position += 1
    }
    return .word(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func number() -> PhraseToken.Kind {
    let start = position
    var value = 0
    while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] {
      value = min(value * 10 + Int(bytes[position] - UInt8(ascii: "0")), Self.largest)
      position += 1
    }
    return .number(value, digits: position - start)
  }

  /// Drops what carries no meaning behind a piece: the dot of an abbreviation ("dez.", "p.m."), the full stop at the end,
  /// and the dash inside a compound ("meio-dia", "sexta-feira").
  private mutating func skipQuiet(after kind: PhraseToken.Kind) {
    guard position < bytes.count else { return }
    let isWord = if case .word = kind { true } else { false }
    switch bytes[position] {
    case UInt8(ascii: "."):
      if isWord || bytes[(position + 1)...].allSatisfy({ $0 == UInt8(ascii: " ") }) { position += 1 }
    case UInt8(ascii: "-"):
      if isWord, isLetter(at: position + 1) { position += 1 }
    default: break
    }
  }

  private func isLetter(at index: Int) -> Bool {
    guard index < bytes.count, case UInt8(ascii: "a")...UInt8(ascii: "z") = bytes[index] else { return false }
    return true
  }
}
