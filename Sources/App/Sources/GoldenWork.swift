import Domain
import Postgres

/// Asks the golden questions of an account again, some at a time, and writes down how many find their source.
enum GoldenWork {
  /// Questions a step.
  private static let most = 20

  static let kind = JobKind(JobType.ingestGoldens.rawValue) { run, bench, now in
    guard let account = run.account else { return .done }
    // One after the other, whoever of the account presses.
    try bench.db.run("SELECT pg_advisory_xact_lock(hashtextextended('golden ' || \(account.text), 0))")
    let after = Int(run.place) ?? 0
    let questions = try bench.db.rows(GoldenQuestion.of(account, after: after, most: most))
    if run.total == nil {
      run.total = try bench.db.value("SELECT count(*)::integer FROM golden_questions WHERE account_id = \(account)", as: Int.self)
    }
    let places = try questions.map { golden in
      let language = MessageLanguage.told(by: golden.question) ?? .english
      return golden.place(in: try PassageSearch.run(golden.question, language, of: account, at: now, bench.db))
    }
    try bench.db.queue([
      .update(
        "golden_questions", set: [.each("place", places)], by: [.each("n", questions.map(\.n))],
        where: "d.n = t.n AND d.account_id = \(account)")
    ])
    run.done += questions.count
    run.count("questions", questions.count)
    run.count("found", places.count { $0 > 0 })
    if questions.count == most, let last = questions.last {
      run.place = String(last.n)
      return .again
    }
    if run.done > 0 { try bench.db.queue([GoldenRun.closing(account, at: now)]) }
    return .done
  }
}

extension GoldenQuestion {
  /// Some of an account, whoever asks.
  fileprivate static func of(_ account: ID<Account>, after n: Int, most: Int) -> Query<GoldenQuestion> {
    Query(
      """
      SELECT n::integer, question, source_url, place::integer FROM golden_questions
      WHERE account_id = \(account) AND golden_questions.n > \(n) ORDER BY golden_questions.n LIMIT \(most)
      """, into: GoldenQuestion.init)
  }

  /// At which place among those quoted its source stands; 0: not among them.
  func place(in search: PassageSearch) -> Int {
    var seen: [ID<SourceDocument>] = []
    for passage in search.quoted {
      if !seen.contains(passage.source) { seen.append(passage.source) }
      if passage.url?.utf8.elementsEqual(sourceURL.utf8) ?? false { return seen.count }
    }
    return 0
  }
}

extension GoldenRun {
  /// A run over all questions as they stand.
  fileprivate static func closing(_ account: ID<Account>, at now: Instant) -> SQL {
    """
    INSERT INTO golden_runs (id, account_id, at, questions, first, found)
    SELECT \(ID<GoldenRun>.new(at: now)), \(account), \(now), count(*), count(*) FILTER (WHERE place = 1), count(*) FILTER (WHERE place > 0)
    FROM golden_questions WHERE account_id = \(account)
    """
  }
}
