import Calendar

/// The times of a rule by the clock on the wall, ascending, before any zone, COUNT or UNTIL.
///
/// libical makes the sets of weeks, of months and of months of a year. What it does badly is done here. Days and hours: it knows no BYMONTHDAY from the
/// end there, and repeats hours at intervals above a day. Years without months: it loses months, and days of weeks by number at the turn of the year.
/// BYSETPOS: it counts days where it should count times. Every few weeks on Sunday from another day: it begins a week late. The end: it looks for the next
/// time to the end of its calendar, some for ever, so it is not asked once the last day that fits has been.
struct RecurrenceWalls: ~Copyable {
  private var source: Source
  private let rule: Recurrence
  private let last: Day
  /// The times of one period that BYSETPOS has chosen, the next one last.
  private var chosen: [LocalTime] = []
  /// The first time of the period after that.
  private var ahead: LocalTime?

  /// - Parameters:
  ///   - start: the rule's first time.
  ///   - day: earlier days need not be listed.
  ///   - last: later days are not listed.
  init(_ rule: Recurrence, from start: LocalTime, notBefore day: Day, through last: Day) {
    (self.rule, self.last) = (rule, last)
    // A set is chosen from as a whole: it is read from its period's first day to its last.
    let isChosen = !rule.positions.isEmpty
    let day = max(day, start.day)
    let from = isChosen ? rule.periodStart(of: day) : day
    source = Source(rule, from: start, notBefore: from, through: isChosen ? last.advanced(by: 366) : last)
    if isChosen { ahead = source.next() }
  }

  mutating func next() -> LocalTime? {
    if rule.positions.isEmpty { return source.next() }
    while chosen.isEmpty {
      guard let first = ahead else { return nil }
      choose(from: first)
    }
    guard let next = chosen.popLast(), next.day <= last else { return nil }
    return next
  }

  /// Reads one period to its end.
  private mutating func choose(from first: LocalTime) {
    var period = [first]
    ahead = source.next()
    while let next = ahead, rule.period(of: next) == rule.period(of: first) {
      period.append(next)
      ahead = source.next()
    }
    let places = Set(rule.positions.map { $0 > 0 ? $0 - 1 : period.count + $0 })
    chosen = places.filter(period.indices.contains).sorted(by: >).map { period[$0] }
  }

  /// All times, none chosen yet.
  private struct Source: ~Copyable {
    private var steps: RecurrenceSteps?
    private var sets: WallTimes?
    /// Nothing comes after it.
    private var end: LocalTime?

    init(_ rule: Recurrence, from start: LocalTime, notBefore day: Day, through last: Day) {
      if rule.isStepped {
        steps = RecurrenceSteps(rule, from: start, notBefore: day, through: last)
        return
      }
      let phase = rule.period(of: start.day)
      guard let first = rule.firstFit(from: day, through: last, phase), let final = rule.lastFit(from: last, through: first, phase) else {
        return
      }
      var plain = rule
      (plain.count, plain.end, plain.positions) = (nil, .day(final.advanced(by: 1)), [])
      var origin = rule.positions.isEmpty ? start : LocalTime(day: rule.periodStart(of: start.day), time: .midnight)
      if rule.frequency == .weekly, let day = rule.firstFit(from: origin.day, through: last, phase), day > origin.day {
        origin = LocalTime(day: day, time: rule.hours.isEmpty ? start.time : .midnight)
      }
      sets = WallTimes(rule: plain.text, from: WallMinute(origin), notBefore: WallMinute(LocalTime(day: first, time: .midnight)))
      end = LocalTime(day: final, time: TimeOfDay(hour: rule.hours.last ?? 0, minute: rule.minutes.last ?? 0) ?? .midnight)
    }

    mutating func next() -> LocalTime? {
      if steps != nil { return steps?.next() }
      guard let end, let wall = sets?.next() else { return nil }
      let time = LocalTime(wall)
      if time >= end { self.end = nil }
      return time
    }
  }
}

/// Every so many hours or days from a first one, on the days and at the hours that fit; also rules of years that are looked for day by day.
struct RecurrenceSteps {
  private let rule: Recurrence
  private let last: Day
  private let isHourly: Bool
  /// The year that an interval of years counts from.
  private let phase: Int?
  /// Hours from one to the next; days are 24 of them.
  private let step: Int
  /// Hours since 1970 on that wall.
  private var hour: Int
  /// Minutes from that hour on.
  private let times: [Int]
  private var index = 0
  /// The day of `hour`, known to fit.
  private var fitting: Day?

  init(_ rule: Recurrence, from start: LocalTime, notBefore day: Day, through last: Day) {
    (self.rule, self.last) = (rule, last)
    isHourly = rule.frequency == .hourly
    phase = rule.frequency == .yearly ? rule.period(of: start.day) : nil
    step = rule.frequency == .yearly ? 24 : rule.interval * (isHourly ? 1 : 24)
    times = isHourly ? rule.minutes : rule.hours.flatMap { hour in rule.minutes.map { hour * 60 + $0 } }
    hour = start.day.number * 24 + (isHourly ? start.time.hour : 0)
    skip(to: day)
  }

  mutating func next() -> LocalTime? {
    while let day = day() {
      let hourOfDay = floorModulo(hour, 24)
      if index < times.count, !isHourly || rule.hours.isEmpty || rule.hours.contains(hourOfDay) {
        index += 1
        return LocalTime(day: day, time: TimeOfDay(clamping: hourOfDay * 3_600 + times[index - 1] * 60))
      }
      (hour, index) = (hour + step, 0)
    }
    return nil
  }

  /// The day of the next hour, those that do not fit passed over; nil at the end.
  private mutating func day() -> Day? {
    while true {
      let day = Day(floorDivide(hour, 24))
      if day == fitting { return day }
      guard let next = rule.firstFit(from: day, through: last, phase) else { return nil }
      if next == day {
        fitting = day
        return day
      }
      skip(to: next)
    }
  }

  private mutating func skip(to day: Day) { hour += max(0, (day.number * 24 - hour + step - 1) / step) * step }
}

extension Recurrence {
  /// The number of the year, month, week, day or hour that a time is in.
  fileprivate func period(of time: LocalTime) -> Int {
    frequency == .hourly ? time.day.number * 24 + time.time.hour : period(of: time.day)
  }

  /// The first day of the year, month or week of a day.
  fileprivate func periodStart(of day: Day) -> Day {
    let (year, month, _) = day.date
    switch frequency {
    case .yearly: return weekNumbers.isEmpty ? Day(Civil.days(year: year, month: 1, day: 1)) : Day(firstWeek(of: period(of: day)))
    case .monthly: return Day(Civil.days(year: year, month: month, day: 1))
    case .weekly: return day.advanced(by: -floorModulo(day.weekday.rawValue - weekStart.rawValue, 7))
    case .daily, .hourly: return day
    }
  }
}

extension LocalTime {
  fileprivate init(_ wall: WallMinute) {
    let day = Day(Civil.days(year: wall.year, month: wall.month, day: wall.day))
    self.init(day: day, time: TimeOfDay(clamping: wall.hour * 3600 + wall.minute * 60))
  }
}

extension WallMinute {
  fileprivate init(_ local: LocalTime) {
    let (year, month, day) = local.day.date
    self.init(year: year, month: month, day: day, hour: local.time.hour, minute: local.time.minute)
  }
}
