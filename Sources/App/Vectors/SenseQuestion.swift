import Domain
import Net
import Postgres
import Web

/// What somebody looks for by its sense: a row of `query_vectors`, which a worker fills; its vector is kept for a day (RULES 9.44).
struct SenseQuestion {
  enum State: String, Bindable, FromColumn { case asked, answered, failed }

  /// How it stands.
  enum Answer {
    /// A worker is at it; a page looks again in a moment.
    case waiting
    case found(QueryVector)
    /// Nothing has answered in time, or what did cannot be used.
    case missing
  }

  let id: ID<SenseQuestion>
  let set: ID<EmbeddingSet>
  let words: String?
  let half: [UInt8]?
  let state: State
  let at: Instant

  /// How long somebody waits for an answer, in seconds.
  static let patience: Int64 = 2

  /// Of the person that the transaction is for.
  static func mine(_ which: SQL) -> Query<SenseQuestion> {
    Query("SELECT id, set_id AS set, words, half, state, at FROM query_vectors WHERE user_id = me() AND \(which)", into: SenseQuestion.init)
  }

  /// By its id, as `sense` names it.
  static func query(_ id: ID<SenseQuestion>) -> Query<SenseQuestion> { mine("id = \(id)") }

  func answer(at now: Instant) -> Answer {
    switch state {
    case .answered:
      guard let vector = half.flatMap({ UnitVector(half: $0) }) else { return .missing }
      return .found(QueryVector(set: set, vector: vector.numbers))
    case .asked: return now < at.advanced(seconds: Self.patience) ? .waiting : .missing
    case .failed: return .missing
    }
  }

  /// Asks for the vector of some words, unless it is there or on its way. For requests and workers alike, in a transaction that is the
  /// person's; none of it waits for the network.
  ///
  /// - Parameters:
  ///   - words: what is looked for, without marks; at most 400 characters.
  ///   - asksWorker: false: whoever asks makes the call itself (``SenseCall``).
  /// - Returns: where its answer will stand; nil: there is no search by sense for the person, or no word.
  static func asking(
    _ words: String, of person: Person, _ services: Services, asksWorker: Bool = true, _ db: Connection, at now: Instant
  ) throws(PostgresError) -> ID<SenseQuestion>? {
    guard !words.utf8.isEmpty, let server = services.embedding, let set = try VectorState.read(services, person, at: now, db).searched,
      server.asked(for: set) != nil
    else { return nil }
    let hash = Keys.sha256(Array(words.utf8))
    if let known = try db.row(mine("set_id = \(set.id) AND sha256 = \(hash)")) {
      let isOver = known.state == .failed || (known.state == .asked && known.at.advanced(seconds: 60) < now)
      guard isOver else { return known.id }
      try db.queue([
        """
        UPDATE query_vectors SET state = 'asked', words = \(words), at = \(now)
        WHERE id = \(known.id) AND user_id = me() AND state <> 'answered'
        """
      ])
      if asksWorker { try db.queue([SenseWork.asking(for: known.id, of: person, at: now)] + Waking.statements(now, at: now)) }
      return known.id
    }
    let id = ID<SenseQuestion>.new(at: now)
    // Two presses at once: one row, and whoever comes second finds it.
    let made: ID<SenseQuestion>? = try db.value(
      """
      INSERT INTO query_vectors (id, user_id, set_id, sha256, words, state, at)
      VALUES (\(id), \(person.id), \(set.id), \(hash), \(words), 'asked', \(now)) ON CONFLICT (set_id, sha256) DO NOTHING RETURNING id
      """)
    guard made != nil else { return try db.row(mine("set_id = \(set.id) AND sha256 = \(hash)"))?.id }
    if asksWorker { try db.queue([SenseWork.asking(for: id, of: person, at: now)] + Waking.statements(now, at: now)) }
    return id
  }

  /// What is known of the vector of some words, in a transaction that is the person's.
  enum Known {
    case found(QueryVector)
    /// It can be asked for.
    case unasked
    /// There is no search by sense for the person, or a question of theirs went unanswered within the last minute: whoever looks for many
    /// things waits once.
    case missing
  }

  static func known(
    _ words: String, of person: Person, _ services: Services, _ db: Connection, at now: Instant
  ) throws(PostgresError) -> Known {
    guard !words.utf8.isEmpty, services.embedding != nil, let set = try VectorState.read(services, person, at: now, db).searched else {
      return .missing
    }
    let kept = try db.row(mine("set_id = \(set.id) AND sha256 = \(Keys.sha256(Array(words.utf8)))"))
    if let kept, case .found(let vector) = kept.answer(at: now) { return .found(vector) }
    let unanswered: Bool? = try db.value(
      """
      SELECT EXISTS (SELECT FROM query_vectors WHERE user_id = me() AND set_id = \(set.id) AND state = 'failed'
        AND at > \(now.advanced(seconds: -60)))
      """)
    return unanswered == true ? .missing : .unasked
  }

  /// Nothing says any more what was looked for, nor where it lies.
  private static let emptied: SQL = "state = 'failed', words = NULL, half = NULL, sha256 = sha256(uuid_send(id))"

  /// What was looked for in other sets becomes a question of this one that nothing answered: its address says so, and offers to ask again, whatever
  /// becomes of the old set.
  static func moved(to set: ID<EmbeddingSet>) -> SQL {
    "UPDATE query_vectors SET set_id = \(set), \(emptied) WHERE user_id = me() AND set_id <> \(set)"
  }

  /// A day. The row stays, so that an old address says that nothing answered; of what was looked for it says nothing any more.
  static let answers = Retention("query_vectors.answers", days: 1) { before in
    """
    UPDATE query_vectors SET \(emptied) WHERE id IN (
      SELECT id FROM query_vectors WHERE at < \(before) AND sha256 <> sha256(uuid_send(id)) LIMIT \(Chore.slice))
    """
  }

  static let retention = Retention("query_vectors", days: 90) { before in
    "DELETE FROM query_vectors WHERE id IN (SELECT id FROM query_vectors WHERE at < \(before) LIMIT \(Chore.slice))"
  }
}

extension SearchQuery {
  /// What is looked for by its sense: marks narrow what is found and mean nothing.
  var sense: String { (words + phrases.filter { !words.contains($0) }).joined(separator: " ") }
}
