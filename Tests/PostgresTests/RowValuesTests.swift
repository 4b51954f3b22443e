import Postgres
import TestSupport
import Testing

/// A row's columns beside their values.
@Suite struct RowValuesTests {
  @Test func `one list makes a row and edits it`() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE habits (id int, title text, days int, note text)")
    func fields(_ title: String, _ days: Int?) -> RowValues { ["title": "\(title)", "days": "\(days)", "note": "upper(\(title))"] }
    let made = fields("tea", 3)
    #expect(made.columns.text == "title, days, note" && made.values.text == "$1, $2, upper($3)")
    #expect(made.assignments.text == "title = $1, days = $2, note = upper($3)")
    try db.run("INSERT INTO habits (id, \(made.columns)) VALUES (\(1), \(made.values)), (\(2), \(made.values))")
    #expect(try db.run("UPDATE habits SET \(fields("it's", nil).assignments) WHERE id = \(2)") == 1)
    let rows: [String] = try db.rows(Query(column: "SELECT concat_ws(' ', id, title, days, note) FROM habits ORDER BY id"))
    #expect(rows == ["1 tea 3 TEA", "2 it's IT'S"])
  }
}
