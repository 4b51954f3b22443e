/// What the coach asks of a habit's past.
extension HabitHistory {
  /// As it was at the end of a date: what was entered for later ones is not there; rules and pauses are as now.
  public func asOf(_ date: Day) -> HabitHistory {
    HabitHistory(
      created: created, start: start, weekStart: weekStart, changes: spans.map { HabitChange(from: $0.from, $0.rule) },
      entries: Array(entries[..<entryIndex(from: date.advanced(by: 1))]), pauses: pauses, leftOut: Array(leftOut))
  }

  /// What is judged together with a date: the first date of its week or month, else the date itself.
  public func beginning(of date: Day) -> Day {
    HabitPeriod(rule(on: date).unit, holding: date, weekStart: weekStart)?.first ?? date
  }

  /// When the streak that goes on came to `length`: the date, or the first one of the week or month. So what is undone and done again reaches it on
  /// the same date; nil: it is shorter.
  ///
  /// The history has all entries.
  ///
  /// - Complexity: That of some twelve figures.
  public func reached(_ length: Int, today: Day) -> Day? {
    guard length > 0, let streak = figures(today: today).streak, streak.length >= length else { return nil }
    // Nothing breaks within it, so what it was on a date never falls.
    var (low, high) = (streak.first, max(streak.first, anchor(today: today)))
    while low < high {
      let middle = low.advanced(by: low.distance(to: high) / 2)
      if asOf(middle).figures(today: middle).current >= length { high = middle } else { low = middle.advanced(by: 1) }
    }
    return beginning(of: low)
  }

  /// The same from the entries since the streak began: what was before it matters to nothing in it.
  ///
  /// - Parameter first: of the streak that goes on (``HabitStreak/first``).
  public func reached(_ length: Int, since first: Day, today: Day) -> Day? {
    HabitHistory(
      created: first, start: first, weekStart: weekStart, changes: spans.map { HabitChange(from: $0.from, $0.rule) },
      entries: Array(entries[entryIndex(from: first)...]), pauses: pauses, leftOut: Array(leftOut)
    ).reached(length, today: today)
  }

  /// The last date that was missed, from `since` to yesterday; of weeks and months the first date of the one that ended then without being kept.
  ///
  /// The history has all entries since; of weeks and months, on a date on which one begins, all entries.
  public func missed(since: Day, today: Day) -> Day? {
    let yesterday = today.advanced(by: -1)
    guard let unit = HabitPeriod(rule(on: yesterday).unit, holding: yesterday, weekStart: weekStart) else {
      guard max(since, start) <= yesterday else { return nil }
      return cells(max(since, start)...yesterday, today: today).last { $0.isScheduled && ($0.mark == .missed || $0.mark == .partial) }?.date
    }
    let end = unit.last < today ? unit.last : unit.first.advanced(by: -1)
    guard end >= max(since, start) else { return nil }
    let first = max(beginning(of: end), start)
    let before = asOf(first).figures(today: first).misses
    return asOf(end).figures(today: end.advanced(by: 1)).misses > before ? beginning(of: end) : nil
  }
}
