extension Schedule {
  /// An occurrence that lies ahead, as a preview lists it.
  public struct Upcoming: Hashable, Sendable {
    public let instant: Instant
    /// True: its day is excluded, nothing will fire.
    public let excluded: Bool
  }

  /// Most excluded days that ``upcoming(after:lastScheduled:count:)`` lists.
  public static let listedExclusions = 20

  /// The next `count` times that fire, in order, and between them, flagged, the excluded days: each day once, by its first
  /// occurrence, and only the first ``listedExclusions`` of them. Shorter, also empty, when nothing more comes within five years.
  public func upcoming(after moment: Instant, lastScheduled: Instant? = nil, count: Int) -> [Upcoming] {
    let base = lastScheduled ?? moment
    let horizon = zone.local(moment).day.advanced(months: Cron.horizonMonths)
    var result: [Upcoming] = []
    var cursor = max(moment, base)
    var firing = 0
    while firing < count, let occurrence = occurrence(after: cursor, base: base) {
      let day = zone.local(occurrence).day
      if day > horizon { break }
      let excluded = excludes(day)
      if !excluded {
        firing += 1
        cursor = occurrence
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

  /// What should have fired while nobody was there to do it (RULES 3.4: only the newest fires, and says how many it stands for).
  public struct Missed: Hashable, Sendable {
    /// At least 1, at most the limit asked for.
    public let count: Int
    /// True: there were more than `count`; counting stopped at the limit.
    public let isMore: Bool
    public let first: Instant
    /// The latest of them all, also of those beyond the count.
    public let newest: Instant
  }

  /// The occurrences after `moment` (exclusive) up to `end` (inclusive), excluded ones left out.
  ///
  /// - Parameters:
  ///   - lastScheduled: as in ``next(after:lastScheduled:)``.
  ///   - limit: where counting stops, at least 1.
  /// - Returns: nil when there was none.
  /// - Complexity: `limit` steps for the count, and about 60 for the newest, however long the time was.
  public func occurrences(after moment: Instant, through end: Instant, lastScheduled: Instant? = nil, limit: Int = 1000) -> Missed? {
    let base = lastScheduled ?? moment
    guard let first = fires(after: moment, through: end, base) else { return nil }
    var count = 1
    var latest = first
    while let next = fires(after: latest, through: end, base) {
      if count >= limit { return Missed(count: count, isMore: true, first: first, newest: newest(from: next, through: end, base)) }
      count += 1
      latest = next
    }
    return Missed(count: count, isMore: false, first: first, newest: latest)
  }

  private func fires(after moment: Instant, through end: Instant, _ base: Instant) -> Instant? {
    // "Never" within five years is "not by then" here.
    guard let next = try? next(after: moment, lastScheduled: base), next <= end else { return nil }
    return next
  }

  /// Bisects: does anything fire after the middle? No walk, and no second search that runs backwards and would have to agree with the
  /// forward one about every clock change.
  private func newest(from known: Instant, through end: Instant, _ base: Instant) -> Instant {
    var newest = known
    var high = end
    while newest < high {
      let middle = newest.advanced(microseconds: (high.microseconds - newest.microseconds) / 2)
      if let later = fires(after: middle, through: high, base) {
        newest = later
      } else {
        high = middle
      }
    }
    return newest
  }
}
