import Domain
import Postgres

/// What somebody looks for, as a vector of one set: of others it says nothing.
struct QueryVector {
  let set: ID<EmbeddingSet>
  /// Of length 1.
  let vector: [Float]
}

/// A thing that is near to what is looked for, by its best piece.
struct NearThing {
  let thing: ID<FoundThing>
  /// As the register calls it.
  let kind: String
  /// Which piece of it, from 1.
  let chunk: Int
  /// −1 to 1. No threshold means anything: what has nothing to do with each other has 0.7 with some models.
  let cosine: Float
}

/// A piece of a thing that may be near.
struct StoredVector {
  let thing: ID<FoundThing>
  let kind: String
  let chunk: Int
  let half: [UInt8]
}

/// Finds a person's things by their sense (RULES 9.43): all pieces of a small set exactly; of a large one the best by their signs, which an
/// index holds, or by pgvector, and these exactly. What was rejected: an approximate index over everybody's vectors, which loses most of a
/// person's own.
enum VectorSearch {
  /// The nearest things of some kinds, the best first, each once.
  ///
  /// - Parameters:
  ///   - most: how many.
  ///   - found: things that other lists found: looked at whatever the first step says.
  ///   - db: in a transaction that is the person's.
  /// - Returns: nothing for a vector of a set that is gone, or of another length.
  static func nearest(
    to query: QueryVector, kinds: [String], most: Int = 50, also found: [ID<FoundThing>] = [], _ db: Connection
  ) throws(PostgresError) -> [NearThing] {
    let set = try db.row(EmbeddingSet.mine("id = \(query.set) AND state = 'live'"))
    guard let set, let asked = candidates(query, set, kinds, found) else { return [] }
    return ranked(try db.rows(asked), query, most)
  }

  /// The same for a page.
  static func nearest(
    to query: QueryVector, kinds: [String], most: Int = 50, also found: [ID<FoundThing>] = [], _ web: Context
  ) throws -> [NearThing] {
    let set = try web.read(EmbeddingSet.mine("id = \(query.set) AND state = 'live'")).first
    guard let set, let asked = candidates(query, set, kinds, found) else { return [] }
    return ranked(try web.read(asked), query, most)
  }

  /// What has to be looked at exactly.
  ///
  /// - Returns: nil: the vector is none of the set.
  static func candidates(_ query: QueryVector, _ set: EmbeddingSet, _ kinds: [String], _ found: [ID<FoundThing>]) -> Query<StoredVector>? {
    guard set.dimension == query.vector.count, let vector = UnitVector(query.vector) else { return nil }
    let signs = vector.signs(above: set.meanNumbers)
    return Query(
      """
      SELECT thing, kind, chunk, half FROM door.nearest_vectors(\(set.id), \(signs)::text::bit varying, \(vector.half), \(kinds), \(set.mostNear),
        \(found))
      """, into: StoredVector.init)
  }

  /// By exact cosines, each thing by its best piece; of two that are equally near the one with the smaller id.
  static func ranked(_ rows: [StoredVector], _ query: QueryVector, _ most: Int) -> [NearThing] {
    guard let vector = UnitVector(query.vector)?.numbers else { return [] }
    var best: [ID<FoundThing>: NearThing] = [:]
    for row in rows {
      guard let cosine = HalfFloat.product(row.half, vector) else { continue }
      if let known = best[row.thing], known.cosine >= cosine { continue }
      best[row.thing] = NearThing(thing: row.thing, kind: row.kind, chunk: row.chunk, cosine: cosine)
    }
    let all = best.values.sorted { $0.cosine != $1.cosine ? $0.cosine > $1.cosine : $0.thing < $1.thing }
    return Array(all.prefix(most))
  }
}
