/// A rule in the shape in which people say it: every so many of a unit, in some months, on some days, at some times.
struct RecurrenceShape: Equatable {
  enum Days: Equatable {
    case all
    /// Each of these days of the week.
    case weekly([Weekday])
    /// Days of the month: 1…31, or −1, −2 … from its last.
    case dates([Int])
    /// The first, second … fifth (1…5) or last (−1) such day of the month.
    case nth([Recurrence.NthWeekday])
    /// The n-th working day of the month, or from its last.
    case workday(Int)
    /// Dates, but only when they are such a day.
    case datesOn([Int], [Weekday])
  }

  /// Days to years; an hourly rule is said as one of days.
  var unit: Recurrence.Frequency
  var interval: Int
  /// Empty: all.
  var months: [Int]
  var days: Days
  var times: CronTimes

  /// - Returns: nil for a rule that has no plain words: it is said as it is written.
  init?(_ rule: Recurrence, from start: LocalTime) {
    let eased = rule.eased(from: start)
    let uneven = eased.positions.isEmpty ? nil : eased.timesOfDay
    let rule = uneven == nil ? eased : eased.withoutPositions
    guard rule.frequency != .hourly, rule.yearDays.isEmpty, rule.weekNumbers.isEmpty, !rule.hours.isEmpty, !rule.minutes.isEmpty else {
      return nil
    }
    times =
      uneven.map { .clock($0.map { TimeOfDay(clamping: $0 * 60) }) } ?? CronTimes(minutes: rule.minutes, hours: rule.hours)
    if case .lists = times { return nil }
    (unit, interval, months) = (rule.frequency, rule.interval, rule.months)
    guard let days = Days(rule) else { return nil }
    self.days = days
    settle()
    guard interval == 1 || months.isEmpty || unit == .yearly else { return nil }
    guard interval == 1 || (unit == .daily) == (days == .all) else { return nil }
    guard interval == 1 || unit != .yearly || !months.isEmpty else { return nil }
    // Sundays first: whether an interval's weeks begin with them is not said.
    guard rule.weekStart == .monday || interval == 1 || unit != .weekly || days.isOneDay else { return nil }
  }

  /// Of every year, month or day alike is one thing, and has one name: by days, weeks or months.
  private mutating func settle() {
    guard interval == 1 else { return }
    switch days {
    case .all: unit = .daily
    case .weekly: unit = .weekly
    case .dates, .nth, .workday, .datesOn: unit = months.isEmpty ? .monthly : .yearly
    }
  }
}

extension RecurrenceShape.Days {
  static let workWeek: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

  var isOneDay: Bool {
    if case .weekly(let days) = self { return days.count == 1 }
    return false
  }

  init?(_ rule: Recurrence) {
    let weekly = rule.weekdays.allSatisfy { $0.number == 0 }
    let weekdays = rule.weekdays.map(\.weekday)
    if let position = rule.positions.first {
      guard rule.positions.count == 1, weekly, weekdays == Self.workWeek, rule.monthDays.isEmpty, abs(position) <= 15 else { return nil }
      guard rule.frequency == .monthly || rule.frequency == .yearly && rule.months.count == 1 else { return nil }
      guard rule.hours.count * rule.minutes.count == 1 else { return nil }
      self = .workday(position)
    } else if rule.monthDays.isEmpty {
      if weekly {
        guard rule.interval == 1 || rule.frequency == .weekly || weekdays.isEmpty && rule.frequency == .daily else { return nil }
        self = weekdays.isEmpty || weekdays.count == 7 && rule.interval == 1 ? .all : .weekly(weekdays)
        return
      }
      guard rule.frequency == .monthly || !rule.months.isEmpty, rule.weekdays.allSatisfy({ (1...5).contains($0.number) || $0.number == -1 })
      else { return nil }
      self = .nth(rule.weekdays)
    } else {
      guard weekly else { return nil }
      self = weekdays.isEmpty || weekdays.count == 7 ? .dates(rule.monthDays) : .datesOn(rule.monthDays, weekdays)
    }
  }
}
