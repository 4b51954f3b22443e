extension Instant {
  /// Reads RFC 3339: `2026-11-21T03:30:00Z`, also without seconds, with a fraction (more than six digits are cut) and with an offset
  /// (`+01:00`, `-0330`, `+01`). The offset is required: without one a text does not name an instant.
  public init?(iso: some StringProtocol) {
    var reader = ByteReader(iso)
    guard let day = Day(from: &reader), reader.skip(0x54) || reader.skip(0x74) || reader.skip(0x20),
      let time = TimeOfDay(from: &reader),
      let fraction = Instant.fraction(from: &reader),
      let offset = Instant.offset(from: &reader), reader.isAtEnd
    else { return nil }
    let seconds = LocalTime(day: day, time: time).wallSeconds - Int64(offset)
    self.init(microseconds: seconds * 1_000_000 + Int64(fraction))
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`, always in UTC; the fraction of a second is left out.
  public var iso: String { TimeWords.string { write(iso: &$0) } }

  /// Appends what ``iso`` says.
  public func write(iso text: inout ShortText) {
    let local = LocalTime(wallSeconds: seconds)
    local.day.write(to: &text)
    text.append(0x54)
    text.append(clock: local.time)
    text.append(0x3A)
    text.append(number: local.time.second % 60, width: 2)
    text.append(0x5A)
  }

  /// Microseconds after an optional point; nil when digits are missing after it.
  private static func fraction(from reader: inout ByteReader) -> Int? {
    guard reader.skip(0x2E) else { return 0 }
    var value = 0
    var unit = 1_000_000
    var count = 0
    while let byte = reader.next, let digit = decimal(byte) {
      _ = reader.take()
      unit /= 10
      value += digit * unit
      count += 1
    }
    return count == 0 ? nil : value
  }

  /// Seconds east of UTC.
  private static func offset(from reader: inout ByteReader) -> Int? {
    if reader.skip(0x5A) || reader.skip(0x7A) { return 0 }
    let west = reader.skip(0x2D)
    guard west || reader.skip(0x2B), let hours = reader.digits(2), hours <= 23 else { return nil }
    var minutes = 0
    if !reader.isAtEnd {
      _ = reader.skip(0x3A)
      guard let digits = reader.digits(2), digits <= 59 else { return nil }
      minutes = digits
    }
    let seconds = hours * 3600 + minutes * 60
    return west ? -seconds : seconds
  }
}
