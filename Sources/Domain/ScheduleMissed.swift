extension Schedule {
  /// What should have fired while nobody was there to do it (RULES 3.4: only the newest fires, and says how many it stands for).
  public struct Missed: Hashable, Sendable {
    /// All of them, at least 1.
    public let count: Int
    public let first: Instant
    public let newest: Instant
  }

  /// The occurrences after `moment` (exclusive) up to `end` (inclusive), excluded ones left out.
  ///
  /// - Parameter lastScheduled: as in ``next(after:lastScheduled:)``.
  /// - Returns: nil when there was none.
  /// - Complexity: one step for each day, and one for each occurrence of the first, of the last and of days whose clocks change: a year of every
  ///   minute is some thousand steps. About 60 for the newest, however long the time was. A rule: one step for each occurrence.
  public func occurrences(after moment: Instant, through end: Instant, lastScheduled: Instant? = nil) -> Missed? {
    let base = lastScheduled ?? moment
    if case .rule(let rule, let start) = kind { return missed(rule, start, after: max(moment, base), through: end) }
    guard let first = fires(after: moment, through: end, base) else { return nil }
    let newest = newest(from: first, through: end, base)
    return Missed(count: first == newest ? 1 : 1 + count(after: first, through: newest, base), first: first, newest: newest)
  }

  /// How many fire after `from` (exclusive) up to `end` (inclusive).
  private func count(after from: Instant, through end: Instant, _ base: Instant) -> Int {
    var count = 0
    var day = zone.local(from).day
    let last = zone.local(end).day
    while day <= last {
      if !excludes(day) {
        let (start, next) = (zone.start(of: day), zone.start(of: day.advanced(by: 1)))
        // The moment before a day's first, since what is counted lies after it.
        let (low, high) = (start.advanced(microseconds: -1), next.advanced(microseconds: -1))
        if start > from, high <= end, let whole = wholeDay(day, start, next) {
          count += whole
        } else {
          count += occurrences(from: max(low, from), through: min(high, end), base)
        }
      }
      if day == .last { break }
      day = day.advanced(by: 1)
    }
    return count
  }

  /// Of a pattern on a day whose clocks run evenly, which is all there is to know; nil where it must be walked.
  private func wholeDay(_ day: Day, _ start: Instant, _ next: Instant) -> Int? {
    guard case .recurring(let cron) = kind, next.seconds(since: start) == 86_400 else { return nil }
    // A change at either midnight belongs to it too: what the clocks skip fires at the end of the gap.
    if let change = zone.nextTransition(after: start.advanced(seconds: -1)), change <= next { return nil }
    return cron.times(on: day)
  }

  /// Of one day that is not excluded.
  private func occurrences(from: Instant, through end: Instant, _ base: Instant) -> Int {
    guard from < end else { return 0 }
    if case .interval(let minutes) = kind {
      let step = Int64(minutes) * 60_000_000
      func passed(_ moment: Instant) -> Int64 { max(0, floorDivide(moment.microseconds - base.microseconds, step)) }
      return Int(passed(end) - passed(from))
    }
    var count = 0
    var cursor = from
    while let next = occurrence(after: cursor, base: base), next <= end { (count, cursor) = (count + 1, next) }
    return count
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
