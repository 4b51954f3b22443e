/// The key of a row, and of which kind of row: `ID<Reminder>` does not fit where `ID<Habit>` is meant.
///
/// New ones are UUIDs of version 7 (RFC 9562, 5.7): they begin with the time in milliseconds, so rows made one after the other lie side
/// by side in an index. Ids that came from elsewhere may be of any version.
public struct ID<Entity>: Hashable, Comparable, Sendable {
  /// Bytes 0…7, big-endian.
  public let high: UInt64
  /// Bytes 8…15, big-endian.
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A new id: 48 bits of time, 74 bits of chance. Two of the same millisecond are in no particular order.
  ///
  /// - Parameter now: times before 1970 count as 1970.
  public init(at now: Instant, using generator: inout some RandomNumberGenerator) {
    let milliseconds = UInt64(max(now.microseconds, 0) / 1000)
    let random: UInt64 = generator.next()
    high = milliseconds << 16 | 0x7000 | random & 0x0FFF
    low = 0x8000_0000_0000_0000 | generator.next() & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// Only the canonical form, 36 bytes in lower case: then one id has one address and one text, and caches and logs agree.
  public init?(_ text: some StringProtocol) {
    var reader = ByteReader(text)
    var words: (high: UInt64, low: UInt64) = (0, 0)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        guard reader.skip(0x2D) else { return nil }
      }
      guard let byte = reader.take(), let digit = ASCII.lowerHexValue(byte).map(UInt64.init) else { return nil }
      if index < 16 { words.high = words.high << 4 | digit } else { words.low = words.low << 4 | digit }
    }
    guard reader.isAtEnd else { return nil }
    self.init(high: words.high, low: words.low)
  }

  /// The canonical text, 36 bytes in lower case.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the canonical text, without making a `String` of it.
  public func write(to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + 36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { bytes.append(0x2D) }
      let word = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4)) & 0x0F
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// In the order of the bytes, which is PostgreSQL's order of `uuid`, and for our own ids the order in time.
  public static func < (left: ID, right: ID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
