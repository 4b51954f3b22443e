import Domain
import Postgres

/// What was asked to be done to all of a long list, and how far a worker has come with it (RULES 8.27): a row of `task_batches`.
struct TaskBatchJob {
  let deed: TaskDeed.Name
  let value: String
  /// The list.
  let back: String
  let total: Int
  /// Of those that were gone through.
  let done: Int
  /// Of these, those that were not there, and those that could not be changed, with the reasons of the first of them.
  let missing: Int
  let refused: Int
  let reasons: [String]
  let job: ID<Job>
  let jobState: String?
  let createdAt: Instant
  let finishedAt: Instant?
  let undoAt: Instant?
  let undoneAt: Instant?
  /// Things that are as they were, and those that changed since.
  let undone: Int
  let kept: Int

  /// What it is about, for the audit log.
  static let subject = "task_batch"
  /// How many reasons are told.
  static let mostReasons = 5

  /// The fact `state`.
  enum Word: String { case running, done, undone, failed }

  var word: Word {
    if undoneAt != nil { return .undone }
    if finishedAt != nil, undoAt == nil { return .done }
    return jobState == "pending" || jobState == "running" ? .running : .failed
  }

  /// Of the person that the transaction is for.
  static func query(_ id: ID<TaskBatchJob>) -> Query<TaskBatchJob> {
    Query(
      """
      SELECT b.deed, b.value, b.back, b.total, b.total - cardinality(b.waiting) - b.missing - b.refused AS done, b.missing, b.refused, b.reasons,
        b.job_id AS job, j.state AS job_state, b.created_at, b.finished_at, b.undo_at, b.undone_at, b.undone, b.kept
      FROM task_batches b LEFT JOIN jobs j ON j.id = b.job_id AND j.user_id = b.user_id
      WHERE b.id = \(id) AND b.user_id = (SELECT me())
      """, into: TaskBatchJob.init)
  }
}
