import Domain
import Postgres

/// A reminder as a form says it should be.
struct ReminderDraft {
  let title: String
  let description: String
  let importance: Importance
  let profile: ID<EscalationProfile>
  let schedule: Schedule
  /// The first occurrence after now.
  let nextAt: Instant?
  /// Whether the time that was typed does not exist by that zone's clocks and was read after the gap.
  let isMoved: Bool
  /// What the wall shows at a single time; nil: what it shows at the schedule's instant.
  var wall: LocalTime?
  /// What was typed for a series, where that is not what the schedule is written as.
  var words = ""
  /// The day from which the controls of a series begin (``Reminder/firstDay``).
  var firstDay: Day?
  /// By what it is completed beside by hand; nil: as it is.
  var criterion: CompletionCriterion?
  /// What is new, for the audit log; nothing for a new reminder.
  var changes: [String: String] = [:]
  /// Whose it is.
  var habit: ID<Habit>?
  /// Whether the desk makes it, about customers or channels.
  var isOfDesk = false
}

extension ReminderDraft {
  /// What was meant by a single time; nil for a series.
  var meant: LocalTime? { schedule.at.map { wall ?? schedule.zone.local($0) } }

  /// None where the zone is lost, so that all is computed afresh when it is found again.
  func stamp(_ zones: String) -> String { schedule.zone.isLost ? "" : zones }

  /// What a form says of a reminder, as its row holds it.
  private var fields: RowValues {
    ["title": "\(title)", "description": "\(description)", "importance": "\(importance)", "profile_id": "\(profile)"]
  }

  /// And of its schedule.
  private func scheduleFields(_ zoneVersion: String) -> RowValues {
    [
      "kind": "\(schedule.kindName)", "timezone": "\(schedule.zone.name)", "at": "\(schedule.at)", "wall": "\(meant)",
      "cron": "\(schedule.cronText)", "rule": "\(schedule.ruleText)", "rule_from": "\(schedule.ruleFrom)", "first_day": "\(firstDay)",
      "words": "\(words)", "every_minutes": "\(schedule.everyMinutes)",
      "exclude_dates": "\(Array(schedule.excludedDays).sorted())", "exclude_weekends": "\(schedule.excludesWeekends)",
      "zone_version": "\(stamp(zoneVersion))", "zone_rule": "\(schedule.zone.rule)", "zone_lost": "\(schedule.zone.isLost)",
    ]
  }

  /// Inserts the reminder with its schedule.
  func insert(_ id: ID<Reminder>, for user: ID<User>, zoneVersion: String, at now: Instant, _ db: Connection) throws(PostgresError) {
    try db.runAll(inserting(id, for: user, zoneVersion: zoneVersion, at: now))
  }

  /// What inserts it.
  func inserting(_ id: ID<Reminder>, for user: ID<User>, zoneVersion: String, at now: Instant) -> [SQL] {
    let schedule = scheduleFields(zoneVersion)
    let rows: [SQL] = [
      """
      INSERT INTO reminders (id, user_id, habit_id, of_desk, status, next_at, created_at, updated_at, \(fields.columns))
      VALUES (\(id), \(user), \(habit), \(isOfDesk), 'active', \(nextAt), \(now), \(now), \(fields.values))
      """,
      """
      INSERT INTO schedules (reminder_id, user_id, \(schedule.columns)) VALUES (\(id), \(user), \(schedule.values))
      """,
    ]
    let criterion = criterion.flatMap { $0 == .manual ? nil : $0.saving(of: id, user, at: now) }
    return rows + ReminderText.saving(description, of: id, user) + [criterion].compactMap(\.self)
  }

  /// Whether the edit gives a snoozed reminder another next time: it is to ring then, not when the snooze would have ended (RULES 3.6).
  func movesOn(_ stored: Reminder, at now: Instant) -> Bool {
    guard stored.status == .snoozed, stored.schedule != schedule else { return false }
    return stored.coming(after: now) != nextAt
  }

  /// What writes it over the stored one of a habit, which has no form and no version of its own; nothing where it is so already.
  func overwriting(_ stored: Reminder, zoneVersion: String, at now: Instant) -> [SQL] {
    if stored.title.utf8.elementsEqual(title.utf8), stored.profile == profile, stored.schedule == schedule { return [] }
    return [
      """
      UPDATE reminders SET \(fields.assignments), version = version + 1, updated_at = \(now) WHERE id = \(stored.id) AND user_id = \(stored.user)
      """,
      """
      UPDATE schedules SET \(scheduleFields(zoneVersion).assignments) WHERE reminder_id = \(stored.id) AND user_id = \(stored.user)
      """,
    ]
  }

  /// Writes the edited reminder over the stored one. An open escalation keeps its plan.
  ///
  /// - Returns: false when the stored one is not of that version any more.
  func update(_ stored: Reminder, version: Int, zoneVersion: String, at now: Instant, _ db: Connection) throws(PostgresError) -> Bool {
    // A completed or archived reminder that is edited stays so; it has no next time.
    let next = stored.status == .active || stored.status == .snoozed ? nextAt : nil
    let changed = try db.run(
      """
      UPDATE reminders SET \(fields.assignments), next_at = \(next), version = version + 1, updated_at = \(now)
      WHERE id = \(stored.id) AND user_id = \(stored.user) AND version = \(version)
      """)
    guard changed == 1 else { return false }
    let rest: SQL =
      """
      UPDATE schedules SET \(scheduleFields(zoneVersion).assignments) WHERE reminder_id = \(stored.id) AND user_id = \(stored.user)
      """
    let criterion = criterion.flatMap { $0 == stored.criterion ? nil : $0.saving(of: stored.id, stored.user, at: now) }
    try db.runAll([rest] + ReminderText.saving(description, of: stored.id, stored.user) + [criterion].compactMap(\.self))
    return true
  }
}
