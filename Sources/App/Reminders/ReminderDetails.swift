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
  /// Which signed address completes it; nil: there never was one.
  let linkNumber: Int?
  /// Whether somebody shares the account, whom it could be offered to.
  let hasColleagues: Bool
  /// The deadline that it belongs to.
  let deadline: ID<Deadline>?
  /// With whom it is to stay in touch.
  let known: ID<KnownPerson>?
  /// The event whose next time it rings for.
  let event: ID<Event>?

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
    let escalations = Query(
      """
      SELECT e.id, \(EscalationProgress.columns), e.occurrence_at, coalesce(o.missed, e.missed) AS missed,
        coalesce(o.missed_from, e.missed_from) AS missed_from, e.created_at, e.ended_at, e.open
      FROM escalations e LEFT JOIN occurrences o ON o.reminder_id = e.reminder_id AND o.due_at = e.occurrence_at AND o.user_id = me() AND e.reason IS NULL
      WHERE e.reminder_id = \(id) AND e.user_id = me() ORDER BY e.id DESC LIMIT 20
      """, into: EscalationSummary.init)
    let snoozes = Query(
      """
      SELECT from_time AS from, until_time AS until, words, reason FROM snoozes WHERE reminder_id = \(id) AND user_id = me() ORDER BY from_time DESC LIMIT 20
      """, into: PastSnooze.init)
    let colleagues = Query<Bool>(column: "SELECT count(*) > 1 FROM door.members()")
    let (found, profiles, past, slept, texts, links, others, deadlines, people, events) = try web.read(
      reminder, profile, escalations, snoozes, ReminderText.query(id), CompletionLink.number(of: id), colleagues, Reminder.deadline(of: id),
      Reminder.person(of: id), Reminder.event(of: id))
    guard let (reminder, revision) = found.first else { throw Failure.notFound }
    let text = ReminderText.of(reminder.description, stored: texts.first ?? nil)
    return ReminderDetails(
      reminder: reminder, revision: revision, profile: profiles.first, escalations: past, snoozes: slept, text: text,
      linkNumber: links.first, hasColleagues: others.first ?? false, deadline: deadlines.first, known: people.first,
      event: events.first)
  }
}

/// An escalation as the reminder's page lists it.
struct EscalationSummary {
  let id: ID<Escalation>
  let progress: EscalationProgress
  let occurrenceAt: Instant
  /// How many occurrences before it never fired, and the first of them.
  let missed: Int
  let missedFrom: Instant?
  let createdAt: Instant
  let endedAt: Instant?
  let isOpen: Bool
}

/// A snooze as the reminder's page lists it.
struct PastSnooze {
  let from: Instant
  let until: Instant
  let words: String
  let reason: String
}
