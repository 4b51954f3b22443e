import Domain
import Postgres
import TestSupport
import Testing

@Suite struct ConnectionTests {
  @Test func aRowIsReadByTheNamesOfItsColumns() throws {
    let db = try connect()
    struct Thing: FromRow, Equatable {
      let title: String
      let count: Int
      let note: String?

      init(row: Row) throws(PostgresError) {
        note = try row("note")
        title = try row("title")
        count = try row("count")
      }
    }
    let things: [Thing] = try db.rows("SELECT \(7) AS count, \("a 'b' \"c\"") AS title, NULL::text AS note")
    #expect(things.map(\.count) == [7])
    #expect(things.map(\.title) == ["a 'b' \"c\""])
    #expect(things.map(\.note) == [nil])
  }
}
