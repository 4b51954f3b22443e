import Domain
import Postgres

/// Test messages that people ask for.
enum AgentTest {
  /// The newest of an agent of whoever owns the transaction.
  static func newest(_ type: AgentType) -> Query<AskedTest> {
    AskedTest.of("SELECT * FROM agent_tests WHERE user_id = me() AND type = \(type) ORDER BY number DESC LIMIT 1")
  }

  /// Puts one into the outbox; of push one for each device.
  static func ask(_ type: AgentType, for user: ID<User>, at now: Instant, _ db: Connection) throws(PostgresError) {
    let id = ID<AgentTest>.new(at: now)
    try db.runAll([
      "INSERT INTO agent_tests (id, user_id, type, created_at) VALUES (\(id), \(user), \(type), \(now))",
      type == .push ? sending(id, toDevicesOf: user, at: now) : AskedTest.sending(id, "'test'", by: type, to: user, at: now),
    ])
  }

  private static func sending(_ id: ID<AgentTest>, toDevicesOf user: ID<User>, at now: Instant) -> SQL {
    """
    INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, state, due_at, created_at)
    SELECT new_id(\(now)), d.user_id, 'test', \(id), 'push', 'device', d.id, 'pending', \(now), \(now) FROM push_devices d
    WHERE d.user_id = \(user)
    """
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
