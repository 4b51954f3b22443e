import Domain
import HTML
import Postgres
import Web

/// The reminder of a habit as its row says.
struct HabitReminderRow {
  let id: ID<Reminder>
  let nextAt: Instant?
  let snoozedUntil: Instant?
  let profile: String
  let isPreset: Bool

  /// Which reminder a habit of the person has: one or none.
  static func ids(of id: ID<Habit>) -> Query<ID<Reminder>> {
    Query(column: "SELECT id FROM reminders WHERE habit_id = \(id) AND user_id = (SELECT me())")
  }

  /// Of a habit of the person that the transaction is for; no row: it has none.
  static func query(_ id: ID<Habit>) -> Query<HabitReminderRow> {
    Query(
      """
      SELECT r.id, r.next_at, r.snoozed_until, p.name AS profile, p.preset IS NOT NULL AS is_preset
      FROM reminders r JOIN profiles p ON p.id = r.profile_id WHERE r.habit_id = \(id) AND r.user_id = (SELECT me())
      """, into: HabitReminderRow.init)
  }
}

/// What the page of a habit says of its reminder.
struct HabitReminderLine {
  let path: Path
  let text: String
  let next: TimeText?

  init(_ row: HabitReminderRow, _ habit: Habit, _ person: Person, _ web: Context) {
    path = Paths.reminder(row.id)
    let profile = ProfileWords.name(row.profile, isPreset: row.isPreset, web.words)
    text = web.words("At {time}, {profile}", ["time": habit.preferredTime?.text ?? "", "profile": profile])
    next = (row.snoozedUntil ?? row.nextAt).map { TimeText($0, person, web.clock) }
  }
}
