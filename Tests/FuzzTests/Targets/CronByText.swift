/// A cron expression that is asked minute by minute, from its text alone, as RULES 1.4 has it. Slow, short, and nothing shared with the program.
///
/// Only what Debian's cron and our extensions agree on is answered; nil for the rest (`?`, `@daily`, words of other spellings).
struct CronByText {
  private let fields: [[String]]
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
  private static let bounds = [0...59, 0...23, 1...31, 1...12, 0...6]

  init?(_ text: String) {
    let plain = Set("*/-,#0123456789 \tabcdefghijklmnopqrstuvwxyz".utf8)
    let lower = text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
    guard lower.allSatisfy(plain.contains) else { return nil }
    let parts = lower.split { $0 == 32 || $0 == 9 }.map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 5 else { return nil }
    // Longer words than three letters (and an L) are another spelling.
    guard !lower.split(whereSeparator: { !(97...122).contains($0) }).contains(where: { $0.count > 4 }) else { return nil }
    fields = parts.map { $0.split(separator: ",").map(String.init) }
  }

  /// The first matching minute after `start`, in UTC seconds; nil when there is none within so many days.
  func next(after start: Int64, days: Int64) -> Int64? {
    let hours = (0...23).filter { means($0, 1) }
    let minutes = (0...59).filter { means($0, 0) }
    for day in start / 86_400...start / 86_400 + days where isDay(Int(day)) {
      for hour in hours {
        for minute in minutes {
          let second = day * 86_400 + Int64(hour * 3_600 + minute * 60)
          if second > start { return second <= start + days * 86_400 ? second : nil }
        }
      }
    }
    return nil
  }

  /// - Parameter number: of the day, 1970-01-01 is 0, a Thursday.
  private func isDay(_ number: Int) -> Bool {
    let (month, day, length) = Self.date(number)
    guard means(month, 3) else { return false }
    let weekday = (number + 4) % 7
    let byDate = fields[2].contains { item in
      if item.hasSuffix("w") { return day == Self.workday(item, month: number - day + 1, length) }
      if item.hasPrefix("l") { return day == length - (item == "l" ? 0 : Int(item.dropFirst(2)) ?? 99) }
      return Self.item(item, means: day, 2)
    }
    let byWeekday = fields[4].contains { item in
      if let mark = item.firstIndex(of: "#") {
        return Self.number(String(item[..<mark]), 4) % 7 == weekday && Int(item[item.index(after: mark)...]) == (day + 6) / 7
      }
      if item.hasSuffix("l") { return Self.number(String(item.dropLast()), 4) % 7 == weekday && day + 7 > length }
      return Self.item(item, means: weekday, 4) || weekday == 0 && Self.item(item, means: 7, 4)
    }
    let both = fields[2].first?.hasPrefix("*") == true || fields[4].first?.hasPrefix("*") == true
    return both ? byDate && byWeekday : byDate || byWeekday
  }

  /// `LW` and `15W`: looking to both sides, day by day, for one from Monday to Friday.
  private static func workday(_ item: String, month first: Int, _ length: Int) -> Int? {
    let wanted = item == "lw" ? length : Int(item.dropLast()) ?? 99
    guard wanted <= length else { return nil }
    let days = item == "lw" ? [wanted, wanted - 1, wanted - 2] : [wanted, wanted - 1, wanted + 1, wanted - 2, wanted + 2]
    return days.first { day in (1...length).contains(day) && (1...5).contains((first + day - 1 + 4) % 7) }
  }

  private func means(_ value: Int, _ field: Int) -> Bool { fields[field].contains { Self.item($0, means: value, field) } }

  /// `*`, `5`, `5-9`, each with or without `/step`; a range of weekdays may run over Saturday.
  private static func item(_ item: String, means value: Int, _ field: Int) -> Bool {
    let halves = item.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let step = halves.count > 1 ? Int(halves[1]) ?? 0 : 1
    let ends = halves[0].split(separator: "-").map { number(String($0), field) }
    var range = bounds[field]
    if halves[0] != "*" {
      let last = ends.count > 1 ? ends[1] : halves.count > 1 ? max(range.upperBound, ends[0]) : ends[0]
      range = ends[0]...(last < ends[0] ? last + 7 : last)
    }
    let values = field == 4 ? [value, value + 7] : [value]
    return values.contains { range.contains($0) && ($0 - range.lowerBound) % max(step, 1) == 0 }
  }

  private static func number(_ text: String, _ field: Int) -> Int {
    if let number = Int(text) { return number }
    let name = String(text.prefix(3))
    return field == 3 ? (months.firstIndex(of: name) ?? -100) + 1 : weekdays.firstIndex(of: name) ?? -100
  }

  /// Month, day, and the month's length, by counting.
  private static func date(_ number: Int) -> (Int, Int, Int) {
    var (year, rest) = (1970, number)
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    while rest >= (isLeap(year) ? 366 : 365) {
      rest -= isLeap(year) ? 366 : 365
      year += 1
    }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = 0
    while rest >= lengths[month] {
      rest -= lengths[month]
      month += 1
    }
    return (month + 1, rest + 1, lengths[month])
  }
}
