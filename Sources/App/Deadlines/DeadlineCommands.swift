import Domain
import HTML
import Postgres
import Web

/// Who changes a deadline, and with what its reminder is made and ended: by a page, a job or an import.
struct DeadlineWriting {
  let planner: PlannerWriting
  let services: Services
  let actor: Actor

  var person: Person { planner.person }
  var now: Instant { planner.now }
  var db: Connection { planner.db }
  var words: Words { services.words(person.language) }
}

extension Context {
  /// Whoever is signed in, as somebody who changes their deadlines.
  var deadlineWriting: DeadlineWriting {
    get throws { DeadlineWriting(planner: try plannerWriting, services: services, actor: try actor()) }
  }
}

/// What a command did to a deadline.
struct DeadlineOutcome {
  let id: ID<Deadline>
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// What an extension did to its reminder.
  var reminder = DeadlineCourse.ReminderMove.none
  /// Whether its reminder has gone and is not back.
  var isSilent = false
  /// Whether another reminder was made for it, one more of those that its person may have.
  var isNewlyRung = false

  var isNothing: Bool { entries.isEmpty }
}

/// What people do with a deadline, in one transaction. The person's planner is locked before this begins, and its reminder before the deadline:
/// whoever answers that one comes to the deadline last, and waits for nobody there.
struct DeadlineCommands {
  let deadline: Deadline
  let with: DeadlineWriting

  /// - Throws: ``Failure/notFound`` when it is missing, in the trash or somebody else's.
  static func find(_ id: ID<Deadline>, _ with: DeadlineWriting) throws -> DeadlineCommands {
    try with.planner.lock()
    _ = try with.db.rows(DeadlineBell.locking("b.deadline_id = \(id)"))
    let lock = Query<ID<Deadline>>(column: "SELECT id FROM deadlines WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE")
    let (_, found) = try with.db.read(lock, Deadline.mine("d.id = \(id)"))
    guard let deadline = found.first else { throw Failure.notFound }
    return DeadlineCommands(deadline: deadline, with: with)
  }

  /// A new deadline, with its reminder.
  ///
  /// - Throws: ``DeadlineRefusal`` for a task, an event or a profile that cannot be.
  static func make(_ draft: DeadlineDraft, _ with: DeadlineWriting) throws -> DeadlineOutcome {
    // What becomes of its task at this moment sees it, or is seen.
    try with.planner.lock()
    let id = ID<Deadline>.new(at: with.now)
    try check(draft, with)
    try with.db.queue(
      [
        """
        INSERT INTO deadlines (id, user_id, created_at, updated_at, \(draft.fields.columns))
        VALUES (\(id), \(with.person.id), \(with.now), \(with.now), \(draft.fields.values))
        """
      ] + (draft.tags.isEmpty ? [] : TaskWrites.tagging(ThingRef(.deadline, of: id), draft.tags, with.planner)))
    guard let made = try with.db.row(Deadline.mine("d.id = \(id)")) else { throw Failure.notFound }
    try DeadlineBell(deadline: made, with: with).follow()
    return try DeadlineCommands(deadline: made, with: with).did("deadline.made")
  }

  /// - Throws: ``StaleForm``; ``DeadlineRefusal``.
  func save(_ draft: DeadlineDraft) throws -> DeadlineOutcome {
    guard draft.version == deadline.version else { throw StaleForm() }
    try DeadlineCommands.check(draft, stored: deadline, with)
    // One that has lost its reminder has it again, although nothing of the form is new.
    if draft.changes.isEmpty, !deadline.isSilent { return DeadlineOutcome(id: deadline.id) }
    let isAhead = deadline.status == .missed && draft.due > with.now
    let status = isAhead ? (deadline.formerDues.isEmpty ? DeadlineStatus.pending : .extended) : deadline.status
    try with.db.queue(
      [
        """
        UPDATE deadlines SET \(draft.fields.assignments), status = \(status), missed_at = \(isAhead ? nil : deadline.missedAt),
          version = version + 1, updated_at = \(with.now)
        WHERE id = \(deadline.id) AND user_id = (SELECT me())
        """
      ] + TaskWrites.tagging(deadline.ref, draft.tags, with.planner))
    let isNewlyRung = try bell().follow()
    var outcome = try did("deadline.changed", draft.changes.merging(["deadline": draft.title]) { first, _ in first })
    outcome.isNewlyRung = isNewlyRung
    return outcome
  }

  /// A task, an event and a profile are the person's.
  private static func check(_ draft: DeadlineDraft, stored: Deadline? = nil, _ with: DeadlineWriting) throws {
    if let task = draft.task, task != stored?.task {
      let known: ID<Task>? = try with.db.value("SELECT id FROM tasks WHERE id = \(task) AND user_id = (SELECT me()) AND deleted_at IS NULL")
      if known == nil { throw DeadlineRefusal.noTask }
    }
    if let event = draft.event, event != stored?.event {
      let found = try with.db.rows(PlannedThing.some([ThingRef(.event, of: event).id]))
      if !found.contains(where: { $0.kind == .event }) { throw DeadlineRefusal.noEvent }
    }
    guard let profile = draft.profile else { return }
    let known: ID<EscalationProfile>? = try with.db.value(
      "SELECT id FROM profiles WHERE id = \(profile) AND user_id = (SELECT me()) FOR KEY SHARE")
    if known == nil { throw DeadlineRefusal.noProfile }
  }

  // MARK: - Its course

  /// Done, however late; done again it stays done since when it was.
  func complete() throws -> DeadlineOutcome {
    if deadline.status == .completed { return DeadlineOutcome(id: deadline.id) }
    var course = deadline.course
    course.complete(at: max(with.now, deadline.createdAt))
    try store(course)
    try bell().complete()
    var outcome = try did("deadline.completed", course.lateMinutes.map { ["late": String($0)] } ?? [:])
    outcome.undo = Paths.reopening(deadline.id)
    return outcome
  }

  /// As it would be had nobody completed it.
  func reopen() throws -> DeadlineOutcome {
    if deadline.status != .completed { return DeadlineOutcome(id: deadline.id) }
    var course = deadline.course
    course.reopen(now: with.now)
    try store(course)
    if course.status.isAhead { try bell().reopen() }
    return try did("deadline.reopened")
  }

  /// Put later, with a reason; what it was due at before is kept.
  ///
  /// - Throws: ``DeadlineRefusal/completed``, ``DeadlineRefusal/notLater``.
  func extend(_ form: DeadlineExtension) throws -> DeadlineOutcome {
    var course = deadline.course
    let move: DeadlineCourse.ReminderMove
    do throws(DeadlineError) {
      move = try course.extend(to: form.due, now: with.now)
    } catch {
      throw error == .completed ? DeadlineRefusal.completed : .notLater
    }
    let remind = RemindColumns(course.reminder)
    try with.db.queue([
      """
      INSERT INTO deadline_extensions (id, user_id, deadline_id, from_due, to_due, reason, at)
      VALUES (\(ID<DeadlineExtension>.new(at: with.now)), \(with.person.id), \(deadline.id), \(deadline.dueAt), \(course.due), \(form.reason),
        \(with.now))
      """,
      """
      UPDATE deadlines SET status = \(course.status), due_at = \(course.due), remind_at = \(remind.at),
        remind_words = CASE WHEN \(move == .dropped) THEN '' ELSE remind_words END, missed_at = NULL, looked_at = NULL, version = version + 1,
        updated_at = \(with.now)
      WHERE id = \(deadline.id) AND user_id = (SELECT me())
      """,
    ])
    let isNewlyRung = try move != .stays && bell().follow()
    var outcome = try did("deadline.extended", ["due": "\(deadline.dueAt.iso) → \(course.due.iso)", "extension_reason": form.reason])
    outcome.reminder = move
    outcome.isNewlyRung = isNewlyRung
    return outcome
  }

  /// Its owner has seen that it was missed.
  func look() throws -> DeadlineOutcome {
    if !deadline.isToBeSeen { return DeadlineOutcome(id: deadline.id) }
    try with.db.queue([
      "UPDATE deadlines SET looked_at = \(with.now), updated_at = \(with.now) WHERE id = \(deadline.id) AND user_id = (SELECT me())"
    ])
    return try did("deadline.seen")
  }

  // MARK: - The trash

  /// Gone for 30 days, its reminder at once.
  func delete() throws -> DeadlineOutcome {
    let deletion = ID<Deletion>.new(at: with.now)
    try with.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at) VALUES (\(deletion), \(with.person.id), 'deadline', \(deadline.id), 1, \(with.now))
      """
    ])
    try delete(with: deletion)
    var outcome = try did("deadline.deleted")
    outcome.undo = Paths.deadlineRestoration(deadline.id)
    return outcome
  }

  /// The same as a part of what else goes.
  func delete(with deletion: ID<Deletion>) throws {
    try bell().delete()
    try with.db.queue([
      """
      UPDATE deadlines SET deleted_at = \(with.now), deletion_id = \(deletion), updated_at = \(with.now)
      WHERE id = \(deadline.id) AND user_id = (SELECT me())
      """
    ])
  }

  /// Back from the trash; its reminder only where that is asked for. Without its task, where that is in the trash still.
  ///
  /// - Returns: nothing for one that is not in the trash.
  /// - Throws: ``Failure/notFound`` for one that is gone for good, or somebody else's.
  static func restore(_ id: ID<Deadline>, reminders: Bool, _ with: DeadlineWriting) throws -> DeadlineOutcome {
    try with.planner.lock()
    let found: (ID<Deadline>, ID<Deletion>?)? = try with.db.row(
      Query(tuple: "SELECT id, deletion_id FROM deadlines WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE"))
    guard let (_, gone) = found else { throw Failure.notFound }
    guard let deletion = gone else { return DeadlineOutcome(id: id) }
    try with.db.queue([
      """
      UPDATE deadlines d SET deleted_at = NULL, deletion_id = NULL, updated_at = \(with.now),
        task_id = (SELECT t.id FROM tasks t WHERE t.id = d.task_id AND t.user_id = d.user_id AND t.deleted_at IS NULL)
      WHERE d.id = \(id) AND d.user_id = (SELECT me())
      """,
      """
      UPDATE deletions SET restored_at = \(with.now) WHERE id = \(deletion) AND user_id = (SELECT me()) AND kind = 'deadline'
      """,
    ])
    guard let back = try with.db.row(Deadline.mine("d.id = \(id)")) else { throw Failure.notFound }
    let isNewlyRung = try reminders && DeadlineBell(deadline: back, with: with).follow()
    var outcome = try DeadlineCommands(deadline: back, with: with).did("deadline.restored")
    outcome.isSilent = !reminders && back.rings != nil && back.status.isAhead
    outcome.isNewlyRung = isNewlyRung
    return outcome
  }

  // MARK: - What they share

  /// Its reminder, as what is written already says it should be.
  func bell() throws -> DeadlineBell {
    let stored = try with.db.row(Deadline.mine("d.id = \(deadline.id)"))
    return DeadlineBell(deadline: stored ?? deadline, with: with)
  }

  func store(_ course: DeadlineCourse, byTask: Bool = false) throws {
    try with.db.queue([
      """
      UPDATE deadlines SET status = \(course.status), missed_at = \(course.missedAt), completed_at = \(course.completedAt),
        looked_at = CASE WHEN \(course.status == .missed) THEN NULL ELSE looked_at END,
        by_task = \(byTask && course.status == .completed), updated_at = \(with.now)
      WHERE id = \(deadline.id) AND user_id = (SELECT me())
      """
    ])
  }

  /// What is told of a change: to the audit log and to the log of events.
  private func did(_ action: String, _ facts: [String: String] = [:]) throws -> DeadlineOutcome {
    try with.planner.note(action, [deadline.ref])
    let payload = ["title": deadline.title].merging(facts) { $1 }
    return DeadlineOutcome(id: deadline.id, entries: [AuditEntry(action, Deadline.subject, deadline.id.text, payload)])
  }
}

/// Why something cannot be done with a deadline.
enum DeadlineRefusal: Refusal, Equatable {
  case completed, notLater, noTask, noEvent, noProfile

  func sentence(_ words: Words) -> String {
    switch self {
    case .completed: words("This deadline is completed: there is nothing to extend.")
    case .notLater: words("Choose a time after the one it is due at now.")
    case .noTask: words("Choose one of your tasks.")
    case .noEvent: words("Choose one of your events.")
    case .noProfile: words("Choose one of your profiles.")
    }
  }

  /// The field of a form that it is about.
  var field: String {
    switch self {
    case .completed, .notLater: "due"
    case .noTask: "task"
    case .noEvent: "event"
    case .noProfile: "profile"
    }
  }
}
