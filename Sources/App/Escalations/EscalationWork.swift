import Domain
import Postgres

extension Worker {
  /// Does the steps that are due, and ends what nobody answered for a day.
  func climb(_ now: Instant) throws -> Int {
    let due: SQL = "e.state = 'active' AND e.next_step_at <= \(now)"
    return try escalations(now, due, "e.next_step_at") { (course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange in
      course.due(at: now) == .expire ? try course.expire(at: now) : try course.escalate(at: now)
    }
  }

  /// Begins again what was acknowledged and is still not done.
  func askAgain(_ now: Instant) throws -> Int {
    let due: SQL = "e.state = 'acknowledged' AND e.again_at <= \(now)"
    return try escalations(now, due, "e.again_at") { (course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange in
      try course.resume(at: now)
    }
  }

  private typealias Change = (EscalationCourse) throws(EscalationRefusal) -> EscalationChange

  /// Batches of 500; when one fails, row by row, and a row that fails on its own is put off and logged.
  private func escalations(_ now: Instant, _ due: SQL, _ order: Columns, change: Change) throws -> Int {
    var total = 0
    while true {
      let late = Array(deferredSteps.keys)
      let chosen: SQL = """
        FROM escalations e JOIN reminders r ON r.id = e.reminder_id WHERE \(due) AND e.id <> ALL (\(late)) ORDER BY \(order)
        """
      let count: Int
      do {
        count = try batch("SELECT \(Escalation.columns) \(chosen) LIMIT 500 FOR UPDATE OF r, e SKIP LOCKED", now, change)
      } catch {
        if let error = error as? PostgresError, error.kind == .connection { throw error }
        let ids: [ID<Escalation>] = try db.rows(Query(column: "SELECT e.id \(chosen) LIMIT 500"))
        count = try ids.reduce(0) { try $0 + one($1, due, now, change) }
      }
      total += count
      tally.steps += count
      if count < 500 { return total }
    }
  }

  private func one(_ id: ID<Escalation>, _ due: SQL, _ now: Instant, _ change: Change) throws -> Int {
    do {
      return try batch(
        """
        SELECT \(Escalation.columns) FROM escalations e JOIN reminders r ON r.id = e.reminder_id WHERE e.id = \(id) AND \(due)
        FOR UPDATE OF r, e SKIP LOCKED
        """, now, change)
    } catch {
      if let error = error as? PostgresError, error.kind == .connection { throw error }
      deferredSteps[id] = Self.deferred(error, at: now)
      log("work.escalation_failed", ["escalation": id.text, "error": "\(error)"])
      return 0
    }
  }

  private func batch(_ choice: SQL, _ now: Instant, _ change: Change) throws -> Int {
    let ladderCache = ladders
    return try db.transaction {
      let due = try db.rows(Query<Escalation>(choice) { row throws(PostgresError) in try Escalation(row: row, ladderCache) })
      if due.isEmpty { return 0 }
      var batch = EscalationWrites(at: now)
      var expired: [Escalation] = []
      for escalation in due {
        // Refused: nothing is due after all, as when a plan was stored by another version. It is looked at again when it is.
        guard let change = try? change(escalation.course) else { continue }
        if change.events.contains(where: { if case .resumed = $0 { true } else { false } }) {
          batch.resume(change, of: escalation)
        } else {
          batch.apply(change, to: escalation)
        }
        if change.course.state == .expired { expired.append(escalation) }
      }
      batch.settled = due.map(\.reminder)
      try batch.write(db)
      try audit(expired, now)
      return due.count
    }
  }

  /// Expiry is what nobody did: it is in the audit log.
  private func audit(_ expired: [Escalation], _ now: Instant) throws {
    if expired.isEmpty { return }
    let owners: [OwnerIDs] = try db.rows("SELECT id AS user_id, account_id FROM users WHERE id = ANY (\(expired.map(\.user)))")
    let accounts = Dictionary(owners.map { ($0.user, $0.account) }, uniquingKeysWith: { first, _ in first })
    let records = expired.compactMap { escalation in
      accounts[escalation.user].map {
        AuditRecord(user: escalation.user, account: $0, entry: AuditEntry("escalation.expired", "escalation", escalation.id.text))
      }
    }
    try Audit.append(records, from: AuditSource(actor: .system), at: now, services.keys, db)
  }
}
