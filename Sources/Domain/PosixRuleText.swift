/// Reading `EST5EDT,M3.2.0,M11.1.0` and its relatives.
extension PosixRule {
  /// Nil for anything that is not a whole rule. Summer time without dates is refused: zone files always state them.
  init?(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let name = PosixRule.name(from: &reader), let west = PosixRule.time(from: &reader, hours: 24) else { return nil }
    let standard = ZoneTable.Clock(offset: -west, abbreviation: name)
    if reader.isAtEnd {
      self.init(standard: standard, summer: nil)
      return
    }
    guard let summerName = PosixRule.name(from: &reader) else { return nil }
    var offset = standard.offset + 3600
    if let byte = reader.next, byte != 0x2C {
      guard let west = PosixRule.time(from: &reader, hours: 24) else { return nil }
      offset = -west
    }
    guard reader.skip(0x2C), let start = PosixRule.change(from: &reader),
      reader.skip(0x2C), let end = PosixRule.change(from: &reader), reader.isAtEnd
    else { return nil }
    let clock = ZoneTable.Clock(offset: offset, abbreviation: summerName)
    self.init(standard: standard, summer: Summer(clock: clock, start: start, end: end))
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || decimal(byte) != nil || byte == 0x2B || byte == 0x2D
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Three letters or more, or letters, digits and signs in `<>`.
  private static func name(from reader: inout ByteReader) -> String? {
    var name: [UInt8] = []
    let isQuoted = reader.skip(0x3C)
    while let byte = reader.next, isQuoted ? isNameByte(byte) : isLetter(byte) {
      name.append(byte)
      _ = reader.take()
    }
    if isQuoted && !reader.skip(0x3E) { return nil }
    return (3...longestName).contains(name.count) ? String(decoding: name, as: UTF8.self) : nil
  }

  /// `[+-]h[:mm[:ss]]` in seconds, at most `hours` whole hours and 59:59.
  private static func time(from reader: inout ByteReader, hours limit: Int) -> Int? {
    let isNegative = reader.skip(0x2D)
    if !isNegative { _ = reader.skip(0x2B) }
    guard let hours = reader.number(upTo: limit) else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where reader.skip(0x3A) {
      guard let digits = reader.digits(2), digits <= 59 else { return nil }
      seconds += digits * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// A date, and `/time` unless the change is at 02:00.
  private static func change(from reader: inout ByteReader) -> Change? {
    guard let date = date(from: &reader) else { return nil }
    guard reader.skip(0x2F) else { return Change(date: date, time: 7200) }
    return time(from: &reader, hours: 167).map { Change(date: date, time: $0) }
  }

  private static func date(from reader: inout ByteReader) -> Change.Date? {
    if reader.skip(0x4D) {
      guard let month = reader.number(upTo: 12), month >= 1, reader.skip(0x2E),
        let week = reader.number(upTo: 5), week >= 1, reader.skip(0x2E),
        let day = reader.number(upTo: 6)
      else { return nil }
      return .weekday(month: month, week: week, day: day)
    }
    if reader.skip(0x4A) {
      guard let day = reader.number(upTo: 365), day >= 1 else { return nil }
      return .julian(day)
    }
    return reader.number(upTo: 365).map { .ordinal($0) }
  }
}
