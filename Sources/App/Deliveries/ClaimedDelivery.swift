import Domain
import HTML
import Postgres
import Web

/// A message that is claimed, with everything that decides whether and how it is sent: read when it is sent, so that nothing is stale. What it says of
/// its recipient is the person's whose reminder it is, or a contact's (``contact``).
struct ClaimedDelivery {
  let message: OutboxMessage
  /// The contact whom it is for; nil: the person whose reminder it is.
  let contact: ToldContact?
  /// The device whose notification it is; nil: it is none, or the device was removed.
  let device: ToldDevice?
  let account: ID<Account>
  let escalation: ID<Escalation>
  let reminder: ID<Reminder>
  /// Whether the reminder is a habit's.
  let isHabit: Bool
  /// Whether it asks how much, which no press of a button says.
  let isAmount: Bool
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
  /// Where it goes: an address, of a contact's SMS a number; a person's own number stands in what they told.
  let email: String
  /// The same, as it is counted what goes there.
  let limited: LimitedAddress
  let name: String
  let isVerified: Bool
  let language: Language
  let zone: Zone
  let quiet: QuietHours

  /// - Parameter zones: a zone that this machine has lost goes on by its last rule.
  init(row: Row, zones: Zones) throws(PostgresError) {
    message = try row(from: 0)
    contact = try ToldContact(row)
    device = try ToldDevice(row)
    let isTold = contact?.showsNotes ?? true
    account = try row("account_id")
    escalation = try row("escalation_id")
    reminder = try row("reminder_id")
    isHabit = try row("is_habit")
    isAmount = try row("is_amount")
    run = try row("run")
    tier = try row("tier")
    round = try row("round")
    title = try row("title")
    // What a contact may not read is not there for them.
    let hasNotes: Bool = try row("has_notes")
    self.hasNotes = isTold && hasNotes
    text = try isTold ? ReminderText.stored(row) : nil
    notes = try isTold ? row("notes") : ""
    importance = try row("importance")
    occurrenceAt = try row("occurrence_at")
    missed = try row("missed")
    missedFrom = try row("missed_from")
    tiers = try row("tiers")
    isWanted = try row("wanted")
    isOvertaken = try row("overtaken")
    nextStepAt = try row("next_step_at")
    isOn = try row("is_on")
    let settings: [UInt8]? = try row("configuration")
    told = message.channel == .push ? device?.told(message.user, account) : SealedSettings(settings, account)
    muted = try row("muted")
    email = try row("email")
    limited = LimitedAddress(channel: message.channel, key: try row("limit_key"))
    name = try row("display_name")
    isVerified = try row("verified")
    language = try row("language")
    zone = try zones.stored(row)
    quiet = try QuietHours(row)
  }

  /// How many reminders a digest may tell of and still hold their notes.
  static let mostTexts = 3

  /// Some messages. Those of one moment come in the person's order of habits, then in that of their reminders: each message has an id of chance.
  static func query(_ ids: [ID<OutboxMessage>], _ zones: Zones) -> Query<ClaimedDelivery> {
    Query(
      """
      SELECT \(OutboxMessage.columns), u.account_id, d.escalation_id, d.reminder_id, r.habit_id IS NOT NULL AS is_habit, d.run, d.tier, d.round,
        EXISTS (SELECT FROM habits h WHERE h.id = r.habit_id AND h.user_id = r.user_id AND h.kind = 'amount') AS is_amount, e.next_step_at,
        EXISTS (SELECT 1 FROM outbox n
          WHERE n.escalation_id = d.escalation_id AND n.run = d.run AND n.channel = d.channel AND n.recipient_id = d.recipient_id
            AND (n.round, n.tier) > (d.round, d.tier) AND n.state IN ('pending', 'held', 'sending', 'sent', 'delivered')
            AND (d.state = 'held' OR n.round > 0 OR e.plan->'tiers'->(n.tier - 1)->'delay' <> e.plan->'tiers'->(d.tier - 1)->'delay')) AS overtaken,
        r.title, r.description <> '' AS has_notes, t.html, t.plain,
        CASE WHEN many.user_id IS NULL AND t.reminder_id IS NULL THEN r.description ELSE '' END AS notes, r.importance, e.occurrence_at,
        coalesce(o.missed, e.missed) AS missed, coalesce(o.missed_from, e.missed_from) AS missed_from,
        jsonb_array_length(e.plan->'tiers') AS tiers,
        e.state = 'active' AND e.run = d.run AS wanted, a.configuration, u.display_name AS owner_name, u.email AS owner_email,
        CASE WHEN d.recipient_kind = 'contact' THEN d.recipient_id END AS contact_id, coalesce(c.shows_notes, false) AS shows_notes,
        d.recipient_kind = 'contact' AND (c.id IS NULL OR c.deleted_at IS NOT NULL) AS removed,
        v.id AS device_id, v.label AS device, v.endpoint_hash, v.subscription,
        CASE WHEN d.recipient_kind = 'contact' THEN coalesce(CASE WHEN d.channel = 'sms' THEN c.notify_sms ELSE c.notify_email END, false)
          ELSE coalesce(a.enabled, true) END AS is_on,
        CASE WHEN s.user_id IS NOT NULL OR p.stopped_at IS NOT NULL THEN 'unsubscribed' WHEN c.id IS NULL OR m.reason = 'refused' THEN m.reason
          END AS muted,
        CASE WHEN d.channel = 'sms' THEN coalesce(c.phone, '') ELSE coalesce(c.address, u.email) END AS email,
        CASE d.channel WHEN 'sms' THEN CASE WHEN p.verified_at IS NOT NULL THEN p.number_key ELSE '' END
          WHEN 'email' THEN coalesce(c.address_key, u.email_key) ELSE '' END AS limit_key, coalesce(c.name, u.display_name) AS display_name,
        CASE WHEN d.channel = 'sms' THEN p.verified_at WHEN d.recipient_kind = 'contact' THEN c.verified_at ELSE u.verified_at END
          IS NOT NULL AS verified,
        coalesce(c.language, u.language) AS language, coalesce(c.timezone, u.timezone) AS timezone, coalesce(c.zone_rule, u.zone_rule) AS zone_rule,
        \(QuietHours.ofRecipient)
      FROM outbox d JOIN escalations e ON e.id = d.escalation_id JOIN reminders r ON r.id = d.reminder_id JOIN users u ON u.id = d.user_id
      LEFT JOIN occurrences o ON o.reminder_id = d.reminder_id AND o.due_at = e.occurrence_at AND e.reason IS NULL
      LEFT JOIN contacts c ON d.recipient_kind = 'contact' AND c.id = d.recipient_id AND c.user_id = d.user_id
      LEFT JOIN contact_stops s ON s.user_id = c.user_id AND s.address_key = c.address_key
      LEFT JOIN agents a ON a.user_id = d.user_id AND a.type = d.channel AND d.recipient_kind <> 'contact'
      LEFT JOIN phones p ON d.channel = 'sms' AND p.user_id = d.user_id AND p.contact_id IS NOT DISTINCT FROM c.id
      LEFT JOIN push_devices v ON d.recipient_kind = 'device' AND v.id = d.recipient_id AND v.user_id = d.user_id
      LEFT JOIN (SELECT h.user_id FROM outbox h JOIN escalations o ON o.id = h.escalation_id AND o.state = 'active' AND o.run = h.run
        WHERE h.id = ANY (\(ids)) AND h.state = 'held' GROUP BY h.user_id HAVING count(DISTINCT h.escalation_id) > \(mostTexts)) many
        ON many.user_id = d.user_id AND d.state = 'held'
      LEFT JOIN reminder_texts t ON t.reminder_id = d.reminder_id AND t.version = \(Markdown.version) AND many.user_id IS NULL
      LEFT JOIN muted_addresses m ON m.user_id = d.user_id AND m.agent = d.channel AND m.address = coalesce(c.address_key, u.email_key)
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
    // A worker died with it: it may have left, and an SMS is not sent twice (RULES 4.2).
    if message.channel == .sms, message.state == .sending { return .fail(.unknown) }
    if !isWanted { return .drop(.answered) }
    if isOvertaken { return .drop(.superseded) }
    if contact?.isRemoved == true { return .drop(.removed) }
    if message.channel == .push, device == nil { return .drop(.noDevice) }
    if !isOn { return .drop(.switchedOff) }
    if let failure = message.fetchFailure { return .fail(failure) }
    if let muted { return .drop(muted) }
    // Of a contact's other address, and of a number, nobody knows when it is verified, if ever: what is told later goes there.
    if !mayReceive { return contact == nil && message.channel != .sms ? .holdUnverified : .drop(.unverified) }
    if let end = quiet.end(zone, at: now, critical: importance == .critical) { return .hold(until: end) }
    // A step that is due within the minute in which quiet hours end, or that another worker is about to do by now, comes in its place. Once it
    // was waited for, `dueAt` lies behind it: one that fails holds nothing up.
    let dueAt = message.dueAt
    if message.state == .held, let step = nextStepAt, step >= dueAt, step <= now || step < dueAt.advanced(seconds: 60) {
      return .hold(until: max(step, now.advanced(seconds: 1)))
    }
    return isFetched ? .layOut(until: now.advanced(hours: Pull.hours)) : .send
  }
}

extension ClaimedDelivery {
  /// Whom it is for, as links name them.
  var recipient: Recipient { contact.map { .contact($0.id) } ?? .user(message.user) }
}

/// A device that is told.
struct ToldDevice {
  let id: ID<PushDevice>
  let label: String
  private let hash: [UInt8]
  private let subscription: [UInt8]

  /// nil: the message is for none, or that was removed.
  init?(_ row: Row) throws(PostgresError) {
    guard let id: ID<PushDevice> = try row("device_id") else { return nil }
    self.id = id
    label = try row("device")
    hash = try row("endpoint_hash")
    subscription = try row("subscription")
  }

  /// Where its browser is reached.
  func told(_ user: ID<User>, _ account: ID<Account>) -> SealedSettings? {
    SealedSettings(subscription, account, at: PushDevice.place(of: user, hash))
  }
}

/// A contact who is told, and of whose reminder.
struct ToldContact {
  let id: ID<Contact>
  /// Deleted since.
  let isRemoved: Bool
  let showsNotes: Bool
  /// Whose reminder it is.
  let ownerName: String
  let ownerEmail: String

  /// nil: the message is for the person whose reminder it is.
  init?(_ row: Row) throws(PostgresError) {
    guard let id: ID<Contact> = try row("contact_id") else { return nil }
    self.id = id
    isRemoved = try row("removed")
    showsNotes = try row("shows_notes")
    ownerName = try row("owner_name")
    ownerEmail = try row("owner_email")
  }
}
