extension Recurrence {
  /// The rule as RFC 5545 writes it, without "RRULE:", always in the same order: what is stored, and what other calendars read.
  public var text: String {
    var items = ["FREQ=" + frequency.text]
    if interval > 1 { items.append("INTERVAL=\(interval)") }
    if let count { items.append("COUNT=\(count)") }
    if let end { items.append("UNTIL=" + end.text) }
    add(.months, months, to: &items)
    add(.weekNumbers, weekNumbers, to: &items)
    add(.yearDays, yearDays, to: &items)
    add(.monthDays, monthDays, to: &items)
    if !weekdays.isEmpty { items.append("BYDAY=" + weekdays.map(\.text).joined(separator: ",")) }
    add(.hours, hours, to: &items)
    add(.minutes, minutes, to: &items)
    add(.positions, positions, to: &items)
    if weekStart != .monday { items.append("WKST=" + weekStart.ical) }
    return items.joined(separator: ";")
  }

  private func add(_ part: Part, _ numbers: [Int], to items: inout [String]) {
    if numbers.isEmpty { return }
    items.append(part.rawValue + "=" + numbers.map { String($0) }.joined(separator: ","))
  }
}

extension Recurrence.Frequency {
  var text: String {
    switch self {
    case .hourly: "HOURLY"
    case .daily: "DAILY"
    case .weekly: "WEEKLY"
    case .monthly: "MONTHLY"
    case .yearly: "YEARLY"
    }
  }
}

extension Recurrence.NthWeekday {
  fileprivate var text: String { (number == 0 ? "" : String(number)) + weekday.ical }
}

extension Recurrence.End {
  fileprivate var text: String {
    switch self {
    case .day(let day): day.basic
    case .wall(let time): time.basic
    case .instant(let instant): Zone.utc.local(instant).basic + "Z"
    }
  }
}

extension Day {
  /// "20270310", ISO 8601's basic form.
  var basic: String { iso.filter { $0 != "-" } }
}

extension LocalTime {
  /// "20270310T090000", ISO 8601's basic form.
  var basic: String {
    let clock = TimeWords.string { text in
      for number in [time.hour, time.minute, time.second % 60] { text.append(number: number, width: 2) }
    }
    return day.basic + "T" + clock
  }
}

extension Weekday {
  private static let icalNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  /// Two letters, as iCalendar names it.
  var ical: String { Weekday.icalNames[rawValue - 1] }

  init?(ical bytes: ArraySlice<UInt8>) {
    guard let index = Weekday.icalNames.firstIndex(of: String(decoding: bytes, as: UTF8.self)) else { return nil }
    self.init(rawValue: index + 1)
  }
}
