import Domain
import Postgres

/// Brings tasks back that were put off until a day, when that day begins (RULES 8.17): each once, whoever of several workers comes to it. Those of
/// somebody who is at work on their planner at that moment come a moment later.
struct TaskWork {
  private let bench: WorkBench
  /// How many at a time.
  private static let most = 500

  init(_ bench: WorkBench) { self.bench = bench }

  var kinds: [WorkKind] {
    let woken = DueTime(name: "tasks") { _ in
      "SELECT min(wake_at) FROM tasks WHERE status = 'deferred' AND wake_at IS NOT NULL AND deleted_at IS NULL AND archived_at IS NULL"
    }
    return [WorkKind(name: "tasks", due: woken) { now, _ in try wake(now) }]
  }

  private func wake(_ now: Instant) throws -> Int {
    try bench.db.transaction {
      let isDue: SQL = "t.status = 'deferred' AND t.wake_at <= \(now) AND t.deleted_at IS NULL AND t.archived_at IS NULL"
      let woken: [(ID<Task>, ID<User>, Bool)] = try bench.db.rows(
        Query(
          tuple: """
            WITH due AS MATERIALIZED (SELECT t.id, t.user_id FROM tasks t WHERE \(isDue) ORDER BY t.wake_at LIMIT \(Self.most)),
            free AS MATERIALIZED (\(PlannerWriting.free(of: "due")))
            UPDATE tasks w SET status = 'open', deferred_until = NULL, wake_at = NULL, updated_at = \(now) WHERE w.id IN (
              SELECT t.id FROM tasks t WHERE t.id = ANY (ARRAY(SELECT d.id FROM due d JOIN free f ON f.user_id = d.user_id)) AND \(isDue)
              FOR UPDATE OF t SKIP LOCKED)
            RETURNING w.id, w.user_id, (SELECT u.keeps_events FROM users u WHERE u.id = w.user_id)
            """))
      let told = woken.filter(\.2)
      if told.isEmpty { return woken.count }
      try bench.db.queue([
        .insert(
          into: "event_log", .each("id", told.map { _ in ID<EventLog.EventRow>.new(at: now) }), .all("at", "\(now)"),
          .each("user_id", told.map(\.1)), .all("kind", "'task.woken'"), .all("thing_kind", "'task'"), .each("thing_id", told.map(\.0)))
      ])
      return woken.count
    }
  }
}

extension TaskWork {
  /// What of a person's settings says when their day begins.
  private static let settings: Set = ["timezone", "day_start"]

  /// Where a person's day begins at another time from now on, what they put off comes back by that (RULES 8.17).
  static func follow(_ change: Change, _ web: Context) throws {
    let isMoved = change.did.contains { $0.action == "settings.changed" && !settings.isDisjoint(with: $0.payload.keys) }
    guard isMoved, let person = try web.db.row(Person.mine(web.services.zones)) else { return }
    try wakeAnew("true", PlannerWriting(person: person, now: web.now, request: web.request.id, db: web.db))
  }

  /// Reckons anew when tasks come back, by the clocks of where the person is now.
  ///
  /// - Parameter which: a condition on `t`.
  static func wakeAnew(_ which: SQL, _ writing: PlannerWriting) throws(PostgresError) {
    let days: [Day] = try writing.db.rows(
      Query(
        column: """
          SELECT DISTINCT t.deferred_until FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deferred_until IS NOT NULL AND \(which)
          """))
    if days.isEmpty { return }
    try writing.db.queue([
      """
      UPDATE tasks t SET wake_at = d.at FROM unnest(\(days), \(days.map(writing.beginning))) AS d (day, at)
      WHERE t.user_id = (SELECT me()) AND t.deferred_until = d.day AND t.wake_at <> d.at AND \(which)
      """
    ])
  }
}
