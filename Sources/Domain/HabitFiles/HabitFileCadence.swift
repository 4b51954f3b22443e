extension HabitFile.Frequency {
  /// The frequency for so many times in so many days, and whether it is that one: of cycles that Heed does not have the nearest that asks no less,
  /// by the week where it is once a week or more, else by the month.
  static func nearest(times: Int, days: Int) -> (frequency: HabitFile.Frequency, isExact: Bool) {
    let (times, days) = (min(max(times, 1), 10_000), min(max(days, 1), 10_000))
    if times >= days { return (.daily, true) }
    if days == 7 { return (.perWeek(times), true) }
    if (28...31).contains(days) { return (.perMonth(times), true) }
    let weekly = (7 * times + days - 1) / days
    if 7 * times >= days { return (weekly >= 7 ? .daily : .perWeek(weekly), false) }
    return (.perMonth(max(1, (60 * times + days) / (2 * days))), false)
  }

  /// Chosen days; all seven are daily.
  static func on(_ days: Set<Weekday>) -> HabitFile.Frequency? { days.isEmpty ? nil : days.count == 7 ? .daily : .days(days) }
}

extension HabitFile.Rule.Period {
  /// The period of a target for so many days, and its length: itself, or the nearest.
  static func nearest(days: Int) -> (period: HabitFile.Rule.Period, length: Int) {
    switch days {
    case ...3: (.day, 1)
    case 4...18: (.week, 7)
    default: (.month, 30)
    }
  }
}
