import Domain
import Postgres

/// How search by sense does for a person: what there is to look through, and whether anything new can be asked (RULES 9.43).
struct VectorState {
  /// By what the nearest are found: the word of the fact `vector-search`.
  enum Way: String { case off, exact, bits, pgvector }

  let search: Way
  /// What search looks through; nil: there is no search by sense.
  let searched: EmbeddingSet?
  let live: EmbeddingSet?
  /// Made beside it.
  let building: EmbeddingSet?
  let pause: EmbedPause?

  /// - Parameters:
  ///   - sets: of the person, those that are gone aside.
  ///   - hasNear: whether `heed vectors on` has added its column.
  init(_ server: EmbedServer?, _ person: Person, _ sets: [EmbeddingSet], _ pause: EmbedPause?, hasNear: Bool, at now: Instant) {
    live = sets.first { $0.state == .live }
    building = sets.first { $0.state == .building }
    self.pause = pause
    let isOff = pause?.isOff(at: now) ?? false
    guard let live, live.dimension != nil, let server, server.asked(for: live) != nil, !person.modelKinds.isEmpty, !isOff else {
      (search, searched) = (.off, nil)
      return
    }
    searched = live
    search = live.chunks <= EmbeddingSet.mostExact ? .exact : hasNear ? .pgvector : .bits
  }

  private static var sets: Query<EmbeddingSet> { EmbeddingSet.mine("state <> 'gone' ORDER BY created_at") }
  private static var near: Query<Bool> { Query(column: "SELECT has_near()") }

  /// In a transaction that is the person's.
  static func read(_ services: Services, _ person: Person, at now: Instant, _ db: Connection) throws(PostgresError) -> VectorState {
    let (sets, pauses, near) = try db.read(sets, EmbedPause.query(services.embedding?.fingerprint ?? []), near)
    return VectorState(services.embedding, person, sets, pauses.first, hasNear: near.first ?? false, at: now)
  }

  /// For a page.
  static func read(_ web: Context) throws -> VectorState {
    let (sets, pauses, near) = try web.read(sets, EmbedPause.query(web.services.embedding?.fingerprint ?? []), near)
    return VectorState(web.services.embedding, try web.person, sets, pauses.first, hasNear: near.first ?? false, at: web.now)
  }
}
