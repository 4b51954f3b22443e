/// "weekly", "3days", "P2W": how often, in Taskwarrior's words.
enum TaskwarriorRecur {
  static func rule(_ text: String) -> Recurrence? {
    var bytes = text.utf8.map { ASCII.lower($0) }[...]
    if bytes.elementsEqual("weekdays".utf8) {
      var rule = Recurrence(.weekly)
      rule.weekdays = RecurrenceShape.Days.workWeek.map { Recurrence.NthWeekday($0) }
      return rule
    }
    if bytes.count > 1, bytes.first == UInt8(ascii: "p"), bytes[bytes.startIndex + 1] <= 0x39 { bytes = bytes.dropFirst() }
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    let unit = String(decoding: bytes.dropFirst(digits.count), as: UTF8.self)
    guard digits.count <= 3, let count = digits.isEmpty ? 1 : Int(String(decoding: digits, as: UTF8.self)), count > 0 else { return nil }
    guard let (frequency, times) = units[unit] else { return nil }
    var rule = Recurrence(frequency)
    rule.interval = count * times
    return rule.interval <= Recurrence.longestInterval(frequency) ? rule : nil
  }

  private static let units: [String: (Recurrence.Frequency, Int)] = {
    let rows: [(Recurrence.Frequency, Int, String)] = [
      (.daily, 1, "d day days daily"), (.weekly, 1, "w wk wks week weeks weekly sennight"),
      (.weekly, 2, "biweekly fortnight"), (.monthly, 1, "m mo mos mth month months monthly"), (.monthly, 2, "bimonthly"),
      (.monthly, 3, "q qtr quarter quarters quarterly"), (.monthly, 6, "semiannual"), (.yearly, 1, "y yr yrs year years yearly annual"),
      (.yearly, 2, "biannual biyearly"),
    ]
    var units: [String: (Recurrence.Frequency, Int)] = [:]
    for (frequency, times, words) in rows {
      for word in words.split(separator: " ") { units[String(word)] = (frequency, times) }
    }
    return units
  }()
}
