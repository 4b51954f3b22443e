extension HTMLWriter {
  /// Writes a decimal number.
  public mutating func number(_ value: some FixedWidthInteger) {
    reserve(21)
    if value < 0 { put(0x2D) }
    var rest = UInt64(truncatingIfNeeded: value.magnitude)
    var length = 1
    var power: UInt64 = 10
    while length < 20, rest >= power {
      length &+= 1
      power = length < 20 ? power &* 10 : power
    }
    for place in (count..<(count &+ length)).reversed() {
      start[place] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count &+= length
  }

  /// Writes a UUID in its canonical form, 36 bytes in lower case, without making a `String` of it.
  ///
  /// - Parameters: bytes 0…7 and bytes 8…15, big-endian.
  public mutating func uuid(_ high: UInt64, _ low: UInt64) {
    reserve(40)
    let out = UnsafeMutableRawPointer(start + count)
    // 8-4-4-4-12: each dash goes into the gap that the second half of eight digits leaves when it moves on.
    out.storeBytes(of: hexDigits(high >> 32), as: UInt64.self)
    let middle = (hexDigits(high & 0xFFFF_FFFF), hexDigits(low >> 32))
    out.storeBytes(of: middle.0, toByteOffset: 9, as: UInt64.self)
    out.storeBytes(of: middle.0 >> 32, toByteOffset: 14, as: UInt64.self)
    out.storeBytes(of: middle.1, toByteOffset: 19, as: UInt64.self)
    out.storeBytes(of: middle.1 >> 32, toByteOffset: 24, as: UInt64.self)
    out.storeBytes(of: hexDigits(low & 0xFFFF_FFFF), toByteOffset: 28, as: UInt64.self)
    for dash in stride(from: 8, through: 23, by: 5) { start[count &+ dash] = 0x2D }
    count &+= 36
  }

  /// One byte, for which there is room.
  @inline(__always)
  mutating func put(_ byte: UInt8) {
    start[count] = byte
    count &+= 1
  }
}

/// The eight digits of 32 bits, the first in the lowest byte, as a little-endian store wants them. All at once: the half-bytes are
/// spread over the word, and those above nine are moved on from the digits to the letters.
@inline(__always)
private func hexDigits(_ value: UInt64) -> UInt64 {
  let each: UInt64 = 0x0101_0101_0101_0101
  var spread = (value | value &<< 16) & 0x0000_FFFF_0000_FFFF
  spread = (spread | spread &<< 8) & 0x00FF_00FF_00FF_00FF
  spread = (spread | spread &<< 4) & (each &* 0x0F)
  let letters = ((spread &+ each &* 6) &>> 4) & each
  return (spread &+ each &* 0x30 &+ letters &* 0x27).byteSwapped.littleEndian
}
