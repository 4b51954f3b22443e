import Domain
import Postgres

/// What happened and has no account to be audited in: failed sign-ins, mostly. Kept 30 days.
enum EventLog {
  /// Writes one event.
  ///
  /// - Parameter user: nil when nobody is known.
  static func note(_ kind: String, _ payload: [String: String], user: ID<User>? = nil, at now: Instant, _ db: Connection)
    throws(PostgresError)
  {
    try db.run(
      """
      INSERT INTO event_log (id, at, user_id, kind, payload)
      VALUES (\(ID<EventRow>.new(at: now)), \(now), \(user), \(kind), \(JSONText.object(payload))::text::jsonb)
      """)
  }

  /// Marks the ids of events.
  enum EventRow {}
}
