import Domain
import Postgres

/// Counts what was learnt since the last time, every night for each account that learnt something, and when somebody asks.
///
/// There is no place of ours to write lines to, and whoever wants them fetches them (``LearningExport``): so the job says how many are new, by what was
/// decided, and keeps in its place up to where it counted. Its row is its history.
enum CorrectionsSync {
  private static let most = 500

  static let kind = JobKind(JobType.correctionsSync.rawValue) { run, bench, now in
    guard let account = run.account else { return .done }
    if run.place.utf8.isEmpty { run.place = try last(of: account, bench.db) ?? "" }
    let found: [(String, ID<LearningSample>, Draft.Action)] = try bench.db.rows(
      Query(
        tuple: """
          SELECT s.tx::text, s.id, s.action FROM learning_samples s
          WHERE s.account_id = \(account) AND \(LearningCursor.behind(LearningCursor(run.place))) ORDER BY s.tx, s.id LIMIT \(most)
          """))
    run.count("samples", found.count)
    for action in Draft.Action.allCases { run.count(action.rawValue, found.count { $0.2 == action }) }
    run.done += found.count
    if let (tx, id, _) = found.last { run.place = LearningCursor(tx: UInt64(tx) ?? 0, id: id).text }
    return found.count == most ? .again : .done
  }

  /// Every night.
  static let schedule = JobKind("corrections.schedule", .nightly()) { (bench, after: ID<Account>, now) in
    let day = Day(Int(now.seconds / 86_400))
    let accounts: [ID<Account>] = try bench.db.rows(
      Query(
        column: """
          SELECT a.id FROM accounts a WHERE a.id > \(after) AND EXISTS (SELECT FROM learning_samples s WHERE s.account_id = a.id)
          ORDER BY a.id LIMIT 100
          """))
    try bench.db.queue(accounts.map { Job.asking(for: JobType.correctionsSync.rawValue, key: day.iso, of: $0, now: now) })
    return accounts.count < 100 ? nil : accounts.last
  }

  private static func last(of account: ID<Account>, _ db: Connection) throws(PostgresError) -> String? {
    try db.value(
      """
      SELECT place FROM jobs WHERE account_id = \(account) AND user_id IS NULL AND kind = 'corrections_sync' AND state = 'done'
      ORDER BY id DESC LIMIT 1
      """)
  }
}
