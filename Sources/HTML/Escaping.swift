extension HTMLWriter {
  /// Copies runs of harmless bytes at once and stops only at those that need care.
  mutating func escape(unchecked source: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var index = 0
    while index < source.count {
      let byte = source[index]
      // ? to ~ : most of any text, one comparison.
      if byte &- 0x3F < 0x40 || (byte < 0x3F && Self.special & (1 << UInt64(byte)) == 0) {
        index &+= 1
        continue
      }
      if byte >= 0x80 {
        let length = utf8Length(source, index)
        if length > 0 {
          index &+= length
          continue
        }
      }
      storage.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
      if byte >= 0x80 {
        // Malformed: rare, so the standard library repairs the rest, which then takes the quick way.
        return text(String(decoding: source[index...], as: UTF8.self))
      }
      replace(byte)
      index &+= 1
      start = index
    }
    storage.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
  }

  /// One bit for each byte below 0x40 that may not stand in a page: `" & ' < >` and the controls other than tab, LF and CR.
  private static var special: UInt64 {
    let controls: UInt64 = 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)
    return controls | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E
  }

  private mutating func replace(_ byte: UInt8) {
    switch byte {
    case 0x22: literal("&quot;")
    case 0x26: literal("&amp;")
    case 0x27: literal("&#39;")
    case 0x3C: literal("&lt;")
    case 0x3E: literal("&gt;")
    default: literal("\u{FFFD}")  // NUL and the other controls are errors in HTML, whichever way they are written
    }
  }
}

/// The length of the well-formed UTF-8 sequence that starts with a byte of 0x80 or more; 0 when there is none.
/// The ranges are those of table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing past U+10FFFF.
private func utf8Length(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
  func follows(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
    index &+ offset < source.count && source[index &+ offset] >= low && source[index &+ offset] <= high
  }
  switch source[index] {
  case 0xC2...0xDF: return follows(1) ? 2 : 0
  case 0xE0: return follows(1, 0xA0) && follows(2) ? 3 : 0
  case 0xED: return follows(1, 0x80, 0x9F) && follows(2) ? 3 : 0
  case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
  case 0xF0: return follows(1, 0x90) && follows(2) && follows(3) ? 4 : 0
  case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
  case 0xF4: return follows(1, 0x80, 0x8F) && follows(2) && follows(3) ? 4 : 0
  default: return 0
  }
}
