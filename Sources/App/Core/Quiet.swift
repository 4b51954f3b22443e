import Domain
import Postgres

/// Hours in which a person wants no messages, by the clock on the wall; they may span midnight.
enum Quiet {
  /// Reads the columns `quiet_from` and `quiet_until`; nil where a person wants messages at any hour.
  static func hours(_ row: Row) throws(PostgresError) -> (from: TimeOfDay, until: TimeOfDay)? {
    guard let from: Int = try row("quiet_from"), let until: Int = try row("quiet_until"),
      let from = TimeOfDay(second: from), let until = TimeOfDay(second: until)
    else { return nil }
    return (from, until)
  }

  /// When the quiet that `now` lies in ends; nil when it lies in none.
  static func end(_ quiet: (from: TimeOfDay, until: TimeOfDay), _ zone: Zone, at now: Instant) -> Instant? {
    let local = zone.local(now)
    let spansMidnight = quiet.until <= quiet.from
    let (hasBegun, isOver) = (local.time >= quiet.from, local.time >= quiet.until)
    let isQuiet = spansMidnight ? hasBegun || !isOver : hasBegun && !isOver
    guard isQuiet else { return nil }
    let day = spansMidnight && local.time >= quiet.from ? local.day.advanced(by: 1) : local.day
    // An end that the clocks skip is over when they show a later time.
    let end: Instant =
      switch zone.resolve(LocalTime(day: day, time: quiet.until)) {
      case .once(let instant), .twice(let instant, _): instant
      case .skipped(let instant): zone.gapEnd(around: instant)
      }
    // Where the clocks go back over the end, it comes twice; the hours are over when it was passed once.
    return end > now ? end : nil
  }
}
