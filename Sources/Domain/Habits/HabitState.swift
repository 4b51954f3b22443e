/// A habit's past up to a date, as small as figures need it: some hundred bytes, however old the habit is.
///
/// It is stored beside the habit. Figures of today come from it and from the entries since, so a habit of ten years costs what a new one costs.
/// Rather than counting figures up with each tick, which goes wrong with the first undo, the last days are always reckoned anew. A state holds
/// dates that nobody can change any more by the page (``settled(on:)``); what changes earlier ones (an import, a habit brought back) drops it,
/// and a change of rules, pauses or the week's start is noticed (``fits(_:)``).
public struct HabitState: Sendable {
  /// The first date that it does not hold.
  public internal(set) var next: Day
  /// Where the habit starts.
  public internal(set) var start: Day
  var unit: HabitUnit
  var since: Day
  var streaks = HabitStreaks()
  var totals = HabitTotals()
  var score = HabitScore()
  var rate: HabitRate
  /// The week or month that `next` lies in, once one of its dates was passed.
  var period: HabitPeriod?
  /// What the history's rules and pauses were, as far as they matter here.
  var seal: UInt64 = 0

  /// Nothing passed yet.
  public init(_ history: HabitHistory) {
    (next, start, since) = (history.start, history.start, history.start)
    unit = history.spans[history.spanIndex(on: history.start)].unit
    rate = HabitRate(unit)
    seal = history.seal(before: next)
  }

  /// The date before which nothing changes by the page: eight dates back, and two more for a person whose zone or day start moves west.
  public static func settled(on today: Day) -> Day { today.advanced(by: -9) }

  /// A date from which a page can show a year: the first of the month thirteen months ago. It moves once a month.
  public static func yearAgo(from today: Day) -> Day {
    let day = today.advanced(months: -13)
    return day.advanced(by: 1 - day.day)
  }

  /// Whether the history's rules, pauses and week start are those that this was made with. Entries before ``next`` are not compared.
  public func fits(_ history: HabitHistory) -> Bool { history.start >= start && seal == history.seal(before: next) }

  /// The state before `day`: goes on through the dates up to it. Does nothing where it is there already.
  ///
  /// - Parameter history: one that this fits, with all entries from ``next`` on.
  public func advanced(to day: Day, _ history: HabitHistory) -> HabitState {
    guard day > next else { return self }
    var state = self
    var walk = HabitWalk(history, from: next)
    while state.next < day { state.pass(walk.next(), history.weekStart) }
    state.seal = history.seal(before: day)
    return state
  }

  /// The score at the end of each date from ``next`` through `day`: a line on the page. Dates that are not over count once something is entered.
  public func scores(through day: Day, _ history: HabitHistory) -> [Proportion] {
    var state = self
    var walk = HabitWalk(history, from: next)
    var scores: [Proportion] = []
    while state.next <= day {
      let date = walk.next()
      if state.next < day { state.pass(date, history.weekStart) } else { state = state.standing(on: date, history.weekStart) }
      scores.append(Proportion(state.score.value))
      if date.day == day { break }
    }
    return scores
  }

  /// Takes in a date that is over.
  mutating func pass(_ date: HabitDate, _ weekStart: Weekday) {
    take(date, weekStart)
    score.pass(date)
    next = date.day.advanced(by: 1)
    guard let period else {
      streaks.take(date.verdict(isOver: true), from: date.day, through: date.day)
      return rate.push(date.judged(isOver: true))
    }
    guard period.last == date.day else { return }
    let rule = date.span.rule
    streaks.take(period.verdict(rule, since: since, isOver: true), from: max(period.first, since), through: period.last)
    rate.push(period.judged(rule, since: since, isOver: true))
    self.period = nil
  }

  /// How it stands on a date that is not over: this one and its week or month can still be kept.
  func standing(on date: HabitDate, _ weekStart: Weekday) -> HabitState {
    var state = self
    state.take(date, weekStart)
    if date.isEntered { state.score.pass(date) }
    guard let period = state.period else {
      state.streaks.take(date.verdict(isOver: false), from: date.day, through: date.day)
      state.rate.push(date.judged(isOver: false))
      return state
    }
    let rule = date.span.rule
    state.streaks.take(period.verdict(rule, since: state.since, isOver: false), from: max(period.first, state.since), through: date.day)
    state.rate.add(period.judged(rule, since: state.since, isOver: false))
    return state
  }

  private mutating func take(_ date: HabitDate, _ weekStart: Weekday) {
    if date.span.unit != unit {
      // Days, weeks and months cannot be added up: the streaks begin here, total and score go on (RULES 5.5).
      (unit, since, period) = (date.span.unit, date.day, nil)
      (streaks, rate) = (HabitStreaks(), HabitRate(unit))
    }
    if period == nil { period = HabitPeriod(unit, holding: date.day, weekStart: weekStart) }
    period?.take(date)
    totals.take(date)
  }
}

/// What is only ever added up.
struct HabitTotals: Hashable, Sendable {
  /// Dates kept.
  var kept = 0
  var sum = Amount.zero
  /// Dates kept by day of the week, Monday first.
  var weekdays = [Int](repeating: 0, count: 7)
  /// Dates skipped without a reason, then by reason in the order of ``SkipReason``.
  var skips = [Int](repeating: 0, count: 1 + SkipReason.allCases.count)

  mutating func take(_ date: HabitDate) {
    sum = sum + date.amount
    if date.isKept {
      kept += 1
      weekdays[date.weekday] += 1
    }
    if case .skipped(let reason) = date.entry?.mark { skips[HabitTotals.index(of: reason)] += 1 }
  }

  static func index(of reason: SkipReason?) -> Int { reason.flatMap { SkipReason.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0 }
}
