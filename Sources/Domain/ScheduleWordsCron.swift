/// The times of day of an expression, in the shape in which they are best said.
enum CronTimes: Equatable {
  /// A few.
  case clock([TimeOfDay])
  /// Every n minutes, all day (nil) or from the first to the last of them.
  case minutes(Int, from: TimeOfDay?, to: TimeOfDay?)
  /// At this minute of every hour.
  case hourly(minute: Int)
  /// Every n hours, from the first time to the last.
  case hours(Int, from: TimeOfDay, to: TimeOfDay)
  /// Anything else: these minutes of these hours; nil is all hours.
  case lists(minutes: [Int], hours: [Int]?)

  /// More times than this are not listed one by one.
  static let most = 6

  init(_ cron: Cron) { self.init(minutes: cron.minute.values, hours: cron.hour.values) }

  /// Both ascending, neither empty.
  init(minutes: [Int], hours: [Int]) {
    let step = CronTimes.step(minutes, through: 60)
    let isWholeDay = hours.count == 24
    let hourRange = TimeWords.runs(hours)
    if minutes.count * hours.count <= CronTimes.most {
      self = .clock(hours.flatMap { hour in minutes.compactMap { TimeOfDay(hour: hour, minute: $0) } })
    } else if isWholeDay {
      if let step {
        self = .minutes(step, from: nil, to: nil)
      } else if minutes.count == 1 {
        self = .hourly(minute: minutes[0])
      } else {
        self = .lists(minutes: minutes, hours: nil)
      }
    } else if let step, hourRange.count == 1, let from = TimeOfDay(hour: hours[0], minute: 0),
      let to = TimeOfDay(hour: hours[hours.count - 1], minute: minutes[minutes.count - 1])
    {
      self = .minutes(step, from: from, to: to)
    } else if minutes.count == 1, let step = hourRange.count == 1 ? 1 : CronTimes.step(hours, through: 24),
      let from = TimeOfDay(hour: hours[0], minute: minutes[0]),
      let to = TimeOfDay(hour: hours[hours.count - 1], minute: minutes[0])
    {
      self = .hours(step, from: from, to: to)
    } else {
      self = .lists(minutes: minutes, hours: hours)
    }
  }

  /// n when `values` are 0, n, 2n … and the circle closes evenly: an interval that is the same at every hour's or day's end.
  private static func step(_ values: [Int], through end: Int) -> Int? {
    guard values.count > 1, values[0] == 0, values[1] * values.count == end else { return nil }
    return zip(values, values.dropFirst()).allSatisfy { $1 - $0 == values[1] } ? values[1] : nil
  }
}

/// The days of an expression.
enum CronDays: Equatable {
  case all
  case dates(Dates)
  case weekdays(Weekdays)
  /// Debian's rule: both fields are restricted and neither begins with a star.
  case either(Dates, Weekdays)
  /// Both are restricted and one begins with a star ("*/2").
  case both(Dates, Weekdays)

  /// Days of the month, and how many days before its last (0 is the last itself), ascending.
  struct Dates: Equatable {
    let numbers: [Int]
    let beforeLast: [Int]
    /// Days whose nearest weekday is meant, ascending; 0 is the last weekday.
    let nearestWorkdays: [Int]
  }

  /// Days of every week, and the n-th of the month (6 is the last), Monday first.
  struct Weekdays: Equatable {
    let weekly: [Weekday]
    let nth: [Nth]
  }

  struct Nth: Equatable {
    let number: Int
    let weekday: Weekday
  }

  init(_ cron: Cron) {
    let dates = Dates(
      numbers: cron.dayOfMonth.values, beforeLast: (0..<31).filter { cron.dayOfMonth.daysBeforeLast >> UInt64($0) & 1 == 1 },
      nearestWorkdays: (0...31).filter { cron.dayOfMonth.nearestWorkdays >> UInt64($0) & 1 == 1 })
    let weekdays = Weekdays(cron.dayOfWeek)
    let (anyDate, anyWeekday) = (dates.numbers.count == 31, weekdays.weekly.count == 7)
    let needsBoth = cron.dayOfMonth.beginsWithStar || cron.dayOfWeek.beginsWithStar
    switch (anyDate, anyWeekday, needsBoth) {
    case (true, true, _), (true, _, false), (_, true, false): self = .all
    case (true, false, true): self = .weekdays(weekdays)
    case (false, true, true): self = .dates(dates)
    case (false, false, true): self = .both(dates, weekdays)
    case (false, false, false): self = .either(dates, weekdays)
    }
  }
}

extension CronDays.Weekdays {
  init(_ set: CronSet) {
    let all = Weekday.allCases
    let weekly = all.filter { set.contains($0.rawValue % 7) }
    let nth = all.flatMap { weekday in
      (1...6).compactMap { number in
        // The third Friday says nothing new beside every Friday.
        set.nthWeekdays >> UInt64(weekday.rawValue % 7 * 8 + number) & 1 == 1 && !weekly.contains(weekday)
          ? CronDays.Nth(number: number, weekday: weekday) : nil
      }
    }
    self.init(weekly: weekly, nth: nth)
  }

  /// Monday to Friday and nothing else.
  var isWorkWeek: Bool { nth.isEmpty && weekly == [.monday, .tuesday, .wednesday, .thursday, .friday] }
}
