import Domain
import Postgres

/// A series that is taken in (RULES 8.21).
struct ImportedSeries {
  let id: ID<TaskSeries>
  /// Of its last instance.
  var number: Int
  var hasOpen: Bool

  init(id: ID<TaskSeries>, number: Int = 0, hasOpen: Bool = false) { (self.id, self.number, self.hasOpen) = (id, number, hasOpen) }

  /// All that tells one series of a file from another.
  static func name(_ task: PlannerFileTask, _ again: TaskRepeat) -> String {
    [again.rule.text, again.from.rawValue, again.first.iso, task.title].joined(separator: "\u{1F}")
  }

  /// How far series have come, whatever was done with their tasks between two steps; one that is over or gone is not among them.
  static func current(_ ids: [ID<TaskSeries>], _ db: Connection) throws(PostgresError) -> [ID<TaskSeries>: ImportedSeries] {
    if ids.isEmpty { return [:] }
    let found: [(ID<TaskSeries>, Int, Bool)] = try db.rows(
      Query(
        tuple: """
          SELECT t.series_id, max(t.series_no), bool_or(t.deleted_at IS NULL AND t.archived_at IS NULL
            AND t.status IN ('open', 'in_progress', 'deferred'))
          FROM tasks t JOIN task_repeats r ON r.series_id = t.series_id AND r.user_id = t.user_id AND r.ended_at IS NULL
          WHERE t.series_id = ANY (\(ids)) AND t.user_id = (SELECT me()) GROUP BY t.series_id
          """))
    return Dictionary(
      found.map { ($0.0, ImportedSeries(id: $0.0, number: $0.1, hasOpen: $0.2)) }, uniquingKeysWith: { first, _ in first })
  }
}
