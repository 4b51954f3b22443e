import Domain
import Postgres

/// Does the steps of ladders, ends what nobody answered, and asks again.
struct EscalationWork {
  /// Escalations of a batch.
  private static let most = 500

  private let bench: WorkBench
  private let rows: RowWork<Escalation>
  private let ladders = LadderCache()

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    rows = RowWork("escalation", bench)
  }

  var kinds: [WorkKind] {
    let again = DueTime(name: "again") { now in
      """
      SELECT min(again_at) FROM escalations
      WHERE state = 'acknowledged' AND again_at IS NOT NULL AND id <> ALL (\(rows.passed(at: now)))
      """
    }
    let step = DueTime(name: "step") { now in
      "SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND id <> ALL (\(rows.passed(at: now)))"
    }
    return [
      WorkKind(name: "again", due: again) { now, _ in try askAgain(now) },
      WorkKind(name: "step", due: step, follows: true) { now, _ in try takeSteps(now) },
    ]
  }

  /// Does the steps that are due, and ends what nobody answered for a day.
  private func takeSteps(_ now: Instant) throws -> Int {
    let due: SQL = "e.state = 'active' AND e.next_step_at <= \(now)"
    return try escalations(now, due, "e.next_step_at") { (course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange in
      course.due(at: now) == .expire ? try course.expire(at: now) : try course.escalate(at: now)
    }
  }

  /// Begins again what was acknowledged and is still not done.
  private func askAgain(_ now: Instant) throws -> Int {
    let due: SQL = "e.state = 'acknowledged' AND e.again_at <= \(now)"
    return try escalations(now, due, "e.again_at") { (course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange in
      try course.resume(at: now)
    }
  }

  private typealias Change = (EscalationCourse) throws(EscalationRefusal) -> EscalationChange

  /// As many batches as it takes.
  private func escalations(_ now: Instant, _ due: SQL, _ order: Columns, change: Change) throws -> Int {
    let from: SQL = "FROM escalations e JOIN reminders r ON r.id = e.reminder_id WHERE \(due)"
    let locked: SQL = "FOR UPDATE OF r, e SKIP LOCKED"
    func chosen() -> SQL { "\(from) AND e.id <> ALL (\(rows.passed(at: now))) ORDER BY \(order) LIMIT \(Self.most)" }
    return try rows.batches(
      of: Self.most, counted: "steps", at: now,
      all: { try batch("SELECT \(Escalation.columns) \(chosen()) \(locked)", now, change) },
      rows: { try db.rows(Query(column: "SELECT e.id \(chosen())")) },
      one: { id in try batch("SELECT \(Escalation.columns) \(from) AND e.id = \(id) \(locked)", now, change) })
  }

  private func batch(_ choice: SQL, _ now: Instant, _ body: Change) throws -> Int {
    let ladderCache = ladders
    var refused: [(id: ID<Escalation>, why: any Error)] = []
    let count = try db.transaction {
      let due = try db.rows(Query<Escalation>(choice) { row throws(PostgresError) in try Escalation(row: row, ladderCache) })
      if due.isEmpty { return 0 }
      var batch = EscalationWrites(at: now)
      var (expired, count): ([Escalation], Int) = ([], 0)
      for escalation in due {
        let change: EscalationChange
        do {
          change = try body(escalation.course)
        } catch {
          // Nothing is due after all, as when a plan was stored by another version.
          refused.append((escalation.id, error))
          continue
        }
        count += 1
        if change.events.contains(where: { if case .resumed = $0 { true } else { false } }) {
          batch.resume(change, of: escalation)
        } else {
          batch.apply(change, to: escalation)
        }
        if change.course.state == .expired { expired.append(escalation) }
      }
      try batch.write(db)
      try audit(expired, now)
      return count
    }
    // Not before the others are written: what fails as a whole is done again row by row.
    for (id, why) in refused { rows.passOver(id, for: why, at: now) }
    return count
  }

  /// Expiry is what nobody did: it is in the audit log.
  private func audit(_ expired: [Escalation], _ now: Instant) throws {
    if expired.isEmpty { return }
    let owners = try db.rows("SELECT id AS user_id, account_id FROM users WHERE id = ANY (\(expired.map(\.user)))", into: OwnerIDs.init)
    let accounts = Dictionary(owners.map { ($0.user, $0.account) }, uniquingKeysWith: { first, _ in first })
    let records = expired.compactMap { escalation in
      accounts[escalation.user].map {
        AuditRecord(user: escalation.user, account: $0, entry: AuditEntry("escalation.expired", "escalation", escalation.id.text))
      }
    }
    try Audit.append(records, by: .system, at: now, bench.services.keys, db)
  }
}
