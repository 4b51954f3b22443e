/// A piece of a text as the coach's readers see it: a word in lower-case ASCII, a run of digits, or a mark.
struct CoachToken: Equatable {
  enum Kind: Equatable { case word, digits, mark, space }

  let kind: Kind
  /// A word is folded ("não" is "nao", "don't" is "dont"); a mark is its character.
  let text: String
  /// Whether the word began with a capital letter.
  let isCapital: Bool

  func isMark(_ mark: String) -> Bool { kind == .mark && text == mark }
  func isWord(_ word: String) -> Bool { kind == .word && text == word }
}

/// Reads a text into tokens. Digits of every script count as digits, letters that only look Latin as Latin ones, and what cannot be seen is left
/// out: nobody hides a number or a word from the lists by its spelling.
enum CoachTokens {
  /// Linear in the length of `text`.
  static func read(_ text: String) -> [CoachToken] {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !Unseen.holds(scalar) { plain.append(lookAlike(scalar)) }
    let source = String(plain)
    let bytes = Array(source.utf8)
    let folded = PhraseFolding(source)
    var tokens: [CoachToken] = []
    var index = 0
    while index < folded.bytes.count {
      let start = index
      let first = kind(folded.bytes[index])
      index += 1
      if first == .mark {
        tokens.append(mark(bytes[folded.starts[start]..<folded.ends[start]]))
        continue
      }
      while index < folded.bytes.count, continues(first, folded.bytes, index) { index += 1 }
      let word = first == .space ? " " : String(decoding: folded.bytes[start..<index].filter { $0 != apostrophe }, as: UTF8.self)
      tokens.append(CoachToken(kind: first, text: word, isCapital: first == .word && isCapital(bytes, folded.starts[start])))
    }
    return tokens
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static func kind(_ byte: UInt8) -> CoachToken.Kind {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): .word
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digits
    case UInt8(ascii: " "): .space
    default: .mark
    }
  }

  /// An apostrophe goes on only between letters: "don't", not the quotation mark behind a word.
  private static func continues(_ first: CoachToken.Kind, _ bytes: [UInt8], _ index: Int) -> Bool {
    if kind(bytes[index]) == first { return true }
    return first == .word && bytes[index] == apostrophe && index + 1 < bytes.count && kind(bytes[index + 1]) == .word
  }

  private static func mark(_ bytes: ArraySlice<UInt8>) -> CoachToken {
    CoachToken(kind: .mark, text: String(decoding: bytes, as: UTF8.self), isCapital: false)
  }

  /// A–Z, or À–Þ, which are C3 80…9E in UTF-8.
  private static func isCapital(_ bytes: [UInt8], _ at: Int) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case 0xC3: at + 1 < bytes.count && (0x80...0x9E).contains(bytes[at + 1])
    default: false
    }
  }

  /// Cyrillic and Greek letters that look Latin, full-width forms, and digits of every script.
  private static func lookAlike(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    if case 0xFF01...0xFF5E = scalar.value { return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar }
    if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil, digit >= 0, digit <= 9 {
      return Unicode.Scalar(UInt8(0x30 + Int(digit)))
    }
    return switch scalar {
    case "а", "А", "α", "Α": "a"
    case "с", "С", "ϲ": "c"
    case "ԁ": "d"
    case "е", "Е", "ё", "ε", "Ε": "e"
    case "һ", "Н", "Η": "h"
    case "і", "І", "ї", "ι", "Ι", "ı": "i"
    case "ј", "Ј": "j"
    case "к", "К", "κ", "Κ": "k"
    case "м", "М", "Μ": "m"
    case "о", "О", "ο", "Ο": "o"
    case "р", "Р", "ρ", "Ρ": "p"
    case "ѕ", "Ѕ": "s"
    case "т", "Т", "τ", "Τ": "t"
    case "υ", "ц": "u"
    case "у", "У": "y"
    case "х", "Х", "χ", "Χ": "x"
    default: scalar
    }
  }
}

/// Whether two words differ by one letter at most: one other, one more, one less, or two neighbours turned. Linear.
func isWithinOneLetter(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
  let (a, b) = left.count <= right.count ? (Array(left), Array(right)) : (Array(right), Array(left))
  guard b.count - a.count <= 1 else { return false }
  guard let at = a.indices.first(where: { a[$0] != b[$0] }) else { return true }
  if a.count < b.count { return a[at...].elementsEqual(b[(at + 1)...]) }
  if a[(at + 1)...].elementsEqual(b[(at + 1)...]) { return true }
  return at + 1 < a.count && a[at] == b[at + 1] && a[at + 1] == b[at] && a[(at + 2)...].elementsEqual(b[(at + 2)...])
}
