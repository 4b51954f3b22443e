import Domain
import HTML
import Postgres
import Web

/// What people do with a goal and its steps, in one transaction. The goal's row is locked before this begins, so two devices wait for each other.
///
/// Each command answers what the audit log is told: nothing where it was so already.
struct GoalCommands {
  let goal: Goal
  /// In their order.
  let steps: [Subtask]
  private let writing: PlannerWriting

  private var now: Instant { writing.now }
  private var db: Connection { writing.db }

  /// As many as a page of them takes.
  static let mostSteps = 60

  /// - Throws: ``Failure/notFound`` when the goal is missing, deleted or somebody else's.
  static func find(_ id: ID<Goal>, _ web: Context) throws -> GoalCommands { try find(id, web.plannerWriting) }

  static func find(_ id: ID<Goal>, _ writing: PlannerWriting) throws -> GoalCommands {
    // What waits for a goal, or supports it, is of the planner.
    try writing.lock()
    let lock = Query<ID<Goal>>(column: "SELECT id FROM goals WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE")
    let (_, goals, steps) = try writing.db.read(lock, Goal.mine("g.id = \(id)"), Subtask.of(id))
    guard let goal = goals.first else { throw Failure.notFound }
    return GoalCommands(goal: goal, steps: steps, writing: writing)
  }

  /// A goal as it is, for what only reads it.
  ///
  /// - Returns: nil: deleted.
  static func read(_ id: ID<Goal>, _ writing: PlannerWriting) throws -> GoalCommands? {
    let (goals, steps) = try writing.db.read(Goal.mine("g.id = \(id)"), Subtask.of(id))
    return goals.first.map { GoalCommands(goal: $0, steps: steps, writing: writing) }
  }

  /// A new goal, without a step.
  static func make(_ draft: GoalDraft, _ writing: PlannerWriting) throws -> (id: ID<Goal>, entries: [AuditEntry]) {
    let (id, person) = (ID<Goal>.new(at: writing.now), writing.person)
    let ref = ThingRef(.goal, of: id)
    try writing.db.queue([draft.inserting(id, for: person.id, at: writing.now)])
    if !draft.tags.isEmpty { try writing.db.queue(TaskWrites.tagging(ref, draft.tags, writing)) }
    try writing.db.queue(EventLog.noting(.goalCreated, ["goal": id.text], of: person, at: writing.now))
    try writing.note("goal.made", [ref])
    return (id, [AuditEntry("goal.made", Goal.subject, id.text, ["title": draft.title])])
  }

  /// What is known of it once it is completed.
  ///
  /// - Parameter day: the person's date of its completion.
  func completion(_ person: Person, on day: Day) -> GoalCompletion {
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    return GoalCompletion(
      id: goal.id, title: goal.title, day: day, steps: steps.count { $0.status == .completed },
      days: clock.date(goal.createdAt).distance(to: day))
  }

  /// - Throws: ``Failure/notFound`` when the goal has no such step.
  func step(_ id: ID<Subtask>) throws -> Subtask {
    guard let step = steps.first(where: { $0.id == id }) else { throw Failure.notFound }
    return step
  }

  // MARK: - The goal

  func save(_ draft: GoalDraft) throws -> [AuditEntry] {
    guard draft.version == goal.version else { throw StaleForm() }
    try db.queue(
      [
        """
        UPDATE goals SET \(draft.fields.assignments), version = version + 1, updated_at = \(now)
        WHERE id = \(goal.id) AND user_id = \(goal.user)
        """
      ] + TaskWrites.tagging(goal.ref, draft.tags, writing))
    if draft.changes.isEmpty { return [] }
    try writing.note("goal.changed", [goal.ref])
    return [AuditEntry("goal.changed", Goal.subject, goal.id.text, draft.changes)]
  }

  /// Reached, whatever steps are open. When it was completed already, that stays as it was.
  func complete() throws -> [AuditEntry] {
    if goal.status == .archived { throw GoalRefusal.archived }
    if goal.status == .completed { return [] }
    return try set("status = 'completed', completed_at = \(now)", "goal.completed")
  }

  /// What the coach says of one that was completed, and the log of events.
  func speak(_ writing: CoachWriting) throws {
    let person = writing.person
    let today = HabitClock(zone: person.zone, dayStart: person.dayStart).date(now)
    _ = try writing.goal(completion(person, on: today))
    try db.queue(EventLog.noting(.goalCompleted, ["goal": goal.id.text], of: person, at: now))
  }

  /// At rest for a while: what supports it stays, and is not suggested.
  func pause() throws -> [AuditEntry] {
    switch goal.status {
    case .paused: []
    case .active: try set("status = 'paused'", "goal.paused")
    case .completed: throw GoalRefusal.completed
    case .archived: throw GoalRefusal.archived
    }
  }

  /// Active again, as it was before it rested.
  func resume() throws -> [AuditEntry] {
    switch goal.status {
    case .active: []
    case .paused: try set("status = 'active'", "goal.resumed")
    case .completed: throw GoalRefusal.completed
    case .archived: throw GoalRefusal.archived
    }
  }

  /// Active again, out of the archive too.
  func reopen() throws -> [AuditEntry] {
    goal.status == .active ? [] : try set("status = 'active', completed_at = NULL", "goal.reopened")
  }

  func archive() throws -> [AuditEntry] {
    goal.status == .archived ? [] : try set("status = 'archived', rests = (status = 'paused')", "goal.archived")
  }

  /// Out of the archive, as it was before.
  func restore() throws -> [AuditEntry] {
    guard goal.status == .archived else { return [] }
    return try set(
      "status = CASE WHEN completed_at IS NOT NULL THEN 'completed' WHEN rests THEN 'paused' ELSE 'active' END", "goal.restored")
  }

  /// Gone with its steps for 30 days; its links sleep.
  func delete() throws -> [AuditEntry] {
    let deletion = ID<Deletion>.new(at: now)
    try db.queue([
      "INSERT INTO deletions (id, user_id, kind, thing, things, at) VALUES (\(deletion), \(goal.user), 'goal', \(goal.id), 1, \(now))"
    ])
    return try set("deleted_at = \(now), deletion_id = \(deletion)", "goal.deleted")
  }

  /// Takes a deletion back, with its links as far as they still fit.
  ///
  /// - Returns: nil when it is not in the trash; what links led to that were left off.
  static func bringBack(_ id: ID<Goal>, _ web: Context) throws -> (entries: [AuditEntry], dropped: [String])? {
    let writing = try web.plannerWriting
    try writing.lock()
    let found: (String, ID<Deletion>?)? = try web.db.row(
      Query(
        tuple: "SELECT title, deletion_id FROM goals WHERE id = \(id) AND user_id = (SELECT me()) AND deleted_at IS NOT NULL FOR UPDATE"))
    guard let (title, deletion) = found else { return nil }
    try web.db.queue([
      "UPDATE goals SET deleted_at = NULL, deletion_id = NULL, updated_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())",
      "UPDATE deletions SET restored_at = \(web.now) WHERE id = \(deletion) AND user_id = (SELECT me())",
    ])
    let ref = ThingRef(.goal, of: id)
    let dropped = try LinkCommands(writing: writing).wake([ref.id])
    try writing.note("goal.restored", [ref])
    return ([AuditEntry("goal.restored", Goal.subject, id.text, ["title": title, "dropped": String(dropped.count)])], dropped)
  }

  /// Writes it, and what is told of it: to the audit log and to the log of events.
  private func set(_ columns: SQL, _ action: String) throws -> [AuditEntry] {
    try db.queue(["UPDATE goals SET \(columns), updated_at = \(now) WHERE id = \(goal.id) AND user_id = \(goal.user)"])
    try writing.note(action, [goal.ref])
    return [AuditEntry(action, Goal.subject, goal.id.text, ["title": goal.title])]
  }

  // MARK: - Its steps

  /// One more, behind the others.
  func add(_ draft: SubtaskDraft, _ words: Words) throws -> [AuditEntry] {
    try refuseArchived()
    if steps.count >= GoalCommands.mostSteps {
      throw FormErrors(
        "title", words("A goal holds at most {n} steps. Make two goals of it.", ["n": String(GoalCommands.mostSteps)]))
    }
    try db.queue([
      """
      INSERT INTO goal_subtasks (id, goal_id, user_id, position, status, created_at, updated_at, \(draft.fields.columns))
      VALUES (\(ID<Subtask>.new(at: now)), \(goal.id), \(goal.user), \(steps.count + 1), 'pending', \(now), \(now), \(draft.fields.values))
      """
    ])
    return try touched("goal.step_added", draft.title)
  }

  func save(_ draft: SubtaskDraft, to step: Subtask) throws -> [AuditEntry] {
    try refuseArchived()
    guard draft.version == step.version else { throw StaleForm() }
    if draft.isSame(as: step) { return [] }
    try change(step, "\(draft.fields.assignments), version = version + 1")
    return try touched("goal.step_changed", draft.title)
  }

  /// - Returns: nothing when it is so already; a step that is done stays done since when it was.
  func set(_ step: Subtask, _ status: Subtask.Status) throws -> [AuditEntry] {
    try refuseArchived()
    if step.status == status { return [] }
    try change(step, "status = \(status), completed_at = \(status == .completed ? now : nil as Instant?)")
    return try touched("goal.step_set", step.title, ["status": status.rawValue])
  }

  /// - Parameter position: from 1; beyond the end is the end.
  func move(_ step: Subtask, to position: Int) throws -> [AuditEntry] {
    try refuseArchived()
    let order = steps.map(\.id)
    guard let moved = Positions.moving(step.id, to: position, in: order), moved != order else { return [] }
    try place(moved)
    return try touched("goal.step_moved", step.title, ["position": String(position)])
  }

  /// Gone; it comes back to its place as long as it is kept.
  func delete(_ step: Subtask) throws -> [AuditEntry] {
    try refuseArchived()
    try change(step, "deleted_at = \(now)")
    try place(steps.map(\.id).filter { $0 != step.id })
    return try touched("goal.step_deleted", step.title)
  }

  /// Takes a deletion back.
  ///
  /// - Returns: nil when the goal never had such a step, or it is gone for good.
  func restore(_ id: ID<Subtask>) throws -> [AuditEntry]? {
    try refuseArchived()
    if steps.contains(where: { $0.id == id }) { return [] }
    let back: (Int, String)? = try db.row(
      Query(
        tuple: """
          UPDATE goal_subtasks SET deleted_at = NULL, updated_at = \(now)
          WHERE id = \(id) AND goal_id = \(goal.id) AND user_id = \(goal.user) AND deleted_at IS NOT NULL RETURNING position, title
          """))
    guard let (position, title) = back else { return nil }
    var order = steps.map(\.id)
    order.insert(id, at: min(max(position, 1) - 1, order.count))
    try place(order)
    return try touched("goal.step_restored", title)
  }

  private func refuseArchived() throws(GoalRefusal) {
    if goal.status == .archived { throw .archived }
  }

  private func change(_ step: Subtask, _ columns: SQL) throws {
    try db.queue([
      "UPDATE goal_subtasks SET \(columns), updated_at = \(now) WHERE id = \(step.id) AND goal_id = \(goal.id) AND user_id = \(goal.user)"
    ])
  }

  /// Numbers steps anew from 1.
  private func place(_ order: [ID<Subtask>]) throws {
    if order.isEmpty { return }
    try db.queue([
      .update(
        "goal_subtasks", set: [.each("position", Array(1...order.count))], by: [.each("id", order)],
        where: "d.id = t.id AND d.goal_id = \(goal.id) AND d.user_id = \(goal.user)")
    ])
  }

  private func touched(_ action: String, _ step: String, _ facts: [String: String] = [:]) throws -> [AuditEntry] {
    try db.queue(["UPDATE goals SET updated_at = \(now) WHERE id = \(goal.id) AND user_id = \(goal.user)"])
    try writing.note(action, [goal.ref])
    let payload = ["title": goal.title, "step": step].merging(facts) { $1 }
    return [AuditEntry(action, Goal.subject, goal.id.text, payload)]
  }
}

/// Why somebody cannot do something with a goal.
enum GoalRefusal: Refusal, Equatable {
  case archived, completed

  func sentence(_ words: Words) -> String {
    switch self {
    case .archived: words("This goal is archived. Reopen it first.")
    case .completed: words("This goal is completed. Reopen it first.")
    }
  }
}
