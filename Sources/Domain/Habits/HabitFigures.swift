/// What a page says of a habit today. All of it comes from the rows (RULES 5.6); the facts of pages are these.
public struct HabitFigures: Hashable, Sendable {
  /// What streaks count now.
  public let unit: HabitUnit
  /// longest ≥ current ≥ 0.
  public let current: Int
  public let longest: Int
  /// Where the habit starts.
  public let start: Day
  /// From when streaks and rate count: the start, or the last change between days, weeks and months.
  public let since: Day
  /// The streak that goes on; nil when there is none.
  public let streak: HabitStreak?
  /// At most ten, the longest first, what goes on included.
  public let best: [HabitStreak]
  /// Breaks in a row at the end.
  public let misses: Int
  /// Dates kept.
  public let total: Int
  /// Of all amounts.
  public let sum: Amount
  /// Dates kept by day of the week.
  public let weekdays: [Weekday: Int]
  public let skipsWithoutReason: Int
  public let skips: [SkipReason: Int]
  public let score: Proportion
  /// Nil while nothing has been asked.
  public let rate: Proportion?
  public let today: HabitToday

  /// As ``HabitBrief/isRescue``.
  public var isRescue: Bool { HabitBrief(self).isRescue }

  /// Where it stands on the page.
  public var standing: HabitStanding {
    if today.isPaused && !today.isDone { return .paused }
    if isRescue { return .rescue }
    if today.isDone && !today.isDue { return .done }
    return today.isDue ? .due : .resting
  }

  init(_ state: HabitState, today: HabitToday) {
    self.init(
      unit: state.unit, start: state.start, since: state.since, streak: state.streaks.run, best: state.streaks.best,
      misses: state.streaks.misses, state.totals, score: Proportion(state.score.value), rate: state.rate.proportion, today: today)
  }

  init(
    unit: HabitUnit, start: Day, since: Day, streak: HabitStreak?, best: [HabitStreak], misses: Int, _ totals: HabitTotals,
    score: Proportion, rate: Proportion?, today: HabitToday
  ) {
    (self.unit, self.start, self.since, self.streak, self.best, self.misses) = (unit, start, since, streak, best, misses)
    current = streak?.length ?? 0
    longest = best.first?.length ?? 0
    (total, sum) = (totals.kept, totals.sum)
    weekdays = Dictionary(uniqueKeysWithValues: zip(Weekday.allCases, totals.weekdays))
    skipsWithoutReason = totals.skips[0]
    skips = Dictionary(uniqueKeysWithValues: SkipReason.allCases.map { ($0, totals.skips[HabitTotals.index(of: $0)]) })
    (self.score, self.rate, self.today) = (score, rate, today)
  }
}

/// The groups of the page, in its order; paused ones are one line.
public enum HabitStanding: String, CaseIterable, Hashable, Sendable {
  /// One miss so far.
  case rescue
  case due
  case done
  /// Nothing is asked any more today: not scheduled, skipped, N of the week done, or more than an at-most target allows.
  case resting
  case paused
}

/// A habit on the current date.
public struct HabitToday: Hashable, Sendable {
  public let date: Day
  /// What is in force.
  public let rule: HabitRule
  /// What was entered today, zero too; of ticks 0. Nil: nothing.
  public let entered: Amount?
  /// Asked for on this date; of weeks, months and sums every date is.
  public let isScheduled: Bool
  public let isSkipped: Bool
  public let isPaused: Bool
  /// Kept today. Of a sum: something was entered today, and it meets the target.
  public let isDone: Bool
  /// Something is still to be done today: the fact `due`, and whether a reminder rings.
  public let isDue: Bool
  /// The current week or month; nil for days.
  public let progress: HabitProgress?

  init(_ date: HabitDate, _ period: HabitPeriod?) {
    self.date = date.day
    rule = date.span.rule
    entered = date.isEntered ? date.amount : nil
    (isScheduled, isSkipped, isPaused) = (date.isScheduled, date.isSkipped, date.isPaused)
    progress = period.map { HabitProgress($0, date.span.rule) }
    let isAtMost = rule.target?.direction == .atMost
    let isExcused = date.isSkipped || date.isPaused
    if let target = rule.sums, let period {
      isDone = date.isKept && target.isMet(period.sum)
      isDue = !isExcused && (isAtMost ? !period.isEntered : period.sum < target.amount)
    } else {
      isDone = date.isKept
      let isAsked = period.map { $0.done < $0.required(date.span.rule) ?? 0 } ?? date.isScheduled
      isDue = isAsked && !date.isKept && !isExcused && !(isAtMost && date.isEntered)
    }
  }
}

/// A week or month so far: 2 of 3 times, or 6 of 10 km.
public struct HabitProgress: Hashable, Sendable {
  /// By the calendar, also where the habit begins later.
  public let first: Day
  public let last: Day
  /// Dates kept, and on how many it asks; nil for a sum.
  public let done: Int
  public let required: Int?
  public let skipped: Int
  public let sum: Amount

  init(_ period: HabitPeriod, _ rule: HabitRule) {
    (first, last, done, skipped, sum) = (period.first, period.last, period.done, period.skipped, period.sum)
    required = period.required(rule)
  }
}

/// Figures with what is stored so that the next ones cost little.
public struct HabitReckoning: Sendable {
  public let figures: HabitFigures
  /// To be stored; nil for a habit that is too young to need one.
  public let state: HabitState?
}

extension HabitHistory {
  /// Figures of today.
  ///
  /// - Parameters:
  ///   - state: what was stored; the history's entries need to begin at its ``HabitState/next``. Nil: the history has all entries.
  ///   - today: the habit date. Where an entry is later, because the person went west, streaks are judged as of that one (RULES 5.7).
  /// - Returns: nil when the state does not fit the rules and pauses any more, or today lies before it: take all entries and no state.
  /// - Complexity: Linear in the dates since the state, else since the start.
  public func reckoning(from state: HabitState? = nil, today: Day) -> HabitReckoning? {
    if let state, !state.fits(self) || today < state.next { return nil }
    let settled = (state ?? HabitState(self)).advanced(to: HabitState.settled(on: today), self)
    return HabitReckoning(figures: figures(after: settled, today: today), state: settled.next > settled.start ? settled : nil)
  }

  /// Figures of today from all entries.
  public func figures(today: Day) -> HabitFigures { figures(after: HabitState(self), today: today) }

  private func figures(after state: HabitState, today: Day) -> HabitFigures {
    let before = state.advanced(to: today, self)
    let date = date(today)
    let standing = before.standing(on: date, weekStart)
    let shown = HabitToday(date, standing.period)
    let anchor = anchor(today: today)
    if anchor == today { return HabitFigures(standing, today: shown) }
    return HabitFigures(before.advanced(to: anchor, self).standing(on: self.date(anchor), weekStart), today: shown)
  }

  func date(_ day: Day) -> HabitDate {
    var walk = HabitWalk(self, from: day)
    return walk.next()
  }
}
