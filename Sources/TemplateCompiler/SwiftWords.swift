import HTML

/// A sentence of the program that translators should see.
struct Sentence: Equatable {
  let source: String
  let plural: String?
  let context: String?

  var key: String { Words.key(source, context) }
}

/// Finds `words("…")` and `words.count("…", "…", n)` in Swift, with their `context:`. Reads bytes, not Swift: a call in a comment
/// counts too, one whose sentence is not a literal is passed over.
struct SwiftWords {
  private(set) var sentences: [Sentence] = []
  private var rest: ArraySlice<UInt8>

  init(_ swift: [UInt8]) {
    rest = swift[...]
    let opening = Array("words".utf8)
    var isName = false
    while let byte = rest.first {
      if !isName, rest.starts(with: opening) {
        rest = rest.dropFirst(opening.count)
        call()
        isName = false
      } else {
        rest = rest.dropFirst()
        isName = isNameByte(byte)
      }
    }
  }

  private mutating func call() {
    let isCount = skip(".count(")
    guard isCount || skip("(") else { return }
    guard let source = literal() else { return }
    var plural: String?
    if isCount {
      guard skip(","), let many = literal() else { return }
      plural = many
    }
    sentences.append(Sentence(source: source, plural: plural, context: context()))
  }

  /// The `context:` of the call, whose end is left to be read again: a value may be another sentence.
  private func context() -> String? {
    var reader = self
    var depth = 1
    while depth > 0, let byte = reader.rest.first {
      if byte == 0x22 {
        guard reader.literal() != nil else { return nil }
        continue
      }
      if depth == 1, reader.skip("context:") { return reader.literal() }
      if byte == 0x28 { depth += 1 }
      if byte == 0x29 { depth -= 1 }
      reader.rest = reader.rest.dropFirst()
    }
    return nil
  }

  private mutating func skip(_ text: String) -> Bool {
    let here = rest.drop { $0 == 0x20 || $0 == 0x0A }
    guard here.starts(with: text.utf8) else { return false }
    rest = here.dropFirst(text.utf8.count)
    return true
  }

  /// A string literal of one line; nil, and nothing passed over, when there is none or when it holds values.
  private mutating func literal() -> String? {
    var here = rest.drop { $0 == 0x20 || $0 == 0x0A }
    guard here.popFirst() == 0x22 else { return nil }
    var text: [UInt8] = []
    while let byte = here.popFirst(), byte != 0x0A {
      if byte == 0x22 {
        rest = here
        return String(decoding: text, as: UTF8.self)
      }
      if byte == 0x5C {
        guard let escaped = Self.escaped(&here) else { return nil }
        text += escaped
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    switch rest.popFirst() {
    case 0x6E: return [0x0A]
    case 0x74: return [0x09]
    case 0x22: return [0x22]
    case 0x27: return [0x27]
    case 0x5C: return [0x5C]
    case 0x75:
      let digits = rest.dropFirst().prefix { $0 != 0x7D }
      rest = rest.dropFirst(digits.count + 2)
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
      return value.flatMap { Unicode.Scalar($0) }.map { Array(String(Character($0)).utf8) }
    default: return nil
    }
  }
}
