import Domain
import Net
import Postgres

/// Makes the vectors of a person's things, batch by batch (RULES 9.42, 9.43). Where it stands is read from the tables at each step, so that
/// a worker that ends costs one call at most.
///
/// A step, in this order: what the person allows now against what is kept; sets that nobody searches any more; what has changed; a set that
/// is whole takes the place of the one before; a mean that is too old.
enum EmbedWork {
  static let name = "vectors.embed"

  static let kind = JobKind(name) { run, bench, now in
    guard let user = run.user, let person = try Person.acting(user, bench) else {
      run.kept = nil
      return .done
    }
    return try EmbedStep(person: person, bench: bench, now: now).next(&run)
  }
}

/// One step.
struct EmbedStep {
  /// What it is in the middle of: the first word of its place.
  enum Phase: String { case call, sweep, mean, bits }

  let person: Person
  let bench: WorkBench
  let now: Instant

  var db: Connection { bench.db }

  func next(_ run: inout JobRun) throws -> JobStep {
    let place = run.place.split(separator: " ").map { String($0) }
    switch place.first.flatMap({ Phase(rawValue: $0) }) {
    case .call: return try hear(place.count > 1 ? ID<ModelRun>(place[1]) : nil, &run)
    case .sweep: return try EmbedSweep(person: person, db: db).step(place, &run)
    case .mean, .bits: return try MeanWork(db: db).step(place, &run)
    case nil: return try begin(&run)
    }
  }

  private func begin(_ run: inout JobRun) throws -> JobStep {
    if try db.run("UPDATE embedding_rounds SET sweep = false WHERE user_id = me() AND sweep") == 1 {
      run.place = Phase.sweep.rawValue
      return .again
    }
    if try clearGone() { return .again }
    guard let server = bench.services.embedding, !person.modelKinds.isEmpty else { return try finish(at: nil) }
    let pause = try db.row(EmbedPause.query(server.fingerprint))
    if let until = pause?.wait(at: now) { return try finish(at: until) }
    guard let set = try target(server) else { return .again }
    if let step = try take(set, EmbedCall(server: server, person: person, bench: bench, now: now), pause, &run) { return step }
    if set.state == .building, try isWhole(set) {
      try db.run("UPDATE embedding_sets SET state = 'gone' WHERE user_id = me() AND state = 'live'")
      try db.run("UPDATE embedding_sets SET state = 'live' WHERE id = \(set.id)")
      try db.run(SenseQuestion.moved(to: set.id))
      return .again
    }
    try count()
    if try db.row(EmbeddingSet.mine("id = \(set.id)"))?.needsMean == true {
      run.place = "\(Phase.mean.rawValue) \(set.id.text)"
      return .again
    }
    return try finish(at: db.value("SELECT min(due_at) FROM embedding_jobs WHERE user_id = me()", as: Instant?.self) ?? nil)
  }

  /// - Returns: whether there was anything.
  private func clearGone() throws(PostgresError) -> Bool {
    let cleared = try db.run(
      """
      DELETE FROM embeddings WHERE (set_id, thing, chunk) IN (
        SELECT e.set_id, e.thing, e.chunk FROM embedding_sets s JOIN embeddings e ON e.set_id = s.id AND e.user_id = s.user_id
        WHERE s.user_id = me() AND s.state = 'gone' LIMIT 1000)
      """)
    if cleared > 0 { return true }
    return try db.run("DELETE FROM embedding_sets WHERE user_id = me() AND state = 'gone'") > 0
  }

  /// The set that the server's vectors go into; what was begun for another model is gone then.
  ///
  /// - Returns: nil: it was made just now, or what is in its way was taken away.
  private func target(_ server: EmbedServer) throws -> EmbeddingSet? {
    let sets = try db.rows(EmbeddingSet.mine("state <> 'gone'"))
    let fingerprint = server.fingerprint
    let same = sets.first { $0.fingerprint == fingerprint }
    let live = sets.first { $0.state == .live }
    // What is half made for another model, or has nothing that anybody could search.
    let stale = sets.filter { $0.fingerprint != fingerprint && ($0.state == .building || $0.dimension == nil) }.map(\.id)
    if !stale.isEmpty {
      try db.run("UPDATE embedding_sets SET state = 'gone' WHERE user_id = me() AND id = ANY (\(stale))")
      return nil
    }
    if let same { return same }
    let state: EmbeddingSet.State = live == nil ? .live : .building
    try db.run(
      """
      INSERT INTO embedding_sets (id, user_id, fingerprint, host, model, query_prefix, passage_prefix, state, created_at)
      VALUES (\(ID<EmbeddingSet>.new(at: now)), \(person.id), \(fingerprint), \(server.endpoint.host), \(server.model), \(server.queryPrefix),
        \(server.passagePrefix), \(state), \(now))
      """)
    // All things go into it, also where nobody said so.
    try db.run("UPDATE embedding_rounds SET sweep = true WHERE user_id = me()")
    return nil
  }

  /// Takes what is due.
  ///
  /// - Returns: nil: nothing is.
  private func take(_ set: EmbeddingSet, _ call: EmbedCall, _ pause: EmbedPause?, _ run: inout JobRun) throws -> JobStep? {
    let due: [EmbeddingJob] = try db.rows(
      Query(
        """
        SELECT thing, kind, fence FROM embedding_jobs WHERE user_id = me() AND due_at <= \(now)
        ORDER BY due_at, thing LIMIT \(VectorAnswer.most)
        """, into: EmbeddingJob.init))
    if due.isEmpty { return nil }
    let things = due.map(\.thing)
    let (texts, kept) = try db.read(EmbeddedText.query(things), KeptPiece.query(things, in: set.id))
    let batch = EmbedBatch(due, texts, kept, in: set.id, told: person.modelKinds)
    if !batch.untold.isEmpty {
      try db.run("DELETE FROM embeddings WHERE user_id = me() AND thing = ANY (\(batch.untold.map(\.thing)))")
    }
    try EmbedBatch.forget(batch.same + batch.untold, db)
    run.done += batch.same.count + batch.untold.count
    if batch.texts.isEmpty {
      if !batch.things.isEmpty { run.done += try batch.store(set, told: person.modelKinds, db) }
      return .again
    }
    return try ask(batch, call, number: (pause?.invalid ?? 0) + 1, &run)
  }

  /// Sends the next texts of a batch.
  ///
  /// - Returns: nil: there are none, or its server refuses everything.
  private func ask(_ batch: EmbedBatch, _ call: EmbedCall, number: Int, _ run: inout JobRun) throws -> JobStep? {
    let (texts, kinds): ([String], Set<ModelKind>)
    switch batch.halving.next {
    case .ask(let places): (texts, kinds) = (Array(batch.texts[places]), batch.kinds)
    case .probe: (texts, kinds) = ([EmbedHalving.harmless], [])
    case .over, .broken: return nil
    }
    let sent = texts.map { EmbedServer.text($0, behind: call.server.passagePrefix) }
    let (made, request) = try call.begin(sent, "passages", number: number, kinds: kinds)
    run.place = "\(Phase.call.rawValue) \(made.text)"
    run.kept = batch
    return .transfer(request)
  }

  private func hear(_ open: ID<ModelRun>?, _ run: inout JobRun) throws -> JobStep {
    let (batch, outcome, latency) = (run.kept as? EmbedBatch, run.answer, run.moment.latency)
    (run.place, run.kept) = ("", nil)
    guard let open, let server = bench.services.embedding else { return .again }
    let call = EmbedCall(server: server, person: person, bench: bench, now: now)
    // Without what was sent its answer says nothing.
    guard let batch, let outcome, let set = try db.row(EmbeddingSet.mine("id = \(batch.set) AND state <> 'gone'")) else {
      try call.end(open, nil, milliseconds: latency)
      return .again
    }
    let count = batch.halving.count
    let reply = EmbedReply(outcome, count: count, dimension: set.dimension ?? batch.halving.dimension, now: now)
    try call.end(open, reply, milliseconds: latency)
    run.count("texts", count)
    run.count("tokens", reply.tokens?.prompt ?? 0)
    switch reply.answer {
    case .success(let vectors):
      try EmbedPause.succeeded(server.fingerprint, db)
      batch.halving.take(vectors)
    case .failure(let failure):
      if failure.isOfText { batch.halving.refuse() }
      if !failure.isOfText || batch.halving.next == .broken { return try fail(failure, reply, batch, set, call, &run) }
    }
    // What changed or was forbidden since it was read is not sent.
    if try batch.halving.next == .over || batch.isWhole(told: person.modelKinds, db), let step = try ask(batch, call, number: 1, &run) {
      return step
    }
    run.done += try batch.store(set, told: person.modelKinds, db)
    let refused = batch.halving.refused.count
    if refused > 0 {
      run.count("refused", refused)
      bench.log("vectors.refused", ["host": server.endpoint.host, "texts": "\(refused)"])
    }
    return .again
  }

  /// What has come before the server failed is kept, and nobody waits for the rest.
  private func fail(
    _ failure: EmbedReply.Failure, _ reply: EmbedReply, _ batch: EmbedBatch, _ set: EmbeddingSet, _ call: EmbedCall, _ run: inout JobRun
  ) throws -> JobStep {
    run.done += try batch.store(set, told: person.modelKinds, db)
    if try call.note(failure, reply) { return .again }
    return try finish(at: db.row(EmbedPause.query(call.server.fingerprint))?.wait(at: now))
  }

  /// Whether nothing that the old set has is missing in the new one.
  private func isWhole(_ set: EmbeddingSet) throws(PostgresError) -> Bool {
    let isMissing: Bool? = try db.value(
      """
      SELECT EXISTS (SELECT FROM embedding_sets s JOIN embeddings e ON e.set_id = s.id AND e.user_id = s.user_id
        WHERE s.user_id = me() AND s.state = 'live' AND NOT e.trashed
          AND NOT EXISTS (SELECT FROM embeddings n WHERE n.set_id = \(set.id) AND n.thing = e.thing))
      """)
    return isMissing == false
  }

  private func count() throws(PostgresError) {
    try db.run(
      """
      UPDATE embedding_sets s SET chunks = x.chunks FROM (
        SELECT t.id, (SELECT count(*) FROM embeddings e WHERE e.user_id = t.user_id AND e.set_id = t.id AND length(e.bits) > 0) AS chunks
        FROM embedding_sets t
        WHERE t.user_id = me() AND t.state <> 'gone') x
      WHERE s.id = x.id AND s.chunks <> x.chunks
      """)
  }

  /// Ends the job.
  ///
  /// - Parameter next: when somebody has to look again; whatever changes meanwhile says so itself.
  private func finish(at next: Instant?) throws(PostgresError) -> JobStep {
    try count()
    try db.run("UPDATE embedding_rounds SET job_id = NULL, due_at = least(due_at, \(next)) WHERE user_id = me()")
    // Of whoever allows nothing, nothing stays.
    if person.modelKinds.isEmpty { try db.run("DELETE FROM embedding_rounds WHERE user_id = me() AND due_at IS NULL AND NOT sweep") }
    return .done
  }
}
