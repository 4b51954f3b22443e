/// Rules of events (RULES 9.21): read as any other, but with longer intervals, and in files with two ends.
extension Recurrence {
  /// The longest interval of an event's rule, of whatever it is.
  public static let longestEventInterval = 999

  /// A rule as RFC 5545 writes it, for an event.
  ///
  /// - Parameter isStored: from a file or the database, where COUNT and UNTIL may stand together and whichever ends first holds; on a form they are
  ///   refused.
  /// - Throws: ``RecurrenceError``, which names the part. Whether it ever comes is told by ``EventSeries/checkRule()`` and ``EventSeries/begun()``.
  public init(event text: String, isStored: Bool) throws(RecurrenceError) {
    try self.init(text, mostInterval: Recurrence.longestEventInterval, mayEndTwice: isStored)
  }

  /// The parts that say on which days it comes: what to name when they never meet. Hours are on every day, and places that no period has are told by
  /// ``RecurrenceError/positionOutOfReach(_:most:)``.
  public var dayParts: [Part] {
    let lists: [(Part, Bool)] = [
      (.months, months.isEmpty), (.weekNumbers, weekNumbers.isEmpty), (.yearDays, yearDays.isEmpty), (.monthDays, monthDays.isEmpty),
      (.weekdays, weekdays.isEmpty),
    ]
    return lists.filter { !$0.1 }.map(\.0)
  }

  /// With all said that an event's rule leaves to its first time; without hours where only dates count.
  func whole(from times: EventTimes) -> Recurrence {
    var rule = self
    if times.isAllDay { (rule.hours, rule.minutes) = ([], []) }
    if rule.minutes.isEmpty { rule.minutes = [times.start.time.minute] }
    return rule.completed(on: times.start.day, at: times.start.time)
  }

  /// Without a time of day that is the start's own, so that two rules that mean the same are equal.
  public func withoutTime(of start: LocalTime) -> Recurrence {
    var rule = self
    if minutes == [start.time.minute], hours.isEmpty || hours == [start.time.hour], frequency != .hourly || hours.isEmpty {
      (rule.hours, rule.minutes) = ([], [])
    }
    return rule
  }

  /// The rule that goes along when its first time is moved (RULES 9.23): days of the week by as many days, a date or "the second Friday" that is
  /// the first time's own to that of the new one, hours by the same difference, its last time as well. What it cannot say that way it keeps.
  func moved(from old: LocalTime, to new: LocalTime) -> Recurrence {
    var rule = withoutTime(of: old)
    let days = old.day.distance(to: new.day)
    rule.moveTimes(by: Int(new.wallSeconds - old.wallSeconds) / 60 - days * 1_440)
    if days != 0 { rule.moveDays(from: old.day, to: new.day) }
    switch end {
    case nil, .instant: break
    case .day(let day): rule.end = .day(day.advanced(by: days))
    case .wall(let wall): rule.end = .wall(LocalTime(wallSeconds: wall.wallSeconds + new.wallSeconds - old.wallSeconds))
    }
    return rule
  }

  private mutating func moveTimes(by difference: Int) {
    if difference == 0 || hours.isEmpty || frequency == .hourly || !positions.isEmpty { return }
    let times = hours.flatMap { hour in minutes.map { hour * 60 + $0 + difference } }
    guard times.allSatisfy({ (0..<1_440).contains($0) }) else { return }
    var moved = self
    if moved.set(times: Set(times)), moved.positions.isEmpty { self = moved }
  }

  private mutating func moveDays(from old: Day, to new: Day) {
    let days = old.distance(to: new)
    guard positions.isEmpty, weekNumbers.isEmpty, yearDays.isEmpty else { return }
    if frequency == .weekly {
      let moved = weekdays.map { NthWeekday(old.advanced(by: days + floorModulo($0.weekday.rawValue - old.weekday.rawValue, 7)).weekday) }
      weekdays = moved.sorted { $0.weekday.rawValue < $1.weekday.rawValue }
    }
    guard frequency == .monthly || frequency == .yearly else { return }
    if monthDays == [old.day], weekdays.isEmpty { monthDays = [new.day] }
    if monthDays.isEmpty, weekdays.count == 1, let nth = weekdays.first, frequency == .monthly || !months.isEmpty,
      nth.weekday == old.weekday
    {
      let isFromLast = nth.number < 0
      let place = isFromLast ? -((Day.daysIn(month: new.month, year: new.year) - new.day) / 7 + 1) : (new.day + 6) / 7
      weekdays = [NthWeekday(new.weekday, number: nth.number == 0 ? 0 : place)]
    }
    if months == [old.month] { months = [new.month] }
  }
}

extension Recurrence.End {
  /// The last day on which something may begin by this end, by the clock of the event.
  func lastDay(_ times: EventTimes) -> Day {
    switch self {
    case .day(let day): day
    case .wall(let wall): wall.day
    case .instant(let instant): (times.isAllDay ? Zone.utc : times.zone).local(instant).day.advanced(by: times.isAllDay ? 0 : 1)
    }
  }

  /// Whether one that begins then is still in (RULES 9.21): a date is that whole day, an instant is compared as one and counts itself.
  func includes(_ wall: LocalTime, _ times: EventTimes) -> Bool {
    switch self {
    case .day(let day): wall.day <= day
    case .wall(let last): times.isAllDay ? wall.day <= last.day : wall <= last
    case .instant(let last): times.isAllDay ? wall.day <= Zone.utc.local(last).day : times.zone.instant(wall) <= last
    }
  }
}
