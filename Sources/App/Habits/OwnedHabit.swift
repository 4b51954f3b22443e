import Domain
import Postgres

/// A habit with what its owner's days go by: for what happens by itself.
struct OwnedHabit {
  let habit: Habit
  let clock: HabitClock
  let weekStart: Weekday

  init(row: Row, zones: Zones) throws(PostgresError) {
    habit = try Habit(row: row)
    clock = HabitClock(zone: try zones.stored(row), dayStart: try row("day_start"))
    weekStart = try row("week_start")
  }

  var history: HabitHistory {
    HabitHistory(
      created: habit.createdOn, start: habit.state?.start, weekStart: weekStart, changes: habit.changes, entries: habit.entries,
      pauses: habit.pauses.map(\.dates))
  }
}
