import Domain
import Postgres

/// After what a person allows has changed, or the model: first what may not be kept any more goes, then all things of the kinds that are
/// allowed are looked at, slice by slice. Of what has its vectors already nothing is asked (RULES 9.45).
struct EmbedSweep {
  let person: Person
  let db: Connection

  /// Rows of a step.
  private static let slice = 1_000

  /// - Parameter place: "sweep", then "sweep KIND MICROSECONDS ID" of the last thing that was put on the list.
  func step(_ place: [String], _ run: inout JobRun) throws -> JobStep {
    if place.count < 4 {
      if try forbid() { return .again }
      guard let first = kinds.first else {
        run.place = ""
        return .again
      }
      return try go(first, after: nil, &run)
    }
    guard let kind = ModelKind(rawValue: place[1]), let time = Int64(place[2]), let id = ID<FoundThing>(place[3]) else {
      run.place = EmbedStep.Phase.sweep.rawValue
      return .again
    }
    return try go(kind, after: (Instant(microseconds: time), id), &run)
  }

  private var kinds: [ModelKind] { ModelKind.allCases.filter { person.modelKinds.contains($0) } }

  /// Deletes what a model should not have been told of.
  ///
  /// - Returns: whether there was anything.
  private func forbid() throws(PostgresError) -> Bool {
    let told = kinds.map(\.rawValue)
    let gone = try db.run(
      """
      DELETE FROM embeddings WHERE (set_id, thing, chunk) IN (
        SELECT set_id, thing, chunk FROM embeddings WHERE user_id = me() AND kind <> ALL (\(told)) LIMIT \(Self.slice))
      """)
    if gone > 0 { return true }
    let waiting = try db.run(
      """
      DELETE FROM embedding_jobs WHERE thing IN (
        SELECT thing FROM embedding_jobs WHERE user_id = me() AND kind <> ALL (\(told)) LIMIT \(Self.slice))
      """)
    if waiting > 0 { return true }
    if !told.isEmpty { return false }
    try db.run("DELETE FROM query_vectors WHERE user_id = me()")
    return try db.run("DELETE FROM embedding_sets WHERE user_id = me()") > 0
  }

  private func go(_ kind: ModelKind, after last: (at: Instant, id: ID<FoundThing>)?, _ run: inout JobRun) throws -> JobStep {
    let (at, id) = (last?.at ?? .distantPast, last?.id ?? ID(high: 0, low: 0))
    let found: [(ID<FoundThing>, Instant)] = try db.rows(
      Query(
        tuple: """
          SELECT id, updated_at FROM search_documents WHERE user_id = me() AND kind = \(kind) AND NOT trashed AND updated_at >= \(at)
            AND (updated_at, id) > (\(at), \(id)) ORDER BY updated_at, id LIMIT \(Self.slice)
          """))
    guard let end = found.last else {
      // The next kind, or the end.
      guard let place = kinds.firstIndex(of: kind), place + 1 < kinds.count else {
        run.place = ""
        return .again
      }
      return try go(kinds[place + 1], after: nil, &run)
    }
    // As long ago as they were changed: what is changed now keeps its minute.
    try db.run(
      """
      INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
      SELECT d.id, d.user_id, d.kind, d.updated_at + interval '60 seconds' FROM search_documents d
      WHERE d.id = ANY (\(found.map(\.0))) AND d.user_id = me() AND d.kind = \(kind) ORDER BY d.id
      ON CONFLICT (thing) DO NOTHING
      """)
    run.place = "\(EmbedStep.Phase.sweep.rawValue) \(kind.rawValue) \(end.1.microseconds) \(end.0.text)"
    return .again
  }
}

extension ModelKind: Bindable {}
