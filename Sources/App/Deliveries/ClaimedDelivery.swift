import Domain
import HTML
import Postgres
import Web

/// A message that is claimed, with everything that decides whether and how it is sent: read when it is sent, so that nothing is stale.
struct ClaimedDelivery {
  let message: OutboxMessage
  let account: ID<Account>
  let escalation: ID<Escalation>
  let reminder: ID<Reminder>
  /// Whether the reminder is a habit's.
  let isHabit: Bool
  let run: Int
  let tier: Int
  let round: Int
  let title: String
  let hasNotes: Bool
  /// Its notes as they are stored, else as they were typed; neither of many that waited for one person (``mostTexts``).
  let text: RenderedText?
  let notes: String
  let importance: Importance
  let occurrenceAt: Instant
  /// How many occurrences before it never fired, and the first of them.
  let missed: Int
  let missedFrom: Instant?
  let tiers: Int
  let isWanted: Bool
  /// A later step of this run has been told the same way, or is about to be: one for the same instant only where both were held.
  let isOvertaken: Bool
  /// When the next step of its escalation is due.
  let nextStepAt: Instant?
  let isOn: Bool
  /// What the person has told the channel.
  let told: SealedSettings?
  let muted: OutboxReason?
  let email: String
  let name: String
  let isVerified: Bool
  let language: Language
  let zone: Zone
  let quiet: (from: TimeOfDay, until: TimeOfDay)?

  /// - Parameter zones: a zone that this machine has lost goes on by its last rule.
  init(row: Row, zones: Zones) throws(PostgresError) {
    message = try row(from: 0)
    account = try row("account_id")
    escalation = try row("escalation_id")
    reminder = try row("reminder_id")
    isHabit = try row("is_habit")
    run = try row("run")
    tier = try row("tier")
    round = try row("round")
    title = try row("title")
    hasNotes = try row("has_notes")
    text = try ReminderText.stored(row)
    notes = try row("notes")
    importance = try row("importance")
    occurrenceAt = try row("occurrence_at")
    missed = try row("missed")
    missedFrom = try row("missed_from")
    tiers = try row("tiers")
    isWanted = try row("wanted")
    isOvertaken = try row("overtaken")
    nextStepAt = try row("next_step_at")
    isOn = try row("is_on")
    told = SealedSettings(try row("configuration"), account)
    muted = try row("muted")
    email = try row("email")
    name = try row("display_name")
    isVerified = try row("verified")
    language = try row("language")
    zone = try zones.stored(row)
    quiet = try Quiet.hours(row)
  }

  /// How many reminders a digest may tell of and still hold their notes.
  static let mostTexts = 3

  /// Some messages. Those of one moment come in the person's order of habits, then in that of their reminders: each message has an id of chance.
  static func query(_ ids: [ID<OutboxMessage>], _ zones: Zones) -> Query<ClaimedDelivery> {
    Query(
      """
      SELECT \(OutboxMessage.columns), u.account_id, d.escalation_id, d.reminder_id, r.habit_id IS NOT NULL AS is_habit, d.run, d.tier, d.round,
        e.next_step_at,
        EXISTS (SELECT 1 FROM outbox n
          WHERE n.escalation_id = d.escalation_id AND n.run = d.run AND n.channel = d.channel AND n.recipient_id = d.recipient_id
            AND (n.round, n.tier) > (d.round, d.tier) AND n.state IN ('pending', 'held', 'sending', 'sent', 'delivered')
            AND (d.state = 'held' OR n.round > 0 OR e.plan->'tiers'->(n.tier - 1)->'delay' <> e.plan->'tiers'->(d.tier - 1)->'delay')) AS overtaken,
        r.title, r.description <> '' AS has_notes, t.html, t.plain,
        CASE WHEN many.user_id IS NULL AND t.reminder_id IS NULL THEN r.description ELSE '' END AS notes, r.importance, e.occurrence_at,
        coalesce(o.missed, e.missed) AS missed, coalesce(o.missed_from, e.missed_from) AS missed_from,
        jsonb_array_length(e.plan->'tiers') AS tiers,
        e.state = 'active' AND e.run = d.run AS wanted, coalesce(a.enabled, true) AS is_on, a.configuration, m.reason AS muted, u.email, u.display_name,
        u.verified_at IS NOT NULL AS verified, u.language, u.timezone, u.zone_rule, u.quiet_from, u.quiet_until
      FROM outbox d JOIN escalations e ON e.id = d.escalation_id JOIN reminders r ON r.id = d.reminder_id JOIN users u ON u.id = d.user_id
      LEFT JOIN occurrences o ON o.reminder_id = d.reminder_id AND o.due_at = e.occurrence_at AND e.reason IS NULL
      LEFT JOIN agents a ON a.user_id = d.user_id AND a.type = d.channel
      LEFT JOIN (SELECT h.user_id FROM outbox h JOIN escalations o ON o.id = h.escalation_id AND o.state = 'active' AND o.run = h.run
        WHERE h.id = ANY (\(ids)) AND h.state = 'held' GROUP BY h.user_id HAVING count(DISTINCT h.escalation_id) > \(mostTexts)) many
        ON many.user_id = d.user_id AND d.state = 'held'
      LEFT JOIN reminder_texts t ON t.reminder_id = d.reminder_id AND t.version = \(Markdown.version) AND many.user_id IS NULL
      LEFT JOIN muted_addresses m ON m.user_id = d.user_id AND m.agent = d.channel AND m.address = u.email_key
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.created_at, d.tier, d.round,
        (SELECT h.position FROM habits h WHERE h.id = r.habit_id AND h.user_id = r.user_id), r.id, d.id
      """
    ) { row throws(PostgresError) in try ClaimedDelivery(row: row, zones: zones) }
  }

  /// Habits that are told in one minute leave as one message (RULES 5.19); nil: it is told alone, as what a worker died with always is.
  var minute: Int64? {
    guard isHabit, message.state == .pending, message.lost == 0, message.reason != .singly else { return nil }
    return message.dueAt.seconds / 60
  }

  /// What is to be done with it.
  enum Decision: Equatable {
    case send
    case hold(until: Instant)
    /// Held until the address is verified: the database then makes it due.
    case holdUnverified
    /// Not sent, for this reason.
    case drop(OutboxReason)
    /// Laid out to be fetched until then.
    case layOut(until: Instant)
    /// Failed, for this reason.
    case fail(OutboxReason)
  }

  /// Decided in the transaction that claims it: what is answered by now is not sent (RULES 3.8), the person's switches and quiet hours are
  /// those of this moment (RULES 3.7, 3.9).
  ///
  /// - Parameters:
  ///   - mayReceive: whether the address was shown to be theirs; else anybody could have words of their choice sent to anybody.
  ///   - isFetched: whether it is laid out in place of being sent (``Channel/isFetched``).
  func decision(at now: Instant, mayReceive: Bool, isFetched: Bool) -> Decision {
    if !isWanted { return .drop(.answered) }
    if isOvertaken { return .drop(.superseded) }
    if !isOn { return .drop(.switchedOff) }
    if let failure = message.fetchFailure { return .fail(failure) }
    if let muted { return .drop(muted) }
    if !mayReceive { return .holdUnverified }
    if importance != .critical, let quiet, let end = Quiet.end(quiet, zone, at: now) { return .hold(until: end) }
    // A step that is due within the minute in which quiet hours end, or that another worker is about to do by now, comes in its place. Once it
    // was waited for, `dueAt` lies behind it: one that fails holds nothing up.
    let dueAt = message.dueAt
    if message.state == .held, let step = nextStepAt, step >= dueAt, step <= now || step < dueAt.advanced(seconds: 60) {
      return .hold(until: max(step, now.advanced(seconds: 1)))
    }
    return isFetched ? .layOut(until: now.advanced(hours: Pull.hours)) : .send
  }
}
