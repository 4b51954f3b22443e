import Domain
import Postgres

extension HabitDraft {
  /// What makes it, behind all others of the person.
  func inserting(_ id: ID<Habit>, for user: ID<User>, on today: Day, at now: Instant) -> [SQL] {
    let fields = fields(of: user)
    return [
      """
      INSERT INTO habits (id, user_id, status, position, created_on, created_at, updated_at, \(fields.columns))
      SELECT \(id), \(user), 'active', 1 + coalesce(max(position), 0), \(today), \(now), \(now), \(fields.values)
      FROM habits WHERE user_id = \(user) AND status <> 'deleted'
      """,
      HabitDraft.asking(rule, of: id, user, from: today),
    ]
  }

  /// What changes the stored one: what is asked changes from today on.
  func updating(_ stored: (habit: Habit, rule: HabitRule), on today: Day, at now: Instant) -> [SQL] {
    let habit = stored.habit
    let row: SQL = """
      UPDATE habits SET \(fields(of: habit.user).assignments), version = version + 1, updated_at = \(now)
      WHERE id = \(habit.id) AND user_id = \(habit.user)
      """
    return stored.rule == rule ? [row] : [row, HabitDraft.asking(rule, of: habit.id, habit.user, from: today)]
  }

  private func fields(of user: ID<User>) -> RowValues {
    [
      "name": "\(name)", "description": "\(description)", "kind": "\(kind)", "unit": "\(unit)", "step": "\(step)", "colour": "\(colour)",
      "habit_group": HabitDraft.group(group, of: user), "preferred_time": "\(preferredTime?.second)",
      "reminder_profile_id": "\(reminderProfile)",
    ]
  }

  /// A group's name as it is spelled already: letter case makes no other group.
  static func group(_ name: String, of user: ID<User>) -> SQL {
    """
    coalesce((SELECT g.habit_group FROM habits g WHERE g.user_id = \(user) AND g.status <> 'deleted' AND lower(g.habit_group) = lower(\(name))
      ORDER BY g.position, g.id LIMIT 1), \(name))
    """
  }

  /// What is asked from a day on; of several on one day the last stands.
  static func asking(_ rule: HabitRule, of id: ID<Habit>, _ user: ID<User>, from day: Day) -> SQL {
    let (asked, target) = (rule.frequency, rule.target)
    return """
      INSERT INTO habit_frequencies (habit_id, user_id, from_date, frequency, days, times, target, direction, period)
      VALUES (\(id), \(user), \(day), \(asked.name), \(asked.bits), \(asked.times), \(target?.amount),
        \(target?.direction ?? .atLeast), \(target?.period ?? .day))
      ON CONFLICT (habit_id, from_date) DO UPDATE SET frequency = excluded.frequency, days = excluded.days, times = excluded.times,
        target = excluded.target, direction = excluded.direction, period = excluded.period
      """
  }
}

extension HabitCommands {
  /// Its place among the person's own, from 1; the others make room.
  func move(to position: Int) throws -> Outcome {
    let order: [ID<Habit>] = try db.rows(
      Query(
        column: "SELECT h.id FROM habits h WHERE h.user_id = \(habit.user) AND h.status <> 'deleted' \(Habit.inOrder) FOR NO KEY UPDATE"))
    var moved = order.filter { $0 != habit.id }
    moved.insert(habit.id, at: min(position - 1, moved.count))
    if moved == order { return .already }
    try db.queue([
      .update(
        "habits", set: [.each("position", Array(1...moved.count))], by: [.each("id", moved)],
        where: "d.id = t.id AND d.user_id = \(habit.user)")
    ])
    return done("habit.moved", nil, ["position": String(position)])
  }

  /// - Returns: nil when nothing was asked anew on that date, or nothing before it.
  func deleteRule(from: Day) throws -> Outcome? {
    guard try db.value("SELECT door.delete_habit_frequency(\(habit.id), \(from))", as: Int.self) == 1 else { return nil }
    try forget()
    try db.queue(["UPDATE habits SET version = version + 1 WHERE id = \(habit.id) AND user_id = \(habit.user)"])
    return done("habit.rule_removed", from)
  }

  /// - Returns: nil when there is no such pause.
  func deletePause(_ id: ID<StoredPause>) throws -> Outcome? {
    guard let pause = habit.pauses.first(where: { $0.id == id && !$0.isArchive }) else { return nil }
    _ = try db.value("SELECT door.delete_habit_pause(\(id))", as: Int.self)
    try forget()
    return done("habit.pause_removed", pause.from)
  }
}
