/// Numbers as IEEE 754 binary16 (half), two bytes each, the lower byte first: what vectors are kept as. For unit vectors the error is below
/// 5·10⁻⁴ of each number, which no ranking notices (RULES 9.43).
public enum HalfFloat {
  /// What each pattern of 16 bits stands for: looked up, since reading vectors is most of a search.
  private static let values: [Float] = (0...65_535).map { value(UInt16($0)) }

  /// The number of a pattern of bits.
  public static func value(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let (exponent, fraction) = (Int(bits >> 10 & 31), Float(bits & 1023))
    switch exponent {
    case 0: return sign * fraction * Float(sign: .plus, exponent: -24, significand: 1)
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
    }
  }

  /// The nearest half of a number, of two that are equally near the even one; beyond 65,504 infinity.
  public static func bits(_ number: Float) -> UInt16 {
    let (sign, rest) = (UInt16(truncatingIfNeeded: number.bitPattern >> 16) & 0x8000, number.bitPattern & 0x7FFF_FFFF)
    if rest > 0x7F80_0000 { return sign | 0x7E00 }
    // From halfway between the largest half and what would come next.
    if rest >= 0x477F_F000 { return sign | 0x7C00 }
    let exponent = Int(rest >> 23)
    // At most half of the smallest.
    if exponent < 102 { return sign }
    let significand = exponent == 0 ? 0 : rest & 0x007F_FFFF | 0x0080_0000
    // Below 2^-14 a half has fewer digits the smaller it is.
    let dropped = UInt32(exponent < 113 ? 126 - exponent : 13)
    var kept = significand >> dropped
    let (lost, middle) = (significand & ((1 << dropped) - 1), UInt32(1) << (dropped - 1))
    if lost > middle || (lost == middle && kept & 1 == 1) { kept += 1 }
    // The leading digit of a normal half is told by its exponent; what was rounded up beyond all digits becomes the next exponent by itself.
    let base = exponent < 113 ? 0 : UInt32(exponent - 113) << 10
    return sign | UInt16(truncatingIfNeeded: base + kept)
  }

  public static func bytes(_ numbers: [Float]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * numbers.count)
    for number in numbers {
      let bits = bits(number)
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
    }
    return bytes
  }

  /// Of two bytes each; a last one without its other is left out.
  public static func numbers(_ bytes: [UInt8]) -> [Float] {
    let values = values
    return (0..<bytes.count / 2).map { values[Int(bytes[2 * $0]) | Int(bytes[2 * $0 + 1]) << 8] }
  }

  /// The sum of the products of both, of which one is kept as bytes: the cosine of two unit vectors.
  ///
  /// - Returns: nil where they have not as many numbers.
  public static func product(_ bytes: [UInt8], _ other: [Float]) -> Float? {
    guard bytes.count == 2 * other.count else { return nil }
    let values = values
    // Four sums side by side: one alone waits for itself at each step.
    var sums: (Float, Float, Float, Float) = (0, 0, 0, 0)
    func number(_ place: Int) -> Float { values[Int(bytes[2 * place]) | Int(bytes[2 * place + 1]) << 8] }
    var place = 0
    while place + 4 <= other.count {
      sums.0 += number(place) * other[place]
      sums.1 += number(place + 1) * other[place + 1]
      sums.2 += number(place + 2) * other[place + 2]
      sums.3 += number(place + 3) * other[place + 3]
      place += 4
    }
    while place < other.count {
      sums.0 += number(place) * other[place]
      place += 1
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }
}
