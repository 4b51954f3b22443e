/// The times of an event's rule by the clock on the wall, ascending, from its first one on, before any zone, COUNT or UNTIL.
///
/// Ours throughout, period by period (a year, month, week, day or hour), so that it begins at once at any day, costs some nanoseconds for each day
/// of a period, and always comes to its last day (RULES 9.24). libical, whose steps cost microseconds and some of which never end, gives the same
/// times of reminders; tests compare the two.
struct SeriesWalls {
  private let rule: Recurrence
  private let start: LocalTime
  private let last: Day
  private let lastPeriod: Int
  /// Seconds from midnight; of an hourly rule from the hour.
  private let times: [Int]
  /// Whether every day will do.
  private let isPlain: Bool
  /// Of a rule of weeks: its days from a week's first.
  private let offsets: [Int]
  private var period: Int
  /// Those of the period that was read last.
  private var found: [LocalTime] = []
  private var index = 0
  /// Of an hourly rule: a day that is known to fit.
  private var fitting: Int?

  /// - Parameters:
  ///   - rule: with all said (``Recurrence/whole(from:)``).
  ///   - start: its first time.
  ///   - day: what is earlier need not be listed.
  ///   - last: nothing later is listed.
  init(_ rule: Recurrence, from start: LocalTime, notBefore day: Day, through last: Day) {
    (self.rule, self.start, self.last) = (rule, start, last)
    let isHourly = rule.frequency == .hourly
    let second = start.time.second % 60
    times = (isHourly ? rule.minutes : rule.hours.flatMap { hour in rule.minutes.map { hour * 60 + $0 } }).map { $0 * 60 + second }
    isPlain = rule.months.isEmpty && !rule.saysDays
    offsets = rule.weekdays.map { floorModulo($0.weekday.rawValue - rule.weekStart.rawValue, 7) }.sorted()
    let first = isHourly ? start.day.number * 24 + start.time.hour : rule.period(of: start.day)
    let wanted = isHourly ? day.number * 24 : rule.period(of: day)
    period = first + (max(0, wanted - first) + rule.interval - 1) / rule.interval * rule.interval
    lastPeriod = isHourly ? last.number * 24 + 23 : rule.period(of: last)
  }

  mutating func next() -> LocalTime? {
    while true {
      while index < found.count {
        let wall = found[index]
        index += 1
        if wall.day > last { return nil }
        if wall >= start { return wall }
      }
      guard fill() else { return nil }
    }
  }

  /// Reads the next period that may have something; false at the end.
  private mutating func fill() -> Bool {
    found.removeAll(keepingCapacity: true)
    index = 0
    guard rule.frequency != .hourly || findHour(), period <= lastPeriod else { return false }
    switch rule.frequency {
    case .hourly: add(floorDivide(period, 24), from: floorModulo(period, 24) * 3_600)
    case .daily: add(period)
    case .weekly:
      let first = period * 7 + rule.weekStart.rawValue - 4
      for offset in offsets { add(first + offset) }
    case .monthly: addMonth(floorDivide(period, 12), floorModulo(period, 12) + 1)
    case .yearly: addYear(period)
    }
    choose()
    period += rule.interval
    return true
  }

  /// Passes over days and hours that do not fit.
  private mutating func findHour() -> Bool {
    while period <= lastPeriod {
      let day = floorDivide(period, 24)
      if day != fitting {
        guard isPlain || rule.fits(Day(day)) else {
          skip(to: (day + 1) * 24)
          continue
        }
        fitting = day
      }
      if rule.hours.isEmpty || rule.hours.contains(floorModulo(period, 24)) { return true }
      period += rule.interval
    }
    return false
  }

  private mutating func skip(to hour: Int) { period += (hour - period + rule.interval - 1) / rule.interval * rule.interval }

  /// - Parameters:
  ///   - number: of a day, also outside the calendar.
  ///   - second: that the times are counted from.
  private mutating func add(_ number: Int, from second: Int = 0) {
    let day = Day(number)
    guard day.number == number, isPlain || rule.fits(day) else { return }
    for time in times { found.append(LocalTime(day: day, time: TimeOfDay(clamping: second + time))) }
  }

  private mutating func addMonth(_ year: Int, _ month: Int) {
    guard (1...9_999).contains(year), rule.months.isEmpty || rule.months.contains(month) else { return }
    let first = Civil.days(year: year, month: month, day: 1)
    let length = Day.daysIn(month: month, year: year)
    if let day = rule.monthDays.first, day > 0 {
      for day in rule.monthDays where day <= length { add(first + day - 1) }
    } else {
      for number in first..<first + length { add(number) }
    }
  }

  private mutating func addYear(_ year: Int) {
    guard (0...9_999).contains(year) else { return }
    if !rule.weekNumbers.isEmpty {
      for number in rule.firstWeek(of: year)..<rule.firstWeek(of: year + 1) { add(number) }
    } else if !rule.months.isEmpty {
      for month in rule.months { addMonth(year, month) }
    } else {
      for number in Civil.days(year: year, month: 1, day: 1)..<Civil.days(year: year + 1, month: 1, day: 1) { add(number) }
    }
  }

  /// BYSETPOS: some of the times of one period, counted over all of it.
  private mutating func choose() {
    if rule.positions.isEmpty { return }
    let all = found
    let places = Set(rule.positions.map { $0 > 0 ? $0 - 1 : all.count + $0 })
    found = places.filter(all.indices.contains).sorted().map { all[$0] }
  }
}
