import Domain
import Postgres
import Web

/// A thing that is to be looked at.
struct EmbeddingJob {
  let thing: ID<FoundThing>
  let kind: String
  /// As it was read: what is made of it is stored only while it is the same.
  let fence: Int
}

/// What a model may be told of a thing, as it is now.
struct EmbeddedText {
  let thing: ID<FoundThing>
  let kind: String
  let title: String
  let body: String
  let isPrivate: Bool
  let isTrashed: Bool

  static func query(_ things: [ID<FoundThing>]) -> Query<EmbeddedText> {
    Query(
      "SELECT thing, kind, title, body, private AS is_private, trashed AS is_trashed FROM door.embedded_texts(\(things))",
      into: EmbeddedText.init)
  }
}

/// A piece that is kept.
struct KeptPiece {
  let thing: ID<FoundThing>
  let sha256: [UInt8]
  let half: [UInt8]

  static func query(_ things: [ID<FoundThing>], in set: ID<EmbeddingSet>) -> Query<KeptPiece> {
    Query(
      """
      SELECT thing, sha256, half FROM embeddings WHERE set_id = \(set) AND user_id = me() AND thing = ANY (\(things)) ORDER BY thing, chunk
      """, into: KeptPiece.init)
  }
}

/// Things that are asked about together, at most ``VectorAnswer/most`` texts; kept by a worker until the answer comes.
final class EmbedBatch {
  struct Piece {
    let content: String
    let sha256: [UInt8]
    /// Of before, where nothing of the piece has changed; empty: the server refuses it; nil: it is asked for.
    let half: [UInt8]?
    /// Where it stands in ``EmbedBatch/texts``; nil: it is not asked for.
    let place: Int?
  }

  struct Thing {
    let due: EmbeddingJob
    let pieces: [Piece]
    /// Whether its text goes on behind the last piece.
    let hasMore: Bool
  }

  let set: ID<EmbeddingSet>
  private(set) var things: [Thing] = []
  /// What is sent, without prefixes.
  private(set) var texts: [String] = []
  /// What has come of them so far.
  var halving = EmbedHalving(count: 0)
  /// Kinds of what is sent.
  private(set) var kinds: Set<ModelKind> = []
  /// Nothing of their text has changed, or nobody finds them: there is nothing to do.
  private(set) var same: [EmbeddingJob] = []
  /// They may not be told of.
  private(set) var untold: [EmbeddingJob] = []

  /// Takes as many of the things as go together.
  ///
  /// - Parameter told: kinds of which a model may be told.
  init(_ due: [EmbeddingJob], _ texts: [EmbeddedText], _ kept: [KeptPiece], in set: ID<EmbeddingSet>, told: Set<ModelKind>) {
    self.set = set
    let known = Dictionary(texts.map { ($0.thing, $0) }) { first, _ in first }
    let pieces = Dictionary(grouping: kept, by: \.thing)
    for thing in due {
      guard let text = known[thing.thing], !text.isPrivate, let kind = ModelKind(rawValue: text.kind), told.contains(kind) else {
        untold.append(thing)
        continue
      }
      if text.isTrashed { same.append(thing) } else if !take(thing, kind, text, pieces[thing.thing] ?? []) { break }
    }
    halving = EmbedHalving(count: self.texts.count)
  }

  /// - Returns: false: there is no room for it.
  private func take(_ due: EmbeddingJob, _ kind: ModelKind, _ text: EmbeddedText, _ kept: [KeptPiece]) -> Bool {
    let chunks = TextChunks(title: text.title, text: text.body)
    let hashes = chunks.pieces.map { Keys.sha256(Array($0.utf8)) }
    if kept.map(\.sha256) == hashes {
      same.append(due)
      return true
    }
    let halves = Dictionary(kept.map { ($0.sha256, $0.half) }) { first, _ in first }
    var asked: [String] = []
    let made = zip(chunks.pieces, hashes).map { content, hash -> Piece in
      if let half = halves[hash] { return Piece(content: content, sha256: hash, half: half, place: nil) }
      asked.append(content)
      return Piece(content: content, sha256: hash, half: nil, place: texts.count + asked.count - 1)
    }
    if !texts.isEmpty, texts.count + asked.count > VectorAnswer.most { return false }
    things.append(Thing(due: due, pieces: made, hasMore: chunks.hasMore))
    texts += asked
    if !asked.isEmpty { kinds.insert(kind) }
    return true
  }

  /// Those of its things that are still as they were read and may still be told of.
  private func wanted(_ told: Set<ModelKind>, _ db: Connection) throws(PostgresError) -> Set<ID<FoundThing>> {
    let wanted: [ID<FoundThing>] = try db.rows(
      Query(
        column: """
          SELECT j.thing FROM embedding_jobs j JOIN unnest(\(things.map(\.due.thing)), \(things.map(\.due.fence))) AS x(thing, fence)
            ON x.thing = j.thing AND x.fence = j.fence WHERE j.user_id = me() AND j.kind = ANY (\(told.map(\.rawValue).sorted()))
          """))
    return Set(wanted)
  }

  /// Whether what has not been sent yet may be: nothing of it has changed, become private or been forbidden since.
  func isWhole(told: Set<ModelKind>, _ db: Connection) throws(PostgresError) -> Bool { try wanted(told, db).count == things.count }

  /// Stores what came of it, of the things that are still as they were read and may still be told of: whatever changed meanwhile is asked
  /// anew, what was deleted leaves nothing. Of what nothing has come yet nothing is stored.
  ///
  /// - Returns: how many things were stored.
  func store(_ set: EmbeddingSet, told: Set<ModelKind>, _ db: Connection) throws(PostgresError) -> Int {
    let isWanted = try wanted(told, db)
    let ready = things.filter { isWanted.contains($0.due.thing) && $0.pieces.allSatisfy { isSettled($0) } }
    if set.dimension == nil, let dimension = halving.dimension {
      try db.run("UPDATE embedding_sets SET dimension = \(dimension) WHERE id = \(set.id) AND dimension IS NULL")
    }
    try db.run("DELETE FROM embeddings WHERE set_id = \(set.id) AND user_id = me() AND thing = ANY (\(ready.map(\.due.thing)))")
    var rows = EmbeddingRows(mean: set.meanNumbers)
    for thing in ready {
      for (place, piece) in thing.pieces.enumerated() {
        let vector: UnitVector? = if let half = piece.half { UnitVector(half: half) } else { piece.place.flatMap { halving.vectors[$0] } }
        rows.add(thing.due, place + 1, piece, vector, isCut: thing.hasMore && place + 1 == thing.pieces.count)
      }
    }
    try rows.insert(set.id, db)
    try Self.forget(ready.map(\.due), db)
    return ready.count
  }

  private func isSettled(_ piece: Piece) -> Bool {
    piece.half != nil || piece.place.map { halving.vectors[$0] != nil || halving.refused.contains($0) } ?? false
  }

  /// Takes off the list what has been looked at, unless it changed since.
  static func forget(_ things: [EmbeddingJob], _ db: Connection) throws(PostgresError) {
    if things.isEmpty { return }
    try db.run(
      """
      DELETE FROM embedding_jobs j USING unnest(\(things.map(\.thing)), \(things.map(\.fence))) AS x(thing, fence)
      WHERE j.thing = x.thing AND j.fence = x.fence AND j.user_id = me()
      """)
  }
}

/// Rows of `embeddings`, column by column.
private struct EmbeddingRows {
  let mean: [Float]
  private var things: [ID<FoundThing>] = []
  private var chunks: [Int] = []
  private var kinds: [String] = []
  private var cuts: [Bool] = []
  private var contents: [String] = []
  private var hashes: [[UInt8]] = []
  private var halves: [[UInt8]] = []
  private var bits: [String] = []

  init(mean: [Float]) { self.mean = mean }

  /// - Parameter vector: nil: the server refuses the piece. It stays without one, so that nobody asks again while it is the same.
  mutating func add(_ due: EmbeddingJob, _ chunk: Int, _ piece: EmbedBatch.Piece, _ vector: UnitVector?, isCut: Bool) {
    things.append(due.thing)
    chunks.append(chunk)
    kinds.append(due.kind)
    cuts.append(isCut)
    contents.append(piece.content)
    hashes.append(piece.sha256)
    halves.append(piece.half ?? vector?.half ?? [])
    bits.append(vector?.signs(above: mean) ?? "")
  }

  func insert(_ set: ID<EmbeddingSet>, _ db: Connection) throws(PostgresError) {
    if things.isEmpty { return }
    try db.run(
      SQL.insert(
        into: "embeddings", .all("set_id", "\(set)"), .all("user_id", "me()"), .each("thing", things), .each("chunk", chunks),
        .each("kind", kinds), .all("trashed", "(SELECT d.trashed FROM search_documents d WHERE d.id = t.thing)"), .each("cut", cuts),
        .each("content", contents), .each("sha256", hashes), .each("half", halves), .each("bits", bits, as: "t.bits::bit varying")))
  }
}
