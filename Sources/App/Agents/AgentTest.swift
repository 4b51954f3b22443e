import Domain
import Postgres

/// A test message that a person asked for, and what became of it.
struct AgentTest {
  /// Grows from test to test.
  let number: Int64
  let askedAt: Instant
  let state: MessageState
  /// When it ended; while it waits, when it is tried.
  let endedAt: Instant
  let reason: OutboxReason?
  let code: String?
  let detail: String

  /// The newest of an agent of whoever owns the transaction.
  static func newest(_ type: AgentType) -> Query<AgentTest> {
    Query(
      """
      SELECT t.number, t.created_at AS asked_at, o.state, o.due_at AS ended_at, o.reason, o.code, o.detail
      FROM (SELECT * FROM agent_tests WHERE user_id = me() AND type = \(type) ORDER BY number DESC LIMIT 1) t
      JOIN outbox o ON o.subject_id = t.id AND o.escalation_id IS NULL AND o.user_id = t.user_id
      """, into: AgentTest.init)
  }

  /// Puts one into the outbox.
  static func ask(_ type: AgentType, for user: ID<User>, at now: Instant, _ db: Connection) throws(PostgresError) {
    let id = ID<AgentTest>.new(at: now)
    try db.runAll([
      "INSERT INTO agent_tests (id, user_id, type, created_at) VALUES (\(id), \(user), \(type), \(now))",
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, state, due_at, created_at)
      VALUES (\(ID<OutboxMessage>.new(at: now)), \(user), 'test', \(id), \(type), 'user', \(user), 'pending', \(now), \(now))
      """,
    ])
  }

  /// Those of before, but for the newest of each agent: its page goes on saying how that ended.
  static let retention = Retention("agent_tests", days: 30) { before in
    """
    DELETE FROM agent_tests WHERE id IN (SELECT t.id FROM agent_tests t
      WHERE t.id < \(ID<AgentTest>.first(from: before))
        AND EXISTS (SELECT FROM agent_tests n WHERE n.user_id = t.user_id AND n.type = t.type AND n.number > t.number) LIMIT \(Chore.slice))
    """
  }
}
