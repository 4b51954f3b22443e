extension HTMLWriter {
  /// Copies eight bytes at a time, up to the first that needs care, and goes on behind that one.
  mutating func escape(unchecked source: UnsafeBufferPointer<UInt8>) {
    guard let base = source.baseAddress else { return }
    var index = 0
    while index < source.count {
      let left = source.count &- index
      // Room for the eight, for what the next one becomes, and for all the rest if it is harmless.
      reserve(left &+ 24)
      let word = left >= 8 ? UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self) : lastBytes(base + index, left)
      UnsafeMutableRawPointer(start + count).storeBytes(of: word, as: UInt64.self)
      let harmless = min(careMask(word).trailingZeroBitCount &>> 3, left)
      count &+= harmless
      index &+= harmless
      if harmless == 8 || index == source.count { continue }
      let length = escapeOne(source, index)
      // Malformed: rare, so the standard library mends the rest, which then takes the quick way.
      if length == 0 { return text(String(decoding: source[index...], as: UTF8.self)) }
      index &+= length
    }
  }

  /// Writes the character at `index`, for which there is room. Returns its length, 0 when it is malformed.
  @inline(__always)
  private mutating func escapeOne(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let byte = source[index]
    if byte >= 0x80 {
      let length = utf8Length(source, index)
      for offset in 0..<length { put(source[index &+ offset]) }
      return length
    }
    // ? to ~, and what has no bit below.
    if byte &- 0x3F < 0x40 || (byte < 0x3F && Self.special & (1 << UInt64(byte)) == 0) {
      put(byte)
    } else {
      replace(byte)
    }
    return 1
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

/// The top bit of each of eight bytes that is a control, above `~`, or one of `" & ' < >`; exact up to the first such byte.
///
/// All eight at once ("Bit Twiddling Hacks", zero in word): `(x - 1) & ~x` has the top bit of each byte that is zero, and perhaps of
/// bytes above such a one, by the borrow. `& '` and `< >` differ in one bit each, set here.
@inline(__always)
private func careMask(_ word: UInt64) -> UInt64 {
  let each: UInt64 = 0x0101_0101_0101_0101
  func zeros(_ value: UInt64) -> UInt64 { (value &- each) & ~value }
  let controls = (word &- each &* 0x20) & ~word
  let quote = zeros(word ^ each &* 0x22)
  let ampersand = zeros((word | each) ^ each &* 0x27)
  let angle = zeros((word | each &* 0x02) ^ each &* 0x3E)
  // 0x7F carries into the top bit.
  return (controls | quote | ampersand | angle | word | (word &+ each)) & (each &* 0x80)
}

/// Fewer than eight bytes as a word, filled up with blanks, which need no care.
@inline(__always)
private func lastBytes(_ base: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
  let bytes = UnsafeRawPointer(base)
  var word: UInt64 = 0x2020_2020_2020_2020
  var shift: UInt64 = 0
  // Half, quarter, eighth: three steps instead of up to seven.
  func take(_ part: UInt64, _ size: Int) {
    let mask: UInt64 = (1 &<< (UInt64(size) &* 8)) &- 1
    word = word & ~(mask &<< shift) | part &<< shift
    shift &+= UInt64(size) &* 8
  }
  if length & 4 != 0 { take(UInt64(bytes.loadUnaligned(as: UInt32.self)), 4) }
  if length & 2 != 0 { take(UInt64(bytes.loadUnaligned(fromByteOffset: length & 4, as: UInt16.self)), 2) }
  if length & 1 != 0 { take(UInt64(base[length &- 1]), 1) }
  return word
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
