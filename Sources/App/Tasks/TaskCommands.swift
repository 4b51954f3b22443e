import Domain
import HTML
import Postgres
import Web

/// What a command did to tasks.
struct TaskOutcome {
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// All that were changed, the one that was asked for first.
  var tasks: [ID<Task>] = []
  /// What links led to that were left off.
  var dropped: [String] = []
  /// Whether it moved to the top, where it did not stand.
  var isAtTop = false
  /// What comes next in its series.
  var next: TaskSeriesWrites.Next?
  /// What came after it in its series, and stays because it was changed since.
  var stays: String?
  /// Of what ``undo`` takes back.
  var undoID: ID<PlannerUndo>?

  var isNothing: Bool { entries.isEmpty }
}

/// Whether what is below a task goes with it.
enum TaskScope: String, CaseIterable { case one, all }

/// The same where one is cancelled: its whole series goes with all below it.
enum CancelScope: String, CaseIterable { case one, all, series }

/// What people do with a task, in one transaction. The person's planner is locked before this begins, so two devices wait for each other.
struct TaskCommands {
  let task: Task
  let writing: PlannerWriting

  /// - Throws: ``Failure/notFound`` when the task is missing, in the trash or somebody else's.
  static func find(_ id: ID<Task>, _ writing: PlannerWriting) throws -> TaskCommands {
    try writing.lock()
    guard let task = try writing.db.row(Task.mine("t.id = \(id)")) else { throw Failure.notFound }
    return TaskCommands(task: task, writing: writing)
  }

  // MARK: - Making and editing

  /// A new task, the last among its siblings.
  ///
  /// - Throws: ``TaskRefusal`` for a parent that cannot be; ``Failure/notFound`` for a goal.
  static func make(_ draft: TaskDraft, _ writing: PlannerWriting) throws -> TaskOutcome {
    try writing.lock()
    let id = ID<Task>.new(at: writing.now)
    let place = try draft.parent.map { try TaskTree.place(under: $0, for: id, writing) } ?? 0
    let status = draft.deferredUntil == nil ? TaskStatus.open : .deferred
    let wake = draft.deferredUntil.map(writing.beginning)
    let assignee = try TaskAssignee.find(draft.assignee, writing)
    let series = try draft.repeats.map { try TaskSeriesWrites(writing: writing).begin($0, above: draft.parent, below: nil) }
    try writing.db.queue([
      """
      INSERT INTO tasks (id, user_id, status, parent_id, position, deferred_until, wake_at, series_id, series_no, assignee_id, created_at, updated_at,
        \(draft.fields.columns))
      VALUES (\(id), \(writing.person.id), \(status), \(draft.parent), \(place), \(draft.deferredUntil), \(wake), \(series), \(series.map { _ in 1 }),
        \(assignee), \(writing.now), \(writing.now), \(draft.fields.values))
      """
    ])
    let ref = ThingRef(.task, of: id)
    if !draft.tags.isEmpty { try writing.db.queue(TaskWrites.tagging(ref, draft.tags, writing)) }
    if let goal = draft.goal { _ = try LinkCommands(writing: writing).make(.supportsGoal, from: ref, to: ThingRef(.goal, of: goal)) }
    try writing.note("task.made", [ref])
    return TaskOutcome(entries: [AuditEntry("task.made", Task.subject, id.text, ["title": draft.title])], tasks: [id])
  }

  /// - Throws: ``StaleForm``; ``TaskRefusal`` for a parent that cannot be; ``Failure/notFound`` for a goal.
  func save(_ draft: TaskDraft) throws -> TaskOutcome {
    guard draft.version == task.version else { throw StaleForm() }
    var outcome = TaskOutcome()
    var facts = draft.changes
    // The name as it stands means whoever it is, were others called so, too.
    let stays = !draft.saysAssignee || draft.assignee.utf8.elementsEqual((task.assigneeName ?? "").utf8)
    let assignee = try stays ? task.assignee : TaskAssignee.find(draft.assignee, writing)
    if assignee == task.assignee { facts["assignee"] = nil }
    if draft.parent != task.parent {
      outcome.dropped = try TaskTree(commands: self).put(under: draft.parent)
      facts["parent"] = "changed"
    }
    if draft.deferredUntil != task.deferredUntil {
      facts["deferred_until"] = "\(task.deferredUntil?.iso ?? "") → \(draft.deferredUntil?.iso ?? "")"
      let status = draft.deferredUntil != nil ? TaskStatus.deferred : task.status == .deferred ? .open : task.status
      let left = status.isClosed ? [] : try TaskSeriesWrites(writing: writing).reclaim([task.id])
      outcome.stays = left.first?.next
      try writing.db.queue([TaskWrites.setting(status, [task.id], until: draft.deferredUntil, leaving: left.map(\.task), writing)])
    }
    if let repeats = try TaskSeriesWrites(writing: writing).turn(task, as: draft) { facts["repeat"] = repeats }
    outcome.entries = draft.saysGoal ? try support(draft.goal) : []
    if facts.isEmpty { return outcome }
    try writing.db.queue(
      [
        """
        UPDATE tasks SET \(draft.fields.assignments), assignee_id = \(assignee), version = version + 1, updated_at = \(writing.now)
        WHERE id = \(task.id) AND user_id = (SELECT me())
        """
      ] + TaskWrites.settling([task.id], anyway: false, writing) + TaskWrites.tagging(task.ref, draft.tags, writing))
    try writing.note("task.changed", [task.ref])
    outcome.entries += [AuditEntry("task.changed", Task.subject, task.id.text, facts.merging(["task": draft.title]) { first, _ in first })]
    outcome.tasks = [task.id]
    return outcome
  }

  /// Minutes spent on it, or taken away again.
  ///
  /// - Throws: ``TaskRefusal/time``.
  func add(minutes: Int) throws -> TaskOutcome {
    if minutes == 0 { return TaskOutcome() }
    guard WorkMinutes.range.contains(task.spent + minutes) else { throw TaskRefusal.time }
    try writing.db.queue([
      "UPDATE tasks SET spent = spent + \(minutes), updated_at = \(writing.now) WHERE id = \(task.id) AND user_id = (SELECT me())"
    ])
    return try did("task.timed", [task.id], ["minutes": String(minutes)])
  }

  /// What is told of a change: to the audit log once, to the log of events for each task.
  func did(_ action: String, _ ids: [ID<Task>], _ facts: [String: String] = [:], undo: ID<PlannerUndo>? = nil) throws -> TaskOutcome {
    try writing.note(action, ids.map { ThingRef(.task, of: $0) }, facts.filter { $0.key == "minutes" })
    let more = ids.count > 1 ? ["subtasks": String(ids.count - 1)] : [:]
    let payload = ["title": task.title].merging(more) { $1 }.merging(facts) { $1 }
    return TaskOutcome(
      entries: [AuditEntry(action, Task.subject, task.id.text, payload)], undo: undo.map { Paths.undo($0) }, tasks: ids, undoID: undo)
  }
}
