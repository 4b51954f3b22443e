import Domain
import HTML
import Postgres
import Web

/// What follows for deadlines from what becomes of their tasks and of their reminders (RULES 8.10, 8.26, 8.28).
enum DeadlineFollowing {
  /// What somebody did: a task that was closed, opened, archived, thrown away or brought back lets its deadlines be looked at; a reminder that is
  /// done completes its deadline, by a page or by a link, and one that is open again opens it.
  static func follow(_ change: Change, _ web: Context) throws {
    let reminders = change.did.filter { $0.subject == "reminder" }
    func ids(_ actions: Set<String>) -> [ID<Reminder>] {
      reminders.filter { actions.contains($0.action) }.compactMap { $0.subjectID.flatMap { ID<Reminder>($0) } }
    }
    let (done, open) = (ids(["reminder.completed"]), ids(["reminder.reopened", "reminder.restored"]))
    if !done.isEmpty { try complete(done, web) }
    if !open.isEmpty { try reopen(open, web) }
    // What changes tasks and tells of something else is left to a worker.
    if !change.did.contains(where: { $0.subject == Task.subject || $0.subject == "undo" }) { return }
    let marked = Query<ID<Deadline>>(
      column: "SELECT id FROM deadlines WHERE settle_at IS NOT NULL AND user_id = (SELECT me()) ORDER BY id LIMIT 1")
    if try web.db.row(marked) == nil { return }
    let asked = web.isToRingAgain || change.did.contains { $0.subject == "undo" }
    let with = DeadlineWriting(planner: try web.plannerWriting, services: web.services, actor: try web.actor(change.actor))
    let rung = try settle(reminders: asked, with)
    if rung > 0, let full = try web.services.quota.overflow(web) { throw Failure.conflict(full) }
  }

  /// Completes the deadlines of reminders, whose rows are locked, and notes it where their person keeps a log: one statement that asks for nothing back.
  /// One that somebody else has in hands at this moment they lead on themselves, or a worker does when it is due.
  private static func complete(_ reminders: [ID<Reminder>], _ web: Context) throws {
    let events = reminders.map { _ in ID<EventLog.EventRow>.new(at: web.now) }
    try web.db.queue([
      """
      WITH done AS (
        UPDATE deadlines SET status = 'completed', completed_at = greatest(\(web.now), created_at), by_task = false, updated_at = \(web.now)
        WHERE id IN (
          SELECT d.id FROM deadlines d JOIN deadline_reminders b ON b.deadline_id = d.id AND b.user_id = d.user_id
          WHERE b.reminder_id = ANY (\(reminders)) AND d.user_id = (SELECT me()) AND d.status <> 'completed' AND d.deleted_at IS NULL
          FOR UPDATE OF d SKIP LOCKED) RETURNING id, user_id),
      told AS (SELECT d.id, d.user_id, row_number() OVER () AS number FROM done d JOIN users u ON u.id = d.user_id AND u.keeps_events)
      INSERT INTO event_log (id, at, user_id, kind, request_id, payload, thing_kind, thing_id)
      SELECT (\(events)::uuid[])[t.number], \(web.now), t.user_id, 'deadline.completed', \(web.request.id), '{}', 'deadline', t.id FROM told t
      """
    ])
  }

  /// Opens the deadlines of reminders again that were completed with them.
  private static func reopen(_ reminders: [ID<Reminder>], _ web: Context) throws {
    let found = try web.db.rows(
      Deadline.mine(
        "b.reminder_id = ANY (\(reminders)) AND d.status = 'completed' AND NOT d.by_task ORDER BY d.id FOR UPDATE OF d SKIP LOCKED"))
    if found.isEmpty { return }
    let with = try web.deadlineWriting
    for deadline in found {
      var course = deadline.course
      course.reopen(now: web.now)
      try DeadlineCommands(deadline: deadline, with: with).store(course)
    }
    try web.plannerWriting.note("deadline.reopened", found.map(\.ref))
  }

  // MARK: - Their tasks

  /// A deadline whose task is other than it knows.
  private struct Marked {
    let id: ID<Deadline>
    /// In the trash: by which press, and whether that threw its task away.
    let deletion: ID<Deletion>?
    let wentAlong: Bool
    let isDone: Bool
    let isArchived: Bool
    let taskDeletion: ID<Deletion>?
  }

  /// Leads the person's deadlines on to what their tasks are now.
  ///
  /// - Parameters:
  ///   - reminders: whether those that come back from the trash ring again.
  ///   - most: how many; nil: all.
  /// - Returns: how many reminders were made for those that came back.
  @discardableResult
  static func settle(reminders: Bool, most: Int? = nil, _ with: DeadlineWriting) throws -> Int {
    try with.planner.lock()
    let theirs: SQL = """
      b.deadline_id IN (SELECT m.id FROM deadlines m
        WHERE m.settle_at IS NOT NULL AND m.task_id IS NOT NULL AND m.user_id = (SELECT me()) ORDER BY m.id LIMIT \(most))
      """
    _ = try with.db.rows(DeadlineBell.locking(theirs))
    let marked = try with.db.rows(
      """
      SELECT d.id, d.deletion_id, coalesce(k.kind = 'task', false) AS went_along, t.status = 'done' AS done, t.archived_at IS NOT NULL AS archived,
        t.deletion_id AS task_deletion
      FROM deadlines d JOIN tasks t ON t.id = d.task_id AND t.user_id = d.user_id
        LEFT JOIN deletions k ON k.id = d.deletion_id AND k.user_id = d.user_id
      WHERE d.settle_at IS NOT NULL AND d.user_id = (SELECT me()) ORDER BY d.id LIMIT \(most) FOR UPDATE OF d
      """, into: Marked.init)
    var rung = 0
    for it in marked { rung += try settle(it, reminders: reminders, with) ? 1 : 0 }
    try with.db.queue([
      """
      UPDATE deadlines SET settle_at = NULL WHERE settle_at IS NOT NULL AND user_id = (SELECT me())
        AND (id = ANY (\(marked.map(\.id))) OR task_id IS NULL)
      """
    ])
    return rung
  }

  /// - Returns: whether a reminder was made for one that came back.
  private static func settle(_ it: Marked, reminders: Bool, _ with: DeadlineWriting) throws -> Bool {
    var isRung = false
    if it.deletion != nil {
      guard it.wentAlong, it.taskDeletion == nil else { return false }
      isRung = try DeadlineCommands.restore(it.id, reminders: reminders && !it.isDone, with).isNewlyRung
    }
    guard let deadline = try with.db.row(Deadline.mine("d.id = \(it.id)")) else { return isRung }
    let commands = DeadlineCommands(deadline: deadline, with: with)
    if let deletion = it.taskDeletion {
      try commands.delete(with: deletion)
      try with.planner.note("deadline.deleted", [deadline.ref])
      return false
    }
    try commands.followTask(isDone: it.isDone)
    try commands.putAway(it.isArchived && !it.isDone)
    return isRung
  }
}

extension Context {
  /// Whether what comes back from the trash rings again: ticked there, or by the address of Undo, which puts all back as it was (RULES 8.9, 8.26).
  var isToRingAgain: Bool { form.text("reminders") != nil || request.query.text("reminders") != nil }
}

extension DeadlineCommands {
  /// Done with its task, open again with it.
  fileprivate func followTask(isDone: Bool) throws {
    var course = deadline.course
    if isDone, deadline.status != .completed {
      course.complete(at: max(with.now, deadline.createdAt))
      try store(course, byTask: true)
      try bell().complete()
      try with.planner.note("deadline.completed", [deadline.ref])
    } else if !isDone, deadline.byTask {
      course.reopen(now: with.now)
      try store(course)
      if course.status.isAhead { try bell().reopen() }
      try with.planner.note("deadline.reopened", [deadline.ref])
    }
  }

  /// Out of the way with its task, and back with it.
  fileprivate func putAway(_ isAway: Bool) throws {
    if isAway == deadline.isPutAway { return }
    try with.db.queue([
      "UPDATE deadlines SET put_away = \(isAway), updated_at = \(with.now) WHERE id = \(deadline.id) AND user_id = (SELECT me())"
    ])
    if isAway { try bell().archive() } else if try bell().deadline.status.isAhead { try bell().reopen() }
  }
}
