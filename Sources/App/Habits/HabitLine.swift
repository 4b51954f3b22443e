import Domain
import Postgres

/// A habit as a list of all shows it on one date: reckoned once, and kept in a small row (``HabitLines``). An object: it is sorted, counted and chosen by
/// a dozen conditions, and copies of its texts took a third of the page's time.
final class HabitLine {
  let id: ID<Habit>
  let revision: Int
  let position: Int
  let name: String
  let unit: String
  /// "" for none.
  let group: String
  let status: HabitStatus
  let kind: HabitKind
  let step: Amount
  let colour: Int
  let preferredTime: TimeOfDay?
  let figures: HabitBrief
  /// The last seven dates that are offered, the oldest first.
  let dates: [Date]
  /// When the pause that holds today ends; nil: it is not paused, or there is no end.
  let pauseEnd: Day?
  /// Whether a pause of everything holds it now or later.
  let isPausedTogether: Bool

  /// How a date stands.
  struct Date {
    let day: Day
    let mark: HabitCell.Mark
    /// What was entered, zero too; of ticks 0. Nil: nothing.
    let entered: Amount?
    /// Whether one press enters 0: nothing is entered of an at-most habit.
    let entersZero: Bool
  }

  var isPaused: Bool { figures.today.isPaused }

  init(_ it: ReckonedHabit, _ calendar: HabitCalendar) {
    let habit = it.habit
    (id, revision, position, status, kind) = (habit.id, habit.revision, habit.position, habit.status, habit.kind)
    (name, unit, group) = (habit.name, habit.unit, habit.group)
    (step, colour, preferredTime) = (habit.step, habit.colour, habit.preferredTime)
    figures = HabitBrief(it.figures)
    let days = calendar.shown
    let cells = it.history.cells((days.first ?? calendar.today)...calendar.today, today: calendar.today)
    dates = cells.filter { days.contains($0.date) }.map { cell in
      let entersZero = habit.kind == .amount && cell.entered == nil && it.history.rule(on: cell.date).target?.direction == .atMost
      return Date(day: cell.date, mark: cell.mark, entered: cell.entered, entersZero: entersZero)
    }
    pauseEnd = habit.pauseEnd(on: calendar.today)
    isPausedTogether = habit.pauses.contains { $0.isOfAll && $0.until.map { $0 > calendar.today } ?? true }
  }

  /// What ``bytes(_:)`` wrote. Nil for what was reckoned for another date or calendar, or by another version of this program.
  init?(_ id: ID<Habit>, revision: Int, _ bytes: [UInt8], _ key: HabitLineKey) {
    var reader = StateReader(bytes)
    guard reader.byte() == HabitLine.version, HabitLineKey(&reader) == key, let name = reader.text(), let unit = reader.text(),
      let group = reader.text(), let status = reader.number(in: 0...HabitStatus.allCases.count - 1),
      let kind = reader.number(in: 0...HabitKind.allCases.count - 1), let position = reader.number(), let step = reader.amount(),
      let colour = reader.number(), let preferred = reader.optional(in: 0...86_399), let figures = HabitBrief(&reader),
      let count = reader.number(in: 0...7)
    else { return nil }
    (self.id, self.revision, self.position, self.name, self.unit, self.group) = (id, revision, position, name, unit, group)
    (self.status, self.kind) = (HabitStatus.allCases[status], HabitKind.allCases[kind])
    (self.step, self.colour, self.figures) = (step, colour, figures)
    preferredTime = preferred.flatMap { TimeOfDay(second: $0) }
    var dates: [Date] = []
    dates.reserveCapacity(count)
    for _ in 0..<count {
      guard let word = reader.number(in: 0...Int(Int32.max)), word & 7 < HabitLine.marks.count else { return nil }
      let amount = word >> 3 & 3
      var entered = amount == 1 ? Amount.zero : nil
      if amount == 2 {
        guard let sum = reader.amount() else { return nil }
        entered = sum
      }
      let day = figures.today.date.advanced(by: -(word >> 5))
      dates.append(Date(day: day, mark: HabitLine.marks[word & 7], entered: entered, entersZero: amount == 3))
    }
    self.dates = dates
    guard let end = reader.optional(in: Day.first.number...Day.last.number), let together = reader.number(in: 0...1), reader.isAtEnd
    else { return nil }
    pauseEnd = end.map { Day($0) }
    isPausedTogether = together == 1
  }
}

extension HabitCalendar {
  /// The dates whose buttons a list shows.
  var shown: [Day] { Array(offered.suffix(7)) }

  /// When a line of it is good.
  var lineKey: HabitLineKey {
    HabitLineKey(today: today, HabitClock(zone: zone, dayStart: dayStart), weekStart: weekStart, leftOut: leftOut)
  }
}

// MARK: - How it is kept

extension HabitLine {
  /// Raised with every change of what is written, or of how it is reckoned: what was kept before counts no more.
  private static let version: UInt8 = 3

  private static let marks = HabitCell.Mark.allCases

  /// What is stored of it; ``id`` and ``revision`` stand beside.
  func bytes(_ key: HabitLineKey) -> [UInt8] {
    var out = StateWriter(bytes: [HabitLine.version])
    key.write(to: &out)
    for text in [name, unit, group] { out.add(text) }
    out.add(HabitStatus.allCases.firstIndex(of: status) ?? 0)
    out.add(HabitKind.allCases.firstIndex(of: kind) ?? 0)
    for number in [position, step.thousandths, colour] { out.add(number) }
    out.add(preferredTime?.second)
    figures.write(to: &out)
    out.add(dates.count)
    for date in dates {
      // One number where nothing is entered (3: and a press enters 0), or 0.
      let mark = HabitLine.marks.firstIndex(of: date.mark) ?? 0
      let amount = date.entered.map { $0 == .zero ? 1 : 2 } ?? (date.entersZero ? 3 : 0)
      out.add(mark | amount << 3 | date.day.distance(to: figures.today.date) << 5)
      if let entered = date.entered, amount == 2 { out.add(entered.thousandths) }
    }
    out.add(pauseEnd?.number)
    out.add(isPausedTogether ? 1 : 0)
    return out.bytes
  }
}
