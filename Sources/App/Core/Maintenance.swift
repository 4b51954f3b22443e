import Domain
import Net
import Postgres

/// Work that nobody waits for: done in slices, so that nothing that is due waits for it, however large the tables are.
enum Maintenance {
  /// Computes afresh what was computed with other zone data, of the reminders after this one (``Worker/recomputeZones(after:_:)``).
  case zones(after: ID<Reminder>)
  /// Deletes what is kept no longer: the statements from this one on.
  case deletion(Int)
  /// Renders and stores the notes that are not stored as they look by today's rules, of the reminders after this one.
  case texts(after: ID<Reminder>)
  /// Writes the ends of the audit chains to the log, of the accounts after this one.
  case heads(after: ID<Account>)

  /// How many rows at a time.
  static let slice = 200
}

extension Worker {
  /// Notes what is to be done now and then, and does a slice of it when nothing else is to do, or after a busy second.
  ///
  /// - Returns: how many slices were done.
  func maintain(_ now: Instant, isIdle: Bool) throws -> Int {
    // Twice: responders notice within an hour, too, and until then they store times by the old data.
    if services.zones.refresh(at: now) { zoneChecks = [now, now.advanced(hours: 2)] }
    if let due = zoneChecks.first, due <= now {
      zoneChecks.removeFirst()
      maintenance.append(.zones(after: ID(high: 0, low: 0)))
    }
    if keptDay != now.seconds / 86_400 {
      // A file may come back without a new list. The first day of a process begins with such a look anyway.
      if keptDay != nil { maintenance.append(.zones(after: ID(high: 0, low: 0))) }
      keptDay = now.seconds / 86_400
      maintenance += [.heads(after: ID(high: 0, low: 0)), .deletion(0)]
      if case .maildir(let box) = mailer.transport {
        box.sweep()
        try releaseUnverified(now)
      }
    }
    guard let chore = maintenance.first, isIdle || Ticks.now - maintainedAt >= 1_000 else { return 0 }
    do {
      let rest = try slice(of: chore, now)
      maintenance.replaceSubrange(0..<1, with: rest.map { [$0] } ?? [])
    } catch {
      if let error = error as? PostgresError, error.kind == .connection { throw error }
      maintenance.removeFirst()
      if case .zones = chore { zoneChecks.append(now.advanced(minutes: 10)) }
      throw error
    }
    maintainedAt = Ticks.now
    return 1
  }

  /// What waited for a verification while there was a mail server, now that mail stays on this machine: in the order of the ids, as whoever verifies
  /// an address takes them (`release_held`).
  func releaseUnverified(_ now: Instant) throws(PostgresError) {
    try db.run(
      """
      WITH held AS (
        SELECT id FROM deliveries WHERE state = 'held' AND detail = \(DeliveryClaim.unverified) AND due_at <> \(now) ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE deliveries d SET due_at = \(now) FROM held h WHERE d.id = h.id
      """)
  }

  /// - Returns: what is left of it.
  private func slice(of chore: Maintenance, _ now: Instant) throws -> Maintenance? {
    switch chore {
    case .zones(let place): return try recomputeZones(after: place, now).map { .zones(after: $0) }
    case .texts(let place): return try renderTexts(after: place).map { .texts(after: $0) }
    case .heads(let place): return try logHeads(after: place).map { .heads(after: $0) }
    case .deletion(let number):
      let statements = retention(now)
      guard statements.indices.contains(number) else { return nil }
      return .deletion(try db.run(statements[number]) == Maintenance.slice ? number : number + 1)
    }
  }

  /// What is kept no longer (RULES 7.3). The audit log stays. Ids begin with the time at which they were made, so those of old rows lie together
  /// at the beginning of their index.
  private func retention(_ now: Instant) -> [SQL] {
    func before(_ days: Int64) -> Instant { now.advanced(days: -days) }
    func idBefore(_ days: Int64) -> ID<Reminder> {
      ID(high: UInt64(clamping: before(days).microseconds / 1_000) &<< 16, low: 0)
    }
    let limit = Maintenance.slice
    return [
      "DELETE FROM snoozes WHERE id IN (SELECT id FROM snoozes WHERE id < \(idBefore(90)) AND until_time < \(before(90)) LIMIT \(limit))",
      "DELETE FROM event_log WHERE id IN (SELECT id FROM event_log WHERE at < \(before(30)) LIMIT \(limit))",
      """
      DELETE FROM escalations WHERE id IN (
        SELECT id FROM escalations WHERE id < \(idBefore(90)) AND NOT open AND coalesce(ended_at, created_at) < \(before(90)) LIMIT \(limit))
      """,
      "DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE id < \(idBefore(30)) AND expires_at < \(before(30)) LIMIT \(limit))",
      // Where people signed in from is remembered longer: it lets them in when strangers there are kept out.
      """
      DELETE FROM attempts WHERE ctid IN (
        SELECT ctid FROM attempts WHERE at < \(before(2)) AND (kind <> 'signed-in' OR at < \(before(90))) LIMIT \(limit))
      """,
      """
      DELETE FROM idempotency_keys WHERE (user_id, key) IN (
        SELECT user_id, key FROM idempotency_keys WHERE created_at < \(before(7)) LIMIT \(limit))
      """,
      """
      DELETE FROM web_sessions WHERE id IN (SELECT id FROM web_sessions
        WHERE created_at < \(before(Int64(services.sessionDays))) OR seen_at < \(before(Int64(services.sessionIdleDays))) LIMIT \(limit))
      """,
    ]
  }
}
