import Domain

/// A week of somebody's habits, reckoned from the rows as they are now (RULES 5.24).
struct WeekReview {
  let week: PersonWeek
  let calendar: HabitCalendar
  /// Of the habits that the week asked, in the person's order.
  let lines: [WeekLine]
  /// The mean of the habits' rates; nil when none has one.
  let rate: Proportion?
  /// To the week before, in tenths of a point.
  let change: Int?
  /// Of the ticks that were made on their own date.
  let hours: [Int]
  let moved: [MovedGoal]
  let due: [DueGoal]
  /// What the coach said of it.
  let said: WeekSaid?
  /// Where the first of all habits starts; nil: there are none.
  let start: Day?

  var today: Day { calendar.today }
  /// The week that goes on.
  var isCurrent: Bool { today <= week.last }
  /// Nothing was asked, because all that there is was paused.
  var isPaused: Bool {
    !lines.isEmpty
      && lines.allSatisfy { line in line.week.rate == nil && line.week.done == 0 && line.week.blocks.contains { $0.mark == .paused } }
  }

  init(_ reader: WeekReader, _ parts: [WeekPart], moved: [MovedGoal], due: [DueGoal], said: WeekSaid?) {
    (week, calendar, self.moved, self.due, self.said) = (reader.week, reader.calendar, moved, due, said)
    start = parts.map(\.start).min()
    hours = parts.flatMap(\.hours)
    lines = parts.compactMap(\.line)
    let mean = HabitWeek.mean(lines.map(\.week))
    rate = mean
    let before = HabitWeek.mean(of: lines.map(\.before))
    change = mean.flatMap { mean in before.map { HabitWeek.change(from: $0, to: mean) } }
  }

  /// Skips of the week, by reason.
  var skips: [(reason: SkipReason?, count: Int)] {
    let skipped = lines.flatMap(\.week.blocks).filter { $0.mark == .skipped }
    let counts = Dictionary(grouping: skipped, by: \.reason).mapValues(\.count)
    return (SkipReason.allCases.map { Optional($0) } + [nil]).compactMap { reason in counts[reason].map { (reason, $0) } }
  }

  /// The habits by groups, in the person's order; one part without a name where there are no groups.
  var groups: [(name: String, lines: [WeekLine])] {
    var names: [String] = []
    for line in lines where !names.contains(where: { $0.utf8.elementsEqual(line.group.utf8) }) { names.append(line.group) }
    return names.map { name in (name, lines.filter { $0.group.utf8.elementsEqual(name.utf8) }) }
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
