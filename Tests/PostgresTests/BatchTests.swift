import Domain
import Postgres
import TestSupport
import Testing

@Suite struct BatchTests {
  private static let rows: SQL = "CREATE TEMPORARY TABLE t (id bigint PRIMARY KEY, word text, at timestamptz, mood text, data jsonb)"

  private func write(_ numbers: [Int], at: Instant = Instant(seconds: 7), words: [String?]? = nil) -> SQL {
    .insert(
      into: "t", .each("id", numbers), .each("word", words ?? numbers.map { $0 % 2 == 0 ? nil : "o'dd \($0)" }), .all("at", "\(at)"),
      .each("mood", numbers.map { _ in Importance.high }), .all("data", "jsonb_build_object('twice', 2 * t.id)"))
  }

  @Test func tenThousandRowsAreOneStatementOfFourValues() throws {
    let db = try connect()
    try db.run(Self.rows)
    let sql = write(Array(1...10_000))
    #expect(
      sql.text == """
        INSERT INTO t (id, word, at, mood, data) SELECT t.id, t.word, $1, t.mood, jsonb_build_object('twice', 2 * t.id) \
        FROM unnest($2, $3, $4) AS t (id, word, mood)
        """)
    #expect(try db.run(sql) == 10_000)
    let right: SQL = """
      SELECT count(*) FROM t WHERE word IS NOT DISTINCT FROM CASE WHEN id % 2 = 1 THEN 'o''dd ' || id END AND at = 'epoch'::timestamptz + interval '7 s'
        AND mood = 'high' AND (data->>'twice')::bigint = 2 * id
      """
    #expect(try db.value(right, as: Int.self) == 10_000)
  }

  @Test func valuesOfWhichFewDifferAreSentOnce() throws {
    let db = try connect()
    try db.run(Self.rows)
    let plans = (1...1_000).map { JSON("{\"plan\":\($0 % 3)}") }
    let sql: SQL = .insert(into: "t", .each("id", Array(1...1_000)), .few("data", plans))
    #expect(sql.text == "INSERT INTO t (id, data) SELECT t.id, ($1)[t.data] FROM unnest($2, $3) AS t (id, data)")
    #expect(try db.run(sql) == 1_000)
    #expect(try db.value("SELECT count(*) FROM t WHERE (data->>'plan')::int = id % 3", as: Int.self) == 1_000)
    let turned: SQL = .update("t", set: [.few("data", plans.reversed())], by: [.each("id", Array(1...1_000))], where: "d.id = t.id")
    #expect(try db.run(turned) == 1_000)
    #expect(try db.value("SELECT count(*) FROM t WHERE (data->>'plan')::int = (1001 - id) % 3", as: Int.self) == 1_000)
    #expect(failure { try db.run(.insert(into: "t", .each("id", [1, 2]), .few("data", [plans[0]]))) }?.kind == .value)
    #expect(try db.run(.insert(into: "t", .each("id", [Int]()), .few("data", [JSON]()))) == 0)
  }

  @Test func noRowsWriteNothing() throws {
    let db = try connect()
    try db.run(Self.rows)
    #expect(try db.run(write([])) == 0)
    #expect(try db.value("SELECT count(*) FROM t", as: Int.self) == 0)
  }

  @Test func columnsOfDifferentLengthsAreRefusedBeforeTheyAreSent() throws {
    let db = try connect()
    try db.run(Self.rows)
    let short = failure { try db.run(write([1, 2, 3], words: ["a"])) }
    #expect(short?.kind == .value)
    #expect(short?.description.contains("columns of different lengths: id, word, mood") == true)
    #expect(try db.value("SELECT count(*) FROM t", as: Int.self) == 0)
  }

  @Test func aBatchFitsIntoALargerStatement() throws {
    let db = try connect()
    try db.run(Self.rows)
    try db.run(write([1, 2]))
    let fresh: [Int] = try db.rows(Query(column: "\(write([2, 3])) ON CONFLICT (id) DO NOTHING RETURNING id"))
    #expect(fresh == [3])
    let words: SQL = .rows(.each("id", [1, 3, 9]), .each("word", ["one", nil, "nine"]))
    #expect(try db.run("UPDATE t AS o SET word = t.word FROM \(words) WHERE o.id = t.id") == 2)
    #expect(try db.rows(Query(column: "SELECT word FROM t ORDER BY id", as: String?.self)) == ["one", nil, nil])
  }

  @Test func aRowThatTheTableRefusesTakesTheOthersWithIt() throws {
    let db = try connect()
    try db.run(Self.rows)
    #expect(failure { try db.run(write([5, 5])) }?.sqlstate == "23505")
    #expect(try db.value("SELECT count(*) FROM t", as: Int.self) == 0)
  }
}
