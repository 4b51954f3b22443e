/// What ASCII bytes of protocols and forms mean. Decimal digits: ``decimal(_:)``.
public enum ASCII {
  /// A letter in lower case, any other byte as it is.
  @inlinable
  public static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && (0x61...0x7A).contains(lower(UInt8(scalar.value))) }

  static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool { isLetter(scalar) || ("0"..."9").contains(scalar) }

  /// The value of a hexadecimal digit of either case.
  @inlinable
  public static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// The value of a hexadecimal digit in lower case alone: where one value has one spelling.
  static func lowerHexValue(_ byte: UInt8) -> UInt8? { lower(byte) == byte ? hexValue(byte) : nil }

  /// Percent-decoding (RFC 3986); in forms `+` is a blank. A `%` that two hexadecimal digits do not follow stands for itself, as browsers read it.
  @inlinable
  public static func percentDecoded(_ bytes: some Collection<UInt8>, plusIsBlank: Bool = false) -> [UInt8] {
    let bytes = Array(bytes)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x25, place + 2 < bytes.count, let high = hexValue(bytes[place + 1]), let low = hexValue(bytes[place + 2]) {
        out.append(high << 4 | low)
        place += 3
      } else {
        out.append(plusIsBlank && byte == 0x2B ? 0x20 : byte)
        place += 1
      }
    }
    return out
  }
}
