import Domain

/// Small tools over bytes, used wherever text meets a protocol. Swift's `String` compares by canonical equivalence and treats
/// CR LF as one character; protocols do neither.
public enum Bytes {
  static let hexDigits = Array("0123456789abcdef".utf8)

  /// Lower-case hexadecimal, two digits a byte.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      out.append(hexDigits[Int(byte >> 4)])
      out.append(hexDigits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// base64url without padding (RFC 4648, section 5).
  public static func base64url(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count * 4 + 2) / 3)
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        out.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { out.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of base64url text without padding; nil for any other character, for a length that cannot be, and for spare bits that
  /// are not zero (so that a token has exactly one spelling).
  public static func fromBase64url(_ text: some StringProtocol) -> [UInt8]? {
    var out: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in text.utf8 {
      guard let value = base64urlValue(byte) else { return nil }
      buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    guard bits < 6, buffer & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
    return out
  }

  /// base64 in its usual alphabet, padded (RFC 4648, section 4).
  public static func base64(_ bytes: [UInt8]) -> String {
    let body = base64url(bytes).utf8.map { byte in
      byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
    }
    return String(decoding: body + [UInt8](repeating: UInt8(ascii: "="), count: (4 - body.count % 4) % 4), as: UTF8.self)
  }

  /// The bytes of base64 text in its usual alphabet, padded or not; nil for what ``fromBase64url(_:)`` would refuse.
  public static func fromBase64(_ text: some StringProtocol) -> [UInt8]? {
    var body = Array(text.utf8)
    if body.count.isMultiple(of: 4) {
      for _ in 0..<2 where body.last == UInt8(ascii: "=") { body.removeLast() }
    }
    if body.contains(UInt8(ascii: "-")) || body.contains(UInt8(ascii: "_")) { return nil }
    for place in body.indices {
      if body[place] == UInt8(ascii: "+") { body[place] = UInt8(ascii: "-") }
      if body[place] == UInt8(ascii: "/") { body[place] = UInt8(ascii: "_") }
    }
    return fromBase64url(String(decoding: body, as: UTF8.self))
  }

  private static func base64urlValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }

  /// Equality whose time does not tell where the first difference is. For secrets.
  public static func equalInConstantTime(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    var difference: UInt8 = 0
    for (x, y) in zip(a, b) { difference |= x ^ y }
    return difference == 0
  }

  /// ASCII letters in lower case, all other bytes as they are.
  public static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.map(ASCII.lower)
  }

  /// The text, when the bytes are valid UTF-8. Nothing is repaired.
  public static func validText(_ bytes: [UInt8]) -> String? {
    String(validating: bytes, as: UTF8.self)
  }
}
