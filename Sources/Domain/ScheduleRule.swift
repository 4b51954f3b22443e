/// What a schedule by rule does differently: its times are read off one after the other, since to look one up costs more than to go on.
extension Schedule {
  /// The rule's times after a moment, excluded ones too, for the next ten years, or as long as its interval is.
  func times(_ rule: Recurrence, _ start: LocalTime, after moment: Instant) -> RecurrenceTimes {
    let last = zone.local(moment).day.advanced(months: rule.horizonMonths)
    return RecurrenceTimes(rule, from: start, zone, after: moment, through: last)
  }

  func next(_ rule: Recurrence, _ start: LocalTime, after moment: Instant) throws(ScheduleError) -> Instant {
    var times = times(rule, start, after: moment)
    while let time = times.next() {
      if !excludes(zone.local(time).day) { return time }
    }
    throw .neverFires
  }

  func missed(_ rule: Recurrence, _ start: LocalTime, after moment: Instant, through end: Instant) -> Missed? {
    var times = RecurrenceTimes(rule, from: start, zone, after: moment, through: zone.local(end).day)
    var missed: Missed?
    while let time = times.next(), time <= end {
      if excludes(zone.local(time).day) { continue }
      missed = Missed(count: (missed?.count ?? 0) + 1, first: missed?.first ?? time, newest: time)
    }
    return missed
  }

  func upcoming(_ rule: Recurrence, _ start: LocalTime, after moment: Instant, count: Int) -> [Upcoming] {
    var result: [Upcoming] = []
    var (firing, known, cursor) = (0, -1, moment)
    var excluded: Day?
    // Times are read for a while (`horizonMonths`): where some of those fire, what comes after them is as near to one again.
    while firing < count, firing > known {
      known = firing
      var times = times(rule, start, after: cursor)
      while firing < count, let time = times.next() {
        cursor = time
        let day = zone.local(time).day
        if !excludes(day) {
          firing += 1
          result.append(Upcoming(instant: time, excluded: false))
        } else if day != excluded, result.count - firing < Schedule.listedExclusions {
          excluded = day
          result.append(Upcoming(instant: time, excluded: true))
        }
      }
    }
    return result
  }

  /// Whether a rule has come to its own end (COUNT, UNTIL): nothing follows `moment`, whatever is excluded.
  public func isOver(after moment: Instant) -> Bool {
    guard case .rule(let rule, let start) = kind, rule.hasEnd else { return false }
    var times = times(rule, start, after: moment)
    return times.next() == nil
  }

  /// Whether the first time of a new schedule is near enough: within five years (RULES 1.8). Later ones of a rule may be as far apart as its
  /// interval says.
  public func isSoonEnough(_ first: Instant, after now: Instant) -> Bool {
    isSingle || zone.local(first).day <= zone.local(now).day.advanced(months: Cron.horizonMonths)
  }
}
