/// Why what somebody typed is no ``Amount``.
public enum AmountRefusal: Error, Hashable, Sendable, CaseIterable {
  case empty
  case notANumber
  case negative
  /// More than three decimals.
  case tooPrecise
  /// Above ``Amount/limit``.
  case tooLarge
}

extension Amount {
  /// What somebody typed: a decimal with `.` or `,` in either language, the unit after it or not; where the unit is minutes or hours also
  /// `1h30`, `1:30` and `90 min` (RULES 5.12), rounded to thousandths where an hour's part is not exact.
  ///
  /// - Parameter unit: the habit's own; letter case does not matter.
  public init(typed text: some StringProtocol, unit: String) throws(AmountRefusal) {
    let bytes = Amount.trimmed(Array(text.utf8))
    if bytes.isEmpty { throw .empty }
    let time = TimeUnit(Amount.trimmed(Array(unit.utf8)).map(ASCII.lower))
    var reader = AmountReader(ByteReader(bytes))
    if reader.text.skip(0x2D) { throw try reader.isNumberAndNoMore() ? .negative : .notANumber }
    if let time, let seconds = try Amount.seconds(bytes, time) {
      guard seconds <= Amount.limit.thousandths * 36 / 10 else { throw .tooLarge }
      self.init(thousandths: (seconds * 1000 + time.seconds / 2) / time.seconds)
    } else {
      self.init(thousandths: try reader.decimal())
      reader.space()
      let rest = Array(bytes[reader.text.position...])
      guard rest.isEmpty || rest.map(ASCII.lower) == Amount.trimmed(Array(unit.utf8)).map(ASCII.lower) else { throw .notANumber }
    }
    if self > .limit { throw .tooLarge }
  }

  /// Exactly a decimal with a point, as ``decimal`` and `numeric(10,3)` print it.
  public init?(decimal text: some StringProtocol) {
    var reader = AmountReader(ByteReader(text))
    let isNegative = reader.text.skip(0x2D)
    guard let thousandths = try? reader.decimal(), reader.text.isAtEnd else { return nil }
    self.init(thousandths: isNegative ? -thousandths : thousandths)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
    let end = bytes.lastIndex { $0 > 0x20 } ?? bytes.startIndex
    return start < bytes.endIndex ? Array(bytes[start...end]) : []
  }

  /// A length of time with hours or minutes named; nil for a bare number, which counts in the habit's unit.
  private static func seconds(_ bytes: [UInt8], _ unit: TimeUnit) throws(AmountRefusal) -> Int? {
    var reader = AmountReader(ByteReader(bytes.map(ASCII.lower)))
    let first = try reader.decimal()
    if reader.text.skip(0x3A) {
      guard first % 1000 == 0, let minutes = reader.text.digits(2), minutes < 60, reader.text.isAtEnd else { throw .notANumber }
      return first / 1000 * 3600 + minutes * 60
    }
    reader.space()
    guard let named = reader.timeUnit() else {
      if reader.text.isAtEnd { return nil }
      throw .notANumber
    }
    guard first <= Amount.limit.thousandths else { throw .tooLarge }
    reader.space()
    if reader.text.isAtEnd { return (first * named.seconds + 500) / 1000 }
    // "1h30", "1 h 30 min"
    guard named == .hour, first % 1000 == 0, let minutes = reader.text.number(upTo: 59) else { throw .notANumber }
    reader.space()
    guard reader.text.isAtEnd || reader.timeUnit() == .minute && reader.text.isAtEnd else { throw .notANumber }
    return first / 1000 * 3600 + minutes * 60
  }
}

/// A unit in which lengths of time are typed.
private enum TimeUnit: CaseIterable {
  case minute, hour

  var seconds: Int { self == .minute ? 60 : 3600 }

  /// Longest first: "minutes" begins with "min".
  var names: [StaticString] {
    switch self {
    case .minute: ["minutes", "minutos", "minute", "minuto", "mins", "min", "m"]
    case .hour: ["hours", "horas", "hour", "hora", "hs", "h"]
    }
  }

  /// Of a habit whose amounts are times.
  init?(_ unit: [UInt8]) {
    let names: [(TimeUnit, StaticString)] = [
      (.minute, "min"), (.minute, "minutes"), (.minute, "minutos"), (.hour, "h"), (.hour, "hours"), (.hour, "horas"),
    ]
    guard let found = names.first(where: { unit.elementsEqual($0.1) }) else { return nil }
    self = found.0
  }
}

extension Sequence<UInt8> {
  fileprivate func elementsEqual(_ words: StaticString) -> Bool { words.withUTF8Buffer { elementsEqual($0) } }
}

private struct AmountReader {
  var text: ByteReader

  init(_ text: ByteReader) { self.text = text }

  mutating func space() {
    while text.skip(0x20) {}
  }

  /// Thousandths: digits, then `.` or `,` with one to three more; ".5" too.
  mutating func decimal() throws(AmountRefusal) -> Int {
    let whole = try digits(limit: 1_000_000)
    guard text.next == 0x2E || text.next == 0x2C else {
      guard let whole else { throw .notANumber }
      return whole * 1000
    }
    _ = text.take()
    var thousandths = 0
    var unit = 100
    var count = 0
    while let byte = text.next, let digit = Domain.decimal(byte) {
      _ = text.take()
      thousandths += digit * unit
      unit /= 10
      count += 1
    }
    // "1.000,5" is read as one point something, and then there is a comma.
    if text.next == 0x2E || text.next == 0x2C || count == 0 { throw .notANumber }
    if count > 3 { throw .tooPrecise }
    return (whole ?? 0) * 1000 + thousandths
  }

  private mutating func digits(limit: Int) throws(AmountRefusal) -> Int? {
    var value: Int?
    while let byte = text.next, let digit = Domain.decimal(byte) {
      _ = text.take()
      // One above the limit stands for all that is: the digits are read to their end, so that "1e9" is not called large.
      value = min((value ?? 0) * 10 + digit, limit + 1)
    }
    return value
  }

  mutating func isNumberAndNoMore() throws(AmountRefusal) -> Bool {
    _ = try decimal()
    return text.isAtEnd
  }

  /// Steps over the name of a unit.
  mutating func timeUnit() -> TimeUnit? {
    for unit in TimeUnit.allCases {
      for name in unit.names {
        let end = text.position + name.utf8CodeUnitCount
        guard end <= text.bytes.count, text.bytes[text.position..<end].elementsEqual(name) else { continue }
        let follows = end < text.bytes.count ? text.bytes[end] : 0x20
        guard !(0x61...0x7A).contains(follows) && follows < 0x80 else { continue }
        for _ in text.position..<end { _ = text.take() }
        return unit
      }
    }
    return nil
  }
}
