extension Recurrence {
  /// A rule as a calendar file has it: intervals up to 999, and COUNT beside UNTIL is an end by whichever comes first (RULES 9.21).
  init(ofFile text: String) throws(RecurrenceError) { try self.init(text, mostInterval: 999, mayEndTwice: true) }

  /// As RFC 5545 writes it beside a start: of days UNTIL is a date, else an instant, and there is one end. COUNT beside UNTIL, which files of
  /// others have, becomes the one that comes first (RULES 9.21).
  func asOthersRead(_ times: EventEntry.Times) -> String {
    switch times {
    case .days(let days):
      var rule = self
      switch end {
      case .day, nil: break
      case .wall(let wall): rule.end = .day(wall.day)
      case .instant(let instant): rule.end = .day(Zone.utc.local(instant).day)
      }
      (rule.hours, rule.minutes) = ([], [])
      return rule.withOneEnd(from: LocalTime(day: days.lowerBound, time: .midnight), .utc).text
    case .clock(let clock): return withOneEnd(from: clock.starts, clock.zone).asOthersRead(clock.zone)
    }
  }

  private func withOneEnd(from start: LocalTime, _ zone: Zone) -> Recurrence {
    guard let count, end != nil else { return self }
    let began = zone.instant(start)
    var times = RecurrenceTimes(
      completed(on: start.day, at: start.time), from: start, zone, after: began.advanced(seconds: -1), through: .last)
    // The start counts as the first, whether the rule gives it or not.
    var reached = 1
    if let first = times.next() {
      if first != began { reached += 1 }
      while reached < count, times.next() != nil { reached += 1 }
    }
    var rule = self
    if reached < count { rule.count = nil } else { rule.end = nil }
    return rule
  }

  /// The times that it has on each of its days; of hours that change from day to day, all there may be.
  func timesOfDay(from start: LocalTime) -> [TimeOfDay] {
    let whole = completed(on: start.day, at: start.time)
    let times = whole.eased(from: start).timesOfDay ?? []
    if !times.isEmpty { return times.map { TimeOfDay(clamping: $0 * 60) } }
    if frequency != .hourly { return [start.time] }
    return (0..<24).flatMap { hour in whole.minutes.map { TimeOfDay(clamping: hour * 3_600 + $0 * 60) } }
  }
}
