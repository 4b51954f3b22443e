/// Why a text is no JSON, thrown where that is found.
struct JSONError: Error {
  /// From 1.
  let line: Int
}

/// Walks over JSON (RFC 8259) value by value, in one pass: nothing is kept that nobody asks for, and what is found knows its line.
struct JSONReader {
  private let text: [UInt8]
  private var place = 0
  private(set) var line = 1
  private var depth = 0

  /// Of objects and lists within each other; more is refused.
  private static let mostLevels = 30

  init(_ text: [UInt8]) { self.text = text }

  /// Whether nothing but blanks is left.
  mutating func isAtEnd() -> Bool { next() == nil }

  /// What the next value begins with: `{`, `[`, `"`, or the first byte of a number or word.
  mutating func next() -> UInt8? {
    while place < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[place]) {
      if text[place] == 0x0A { line += 1 }
      place += 1
    }
    return place < text.count ? text[place] : nil
  }

  /// An object: `member` reads each value, whose name it is given.
  mutating func object(_ member: (String, inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
    try items(from: 0x7B, to: 0x7D) { reader throws(JSONError) in
      let name = try reader.string()
      guard reader.skip(0x3A) else { throw reader.error }
      try member(name, &reader)
    }
  }

  /// A list: `item` reads each value.
  mutating func list(_ item: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
    try items(from: 0x5B, to: 0x5D, item)
  }

  /// A string, its escapes taken back; a half of a pair alone is U+FFFD.
  mutating func string() throws(JSONError) -> String {
    guard skip(0x22) else { throw error }
    var out: [UInt8] = []
    while place < text.count, text[place] >= 0x20 {
      let byte = text[place]
      place += 1
      switch byte {
      case 0x22: return String(decoding: out, as: UTF8.self)
      case 0x5C: try escape(into: &out)
      default: out.append(byte)
      }
    }
    throw error
  }

  /// A string, number or word, as it is written; nil, and passed over, for `null`, objects and lists.
  mutating func scalar() throws(JSONError) -> String? {
    switch next() {
    case 0x22: return try string()
    case 0x7B, 0x5B:
      try pass()
      return nil
    default:
      let word = try word()
      return word == "null" ? nil : word
    }
  }

  /// Any value, unread.
  mutating func pass() throws(JSONError) {
    switch next() {
    case 0x7B: try object { _, reader throws(JSONError) in try reader.pass() }
    case 0x5B: try list { reader throws(JSONError) in try reader.pass() }
    case 0x22: _ = try string()
    default: _ = try word()
    }
  }

  // MARK: - Parts

  private var error: JSONError { JSONError(line: line) }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    place += 1
    return true
  }

  private mutating func items(
    from first: UInt8, to last: UInt8, _ item: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard depth < JSONReader.mostLevels, skip(first) else { throw error }
    if skip(last) { return }
    depth += 1
    repeat { try item(&self) } while skip(0x2C)
    depth -= 1
    guard skip(last) else { throw error }
  }

  /// `true`, `false`, `null` or a number.
  private mutating func word() throws(JSONError) -> String {
    _ = next()
    let word = text[place...].prefix(41).prefix {
      decimal($0) != nil || (0x61...0x7A).contains($0) || $0 == 0x45 || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
    }
    let isNumber = word.first.map { decimal($0) != nil || $0 == 0x2D } ?? false
    guard (1...40).contains(word.count), isNumber || ["true", "false", "null"].contains(where: { word.elementsEqual($0.utf8) }) else {
      throw error
    }
    place = word.endIndex
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard place < text.count else { throw error }
    let byte = text[place]
    place += 1
    switch byte {
    case 0x22, 0x2F, 0x5C: out.append(byte)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "u"): out += Array(String(try scalarOfEscape()).utf8)
    default: throw error
    }
  }

  /// After `\u`: one unit of UTF-16, or a pair of them.
  private mutating func scalarOfEscape() throws(JSONError) -> Character {
    let first = try unit()
    let start = place
    if (0xD800..<0xDC00).contains(first), text[place...].starts(with: "\\u".utf8) {
      place += 2
      let second = try unit()
      if (0xDC00..<0xE000).contains(second), let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) {
        return Character(scalar)
      }
      place = start
    }
    return Character(UnicodeScalar(first) ?? "\u{FFFD}")
  }

  private mutating func unit() throws(JSONError) -> UInt32 {
    let digits = text[place...].prefix(4)
    var value: UInt32 = 0
    for digit in digits {
      guard let hex = Character(UnicodeScalar(digit)).hexDigitValue else { throw error }
      value = value << 4 | UInt32(hex)
    }
    guard digits.count == 4 else { throw error }
    place = digits.endIndex
    return value
  }
}
