/// When a habit's reminder rings (RULES 5.19): once for each date that still asks for something, at the time on the wall that its person prefers.
public struct HabitBell: Sendable {
  private let history: HabitHistory
  private let clock: HabitClock
  private let time: TimeOfDay

  /// A date, and when it rings.
  public struct Ring: Hashable, Sendable {
    public let date: Day
    public let at: Instant
  }

  /// - Parameters:
  ///   - history: with the entries of the weeks and months that are asked about.
  ///   - time: by the clocks of `clock`'s zone, whenever the person's day begins.
  public init(_ history: HabitHistory, _ clock: HabitClock, at time: TimeOfDay) {
    (self.history, self.clock, self.time) = (history, clock, time)
  }

  /// When a date rings. A time before the day's beginning is that of the following night. It always lies within its date, also in a night whose
  /// clocks change, so that each date has one and no two have the same.
  public func moment(of date: Day) -> Instant {
    let isNight = time.second < clock.dayStart * 3_600
    let wall = LocalTime(day: isNight ? date.advanced(by: 1) : date, time: time)
    return min(max(clock.zone.instant(wall), clock.start(of: date)), clock.start(of: date.advanced(by: 1)).advanced(minutes: -1))
  }

  /// Why a date does not ring, or need not go on ringing; nil: it still asks for something.
  public func silence(on date: Day) -> HabitSilence? {
    let it = history.standing(on: date)
    if it.isDue { return nil }
    if it.isSkipped { return .skipped }
    if it.entered != nil { return .ticked }
    if it.isPaused { return .paused }
    return it.isScheduled ? .enough : .unasked
  }

  /// The next ring after a moment; nil: none is to come as long as nothing changes.
  ///
  /// - Parameter last: a date that has rung: it and those before it do not again.
  /// - Complexity: two months of dates at most, pauses not counted.
  public func next(after moment: Instant, last: Day? = nil) -> Ring? {
    var date = max(clock.date(moment), last?.advanced(by: 1) ?? .first)
    // The longest that nothing is asked: from a month's number reached on its first days to the end of the month.
    var steps = 62
    while steps > 0, date < .last {
      if let pause = history.pause(on: date) {
        guard let end = pause.until else { return nil }
        date = end
        continue
      }
      let ring = Ring(date: date, at: self.moment(of: date))
      if ring.at > moment, clock.zone.has(date), silence(on: date) == nil { return ring }
      (date, steps) = (date.advanced(by: 1), steps - 1)
    }
    return nil
  }

  /// What should have rung by now and did not: dates that can still be ticked, the oldest first.
  ///
  /// - Parameters:
  ///   - planned: when the first of them was to ring.
  ///   - last: as in ``next(after:last:)``.
  public func due(since planned: Instant, at now: Instant, last: Day? = nil) -> [Ring] {
    let first = max(clock.date(planned), last?.advanced(by: 1) ?? .first)
    return clock.offered(at: now).filter { $0 >= first }.map { Ring(date: $0, at: moment(of: $0)) }
      .filter { $0.at <= now && silence(on: $0.date) == nil }
  }
}

/// Why a habit's reminder is silent for a date.
public enum HabitSilence: String, CaseIterable, Hashable, Sendable {
  /// Something was entered for that date.
  case ticked
  /// The week's or month's number or sum is reached.
  case enough
  case skipped
  case paused
  /// By the rule of now the date is none of those asked for.
  case unasked
  case archived
  case deleted

  /// Whether what was asked for is done.
  public var isKept: Bool { self == .ticked || self == .enough }
}

extension HabitClock {
  /// The first instant of a habit date.
  public func start(of date: Day) -> Instant { zone.start(of: date).advanced(hours: dayStart) }
}

extension HabitHistory {
  /// A date as it stands by all that is entered for its week or month, whether it comes, is today or is over.
  ///
  /// - Complexity: linear in the dates of the week or month.
  func standing(on date: Day) -> HabitToday {
    let rule = rule(on: date)
    guard var period = HabitPeriod(rule.unit, holding: date, weekStart: weekStart) else { return HabitToday(self.date(date), nil) }
    // As in all figures: what was before a change between days, weeks and months does not count.
    let first = max(period.first, min(since(asOf: date), date))
    var walk = HabitWalk(self, from: first)
    for _ in 0...first.distance(to: period.last) {
      let next = walk.next()
      if next.span.unit == rule.unit { period.take(next) }
    }
    return HabitToday(self.date(date), period)
  }

  /// The pause that holds a date.
  func pause(on date: Day) -> HabitPause? { pauses.first { $0.from <= date && $0.until.map { date < $0 } ?? true } }
}
