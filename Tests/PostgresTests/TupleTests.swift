import Domain
import Postgres
import TestSupport
import Testing

@Suite struct TupleTests {
  @Test func columnsAreReadByTheirPlace() throws {
    let found: [(Int, String, Instant?)] = try connect().rows(
      Query(tuple: "SELECT * FROM (VALUES (1::bigint, 'one', timestamptz 'epoch'), (2, 'two', NULL)) AS t (b, b2, a) ORDER BY 1"))
    #expect(found.map(\.0) == [1, 2])
    #expect(found.map(\.1) == ["one", "two"])
    #expect(found.map(\.2) == [Instant(microseconds: 0), nil])
  }

  @Test func oneOfAKindAndNoRow() throws {
    let db = try connect()
    #expect(try db.row(Query(tuple: "SELECT 1, 'a' WHERE false", as: (Int, String).self)).map(\.0) == nil)
    #expect(try db.rows(Query(tuple: "SELECT generate_series(1, 3)", as: Int.self)) == [1, 2, 3])
    let batch = try db.read(Query(tuple: "SELECT 1, true", as: (Int, Bool).self), Query(column: "SELECT 'x'", as: String.self))
    #expect(batch.0.map(\.1) == [true])
    #expect(batch.1 == ["x"])
  }

  @Test func aTupleOfAnotherLengthIsRefused() throws {
    let db = try connect()
    let more = failure { try db.rows(Query(tuple: "SELECT 1, 2, 3", as: (Int, Int).self)) }
    #expect(more?.description.contains("3 columns for a tuple of 2") == true)
    #expect(failure { try db.rows(Query(tuple: "SELECT 1", as: (Int, Int).self)) }?.description.contains("no column 1") == true)
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let db = try connect()
    let null = failure { try db.rows(Query(tuple: "SELECT 1 AS n, NULL::text AS name", as: (Int, String).self)) }
    #expect(null?.description.contains("column name is NULL") == true)
    let word = failure { try db.rows(Query(tuple: "SELECT 1 AS n, 'loud' AS importance", as: (Int, Importance).self)) }
    #expect(word?.description.contains("column importance holds “loud”") == true)
  }
}
