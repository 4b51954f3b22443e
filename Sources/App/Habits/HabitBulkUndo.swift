import Domain
import Postgres
import Web

/// A date that a bulk form ticked or skipped.
private struct PressedDay {
  let habit: ID<Habit>
  let date: Day
  let isSkip: Bool
}

extension Habits {
  /// POST /habits/bulk/:press/restoration: takes back what a bulk form did at that instant, but for what was changed since.
  static func restoreMany(_ web: Context, _ at: Instant) throws -> Change {
    let (user, offered) = (try web.person.id, HabitCalendar(try web.person, at: web.now).offered)
    guard let first = offered.first, let last = offered.last else { throw Failure.notFound }
    // A pause keeps when it was made in its id, to the millisecond.
    let stamp = UInt64(max(at.microseconds, 0) / 1000) << 16
    let (low, high) = (ID<StoredPause>(high: stamp, low: 0), ID<StoredPause>(high: stamp | 0xFFFF, low: .max))
    let pressed: SQL = """
      d.user_id = \(user) AND d.date BETWEEN \(first) AND \(last) AND d.ticked_at = \(at) AND d.state IN ('done', 'skipped')
      """
    let found = try HabitCommands.find(
      where: """
        h.status <> 'deleted' AND (h.id IN (SELECT d.habit_id FROM habit_days d WHERE \(pressed))
          OR h.id IN (SELECT p.habit_id FROM habit_pauses p WHERE p.user_id = \(user) AND p.id BETWEEN \(low) AND \(high) AND p.batch IS NULL))
        """, web)
    // Their rows are locked by now.
    let days: [PressedDay] = try web.db.rows(
      "SELECT d.habit_id, d.date, d.state = 'skipped' AS is_skip FROM habit_days d WHERE \(pressed) ORDER BY d.habit_id, d.date",
      into: PressedDay.init)
    var (entries, count): ([AuditEntry], Int) = ([], 0)
    for commands in found {
      let undone = try commands.takeBack(days.filter { $0.habit == commands.habit.id }, pauses: low...high)
      entries += undone
      count += undone.isEmpty ? 0 : 1
    }
    let says =
      count == 0
      ? web.words("There was nothing to undo.") : web.words.count("{n} habit is as it was.", "{n} habits are as they were.", count)
    return Change(to: web.back(or: Paths.habits), says: says, did: entries)
  }
}

extension HabitCommands {
  /// Out of the archive first: what is put away changes in nothing else.
  fileprivate func takeBack(_ days: [PressedDay], pauses: ClosedRange<ID<StoredPause>>) throws -> [AuditEntry] {
    let made = habit.pauses.filter { pauses.contains($0.id) && !$0.isOfAll }
    if made.contains(where: { $0.isArchive && $0.until == nil }) { return try restore().entries }
    if habit.status == .archived { return [] }
    var entries: [AuditEntry] = []
    for day in days { entries += try undo(day.date, skip: day.isSkip).entries }
    for pause in made where !pause.isArchive && pause.until == nil { entries += try deletePause(pause.id)?.entries ?? [] }
    return entries
  }
}
