import Domain
import Postgres

/// One kind of what happens by itself: what it is called, when it is due next, how it is done. A feature lists its own (``Feature/work``), and
/// ``Worker`` goes through all of them without knowing any.
struct WorkKind {
  /// What the log calls it: `"part": "fire"`.
  let name: String
  /// When it is due next. Kinds that are due together share one.
  let due: DueTime
  /// How many of the messages that can begin it may send.
  var share = Share.none
  /// Whether it is looked for as well when something in the same round was done before it, which may have made some of it due.
  var follows = false
  /// Does what is due, at most `limit` messages of it where it sends any.
  ///
  /// - Returns: how much was done; above zero, another round begins at once.
  let run: (_ now: Instant, _ limit: Int) throws -> Int
  /// Whether something waits here that no table tells of: what came of a transfer.
  var isReady: () -> Bool = { false }
  /// Gives back what is in hands, so that it need not wait for the end of a lease. For a worker that ends.
  var release: (_ now: Instant) throws -> Void = { _ in }

  /// In the order in which a round does them: first what only writes rows, then what is little and waited for, then the rest.
  enum Share: CaseIterable {
    /// Sends nothing.
    case none
    /// At most half, so that the others get their turn.
    case half
    case all
    /// What is left when all others have had their turn: mails by the thousand for which nobody waits.
    case rest
    /// Sends nothing by itself, and is done step by step when nothing else is to do, or after a busy second: jobs.
    case spare

    /// Whether it is nothing to wake up for while no message can be sent.
    var sends: Bool { self == .half || self == .all || self == .rest }
  }
}

/// When some work is due next: look-ups of an index, each a statement that returns one value.
struct DueTime {
  /// Its own among those of all features.
  let name: String
  /// The time of the earliest: `SELECT min(next_at) FROM reminders WHERE …`.
  let next: (_ now: Instant) -> SQL
  /// The end of the earliest lease: whose worker has died is then taken over.
  var lease: (_ now: Instant) -> SQL = { _ in "SELECT NULL::timestamptz" }
}

/// What a worker found to come, of all kinds: one statement, so that an idle worker costs next to nothing.
struct DueTimes {
  private var times: [String: Instant] = [:]
  /// Milliseconds until leases are over, by the database's clock.
  private var leases: [String: Int] = [:]

  /// - Parameters:
  ///   - canSend: whether a message could be sent at all: where not, those that are due are nothing to wake up for.
  init(of kinds: [WorkKind], canSend: Bool, at now: Instant, _ db: Connection) throws(PostgresError) {
    var known: [String] = []
    var values: SQL = ""
    for kind in kinds where !known.contains(kind.due.name) {
      let isLooked = canSend || !kind.share.sends
      let comma: SQL = known.isEmpty ? "" : ", "
      values = """
        \(values)\(comma)(\(known.count), CASE WHEN \(isLooked) THEN (\(kind.due.next(now))) END,
          CASE WHEN \(isLooked) THEN (1000 * extract(epoch FROM (\(kind.due.lease(now))) - clock_timestamp()))::bigint END)
        """
      known.append(kind.due.name)
    }
    if known.isEmpty { return }
    let found: [(Int, Instant?, Int?)] = try db.rows(Query(tuple: "SELECT * FROM (VALUES \(values)) AS x(number, due, lease)"))
    for (number, due, lease) in found {
      times[known[number]] = due
      leases[known[number]] = lease
    }
  }

  /// The earliest of all.
  var next: Instant? { times.values.min() }

  /// Milliseconds until the first lease is over.
  var lease: Int? { leases.values.min() }

  /// When that is due next which is called so (``DueTime/name``).
  func next(of name: String) -> Instant? { times[name] }

  /// Whether its time has come, or that of what a worker died with.
  func isDue(_ due: DueTime, at now: Instant) -> Bool {
    next(of: due.name).map { $0 <= now } ?? false || leases[due.name].map { $0 <= 0 } ?? false
  }
}
