import Domain
import Net
import Postgres

/// What a step of a job comes to that asks a model.
enum ModelStep<Answer> {
  /// The job transfers this, so many milliseconds from now, and comes back with the answer.
  case waiting(HTTPRequest, after: Int)
  /// To be shown as it is: every number, date and name in it was given.
  case written(Answer)
  /// Nothing that may be shown: a text of our own speaks, and says so.
  case unwritten(ModelSilence)
}

/// Why a model has not written a text.
enum ModelSilence: Equatable {
  /// No server is set up.
  case off
  /// The server has failed too often; it is left alone for a while.
  case paused
  /// The calls of the date are used up. `isNews`: nobody has told the person yet; whoever gets this tells them.
  case limit(isNews: Bool)
  /// Every call failed, or the text was refused; the code of the last.
  case failed(String)
}

/// Asks the model server between the steps of a job (RULES 5.22, 6.16): at most three calls for a text, all of them within the time that is set, none while
/// the server is left alone or the calls of the date are used up. Nobody waits for the network.
///
/// A worker that ends during a call leaves a run that is open. Whoever takes the job then counts that call as one that failed, and makes the next.
struct ModelCall<Answer> {
  private let question: ModelQuestion<Answer>
  private let server: ModelServer
  private let bench: WorkBench
  private let now: Instant

  private var db: Connection { bench.db }
  private var milliseconds: Int { min(server.milliseconds, question.milliseconds ?? server.milliseconds) }

  /// One step. To be called with the same question until it comes to something.
  ///
  /// - Parameters:
  ///   - memory: kept from step to step, at most 100 bytes; empty at first.
  ///   - moment: holds the answer to the request of the step before.
  static func step(
    _ question: ModelQuestion<Answer>, _ memory: inout String, _ moment: JobMoment, _ bench: WorkBench, _ now: Instant
  ) throws -> ModelStep<Answer> {
    guard let server = bench.services.model else { return .unwritten(.off) }
    let call = ModelCall(question: question, server: server, bench: bench, now: now)
    guard let open = ModelMemory(memory) else { return try call.begin(1, since: moment.elapsed, elapsed: 0, &memory) }
    guard let outcome = moment.answer else {
      try bench.db.run(open.run.ending(.failed, "interrupted", nil, server.price, milliseconds: nil, now: now))
      guard open.run.call < CoachRetry.calls else { return .unwritten(.failed("interrupted")) }
      return try call.begin(open.run.call + 1, since: moment.elapsed, elapsed: 0, &memory)
    }
    return try call.hear(ModelReply(outcome, now: now, isTalk: question.isTalk), open, moment, &memory)
  }

  private func begin(_ number: Int, after wait: Int = 0, since: Int, elapsed: Int, _ memory: inout String) throws -> ModelStep<Answer> {
    guard try ModelPause.mayCall(server, at: now, db) else { return .unwritten(.paused) }
    if let limit = try limit() { return .unwritten(limit) }
    let run = ModelRun(id: .new(at: now), call: number)
    let body = server.body(question.prompt, usual: question.usual)
    try db.run(run.beginning(question, body, to: server, now: now))
    try run.keep(prompt: body, of: question, bench, now)
    memory = ModelMemory(run: run, since: since).text
    return .waiting(try server.request(body, milliseconds: milliseconds - elapsed - wait, isTalk: question.isTalk), after: wait)
  }

  /// Counts a call that is about to be made.
  ///
  /// - Returns: nil: it may be.
  private func limit() throws(PostgresError) -> ModelSilence? {
    switch question.cause {
    case .person(let user):
      if try ModelLimit.take(user, on: question.day, of: server.daily, db) { return nil }
      return .limit(isNews: try ModelLimit.isNews(user, on: question.day, db))
    case .draft(_, let daily, _):
      return try ModelLimit.take(question.account, on: question.day, of: daily ?? server.daily, db) ? nil : .limit(isNews: false)
    }
  }

  private func hear(_ reply: ModelReply, _ open: ModelMemory, _ moment: JobMoment, _ memory: inout String) throws -> ModelStep<Answer> {
    let judgement: ModelJudgement<Answer> =
      switch reply.answer {
      case .success(let object): question.judge(object)
      case .failure(let failure): .unreadable(failure)
      }
    func end(_ outcome: ModelRun.Outcome, _ reason: String) throws {
      try db.run(open.run.ending(outcome, reason, reply, server.price, milliseconds: moment.latency, now: now))
      try open.run.keep(answer: reply, to: question, bench, now)
    }
    switch judgement {
    case .taken(let answer):
      try ModelPause.succeeded(server.endpoint.host, db)
      try end(.taken, "")
      return .written(answer)
    case .refused(let reason):
      try ModelPause.succeeded(server.endpoint.host, db)
      try end(.refused, reason)
      return .unwritten(.failed(reason))
    case .unreadable(let failure):
      try end(.failed, failure.code)
      try note(failure)
      return try askAgain(after: failure, reply, open, moment, &memory)
    }
  }

  private func askAgain(
    after failure: CoachFailure, _ reply: ModelReply, _ open: ModelMemory, _ moment: JobMoment, _ memory: inout String
  ) throws -> ModelStep<Answer> {
    let elapsed = moment.elapsed - open.since
    let wait = CoachRetry.wait(
      after: failure, call: open.run.call, retryAfter: reply.retryAfter, elapsed: elapsed, limit: milliseconds)
    guard let wait else { return .unwritten(.failed(failure.code)) }
    return try begin(open.run.call + 1, after: wait, since: open.since, elapsed: elapsed, &memory)
  }

  /// A model that will not say something is no server that fails.
  private func note(_ failure: CoachFailure) throws(PostgresError) {
    if failure == .refused { return try ModelPause.succeeded(server.endpoint.host, db) }
    guard let until = try ModelPause.failed(server.endpoint.host, at: now, db) else { return }
    bench.log("model.paused", ["host": server.endpoint.host, "reason": failure.code, "until": until.iso])
  }
}

extension ModelRun {
  /// The call that is open, as ``ModelCall`` remembers it; nil: none is.
  static func open(in memory: String) -> ID<ModelRun>? { ModelMemory(memory)?.run.id }

  /// Closes a call whose answer nobody wants any more.
  ///
  /// - Parameters: as ``ModelCall/step(_:_:_:_:_:)`` has them.
  static func drop(_ memory: String, _ moment: JobMoment, _ bench: WorkBench, _ now: Instant) throws(PostgresError) {
    guard let open = ModelMemory(memory) else { return }
    let reply = moment.answer.map { ModelReply($0, now: now) }
    let milliseconds = reply == nil ? nil : moment.latency
    try bench.db.run(open.run.ending(.failed, "unwanted", reply, bench.services.model?.price, milliseconds: milliseconds, now: now))
  }
}

/// What is remembered of a call from one step to the next: "RUN CALL SINCE".
private struct ModelMemory {
  let run: ModelRun
  /// When the first call began, as the job's ``JobMoment/elapsed`` had it.
  let since: Int

  init(run: ModelRun, since: Int) { (self.run, self.since) = (run, since) }

  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let id = ID<ModelRun>(String(parts[0])), let call = Int(parts[1]), let since = Int(parts[2]) else { return nil }
    self.init(run: ModelRun(id: id, call: call), since: since)
  }

  var text: String { "\(run.id.text) \(run.call) \(since)" }
}
