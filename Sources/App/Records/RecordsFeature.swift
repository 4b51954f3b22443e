import Domain
import Postgres

extension Feature {
  /// What is written down of what happened. The audit log stays where there is no folder for its archive.
  static let records = Feature(
    jobs: [JobKind("audit.heads", .nightly()) { bench, place, _ in try bench.logHeads(after: place) }, AuditArchive.kind],
    retention: [
      Retention("event_log", days: 30) { before in
        "DELETE FROM event_log WHERE id IN (SELECT id FROM event_log WHERE at < \(before) LIMIT \(Chore.slice))"
      },
      // Where people signed in from is remembered longer: it lets them in when strangers there are kept out.
      Retention("attempts", kept: "2 days; 90 of who got in") { now, _ in
        """
        DELETE FROM attempts WHERE ctid IN (SELECT ctid FROM attempts
          WHERE at < \(now.advanced(days: -2)) AND (kind <> 'signed-in' OR at < \(now.advanced(days: -90))) LIMIT \(Chore.slice))
        """
      },
      Retention("idempotency_keys", days: 7) { before in
        """
        DELETE FROM idempotency_keys WHERE (user_id, key) IN (SELECT user_id, key FROM idempotency_keys
          WHERE created_at < \(before) LIMIT \(Chore.slice))
        """
      },
    ])
}
