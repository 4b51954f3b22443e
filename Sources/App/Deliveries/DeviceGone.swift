import Domain
import Postgres

/// What follows from a device whose push service says that it is gone: it is told no more, and with the last of them the person is told by mail
/// (RULES 4.3).
enum DeviceGone {
  /// - Returns: what is to be recorded.
  static func note(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws -> [AuditRecord] {
    let records = try PushDevice.prune(results, bench.db)
    let people = Set(records.compactMap(\.user))
    if people.isEmpty { return records }
    let left = try bench.db.rows(
      Query<(ID<User>, String)>(
        tuple: """
          SELECT u.id, u.email FROM users u JOIN agents a ON a.user_id = u.id AND a.type = 'push' AND a.enabled
          WHERE u.id = ANY (\(Array(people))) AND NOT EXISTS (SELECT FROM push_devices d WHERE d.user_id = u.id) ORDER BY u.id
          """))
    for (user, email) in left { try AccountMail.ask(.pushOff, for: user, to: email, at: now, bench.db) }
    return records
  }
}
