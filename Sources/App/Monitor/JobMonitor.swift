import Domain
import HTML
import Postgres
import Web

/// What cannot be done with a job.
enum JobRefusal: Refusal {
  case notFailed, isOver

  func sentence(_ words: Words) -> String {
    switch self {
    case .notFailed: words("Only a job that failed or was stopped can be tried again.")
    case .isOver: words("This job is over already: there is nothing to stop.")
    }
  }
}

/// The jobs of an account: what is done step by step for all of its people (RULES 6.13: for those who run it).
enum JobMonitor {
  /// GET /jobs
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try JobFilter(query, words) }
    let rows = try web.read(filter.rows)
    return web.list(try JobListPage(PageOf(rows), filter, web))
  }

  /// GET /jobs/:job
  static func show(_ web: Context, _ id: ID<Job>) throws -> Response {
    guard let job = try web.read(AccountJob.ours("j.id = \(id)")).first else { throw Failure.notFound }
    return web.list(try JobPage(job, web))
  }

  /// POST /jobs: asks for one; where one of its kind waits or runs, that is the answer.
  static func ask(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { state in
      let filter = try JobFilter(Form(), web.words)
      return try JobListPage(PageOf(try web.db.rows(filter.rows)), filter, web, state)
    }) {
      var read = FormReader(web.form, web.words)
      let text = read.raw("type")
      let type = JobType(rawValue: text).flatMap { JobType.asked.contains($0) ? $0 : nil }
      if type == nil { read.complain("type", web.words(text.utf8.isEmpty ? "Fill this in." : "Choose one of the values offered.")) }
      let chosen = try read.finish(type)
      // One after the other, whoever of the account presses.
      try web.db.run("SELECT pg_advisory_xact_lock(hashtextextended('job ' || my_account()::text, 0))")
      let open = try web.db.row(
        AccountJob.ours("j.kind = \(chosen.kinds[0]) AND j.state IN ('pending', 'running') ORDER BY j.id DESC LIMIT 1"))
      if let open { return Change(to: Paths.job(open.id), says: web.words("It is about to be done already."), did: []) }
      let id = ID<Job>.new(at: web.now)
      try web.db.queue([Job.asking(for: chosen.kinds[0], of: person.account, as: id, now: web.now)])
      return Change(
        to: Paths.job(id), says: web.words("It is done in a moment."),
        did: [AuditEntry("job.asked", "job", id.text, ["type": chosen.rawValue]).shared], wakes: web.now)
    }
  }

  /// POST /jobs/:job/retry: goes on where it stopped. What waits or runs already is left to it.
  static func retry(_ web: Context, _ id: ID<Job>) throws -> Change {
    let job = try find(id, web)
    if job.canCancel { return Change(to: Paths.job(id), says: web.words("It is about to be done already."), did: []) }
    guard try web.db.value("SELECT door.retry_job(\(id), \(web.now))") == true else { throw JobRefusal.notFailed }
    return Change(
      to: Paths.job(id), says: web.words("It is tried again."), did: [entry("job.retried", job)], wakes: web.now)
  }

  /// POST /jobs/:job/cancellation
  static func cancel(_ web: Context, _ id: ID<Job>) throws -> Change {
    let job = try find(id, web)
    guard try web.db.value("SELECT door.cancel_job(\(id), \(web.now))") == true else { throw JobRefusal.isOver }
    return Change(to: Paths.job(id), says: web.words("It is stopped."), did: [entry("job.cancelled", job)])
  }

  private static func find(_ id: ID<Job>, _ web: Context) throws -> AccountJob {
    _ = try web.person
    guard let job = try web.db.row(AccountJob.ours("j.id = \(id)")) else { throw Failure.notFound }
    return job
  }

  private static func entry(_ action: String, _ job: AccountJob) -> AuditEntry {
    AuditEntry(action, "job", job.id.text, ["type": JobType(kind: job.kind)?.rawValue ?? job.kind]).shared
  }
}
