import Domain
import Postgres

/// Whether a server is asked at all: what all workers know of its failures (``CoachPause``).
struct ModelPause {
  let inARow: Int
  let until: Instant?

  static func query(_ host: String) -> Query<ModelPause> {
    Query("SELECT in_a_row, paused_until AS until FROM model_servers WHERE host = \(host)", into: ModelPause.init)
  }

  /// - Parameter isLocked: until the transaction ends.
  private static func of(_ host: String, isLocked: Bool, _ db: Connection) throws(PostgresError) -> CoachPause {
    if isLocked { try db.run("SELECT FROM model_servers WHERE host = \(host) FOR UPDATE") }
    let found = try db.row(query(host))
    return found.map { CoachPause(inARow: $0.inARow, until: $0.until) } ?? CoachPause()
  }

  /// After a pause one call tries; who comes while it is under way goes without.
  static func mayCall(_ server: ModelServer, at now: Instant, _ db: Connection) throws(PostgresError) -> Bool {
    let host = server.endpoint.host
    let pause = try of(host, isLocked: false, db)
    guard pause.until != nil else { return true }
    guard pause.mayCall(at: now) else { return false }
    return try db.run(
      """
      UPDATE model_servers SET trying_until = \(now.advanced(seconds: Int64(server.seconds)))
      WHERE host = \(host) AND coalesce(trying_until <= \(now), true)
      """) == 1
  }

  /// An answer could be read. Costs no write while all is well.
  static func succeeded(_ host: String, _ db: Connection) throws(PostgresError) {
    try db.run(
      """
      UPDATE model_servers SET in_a_row = 0, paused_until = NULL, trying_until = NULL
      WHERE host = \(host) AND (in_a_row > 0 OR paused_until IS NOT NULL)
      """)
  }

  /// - Returns: until when nobody asks it, when that begins now.
  static func failed(_ host: String, at now: Instant, _ db: Connection) throws(PostgresError) -> Instant? {
    try db.run("INSERT INTO model_servers (host, in_a_row) VALUES (\(host), 0) ON CONFLICT DO NOTHING")
    var pause = try of(host, isLocked: true, db)
    let begins = pause.failed(at: now)
    try db.run(
      "UPDATE model_servers SET in_a_row = \(pause.inARow), paused_until = \(pause.until), trying_until = NULL WHERE host = \(host)")
    return begins ? pause.until : nil
  }
}
