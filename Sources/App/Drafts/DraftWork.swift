import Domain
import Net
import Postgres

/// Writes drafts. One answers all that a customer wrote since the last answer (RULES 6.29): by the model where one is set up (6.16), and without it
/// whenever that comes to nothing (6.12). While the model writes nothing is locked.
enum DraftWork {
  static let name = "draft"

  /// Its place: the draft, and behind a blank what ``ModelCall`` remembers.
  static let kind = JobKind(name) { run, bench, now in try step(&run, bench, now) }

  private static func step(_ run: inout JobRun, _ bench: WorkBench, _ now: Instant) throws -> JobStep {
    let parts = run.place.split(separator: " ", maxSplits: 1).map { String($0) }
    guard let id = parts.first.flatMap({ ID<Draft>($0) }) else { return .done }
    var memory = parts.count > 1 ? parts[1] : ""
    guard let question = try DraftQuestion.find(id, bench.db) else {
      // Answered by another way meanwhile, or erased.
      try ModelRun.drop(memory, run.moment, bench, now)
      return .done
    }
    let task = try run.kept as? DraftTask ?? DraftTask(id, question, bench, now)
    run.kept = task
    let written: WrittenDraft
    switch try task.step(&memory, run.moment, bench, now) {
    case .waiting(let request, let wait):
      run.place = "\(id.text) \(memory)"
      return .transfer(request, after: wait)
    case .written(let draft): written = task.written(draft, by: bench.services.model?.model ?? "")
    case .unwritten(let reason): written = task.writtenWithoutModel(because: reason)
    }
    if question.triggers == task.question.triggers {
      try store(written, task, as: .pending, bench, now)
    } else {
      // The customer wrote while it was written: another one answers all of it.
      try store(written, task, as: .superseded, bench, now)
      let open = DraftRequests.Open(id: id, state: .superseded, isEdited: false, version: 1)
      _ = try DraftRequests.ask(.init(question), replacing: open, instruction: question.instruction, at: now, bench.db)
    }
    return .done
  }

  /// Writes one without a model.
  static func write(_ id: ID<Draft>, _ bench: WorkBench, _ now: Instant) throws {
    guard let question = try DraftQuestion.find(id, bench.db) else { return }
    let task = try DraftTask(id, question, bench, now)
    try store(task.writtenWithoutModel(because: .none), task, as: .pending, bench, now)
  }

  private static func store(_ written: WrittenDraft, _ task: DraftTask, as state: Draft.State, _ bench: WorkBench, _ now: Instant)
    throws(PostgresError)
  {
    let (id, question, quoted) = (task.id, task.question, written.quoted)
    let passages = quoted.map(\.passage)
    try bench.db.queue([
      """
      UPDATE drafts SET state = \(state), generated = \(written.text), text = \(written.text), model_key = \(written.key),
        prompt_version = \(written.prompt), language = \(question.answered), confidence = \(written.confidence)::numeric / 100,
        is_to_check = \(!written.struck.isEmpty), struck = \(written.struck), fallback = \(written.fallback),
        attempts = (SELECT count(*) FROM prompt_runs r WHERE r.draft_id = \(id)), sources = \(quoted.count), stale_sources = \(passages.count(where: \.isStale)),
        sources_at = \(passages.map(\.indexedAt).min()), question = \(question.text),
        triggers = \(question.triggers), newest_inbound_id = \(question.newestInbound), ready_at = \(now)
      WHERE id = \(id)
      """,
      .insert(
        into: "draft_sources", .all("draft_id", "\(id)"), .all("account_id", "\(question.account)"), .each("n", quoted.map(\.n)),
        .each("source_id", passages.map(\.source)), .each("passage", passages.map(\.n)), .each("title", passages.map(\.title)),
        .each("url", passages.map(\.url)), .each("heading", passages.map(\.heading)), .each("text", passages.map(\.text)),
        .each("indexed_at", passages.map(\.indexedAt)), .each("is_stale", passages.map(\.isStale)),
        .each("score", passages.map(\.score)), .each("sentences", quoted.map(\.sentences))),
    ])
    bench.tally.add("drafts")
  }
}

extension DraftRequests.Target {
  fileprivate init(_ question: DraftQuestion) {
    self.init(
      conversation: question.conversation, channel: question.channel, account: question.account, language: question.language,
      newestInbound: question.newestInbound)
  }
}
