/// A week or month of a habit: what has been done in it so far (RULES 5.4, 5.12, 5.16).
struct HabitPeriod: Hashable, Sendable {
  /// By the calendar, also where the habit or its streaks begin later.
  let first: Day
  let last: Day
  /// Dates kept.
  var done = 0
  var skipped = 0
  var sum = Amount.zero
  var isEntered = false
  /// Whether one of its dates was paused.
  var isPaused = false

  init(first: Day, last: Day) { (self.first, self.last) = (first, last) }

  /// The one that holds a date; nil for days.
  init?(_ unit: HabitUnit, holding day: Day, weekStart: Weekday) {
    switch unit {
    case .days: return nil
    case .weeks:
      let first = day.advanced(by: -day.weekday.offset(from: weekStart))
      self.init(first: first, last: first.advanced(by: 6))
    case .months:
      let (year, month, date) = day.date
      self.init(first: day.advanced(by: 1 - date), last: day.advanced(by: Day.daysIn(month: month, year: year) - date))
    }
  }

  mutating func take(_ date: HabitDate) {
    if date.isKept { done += 1 }
    if date.isSkipped { skipped += 1 }
    if date.isPaused { isPaused = true }
    isEntered = isEntered || date.isEntered
    sum = sum + date.amount
  }

  /// On how many dates it asks: N. Nil for a sum.
  func required(_ rule: HabitRule) -> Int? { rule.required(of: first.distance(to: last) + 1) }

  /// - Parameters:
  ///   - rule: what is in force on its last date, or today.
  ///   - since: where the streaks begin; a period that began before is partial.
  ///   - isOver: false of the current one.
  func verdict(_ rule: HabitRule, since: Day, isOver: Bool) -> HabitVerdict {
    let isExcused = !isOver || first < since || isPaused
    if let target = rule.sums { return verdict(target, isExcused: isExcused) }
    let required = required(rule) ?? 1
    if done >= required { return .kept }
    return isExcused || done + skipped >= required ? .neutral : .missed
  }

  private func verdict(_ target: HabitTarget, isExcused: Bool) -> HabitVerdict {
    let isExcused = isExcused || skipped > 0 && !isEntered
    switch target.direction {
    case .atLeast: return sum >= target.amount ? .kept : isExcused ? .neutral : .missed
    case .atMost:
      if isEntered && sum > target.amount { return .missed }
      return isExcused ? .neutral : isEntered ? .kept : .missed
    }
  }

  /// What it adds to a rate (RULES 5.18): done of N without what was skipped, not where it is current, partial or paused, unless N is done; of a
  /// sum, one when it is judged.
  func judged(_ rule: HabitRule, since: Day, isOver: Bool) -> HabitRate.Judged {
    guard let required = required(rule) else {
      switch verdict(rule, since: since, isOver: isOver) {
      case .kept: return HabitRate.Judged(kept: 1, asked: 1)
      case .missed: return HabitRate.Judged(kept: 0, asked: 1)
      case .neutral: return .nothing
      }
    }
    guard done >= required || isOver && first >= since && !isPaused else { return .nothing }
    let asked = max(0, required - skipped)
    return HabitRate.Judged(kept: UInt8(clamping: min(done, asked)), asked: UInt8(clamping: asked))
  }
}
