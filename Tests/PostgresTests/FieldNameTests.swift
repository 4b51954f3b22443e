import Domain
import Postgres
import TestSupport
import Testing

@Suite struct FieldNameTests {
  struct Stay: Equatable {
    let userID: Int
    let place: String
    let isOpen: Bool
  }

  @Test func columnsAreTheFieldsOfAType() throws {
    let db = try connect()
    let stays = try db.rows("SELECT 7 AS user_id, 'inn' AS place_id, true AS open", into: Stay.init)
    #expect(stays == [Stay(userID: 7, place: "inn", isOpen: true)])
    #expect(try db.row("SELECT 7 AS user_id, 'inn' AS place, true AS is_open WHERE false", into: Stay.init) == nil)
  }

  struct Span {
    let from: Instant
    let until: Instant
    var note = ""
  }

  @Test func neighboursOfOneTypeDoNotChangePlacesUnnoticed() throws {
    let wrong = failure {
      try connect().rows("SELECT now() AS until, now() AS from, '' AS note", into: Span.init(from:until:note:))
    }
    #expect(wrong?.description.contains("column until would be read into the field from") == true)
  }

  struct Head: FromColumns {
    let number: Int
    let words: [String?]

    init(number: Int, words: [String?]) { (self.number, self.words) = (number, words) }

    init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init(number:words:)) }
  }

  struct Chain {
    let id: Int
    let head: Head
    let end: Instant?
  }

  @Test func aPartTakesItsColumnsAndTheRestGoesOn() throws {
    let db = try connect()
    let chain = try db.row(
      "SELECT 1 AS id, 2 AS number, ARRAY['a', NULL] AS words, NULL::timestamptz AS end", into: Chain.init)
    #expect(chain?.head.number == 2)
    #expect(chain?.head.words == ["a", nil])
    let wrong = failure { try db.rows("SELECT 1 AS number, 2 AS id, ARRAY['a'] AS words, now() AS end", into: Chain.init) }
    #expect(wrong?.description.contains("column number would be read into the field id") == true)
    let short = failure { try db.rows("SELECT 1 AS id, 2 AS number, ARRAY['a'] AS words", into: Chain.init) }
    #expect(short?.description.contains("no column 3") == true)
  }

  @Test func aPartStandsInARowThatIsReadByName() throws {
    let rows: [(Head, String)] = try connect().rows(
      Query("SELECT 'x' AS name, 2 AS number, ARRAY['a'] AS words") { row throws(PostgresError) in (try row(from: 1), try row("name")) })
    #expect(rows.map(\.0.number) == [2])
    #expect(rows.map(\.1) == ["x"])
  }
}
