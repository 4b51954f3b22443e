/// A cron expression in Brazilian Portuguese, without a capital at its beginning. Weekdays on -feira are feminine, Saturday and
/// Sunday masculine; one o'clock is singular.
enum PortugueseCron {
  static func words(of cron: Cron) -> String {
    let months = Months(cron)
    let (times, days) = (CronTimes(cron), CronDays(cron))
    let when = self.times(times)
    switch (days, times) {
    case (.all, .clock): return "todos os dias\(months.during) \(when)"
    case (.all, _): return when + months.during
    case (.weekdays(let weekdays), .clock) where weekdays.nth.isEmpty: return "\(weekly(weekdays))\(months.during) \(when)"
    case (.weekdays(let weekdays), _): return when + (weekdays.weekly.isEmpty ? joint(times) : ", ") + self.weekdays(weekdays, months)
    case (.dates(let dates), _): return when + joint(times) + self.dates(dates, months)
    case (.either(let dates, let weekdays), _):
      return "\(when)\(joint(times))\(self.dates(dates, months)) e \(self.weekdays(weekdays, months))"
    case (.both(let dates, let weekdays), _): return "\(when)\(joint(times))\(self.dates(dates, months)), quando for \(condition(weekdays))"
    }
  }

  /// The months behind a date ("of …") and behind anything else.
  private struct Months {
    var each = "cada mês"
    var during = ""

    init(_ cron: Cron) {
      let runs = TimeWords.runs(cron.month.values)
      if cron.month.values.count == 12 { return }
      let names = runs.map { run in
        run.count == 1 ? name(run.lowerBound) : "\(name(run.lowerBound)) a \(name(run.upperBound))"
      }
      let isOneRun = runs.count == 1 && runs[0].count > 1
      each = isOneRun ? "cada mês de \(names[0])" : list(names)
      during = isOneRun ? " de \(names[0])" : " em \(list(names))"
    }

    private func name(_ month: Int) -> String { "\(TimeWords.month(month, .portuguese))" }
  }

  static func joint(_ times: CronTimes) -> String { if case .clock = times { " " } else { ", " } }

  static func list(_ items: [String]) -> String { TimeWords.list(items, .portuguese) }

  private static func at(_ time: TimeOfDay) -> String { (time.hour == 1 ? "à " : "às ") + time.text }

  private static func window(_ from: TimeOfDay, _ to: TimeOfDay) -> String { (from.hour == 1 ? "da " : "das ") + "\(from.text) \(at(to))" }

  static func times(_ times: CronTimes) -> String {
    switch times {
    case .clock(let times): return list(times.map(at))
    case .minutes(let step, let from, let to):
      let rhythm = step == 1 ? "a cada minuto" : "a cada \(step) minutos"
      guard let from, let to else { return rhythm }
      return "\(rhythm) \(window(from, to))"
    case .hourly(let minute): return minute == 0 ? "a cada hora cheia" : "a cada hora, no minuto \(minute)"
    case .hours(let step, let from, let to): return "\(step == 1 ? "a cada hora" : "a cada \(step) horas") \(window(from, to))"
    case .lists(let minutes, let hours):
      let start = "\(minutes.count == 1 ? "no minuto" : "nos minutos") \(numbers(minutes))"
      guard let hours else { return start + " de cada hora" }
      return "\(start) \(hours.count == 1 ? "da hora" : "das horas") \(numbers(hours))"
    }
  }

  private static func numbers(_ numbers: [Int]) -> String {
    list(TimeWords.runs(numbers).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) a \($0.upperBound)" })
  }

  private static func dates(_ dates: CronDays.Dates, _ months: Months) -> String {
    var parts: [String] = []
    if !dates.numbers.isEmpty {
      let days = TimeWords.runs(dates.numbers).map { $0.count == 1 ? day($0.lowerBound) : "\(day($0.lowerBound)) a \(day($0.upperBound))" }
      parts.append((dates.numbers.count == 1 ? "no dia " : "nos dias ") + list(days))
    }
    parts += dates.nearestWorkdays.filter { $0 > 0 }.map { "no dia útil mais próximo do dia \(day($0))" }
    parts += dates.beforeLast.reversed().map { days in
      days == 0 ? "no último dia" : days == 1 ? "no penúltimo dia" : "\(days) dias antes do último dia"
    }
    if dates.nearestWorkdays.contains(0) { parts.append("no último dia útil") }
    return "\(list(parts)) de \(months.each)"
  }

  static func day(_ number: Int) -> String { number == 1 ? "1º" : "\(number)" }

  static func weekly(_ weekdays: CronDays.Weekdays) -> String {
    weekdays.isWorkWeek ? "de segunda a sexta-feira" : list(weekdays.weekly.map { ($0.isWeekend ? "todo " : "toda ") + name($0) })
  }

  private static func weekdays(_ weekdays: CronDays.Weekdays, _ months: Months) -> String {
    var parts: [String] = []
    if !weekdays.weekly.isEmpty { parts.append(weekly(weekdays) + (weekdays.nth.isEmpty ? months.during : "")) }
    if !weekdays.nth.isEmpty {
      let days = weekdays.nth.map { ($0.weekday.isWeekend ? "no " : "na ") + nth($0) }
      parts.append("\(list(days)) de \(months.each)")
    }
    return list(parts)
  }

  private static func condition(_ weekdays: CronDays.Weekdays) -> String {
    TimeWords.list(weekdays.weekly.map(name) + weekdays.nth.map { ($0.weekday.isWeekend ? "o " : "a ") + nth($0) }, last: " ou ")
  }

  private static func nth(_ nth: CronDays.Nth) -> String {
    let order = ["primeir", "segund", "terceir", "quart", "quint", "últim"]
    let stem = order.indices.contains(nth.number - 1) ? order[nth.number - 1] : ""
    return stem + (nth.weekday.isWeekend ? "o " : "a ") + name(nth.weekday)
  }

  static func name(_ weekday: Weekday) -> String { "\(TimeWords.name(weekday, .portuguese))" }
}
