import Domain
import Postgres

/// Work on many rows of one table, of which one that fails holds up no other: a batch at once; when that fails, row by row; a row that fails on its
/// own is logged and passed over for a while.
final class RowWork<Row> {
  /// What the log calls a row: `reminder` fails as `work.reminder_failed`.
  private let noun: String
  private let bench: WorkBench
  private var until: [ID<Row>: Instant] = [:]

  init(_ noun: String, _ bench: WorkBench) { (self.noun, self.bench) = (noun, bench) }

  /// Rows that are passed over now.
  func passed(at now: Instant) -> [ID<Row>] {
    until = until.filter { $0.value > now }
    return Array(until.keys)
  }

  /// One batch.
  ///
  /// - Parameters:
  ///   - all: does it.
  ///   - rows: finds what it would have taken.
  ///   - one: does one row.
  ///   - isFatal: what no row is to blame for, besides a lost connection.
  /// - Returns: how many were done.
  /// - Throws: what no row is to blame for, or that even finding them fails.
  func batch(
    at now: Instant, all: () throws -> Int, rows: () throws -> [ID<Row>], one: (ID<Row>) throws -> Int,
    isFatal: (PostgresError) -> Bool = { _ in false }
  ) throws -> Int {
    try atOnceOrEach(all: all, items: rows, one: one, isFatal: { $0.kind == .connection || isFatal($0) }) { id, error in
      passOver(id, for: error, at: now)
    }
  }

  /// As many batches as it takes, each of at most `most` rows, which ``batch(at:all:rows:one:isFatal:)`` does.
  ///
  /// - Parameter counted: under which name the line of `heed work --once` counts the rows.
  /// - Returns: how many were done.
  func batches(
    of most: Int, counted: String, at now: Instant, all: () throws -> Int, rows: () throws -> [ID<Row>], one: (ID<Row>) throws -> Int
  ) throws -> Int {
    var total = 0
    while true {
      let count = try batch(at: now, all: all, rows: rows, one: one)
      total += count
      bench.tally.add(counted, count)
      if count < most { return total }
    }
  }

  /// Tells of a row that can't be done, and passes it over for a while.
  func passOver(_ id: ID<Row>, for error: any Error, at now: Instant) {
    until[id] = now.advanced(seconds: Self.pause(error))
    bench.log("work.\(noun)_failed", [noun: id.text, "error": "\(error)"])
  }

  /// For how many seconds a row is passed over. What may be over in a moment, such as a lock that somebody held or a server that was restarted, is
  /// not worth ten minutes of a reminder; a statement that took too long will again, and nothing else rings meanwhile.
  private static func pause(_ error: any Error) -> Int {
    guard let error = error as? PostgresError, error.isTransient, error.sqlstate != "57014" else { return 600 }
    return 30
  }
}

/// Does things all at once; when that fails, one by one, so that one that fails takes no other with it.
///
/// - Parameters:
///   - isFatal: whether an error is nothing that a single one can be to blame for: it is thrown.
///   - failed: told of each that failed on its own.
func atOnceOrEach<Item>(
  all: () throws -> Int, items: () throws -> [Item], one: (Item) throws -> Int, isFatal: (PostgresError) -> Bool,
  failed: (Item, any Error) -> Void
) throws -> Int {
  do {
    return try all()
  } catch {
    if let error = error as? PostgresError, isFatal(error) { throw error }
  }
  var count = 0
  for item in try items() {
    do {
      count += try one(item)
    } catch {
      if let error = error as? PostgresError, isFatal(error) { throw error }
      failed(item, error)
    }
  }
  return count
}
