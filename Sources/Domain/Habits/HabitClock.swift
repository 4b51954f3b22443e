/// Which date a tick belongs to: a person's zone, and when their day begins.
public struct HabitClock: Hashable, Sendable {
  public let zone: Zone
  /// Hours after midnight, 0…6: until then it is still the day before. Shown times stay real.
  public let dayStart: Int

  public init(zone: Zone, dayStart: Int = 0) {
    self.zone = zone
    self.dayStart = min(max(dayStart, 0), 6)
  }

  /// The habit date of an instant (RULES 5.1): what calendars there showed `dayStart` elapsed hours ago. So every instant has exactly one, and
  /// none has a date that the place left out.
  public func date(_ instant: Instant) -> Day { zone.local(instant.advanced(hours: -dayStart)).day }

  /// The dates that may be ticked (RULES 5.2), the oldest first: today and the seven before it that were dates there.
  public func offered(at now: Instant) -> [Day] {
    var dates = [date(now)]
    var day = dates[0]
    while day > .first, dates.count < 8 {
      day = day.advanced(by: -1)
      if zone.has(day) { dates.append(day) }
    }
    return dates.reversed()
  }
}

extension Zone {
  /// Whether calendars there ever showed this date: Apia had no 30 December 2011.
  public func has(_ day: Day) -> Bool { local(start(of: day)).day == day }

  /// The dates within `days` that the place left out, ascending; nearly always none.
  ///
  /// - Complexity: One step for each change of its clock, some two a year.
  public func leftOut(in days: ClosedRange<Day>) -> [Day] {
    let end = start(of: days.upperBound).advanced(days: 2)
    var found: [Day] = []
    // A change that leaves out the first date lies at its very beginning.
    var moment = start(of: days.lowerBound).advanced(days: -1)
    while let change = nextTransition(after: moment), change <= end {
      var day = local(change.advanced(microseconds: -1)).day.advanced(by: 1)
      let after = local(change).day
      while day < after {
        if days.contains(day) { found.append(day) }
        day = day.advanced(by: 1)
      }
      moment = change
    }
    return found
  }
}
