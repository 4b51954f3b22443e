import Foundation

@testable import Domain

/// Figures by the words of RULES 5, date by date and without a memory: it looks at everything again for each date. Slow, and written apart from
/// the engine.
struct HabitOracle {
  let created: Day
  let weekStart: Weekday
  let changes: [HabitChange]
  let entries: [Day: HabitEntry]
  let pauses: [HabitPause]
  let today: Day
  let start: Day
  /// The later of today and the last date done.
  private(set) var end: Day
  private(set) var since: Day

  init(created: Day, weekStart: Weekday, changes: [HabitChange], entries: [Day: HabitEntry], pauses: [HabitPause], today: Day) {
    (self.created, self.weekStart, self.changes, self.entries, self.pauses, self.today) = (
      created, weekStart, changes, entries, pauses, today
    )
    start = ([created] + entries.keys).min() ?? created
    (end, since) = (today, start)
    end = ([today, start] + entries.values.filter { amount($0.date) != nil }.map(\.date)).max() ?? today
    since = dates(start, end).last { $0 > start && unit($0) != unit($0.advanced(by: -1)) } ?? start
  }

  // MARK: One date

  func rule(_ date: Day) -> HabitRule {
    let begun = changes.filter { $0.from <= date }
    let from = begun.map(\.from).max() ?? changes.map(\.from).min()
    return changes.last { $0.from == from }?.rule ?? HabitRule(.daily)
  }

  func unit(_ date: Day) -> HabitUnit {
    let rule = rule(date)
    if rule.target?.period == .week { return .weeks }
    if rule.target?.period == .month { return .months }
    switch rule.frequency {
    case .daily, .days: return .days
    case .perWeek: return .weeks
    case .perMonth: return .months
    }
  }

  func sums(_ date: Day) -> Bool { rule(date).target.map { $0.period != .day } ?? false }

  func amount(_ date: Day) -> Int? {
    if case .done(let amount) = entries[date]?.mark { return amount.thousandths }
    return nil
  }

  func skipped(_ date: Day) -> Bool {
    if case .skipped = entries[date]?.mark { return true }
    return false
  }

  func paused(_ date: Day) -> Bool {
    pauses.contains { pause in
      guard let until = pause.until else { return pause.from <= date }
      return pause.from < until && (pause.from.number..<until.number).contains(date.number)
    }
  }

  func scheduled(_ date: Day) -> Bool {
    guard case .days(let days) = rule(date).frequency, !sums(date) else { return true }
    return days.days().contains(date.weekday)
  }

  func kept(_ date: Day) -> Bool {
    guard let amount = amount(date) else { return false }
    guard let target = rule(date).target else { return true }
    let limit = target.amount.thousandths
    if target.period != .day { return target.direction == .atMost || amount > 0 }
    return target.direction == .atLeast ? amount >= limit : amount <= limit
  }

  /// Neither skipped nor paused; done wins over paused.
  func active(_ date: Day) -> Bool {
    if skipped(date) { return false }
    return !paused(date) || (sums(date) ? amount(date) != nil : kept(date))
  }

  func dates(_ first: Day, _ last: Day) -> [Day] { first > last ? [] : (first.number...last.number).map { Day($0) } }

  // MARK: Streaks

  /// The dates, weeks or months since then: their dates by the calendar.
  var slots: [[Day]] {
    var slots: [[Day]] = []
    for date in dates(since, end) {
      if let last = slots.last?.last, last >= date { continue }
      slots.append(slot(date))
    }
    return slots
  }

  private func slot(_ date: Day) -> [Day] {
    switch unit(end) {
    case .days: return [date]
    case .weeks:
      var first = date
      while first.weekday != weekStart { first = first.advanced(by: -1) }
      return dates(first, first.advanced(by: 6))
    case .months: return dates(date.advanced(by: -40), date.advanced(by: 40)).filter { ($0.year, $0.month) == (date.year, date.month) }
    }
  }

  /// 1 kept, 0 neutral, −1 a break.
  func verdict(_ slot: [Day]) -> Int {
    let isCurrent = slot.contains(end)
    let mine = slot.filter { $0 >= since && $0 <= end }
    let rule = rule(isCurrent ? end : slot[slot.count - 1])
    if unit(end) == .days {
      let date = slot[0]
      if !scheduled(date) { return 0 }
      if kept(date) { return 1 }
      if skipped(date) || paused(date) { return 0 }
      let isAbove = amount(date) != nil && rule.target?.direction == .atMost
      return isCurrent && !isAbove ? 0 : -1
    }
    let isMercy = isCurrent || slot[0] < since || mine.contains(where: paused)
    if let target = rule.target, target.period != .day {
      let sum = mine.compactMap(amount).reduce(0, +)
      let isEntered = mine.contains { amount($0) != nil }
      if target.direction == .atLeast && sum >= target.amount.thousandths { return 1 }
      if target.direction == .atMost && isEntered && sum > target.amount.thousandths { return -1 }
      if isMercy || !isEntered && mine.contains(where: skipped) { return 0 }
      return target.direction == .atMost && isEntered ? 1 : -1
    }
    let times = needed(rule, slot)
    let done = mine.filter(kept).count
    if done >= times { return 1 }
    return isMercy || done + mine.filter(skipped).count >= times ? 0 : -1
  }

  private func needed(_ rule: HabitRule, _ slot: [Day]) -> Int {
    switch rule.frequency {
    case .perWeek(let times): times
    case .perMonth(let times): min(times, slot.count)
    case .daily, .days: 1
    }
  }

  /// All streaks as lists of what was kept, oldest first; the last one is what goes on, and may be empty.
  var streaks: [[[Day]]] {
    slots.reduce(into: [[]]) { streaks, slot in
      switch verdict(slot) {
      case 1: streaks[streaks.count - 1].append(slot.filter { $0 >= since && $0 <= end })
      case -1: streaks.append([])
      default: break
      }
    }
  }

  var misses: Int {
    let judged = slots.map(verdict).filter { $0 != 0 }
    return judged.reversed().prefix { $0 == -1 }.count
  }

  // MARK: Figures

  var score: Double {
    let last = amount(end) == nil ? end.advanced(by: -1) : end
    var score = 0.0
    var past: [Day] = []
    for date in dates(start, last) where active(date) {
      past.append(date)
      let (frequency, value) = measure(past)
      let memory = pow(0.5, frequency.squareRoot() / 13)
      score = memory * score + (1 - memory) * value
    }
    return score
  }

  /// f and v of the last of these dates.
  private func measure(_ past: [Day]) -> (Double, Double) {
    let date = past[past.count - 1]
    let rule = rule(date)
    if let target = rule.target, target.period != .day {
      let window = past.suffix(target.period == .week ? 7 : 30)
      let amounts = window.compactMap(amount)
      return (target.period == .week ? 1 / 7 : 1 / 30, amounts.isEmpty ? 0 : share(target, amounts.reduce(0, +)))
    }
    switch rule.frequency {
    case .daily: return (1, share(date))
    case .days(let days):
      let kept = past.suffix(14).filter(scheduled).map(share).reduce(0, +)
      return (Double(days.days().count) / 7, min(1, kept / Double(2 * days.days().count)))
    case .perWeek(let times): return (Double(times) / 7, min(1, past.suffix(14).map(share).reduce(0, +) / Double(2 * times)))
    case .perMonth(let times): return (Double(times) / 30, min(1, past.suffix(60).map(share).reduce(0, +) / Double(2 * times)))
    }
  }

  private func share(_ date: Day) -> Double {
    guard let amount = amount(date) else { return 0 }
    return rule(date).target.map { share($0, amount) } ?? 1
  }

  private func share(_ target: HabitTarget, _ sum: Int) -> Double {
    let (sum, limit) = (Double(sum), Double(target.amount.thousandths))
    if target.direction == .atLeast { return min(1, sum / limit) }
    if sum <= limit { return 1 }
    return limit == 0 ? 0 : max(0, 1 - (sum - limit) / limit)
  }

  /// Kept and asked.
  var rate: (Int, Int) {
    if unit(end) == .days {
      let asked = dates(max(since, end.advanced(by: -364)), end).filter { scheduled($0) && active($0) && ($0 < end || self.kept($0)) }
      return (asked.filter(self.kept).count, asked.count)
    }
    let finished = slots.filter { !$0.contains(end) }.suffix(unit(end) == .weeks ? 52 : 12)
    var (kept, asked) = (0, 0)
    for slot in finished + slots.filter({ $0.contains(end) }) {
      let rule = rule(min(end, slot[slot.count - 1]))
      let mine = slot.filter { $0 >= since && $0 <= end }
      if rule.target.map({ $0.period != .day }) ?? false {
        kept += verdict(slot) == 1 ? 1 : 0
        asked += verdict(slot) == 0 ? 0 : 1
        continue
      }
      let done = mine.filter(self.kept).count
      let isShort = done < needed(rule, slot)
      if isShort && (slot.contains(end) || slot[0] < since || mine.contains(where: paused)) { continue }
      let left = max(0, needed(rule, slot) - mine.filter(skipped).count)
      kept += min(done, left)
      asked += left
    }
    return (kept, asked)
  }

  var total: Int { dates(start, end).filter(kept).count }
  var sum: Int { dates(start, end).compactMap(amount).reduce(0, +) }

  /// Of today, whatever the last date done is.
  var isDue: Bool {
    if skipped(today) || paused(today) { return false }
    let rule = rule(today)
    let isAtMost = rule.target?.direction == .atMost
    guard unit(today) != .days else { return scheduled(today) && (isAtMost ? amount(today) == nil : !kept(today)) }
    // Its week or month so far, from where the streaks began.
    let oracle = HabitOracle(
      created: created, weekStart: weekStart, changes: changes, entries: entries.filter { $0.key <= today }, pauses: pauses, today: today)
    let mine = oracle.slot(today).filter { $0 >= oracle.since && $0 <= today }
    if let target = rule.target, target.period != .day {
      let amounts = mine.compactMap(amount)
      return isAtMost ? amounts.isEmpty : amounts.reduce(0, +) < target.amount.thousandths
    }
    return mine.filter(self.kept).count < needed(rule, oracle.slot(today)) && (isAtMost ? amount(today) == nil : !kept(today))
  }
}
