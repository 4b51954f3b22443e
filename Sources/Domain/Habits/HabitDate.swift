/// One date of a habit as it stands: what was asked, what was entered, and what that means for the date alone (RULES 5.3, 5.12).
struct HabitDate {
  let day: Day
  /// 0 is Monday, 6 Sunday.
  let weekday: Int
  let span: HabitHistory.Span
  let entry: HabitEntry?
  let isPaused: Bool
  let isScheduled: Bool
  let isSkipped: Bool
  /// Ticked, or an amount given.
  let isEntered: Bool
  let amount: Amount
  /// Of days: the target of the date is met. Of sums: it adds to the sum, or to an at-most one is entered.
  let isKept: Bool
  /// How far it is kept, in units of ``HabitTarget/whole``.
  let share: Int

  init(_ day: Day, weekday: Int, _ span: HabitHistory.Span, _ entry: HabitEntry?, isPaused: Bool) {
    (self.day, self.weekday, self.span, self.entry, self.isPaused) = (day, weekday, span, entry, isPaused)
    isScheduled = span.rule.isScheduled(index: weekday)
    switch entry?.mark {
    case .done(let amount): (isEntered, isSkipped, self.amount) = (true, false, amount)
    case .skipped: (isEntered, isSkipped, amount) = (false, true, .zero)
    case .note, nil: (isEntered, isSkipped, amount) = (false, false, .zero)
    }
    guard let target = span.rule.target else {
      isKept = isEntered
      share = isEntered ? HabitTarget.whole : 0
      return
    }
    if target.period == .day {
      isKept = isEntered && target.isMet(amount)
    } else {
      isKept = isEntered && (amount > .zero || target.direction == .atMost)
    }
    share = target.share(isEntered ? amount : nil)
  }

  /// Neither skipped nor paused. What is done on a paused date counts (RULES 5.3).
  var isActive: Bool {
    if isSkipped { return false }
    return !isPaused || (span.rule.sums == nil ? isKept : isEntered)
  }

  /// More than an at-most target of the day allows: nothing that is still to come on this date can keep it.
  var isExceeded: Bool { isEntered && !isKept && span.rule.target?.direction == .atMost }

  /// What it is for a streak of days.
  ///
  /// - Parameter isOver: false of today, which can still be kept.
  func verdict(isOver: Bool) -> HabitVerdict {
    guard isScheduled else { return .neutral }
    if isKept { return .kept }
    return isActive && (isOver || isExceeded) ? .missed : .neutral
  }

  /// What it adds to a rate of days (RULES 5.18).
  func judged(isOver: Bool) -> HabitRate.Judged {
    isScheduled && isActive && (isOver || isKept) ? HabitRate.Judged(kept: isKept ? 1 : 0, asked: 1) : .nothing
  }
}

/// What a date, week or month is for a streak.
enum HabitVerdict {
  /// One more.
  case kept
  /// Looked through.
  case neutral
  /// A break.
  case missed
}

/// The dates of a habit, one after the other, each found in one step.
struct HabitWalk {
  private let history: HabitHistory
  private var day: Day
  private var weekday: Int
  private var span: Int
  private var entry: Int
  private var pause = 0

  init(_ history: HabitHistory, from day: Day) {
    (self.history, self.day) = (history, day)
    weekday = day.weekday.rawValue - 1
    span = history.spanIndex(on: day)
    entry = history.entryIndex(from: day)
  }

  mutating func next() -> HabitDate {
    while span + 1 < history.spans.count, history.spans[span + 1].from <= day { span += 1 }
    while pause < history.pauses.count, let until = history.pauses[pause].until, until <= day { pause += 1 }
    let isHere = entry < history.entries.count && history.entries[entry].date == day
    let isPaused = pause < history.pauses.count && history.pauses[pause].from <= day
    let date = HabitDate(day, weekday: weekday, history.spans[span], isHere ? history.entries[entry] : nil, isPaused: isPaused)
    if isHere { entry += 1 }
    day = day.advanced(by: 1)
    weekday = weekday == 6 ? 0 : weekday + 1
    return date
  }
}
