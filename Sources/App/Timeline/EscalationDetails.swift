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
  /// Oldest first.
  let events: [Event]
  /// Where the page before this one ends; nil when this one begins with the first entry.
  let earlier: TimelineCursor?
  /// Whether the newest entries are here.
  let isNewest: Bool
  let deliveries: [Delivery]
  let attempts: [Attempt]

  /// Entries of a page.
  static let most = 100
  /// States of a message.
  static let mostAttempts = 200

  /// - Parameter place: entries before it only; nil: the newest.
  /// - Throws: ``Failure/notFound``.
  static func read(_ id: ID<Escalation>, before place: TimelineCursor? = nil, _ web: Context) throws -> EscalationDetails {
    let escalation = Query<Escalation>("SELECT \(Escalation.columns) FROM escalations e WHERE e.id = \(id) AND e.user_id = me()")
    let about = Query<About>(
      """
      SELECT r.title, r.status, e.revision, p.version AS profile_version, p.preset IS NOT NULL AS preset
      FROM escalations e JOIN reminders r ON r.id = e.reminder_id LEFT JOIN profiles p ON p.id = e.profile_id
      WHERE e.id = \(id) AND e.user_id = me()
      """)
    let (found, facts, told, sent, tried) = try web.read(
      escalation, about, events(id, before: place), deliveries(id, before: place), attempts(id, before: place))
    guard let escalation = found.first, let about = facts.first else { throw Failure.notFound }
    let shown = Array(told.suffix(most))
    return EscalationDetails(
      escalation: escalation, title: about.title, status: about.status, revision: about.revision, profileVersion: about.profileVersion,
      isPreset: about.isPreset, events: shown,
      earlier: told.count > most ? shown.first.map { TimelineCursor(at: $0.at, id: $0.id) } : nil, isNewest: place == nil, deliveries: sent,
      attempts: tried)
  }

  /// The entries of a page and one more, which tells whether there is an earlier page.
  private static func page(_ id: ID<Escalation>, before place: TimelineCursor?) -> SQL {
    let older: SQL = place.map { "AND (v.at, v.id) < (\($0.at), \($0.id))" } ?? ""
    return """
      SELECT * FROM escalation_timeline v WHERE v.escalation_id = \(id) AND v.user_id = me() \(older) ORDER BY v.at DESC, v.id DESC
      LIMIT \(most + 1)
      """
  }

  static func events(_ id: ID<Escalation>, before place: TimelineCursor?) -> Query<Event> {
    Query(
      """
      SELECT id, at, kind, run, tier, round, actor, actor_name, data->>'reason' AS reason, data->>'occurrence' AS occurrence,
        data->>'missed' AS missed, data->>'missed_from' AS missed_from, data->>'again_at' AS again_at, data->>'until' AS until,
        data->>'words' AS words, data->>'text' AS text, data->>'count' AS count, data->>'not_set_up' AS not_set_up, data->>'instead' AS instead
      FROM (\(page(id, before: place))) v ORDER BY at, id
      """)
  }

  /// What the steps of the page sent.
  private static func sent(_ id: ID<Escalation>, before place: TimelineCursor?) -> SQL {
    """
    SELECT d.* FROM (
      SELECT DISTINCT run, tier, round FROM (\(page(id, before: place))) v WHERE kind IN ('escalated', 'advanced')
    ) s JOIN outbox d ON d.escalation_id = \(id) AND d.user_id = me() AND d.run = s.run AND d.tier = s.tier AND d.round = s.round
    """
  }

  static func deliveries(_ id: ID<Escalation>, before place: TimelineCursor?) -> Query<Delivery> {
    Query(
      """
      SELECT id, run, tier, round, state, due_at, created_at, reason, code, detail, address FROM (\(sent(id, before: place))) d ORDER BY created_at, id
      """)
  }

  /// The states of those messages. A day of retries makes about sixty; what came before the last ``mostAttempts`` is left out. Of one moment: being
  /// sent comes before waiting again, and after the waiting that a row from before began with.
  static func attempts(_ id: ID<Escalation>, before place: TimelineCursor?) -> Query<Attempt> {
    Query(
      """
      SELECT a.message_id, a.at, a.state, a.reason, a.code, a.detail FROM (\(sent(id, before: place))) d, LATERAL (
        SELECT * FROM outbox_attempts a WHERE a.message_id = d.id AND a.user_id = me() ORDER BY a.at DESC, a.id DESC LIMIT \(mostAttempts)
      ) a ORDER BY a.at, (a.state = 'pending' AND a.attempt = 0) DESC, array_position(ARRAY['held', 'sending', 'pending'], a.state), a.id
      """)
  }

  private struct About: FromRow {
    let title: String
    let status: String
    let revision: Int
    let profileVersion: Int?
    let isPreset: Bool

    init(row: Row) throws(PostgresError) {
      title = try row("title")
      status = try row("status")
      revision = try row("revision")
      profileVersion = try row("profile_version")
      isPreset = try row("preset")
    }
  }

  /// Something that happened.
  struct Event: FromRow {
    let id: ID<Event>
    let at: Instant
    let kind: String
    let run: Int
    let tier: Int?
    let round: Int?
    let actor: String
    let actorName: String
    let facts: [String: String]

    init(row: Row) throws(PostgresError) {
      id = try row("id")
      at = try row("at")
      kind = try row("kind")
      run = try row("run")
      tier = try row("tier")
      round = try row("round")
      actor = try row("actor")
      actorName = try row("actor_name")
      var facts: [String: String] = [:]
      facts["reason"] = try row("reason") as String?
      facts["occurrence"] = try row("occurrence") as String?
      facts["missed"] = try row("missed") as String?
      facts["missed_from"] = try row("missed_from") as String?
      facts["again_at"] = try row("again_at") as String?
      facts["until"] = try row("until") as String?
      facts["words"] = try row("words") as String?
      facts["text"] = try row("text") as String?
      facts["count"] = try row("count") as String?
      facts["not_set_up"] = try row("not_set_up") as String?
      facts["instead"] = try row("instead") as String?
      self.facts = facts
    }

    /// A fact that is an instant.
    func instant(_ name: String) -> Instant? { facts[name].flatMap { Instant(iso: $0) } }
  }

  /// A message.
  struct Delivery: FromRow {
    let id: ID<OutboxMessage>
    let run: Int
    let tier: Int
    let round: Int
    let dueAt: Instant
    let address: String
    /// The state it is in.
    let state: Attempt
    /// The one it began in.
    let first: Attempt

    init(row: Row) throws(PostgresError) {
      id = try row("id")
      run = try row("run")
      tier = try row("tier")
      round = try row("round")
      dueAt = try row("due_at")
      address = try row("address")
      let createdAt: Instant = try row("created_at")
      state = try Attempt(id, at: dueAt, row)
      first = Attempt(message: id, at: createdAt, state: .pending)
    }
  }

  /// A state that a message was in.
  struct Attempt: FromRow {
    let message: ID<OutboxMessage>
    let at: Instant
    let state: MessageState
    var reason: OutboxReason?
    var code: String?
    var detail = ""

    init(message: ID<OutboxMessage>, at: Instant, state: MessageState) { (self.message, self.at, self.state) = (message, at, state) }

    init(row: Row) throws(PostgresError) { try self.init(row("message_id"), at: row("at"), row) }

    fileprivate init(_ message: ID<OutboxMessage>, at: Instant, _ row: Row) throws(PostgresError) {
      (self.message, self.at) = (message, at)
      state = try row("state")
      reason = try row("reason")
      code = try row("code")
      detail = try row("detail")
    }
  }
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
