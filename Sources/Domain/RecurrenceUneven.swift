/// Times of a day that are not the same minutes of all its hours, such as 09:00 and 21:30. The hours and minutes of a rule go crosswise; of what comes of
/// that, its places (BYSETPOS) choose these.
extension Recurrence {
  /// How many days each of its periods has; nil where that varies, or where its places choose among days.
  private var daysOfPeriod: Int? {
    guard weekNumbers.isEmpty, yearDays.isEmpty else { return nil }
    let isOneDay = monthDays.count + weekdays.count <= 1 && weekdays.allSatisfy { $0.number != 0 }
    switch frequency {
    case .hourly: return nil
    case .daily: return 1
    case .weekly: return max(weekdays.count, 1)
    case .monthly: return isOneDay ? 1 : nil
    case .yearly: return isOneDay && months.count <= 1 ? 1 : nil
    }
  }

  /// Sets its times of day, whatever they are.
  ///
  /// - Parameter times: minutes of the day, 0 ..< 1,440.
  /// - Returns: false, and nothing is set, where no rule has these times on such days.
  mutating func set(times: Set<Int>) -> Bool {
    let (hours, minutes) = (Set(times.map { $0 / 60 }).sorted(), Set(times.map { $0 % 60 }).sorted())
    let crosswise = hours.flatMap { hour in minutes.map { hour * 60 + $0 } }
    if crosswise.count > times.count {
      guard positions.isEmpty, let days = daysOfPeriod, days * crosswise.count <= Recurrence.furthestPosition else { return false }
      let places = crosswise.indices.filter { times.contains(crosswise[$0]) }
      positions = (0..<days).flatMap { day in places.map { day * crosswise.count + $0 + 1 } }
    }
    (self.hours, self.minutes) = (hours, minutes)
    return true
  }

  /// The times of each of its days, in minutes; nil where its places choose otherwise.
  var timesOfDay: [Int]? {
    let crosswise = hours.flatMap { hour in minutes.map { hour * 60 + $0 } }
    guard let first = positions.first else { return crosswise }
    guard first > 0 else { return nil }
    let times = Set(positions.prefix { $0 <= crosswise.count }.map { crosswise[$0 - 1] })
    var same = withoutPositions
    return !times.isEmpty && same.set(times: times) && same == self ? times.sorted() : nil
  }

  var withoutPositions: Recurrence {
    var rule = self
    rule.positions = []
    return rule
  }
}
