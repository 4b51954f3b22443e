/// Writes ZIPs by hand, wrong ones too.
public struct ZipWriter {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  public init() {}

  public var bytes: [UInt8] {
    body + directory + number(0x0605_4B50, 4) + number(0, 4) + number(count, 2) + number(count, 2) + number(directory.count, 4)
      + number(body.count, 4)
      + number(0, 2)
  }

  public mutating func add(
    _ name: String, _ packed: [UInt8], deflated size: Int? = nil, crc: UInt32? = nil, method: Int? = nil, flags: Int = 0,
    isUTF8: Bool = false
  ) {
    add(raw: Array(name.utf8), packed, deflated: size, crc: crc, method: method, flags: flags, isUTF8: isUTF8)
  }

  /// - Parameter deflated: the size that the directory says, of a file that is packed; else it is stored.
  public mutating func add(
    raw name: [UInt8], _ packed: [UInt8], deflated size: Int? = nil, crc: UInt32? = nil, method: Int? = nil, flags: Int = 0,
    isUTF8: Bool = false
  ) {
    // Beyond four bytes sizes stand in an extra field (Zip64).
    let unpacked = size ?? packed.count
    let extra = unpacked > 0xFFFF_FFFE ? number(1, 2) + number(8, 2) + number(unpacked, 8) : []
    let head =
      number(flags | (isUTF8 ? 0x800 : 0), 2) + number(method ?? (size == nil ? 0 : 8), 2) + number(0x21, 4)
      + number(Int(crc ?? crc32(packed)), 4)
      + number(packed.count, 4) + number(min(unpacked, 0xFFFF_FFFF), 4) + number(name.count, 2) + number(extra.count, 2)
    directory +=
      number(0x0201_4B50, 4) + number(45, 2) + number(45, 2) + head + [UInt8](repeating: 0, count: 10) + number(body.count, 4) + name
      + extra
    body += number(0x0403_4B50, 4) + number(45, 2) + head + name + extra + packed
    count += 1
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

public func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
}

/// Zeros, deflated by hand: one byte, then copies of 258 with the fixed codes, 13 bits each.
public struct Deflated {
  public let bytes: [UInt8]
  public let crc: UInt32

  public static func zeros(_ count: Int) -> Deflated {
    var bits = Bits()
    bits.add(0b011, 3)  // the last block, fixed codes
    bits.addCode(0b0011_0000, 8)  // the byte 0
    for _ in 0..<((count - 1) / 258) {
      bits.addCode(0b1100_0101, 8)  // 258 bytes …
      bits.addCode(0, 5)  // … from one byte back
    }
    for _ in 0..<((count - 1) % 258) { bits.addCode(0b0011_0000, 8) }
    bits.addCode(0, 7)
    // The sum of zeros needs no array of them, and is asked for small ones only.
    return Deflated(bytes: bits.bytes, crc: count > 100_000 ? 0 : crc32([UInt8](repeating: 0, count: count)))
  }
}

private struct Bits {
  private(set) var bytes: [UInt8] = []
  private var used = 8

  mutating func add(_ value: Int, _ width: Int) {
    for bit in 0..<width {
      if used == 8 {
        bytes.append(0)
        used = 0
      }
      bytes[bytes.count - 1] |= UInt8(value >> bit & 1) << UInt8(used)
      used += 1
    }
  }

  /// Codes stand with their highest bit first.
  mutating func addCode(_ value: Int, _ width: Int) {
    for bit in (0..<width).reversed() { add(value >> bit & 1, 1) }
  }
}
