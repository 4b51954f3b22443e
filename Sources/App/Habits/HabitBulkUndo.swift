import Domain
import HTML
import Postgres
import Web

/// What one press ticked or skipped: a button, or a form with several dates or habits.
enum HabitPress {}

/// A date that a press ticked or skipped, and what it held before.
private struct PressedDay {
  let habit: ID<Habit>
  let date: Day
  let isSkip: Bool
  /// nil: neither done nor skipped.
  let wasState: HabitEntry.Mark.Name?
  let wasAmount: Amount?
  let wasReason: SkipReason?
}

extension Habits {
  /// POST /habits/bulk/:press/restoration: takes back what a press did, but for what was changed since.
  static func restoreMany(_ web: Context, _ press: ID<HabitPress>) throws -> Change {
    let (user, offered) = (try web.person.id, HabitCalendar(try web.person, at: web.now).offered)
    guard let first = offered.first, let last = offered.last else { throw Failure.notFound }
    // Pauses keep when they were made in their ids, to the millisecond, as the press does.
    let stamp = press.high & ~0xFFFF
    let (low, high) = (ID<StoredPause>(high: stamp, low: 0), ID<StoredPause>(high: stamp | 0xFFFF, low: .max))
    let pressed: SQL = """
      d.user_id = \(user) AND d.date BETWEEN \(first) AND \(last) AND d.press = \(press) AND d.state IN ('done', 'skipped')
      """
    let found = try HabitCommands.find(
      where: """
        h.status <> 'deleted' AND (h.id IN (SELECT d.habit_id FROM habit_days d WHERE \(pressed))
          OR h.id IN (SELECT p.habit_id FROM habit_pauses p WHERE p.user_id = \(user) AND p.id BETWEEN \(low) AND \(high) AND p.batch IS NULL))
        """, web)
    // Their rows are locked by now.
    let days: [PressedDay] = try web.db.rows(
      """
      SELECT d.habit_id, d.date, d.state = 'skipped' AS is_skip, d.was_state, d.was_amount, d.was_reason FROM habit_days d
      WHERE \(pressed) ORDER BY d.habit_id, d.date
      """, into: PressedDay.init)
    var (entries, count): ([AuditEntry], Int) = ([], 0)
    for commands in found {
      let undone = try commands.takeBack(days.filter { $0.habit == commands.habit.id }, pauses: low...high)
      entries += undone
      count += undone.isEmpty ? 0 : 1
    }
    let says =
      count == 0
      ? web.words("There was nothing to undo.") : web.words.count("{n} habit is as it was.", "{n} habits are as they were.", count)
    let place = found.count == 1 ? back(found[0].habit.id, web) : web.back(or: Paths.habits)
    return Change(to: place, says: says, did: entries)
  }
}

extension HabitCommands {
  /// Where the Undo of a press on some dates leads: to the deletion of what the only one of them holds now, else to what each of them held before.
  ///
  /// - Parameters:
  ///   - entries: of what was changed.
  ///   - mark: what was written down for a date.
  /// - Returns: nil: nothing was changed, but for notes, which stay where they are.
  func undo(of dates: [Day], _ entries: [AuditEntry], _ mark: (Day) -> HabitEntry.Mark) -> Path? {
    let changed = dates.filter { entered(on: $0)?.mark != mark($0) }
    guard let date = changed.first, !entries.isEmpty else { return nil }
    guard changed.count == 1, entered(on: date).map({ $0.mark == .note }) ?? true else { return Paths.restoration(press) }
    if case .skipped = mark(date) { return Paths.unskip(habit.id, date) }
    return Paths.uncompletion(habit.id, date)
  }

  /// Out of the archive first: what is put away changes in nothing else.
  fileprivate func takeBack(_ days: [PressedDay], pauses: ClosedRange<ID<StoredPause>>) throws -> [AuditEntry] {
    let made = habit.pauses.filter { pauses.contains($0.id) && !$0.isOfAll }
    if made.contains(where: { $0.isArchive && $0.until == nil }) { return try restore().entries }
    if habit.status == .archived { return [] }
    var entries: [AuditEntry] = []
    for day in days { entries += try putBack(day).entries }
    for pause in made where !pause.isArchive && pause.until == nil { entries += try deletePause(pause.id)?.entries ?? [] }
    return entries
  }

  /// What the date held before; its note stays as it is.
  private func putBack(_ day: PressedDay) throws -> Outcome {
    switch day.wasState {
    case .done?:
      try write(day.date, .done, day.wasAmount, nil, nil)
      return done("habit.completed", day.date, day.wasAmount.map { ["amount": $0.decimal] } ?? [:])
    case .skipped?:
      try write(day.date, .skipped, nil, day.wasReason, nil)
      return done("habit.skipped", day.date, day.wasReason.map { ["reason": $0.rawValue] } ?? [:])
    case .note, nil: return try undo(day.date, skip: day.isSkip)
    }
  }
}
