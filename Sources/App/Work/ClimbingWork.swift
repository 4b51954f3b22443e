import Domain
import Postgres

extension Worker {
  /// Does the steps that are due, and ends what nobody answered for a day.
  func climb(_ now: Instant) throws -> Int {
    try escalations(now) { (limit: Int) -> SQL in
      """
      SELECT \(Escalation.columns) FROM escalations e JOIN reminders r ON r.id = e.reminder_id
      WHERE e.state = 'active' AND e.next_step_at <= \(now) ORDER BY e.next_step_at LIMIT \(limit) FOR UPDATE OF r, e SKIP LOCKED
      """
    } change: { (course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange in
      course.due(at: now) == .expire ? try course.expire(at: now) : try course.escalate(at: now)
    }
  }

  /// Begins again what was acknowledged and is still not done.
  func askAgain(_ now: Instant) throws -> Int {
    try escalations(now) { (limit: Int) -> SQL in
      """
      SELECT \(Escalation.columns) FROM escalations e JOIN reminders r ON r.id = e.reminder_id
      WHERE e.state = 'acknowledged' AND e.again_at <= \(now) ORDER BY e.again_at LIMIT \(limit) FOR UPDATE OF r, e SKIP LOCKED
      """
    } change: { (course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange in
      try course.resume(at: now)
    }
  }

  private func escalations(
    _ now: Instant, _ choice: (Int) -> SQL, change: (EscalationCourse) throws(EscalationRefusal) -> EscalationChange
  ) throws -> Int {
    var total = 0
    while true {
      let count: Int = try db.transaction {
        let due: [Escalation] = try db.rows(choice(500))
        if due.isEmpty { return 0 }
        var batch = EscalationBatch(at: now)
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
      total += count
      tally.steps += count
      if count < 500 { return total }
    }
  }

  /// Expiry is what nobody did: it is in the audit log, one chain after the other in the order of the accounts.
  private func audit(_ expired: [Escalation], _ now: Instant) throws {
    if expired.isEmpty { return }
    let owners: [Owner] = try db.rows("SELECT id AS user_id, account_id FROM users WHERE id = ANY (\(expired.map(\.user)))")
    for owner in owners.sorted(by: { $0.account < $1.account }) {
      let entries = expired.filter { $0.user == owner.user }.map { AuditEntry("escalation.expired", "escalation", $0.id.text) }
      try Audit.append(
        entries, user: owner.user, account: owner.account, from: AuditSource(actor: .system), at: now, services.keys, db)
    }
  }
}
