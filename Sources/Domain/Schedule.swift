/// When a reminder fires: once, by a cron expression or a recurrence rule, or at a steady interval; never on excluded days.
public struct Schedule: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case once(at: Instant)
    case recurring(Cron)
    /// By a rule that says its days and times itself (``Recurrence/completed(on:at:)``), from its first time on (``Recurrence/begin(notBefore:)``).
    case rule(Recurrence, from: LocalTime)
    /// Elapsed minutes from the scheduled time of the last occurrence, ``Schedule/intervalRange``.
    case interval(minutes: Int)
  }

  /// One minute to one year.
  public static let intervalRange = 1...525_600

  public let kind: Kind
  /// Whose clocks and dates count.
  public let zone: Zone
  /// Local dates of `zone` on which nothing fires (RULES 1.5).
  public let excludedDays: Set<Day>
  public let excludesWeekends: Bool

  /// - Throws: ``ScheduleError/intervalOutOfRange(_:)``. Whether it ever fires depends on the time: ``next(after:lastScheduled:)`` tells.
  public init(_ kind: Kind, zone: Zone, excludedDays: Set<Day> = [], excludesWeekends: Bool = false) throws(ScheduleError) {
    if case .interval(let minutes) = kind, !Schedule.intervalRange.contains(minutes) { throw .intervalOutOfRange(minutes) }
    self.kind = kind
    self.zone = zone
    self.excludedDays = excludedDays
    self.excludesWeekends = excludesWeekends
  }

  /// A single time, which has nothing that could be out of range.
  public init(once at: Instant, zone: Zone) {
    (kind, self.zone, excludedDays, excludesWeekends) = (.once(at: at), zone, [], false)
  }

  var isSingle: Bool {
    if case .once = kind { return true }
    return false
  }

  public func excludes(_ day: Day) -> Bool {
    excludesWeekends && day.weekday.isWeekend || excludedDays.contains(day)
  }

  /// The next time this reminder fires after `moment`, which itself never counts. Excluded occurrences are skipped, not moved.
  ///
  /// - Parameter lastScheduled: the scheduled time of the last occurrence, from which an interval counts; nil before the first, then it
  ///   counts from `moment`. Nothing at or before it is returned, so that a clock that was set back fires nothing twice.
  /// - Returns: nil when a one-time reminder's time has passed.
  /// - Throws: ``ScheduleError/neverFires`` when no day of the next five years qualifies; of a rule, which may pause for longer, of the next ten.
  /// - Complexity: one step for each excluded day that has an occurrence. Reads no clock, no database.
  public func next(after moment: Instant, lastScheduled: Instant?) throws(ScheduleError) -> Instant? {
    let base = lastScheduled ?? moment
    if case .rule(let rule, let start) = kind { return try next(rule, start, after: max(moment, base)) }
    let horizon = zone.local(moment).day.advanced(months: Cron.horizonMonths)
    var cursor = max(moment, base)
    while let occurrence = occurrence(after: cursor, base: base) {
      let day = zone.local(occurrence).day
      if !excludes(day) { return occurrence }
      if case .once = kind { throw .neverFires }
      cursor = end(ofExcluded: day, occurrence, horizon: horizon)
      if zone.local(cursor).day > horizon { break }
    }
    if case .once = kind { return nil }
    throw .neverFires
  }

  /// The first occurrence after `cursor`, excluded or not.
  func occurrence(after cursor: Instant, base: Instant) -> Instant? {
    switch kind {
    case .once(let instant): return instant > cursor ? instant : nil
    case .recurring(let cron): return cron.next(after: cursor, in: zone)
    case .rule(let rule, let start):
      var times = times(rule, start, after: cursor)
      return times.next()
    case .interval(let minutes):
      let step = Int64(minutes) * 60_000_000
      // Counted, not walked: after years of downtime this is still one division.
      let passed = max(cursor.microseconds - base.microseconds, 0) / step
      let next = base.advanced(microseconds: (passed + 1) * step)
      return next > cursor ? next : nil
    }
  }

  /// The last moment before the next day that is not excluded, at least `occurrence`, looking no further than just past `horizon`.
  func end(ofExcluded day: Day, _ occurrence: Instant, horizon: Day) -> Instant {
    var next = day.advanced(by: 1)
    while excludes(next) && next <= horizon && next < .last { next = next.advanced(by: 1) }
    return max(occurrence, zone.start(of: next).advanced(microseconds: -1))
  }
}

/// Why a schedule cannot be.
public enum ScheduleError: Error, Hashable, Sendable {
  /// Nothing in the next five years: 30 February, or every occurrence excluded.
  case neverFires
  /// Minutes outside ``Schedule/intervalRange``.
  case intervalOutOfRange(Int)
}
