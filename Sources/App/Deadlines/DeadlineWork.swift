import Domain
import Postgres

/// Sees that deadlines were missed, each at its own due however late it looks, and what became of tasks that no request changed.
struct DeadlineWork {
  private static let most = 500
  /// How many of one person's at a time: their requests wait meanwhile.
  private static let slice = 200

  private let bench: WorkBench
  private let settling: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    settling = RowWork("deadline_owner", bench)
  }

  var kinds: [WorkKind] {
    let passed = DueTime(name: "deadlines") { _ in
      "SELECT min(due_at) FROM deadlines WHERE status IN ('pending', 'extended') AND deleted_at IS NULL AND NOT put_away"
    }
    let marked = DueTime(name: "deadline_tasks") { now in
      "SELECT min(settle_at) FROM deadlines WHERE settle_at IS NOT NULL AND user_id <> ALL (\(settling.passed(at: now)))"
    }
    return [
      WorkKind(name: "deadlines", due: passed) { now, _ in try pass(now) },
      WorkKind(name: "deadline_tasks", due: marked, follows: true) { now, _ in
        try settling.batches(
          of: Self.most, counted: "settled", at: now, all: { try owners(now).reduce(0) { try $0 + settle($1, now) } },
          rows: { try owners(now) }, one: { try settle($0, now) })
      },
    ]
  }

  /// One whose reminder is done was done with it. By their ids: joined, all of each person's were read for each that is due.
  private func pass(_ now: Instant) throws -> Int {
    try db.transaction {
      let isDue: SQL = "e.status IN ('pending', 'extended') AND e.due_at <= \(now) AND e.deleted_at IS NULL AND NOT e.put_away"
      let passed: [(ID<Deadline>, ID<User>, DeadlineStatus, Bool)] = try db.rows(
        Query(
          tuple: """
            WITH due AS MATERIALIZED (SELECT e.id, e.user_id FROM deadlines e WHERE \(isDue) ORDER BY e.due_at LIMIT \(Self.most)),
            free AS MATERIALIZED (\(PlannerWriting.free(of: "due")))
            UPDATE deadlines d SET status = x.status, completed_at = x.completed_at,
              missed_at = CASE WHEN x.status = 'missed' THEN d.due_at END, looked_at = NULL, updated_at = \(now)
            FROM (
              SELECT p.id, CASE WHEN r.id IS NULL THEN 'missed' ELSE 'completed' END AS status, greatest(r.completed_at, CASE WHEN r.id IS NOT NULL
                THEN p.created_at END) AS completed_at
              FROM (SELECT e.id, e.user_id, e.created_at FROM deadlines e
                WHERE e.id = ANY (ARRAY(SELECT u.id FROM due u JOIN free f ON f.user_id = u.user_id)) AND \(isDue)
                FOR UPDATE OF e SKIP LOCKED) p
              LEFT JOIN LATERAL (SELECT m.id, m.completed_at FROM deadline_reminders b JOIN reminders m ON m.id = b.reminder_id
                WHERE b.deadline_id = p.id AND b.user_id = p.user_id AND m.status = 'completed' AND m.completed_at IS NOT NULL
                ORDER BY m.id DESC LIMIT 1) r ON true) x
            WHERE d.id = x.id RETURNING d.id, d.user_id, d.status, (SELECT u.keeps_events FROM users u WHERE u.id = d.user_id)
            """))
      let told = passed.filter(\.3)
      if told.isEmpty { return passed.count }
      try db.queue([
        .insert(
          into: "event_log", .each("id", told.map { _ in ID<EventLog.EventRow>.new(at: now) }), .all("at", "\(now)"),
          .each("user_id", told.map(\.1)), .each("kind", told.map { $0.2 == .missed ? "deadline.missed" : "deadline.completed" }),
          .all("thing_kind", "'deadline'"), .each("thing_id", told.map(\.0)))
      ])
      return passed.count
    }
  }

  private func owners(_ now: Instant) throws -> [ID<User>] {
    try db.rows(
      Query(
        column: """
          SELECT DISTINCT user_id FROM deadlines WHERE settle_at <= \(now) AND user_id <> ALL (\(settling.passed(at: now))) LIMIT \(Self.most)
          """))
  }

  private func settle(_ user: ID<User>, _ now: Instant) throws -> Int {
    try db.transaction {
      guard let person = try Person.acting(user, bench) else { return 0 }
      let planner = PlannerWriting(person: person, now: now, request: "", db: db)
      let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
      try DeadlineFollowing.settle(
        reminders: false, most: Self.slice, DeadlineWriting(planner: planner, services: bench.services, actor: actor))
      return 1
    }
  }
}
