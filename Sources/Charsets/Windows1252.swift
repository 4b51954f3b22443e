/// Windows-1252, which every byte is: what mails and files are read as that say nothing better.
public enum Windows1252 {
  /// 0x80…0x9F; the five that it leaves out stand for themselves.
  private static let high: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018,
    0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// The scalar that a byte stands for, never a surrogate.
  public static func scalar(_ byte: UInt8) -> UInt16 { (0x80..<0xA0).contains(byte) ? high[Int(byte) - 0x80] : UInt16(byte) }

  /// All of it as UTF-8, at most three times as long.
  public static func utf8(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      let scalar = scalar(byte)
      if scalar < 0x80 {
        out.append(UInt8(scalar))
      } else if scalar < 0x800 {
        out.append(UInt8(0xC0 | scalar >> 6))
        out.append(UInt8(0x80 | scalar & 0x3F))
      } else {
        out.append(UInt8(0xE0 | scalar >> 12))
        out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
        out.append(UInt8(0x80 | scalar & 0x3F))
      }
    }
    return out
  }
}
