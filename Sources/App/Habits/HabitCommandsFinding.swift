import Domain
import Postgres

extension HabitCommands {
  /// - Throws: ``Failure/notFound`` when it is missing, deleted or somebody else's.
  static func find(_ id: ID<Habit>, by source: Source = .page, _ web: Context) throws -> HabitCommands {
    let (found, reminders) = try Habit.find("h.id = \(id)", beside: Reading(rows: HabitReminderRow.ids(of: id)), web)
    return try one(found, reminders, by: source, web)
  }

  /// One that is ticked, with what the coach has said of the dates that may be.
  static func findToTick(_ id: ID<Habit>, _ web: Context) throws -> (commands: HabitCommands, said: [CoachSaid]) {
    let dates = HabitCalendar(try web.person, at: web.now).judged
    let beside = Reading(rows: HabitReminderRow.ids(of: id), CoachSaid.about(id, dates))
    let (found, (reminders, said)) = try Habit.find("h.id = \(id)", beside: beside, web)
    return (try one(found, reminders, by: .page, web), said)
  }

  private static func one(_ found: [Habit], _ reminders: [ID<Reminder>], by source: Source, _ web: Context) throws -> HabitCommands {
    guard let habit = found.first else { throw Failure.notFound }
    let rings = habit.reminderProfile != nil || !reminders.isEmpty
    return HabitCommands(habit, HabitCalendar(try web.person, at: web.now), at: web.now, web.db, by: source, rings: rings)
  }

  /// Several, in the order of their ids; what is done to them is one press.
  ///
  /// - Throws: ``Failure/notFound`` when one of them is missing, deleted or somebody else's.
  static func find(_ ids: [ID<Habit>], _ web: Context) throws -> [HabitCommands] {
    let found = try all(of: Habit.find("h.id = ANY (\(ids))", web), web)
    guard found.count == ids.count else { throw Failure.notFound }
    return found
  }

  /// Those of the person that a condition on `habits h` names, in the order of their ids.
  static func find(where which: SQL, _ web: Context) throws -> [HabitCommands] { try all(of: Habit.find(which, web), web) }

  /// Those of the person that are not archived, paused ones among them.
  static func active(_ web: Context) throws -> [HabitCommands] { try all(of: Habit.find("h.status = 'active'", web), web) }

  private static func all(of habits: [Habit], _ web: Context) throws -> [HabitCommands] {
    let (calendar, press) = (HabitCalendar(try web.person, at: web.now), ID<HabitPress>.new(at: web.now))
    return habits.map { HabitCommands($0, calendar, at: web.now, web.db, press: press) }
  }
}
