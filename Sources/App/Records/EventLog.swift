import Domain
import Postgres

/// What happened and has no account to be audited in, such as failed sign-ins; and, for people who did not switch it off, what they did with their habits,
/// goals and coach. Kept 30 days.
enum EventLog {
  /// What people do, as the log calls it.
  enum Deed: String, CaseIterable {
    case habitCreated = "habit_created"
    case habitCompleted = "habit_completed"
    case goalCreated = "goal_created"
    case goalCompleted = "goal_completed"
    case coachMessage = "coach_message"
    case chatMessage = "chat_message"
  }

  /// What writes a deed down; nothing for a person who switched that off.
  ///
  /// - Parameter payload: ids, dates and short words of ours: no names, no texts.
  static func noting(_ deed: Deed, _ payload: [String: String] = [:], of person: Person, at now: Instant) -> [SQL] {
    person.coach.events ? [row(deed.rawValue, payload, person.id, now)] : []
  }

  /// Writes one event.
  ///
  /// - Parameter user: nil when nobody is known.
  static func note(_ kind: String, _ payload: [String: String], user: ID<User>? = nil, at now: Instant, _ db: Connection)
    throws(PostgresError)
  {
    try db.run(row(kind, payload, user, now))
  }

  private static func row(_ kind: String, _ payload: [String: String], _ user: ID<User>?, _ now: Instant) -> SQL {
    """
    INSERT INTO event_log (id, at, user_id, kind, payload)
    VALUES (\(ID<EventRow>.new(at: now)), \(now), \(user), \(kind), \(JSONText.object(payload).text)::text::jsonb)
    """
  }

  /// Marks the ids of events.
  enum EventRow {}
}
