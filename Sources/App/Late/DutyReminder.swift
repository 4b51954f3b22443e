import Domain
import Postgres

/// A reminder that rings now, for a member whom the desk tells of something; whatever it tells of ends it.
enum DutyReminder {
  /// - Parameter profile: one of the member's.
  static func make(
    _ title: String, _ description: String, for member: DutyMember, by profile: ID<EscalationProfile>, at now: Instant, _ bench: WorkBench
  ) throws -> ID<Reminder> {
    let id = ID<Reminder>.new(at: now)
    let zones = bench.services.zones
    let draft = ReminderDraft(
      title: title, description: description, importance: .high, profile: profile,
      schedule: try Schedule(.once(at: now), zone: zones.zone(member.timezone) ?? .utc), nextAt: now, isMoved: false, isOfDesk: true)
    try bench.db.queue(draft.inserting(id, for: member.id, zoneVersion: zones.version, at: now))
    return id
  }

  /// The wanted one where it is theirs; else theirs of the same preset, else that of important reminders.
  static func profile(of user: ID<User>, like wanted: ID<EscalationProfile>? = nil, _ db: Connection) throws -> ID<EscalationProfile> {
    let found: ID<EscalationProfile>? = try db.value(
      """
      SELECT p.id FROM profiles p LEFT JOIN profiles q ON q.id = \(wanted)::uuid WHERE p.user_id = \(user)
      ORDER BY p.id IS NOT DISTINCT FROM q.id DESC, p.preset IS NOT NULL AND p.preset IS NOT DISTINCT FROM q.preset DESC,
        p.preset IS NOT DISTINCT FROM \(Importance.high.preset) DESC, p.id
      LIMIT 1
      """)
    guard let found else { throw PostgresError.value("somebody without a profile") }
    return found
  }

  /// Completes it, unless it was put away or done by hand: then there is nothing left to end.
  static func complete(_ id: ID<Reminder>, of user: ID<User>, at now: Instant, _ bench: WorkBench) throws {
    let lock = Query<ID<Reminder>>(column: "SELECT id FROM reminders WHERE id = \(id) AND user_id = \(user) FOR UPDATE")
    let (_, reminders, escalations) = try bench.db.read(
      lock, Reminder.query("\(id)", of: user, bench.services.zones), Escalation.newest(of: "\(id)", user))
    guard let reminder = reminders.first, reminder.status == .active || reminder.status == .snoozed else { return }
    _ = try ReminderCommands(reminder, escalations.first, by: .system, at: now, bench.db).complete()
  }
}
