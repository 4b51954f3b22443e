/// The times of a rule in a zone after a moment, ascending, each once.
///
/// A time that the clocks skip comes later on the wall than it says, so others may pass it: what is read ahead waits here.
struct RecurrenceTimes: ~Copyable {
  private var walls: RecurrenceWalls
  private let zone: Zone
  private let end: Recurrence.End?
  /// How many more the rule counts to.
  private var left: Int
  private let start: LocalTime
  /// Earlier ones are over, whatever the clocks did.
  private let earliest: LocalTime
  private var ahead: LocalTime?
  /// The next one last.
  private var waiting: [Instant] = []
  private var latest: Instant

  /// - Parameters:
  ///   - start: the rule's first time.
  ///   - last: nothing after this day is listed.
  init(_ rule: Recurrence, from start: LocalTime, _ zone: Zone, after moment: Instant, through last: Day) {
    (self.zone, self.start, latest, end, left) = (zone, start, moment, rule.end, rule.count ?? .max)
    // In a gap the offset before it counts, so a time of the last hours may still be to come.
    let offset = min(zone.offset(at: moment), zone.offset(at: moment.advanced(hours: -26)))
    earliest = max(start, LocalTime(wallSeconds: moment.seconds + Int64(offset)))
    walls = RecurrenceWalls(
      rule, from: start, notBefore: rule.count == nil ? earliest.day : start.day, through: min(last, rule.lastDay ?? last))
    ahead = nextWall()
  }

  /// - Complexity: one step of libical's for each time; with COUNT the first call walks from the rule's start.
  mutating func next() -> Instant? {
    while let wall = ahead, waiting.isEmpty || wall < zone.local(waiting[waiting.count - 1]) {
      ahead = nextWall()
      let instant = zone.instant(wall)
      if wall >= earliest, instant > latest, isInTime(wall, instant), !waiting.contains(instant) {
        waiting.insert(instant, at: waiting.firstIndex { $0 < instant } ?? waiting.endIndex)
      }
    }
    guard let next = waiting.popLast() else { return nil }
    latest = next
    return next
  }

  private mutating func nextWall() -> LocalTime? {
    guard left > 0 else { return nil }
    while let found = walls.next() {
      if found < start { continue }
      if left != .max { left -= 1 }
      return found
    }
    return nil
  }

  private func isInTime(_ wall: LocalTime, _ instant: Instant) -> Bool {
    switch end {
    case nil: true
    case .day(let day): wall.day <= day
    case .wall(let last): wall <= last
    case .instant(let last): instant <= last
    }
  }
}

extension Recurrence {
  /// Where a rule begins that is set up now: the first time that its parts name, an interval left aside. So "every other friday" begins with the
  /// coming one, and COUNT counts from there.
  ///
  /// - Parameter earliest: inclusive.
  /// - Throws: ``RecurrenceError/neverComes``, also for what first comes after more than ten years, `positionOutOfReach`, `tooManyTimes` to choose
  ///   from, and `endsBeforeStart`.
  public func begin(notBefore earliest: LocalTime) throws(RecurrenceError) -> LocalTime {
    if !positions.isEmpty { try checkPositions(from: earliest.day) }
    var open = self
    (open.interval, open.count, open.end) = (1, nil, nil)
    let midnight = LocalTime(day: earliest.day, time: .midnight)
    let last = earliest.day.advanced(months: Recurrence.horizonMonths)
    var walls = RecurrenceWalls(open, from: midnight, notBefore: earliest.day, through: last)
    while let start = walls.next() {
      if start < earliest { continue }
      if isOver(before: start) { throw .endsBeforeStart }
      return start
    }
    throw .neverComes
  }

  private func checkPositions(from day: Day) throws(RecurrenceError) {
    let most = mostTimesOfPeriod(from: Day(year: day.year, month: 1, day: 1) ?? day)
    if most == 0 { throw .neverComes }
    if most > Recurrence.mostTimes { throw .tooManyTimes }
    if let beyond = positions.first(where: { abs($0) > most }) { throw .positionOutOfReach(beyond, most: most) }
  }

  /// By the clock on the wall; an end as an instant is given a day, since no zone is known here.
  private func isOver(before start: LocalTime) -> Bool {
    switch end {
    case nil: false
    case .day(let day): day < start.day
    case .wall(let last): last < start
    case .instant(let last): Zone.utc.local(last.advanced(days: 1)) < start
    }
  }

  /// The last day that ``end`` lets anything fall on, in any zone.
  fileprivate var lastDay: Day? {
    switch end {
    case nil: nil
    case .day(let day): day
    case .wall(let time): time.day
    case .instant(let instant): Zone.utc.local(instant).day.advanced(by: 1)
    }
  }

  /// The same times by the day: an hourly rule whose hours come alike on each.
  func eased(from start: LocalTime) -> Recurrence {
    guard frequency == .hourly, 24 % interval == 0, positions.isEmpty, yearDays.isEmpty else { return self }
    var rule = Recurrence(.daily)
    (rule.months, rule.monthDays, rule.weekdays, rule.minutes) = (months, monthDays, weekdays, minutes)
    rule.hours = (0..<24).filter { ($0 - start.time.hour) % interval == 0 && (hours.isEmpty || hours.contains($0)) }
    return rule
  }
}
