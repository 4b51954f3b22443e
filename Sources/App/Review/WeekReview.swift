import Domain

/// A week of somebody's habits, reckoned from the rows as they are now (RULES 5.24).
struct WeekReview {
  let week: PersonWeek
  let calendar: HabitCalendar
  /// Of the habits that the week asked, in the person's order.
  let lines: [WeekLine]
  /// The habits by groups, in the person's order; one part without a name where there are no groups.
  let groups: [(name: String, lines: [WeekLine])]
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
    let lines = parts.compactMap(\.line)
    (self.lines, groups) = (lines, WeekReview.groups(lines))
    let mean = HabitWeek.mean(lines.map(\.week))
    rate = mean
    let before = HabitWeek.mean(of: lines.map(\.before))
    change = mean.flatMap { mean in before.map { HabitWeek.change(from: $0, to: mean) } }
  }

  /// Skips of the week, by reason.
  var skips: [(reason: SkipReason?, count: Int)] {
    var counts: [SkipReason?: Int] = [:]
    for line in lines {
      for cell in line.week.blocks where cell.mark == .skipped { counts[cell.reason, default: 0] += 1 }
    }
    return (SkipReason.allCases.map { Optional($0) } + [nil]).compactMap { reason in counts[reason].map { (reason, $0) } }
  }

  /// There are few of them.
  private static func groups(_ lines: [WeekLine]) -> [(name: String, lines: [WeekLine])] {
    var groups: [(name: String, lines: [WeekLine])] = []
    for line in lines {
      if let place = groups.firstIndex(where: { $0.name.utf8.elementsEqual(line.group.utf8) }) {
        groups[place].lines.append(line)
      } else {
        groups.append((line.group, [line]))
      }
    }
    return groups
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
