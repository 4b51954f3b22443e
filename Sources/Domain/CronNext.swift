extension Cron {
  /// How far ahead we look: what does not fire within five years counts as never.
  static let horizonMonths = 60

  /// The first time after `moment` (which itself never counts), by the clocks of `zone`; nil when there is none within five years.
  ///
  /// Across clock changes as in Debian's cron. When neither minute nor hour begins with `*`, a time that the clocks skip fires once,
  /// at the first minute after the gap (all times of one gap together), and a repeated time fires at its first occurrence only. When
  /// one of them does begin with `*`, the expression is a rhythm: minutes that don't exist are left out, repeated ones fire twice.
  ///
  /// - Complexity: one step for each month passed over, and at worst one for each minute of a repeated hour.
  public func next(after moment: Instant, in zone: Zone) -> Instant? {
    let now = zone.local(moment)
    let end = LocalTime(day: now.day.advanced(months: Cron.horizonMonths), time: now.time)
    let limit = Int(floorDivide(end.wallSeconds, 60))
    return isAtFixedTimes ? nextFixed(after: moment, zone, limit) : nextElapsed(after: moment, zone, limit)
  }

  /// Walks matching wall-clock times and asks what each one is as an instant. That order never runs backwards.
  private func nextFixed(after moment: Instant, _ zone: Zone, _ limit: Int) -> Instant? {
    // A minute earlier than now, because a gap that ended within this minute may still be due at its end.
    var wall = Int(floorDivide(zone.local(moment.advanced(seconds: -60)).wallSeconds, 60))
    while let match = firstMatch(from: wall, through: limit) {
      let instant = zone.firing(atWallMinute: match)
      if instant > moment { return instant }
      wall = match + 1
    }
    return nil
  }

  /// Walks the stretches between clock changes; within one, wall clock and elapsed time run alike.
  private func nextElapsed(after moment: Instant, _ zone: Zone, _ limit: Int) -> Instant? {
    var cursor = moment.seconds + 1
    let last = Int64(limit) * 60 + ZoneTable.greatestOffset
    while cursor <= last {
      let span = zone.table.span(at: cursor)
      let offset = Int64(span.clock.offset)
      let start = -floorDivide(-(cursor + offset), 60)
      let end = span.end.map { floorDivide($0 - 1 + offset, 60) }
      if let match = firstMatch(from: Int(start), through: min(limit, end.map { Int($0) } ?? limit)) {
        let instant = Instant(seconds: Int64(match) * 60 - offset)
        return instant > moment ? instant : nil
      }
      guard let next = span.end else { return nil }
      cursor = next
    }
    return nil
  }
}

extension Zone {
  /// When something set for a wall-clock minute fires: see ``Cron/next(after:in:)`` on fixed times.
  fileprivate func firing(atWallMinute minute: Int) -> Instant {
    switch resolve(LocalTime(wallSeconds: Int64(minute) * 60)) {
    case .once(let instant), .twice(let instant, _): return instant
    case .skipped(let instant):
      let end = gapEnd(around: instant)
      // Old changes are not on whole minutes; cron fires on them only.
      let excess = floorModulo(end.seconds + Int64(offset(at: end)), 60)
      return excess == 0 ? end : end.advanced(seconds: 60 - excess)
    }
  }
}
