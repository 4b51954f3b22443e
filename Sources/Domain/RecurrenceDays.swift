/// Which days a rule can mean at all: asked before libical is, which would look for them until the end of its calendar.
extension Recurrence {
  /// Whether a day fits each part that speaks of days. Intervals and positions are not looked at.
  func fits(_ day: Day) -> Bool {
    let (year, month, date) = day.date
    if !months.isEmpty, !months.contains(month) { return false }
    if !monthDays.isEmpty {
      let length = Day.daysIn(month: month, year: year)
      if !monthDays.contains(where: { $0 > 0 ? $0 == date : length + 1 + $0 == date }) { return false }
    }
    if !yearDays.isEmpty {
      let number = day.number - Civil.days(year: year, month: 1, day: 1) + 1
      let length = Civil.isLeap(year) ? 366 : 365
      if !yearDays.contains(where: { $0 > 0 ? $0 == number : length + 1 + $0 == number }) { return false }
    }
    if !weekNumbers.isEmpty, !fitsWeekNumber(day) { return false }
    return weekdays.isEmpty || weekdays.contains { fits($0, day) }
  }

  private func fits(_ nth: NthWeekday, _ day: Day) -> Bool {
    guard day.weekday == nth.weekday else { return false }
    if nth.number == 0 { return true }
    let (year, month, date) = day.date
    let isOfMonth = frequency == .monthly || !months.isEmpty
    let place = isOfMonth ? date : day.number - Civil.days(year: year, month: 1, day: 1) + 1
    let length = isOfMonth ? Day.daysIn(month: month, year: year) : Civil.isLeap(year) ? 366 : 365
    return nth.number > 0 ? (place + 6) / 7 == nth.number : (length - place) / 7 + 1 == -nth.number
  }

  /// Weeks belong to the year that has most of their days.
  private func fitsWeekNumber(_ day: Day) -> Bool {
    let (first, year) = week(of: day)
    let number = (first - firstWeek(of: year)) / 7 + 1
    let length = (firstWeek(of: year + 1) - firstWeek(of: year)) / 7
    return weekNumbers.contains { $0 > 0 ? $0 == number : length + 1 + $0 == number }
  }

  /// Its first day and its year.
  private func week(of day: Day) -> (first: Int, year: Int) {
    let first = day.number - floorModulo(day.weekday.rawValue - weekStart.rawValue, 7)
    return (first, Civil.date(first + 3).year)
  }

  func firstWeek(of year: Int) -> Int {
    let fourth = Day(Civil.days(year: year, month: 1, day: 4))
    return fourth.number - floorModulo(fourth.weekday.rawValue - weekStart.rawValue, 7)
  }

  /// Whether its days are looked for one by one instead of by libical.
  var isStepped: Bool {
    switch frequency {
    case .hourly, .daily: true
    case .weekly, .monthly: false
    case .yearly: months.isEmpty || !weekNumbers.isEmpty || !yearDays.isEmpty || !monthDays.isEmpty && weekdays.contains { $0.number != 0 }
    }
  }

  /// The first day that ``fits(_:)``, not before `day`, up to `last`.
  ///
  /// - Parameter phase: a period that the interval counts from; nil: every one will do.
  func firstFit(from day: Day, through last: Day, _ phase: Int? = nil) -> Day? {
    var day = day
    while day <= last {
      if fits(day), isInTurn(day, phase) { return day }
      if day == .last { return nil }
      day = day.advanced(by: 1)
    }
    return nil
  }

  /// The last such day, from `day` back to `first`.
  func lastFit(from day: Day, through first: Day, _ phase: Int) -> Day? {
    var day = day
    while day >= first {
      if fits(day), isInTurn(day, phase) { return day }
      if day == .first { return nil }
      day = day.advanced(by: -1)
    }
    return nil
  }

  private func isInTurn(_ day: Day, _ phase: Int?) -> Bool { phase.map { floorModulo(period(of: day) - $0, interval) == 0 } ?? true }

  /// The number of the year, month, week or day that a day is in, such as an interval counts them.
  func period(of day: Day) -> Int {
    let (year, month, _) = day.date
    switch frequency {
    case .yearly: return weekNumbers.isEmpty ? year : week(of: day).year
    case .monthly: return year * 12 + month - 1
    case .weekly: return floorDivide(day.number - weekStart.rawValue + 4, 7)
    case .daily, .hourly: return day.number
    }
  }

  /// How many times the fullest period within ten years has.
  func mostTimesOfPeriod(from day: Day) -> Int {
    let times = max(minutes.count, 1) * (frequency == .hourly ? 1 : max(hours.count, 1))
    if frequency == .hourly || frequency == .daily { return times }
    var (most, count, current) = (0, 0, Int.min)
    for offset in 0..<3_660 {
      let next = day.advanced(by: offset)
      guard fits(next) else { continue }
      if period(of: next) != current { (count, current) = (0, period(of: next)) }
      count += 1
      most = max(most, count)
    }
    return most * times
  }
}
