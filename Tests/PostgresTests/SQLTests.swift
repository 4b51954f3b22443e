import Postgres
import TestSupport
import Testing

@Suite struct SQLTests {
  private let columns: Columns = "id, title"

  @Test func valuesBecomeBindsInOrder() {
    let sql: SQL = "SELECT \(columns) FROM t WHERE a = \(1) AND b = \("x'; DROP TABLE t; --")\(raw: " LIMIT ")\(3)"
    #expect(sql.text == "SELECT id, title FROM t WHERE a = $1 AND b = $2 LIMIT $3")
  }

  @Test func fragmentsAreNumberedAnew() throws {
    let inner: SQL = "b = \(2) OR c = \("three")"
    let sql: SQL = "SELECT \(1) WHERE \(inner) AND (\(inner)) AND d = \(4)"
    #expect(sql.text == "SELECT $1 WHERE b = $2 OR c = $3 AND (b = $4 OR c = $5) AND d = $6")
    func plus(_ number: Int) -> SQL { " + \(number)" }
    let sum: SQL = "SELECT \(1)\(plus(20))\(plus(300)) + \(Int?.none ?? 4000)"
    #expect(try connect().value(sum, as: Int.self) == 4321)
  }

  @Test func nullsKeepTheirPlaceInFragments() throws {
    let inner: SQL = "\("a") || coalesce(\(nil as String?), 'none') || \("b")"
    #expect(try connect().value("SELECT \("<") || \(nil as String?) IS NULL", as: Bool.self) == true)
    #expect(try connect().value("SELECT \("<") || \(inner) || \(">")", as: String.self) == "<anoneb>")
  }

  @Test func namesAreQuoted() throws {
    let name = "odd \"name\"; é"
    let sql: SQL = "CREATE TEMPORARY TABLE \(name: name) (n int)"
    #expect(sql.text == "CREATE TEMPORARY TABLE \"odd \"\"name\"\"; é\" (n int)")
    let db = try connect()
    try db.run(sql)
    let inside: SQL = "FROM \(name: name)"
    #expect(try db.value("SELECT count(*) \(inside) WHERE n = \(1)", as: Int.self) == 0)
  }

  @Test func aLiteralOfOneScalarIsText() throws {
    let one: SQL = "1"
    #expect(try connect().value("SELECT \(one)\(raw: "+")\(one)", as: Int.self) == 2)
  }

  @Test func theSameShapeWithOtherTypesIsAnotherStatement() throws {
    let db = try connect()
    func typed<Value: Bindable>(_ value: Value) -> SQL { "SELECT pg_typeof(\(value))::text" }
    #expect(try db.value(typed(1), as: String.self) == "bigint")
    #expect(try db.value(typed("1"), as: String.self) == "text")
    #expect(try db.value(typed(true), as: String.self) == "boolean")
    #expect(try db.value(typed([1]), as: String.self) == "bigint[]")
  }

  @Test(arguments: ["\0", "a\0", "\0b", "a\0b"])
  func aNULIsRefusedBeforeAnythingIsSent(text: String) throws {
    let db = try connect()
    try rolledBack(db) {
      for sql: SQL in [
        "SELECT \(text)", "SELECT \(["ok", text])", "SELECT \(text as String?)", "SELECT \(Text(text))", "SELECT \(JSON(text))",
      ] {
        let error = failure { try db.run(sql) }
        #expect(error?.kind == .value)
        #expect(error?.message.contains("NUL") == true)
      }
      #expect(failure { try db.run("LISTEN \(name: text)") }?.kind == .value)
      // The transaction is not spoilt.
      let one = try db.value("SELECT 1", as: Int.self)
      #expect(one == 1)
    }
  }

  @Test func badUTF8IsRefusedByTheServer() throws {
    let db = try connect()
    for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
      #expect(failure { try db.run("SELECT \(Text(bytes))") }?.sqlstate == "22021")
      #expect(failure { try db.run("SELECT convert_from(\(bytes), 'UTF8')") }?.sqlstate == "22021")
    }
  }

  @Test func moreBindsThanTheProtocolAllowsAreRefused() throws {
    let db = try connect()
    func list(_ count: Int) -> SQL { count == 1 ? "(\(7))" : "\(list(count / 2)), \(list(count - count / 2))" }
    #expect(try db.value("SELECT count(*) FROM (VALUES \(list(5_000))) AS v (n)", as: Int.self) == 5_000)
    let error = #expect(throws: PostgresError.self) { try db.run("VALUES \(list(65_536))") }
    #expect(error?.kind == .value)
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
  }
}
