/// Reads protocol text byte by byte. Characters would not do: "\r\n" is one of them and `"Z\u{301}"` does not begin with "Z".
struct ByteReader {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position >= bytes.count }
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over the next byte when it is `byte`.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  mutating func take() -> UInt8? {
    guard let byte = next else { return nil }
    position += 1
    return byte
  }

  /// Exactly `count` decimal digits, `count` ≤ 18.
  mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + count {
      guard let digit = decimal(bytes[index]) else { return nil }
      value = value * 10 + digit
    }
    position += count
    return value
  }

  /// One or more digits whose value is at most `limit`; nil (and no step) for anything else.
  mutating func number(upTo limit: Int) -> Int? {
    var value = 0
    var end = position
    while end < bytes.count, let digit = decimal(bytes[end]) {
      value = value * 10 + digit
      if value > limit { return nil }
      end += 1
    }
    if end == position { return nil }
    position = end
    return value
  }
}

/// The value of an ASCII digit.
@inline(__always)
func decimal(_ byte: UInt8) -> Int? {
  byte >= 0x30 && byte <= 0x39 ? Int(byte &- 0x30) : nil
}
