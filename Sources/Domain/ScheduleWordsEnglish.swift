/// A cron expression in English, without a capital at its beginning.
enum EnglishCron {
  static func words(of cron: Cron) -> String {
    let months = Months(cron)
    let (times, days) = (CronTimes(cron), CronDays(cron))
    let when = self.times(times)
    switch (days, times) {
    case (.all, .clock): return "every day\(months.during) \(when)"
    case (.all, _): return when + months.during
    case (.weekdays(let weekdays), .clock) where weekdays.nth.isEmpty: return "\(weekly(weekdays))\(months.during) \(when)"
    case (.weekdays(let weekdays), _): return when + (weekdays.weekly.isEmpty ? joint(times) : ", ") + self.weekdays(weekdays, months)
    case (.dates(let dates), _): return when + joint(times) + self.dates(dates, months)
    case (.either(let dates, let weekdays), _):
      return "\(when)\(joint(times))\(self.dates(dates, months)) and \(self.weekdays(weekdays, months))"
    case (.both(let dates, let weekdays), _):
      return "\(when)\(joint(times))\(self.dates(dates, months)), when that is \(condition(weekdays))"
    }
  }

  /// The months behind a date ("of …") and behind anything else.
  private struct Months {
    var each = "every month"
    var during = ""

    init(_ cron: Cron) {
      let runs = TimeWords.runs(cron.month.values)
      if cron.month.values.count == 12 { return }
      let names = runs.map { run in
        run.count == 1 ? name(run.lowerBound) : "\(name(run.lowerBound)) to \(name(run.upperBound))"
      }
      let isOneRun = runs.count == 1 && runs[0].count > 1
      each = isOneRun ? "every month from \(names[0])" : list(names)
      during = isOneRun ? " from \(names[0])" : " in \(list(names))"
    }

    private func name(_ month: Int) -> String { "\(TimeWords.month(month, .english))" }
  }

  static func joint(_ times: CronTimes) -> String { if case .clock = times { " " } else { ", " } }

  static func list(_ items: [String]) -> String { TimeWords.list(items, .english) }

  static func times(_ times: CronTimes) -> String {
    switch times {
    case .clock(let times): return "at " + list(times.map(\.text))
    case .minutes(let step, let from, let to):
      let rhythm = step == 1 ? "every minute" : "every \(step) minutes"
      guard let from, let to else { return rhythm }
      return "\(rhythm) from \(from.text) to \(to.text)"
    case .hourly(let minute): return minute == 0 ? "every hour, on the hour" : "every hour at minute \(minute)"
    case .hours(let step, let from, let to): return "\(step == 1 ? "every hour" : "every \(step) hours") from \(from.text) to \(to.text)"
    case .lists(let minutes, let hours):
      let start = "at \(minutes.count == 1 ? "minute" : "minutes") \(numbers(minutes))"
      guard let hours else { return start + " of every hour" }
      return "\(start) of the \(hours.count == 1 ? "hour" : "hours") \(numbers(hours))"
    }
  }

  private static func numbers(_ numbers: [Int]) -> String {
    list(TimeWords.runs(numbers).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" })
  }

  private static func dates(_ dates: CronDays.Dates, _ months: Months) -> String {
    let numbered = TimeWords.runs(dates.numbers).map { run in
      run.count == 1 ? ordinal(run.lowerBound) : "\(ordinal(run.lowerBound)) to \(ordinal(run.upperBound))"
    }
    let last = dates.beforeLast.reversed().map { days in
      days == 0 ? "last day" : days == 1 ? "last day but one" : "day \(days) days before the last"
    }
    let nearest = dates.nearestWorkdays.filter { $0 > 0 }.map { "weekday nearest the \(ordinal($0))" }
    let lastWorkday = dates.nearestWorkdays.contains(0) ? ["last weekday"] : []
    return "on the \(list(numbered + nearest + last + lastWorkday)) of \(months.each)"
  }

  static func ordinal(_ number: Int) -> String {
    switch (number % 10, number / 10) {
    case (1, 0), (1, 2...): "\(number)st"
    case (2, 0), (2, 2...): "\(number)nd"
    case (3, 0), (3, 2...): "\(number)rd"
    default: "\(number)th"
    }
  }

  static func weekly(_ weekdays: CronDays.Weekdays) -> String {
    weekdays.isWorkWeek ? "every weekday" : "every " + list(weekdays.weekly.map(name))
  }

  private static func weekdays(_ weekdays: CronDays.Weekdays, _ months: Months) -> String {
    var parts: [String] = []
    if !weekdays.weekly.isEmpty { parts.append(weekly(weekdays) + (weekdays.nth.isEmpty ? months.during : "")) }
    if !weekdays.nth.isEmpty { parts.append("on the \(list(weekdays.nth.map(nth))) of \(months.each)") }
    return list(parts)
  }

  private static func condition(_ weekdays: CronDays.Weekdays) -> String {
    TimeWords.list(weekdays.weekly.map { "a \(name($0))" } + weekdays.nth.map { "the \(nth($0))" }, last: " or ")
  }

  private static func nth(_ nth: CronDays.Nth) -> String {
    let order = ["first", "second", "third", "fourth", "fifth", "last"]
    return "\(order.indices.contains(nth.number - 1) ? order[nth.number - 1] : "") \(name(nth.weekday))"
  }

  static func name(_ weekday: Weekday) -> String { "\(TimeWords.name(weekday, .english))" }
}
