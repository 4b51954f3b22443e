import Domain
import Postgres

/// Pages that may have to read all that a person keeps, such as a search: a second each and one at a time a person, so that whoever keeps much and
/// asks often holds one responder and not all of them.
enum SlowRead {
  enum Outcome<Row> {
    case rows([Row])
    case stopped(Reason)

    var parts: (rows: [Row], stopped: Reason?) {
      switch self {
      case .rows(let rows): (rows, nil)
      case .stopped(let reason): ([], reason)
      }
    }
  }

  enum Reason {
    /// It took longer than ``seconds``; asked again, it would again.
    case tooLong
    /// Another one of the same person is running.
    case busy
  }

  static let seconds = 1
  /// The first half of the advisory lock's key; the second is the person.
  private static let lock: Int32 = 0x4845_4544

  /// What a query's WHERE begins with: false, before anything is read, when it is not this person's turn.
  static var itsTurn: SQL { "current_setting('heed.turn', true) = 'true'" }

  /// Reads with the session in the same round trip. The lock ends with it; inside a transaction, with that.
  ///
  /// - Parameter query: asks for ``itsTurn``.
  /// - Throws: ``Failure/signedOut``; database errors but for the time limit.
  static func rows<Row>(_ web: Context, _ query: Query<Row>) throws -> Outcome<Row> {
    let before = Query<String>(column: "SELECT current_setting('statement_timeout')")
    let turn = Query<Bool>(
      column: """
        SELECT set_config('heed.turn', pg_try_advisory_xact_lock(\(lock), hashtext(me()::text))::text, true) = 'true'
          AND set_config('statement_timeout', \(String(seconds * 1_000)), true) <> ''
        """)
    do {
      guard web.db.isInTransaction else {
        let (isOurs, rows) = try web.read(turn, query)
        return isOurs.first == true ? .rows(rows) : .stopped(.busy)
      }
      // In a savepoint, so that what follows in a transaction can still be read. What it sets outlives it.
      let (limit, isOurs, rows) = try web.db.transaction { try web.read(before, turn, query) }
      for limit in limit { try web.db.local("statement_timeout", limit) }
      return isOurs.first == true ? .rows(rows) : .stopped(.busy)
    } catch let error as PostgresError {
      guard error.sqlstate == "57014" else { throw error }
      return .stopped(.tooLong)
    }
  }
}
