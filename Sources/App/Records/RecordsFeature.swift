import Domain
import Postgres

extension Feature {
  /// What is written down of what happened. The audit log stays.
  static let records = Feature(
    chores: { bench in [Chore([.day]) { place, _ in try bench.logHeads(after: place) }] },
    retention: [
      Retention { now, _ in
        "DELETE FROM event_log WHERE id IN (SELECT id FROM event_log WHERE at < \(now.advanced(days: -30)) LIMIT \(Chore.slice))"
      },
      // Where people signed in from is remembered longer: it lets them in when strangers there are kept out.
      Retention { now, _ in
        """
        DELETE FROM attempts WHERE ctid IN (SELECT ctid FROM attempts
          WHERE at < \(now.advanced(days: -2)) AND (kind <> 'signed-in' OR at < \(now.advanced(days: -90))) LIMIT \(Chore.slice))
        """
      },
      Retention { now, _ in
        """
        DELETE FROM idempotency_keys WHERE (user_id, key) IN (SELECT user_id, key FROM idempotency_keys
          WHERE created_at < \(now.advanced(days: -7)) LIMIT \(Chore.slice))
        """
      },
    ])
}
