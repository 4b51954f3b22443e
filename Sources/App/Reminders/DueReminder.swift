import Domain
import Postgres

/// What a worker needs of a reminder whose time has come: not its words, which may be 16 KB each, and hundreds are taken at once.
struct DueReminder {
  let user: ID<User>
  /// Whose it is: then that says when it rings, and the schedule only how that reads.
  let habit: ID<Habit>?
  let profile: ID<EscalationProfile>
  let importance: Importance
  /// Whether the desk made it.
  let isOfDesk: Bool
  let state: ReminderState
  let schedule: Schedule
  /// Where a single time stood when it was stored; ``schedule`` says where it stands by the zone data of now.
  let placedAt: Instant?

  /// The columns of ``init(row:zones:)``, from `reminders r JOIN schedules s`.
  static let columns: Columns = """
    r.id, r.user_id, r.habit_id, r.profile_id, r.importance, r.of_desk, r.status, r.next_at, r.last_at, r.snoozed_until, r.completed_at, s.kind, s.timezone, s.zone_rule,
    s.at, s.wall, s.cron, s.rule, s.rule_from, s.every_minutes, s.exclude_dates, s.exclude_weekends
    """

  init(row: Row, zones: Zones) throws(PostgresError) {
    user = try row("user_id")
    habit = try row("habit_id")
    profile = try row("profile_id")
    importance = try row("importance")
    isOfDesk = try row("of_desk")
    state = ReminderState(
      id: try row("id"), status: try row("status"), nextAt: try row("next_at"), lastAt: try row("last_at"),
      snoozedUntil: try row("snoozed_until"), completedAt: try row("completed_at"))
    schedule = try Schedule(row: row, zones: zones)
    placedAt = try row("at")
  }
}
