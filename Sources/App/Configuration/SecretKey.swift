/// The master key: at least 32 bytes. Prints as nothing, so that it cannot land in a log by accident.
public struct SecretKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  public let bytes: [UInt8]

  public var description: String { "(secret)" }
  public var debugDescription: String { description }

  /// - Parameters:
  ///   - text: hex, or base64 in its usual or its URL alphabet, with or without padding. Text of hex digits only is hex.
  ///   - setting: where it stands.
  /// - Throws: a ``Mistake`` that does not repeat the text.
  init(_ text: String, _ setting: Setting = .secretKey) throws(Mistake) {
    let make = "Make one with: openssl rand -base64 32"
    guard let decoded = Self.hex(text) ?? Self.base64(text) else {
      throw Mistake(setting.name, "is neither base64 nor hex. \(make)")
    }
    guard decoded.count >= 32 else {
      throw Mistake(setting.name, "holds \(decoded.count) bytes; at least 32 are needed. \(make)")
    }
    bytes = decoded
  }

  /// Why the key looks as if a person had made it up, or nil when it may well be random. 32 random bytes hold fewer than 20
  /// different ones, or nothing but printable characters, less than once in a million keys.
  public var weakness: String? {
    if bytes.allSatisfy({ (0x20...0x7e).contains($0) }) { return "is readable text" }
    if Set(bytes).count < 20 { return "repeats the same few bytes" }
    let steps = zip(bytes, bytes.dropFirst()).map { $1 &- $0 }
    if Set(steps).count < 8 { return "is a regular series" }
    return nil
  }

  private static func hex(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map(nibble)
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    let known = digits.compactMap(\.self)
    return stride(from: 0, to: known.count, by: 2).map { known[$0] << 4 | known[$0 + 1] }
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    default: nil
    }
  }

  private static func base64(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    var body = text.utf8[...]
    while body.last == UInt8(ascii: "=") { body = body.dropLast() }
    for byte in body {
      guard let six = sextet(byte) else { return nil }
      bits = (bits << 6 | UInt32(six)) & 0xffff
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return count < 6 ? out : nil
  }

  private static func sextet(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5a: byte - 0x41
    case 0x61...0x7a: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
