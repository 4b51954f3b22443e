/// Times that a series leaves out, by day; a schedule knows days alone.
struct ExcludedTimes {
  /// Without a time: the day is left out as a whole.
  private(set) var days: [Day: Set<TimeOfDay>] = [:]
  private var whole: Set<Day> = []

  /// - Parameter zone: by whose clocks; nil: by the time's own.
  mutating func insert(_ time: CalendarTime, by zone: Zone? = nil) {
    let local = time.isDay ? time.local : zone.map { $0.local(time.zone.instant(time.local)) } ?? time.local
    days[local.day, default: []].insert(local.time)
    if time.isDay { whole.insert(local.day) }
  }

  /// Those from a day on, so many midnights later.
  func moved(by count: Int, from today: Day) -> ExcludedTimes {
    var moved = ExcludedTimes()
    for (day, times) in days where day.advanced(by: count) >= today {
      moved.days[day.advanced(by: count)] = times
      if whole.contains(day) { moved.whole.insert(day.advanced(by: count)) }
    }
    return moved
  }

  /// Days of which a rule has more times than are left out, in their order.
  func wholeDays(_ rule: Recurrence) -> [Day] {
    let times = rule.frequency == .hourly ? max(24 / rule.interval, 1) : rule.hours.count * rule.minutes.count
    return days.filter { !whole.contains($0.key) && $0.value.count < times }.map(\.key).sorted()
  }
}
