import Domain
import Postgres
import Web

/// What the page of an escalation tells. One that nobody answers for a week holds thousands of entries: a page shows the newest, or those
/// before a place that an earlier link names.
struct EscalationDetails {
  let escalation: Escalation
  let title: String
  let status: String
  /// Grows with every change and every note.
  let revision: Int
  let profileVersion: Int?
  let isPreset: Bool
  let importance: Importance
  /// How long after an acknowledgement its owner is asked again where nobody says it; nil: not at all.
  let againMinutes: Int?
  /// Oldest first.
  let events: [Event]
  /// Where the page before this one ends; nil when this one begins with the first entry.
  let earlier: TimelineCursor?
  /// Whether the newest entries are here.
  let isNewest: Bool
  let deliveries: [Delivery]
  let attempts: [Attempt]
  /// Of whom its tiers tell; nil on pages of earlier entries, and of notes alone.
  let tiers: TierDetails?

  /// What of the entries a page shows.
  enum View: String, CaseIterable { case full, notes }

  /// Entries of a page.
  static let most = 100
  /// Bytes of their texts (``Facts/weight``): with more than some hundred for each a page ends earlier.
  static let mostText = 30_000
  /// States of a message.
  static let mostAttempts = 200

  /// - Parameter place: entries before it only; nil: the newest.
  /// - Throws: ``Failure/notFound``.
  static func read(
    _ id: ID<Escalation>, before place: TimelineCursor? = nil, view: View = .full, _ web: Context
  ) throws -> EscalationDetails {
    let escalation = Query<Escalation>("SELECT \(Escalation.columns) FROM escalations e WHERE e.id = \(id) AND e.user_id = me()")
    let about = Query(
      """
      SELECT r.title, r.status, e.revision, p.version AS profile_version, p.preset IS NOT NULL AS is_preset, r.importance, \(AgainStandard.ofReminder)
      FROM escalations e JOIN reminders r ON r.id = e.reminder_id LEFT JOIN profiles p ON p.id = e.profile_id
      WHERE e.id = \(id) AND e.user_id = me()
      """, into: About.init)
    let (found, facts, told, sent, tried) = try web.read(
      escalation, about, events(id, before: place, view), deliveries(id, before: place, view), attempts(id, before: place, view))
    guard let escalation = found.first, let about = facts.first else { throw Failure.notFound }
    let shown = Array(told.suffix(fitting(told)))
    let tiers = try place == nil && view == .full ? TierDetails.read(escalation, isCritical: about.importance == .critical, web) : nil
    return EscalationDetails(
      escalation: escalation, title: about.title, status: about.status, revision: about.revision, profileVersion: about.profileVersion,
      isPreset: about.isPreset, importance: about.importance, againMinutes: about.againMinutes, events: shown,
      earlier: told.count > shown.count ? shown.first.map { TimelineCursor(at: $0.at, id: $0.id) } : nil, isNewest: place == nil,
      deliveries: sent, attempts: tried, tiers: tiers)
  }

  /// How many of these entries a page holds, the newest first: at least one.
  private static func fitting(_ entries: [Event]) -> Int {
    var (count, text) = (0, 0)
    for event in entries.reversed() {
      text += event.facts.weight
      if count == most || count > 0 && text > mostText { break }
      count += 1
    }
    return count
  }

  /// The entries of a page and one more, which tells whether there is an earlier page.
  private static func page(_ id: ID<Escalation>, before place: TimelineCursor?, _ view: View) -> SQL {
    let older: SQL = place.map { "AND (v.at, v.id) < (\($0.at), \($0.id))" } ?? ""
    let kinds: SQL = view == .notes ? "AND v.kind = 'note'" : ""
    return """
      SELECT * FROM escalation_timeline v WHERE v.escalation_id = \(id) AND v.user_id = me() \(kinds) \(older) ORDER BY v.at DESC, v.id DESC
      LIMIT \(most + 1)
      """
  }

  static func events(_ id: ID<Escalation>, before place: TimelineCursor?, _ view: View = .full) -> Query<Event> {
    Query(
      """
      SELECT id, at, kind, run, tier, round, actor, actor_name, ARRAY(SELECT key FROM jsonb_each_text(data)) AS names,
        ARRAY(SELECT value FROM jsonb_each_text(data)) AS values
      FROM (\(page(id, before: place, view))) v ORDER BY at, id
      """, into: Event.init)
  }

  /// What the steps of the page sent.
  private static func sent(_ id: ID<Escalation>, before place: TimelineCursor?, _ view: View) -> SQL {
    """
    SELECT d.* FROM (
      SELECT DISTINCT run, tier, round FROM (\(page(id, before: place, view))) v WHERE kind IN ('escalated', 'advanced')
    ) s JOIN outbox d ON d.escalation_id = \(id) AND d.user_id = me() AND d.run = s.run AND d.tier = s.tier AND d.round = s.round
    """
  }

  static func deliveries(_ id: ID<Escalation>, before place: TimelineCursor?, _ view: View = .full) -> Query<Delivery> {
    deliveries(sent(id, before: place, view))
  }

  /// - Parameter rows: of the outbox.
  static func deliveries(_ rows: SQL) -> Query<Delivery> {
    Query(
      """
      SELECT d.run, d.tier, d.round, d.channel, d.address, c.name AS contact, d.created_at, d.id AS message_id, d.due_at AS at, d.state, d.reason, d.code,
        d.detail
      FROM (\(rows)) d
      LEFT JOIN contacts c ON d.recipient_kind = 'contact' AND c.id = d.recipient_id AND c.user_id = me()
      ORDER BY d.created_at, lower(c.name) NULLS FIRST, d.id
      """, into: Delivery.init)
  }

  /// The states of those messages. A day of retries makes about sixty; what came before the last ``mostAttempts`` is left out. Of one moment: being
  /// sent comes before waiting again, and after the waiting that a row from before began with.
  static func attempts(_ id: ID<Escalation>, before place: TimelineCursor?, _ view: View = .full) -> Query<Attempt> {
    Query(
      """
      SELECT a.message_id, a.at, a.state, a.reason, a.code, a.detail FROM (\(sent(id, before: place, view))) d, LATERAL (
        SELECT * FROM outbox_attempts a WHERE a.message_id = d.id AND a.user_id = me() ORDER BY a.at DESC, a.id DESC LIMIT \(mostAttempts)
      ) a ORDER BY a.at, (a.state = 'pending' AND a.attempt = 0) DESC, array_position(ARRAY['held', 'sending', 'pending'], a.state), a.id
      """, into: Attempt.init)
  }

  private struct About {
    let title: String
    let status: String
    let revision: Int
    let profileVersion: Int?
    let isPreset: Bool
    let importance: Importance
    let againMinutes: Int?
  }

  /// Something that happened.
  struct Event {
    let id: ID<Event>
    let at: Instant
    let kind: String
    let run: Int
    let tier: Int?
    let round: Int?
    let actor: String
    let actorName: String
    let facts: Facts

    /// A fact that is an instant.
    func instant(_ name: String) -> Instant? { facts[name].flatMap { Instant(iso: $0) } }
  }

  /// What is to be told of an entry, by its name.
  struct Facts {
    let names: [String]
    let values: [String?]

    subscript(_ name: String) -> String? { names.firstIndex(of: name).flatMap { values[$0] } }

    /// Bytes of the values on a page, where no character takes more than six.
    var weight: Int {
      var bytes = 0
      for value in values {
        for byte in (value ?? "").utf8 { bytes += [0x22, 0x26, 0x27, 0x3C, 0x3E].contains(byte) ? 6 : 1 }
      }
      return bytes
    }
  }

  /// A message.
  struct Delivery {
    let run: Int
    let tier: Int
    let round: Int
    let channel: AgentType
    let address: String
    /// The name of the contact whom it is for; nil: it is for the person.
    let contact: String?
    let createdAt: Instant
    /// The state it is in, since it is due.
    let state: Attempt

    var id: ID<OutboxMessage> { state.message }
    var dueAt: Instant { state.at }
    /// The state it began in.
    var first: Attempt { Attempt(message: id, at: createdAt, state: .pending) }
  }

  /// A state that a message was in.
  struct Attempt {
    let message: ID<OutboxMessage>
    let at: Instant
    let state: MessageState
    var reason: OutboxReason?
    var code: String?
    var detail = ""
  }
}

extension EscalationDetails.Facts: FromColumns {
  init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
}

extension EscalationDetails.Attempt: FromColumns {
  init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
}

/// A place in a timeline: right before one of its entries.
struct TimelineCursor {
  let at: Instant
  let id: ID<EscalationDetails.Event>

  init(at: Instant, id: ID<EscalationDetails.Event>) { (self.at, self.id) = (at, id) }

  /// Reads what ``text`` wrote.
  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, let microseconds = Int64(String(decoding: parts[0], as: UTF8.self)),
      let id = ID<EscalationDetails.Event>(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    (at, self.id) = (Instant(microseconds: microseconds), id)
  }

  var text: String { "\(at.microseconds).\(id.text)" }
}
