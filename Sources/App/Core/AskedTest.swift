import Domain
import Postgres

/// A test that a person asked for, of an agent or of a channel of the desk, and what became of its message.
struct AskedTest {
  /// Grows from test to test.
  let number: Int64
  let askedAt: Instant
  let way: AgentType
  let state: MessageState
  /// When it ended; while it waits, when it is tried.
  let endedAt: Instant
  let reason: OutboxReason?
  let code: String?
  let detail: String

  /// - Parameter newest: the row of a test, with the columns that tables of tests have.
  static func of(_ newest: SQL) -> Query<AskedTest> {
    // Of several messages the page tells of one that did not arrive, if there is one.
    Query(
      """
      SELECT t.number, t.created_at AS asked_at, o.channel AS way, o.state, o.due_at AS ended_at, o.reason, o.code, o.detail
      FROM (\(newest)) t JOIN outbox o ON o.subject_id = t.id AND o.escalation_id IS NULL AND o.user_id = t.user_id
      ORDER BY o.state IN ('failed', 'cancelled') DESC, o.state = 'sent', o.id
      """, into: AskedTest.init)
  }

  /// Puts the message into the outbox.
  ///
  /// - Parameter subject: in quotation marks, as ``OutboxSubject/name`` has it.
  static func sending<Test>(_ id: ID<Test>, _ subject: SQL, by way: AgentType, to user: ID<User>, at now: Instant) -> SQL {
    """
    INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, state, due_at, created_at)
    VALUES (\(ID<OutboxMessage>.new(at: now)), \(user), \(subject), \(id), \(way), 'user', \(user), 'pending', \(now), \(now))
    """
  }
}
