import Domain
import HTML
import Postgres
import Web

/// A job of an account, as those who run it see it.
struct AccountJob {
  /// In the words of the contract.
  enum State: String, CaseIterable {
    case queued, running, succeeded, failed, cancelled

    /// As `jobs.state` has it.
    var stored: String {
      switch self {
      case .queued: "pending"
      case .succeeded: "done"
      case .running, .failed, .cancelled: rawValue
      }
    }
  }

  let id: ID<Job>
  let kind: String
  let storedState: String
  let dueAt: Instant
  let attempts: Int
  let done: Int64
  let total: Int64?
  let failures: Int
  let error: String
  /// Names and sums, as lines.
  let metricNames: [String]
  let metricValues: [String]
  let createdAt: Instant
  let startedAt: Instant?
  let finishedAt: Instant?

  /// Of the account that the transaction is for, and of nobody in it.
  static func ours(_ which: SQL) -> Query<AccountJob> {
    Query(
      """
      SELECT j.id, j.kind, j.state AS stored_state, j.due_at, j.attempts, j.done, j.total, j.failures, j.error,
        ARRAY(SELECT key FROM jsonb_each_text(j.metrics) ORDER BY key) AS metric_names,
        ARRAY(SELECT value FROM jsonb_each_text(j.metrics) ORDER BY key) AS metric_values, j.created_at, j.started_at, j.finished_at
      FROM jobs j WHERE j.account_id = (SELECT my_account()) AND j.user_id IS NULL AND \(which)
      """, into: AccountJob.init)
  }

  var state: State { State.allCases.first { $0.stored.utf8.elementsEqual(storedState.utf8) } ?? .queued }

  /// "3/10", or "3" where nobody knows how much there is.
  var progress: String { total.map { "\(done)/\($0)" } ?? String(done) }

  var canRetry: Bool { state == .failed || state == .cancelled }
  var canCancel: Bool { state == .queued || state == .running }
}

/// Which jobs a list shows, as its address says.
struct JobFilter {
  enum State: String, CaseIterable { case all, queued, running, succeeded, failed, cancelled }

  let state: State
  /// nil: all.
  let type: JobType?
  let after: ID<Job>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.all)
    let text = read.raw("type")
    type = JobType(rawValue: text)
    if type == nil, !text.utf8.isEmpty { read.complain("type", words("Choose one of the values offered.")) }
    after = read.after()
    try read.finish()
  }

  var isFiltered: Bool { state != .all || type != nil }

  func path(_ state: State) -> Path { Paths.jobs.adding("state", state == .all ? nil : state.rawValue).adding("type", type?.rawValue) }

  /// A page and what follows, the newest first.
  var rows: Query<AccountJob> {
    let stored = AccountJob.State(rawValue: state.rawValue)?.stored ?? ""
    return AccountJob.ours(
      """
      (\(state == .all) OR j.state = \(stored)) AND (\(type == nil) OR j.kind = ANY (\(type?.kinds ?? [])))
        AND (\(after == nil) OR j.id < \(after)::uuid)
      ORDER BY j.id DESC LIMIT \(PageSize.read)
      """)
  }
}

/// What is said of jobs.
enum JobText {
  static func label(_ state: AccountJob.State, _ words: Words) -> String {
    switch state {
    case .queued: words("Queued", context: "job")
    case .running: words("Running", context: "job")
    case .succeeded: words("Done", context: "job")
    case .failed: words("Failed", context: "job")
    case .cancelled: words("Stopped", context: "job")
    }
  }

  static func badge(_ job: AccountJob, _ words: Words) -> StatusBadge {
    let (tone, icon) =
      switch job.state {
      case .queued: job.failures > 0 ? ("due", "repeat") : ("calm", "clock")
      case .running: ("calm", "play")
      case .succeeded: ("done", "done")
      case .failed: ("urgent", "error")
      case .cancelled: ("calm", "stop")
      }
    return StatusBadge(tone: tone, icon: icon, label: label(job.state, words))
  }

  static func progress(_ job: AccountJob, _ words: Words) -> String {
    job.total.map { words("{done} of {total}", ["done": String(job.done), "total": String($0)]) }
      ?? words.count("{n} item", "{n} items", Int(clamping: job.done))
  }
}
