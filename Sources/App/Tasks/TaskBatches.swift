import Domain
import HTML
import Postgres
import Web

/// All of a long list at once: asked for, looked after, taken back.
enum TaskBatches {
  /// Leaves it to a worker.
  static func order(_ deed: TaskDeed, _ ids: [ID<Task>], back: Path, _ writing: PlannerWriting, _ web: Context) throws -> Change {
    let id = ID<TaskBatchJob>.new(at: web.now)
    let job = ID<Job>.new(at: web.now)
    let list = PlannerUndo.kept(back)
    let waiting = try TaskBatchOrder.order(ids, deed, web.db)
    try web.db.queue([
      """
      INSERT INTO task_batches (id, user_id, deed, value, back, waiting, total, job_id, created_at)
      VALUES (\(id), \(writing.person.id), \(deed.name), \(deed.value), \(list.text), \(waiting), \(ids.count), \(job), \(web.now))
      """,
      TaskBatchWork.asking(for: id, as: job, of: writing.person, at: web.now),
    ])
    return Change(
      to: Paths.taskBatch(id), says: web.words("It has begun. You may leave this page."),
      did: [AuditEntry("task_batch.ordered", TaskBatchJob.subject, id.text, ["tasks": String(ids.count)])],
      wakes: web.now)
  }

  /// GET /planner/batches/:batch
  static func show(_ web: Context, _ id: ID<TaskBatchJob>) throws -> Response {
    guard let batch = try web.read(TaskBatchJob.query(id)).first else { throw Failure.notFound }
    let page = try TaskBatchPage(id, batch, web)
    return try web.page(page, showing: [page.state, page.done, page.left, page.undone, page.kept, page.isLong ? "long" : ""])
  }

  /// POST /planner/batches/:batch/undo: takes back what was done until then, for a day, and ends what still goes on.
  static func undo(_ web: Context, _ id: ID<TaskBatchJob>) throws -> Change {
    let writing = try web.plannerWriting
    try writing.lock()
    guard let batch = try web.db.row(TaskBatchJob.query(id)) else { throw Failure.notFound }
    if batch.undoAt != nil { throw UndoRefusal.already }
    if batch.createdAt.advanced(hours: PlannerUndo.hours) <= web.now { throw UndoRefusal.over }
    let job = ID<Job>.new(at: web.now)
    try web.db.queue([
      "UPDATE task_batches SET undo_at = \(web.now), job_id = \(job) WHERE id = \(id) AND user_id = (SELECT me()) AND undo_at IS NULL",
      TaskBatchWork.asking(for: id, as: job, of: writing.person, at: web.now),
    ])
    return Change(
      to: Paths.taskBatch(id), says: web.words("It is being taken back. You may leave this page."),
      did: [AuditEntry("task_batch.undone", TaskBatchJob.subject, id.text)], wakes: web.now)
  }
}
