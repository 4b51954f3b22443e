import Domain
import Net
import Postgres

/// A call of the server of vectors between two steps of a job: kept as a run like the calls of any model, without a text (RULES 5.23, 9.42).
struct EmbedCall {
  /// What its runs are about: ``ModelText/event(_:_:)`` says it to people.
  static let event = "embedding"

  let server: EmbedServer
  let person: Person
  let bench: WorkBench
  let now: Instant

  private var db: Connection { bench.db }

  /// Writes a run down and makes its request.
  ///
  /// - Parameters:
  ///   - prompt: `passages` or `query`.
  ///   - number: which in a row, 1 to 3.
  ///   - kinds: of things of which the texts tell.
  ///   - limit: seconds for all of it; nil: as for any.
  func begin(
    _ texts: [String], _ prompt: String, number: Int, kinds: Set<ModelKind>, within limit: Int? = nil
  ) throws -> (run: ID<ModelRun>, request: HTTPRequest) {
    let body = VectorAnswer.body(model: server.model, texts)
    let run = ModelRun(id: .new(at: now), call: min(max(number, 1), 3))
    let day = HabitClock(zone: person.zone, dayStart: person.dayStart).date(now)
    let cause = ModelRun.Cause(account: person.account, user: person.id, day: day, event: Self.event, prompt: prompt, kinds: kinds)
    let request = try server.request(body, within: limit)
    try db.run(run.beginning(cause, body, model: server.model, host: server.endpoint.host, now: now))
    return (run.id, request)
  }

  /// Closes a run.
  ///
  /// - Parameter reply: nil: nobody heard it, because the worker ended.
  func end(_ run: ID<ModelRun>, _ reply: EmbedReply?, milliseconds: Int) throws(PostgresError) {
    let failure: String? =
      switch reply?.answer {
      case .success?: nil
      case .failure(let failure)?: failure.code
      case nil: "interrupted"
      }
    try db.run(
      ModelRun(id: run, call: 1).ending(
        failure == nil ? .taken : .failed, failure ?? "", answer: reply?.bytes, hasLeft: reply?.hasLeft ?? true, tokens: reply?.tokens,
        server.price, milliseconds: reply == nil ? nil : milliseconds, now: now))
  }

  /// Notes how the server did, and tells the person when nothing of it can be used any more.
  ///
  /// - Returns: whether it may be asked again at once.
  func note(_ failure: EmbedReply.Failure, _ reply: EmbedReply) throws(PostgresError) -> Bool {
    let fingerprint = server.fingerprint
    switch failure {
    case .missing(let code):
      let until = try EmbedPause.failed(fingerprint, asked: reply.retryAfter, at: now, db)
      bench.log("vectors.waiting", ["host": server.endpoint.host, "reason": code, "until": until.iso])
      return false
    case .invalid:
      guard let until = try EmbedPause.invalid(fingerprint, at: now, db) else { return true }
      bench.log("vectors.off", ["host": server.endpoint.host, "model": server.model, "until": until.iso])
      let words = EmbedWork.name
      try db.run(
        "SELECT door.notify(\(person.account), \([person.id]), 'job_failed', NULL::uuid, NULL::uuid, '', \(words), \(now))")
      return false
    }
  }
}
