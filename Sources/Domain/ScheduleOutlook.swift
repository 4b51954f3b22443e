extension Schedule {
  /// An occurrence that lies ahead, as a preview lists it.
  public struct Upcoming: Hashable, Sendable {
    public let instant: Instant
    /// True: its day is excluded, nothing will fire.
    public let excluded: Bool
  }

  /// Whether a time of this series is not one that its pattern or rule names, because the clocks skip that (RULES 1.3); false of a single time, whose
  /// own wall time says it, and of an interval.
  public func isMoved(_ instant: Instant) -> Bool {
    let wall = zone.local(instant)
    switch kind {
    case .once, .interval: return false
    case .recurring(let cron):
      let minute = Int(floorDivide(wall.wallSeconds, 60))
      return cron.firstMatch(from: minute, through: minute) == nil
    case .rule(let rule, let start):
      let hours = rule.eased(from: start).hours
      return !hours.isEmpty && !hours.contains(wall.time.hour) || !rule.minutes.isEmpty && !rule.minutes.contains(wall.time.minute)
    }
  }

  /// Most excluded days that ``upcoming(after:lastScheduled:count:)`` lists.
  public static let listedExclusions = 20

  /// The next `count` times that fire, in order, and between them, flagged, the excluded days: each day once, by its first
  /// occurrence, and only the first ``listedExclusions`` of them. Shorter, also empty, when nothing more of a series comes within five years (of a
  /// rule: ten) of the one before; a single time is listed however far it is.
  ///
  /// - Complexity: for each time at most as much as to look for five years (of a rule: ten) ahead.
  public func upcoming(after moment: Instant, lastScheduled: Instant? = nil, count: Int) -> [Upcoming] {
    let base = lastScheduled ?? moment
    if case .rule(let rule, let start) = kind { return upcoming(rule, start, after: max(moment, base), count: count) }
    var horizon = zone.local(moment).day.advanced(months: Cron.horizonMonths)
    var result: [Upcoming] = []
    var cursor = max(moment, base)
    var firing = 0
    while firing < count, let occurrence = occurrence(after: cursor, base: base) {
      let day = zone.local(occurrence).day
      if day > horizon, !isSingle { break }
      let excluded = excludes(day)
      if !excluded {
        firing += 1
        (cursor, horizon) = (occurrence, day.advanced(months: Cron.horizonMonths))
      } else {
        // Here one day at a time, so that each is listed.
        let isListed = result.count - firing < Schedule.listedExclusions
        cursor = end(ofExcluded: day, occurrence, horizon: isListed ? day : horizon)
      }
      if !excluded || result.count - firing < Schedule.listedExclusions {
        result.append(Upcoming(instant: occurrence, excluded: excluded))
      }
    }
    return result
  }
}
