/// A JSON value (RFC 8259), read strictly and within bounds: what a server sends decides neither depth nor size.
public indirect enum CoachJSON: Equatable, Sendable {
  case null
  case bool(Bool)
  /// As it was written: what is done with numbers here needs no arithmetic.
  case number(String)
  case string(String)
  case array([CoachJSON])
  /// In the order of the text; of equal names the last counts.
  case object([(name: String, value: CoachJSON)])

  /// - Returns: nil unless `bytes` are exactly one value in UTF-8, nested at most 32 deep.
  public init?(_ bytes: some Sequence<UInt8>) {
    var reader = CoachJSONReader(Array(bytes))
    guard let value = reader.whole() else { return nil }
    self = value
  }

  /// A member of an object.
  public subscript(_ name: String) -> CoachJSON? {
    // Compared as bytes: "é" in two spellings is two names.
    if case .object(let members) = self { members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value } else { nil }
  }

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var array: [CoachJSON]? { if case .array(let values) = self { values } else { nil } }

  /// The shortest text.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): Self.quoted(text)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members): "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\u{0}"..."\u{1F}": out += "\\u00" + String(scalar.value >> 4, radix: 16) + String(scalar.value & 15, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  public static func == (left: CoachJSON, right: CoachJSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)), (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

/// Reads one value, byte by byte.
struct CoachJSONReader {
  private var reader: ByteReader

  init(_ bytes: [UInt8]) { reader = ByteReader(bytes) }

  mutating func whole() -> CoachJSON? {
    guard let value = value(depth: 0) else { return nil }
    skipBlanks()
    return reader.isAtEnd ? value : nil
  }

  /// The value that begins here, whatever follows.
  private mutating func value(depth: Int) -> CoachJSON? {
    guard depth < 32 else { return nil }
    skipBlanks()
    switch reader.next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func skipBlanks() {
    while let byte = reader.next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { _ = reader.take() }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes in bytes.allSatisfy { reader.skip($0) } }
  }

  private mutating func object(depth: Int) -> CoachJSON? {
    _ = reader.take()
    var members: [(name: String, value: CoachJSON)] = []
    skipBlanks()
    if reader.skip(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipBlanks()
      guard reader.next == UInt8(ascii: "\""), let name = string() else { return nil }
      skipBlanks()
      guard reader.skip(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append((name, value))
      skipBlanks()
    } while reader.skip(UInt8(ascii: ","))
    return reader.skip(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> CoachJSON? {
    _ = reader.take()
    var values: [CoachJSON] = []
    skipBlanks()
    if reader.skip(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipBlanks()
    } while reader.skip(UInt8(ascii: ","))
    return reader.skip(UInt8(ascii: "]")) ? .array(values) : nil
  }

  private mutating func number() -> CoachJSON? {
    let start = reader.position
    _ = reader.skip(UInt8(ascii: "-"))
    if !reader.skip(UInt8(ascii: "0")) { guard digits() else { return nil } }
    if reader.skip(UInt8(ascii: ".")) { guard digits() else { return nil } }
    if reader.skip(UInt8(ascii: "e")) || reader.skip(UInt8(ascii: "E")) {
      if !reader.skip(UInt8(ascii: "+")) { _ = reader.skip(UInt8(ascii: "-")) }
      guard digits() else { return nil }
    }
    return .number(String(decoding: reader.bytes[start..<reader.position], as: UTF8.self))
  }

  private mutating func digits() -> Bool {
    let start = reader.position
    while let byte = reader.next, decimal(byte) != nil { _ = reader.take() }
    return reader.position > start
  }

  private mutating func string() -> String? {
    _ = reader.take()
    var bytes: [UInt8] = []
    while let byte = reader.take() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(&bytes) else { return nil }
      case 0..<0x20: return nil
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(_ bytes: inout [UInt8]) -> Bool {
    switch reader.take() {
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case .some(let byte) where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "u"): return unicode(&bytes)
    default: return false
    }
    return true
  }

  /// Four hexadecimal digits, twice for what lies beyond the first plane. Half a pair is no character.
  private mutating func unicode(_ bytes: inout [UInt8]) -> Bool {
    guard var value = hexadecimal() else { return false }
    if (0xD800..<0xDC00).contains(value) {
      guard reader.skip(UInt8(ascii: "\\")), reader.skip(UInt8(ascii: "u")), let low = hexadecimal(), (0xDC00..<0xE000).contains(low)
      else { return false }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    bytes += Array(String(scalar).utf8)
    return true
  }

  private mutating func hexadecimal() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = reader.take(), let digit = UInt32(String(Unicode.Scalar(byte)), radix: 16) else { return nil }
      value = value << 4 | digit
    }
    return value
  }
}
