import Postgres
import TestSupport
import Testing

/// Changes that travel with what is sent next.
@Suite struct QueueTests {
  private struct Stop: Error {}
  private let db: Connection

  init() throws {
    db = try connect()
    try db.run("CREATE TEMPORARY TABLE t (n int CONSTRAINT t_once UNIQUE)")
  }

  private func insert(_ number: Int) -> SQL { "INSERT INTO t VALUES (\(number)::int)" }
  private var numbers: [Int] { get throws { try db.rows(Query(column: "SELECT n FROM t ORDER BY n")) } }

  /// How many round trips `body` takes.
  private func trips(_ body: () throws -> Void) rethrows -> Int {
    let before = db.roundTrips
    try body()
    return db.roundTrips - before
  }

  @Test func `a queued change goes with the next statement, or with the end`() throws {
    let found = try trips {
      try db.transaction {
        try db.run(insert(1))
        try db.queue([insert(2)])
        #expect(try numbers == [1, 2])
        try db.queue([insert(3)])
        try db.queue([insert(4)])
      }
    }
    #expect(found == 3)
    #expect(try numbers == [1, 2, 3, 4])
  }

  @Test func `a transaction of nothing else carries it out all the same`() throws {
    try db.transaction { try db.queue([insert(1)]) }
    try db.transaction { try db.transaction { try db.queue([insert(2)]) } }
    #expect(try numbers == [1, 2])
    #expect(try trips { try db.queue([insert(3)]) } == 1)
    #expect(try numbers == [1, 2, 3])
  }

  @Test func `an error before the end undoes it, sent or not`() throws {
    #expect(throws: Stop.self) {
      try db.transaction {
        try db.run(insert(1))
        try db.queue([insert(2)])
        throw Stop()
      }
    }
    #expect(try numbers == [])
  }

  @Test func `one that fails at the end is thrown there, undoes all and leaves the connection usable`() throws {
    let error = #expect(throws: PostgresError.self) {
      try db.transaction {
        try db.run(insert(1))
        try db.queue([insert(1)])
      }
    }
    #expect(error?.violates("t_once") == true && error?.isOutcomeUnknown == false)
    #expect(!db.isInTransaction)
    try db.transaction { try db.run(insert(2)) }
    #expect(try numbers == [2])
    #expect(throws: PostgresError.self) { try db.transaction { try db.queue([insert(2)]) } }
    #expect(try numbers == [2])
  }

  @Test func `a savepoint keeps or loses what was queued in it alone`() throws {
    try db.transaction {
      try db.run(insert(1))
      try db.queue([insert(2)])
      try db.transaction {
        try db.run(insert(3))
        try db.queue([insert(4)])
      }
      let twice = failure {
        try db.transaction {
          try db.run(insert(5))
          try db.queue([insert(1)])
        }
      }
      #expect(twice?.violates("t_once") == true)
      #expect(throws: Stop.self) {
        try db.transaction {
          try db.queue([insert(6)])
          throw Stop()
        }
      }
      try db.queue([insert(7)])
    }
    #expect(try numbers == [1, 2, 3, 4, 7])
  }
}
