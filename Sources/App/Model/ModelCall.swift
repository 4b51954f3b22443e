import Domain
import Net
import Postgres

/// What is asked of a model for a person. Each step of a job makes it anew from the rows as they are: an answer is held against what is true when it
/// is shown.
struct ModelQuestion {
  let user: ID<User>
  let account: ID<Account>
  /// The person's habit date, on which calls count.
  let day: Day
  let event: CoachEvent
  let prompt: CoachPrompt
  /// Knows the facts that the prompt names.
  let check: CoachCheck
}

/// What a step of a job comes to that asks a model.
enum ModelStep {
  /// The job transfers this, so many milliseconds from now, and comes back with the answer.
  case waiting(HTTPRequest, after: Int)
  /// To be shown as it is: every number, date and name in it was given.
  case written(String)
  /// Nothing that may be shown: a text of our own speaks, and says so.
  case unwritten(ModelSilence)
}

/// Why a model has not written a text.
enum ModelSilence: Equatable {
  /// No server is set up.
  case off
  /// The server has failed too often; it is left alone for a while.
  case paused
  /// The person's calls of the date are used up. `isNews`: nobody has told them yet; whoever gets this tells them.
  case limit(isNews: Bool)
  /// Every call failed, or the text was refused; the code of the last.
  case failed(String)
}

/// Asks the model server between the steps of a job (RULES 5.22): at most three calls for a text, all of them within the time that is set, none while
/// the server is left alone or the person's calls are used up. Nobody waits for the network.
///
/// A worker that ends during a call leaves a run that is open. Whoever takes the job then counts that call as one that failed, and makes the next.
struct ModelCall {
  private let question: ModelQuestion
  private let server: ModelServer
  private let bench: WorkBench
  private let now: Instant

  private var db: Connection { bench.db }

  /// One step. To be called with the same question until it comes to something.
  ///
  /// - Parameters:
  ///   - memory: kept from step to step, at most 100 bytes; empty at first.
  ///   - moment: holds the answer to the request of the step before.
  static func step(
    _ question: ModelQuestion, _ memory: inout String, _ moment: JobMoment, _ bench: WorkBench, _ now: Instant
  ) throws -> ModelStep {
    guard let server = bench.services.model else { return .unwritten(.off) }
    let call = ModelCall(question: question, server: server, bench: bench, now: now)
    guard let open = ModelMemory(memory) else { return try call.begin(1, since: moment.elapsed, elapsed: 0, &memory) }
    guard let outcome = moment.answer else {
      try bench.db.run(open.run.ending(.failed, "interrupted", nil, milliseconds: nil, now: now))
      guard open.run.call < CoachRetry.calls else { return .unwritten(.failed("interrupted")) }
      return try call.begin(open.run.call + 1, since: moment.elapsed, elapsed: 0, &memory)
    }
    return try call.hear(ModelReply(outcome, now: now), open, moment, &memory)
  }

  private func begin(_ number: Int, after wait: Int = 0, since: Int, elapsed: Int, _ memory: inout String) throws -> ModelStep {
    guard try ModelPause.mayCall(server, at: now, db) else { return .unwritten(.paused) }
    guard try ModelLimit.take(question.user, on: question.day, of: server.daily, db) else {
      return .unwritten(.limit(isNews: try ModelLimit.isNews(question.user, on: question.day, db)))
    }
    let run = ModelRun(id: .new(at: now), call: number)
    let body = server.body(question.prompt)
    try db.run(run.beginning(question, body, to: server, now: now))
    memory = ModelMemory(run: run, since: since).text
    return .waiting(try server.request(body, milliseconds: server.milliseconds - elapsed - wait), after: wait)
  }

  private func hear(_ reply: ModelReply, _ open: ModelMemory, _ moment: JobMoment, _ memory: inout String) throws -> ModelStep {
    switch reply.answer {
    case .success(let answer):
      try ModelPause.succeeded(server.endpoint.host, db)
      return try judge(answer, reply, open.run, moment)
    case .failure(let failure):
      try db.run(open.run.ending(.failed, failure.code, reply, milliseconds: moment.latency, now: now))
      try note(failure)
      let elapsed = moment.elapsed - open.since
      let wait = CoachRetry.wait(
        after: failure, call: open.run.call, retryAfter: reply.retryAfter, elapsed: elapsed, limit: server.milliseconds)
      guard let wait else { return .unwritten(.failed(failure.code)) }
      return try begin(open.run.call + 1, after: wait, since: open.since, elapsed: elapsed, &memory)
    }
  }

  private func judge(_ answer: String, _ reply: ModelReply, _ run: ModelRun, _ moment: JobMoment) throws -> ModelStep {
    let judged = Result { () throws(CoachRefusal) in try question.check.checked(answer) }
    switch judged {
    case .success(let text):
      try db.run(run.ending(.taken, "", reply, milliseconds: moment.latency, now: now))
      return .written(text)
    case .failure(let refusal):
      try db.run(run.ending(.refused, refusal.code, reply, milliseconds: moment.latency, now: now))
      return .unwritten(.failed(refusal.code))
    }
  }

  /// A model that will not say something is no server that fails.
  private func note(_ failure: CoachFailure) throws(PostgresError) {
    if failure == .refused { return try ModelPause.succeeded(server.endpoint.host, db) }
    guard let until = try ModelPause.failed(server.endpoint.host, at: now, db) else { return }
    bench.log("model.paused", ["host": server.endpoint.host, "reason": failure.code, "until": until.iso])
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
