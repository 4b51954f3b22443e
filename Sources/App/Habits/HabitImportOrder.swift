import Domain
import Postgres

/// How an import stands that was ordered and is not made yet.
struct HabitImportOrder {
  let confirmedAt: Instant?
  /// What takes it in, or tried to; nil: nobody asked, or it failed.
  let job: ID<Job>?
  let jobState: String?
  let orderedAt: Instant?
  /// Dates; nil: it has not begun.
  let done: Int?
  let total: Int?
  let stored: HabitImportFailure.Reason?

  /// Of the person that the transaction is for.
  static func query(_ id: ID<HabitImport>) -> Query<HabitImportOrder> {
    Query(
      """
      SELECT i.confirmed_at, i.job_id AS job, j.state AS job_state, j.created_at AS ordered_at, j.done, j.total, i.failure AS stored
      FROM habit_imports i LEFT JOIN jobs j ON j.id = i.job_id AND j.user_id = i.user_id
      WHERE i.id = \(id) AND i.user_id = (SELECT me())
      """, into: HabitImportOrder.init)
  }

  /// Whether a worker has it, or will.
  var isRunning: Bool { confirmedAt == nil && (jobState == "pending" || jobState == "running") }

  /// Why the last try came to nothing; nil: there was none, or it runs or is made. A job that ended without a word was given up.
  var failure: HabitImportFailure.Reason? {
    if confirmedAt != nil || isRunning { return nil }
    return stored ?? (job == nil ? nil : .error)
  }

  /// What waits with it.
  struct Sent {
    let file: [UInt8]
    let choices: [UInt8]
  }

  static func sent(_ id: ID<HabitImport>) -> Query<Sent> {
    Query(
      "SELECT file, choices FROM habit_imports WHERE id = \(id) AND user_id = (SELECT me()) AND file IS NOT NULL AND choices IS NOT NULL",
      into: Sent.init)
  }
}
