/// Reads what stands between two pairs of braces, left to right.
struct TagReader {
  private var rest: ArraySlice<UInt8>
  let line: Int

  init(_ tag: Lexer.Tag) {
    rest = tag.text[...]
    line = tag.line
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Passes over `text` and the blanks behind it, if it stands here.
  mutating func skip(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    skipBlanks()
    return true
  }

  /// As ``skip(_:)``, but only a whole word: `else`, not `elsewhere`.
  mutating func skip(word: String) -> Bool {
    let after = rest.dropFirst(word.utf8.count).first
    guard after.map({ !isNameByte($0) && $0 != 0x2E && $0 != 0x3D }) ?? true else { return false }
    return skip(word)
  }

  /// `name=` here? Then its name, and what follows is the value.
  mutating func label() -> String? {
    let name = rest.prefix { isNameByte($0) }
    guard !name.isEmpty, rest[name.endIndex...].first == 0x3D else { return nil }
    rest = rest[(name.endIndex + 1)...]
    return String(decoding: name, as: UTF8.self)
  }

  /// A Swift name: `_` or an ASCII letter, then digits too. Names with two underscores are the compiler's own.
  mutating func name() throws(Refusal) -> String {
    let name = rest.prefix { isNameByte($0) }
    guard let first = name.first, !(0x30...0x39).contains(first), !name.starts(with: "__".utf8) else {
      throw Refusal(line, "expected a name, found \(found)")
    }
    rest = rest[name.endIndex...]
    return String(decoding: name, as: UTF8.self)
  }

  /// A name and the blanks behind it.
  mutating func word() throws(Refusal) -> String {
    let name = try name()
    skipBlanks()
    return name
  }

  /// `a.b.c`
  mutating func reference() throws(Refusal) -> Reference {
    var parts = [try name()]
    while rest.first == 0x2E {
      rest = rest.dropFirst()
      parts.append(try name())
    }
    skipBlanks()
    return Reference(parts: parts, line: line)
  }

  /// `"text"`, with `\"` and `\\`.
  mutating func string() throws(Refusal) -> [UInt8] {
    guard rest.first == 0x22 else { throw Refusal(line, "expected words in quotes, found \(found)") }
    var text: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == 0x22 {
        skipBlanks()
        return text
      }
      if byte == 0x5C {
        guard let escaped = rest.popFirst(), escaped == 0x22 || escaped == 0x5C else {
          throw Refusal(line, "only \\\" and \\\\ are escapes here")
        }
        text.append(escaped)
      } else {
        text.append(byte)
      }
    }
    throw Refusal(line, "the quotes do not close")
  }

  /// ` as |name|`
  mutating func binding() throws(Refusal) -> String {
    guard skip(word: "as"), skip("|") else { throw Refusal(line, "a block that goes into a value names it: as |name|") }
    let bound = try name()
    skipBlanks()
    guard skip("|") else { throw Refusal(line, "expected | after \(bound): one name only") }
    return bound
  }

  var startsString: Bool { rest.first == 0x22 }

  /// Refuses whatever is left.
  func end() throws(Refusal) {
    if !rest.isEmpty { throw Refusal(line, "did not expect \(found)") }
  }

  private var found: String {
    rest.isEmpty ? "the end of the tag" : "'" + String(decoding: rest.prefix(40), as: UTF8.self) + "'"
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
  }
}

func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
  default: false
  }
}
