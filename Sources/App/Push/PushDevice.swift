import Domain
import Postgres
import Web

/// A browser that shows notifications, on some device of a person's.
struct PushDevice {
  let id: ID<PushDevice>
  /// What its person calls it.
  let label: String
  /// The host of its push service.
  let service: String
  let createdAt: Instant

  /// How many a person has at most.
  static let most = 20

  /// Where what a browser said when it subscribed is kept. Of one address there is one row of a person, whenever it comes again.
  static let column = SecretColumn(
    table: "push_devices", column: "subscription", row: "user_id::text || ' ' || encode(endpoint_hash, 'hex')", owner: .user)

  /// - Parameter hash: of its address (``hash(_:)``).
  static func place(of user: ID<User>, _ hash: [UInt8]) -> VaultPlace { column.place(user.text + " " + Bytes.hex(hash)) }

  /// By what an address is known again that nobody may read in the table.
  static func hash(_ endpoint: String) -> [UInt8] { Keys.sha256(Array(endpoint.utf8)) }

  /// Those of whoever owns the transaction.
  static var mine: Query<PushDevice> {
    Query("SELECT id, label, service, created_at FROM push_devices WHERE user_id = me() ORDER BY id", into: PushDevice.init)
  }

  /// Takes away those whose service says that they are gone (404, 410), in the order of their ids: two workers lock them in the same order.
  ///
  /// - Returns: what is to be recorded of each.
  static func prune(_ results: [OutboxResult], _ db: Connection) throws(PostgresError) -> [AuditRecord] {
    let gone = results.filter { $0.state == .failed && $0.judgement.reason == .gone && $0.transfer.message.channel == .push }
    if gone.isEmpty { return [] }
    let found = try db.rows(
      Query<(ID<PushDevice>, ID<User>, ID<Account>, String)>(
        tuple: """
          SELECT DISTINCT d.id, d.user_id, u.account_id, d.label FROM outbox o
          JOIN push_devices d ON d.id = o.recipient_id AND d.user_id = o.user_id JOIN users u ON u.id = d.user_id
          WHERE o.id = ANY (\(gone.map(\.transfer.message.id))) AND o.recipient_kind = 'device' ORDER BY d.id
          """))
    let deleted = try db.runAll(found.map { id, user, _, _ in "DELETE FROM push_devices WHERE id = \(id) AND user_id = \(user)" })
    // What another worker or its person has taken away meanwhile is recorded by them.
    return zip(found, deleted).filter { $1 == 1 }.map { device, _ in
      AuditRecord(user: device.1, account: device.2, entry: AuditEntry("device.gone", "agent", nil, ["device": device.3]))
    }
  }
}
