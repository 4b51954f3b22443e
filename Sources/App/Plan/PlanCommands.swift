import Domain
import HTML
import Postgres

/// What people do with the plan of a day, in one transaction: what is taken in, left out for the day, or carried over from days before.
struct PlanCommands {
  let writing: PlannerWriting

  private var db: Connection { writing.db }

  /// Puts a task on today.
  ///
  /// - Throws: ``Failure/notFound``; ``PlanRefusal/closed``.
  func take(_ id: ID<Task>) throws -> TaskOutcome {
    try set(.taken, id, "plan.taken", until: .distantFuture)
  }

  /// Leaves a task out until the person's next day.
  func dismiss(_ id: ID<Task>) throws -> TaskOutcome {
    try set(.dismissed, id, "plan.dismissed", until: writing.beginning(of: writing.today.advanced(by: 1)))
  }

  private func set(_ state: PlanState, _ id: ID<Task>, _ action: String, until end: Instant) throws -> TaskOutcome {
    let task = try TaskCommands.find(id, writing).task
    guard task.status.canBeBlocked, !task.isArchived else { throw PlanRefusal.closed }
    let (today, ref) = (writing.today, task.ref)
    let before: (PlanState, Day?)? = try db.row(
      Query(tuple: "SELECT c.state, c.day FROM recent_context_items c WHERE \(mine) AND c.thing = \(ref.id)"))
    if let before, before.0 == state, before.1 == today { return TaskOutcome() }
    let undo = PlanUndo.keeping([ref.id], to: state, today, writing)
    let reasons = try reasons(of: id)
    try db.queue([
      undo.sql,
      """
      INSERT INTO recent_context_items (id, user_id, chat, thing, kind, reason, state, day, surfaced_at, expires_at)
      VALUES (\(ID<RecentItem>.new(at: writing.now)), \(writing.person.id), \(PlanRow.chat), \(ref.id), \(ref.kind), \(reasons), \(state),
        \(today), \(writing.now), \(end))
      ON CONFLICT (user_id, chat, thing) DO UPDATE SET reason = EXCLUDED.reason, state = EXCLUDED.state, day = EXCLUDED.day,
        surfaced_at = EXCLUDED.surfaced_at, expires_at = EXCLUDED.expires_at
      """,
    ])
    let slipped = before.flatMap { $0.0 == .taken ? $0.1 : nil }.flatMap { $0 < today ? $0 : nil }
    try writing.note(action, [ref], slipped.map { ["from": $0.iso] } ?? [:])
    return TaskOutcome(entries: [AuditEntry(action, Task.subject, id.text, ["title": task.title])], undo: undo.path, tasks: [id])
  }

  /// Why it was suggested, in codes; empty: it was not.
  private func reasons(of id: ID<Task>) throws -> String {
    let whole = PlanMoment(writing.person, at: writing.now)
    let moment = whole.busy(try db.read(together: whole.taken(of: writing.person)))
    let rows = try db.rows(PlanRow.query(moment))
    let plan = PlanDetails(rows, moment)
    return plan.suggested.first { $0.row.id == id }?.line.reasons.map(\.code).joined(separator: " ") ?? ""
  }

  /// Carries what was left of past days to another, or drops it for today.
  ///
  /// - Parameter day: nil: not at all.
  /// - Returns: the tasks that were moved; those that stand elsewhere already, or are done, are passed over.
  func carry(_ ids: [ID<Task>], to day: Day?) throws -> TaskOutcome {
    try writing.lock()
    let left: [(ID<Task>, Day)] = try db.rows(
      Query(
        tuple: """
          SELECT t.id, c.day FROM recent_context_items c JOIN tasks t ON t.id = c.thing AND t.user_id = (SELECT me())
          WHERE \(mine) AND c.state = 'taken' AND c.day < \(writing.today) AND t.id = ANY (\(ids)) AND t.deleted_at IS NULL
            AND t.archived_at IS NULL AND t.status IN ('open', 'in_progress') ORDER BY c.day, t.id
          """))
    if left.isEmpty { return TaskOutcome() }
    let things = left.map { ThingRef(.task, of: $0.0) }
    let (state, date) = (day == nil ? PlanState.dismissed : .taken, day ?? writing.today)
    let end = day == nil ? writing.beginning(of: writing.today.advanced(by: 1)) : Instant.distantFuture
    let undo = PlanUndo.keeping(things.map(\.id), to: state, date, writing)
    try db.queue([
      undo.sql,
      """
      UPDATE recent_context_items c SET state = \(state), day = \(date), surfaced_at = \(writing.now), expires_at = \(end)
      WHERE \(mine) AND c.thing = ANY (\(things.map(\.id)))
      """,
    ])
    for (from, rows) in Dictionary(grouping: left, by: \.1).sorted(by: { $0.key < $1.key }) {
      try writing.note("plan.carried", rows.map { ThingRef(.task, of: $0.0) }, ["from": from.iso])
    }
    let facts = ["tasks": String(left.count), "to": day?.iso ?? ""]
    return TaskOutcome(
      entries: [AuditEntry("plan.carried", "user", writing.person.id.text, facts)], undo: undo.path, tasks: left.map(\.0))
  }

  private var mine: SQL { "c.user_id = (SELECT me()) AND c.chat = \(PlanRow.chat)" }
}

/// Why something cannot be planned.
enum PlanRefusal: Refusal, Equatable {
  case closed

  func sentence(_ words: Words) -> String { words("Only what is to be done can be planned: this is done, deferred or in the archive.") }
}
