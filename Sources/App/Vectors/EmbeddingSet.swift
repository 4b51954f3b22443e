import Domain
import Postgres
import Web

/// The vectors of a person by one model (RULES 9.43).
struct EmbeddingSet {
  enum State: String, Bindable, FromColumn {
    /// What search looks through. A first set is at once.
    case live
    /// Made beside the live one, until it is whole.
    case building
    /// Deleted, slice by slice.
    case gone
  }

  let id: ID<EmbeddingSet>
  let fingerprint: [UInt8]
  let host: String
  let model: String
  let queryPrefix: String
  let passagePrefix: String
  let state: State
  /// How many numbers a vector has; nil: there is none yet.
  let dimension: Int?
  /// Of its vectors when there were ``meanChunks``, as half bytes.
  let mean: [UInt8]?
  let meanChunks: Int
  /// How many pieces it has, when somebody last counted.
  let chunks: Int

  /// Of the person that the transaction is for.
  static func mine(_ which: SQL) -> Query<EmbeddingSet> {
    Query(
      """
      SELECT id, fingerprint, host, model, query_prefix, passage_prefix, state, dimension, mean, mean_chunks, chunks FROM embedding_sets
      WHERE user_id = me() AND \(which)
      """, into: EmbeddingSet.init)
  }

  static var live: Query<EmbeddingSet> { mine("state = 'live'") }

  /// Of that many pieces all are compared; of more the best by their signs, or by pgvector.
  static let mostExact = 4_000
  /// From so many on there is a mean, which is made anew whenever the set has doubled.
  static let fewestForMean = 256

  /// Whether its mean is old enough to be made anew.
  var needsMean: Bool { chunks >= max(Self.fewestForMean, 2 * meanChunks) }

  /// What signs are reckoned above; empty: nothing yet.
  var meanNumbers: [Float] { mean.map { HalfFloat.numbers($0) } ?? [] }

  /// How many are looked at exactly after the first step, which searches only by signs: a fiftieth, at least 600 and at most 2,000 (of 5,000 real
  /// notes the best 400 keep 98.25 of 100 neighbours, 500 keep 99).
  var mostNear: Int { min(max(600, chunks / 50), 2_000) }
}

extension EmbedServer {
  /// Which sets are its.
  var fingerprint: [UInt8] { Keys.sha256(identity) }

  /// The same server as it has to be asked for vectors that can be compared with those of a set: by the name of the set's model.
  ///
  /// - Returns: nil: the set is of another host, which is asked nothing any more.
  func asked(for set: EmbeddingSet) -> EmbedServer? {
    guard set.host.utf8.elementsEqual(endpoint.host.utf8) else { return nil }
    return EmbedServer(
      endpoint: endpoint, key: key, model: set.model, queryPrefix: set.queryPrefix, passagePrefix: set.passagePrefix, price: price,
      seconds: seconds)
  }
}
