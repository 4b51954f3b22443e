import Domain
import Postgres

extension Worker {
  /// Computes afresh what was computed with other zone data (RULES 1.7): after an update of the system's zones.
  func recomputeZones(_ now: Instant) throws {
    let version = services.zones.version
    let zones = services.zones
    while true {
      let count: Int = try db.transaction {
        let stale: [Reminder] = try db.rows(
          Query(
            """
            SELECT \(Reminder.columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id
            WHERE s.zone_version <> \(version) AND r.status IN ('active', 'snoozed') LIMIT 500 FOR UPDATE OF r, s SKIP LOCKED
            """
          ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) })
        if stale.isEmpty { return 0 }
        // What is due already keeps its time: it fires in this cycle.
        let moved = stale.map { reminder -> Instant? in
          guard let next = reminder.nextAt, next > now, reminder.schedule.isSeries else { return reminder.nextAt }
          return reminder.schedule.following(now, last: reminder.lastAt)
        }
        try db.runAll([
          """
          UPDATE reminders r SET next_at = t.next_at, sort_at = CASE WHEN r.sort_at = r.next_at THEN coalesce(t.next_at, r.sort_at) ELSE r.sort_at END
          FROM unnest(\(stale.map(\.id)), \(moved)) AS t(id, next_at) WHERE r.id = t.id AND r.next_at IS DISTINCT FROM t.next_at
          """,
          "UPDATE schedules SET zone_version = \(version) WHERE reminder_id = ANY (\(stale.map(\.id)))",
        ])
        return stale.count
      }
      if count < 500 { return }
    }
  }

  /// Deletes what is kept no longer (RULES 7.3), a thousand rows at a time so that nobody waits for it. The audit log stays.
  func throwAway(_ now: Instant) throws {
    func before(_ days: Int64) -> Instant { now.advanced(days: -days) }
    let statements: [SQL] = [
      "DELETE FROM snoozes WHERE id IN (SELECT id FROM snoozes WHERE until_time < \(before(90)) LIMIT 1000)",
      "DELETE FROM event_log WHERE id IN (SELECT id FROM event_log WHERE at < \(before(30)) LIMIT 1000)",
      "DELETE FROM escalations WHERE id IN (SELECT id FROM escalations WHERE NOT open AND coalesce(ended_at, created_at) < \(before(90)) LIMIT 1000)",
      "DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE expires_at < \(before(30)) LIMIT 1000)",
      "DELETE FROM attempts WHERE ctid IN (SELECT ctid FROM attempts WHERE at < \(before(2)) LIMIT 1000)",
      """
      DELETE FROM idempotency_keys WHERE (user_id, key) IN (SELECT user_id, key FROM idempotency_keys WHERE created_at < \(before(7)) LIMIT 1000)
      """,
      """
      DELETE FROM web_sessions WHERE id IN (SELECT id FROM web_sessions
        WHERE created_at < \(before(Int64(services.sessionDays))) OR seen_at < \(before(Int64(services.sessionIdleDays))) LIMIT 1000)
      """,
    ]
    for statement in statements {
      while try db.run(statement) == 1_000 {}
    }
  }
}
