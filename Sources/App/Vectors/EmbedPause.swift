import Domain
import Postgres

/// How a server of vectors does, as all workers know it: whether it is left alone, and since when nothing of it can be used (RULES 9.42).
struct EmbedPause {
  /// In a row: no answer, or a status that is none.
  let failures: Int
  /// In a row: answers that cannot be used.
  let invalid: Int
  /// nil: it may be asked.
  let until: Instant?

  static func query(_ fingerprint: [UInt8]) -> Query<EmbedPause> {
    Query("SELECT failures, invalid, wait_until AS until FROM embedding_servers WHERE fingerprint = \(fingerprint)", into: EmbedPause.init)
  }

  /// Until when nobody asks it; nil: somebody may.
  func wait(at now: Instant) -> Instant? { until.flatMap { now < $0 ? $0 : nil } }

  /// Whether nothing of it can be used, so that search goes on without it.
  func isOff(at now: Instant) -> Bool { invalid >= VectorPatience.invalid && wait(at: now) != nil }

  /// Costs no write while all is well.
  static func succeeded(_ fingerprint: [UInt8], _ db: Connection) throws(PostgresError) {
    try db.run(
      """
      UPDATE embedding_servers SET failures = 0, invalid = 0, wait_until = NULL
      WHERE fingerprint = \(fingerprint) AND (failures > 0 OR invalid > 0 OR wait_until IS NOT NULL)
      """)
  }

  /// After an answer that cannot be used it is asked again at once; after the third in a row it is off for a day.
  ///
  /// - Returns: until when it is off, where that begins now.
  static func invalid(_ fingerprint: [UInt8], at now: Instant, _ db: Connection) throws(PostgresError) -> Instant? {
    let until = now.advanced(seconds: VectorPatience.off)
    let count: Int? = try db.value(
      """
      INSERT INTO embedding_servers AS s (fingerprint, invalid) VALUES (\(fingerprint), 1)
      ON CONFLICT (fingerprint) DO UPDATE SET invalid = s.invalid + 1,
        wait_until = CASE WHEN s.invalid + 1 >= \(VectorPatience.invalid) THEN \(until) ELSE s.wait_until END
      RETURNING invalid
      """)
    return (count ?? 0) >= VectorPatience.invalid ? until : nil
  }

  /// - Parameter asked: seconds that it asked for.
  static func failed(_ fingerprint: [UInt8], asked: Int64?, at now: Instant, _ db: Connection) throws(PostgresError) -> Instant {
    let count: Int? = try db.value(
      """
      INSERT INTO embedding_servers AS s (fingerprint, failures) VALUES (\(fingerprint), 1)
      ON CONFLICT (fingerprint) DO UPDATE SET failures = least(s.failures + 1, 1000) RETURNING failures
      """)
    let until = now.advanced(seconds: VectorPatience.wait(failures: count ?? 1, asked: asked))
    try db.run("UPDATE embedding_servers SET wait_until = \(until) WHERE fingerprint = \(fingerprint)")
    return until
  }
}
