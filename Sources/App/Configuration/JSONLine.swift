import Logging

/// Writes one flat JSON object (RFC 8259) as bytes, with a line feed at its end and none inside.
struct JSONLine {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  mutating func add(_ key: String, _ value: String) {
    begin(key)
    write(value)
  }

  mutating func add(_ key: String, _ value: Logger.MetadataValue) {
    begin(key)
    write(value)
  }

  var finished: [UInt8] { bytes + "}\n".utf8 }

  private mutating func begin(_ key: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    write(key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func write(_ value: Logger.MetadataValue) {
    switch value {
    case .string(let text): write(text)
    case .stringConvertible(let number as Int): bytes += "\(number)".utf8
    case .stringConvertible(let number as Int64): bytes += "\(number)".utf8
    case .stringConvertible(let flag as Bool): bytes += "\(flag)".utf8
    case .stringConvertible(let other): write(other.description)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(value)
      }
      bytes.append(UInt8(ascii: "]"))
    case .dictionary(let values):
      bytes.append(UInt8(ascii: "{"))
      for (index, pair) in values.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(pair.key)
        bytes.append(UInt8(ascii: ":"))
        write(pair.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Escapes what RFC 8259 (section 7) requires, and DEL; everything else stays as it is, in UTF-8.
  /// A signed link loses its token here, where every text passes.
  private mutating func write(_ text: String) {
    let text = SignedLinks.hidden(text)
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0a: bytes += "\\n".utf8
      case 0..<0x20, 0x7f: bytes += "\\u00".utf8 + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
