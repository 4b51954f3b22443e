import Domain
import Net
import Postgres

/// Has the vector of what somebody looks for made between two steps of a job, by one call: whoever waits does so for two seconds, so nobody
/// asks again (RULES 9.44).
struct SenseCall {
  let person: Person
  let bench: WorkBench
  let now: Instant

  private var db: Connection { bench.db }

  /// Begins, in a transaction that is the person's.
  ///
  /// - Parameter seconds: for all of it.
  /// - Returns: nil: nobody is asked, because that is forbidden or gone since, or the server is left alone; then it has failed.
  func begin(_ question: SenseQuestion, seconds: Int) throws -> (run: ID<ModelRun>, request: HTTPRequest)? {
    guard let words = question.words, let server = bench.services.embedding, !person.modelKinds.isEmpty,
      let set = try db.row(EmbeddingSet.mine("id = \(question.set)")), let asked = server.asked(for: set),
      try db.row(EmbedPause.query(server.fingerprint))?.wait(at: now) == nil
    else {
      try fail(question.id)
      return nil
    }
    let call = EmbedCall(server: asked, person: person, bench: bench, now: now)
    return try call.begin([EmbedServer.text(words, behind: asked.queryPrefix)], "query", number: 1, kinds: [], within: seconds)
  }

  /// Closes the call, and stores what came of it where the question still waits for that.
  func hear(_ run: ID<ModelRun>, _ id: ID<SenseQuestion>, _ moment: JobMoment) throws(PostgresError) {
    let question = try db.row(SenseQuestion.query(id))
    let set: EmbeddingSet? = if let question { try db.row(EmbeddingSet.mine("id = \(question.set)")) } else { nil }
    let reply = moment.answer.map { EmbedReply($0, count: 1, dimension: set?.dimension, now: now) }
    guard let server = bench.services.embedding else { return try fail(id) }
    try EmbedCall(server: server, person: person, bench: bench, now: now).end(run, reply, milliseconds: moment.latency)
    guard set != nil, let reply, case .success(let vectors) = reply.answer, let vector = vectors.first else { return try fail(id) }
    try db.run(
      """
      UPDATE query_vectors SET state = 'answered', words = NULL, half = \(vector.half)
      WHERE id = \(id) AND user_id = me() AND state = 'asked'
      """)
  }

  private func fail(_ id: ID<SenseQuestion>) throws(PostgresError) {
    try db.run("UPDATE query_vectors SET state = 'failed', words = NULL WHERE id = \(id) AND user_id = me() AND state = 'asked'")
  }
}
