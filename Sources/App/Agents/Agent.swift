import Domain
import Postgres

/// A way by which a person is reached, as they set it up. Of one that they never touched there is no row.
struct Agent {
  let id: ID<Agent>
  let type: AgentType
  let isOn: Bool
  /// Whether there is what it reaches: of push, a device.
  let isReady: Bool
  /// What its channel was told, sealed.
  let configuration: [UInt8]?
  let version: Int
  let revision: Int
  /// When its other side said for good that it is not there: it is off since. nil: the switch is the person's.
  let goneAt: Instant?

  private static let columns: Columns = """
    id, type, enabled AS is_on, type <> 'push' OR EXISTS (SELECT FROM push_devices d WHERE d.user_id = agents.user_id) AS is_ready,
    configuration, version, revision, gone_at
    """

  /// Those of whoever owns the transaction.
  static var mine: Query<Agent> {
    Query("SELECT \(columns) FROM agents WHERE user_id = me()", into: Agent.init)
  }

  /// One of them, its row locked.
  static func find(_ type: AgentType, _ db: Connection) throws(PostgresError) -> Agent? {
    try db.row(
      Query(
        "SELECT \(columns) FROM agents WHERE user_id = me() AND type = \(type) FOR UPDATE",
        into: Agent.init))
  }
}

extension Agent {
  /// Switches somebody's SMS off or on, as an answer of their phone says.
  static func turningSMS(on isOn: Bool, for user: ID<User>, at now: Instant) -> SQL {
    """
    UPDATE agents SET enabled = \(isOn), version = version + 1, updated_at = \(now)
    WHERE user_id = \(user) AND type = 'sms' AND enabled <> \(isOn)
    """
  }
}

/// The person's own address, where it gets nothing.
struct MutedAddress {
  let address: String
  let reason: String
  let at: Instant

  static var mine: Query<MutedAddress> {
    Query(
      """
      SELECT address, reason, at FROM muted_addresses
      WHERE user_id = me() AND agent = 'email' AND address = (SELECT email_key FROM users WHERE id = me())
      """, into: MutedAddress.init)
  }
}
