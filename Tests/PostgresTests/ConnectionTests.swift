import Domain
import Postgres
import TestSupport
import Testing

@Suite struct ConnectionTests {
  private struct Thing: FromRow {
    let title: String
    let count: Int
    let note: String?

    init(row: Row) throws(PostgresError) {
      note = try row("note")
      title = try row("title")
      count = try row("count")
    }
  }

  @Test func aRowIsReadByTheNamesOfItsColumnsInAnyOrder() throws {
    let db = try connect()
    for order: SQL in ["count, title, note", "note, title, count", "title, note, 0 AS other, count"] {
      let things: [Thing] = try db.rows(
        """
        SELECT \(order) FROM (VALUES (\(7), \("a 'b' \"c\""), NULL), (8, 'second', 'noted')) AS t (count, title, note)
        """)
      #expect(things.map(\.count) == [7, 8])
      #expect(things.map(\.title) == ["a 'b' \"c\"", "second"])
      #expect(things.map(\.note) == [nil, "noted"])
    }
  }

  @Test func ofTwoColumnsWithOneNameTheFirstUnreadOneCounts() throws {
    let query = Query("SELECT 1 AS n, 2 AS n") { row throws(PostgresError) in [try row("n", as: Int.self), try row("n", as: Int.self)] }
    #expect(try connect().rows(query) == [[1, 2]])
  }

  @Test func theFirstRowOrNone() throws {
    let db = try connect()
    #expect(try db.value("SELECT n FROM generate_series(5, 7) AS n", as: Int.self) == 5)
    #expect(try db.row("SELECT 1 AS count, '' AS title, '' AS note WHERE false", as: Thing.self) == nil)
    #expect(try db.rows("SELECT 1 AS count, '' AS title, '' AS note WHERE false", as: Thing.self).isEmpty)
  }

  @Test func aChangeTellsHowManyRowsItWrote() throws {
    let db = try connect()
    #expect(try db.run("CREATE TEMPORARY TABLE t (n int)") == 0)
    #expect(try db.run("INSERT INTO t SELECT generate_series(1, 5)") == 5)
    #expect(try db.run("UPDATE t SET n = 0 WHERE n > \(3)") == 2)
    #expect(try db.run("DELETE FROM t WHERE n = \(99)") == 0)
    #expect(try db.run("") == 0)
    #expect(try db.runAll([]) == [])
  }

  @Test func aRowMayBeKeptAsItIs() throws {
    let rows: [Row] = try connect().rows("SELECT n, n * n AS square FROM generate_series(1, 3) AS n")
    #expect(try rows.reversed().map { try $0("square", as: Int.self) } == [9, 4, 1])
    #expect(try rows[1](at: 0, as: Int.self) == 2)
  }

  @Test func manyStatementsOfOneConnectionKeepTheirResultsApart() throws {
    let db = try connect()
    let texts = try (0..<200).map { number in try db.value("SELECT repeat('x', \(number)::int)", as: Text.self) }
    #expect(texts.map { $0?.count } == Array(0..<200))
  }
}
