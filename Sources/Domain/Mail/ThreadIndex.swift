/// Outlook's place of a mail in its thread, `Thread-Index` (MS-OXOMSG 2.2.1.3): 22 bytes of the mail that began it, and 5 for each answer on the way
/// down. An answer without it stands beside the thread (RULES 6.9).
public struct ThreadIndex: Hashable, Sendable {
  public let bytes: [UInt8]

  /// Bytes of the longest that is answered.
  public static let most = 512

  /// - Parameter field: as it stands in the head, Base64; blanks from folding are passed over.
  /// - Returns: nil unless it comes to 22 + 5n bytes, at most ``most``: anything else is not sent back.
  public init?(_ field: String) {
    let text = field.utf8.filter { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }
    let isLetter = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(ASCII.lower(byte)) || byte == 0x2B || byte == 0x2F
    }
    let body = text.reversed().drop { $0 == 0x3D }
    guard text.count % 4 == 0, text.count <= 4 * (Self.most / 3 + 1), text.count - body.count <= 2, body.allSatisfy(isLetter) else {
      return nil
    }
    let bytes = Base64.decode(text[...])
    guard (22...Self.most).contains(bytes.count), (bytes.count - 22) % 5 == 0 else { return nil }
    self.bytes = bytes
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The place of an answer: how long after the beginning it was written, in a unit of 26 ms or, after 1.7 years, of 0.8 s.
  ///
  /// - Parameter mark: tells answers of the same moment apart.
  public func answered(at date: Instant, mark: UInt8) -> ThreadIndex {
    // Units of 100 ns since 1601; the first six bytes are the upper six of eight.
    let start = bytes.prefix(6).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << 16
    let seconds = UInt64(clamping: date.seconds.addingReportingOverflow(11_644_473_600).partialValue)
    let now = seconds.multipliedReportingOverflow(by: 10_000_000).partialValue
    let passed = now > start ? now - start : 0
    let delta =
      passed >> 49 == 0 ? UInt32(truncatingIfNeeded: passed >> 18) : 0x8000_0000 | UInt32(truncatingIfNeeded: (passed >> 23) & 0x7FFF_FFFF)
    return ThreadIndex(bytes + (0..<4).map { UInt8(truncatingIfNeeded: delta >> (24 - 8 * $0)) } + [mark])
  }
}
