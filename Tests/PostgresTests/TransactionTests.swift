import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
  private struct Stop: Error {}

  private func counter() throws -> Connection {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE t (n int CONSTRAINT t_once UNIQUE)")
    return db
  }

  private func numbers(_ db: Connection) throws -> [Int] {
    try db.rows(Query(column: "SELECT n FROM t ORDER BY n"))
  }

  @Test func anErrorUndoesEverything() throws {
    let db = try counter()
    #expect(throws: Stop.self) {
      try db.transaction {
        try db.run("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try numbers(db) == [])
    #expect(!db.isInTransaction)
  }

  @Test func aNestedTransactionIsASavepoint() throws {
    let db = try counter()
    try db.transaction {
      try db.run("INSERT INTO t VALUES (1)")
      #expect(throws: Stop.self) {
        try db.transaction {
          try db.run("INSERT INTO t VALUES (2)")
          try db.transaction { try db.run("INSERT INTO t VALUES (3)") }
          throw Stop()
        }
      }
      try db.transaction { try db.run("INSERT INTO t VALUES (4)") }
    }
    #expect(try numbers(db) == [1, 4])
  }

  @Test func aViolationInsideASavepointLeavesTheOuterTransactionAlive() throws {
    let db = try counter()
    try db.transaction {
      try db.run("INSERT INTO t VALUES (1)")
      let error = #expect(throws: PostgresError.self) { try db.transaction { try db.run("INSERT INTO t VALUES (1)") } }
      #expect(error?.violates("t_once") == true)
      try db.run("INSERT INTO t VALUES (2)")
    }
    #expect(try numbers(db) == [1, 2])
  }

  @Test func aSavepointWhoseVeryFirstStatementOpensBothLevelsCanFailAlone() throws {
    let db = try counter()
    try db.run("INSERT INTO t VALUES (1)")
    try db.transaction {
      #expect(throws: PostgresError.self) { try db.transaction { try db.run("INSERT INTO t VALUES (1)") } }
      try db.run("INSERT INTO t VALUES (2)")
    }
    #expect(try numbers(db) == [1, 2])
  }

  @Test func committingAfterAnErrorThatWasIgnoredIsAnError() throws {
    let db = try counter()
    let error = #expect(throws: PostgresError.self) {
      try db.transaction {
        try db.run("INSERT INTO t VALUES (1)")
        #expect(failure { try db.run("INSERT INTO t VALUES (1)") } != nil)
      }
    }
    #expect(error?.kind == .value)
    #expect(try numbers(db) == [])
  }

  @Test func anIgnoredErrorInASavepointUndoesTheSavepointAlone() throws {
    let db = try counter()
    try db.transaction {
      try db.run("INSERT INTO t VALUES (1)")
      #expect(throws: PostgresError.self) {
        try db.transaction {
          #expect(failure { try db.run("INSERT INTO t VALUES (1)") } != nil)
        }
      }
      try db.run("INSERT INTO t VALUES (2)")
    }
    #expect(try numbers(db) == [1, 2])
  }

  @Test func aDeferredConstraintFailsAtCommitByName() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE d (n int, CONSTRAINT d_once UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)")
    let error = #expect(throws: PostgresError.self) {
      try db.transaction { try db.run("INSERT INTO d VALUES (1), (1)") }
    }
    #expect(error?.violates("d_once") == true)
    #expect(error?.isOutcomeUnknown == false)
    #expect(try db.value("SELECT count(*) FROM d", as: Int.self) == 0)
  }

  @Test func aTransactionWithoutStatementsSendsNothing() throws {
    let db = try connect()
    let before = try db.value("SELECT pg_current_xact_id_if_assigned() IS NULL", as: Bool.self)
    #expect(try db.transaction { 5 } == 5)
    #expect(before == true)
  }

  @Test func theTypedFormKeepsTheTypeOfItsErrors() throws {
    let db = try counter()
    func add(_ number: Int) throws(PostgresError) -> Int {
      try db.transaction { () throws(PostgresError) in try db.run("INSERT INTO t VALUES (\(number))") }
    }
    #expect(try add(1) == 1)
    #expect(throws: PostgresError.self) { try add(1) }
    #expect(try numbers(db) == [1])
  }

  @Test func aLocalSettingLastsForItsTransaction() throws {
    let db = try connect()
    let setting: SQL = "SELECT current_setting('heed.user_id', true)"
    try db.transaction {
      try db.local("heed.user_id", "outer")
      #expect(try db.value(setting, as: String.self) == "outer")
      _ = try? db.transaction {
        try db.local("heed.user_id", "inner")
        #expect(try db.value(setting, as: String.self) == "inner")
        throw Stop()
      }
      #expect(try db.value(setting, as: String.self) == "outer")
    }
    #expect(try db.value(setting, as: String?.self) == "")
  }

  @Test func aLocalSettingOfASavepointThatSentNothingStaysWithTheTransaction() throws {
    let db = try connect()
    try db.transaction {
      try db.transaction { try db.local("heed.user_id", "kept") }
      #expect(try db.value("SELECT current_setting('heed.user_id', true)", as: String.self) == "kept")
    }
  }

  @Test func aLocalSettingOutsideOfATransactionIsRefused() throws {
    let db = try connect()
    #expect(throws: PostgresError.self) { try db.local("heed.user_id", "nobody") }
  }

  @Test func readsInsideATransactionSeeItsChanges() throws {
    let db = try counter()
    try rolledBack(db) {
      try db.run("INSERT INTO t VALUES (1)")
      let (numbers, count) = try db.read(
        Query(column: "SELECT n FROM t", as: Int.self), Query(column: "SELECT count(*) FROM t", as: Int.self))
      #expect(numbers == [1] && count == [1])
    }
    #expect(try numbers(db) == [])
  }
}
