/// Reading one field: items between commas, each a star, number, name or range, some with a step.
struct CronText {
  let field: Cron.Field
  private var set = CronSet()

  static func read(_ bytes: ArraySlice<UInt8>, _ field: Cron.Field) throws(CronError) -> CronSet {
    var text = CronText(field: field)
    let isAnyDay = (field == .dayOfMonth || field == .dayOfWeek) && bytes.elementsEqual([0x3F])
    if isAnyDay { return try read([0x2A], field) }
    text.set.beginsWithStar = bytes.first == 0x2A
    for item in bytes.split(separator: 0x2C, omittingEmptySubsequences: false) {
      try text.add(item)
    }
    return text.set
  }

  private init(field: Cron.Field) { self.field = field }

  private mutating func add(_ item: ArraySlice<UInt8>) throws(CronError) {
    if item.isEmpty { throw .emptyItem(field) }
    let problem = CronError.notUnderstood(field, String(decoding: item.prefix(40), as: UTF8.self))
    var reader = ByteReader(item.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    if field == .dayOfMonth, reader.skip(0x6C) {
      if reader.skip(0x77), reader.isAtEnd { set.nearestWorkdays |= 1 } else { try addDayBeforeLast(&reader, problem) }
      return
    }
    var from = field.range.lowerBound
    var to = field.last
    if !reader.skip(0x2A) {
      from = try value(&reader, problem)
      if field == .dayOfWeek, try addNthWeekday(from, &reader, problem) { return }
      if field == .dayOfMonth, reader.skip(0x77) {
        guard reader.isAtEnd else { throw problem }
        set.nearestWorkdays |= 1 << UInt64(from)
        return
      }
      if reader.skip(0x2D) {
        to = try end(of: from, &reader, problem)
      } else if reader.next != 0x2F {
        to = from
      }
    }
    let step = try step(&reader, problem)
    guard reader.isAtEnd else { throw problem }
    // An open range from Sunday written as 7 has no end to run to.
    for number in stride(from: from, through: max(from, to), by: step) {
      set.insert(field == .dayOfWeek ? number % 7 : number)
    }
  }

  /// `L`, or `L-3` for three days before the last.
  private mutating func addDayBeforeLast(_ reader: inout ByteReader, _ problem: CronError) throws(CronError) {
    var days = 0
    if reader.skip(0x2D) {
      guard let number = reader.number(upTo: 9999) else { throw problem }
      guard number <= 30 else { throw .outOfRange(field, value: number, allowed: 0...30) }
      days = number
    }
    guard reader.isAtEnd else { throw problem }
    set.daysBeforeLast |= 1 << UInt64(days)
  }

  /// `FRI#2` is the second Friday of the month, `FRIL` the last.
  private mutating func addNthWeekday(_ weekday: Int, _ reader: inout ByteReader, _ problem: CronError) throws(CronError) -> Bool {
    var nth = 6
    if reader.skip(0x23) {
      guard let number = reader.number(upTo: 9999) else { throw problem }
      guard (1...5).contains(number) else { throw .outOfRange(field, value: number, allowed: 1...5) }
      nth = number
    } else if !reader.skip(0x6C) {
      return false
    }
    guard reader.isAtEnd else { throw problem }
    set.nthWeekdays |= 1 << UInt64(weekday % 7 * 8 + nth)
    return true
  }

  /// The end of a range. A week is a circle, so FRI-MON and FRI-SUN are what they say; 22-6 in any other field is an error, as in
  /// Debian's cron.
  private func end(of from: Int, _ reader: inout ByteReader, _ problem: CronError) throws(CronError) -> Int {
    let to = try value(&reader, problem)
    if to >= from { return to }
    guard field == .dayOfWeek else { throw .backwards(field, from: from, to: to) }
    return to + 7
  }

  private func value(_ reader: inout ByteReader, _ problem: CronError) throws(CronError) -> Int {
    if let number = reader.number(upTo: 999_999) {
      guard field.range.contains(number) else { throw .outOfRange(field, value: number, allowed: field.range) }
      return number
    }
    for (index, name) in field.names.enumerated() where reader.skip(name) || reader.skip(name, first: 3) {
      return field.range.lowerBound + index
    }
    throw problem
  }

  private func step(_ reader: inout ByteReader, _ problem: CronError) throws(CronError) -> Int {
    guard reader.skip(0x2F) else { return 1 }
    guard let step = reader.number(upTo: 999_999) else { throw problem }
    guard step > 0 else { throw .zeroStep(field) }
    return step
  }
}

extension ByteReader {
  /// Steps over the bytes of `word`, or its first few, when they come next.
  fileprivate mutating func skip(_ word: StaticString, first count: Int = .max) -> Bool {
    let start = self
    let matches = word.withUTF8Buffer { $0.prefix(count).allSatisfy { skip($0) } }
    if !matches { self = start }
    return matches
  }
}
