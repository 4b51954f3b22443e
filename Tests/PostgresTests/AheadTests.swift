import Postgres
import TestSupport
import Testing

/// Changes that nobody waits for until the next is asked.
@Suite struct AheadTests {
  private struct Stop: Error {}
  private let db: Connection

  init() throws {
    db = try connect()
    try db.run("CREATE TEMPORARY TABLE t (n int CONSTRAINT t_once UNIQUE)")
  }

  private func insert(_ number: Int) -> SQL { "INSERT INTO t VALUES (\(number)::int)" }
  private var numbers: [Int] { get throws { try db.rows(Query(column: "SELECT n FROM t ORDER BY n")) } }

  @Test func `the caller goes on while the server works, and what is asked next sees what was done`() throws {
    let clock = ContinuousClock()
    try db.transaction {
      try db.run(insert(1))
      let sent = try clock.measure { try db.runAhead("INSERT INTO t SELECT 2 FROM pg_sleep(0.5)") }
      #expect(sent < .milliseconds(300))
      var seen: [Int] = []
      let asked = try clock.measure { seen = try numbers }
      #expect(seen == [1, 2] && asked > .milliseconds(100))
      try db.runAhead(insert(3))
      try db.runAhead(insert(4))
      try db.finishAhead()
      try db.finishAhead()
      try db.runAhead(insert(5))
    }
    #expect(try numbers == [1, 2, 3, 4, 5])
  }

  @Test func `before a transaction has begun, inside a savepoint and outside it is a change as any other`() throws {
    try db.runAhead(insert(1))
    try db.transaction {
      try db.runAhead(insert(2))
      try db.transaction { try db.runAhead(insert(3)) }
    }
    #expect(try numbers == [1, 2, 3])
  }

  @Test func `its error is thrown by whatever comes next, once, and undoes the transaction`() throws {
    for next in 0..<4 {
      let error = #expect(throws: PostgresError.self) {
        try db.transaction {
          try db.run(insert(1))
          try db.runAhead(insert(1))
          switch next {
          case 0: _ = try numbers
          case 1: try db.runAhead(insert(2))
          case 2: try db.finishAhead()
          default: break  // The end.
          }
        }
      }
      #expect(error?.sqlstate == "23505" && error?.constraint == "t_once")
      #expect(try numbers == [] && !db.isInTransaction)
    }
  }

  @Test func `what is under way when the caller gives up is undone with the rest`() throws {
    for statement: SQL in ["INSERT INTO t SELECT 2 FROM pg_sleep(0.1)", "INSERT INTO t SELECT 1 / 0"] {
      #expect(throws: Stop.self) {
        try db.transaction {
          try db.run(insert(1))
          try db.runAhead(statement)
          throw Stop()
        }
      }
      #expect(try numbers == [] && !db.isInTransaction)
    }
  }

  @Test func `an open transaction is committed with what was under way, and a lost connection is said`() throws {
    try db.run("CREATE TABLE IF NOT EXISTS ahead (n int)")
    defer { _ = try? connect().run("DROP TABLE ahead") }
    let other = try connect()
    other.beginOpen()
    try other.run("INSERT INTO ahead VALUES (1)")
    try other.runAhead("INSERT INTO ahead SELECT 2 FROM pg_sleep(0.1)")
    try other.commitOpen()
    #expect(try db.value("SELECT count(*) FROM ahead", as: Int.self) == 2)
    let lost = try connect()
    lost.beginOpen()
    let pid: Int = try lost.value("SELECT pg_backend_pid()") ?? 0
    try lost.runAhead("INSERT INTO ahead SELECT 3 FROM pg_sleep(5)")
    try db.run("SELECT pg_terminate_backend(\(pid)::int)")
    let error = #expect(throws: PostgresError.self) { try lost.commitOpen() }
    #expect(error?.isTransient == true)
    #expect(try db.value("SELECT count(*) FROM ahead", as: Int.self) == 2)
  }
}
