import Domain
import Net
import Postgres

/// A row of `jobs`: work that is done step by step, with how far it has come, how it failed, and what it took.
enum Job {
  /// Asks for one.
  ///
  /// - Parameters:
  ///   - kind: ``JobKind/name``.
  ///   - key: of one kind and owner there is one with this key, whatever has become of it; nil: any number.
  ///   - place: where its first step begins.
  ///   - account: whose it is; nil: the house's own.
  ///   - user: the person's whose it is; nil: the whole account's.
  ///   - id: its own; nil: a new one.
  /// - Returns: a statement that adds a row, or none. Wake the worker after it: `SELECT pg_notify('heed_work', '')`.
  static func asking(
    for kind: String, key: String? = nil, at place: String = "", of account: ID<Account>? = nil, _ user: ID<User>? = nil,
    as id: ID<Job>? = nil, now: Instant
  ) -> SQL {
    """
    INSERT INTO jobs (id, kind, key, account_id, user_id, state, due_at, place, created_at)
    VALUES (\(id ?? .new(at: now)), \(kind), \(key), \(account), \(user), 'pending', \(now), \(place), \(now))
    ON CONFLICT DO NOTHING
    """
  }
}

/// What a step hears of the transfer before it, and how long the job has been in hands. Milliseconds of a steady clock.
struct JobMoment {
  /// What came of the transfer that the step before asked for; nil at any other step, and where a worker died meanwhile: then it is asked for again.
  var answer: HTTPOutcome?
  /// How long that took.
  var latency = 0
  /// For how long this worker has had the job.
  var elapsed = 0
}

/// What a step of a job knows, and what it says about how far it has come. All of it is stored in the transaction of the step itself, so that a
/// step whose worker dies has either been done or not.
struct JobRun {
  let id: ID<Job>
  let account: ID<Account>?
  let user: ID<User>?
  /// Where this step begins, and, when it returns, the next: in the words of the kind, at most 1 kB or so. Empty at first, or what was asked for.
  var place: String
  /// How much is done, in all steps together.
  var done: Int
  /// How much there is to do; nil: not known.
  var total: Int?
  /// What a worker keeps from step to step as long as it has the job in hands: nil at first, and again after an error, a death, or in another
  /// worker's hands. Nothing that cannot be made anew from ``place`` belongs here.
  var kept: AnyObject?
  fileprivate(set) var moment = JobMoment()
  /// What this step adds to the job's metrics.
  private(set) var counted: [String: Int] = [:]
  /// What came of the transfer that the step before asked for.
  var answer: HTTPOutcome? { moment.answer }
  /// For the next retry.
  let failures: Int
  let failingSince: Instant?

  /// Counts something of this step, by a short name: tokens, bytes, rows.
  mutating func count(_ name: String, _ count: Int) { counted[name, default: 0] += count }
}

extension JobRun: FromRow {
  static let columns: Columns = "id, account_id, user_id, place, done, total, failures, failing_since"

  init(row: Row) throws(PostgresError) {
    id = try row("id")
    account = try row("account_id")
    user = try row("user_id")
    place = try row("place")
    done = try row("done")
    total = try row("total")
    failures = try row("failures")
    failingSince = try row("failing_since")
  }

  /// A row that this worker holds, locked until the transaction ends; nil: it is no longer ours.
  static func held(_ hold: LeasedTable<Job>.Hold, _ moment: JobMoment, _ kept: AnyObject?, _ db: Connection) throws(PostgresError)
    -> JobRun?
  {
    var run: JobRun? = try db.row(
      "SELECT \(columns) FROM jobs WHERE id = \(hold.id) AND fence = \(hold.fence) AND state = 'running' FOR UPDATE")
    run?.moment = moment
    run?.kept = kept
    return run
  }

  /// Writes down how far it has come.
  var progress: SQL {
    """
    UPDATE jobs SET place = \(place), done = \(done), total = \(total), lost = 0, failures = 0, failing_since = NULL, error = '',
      metrics = (SELECT jsonb_object_agg(m.name, m.count) FROM (
        SELECT x.name, sum(x.count) AS count FROM (
          SELECT key AS name, value::bigint AS count FROM jsonb_each_text(metrics)
          UNION ALL SELECT * FROM unnest(\(Array(counted.keys)), \(Array(counted.values)))) x GROUP BY x.name) m)
    WHERE id = \(id)
    """
  }
}
