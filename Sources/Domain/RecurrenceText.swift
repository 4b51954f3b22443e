extension Recurrence {
  /// A rule as RFC 5545 writes it, with or without "RRULE:", in any letter case.
  ///
  /// - Throws: ``RecurrenceError``, which names the part. That its parts never come together is told by ``begin(notBefore:)``.
  public init(_ text: String) throws(RecurrenceError) { try self.init(text, mostInterval: nil, mayEndTwice: false) }

  /// - Parameters:
  ///   - mostInterval: nil: what ``longestInterval(_:)`` says.
  ///   - mayEndTwice: whether COUNT and UNTIL may stand together.
  init(_ text: String, mostInterval: Int?, mayEndTwice: Bool) throws(RecurrenceError) {
    guard text.utf8.count <= Recurrence.longestText else { throw .tooLong }
    var bytes = text.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }[...]
    while let first = bytes.first, first == 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 { bytes.removeLast() }
    if bytes.starts(with: "RRULE:".utf8) { bytes = bytes.dropFirst(6) }
    var values: [Part: ArraySlice<UInt8>] = [:]
    for item in bytes.split(separator: 0x3B, omittingEmptySubsequences: false) {
      // What they say is so of every rule here (RFC 7529, 4).
      if item.elementsEqual("RSCALE=GREGORIAN".utf8) || item.elementsEqual("SKIP=OMIT".utf8) { continue }
      let equals = item.firstIndex(of: 0x3D) ?? item.endIndex
      guard let part = Part(rawValue: String(decoding: item[..<equals], as: UTF8.self)), equals < item.endIndex else {
        throw .unknownPart(String(decoding: item.prefix(40), as: UTF8.self))
      }
      guard values.updateValue(item[(equals + 1)...], forKey: part) == nil else { throw .twice(part) }
    }
    self.init(try Frequency(values.removeValue(forKey: .frequency)))
    // In the order of the parts, so that the first complaint is always the same.
    for part in Part.allCases {
      if let value = values[part] { try read(part, RecurrenceValue(part: part, bytes: value), mostInterval) }
    }
    try check(mayEndTwice: mayEndTwice)
  }

  private mutating func read(_ part: Part, _ value: RecurrenceValue, _ mostInterval: Int?) throws(RecurrenceError) {
    switch part {
    case .frequency: break
    case .interval: interval = try value.number(1...(mostInterval ?? Recurrence.longestInterval(frequency)))
    case .count: count = try value.number(1...Recurrence.mostTimes)
    case .until: end = try value.end()
    case .months: months = try value.numbers(1...12)
    case .weekNumbers: weekNumbers = try value.numbers(-53...53)
    case .yearDays: yearDays = try value.numbers(-366...366)
    case .monthDays: monthDays = try value.numbers(-31...31)
    case .weekdays: weekdays = try value.weekdays(furthest: frequency == .yearly && months.isEmpty ? 53 : 5)
    case .hours: hours = try value.numbers(0...23)
    case .minutes: minutes = try value.numbers(0...59)
    case .seconds: _ = try value.numbers(0...0)  // Nothing here rings between two minutes.
    case .positions: positions = try value.numbers(-Recurrence.furthestPosition...Recurrence.furthestPosition)
    case .weekStart: weekStart = try value.weekday()
    }
  }

  /// What the parts forbid each other (RFC 5545, 3.3.10).
  func check(mayEndTwice: Bool = false) throws(RecurrenceError) {
    if count != nil, end != nil, !mayEndTwice { throw .twoEnds }
    if !positions.isEmpty, months.isEmpty, !saysDays, hours.isEmpty, minutes.isEmpty { throw .positionsAlone }
    if !weekNumbers.isEmpty, frequency != .yearly { throw .notWith(.weekNumbers, "FREQ=" + frequency.text) }
    if !yearDays.isEmpty, [.daily, .weekly, .monthly].contains(frequency) { throw .notWith(.yearDays, "FREQ=" + frequency.text) }
    if !monthDays.isEmpty, frequency == .weekly { throw .notWith(.monthDays, "FREQ=WEEKLY") }
    if weekdays.contains(where: { $0.number != 0 }) {
      if frequency != .monthly, frequency != .yearly { throw .notWith(.weekdays, "FREQ=" + frequency.text) }
      if !weekNumbers.isEmpty { throw .notWith(.weekdays, Part.weekNumbers.rawValue) }
    }
    let hours = hours.isEmpty ? frequency == .hourly ? 24 : 1 : hours.count
    if hours * max(minutes.count, 1) > Recurrence.mostTimesOfDay { throw .tooManyTimes }
  }
}

extension Recurrence.Frequency {
  fileprivate init(_ value: ArraySlice<UInt8>?) throws(RecurrenceError) {
    guard let value else { throw .noFrequency }
    let text = String(decoding: value.prefix(40), as: UTF8.self)
    if text == "SECONDLY" || text == "MINUTELY" { throw .tooFine(text) }
    guard let found = Self.allCases.first(where: { $0.text == text }) else { throw .notUnderstood(.frequency, text) }
    self = found
  }
}

/// What stands behind one "=".
private struct RecurrenceValue {
  let part: Recurrence.Part
  let bytes: ArraySlice<UInt8>

  private func problem(_ bytes: ArraySlice<UInt8>) -> RecurrenceError {
    .notUnderstood(part, String(decoding: bytes.prefix(40), as: UTF8.self))
  }

  func number(_ allowed: ClosedRange<Int>) throws(RecurrenceError) -> Int { try number(bytes, allowed) }

  func numbers(_ allowed: ClosedRange<Int>) throws(RecurrenceError) -> [Int] {
    var found: Set<Int> = []
    for item in bytes.split(separator: 0x2C, omittingEmptySubsequences: false) {
      let number = try number(item, allowed)
      // "The 0th day" is none; hours, minutes and seconds do begin with 0.
      if number == 0, allowed.lowerBound < 0 { throw .outOfRange(part, value: 0, allowed: 1...allowed.upperBound) }
      found.insert(number)
    }
    return found.sorted()
  }

  private func number(_ item: ArraySlice<UInt8>, _ allowed: ClosedRange<Int>) throws(RecurrenceError) -> Int {
    var reader = ByteReader(Array(item))
    let isNegative = reader.skip(0x2D)
    if !isNegative { _ = reader.skip(0x2B) }
    guard let number = reader.number(upTo: 999_999_999_999), reader.isAtEnd else { throw problem(item) }
    let value = isNegative ? -number : number
    guard allowed.contains(value) else { throw .outOfRange(part, value: value, allowed: allowed) }
    return value
  }

  /// - Parameter furthest: how far a number before a day may count.
  func weekdays(furthest: Int) throws(RecurrenceError) -> [Recurrence.NthWeekday] {
    var found: Set<Recurrence.NthWeekday> = []
    for item in bytes.split(separator: 0x2C, omittingEmptySubsequences: false) {
      guard let weekday = Weekday(ical: item.suffix(2)) else { throw problem(item) }
      let digits = item.dropLast(2)
      let number = digits.isEmpty ? 0 : try number(digits, -furthest...furthest)
      if number == 0, !digits.isEmpty { throw .outOfRange(part, value: 0, allowed: 1...furthest) }
      found.insert(Recurrence.NthWeekday(weekday, number: number))
    }
    return found.sorted { ($0.number, $0.weekday.rawValue) < ($1.number, $1.weekday.rawValue) }
  }

  func weekday() throws(RecurrenceError) -> Weekday {
    guard let weekday = Weekday(ical: bytes) else { throw problem(bytes) }
    return weekday
  }

  /// "20271231", "20271231T235900" or "20271231T235900Z".
  func end() throws(RecurrenceError) -> Recurrence.End {
    var reader = ByteReader(Array(bytes))
    guard let year = reader.digits(4), let month = reader.digits(2), let date = reader.digits(2),
      let day = Day(year: year, month: month, day: date)
    else { throw problem(bytes) }
    if reader.isAtEnd { return .day(day) }
    guard reader.skip(0x54), let hour = reader.digits(2), let minute = reader.digits(2), let second = reader.digits(2),
      let time = TimeOfDay(hour: hour, minute: minute, second: second)
    else { throw problem(bytes) }
    let local = LocalTime(day: day, time: time)
    if reader.isAtEnd { return .wall(local) }
    guard reader.skip(0x5A), reader.isAtEnd else { throw problem(bytes) }
    return .instant(Instant(seconds: local.wallSeconds))
  }
}
