import Domain
import Postgres
import Web

/// What the page of an escalation tells.
struct EscalationStory {
  let escalation: Escalation
  let title: String
  let status: String
  let profileVersion: Int?
  let isPreset: Bool
  let events: [Event]
  let deliveries: [Delivery]
  let attempts: [Attempt]

  /// - Throws: ``Failure/notFound``.
  static func read(_ id: ID<Escalation>, _ web: Context) throws -> EscalationStory {
    let escalation = Query<Escalation>("SELECT \(Escalation.columns) FROM escalations e WHERE e.id = \(id) AND e.user_id = me()")
    let about = Query<About>(
      """
      SELECT r.title, r.status, p.version, p.preset IS NOT NULL AS preset FROM escalations e JOIN reminders r ON r.id = e.reminder_id LEFT JOIN profiles p ON p.id = e.profile_id
      WHERE e.id = \(id) AND e.user_id = me()
      """)
    let events = Query<Event>(
      """
      SELECT at, kind, run, tier, round, actor, actor_name, data->>'reason' AS reason, data->>'occurrence' AS occurrence,
        data->>'missed' AS missed, data->>'missed_from' AS missed_from, data->>'again_at' AS again_at, data->>'until' AS until,
        data->>'words' AS words, data->>'text' AS text, data->>'count' AS count, data->>'not_set_up' AS not_set_up, data->>'instead' AS instead
      FROM escalation_events WHERE escalation_id = \(id) AND user_id = me() ORDER BY at, id LIMIT 500
      """)
    let deliveries = Query<Delivery>(
      """
      SELECT id, run, tier, round, agent, state, due_at, detail, address FROM deliveries WHERE escalation_id = \(id) AND user_id = me()
      ORDER BY created_at, id LIMIT 500
      """)
    let attempts = Query<Attempt>(
      """
      SELECT a.delivery_id, a.at, a.state, a.detail FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id
      WHERE d.escalation_id = \(id) AND a.user_id = me() ORDER BY a.at, array_position(ARRAY['pending', 'held', 'sending'], a.state), a.id
      LIMIT 2000
      """)
    let (found, facts, told, sent, tried) = try web.read(escalation, about, events, deliveries, attempts)
    guard let escalation = found.first, let about = facts.first else { throw Failure.notFound }
    return EscalationStory(
      escalation: escalation, title: about.title, status: about.status, profileVersion: about.version, isPreset: about.isPreset,
      events: told, deliveries: sent,
      attempts: tried)
  }

  private struct About: FromRow {
    let title: String
    let status: String
    let version: Int?
    let isPreset: Bool

    init(row: Row) throws(PostgresError) {
      title = try row("title")
      status = try row("status")
      version = try row("version")
      isPreset = try row("preset")
    }
  }

  /// Something that happened.
  struct Event: FromRow {
    let at: Instant
    let kind: String
    let run: Int
    let tier: Int?
    let round: Int?
    let actor: String
    let actorName: String
    let facts: [String: String]

    init(row: Row) throws(PostgresError) {
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
    let id: ID<Parcel>
    let run: Int
    let tier: Int
    let round: Int
    let agent: String
    let state: String
    let dueAt: Instant
    let detail: String
    let address: String

    init(row: Row) throws(PostgresError) {
      id = try row("id")
      run = try row("run")
      tier = try row("tier")
      round = try row("round")
      agent = try row("agent")
      state = try row("state")
      dueAt = try row("due_at")
      detail = try row("detail")
      address = try row("address")
    }
  }

  /// A state that a message was in.
  struct Attempt: FromRow {
    let delivery: ID<Parcel>
    let at: Instant
    let state: String
    let detail: String

    init(row: Row) throws(PostgresError) {
      delivery = try row("delivery_id")
      at = try row("at")
      state = try row("state")
      detail = try row("detail")
    }
  }
}
