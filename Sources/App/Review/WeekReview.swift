import Domain

/// A week of somebody's habits, reckoned from the rows as they are now (RULES 5.24).
struct WeekReview {
  let week: PersonWeek
  let calendar: HabitCalendar
  /// Of the habits that the week asked, in the person's order.
  let lines: [Line]
  /// The mean of the habits' rates; nil when none has one.
  let rate: Proportion?
  /// To the week before, in tenths of a point.
  let change: Int?
  let ticks: [WeekTick]
  let moved: [MovedGoal]
  let due: [DueGoal]
  /// What the coach said of it.
  let said: WeekSaid?
  /// Where the first of all habits starts; nil: there are none.
  let start: Day?

  /// A habit in the week.
  struct Line {
    let it: ReckonedHabit
    let week: HabitWeek
    let before: HabitWeek
    /// Figures as the week began; nil: it had not started.
    let began: HabitFigures?

    var habit: Habit { it.habit }
    /// Figures at the week's end, or now.
    var ended: HabitFigures { it.figures }
  }

  /// How many dates before the week are looked at for the best day of the week: eight weeks with it.
  static let weekdayDates = 49

  var today: Day { calendar.today }
  /// The week that goes on.
  var isCurrent: Bool { today <= week.last }
  /// Nothing was asked, because all that there is was paused.
  var isPaused: Bool {
    !lines.isEmpty
      && lines.allSatisfy { line in line.week.rate == nil && line.week.done == 0 && line.week.blocks.contains { $0.mark == .paused } }
  }

  init(_ reader: WeekReader, _ habits: [Habit], ticks: [WeekTick], moved: [MovedGoal], due: [DueGoal], said: WeekSaid?) {
    (week, calendar, self.ticks, self.moved, self.due, self.said) = (reader.week, reader.calendar, ticks, moved, due, said)
    let histories = habits.map { (habit: $0, history: reader.calendar.history(of: $0)) }
    start = histories.map(\.history.start).min()
    lines = histories.compactMap { WeekReview.line($0.habit, $0.history, reader.week, reader.calendar) }
    let mean = HabitWeek.mean(lines.map(\.week))
    rate = mean
    let before = HabitWeek.mean(lines.map(\.before))
    change = mean.flatMap { mean in before.map { HabitWeek.change(from: $0, to: mean) } }
  }

  private static func line(_ habit: Habit, _ history: HabitHistory, _ week: PersonWeek, _ calendar: HabitCalendar) -> Line? {
    if history.start > week.last { return nil }
    let days = history.week(week, today: calendar.today)
    let isAway = habit.status == .archived && days.blocks.allSatisfy { $0.mark == .paused || $0.mark == .nothing }
    if isAway { return nil }
    let state = habit.state.flatMap { $0.next <= week.first ? $0 : nil }
    func figures(before day: Day) -> HabitFigures? {
      calendar.history(of: habit, before: day).reckoning(from: state, today: day)?.figures
    }
    let isCurrent = calendar.today <= week.last
    let ended = isCurrent ? history.reckoning(from: state, today: calendar.today)?.figures : figures(before: week.next.first)
    guard let ended else { return nil }
    return Line(
      it: ReckonedHabit(habit: habit, history: history, figures: ended), week: days,
      before: history.week(week.previous, today: calendar.today), began: history.start < week.first ? figures(before: week.first) : nil)
  }

  /// Skips of the week, by reason.
  var skips: [(reason: SkipReason?, count: Int)] {
    let skipped = lines.flatMap(\.week.blocks).filter { $0.mark == .skipped }
    let counts = Dictionary(grouping: skipped, by: \.reason).mapValues(\.count)
    return (SkipReason.allCases.map { Optional($0) } + [nil]).compactMap { reason in counts[reason].map { (reason, $0) } }
  }

  /// The habits by groups, in the person's order; one part without a name where there are no groups.
  var groups: [(name: String, lines: [Line])] {
    var names: [String] = []
    for line in lines where !names.contains(where: { $0.utf8.elementsEqual(line.habit.group.utf8) }) { names.append(line.habit.group) }
    return names.map { name in (name, lines.filter { $0.habit.group.utf8.elementsEqual(name.utf8) }) }
  }
}

extension HabitCalendar {
  /// When a habit date begins.
  func start(of day: Day) -> Instant { zone.start(of: day).advanced(hours: dayStart) }

  /// The same habit as it was before a date.
  func history(of habit: Habit, before day: Day) -> HabitHistory {
    history(of: habit, with: habit.entries.filter { $0.date < day })
  }

  /// Whether what was read of a habit tells how it was on a date: its stored past fits, or all of its entries are here.
  func isEnough(_ habit: Habit, from day: Day) -> Bool {
    guard let state = habit.state, state.next <= day else { return true }
    return state.fits(history(of: habit))
  }
}
