import Domain
import Postgres

/// Looks at the addresses of all sources of an account, when somebody asks: each look is a job of its own (``SourceRefresh``).
enum SourceCrawl {
  static let kind = JobKind(JobType.crawl.rawValue) { run, bench, now in
    guard let account = run.account else { return .done }
    let after = ID<SourceDocument>(run.place) ?? ID(high: 0, low: 0)
    let most = 100
    if run.total == nil {
      run.total = try bench.db.value(
        "SELECT count(*)::integer FROM sources WHERE account_id = \(account) AND url IS NOT NULL AND enabled AND deleted_at IS NULL",
        as: Int.self)
    }
    let found: [ID<SourceDocument>] = try bench.db.rows(
      Query(
        column: """
          SELECT id FROM sources WHERE account_id = \(account) AND url IS NOT NULL AND enabled AND deleted_at IS NULL AND id > \(after)
          ORDER BY id LIMIT \(most)
          """))
    try bench.db.queue(found.flatMap { SourceRefresh.asking(for: $0, of: account, at: now) })
    run.done += found.count
    run.count("sources", found.count)
    guard found.count == most, let last = found.last else { return .done }
    run.place = last.text
    return .again
  }
}
