import Domain
import HTML
import Postgres

/// What a command did to a problem.
struct ProblemOutcome {
  let id: ID<Problem>
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// What links led to that were left off.
  var dropped: [String] = []

  var isNothing: Bool { entries.isEmpty }
}

/// What becomes of the open tasks that address a problem which is resolved.
enum AddressingTasks: String, CaseIterable { case done, cancelled }

/// What people do with a problem, in one transaction. The person's planner is locked before this begins.
struct ProblemCommands {
  let problem: Problem
  let writing: PlannerWriting

  /// - Throws: ``Failure/notFound`` when it is missing, in the trash or somebody else's.
  static func find(_ id: ID<Problem>, _ writing: PlannerWriting) throws -> ProblemCommands {
    try writing.lock()
    guard let problem = try writing.db.row(Problem.mine("p.id = \(id)")) else { throw Failure.notFound }
    return ProblemCommands(problem: problem, writing: writing)
  }

  static func make(_ draft: ProblemDraft, _ writing: PlannerWriting) throws -> ProblemOutcome {
    let id = ID<Problem>.new(at: writing.now)
    try writing.db.queue([
      """
      INSERT INTO problems (id, user_id, created_at, updated_at, \(draft.fields.columns))
      VALUES (\(id), \(writing.person.id), \(writing.now), \(writing.now), \(draft.fields.values))
      """
    ])
    let ref = ThingRef(.problem, of: id)
    if !draft.tags.isEmpty { try writing.db.queue(TaskWrites.tagging(ref, draft.tags, writing)) }
    try writing.note("problem.made", [ref])
    return ProblemOutcome(id: id, entries: [AuditEntry("problem.made", Problem.subject, id.text, ["title": draft.title])])
  }

  /// - Throws: ``StaleForm``.
  func save(_ draft: ProblemDraft) throws -> ProblemOutcome {
    guard draft.version == problem.version else { throw StaleForm() }
    if draft.changes.isEmpty { return ProblemOutcome(id: problem.id) }
    try writing.db.queue(
      [
        """
        UPDATE problems SET \(draft.fields.assignments), version = version + 1, updated_at = \(writing.now)
        WHERE id = \(problem.id) AND user_id = (SELECT me())
        """
      ] + TaskWrites.tagging(problem.ref, draft.tags, writing))
    return try did("problem.changed", draft.changes.merging(["problem": draft.title]) { first, _ in first })
  }

  // MARK: - How it stands

  /// Over. It is in the way of nothing any more.
  ///
  /// - Parameter tasks: what becomes of the open tasks that address it; nil: they stay as they are.
  func resolve(_ tasks: AddressingTasks?) throws -> ProblemOutcome {
    var outcome = ProblemOutcome(id: problem.id)
    if problem.status != .resolved {
      outcome = try set("status = 'resolved', resolved_at = greatest(\(writing.now), created_at)", "problem.resolved")
      outcome.undo = Paths.reopening(problem.id)
    }
    if let tasks {
      let closed = try close(tasks)
      outcome.entries += closed.entries
      outcome.undo = outcome.undo ?? closed.undo
    }
    return outcome
  }

  /// Watched: it may come back.
  func monitor() throws -> ProblemOutcome {
    if problem.status == .monitoring { return try keep() }
    return try set("status = 'monitoring', resolved_at = NULL", "problem.watched")
  }

  /// There still, or again.
  func reopen() throws -> ProblemOutcome {
    if problem.status == .active { return try keep() }
    return try set("status = 'active', resolved_at = NULL", "problem.reopened")
  }

  func archive() throws -> ProblemOutcome {
    if problem.status == .archived { return ProblemOutcome(id: problem.id) }
    var outcome = try set("status = 'archived'", "problem.archived")
    outcome.undo = Paths.reopening(problem.id)
    return outcome
  }

  /// It is as it was, which answers whether a task that was done made it better.
  private func keep() throws -> ProblemOutcome {
    problem.newlyDone == nil ? ProblemOutcome(id: problem.id) : try set("status = status", "problem.kept")
  }

  /// By the tasks' own commands, each alone: what is below them stays open. One undo opens all of them again.
  private func close(_ how: AddressingTasks) throws -> (entries: [AuditEntry], undo: Path?) {
    var (entries, undos): ([AuditEntry], [ID<PlannerUndo>]) = ([], [])
    for id in try writing.db.rows(ProblemCommands.addressing(problem.id)) {
      let commands = try TaskCommands.find(id, writing)
      let closed = try how == .done ? commands.complete(.one, anyway: true) : commands.cancel(.one)
      entries += closed.entries
      undos += closed.undoID.map { [$0] } ?? []
    }
    return (entries, try TaskBulkUndo.joining(undos, [], back: Paths.problem(problem.id), writing).map(Paths.undo))
  }

  /// The open tasks that address a problem.
  static func addressing(_ id: ID<Problem>) -> Query<ID<Task>> {
    Query(
      column: """
        SELECT t.id FROM entity_links l JOIN tasks t ON t.id = l.from_id AND t.user_id = l.user_id
        WHERE l.user_id = (SELECT me()) AND l.to_id = \(id) AND l.type = 'addresses_problem' AND t.deleted_at IS NULL AND t.archived_at IS NULL
          AND t.status IN ('open', 'in_progress', 'deferred') ORDER BY t.id LIMIT 100
        """)
  }

  // MARK: - The trash

  /// Gone for 30 days; its links sleep.
  func delete() throws -> ProblemOutcome {
    let deletion = ID<Deletion>.new(at: writing.now)
    try writing.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at)
      VALUES (\(deletion), \(writing.person.id), 'problem', \(problem.id), 1, \(writing.now))
      """
    ])
    var outcome = try set("deleted_at = \(writing.now), deletion_id = \(deletion)", "problem.deleted")
    outcome.undo = Paths.problemRestoration(problem.id)
    return outcome
  }

  /// Back from the trash, with its links as far as they still fit.
  ///
  /// - Returns: nothing for one that is not in the trash.
  /// - Throws: ``Failure/notFound`` for one that is gone for good, or somebody else's.
  static func restore(_ id: ID<Problem>, _ writing: PlannerWriting) throws -> ProblemOutcome {
    try writing.lock()
    let found: (String, ID<Deletion>?)? = try writing.db.row(
      Query(tuple: "SELECT title, deletion_id FROM problems WHERE id = \(id) AND user_id = (SELECT me())"))
    guard let (title, gone) = found else { throw Failure.notFound }
    guard let deletion = gone else { return ProblemOutcome(id: id) }
    try writing.db.queue([
      """
      UPDATE problems SET deleted_at = NULL, deletion_id = NULL, updated_at = \(writing.now) WHERE id = \(id) AND user_id = (SELECT me())
      """,
      "UPDATE deletions SET restored_at = \(writing.now) WHERE id = \(deletion) AND user_id = (SELECT me())",
    ])
    let ref = ThingRef(.problem, of: id)
    let dropped = try LinkCommands(writing: writing).wake([ref.id])
    try writing.note("problem.restored", [ref])
    let facts = ["title": title, "dropped": String(dropped.count)]
    return ProblemOutcome(id: id, entries: [AuditEntry("problem.restored", Problem.subject, id.text, facts)], dropped: dropped)
  }

  private func set(_ columns: SQL, _ action: String) throws -> ProblemOutcome {
    try writing.db.queue([
      "UPDATE problems SET \(columns), updated_at = \(writing.now) WHERE id = \(problem.id) AND user_id = (SELECT me())"
    ])
    return try did(action)
  }

  /// What is told of a change: to the audit log and to the log of events.
  private func did(_ action: String, _ facts: [String: String] = [:]) throws -> ProblemOutcome {
    try writing.note(action, [problem.ref])
    let payload = ["title": problem.title].merging(facts) { $1 }
    return ProblemOutcome(id: problem.id, entries: [AuditEntry(action, Problem.subject, problem.id.text, payload)])
  }
}
