import Postgres
import TestSupport
import Testing

@Suite struct PipelineTests {
  @Test func aSettingOfTheFirstStatementIsSeenByTheNextOnesAndGoneAfterwards() throws {
    let db = try connect()
    for _ in 1...2 {
      let (lead, seen) = try db.read(
        Query(column: "SELECT set_config('heed.user_id', \("someone"), true)", as: String.self),
        Query(column: "SELECT current_setting('heed.user_id', true)", as: String.self))
      #expect(lead == ["someone"])
      #expect(seen == ["someone"])
      #expect(try db.value("SELECT coalesce(current_setting('heed.user_id', true), '')", as: String.self) == "")
    }
  }

  @Test func aLeadThatFindsNobodyLeavesTheOthersWithoutRows() throws {
    let db = try connect()
    let (lead, seen) = try db.read(
      Query(column: "SELECT set_config('heed.user_id', 'x', true) WHERE \(false)", as: String.self),
      Query(column: "SELECT 1 WHERE current_setting('heed.user_id', true) = 'x'", as: Int.self))
    #expect(lead.isEmpty && seen.isEmpty)
  }

  @Test func anErrorInTheMiddleLeavesTheConnectionUsable() throws {
    let db = try connect()
    for failing in 0..<4 {
      let divisors = (0..<4).map { $0 == failing ? 0 : 1 }
      let error = #expect(throws: PostgresError.self) {
        try db.read(
          Query(column: "SELECT 1 / \(divisors[0])", as: Int.self), Query(column: "SELECT 2 / \(divisors[1])", as: Int.self),
          Query(column: "SELECT 3 / \(divisors[2])", as: Int.self), Query(column: "SELECT 4 / \(divisors[3])", as: Int.self))
      }
      #expect(error?.sqlstate == "22012")
      #expect(try db.value("SELECT 1", as: Int.self) == 1)
    }
  }

  @Test func aStatementThatCannotBePreparedLeavesTheConnectionUsable() throws {
    let db = try connect()
    for _ in 1...2 {
      let error = #expect(throws: PostgresError.self) {
        try db.read(
          Query(column: "SELECT 1", as: Int.self), Query(column: "SELECT nothing FROM nowhere", as: Int.self),
          Query(column: "SELECT 2", as: Int.self))
      }
      #expect(error?.sqlstate == "42P01")
      let (one, two) = try db.read(Query(column: "SELECT 1", as: Int.self), Query(column: "SELECT 2", as: Int.self))
      #expect(one == [1] && two == [2])
    }
  }

  @Test func aStatementMayStandTwiceInOneBatch() throws {
    let db = try connect()
    func double(_ number: Int) -> SQL { "SELECT \(number) * 2" }
    let (first, second) = try db.read(Query(column: double(1), as: Int.self), Query(column: double(2), as: Int.self))
    #expect(first == [2] && second == [4])
    #expect(try db.value("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1 * 2'", as: Int.self) == 1)
  }

  @Test func aColumnOfTheWrongTypeLeavesTheConnectionUsable() throws {
    let db = try connect()
    let error = #expect(throws: PostgresError.self) {
      try db.read(Query(column: "SELECT 'x'", as: Int.self), Query(column: "SELECT 2", as: Int.self))
    }
    #expect(error?.kind == .value)
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
  }

  @Test func severalChangesOutsideOfATransactionHappenAllOrNone() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE t (n int CONSTRAINT t_small CHECK (n < 10))")
    #expect(try db.runAll(["INSERT INTO t VALUES (1), (2)", "UPDATE t SET n = n + 1"]) == [2, 2])
    #expect(throws: PostgresError.self) { try db.runAll(["INSERT INTO t VALUES (5)", "INSERT INTO t VALUES (\(50))"]) }
    #expect(try db.rows(Query(column: "SELECT n FROM t ORDER BY n", as: Int.self)) == [2, 3])
  }

  @Test func aDeferredConstraintFailsAtTheEndOfTheBatch() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE d (n int, CONSTRAINT d_once UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)")
    let error = #expect(throws: PostgresError.self) { try db.runAll(["INSERT INTO d VALUES (1)", "INSERT INTO d VALUES (1)"]) }
    #expect(error?.violates("d_once") == true)
    #expect(error?.isOutcomeUnknown == false)
    #expect(try db.value("SELECT count(*) FROM d", as: Int.self) == 0)
  }

  @Test func answersLargerThanTheSocketsBuffersBlockNobody() throws {
    let db = try connect()
    func echo(_ text: String) -> Query<String> { Query(column: "SELECT \(text) || repeat('x', 1000000)") }
    let large = String(repeating: "y", count: 3_000_000)
    let (first, second, third) = try db.read(echo(large), echo(large), echo(large))
    #expect([first, second, third].map { $0[0].utf8.count } == [4_000_000, 4_000_000, 4_000_000])
  }
}
