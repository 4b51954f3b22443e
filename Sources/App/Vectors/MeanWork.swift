import Domain
import Postgres

/// Makes the mean of a set anew, and the signs of all of its vectors with it, slice by slice. Meanwhile signs of both means are compared:
/// the set has only doubled since, so they differ little, and what they choose is compared exactly (RULES 9.43).
struct MeanWork {
  let db: Connection

  /// Rows of a step.
  private static let slice = 500

  /// What a worker has added up.
  private final class Sum { var mean = VectorMean() }

  private struct Piece {
    let thing: ID<FoundThing>
    let chunk: Int
    let half: [UInt8]
  }

  /// - Parameter place: "mean SET", "mean SET THING CHUNK", and the same with "bits".
  func step(_ place: [String], _ run: inout JobRun) throws -> JobStep {
    let isMean = place[0].utf8.elementsEqual(EmbedStep.Phase.mean.rawValue.utf8)
    guard place.count > 1, let id = ID<EmbeddingSet>(place[1]), let set = try db.row(EmbeddingSet.mine("id = \(id) AND state <> 'gone'"))
    else {
      return stop(&run)
    }
    let isBegun = place.count > 3 && (!isMean || run.kept is Sum)
    let last = (thing: isBegun ? ID<FoundThing>(place[2]) : nil, chunk: isBegun ? Int(place[3]) ?? 0 : 0)
    let rows: [Piece] = try db.rows(
      Query(
        """
        SELECT thing, chunk, half FROM embeddings WHERE set_id = \(id) AND user_id = me() AND half <> ''
          AND (thing, chunk) > (\(last.thing ?? ID(high: 0, low: 0)), \(last.chunk)::smallint) ORDER BY thing, chunk LIMIT \(Self.slice)
        """, into: Piece.init))
    if isMean { return try add(rows, set, isBegun, &run) }
    guard let end = rows.last else { return stop(&run) }
    let mean = set.meanNumbers
    let made = rows.compactMap { row in UnitVector(half: row.half).map { (row: row, signs: $0.signs(above: mean)) } }
    let (things, chunks, signs) = (made.map(\.row.thing), made.map(\.row.chunk), made.map(\.signs))
    try db.run(
      """
      UPDATE embeddings e SET bits = x.bits::bit varying FROM unnest(\(things), \(chunks), \(signs)) AS x(thing, chunk, bits)
      WHERE e.set_id = \(id) AND e.user_id = me() AND e.thing = x.thing AND e.chunk = x.chunk
      """)
    run.place = "\(EmbedStep.Phase.bits.rawValue) \(id.text) \(end.thing.text) \(end.chunk)"
    return .again
  }

  private func add(_ rows: [Piece], _ set: EmbeddingSet, _ isBegun: Bool, _ run: inout JobRun) throws -> JobStep {
    let sum = isBegun ? run.kept as? Sum ?? Sum() : Sum()
    for row in rows { sum.mean.add(half: row.half) }
    if let end = rows.last {
      run.kept = sum
      run.place = "\(EmbedStep.Phase.mean.rawValue) \(set.id.text) \(end.thing.text) \(end.chunk)"
      return .again
    }
    run.kept = nil
    guard sum.mean.count > 0, sum.mean.numbers.count == set.dimension else { return stop(&run) }
    try db.run(
      "UPDATE embedding_sets SET mean = \(HalfFloat.bytes(sum.mean.numbers)), mean_chunks = \(sum.mean.count) WHERE id = \(set.id)")
    run.place = "\(EmbedStep.Phase.bits.rawValue) \(set.id.text)"
    return .again
  }

  private func stop(_ run: inout JobRun) -> JobStep {
    (run.place, run.kept) = ("", nil)
    return .again
  }
}
