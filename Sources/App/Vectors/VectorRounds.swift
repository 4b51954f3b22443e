import Domain
import Postgres

/// Makes a job for each person of whom things are to be looked at. A worker that starts looks besides whose vectors are of another model than
/// the one that is set up now.
final class VectorRounds {
  /// How many people's jobs are made in one go.
  private static let most = 50

  private let bench: WorkBench
  private var hasLooked = false

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) { self.bench = bench }

  /// While a job of a person is there, nobody makes another: it looks itself what has become due.
  private static let isFree: SQL = "NOT EXISTS (SELECT FROM jobs j WHERE j.id = r.job_id AND j.state IN ('pending', 'running'))"

  var kind: WorkKind {
    let due = DueTime(name: "vectors") { now in
      if self.looks { return "SELECT \(now)::timestamptz" }
      return "SELECT min(due_at) FROM embedding_rounds r WHERE due_at IS NOT NULL AND \(Self.isFree)"
    }
    return WorkKind(name: "vectors", due: due) { now, _ in try self.run(now) }
  }

  private var looks: Bool { !hasLooked && bench.services.embedding != nil }

  private func run(_ now: Instant) throws -> Int {
    if looks { try look(now) }
    let made: Int = try db.transaction {
      let people: [OwnerIDs] = try db.rows(
        Query(
          """
          SELECT r.user_id AS user, u.account_id AS account FROM embedding_rounds r JOIN users u ON u.id = r.user_id
          WHERE r.due_at <= \(now) AND \(Self.isFree) ORDER BY r.due_at LIMIT \(Self.most) FOR UPDATE OF r SKIP LOCKED
          """, into: OwnerIDs.init))
      for person in people {
        let job = ID<Job>.new(at: now)
        try db.queue([
          Job.asking(for: EmbedWork.name, of: person.account, person.user, as: job, now: now),
          "UPDATE embedding_rounds SET due_at = NULL, job_id = \(job) WHERE user_id = \(person.user)",
        ])
      }
      return people.count
    }
    if made > 0 { bench.tally.add("vectors", made) }
    return made
  }

  /// Whoever allows a model to be told of something and has no whole set of this one, or has changes that nobody has looked at.
  private func look(_ now: Instant) throws(PostgresError) {
    hasLooked = true
    let fingerprint = bench.services.embedding?.fingerprint ?? []
    try db.run(
      """
      INSERT INTO embedding_rounds AS r (user_id, due_at, sweep)
      SELECT u.id, \(now), true FROM users u WHERE u.model_kinds <> '{}' AND (
        NOT EXISTS (SELECT FROM embedding_sets s WHERE s.user_id = u.id AND s.state = 'live' AND s.fingerprint = \(fingerprint))
        OR EXISTS (SELECT FROM embedding_sets s WHERE s.user_id = u.id AND s.state = 'building'))
      ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at, sweep = true
      """)
    try db.run(
      """
      INSERT INTO embedding_rounds AS r (user_id, due_at)
      SELECT j.user_id, min(j.due_at) FROM embedding_jobs j GROUP BY j.user_id
      ON CONFLICT (user_id) DO UPDATE SET due_at = least(r.due_at, EXCLUDED.due_at)
      """)
  }
}
