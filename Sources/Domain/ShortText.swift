/// A short text while it is written, up to 64 bytes of UTF-8: dates, times and spans, of which a page has hundreds. It lies on the stack; an
/// array would be asked at every byte whether it is shared. What goes beyond is cut: the longest of these texts has 40 bytes.
public struct ShortText {
  private var bytes = InlineArray<64, UInt8>(repeating: 0)
  /// Bytes written so far.
  public private(set) var count = 0

  public init() {}

  /// The text as a `String`.
  public var text: String { withBytes { bytes in bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } } }

  /// Calls `body` with the bytes.
  public func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(bytes.span.extracting(first: count)) }

  /// Keeps the last bytes only.
  public mutating func keep(last length: Int) {
    let start = Swift.max(count - length, 0)
    for index in start..<count { bytes[index - start] = bytes[index] }
    count -= start
  }

  mutating func append(_ byte: UInt8) {
    guard count < 64 else { return }
    bytes[count] = byte
    count &+= 1
  }

  mutating func append(words: StaticString) {
    words.withUTF8Buffer { words in
      let length = min(words.count, 64 &- count)
      guard let source = words.baseAddress else { return }
      withUnsafeMutableBytes(of: &bytes) { $0.baseAddress?.advanced(by: count).copyMemory(from: source, byteCount: length) }
      count &+= length
    }
  }

  /// A number in at least `width` digits.
  mutating func append(number: Int, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: number.magnitude, width: width)
  }

  /// Two digits at a time: the divisors are constants, which costs a third of dividing by powers.
  private mutating func append(digits: UInt, width: Int) {
    if digits >= 100 || width > 2 { append(digits: digits / 100, width: Swift.max(width - 2, 1)) }
    if digits >= 10 || width >= 2 { append(pair: digits % 100) } else { append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digits)) }
  }

  /// Two digits, of a number below 100.
  @inline(__always)
  private mutating func append(pair: UInt) {
    append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair / 10))
    append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair % 10))
  }

  /// "09:05"
  mutating func append(clock time: TimeOfDay) {
    append(pair: UInt(bitPattern: time.hour))
    append(UInt8(ascii: ":"))
    append(pair: UInt(bitPattern: time.minute))
  }

  /// "Today" for "today".
  mutating func capitalize() {
    if count > 0, case UInt8(ascii: "a")...UInt8(ascii: "z") = bytes[0] { bytes[0] -= 32 }
  }
}
