import Domain
import HTML
import Postgres
import Web

/// What the page of a reminder tells: the reminder, its profile, its open escalation and what happened before.
struct ReminderDetails {
  let reminder: Reminder
  /// Grows with every change of the reminder's row, also where the clock stands still or goes back.
  let revision: Int64
  let profile: EscalationProfile?
  let escalations: [EscalationSummary]
  let snoozes: [PastSnooze]
  /// The notes as they look; nil: there are none.
  let text: RenderedText?

  /// - Throws: ``Failure/notFound``.
  static func read(_ id: ID<Reminder>, _ web: Context) throws -> ReminderDetails {
    let reminder = Query<(Reminder, Int64)>(
      """
      SELECT \(Reminder.columns), r.revision FROM reminders r JOIN schedules s ON s.reminder_id = r.id WHERE r.id = \(id) AND r.user_id = me()
      """
    ) { [zones = web.services.zones] row throws(PostgresError) in (try Reminder(row: row, zones: zones), try row("revision")) }
    let profile = Query<EscalationProfile>(
      """
      SELECT \(EscalationProfile.columns) FROM profiles p JOIN reminders r ON r.profile_id = p.id WHERE r.id = \(id) AND p.user_id = me()
      """)
    let escalations = Query<EscalationSummary>(
      """
      SELECT e.id, e.occurrence_at, e.created_at, e.ended_at, e.open, coalesce(o.missed, e.missed) AS missed,
        coalesce(o.missed_from, e.missed_from) AS missed_from, \(EscalationProgress.columns)
      FROM escalations e LEFT JOIN occurrences o ON o.reminder_id = e.reminder_id AND o.due_at = e.occurrence_at AND o.user_id = me() AND e.reason IS NULL
      WHERE e.reminder_id = \(id) AND e.user_id = me() ORDER BY e.id DESC LIMIT 20
      """)
    let snoozes = Query<PastSnooze>(
      """
      SELECT from_time, until_time, words, reason FROM snoozes WHERE reminder_id = \(id) AND user_id = me() ORDER BY from_time DESC LIMIT 20
      """)
    let (found, profiles, past, slept, texts) = try web.read(reminder, profile, escalations, snoozes, ReminderText.query(id))
    guard let (reminder, revision) = found.first else { throw Failure.notFound }
    let text = ReminderText.of(reminder.description, stored: texts.first ?? nil)
    return ReminderDetails(reminder: reminder, revision: revision, profile: profiles.first, escalations: past, snoozes: slept, text: text)
  }
}

/// An escalation as the reminder's page lists it.
struct EscalationSummary: FromRow {
  let id: ID<Escalation>
  let progress: EscalationProgress
  let occurrenceAt: Instant
  /// How many occurrences before it never fired, and the first of them.
  let missed: Int
  let missedFrom: Instant?
  let createdAt: Instant
  let endedAt: Instant?
  let isOpen: Bool

  init(row: Row) throws(PostgresError) {
    id = try row("id")
    progress = try EscalationProgress(row: row)
    occurrenceAt = try row("occurrence_at")
    missed = try row("missed")
    missedFrom = try row("missed_from")
    createdAt = try row("created_at")
    endedAt = try row("ended_at")
    isOpen = try row("open")
  }
}

/// A snooze as the reminder's page lists it.
struct PastSnooze: FromRow {
  let from: Instant
  let until: Instant
  let words: String
  let reason: String

  init(row: Row) throws(PostgresError) {
    from = try row("from_time")
    until = try row("until_time")
    words = try row("words")
    reason = try row("reason")
  }
}
