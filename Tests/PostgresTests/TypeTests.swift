import Domain
import Postgres
import TestSupport
import Testing

/// Each value goes to the server and back, and the server says how it reads it.
@Suite struct TypeTests {
  private func check<Value: Bindable & FromColumn & Equatable>(
    _ values: [(Value, String)], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let db = try connect()
    for (value, text) in values {
      let back = try db.row(
        Query("SELECT \(value) AS value, (\(value))::text AS words") { row throws(PostgresError) in
          (try row("value", as: Value.self), try row("words", as: String.self))
        })
      #expect(back?.0 == value, sourceLocation: sourceLocation)
      #expect(back?.1 == text, sourceLocation: sourceLocation)
    }
  }

  @Test func integers() throws {
    try check([(0, "0"), (-1, "-1"), (Int.max, "9223372036854775807"), (Int.min, "-9223372036854775808")])
    try check([(Int64.min, "-9223372036854775808")])
    try check([(Int32.max, "2147483647"), (Int32.min, "-2147483648")])
    try check([(Int16.max, "32767"), (Int16.min, "-32768")])
    try check([(UInt8.max, "255"), (0 as UInt8, "0")])
  }

  @Test func booleansAndFloats() throws {
    try check([(true, "true"), (false, "false")])
    try check([(0.1, "0.1"), (-0.0, "-0"), (Double.infinity, "Infinity"), (Double.leastNonzeroMagnitude, "5e-324")])
  }

  @Test func texts() throws {
    try check(["", " ", "a", "'", "\"", "\\", "$1", "\u{301}", "e\u{301}", "\u{10FFFF}", "\u{1}", "\r\n", "🇧🇷 ação"].map { ($0, $0) })
    try check([(Text("ação"), "ação"), (Text(""), ""), ("literal", "literal")])
  }

  @Test func bytes() throws {
    try check([([] as [UInt8], "\\x"), ([0, 255, 10, 92], "\\x00ff0a5c"), (Array(repeating: 0, count: 5), "\\x0000000000")])
  }

  @Test func instants() throws {
    try check([
      (Instant(microseconds: 0), "1970-01-01 00:00:00+00"), (Instant(microseconds: -1), "1969-12-31 23:59:59.999999+00"),
      (Instant(microseconds: 946_684_800_000_001), "2000-01-01 00:00:00.000001+00"),
      (try #require(Instant(iso: "9999-12-31T23:59:59Z")), "9999-12-31 23:59:59+00"),
      (.distantFuture, "infinity"), (.distantPast, "-infinity"),
    ])
  }

  @Test func timesOnAWall() throws {
    try check(
      [
        ("0001-01-01T00:00:00", "0001-01-01 00:00:00"), ("1969-12-31T23:59:59", "1969-12-31 23:59:59"),
        ("2027-03-28T02:30", "2027-03-28 02:30:00"), ("9999-12-31T23:59:59", "9999-12-31 23:59:59"),
      ].map { (try #require(LocalTime(text: $0.0)), $0.1) })
    let db = try connect()
    #expect(try db.value("SELECT timestamp '2027-03-28 02:30:00.999'", as: LocalTime.self)?.text == "2027-03-28T02:30")
    for text in ["infinity", "-infinity", "10000-01-01", "0001-12-31 BC"] {
      #expect(throws: PostgresError.self) { try db.value("SELECT \(text)::timestamp", as: LocalTime.self) }
    }
    #expect(throws: PostgresError.self) { try db.value("SELECT timestamptz '2027-03-28'", as: LocalTime.self) }
  }

  @Test(arguments: [
    ("infinity", Instant.distantFuture), ("-infinity", .distantPast), ("294276-12-31 23:59:59.999999+00", .distantFuture),
    ("4713-01-01 00:00:00+00 BC", .distantPast),
  ])
  func whatLiesBeyondOurCalendarIsItsEnd(text: String, instant: Instant) throws {
    #expect(try connect().value("SELECT \(text)::timestamptz", as: Instant.self) == instant)
  }

  @Test func days() throws {
    try check([
      (Day(0), "1970-01-01"), (Day(-1), "1969-12-31"), (.first, "0001-01-01"), (.last, "9999-12-31"),
      (try #require(Day(iso: "2028-02-29")), "2028-02-29"),
    ])
  }

  @Test(arguments: ["infinity", "-infinity", "10000-01-01", "0001-12-31 BC"])
  func aDayBeyondOurCalendarIsAnError(text: String) throws {
    let error = #expect(throws: PostgresError.self) { try connect().value("SELECT \(text)::date AS day", as: Day.self) }
    #expect(error?.message.contains("day") == true)
  }

  @Test func ids() throws {
    let text = "01920000-0000-7abc-8000-00ff00ff00ff"
    try check([(try #require(ID<Day>(text)), text), (ID(high: 0, low: 0), "00000000-0000-0000-0000-000000000000")])
  }

  @Test func nulls() throws {
    let db = try connect()
    #expect(try db.value("SELECT \(nil as String?)", as: String?.self) == .some(nil))
    #expect(try db.value("SELECT \(nil as Instant?) IS NULL", as: Bool.self) == true)
    #expect(try db.value("SELECT \(nil as [Int]?) IS NULL", as: Bool.self) == true)
    #expect(try db.value("SELECT \("" as String?)", as: String?.self) == "")
    #expect(try db.value("SELECT \([] as [UInt8]?)", as: [UInt8]?.self) == [])
    #expect(try db.value("SELECT 1 WHERE false", as: Int?.self) == nil)
  }

  @Test func json() throws {
    let db = try connect()
    #expect(try db.value("SELECT \(JSON(#"{"b": [1, "é"]}"#)) -> 'b' ->> 1", as: String.self) == "é")
    #expect(try db.value(#"SELECT '{"a":1}'::jsonb"#, as: JSON.self) == JSON(#"{"a": 1}"#))
    #expect(try db.value(#"SELECT '{"a":1}'::json"#, as: Text.self) == #"{"a":1}"#)
    #expect(failure { try db.run("SELECT \(JSON("{"))") }?.sqlstate == "22P02")
  }

  private enum Colour: String, Bindable, FromColumn { case red, green }

  @Test func wordsThatAreCases() throws {
    try check([(Colour.red, "red"), (.green, "green")])
    try check([([Colour.red, .green], "{red,green}")])
    let error = #expect(throws: PostgresError.self) { try connect().value("SELECT 'blue' AS paint", as: Colour.self) }
    #expect(error?.message.contains("paint") == true)
  }

  @Test func integersOfEveryWidthAreRead() throws {
    let db = try connect()
    for type: SQL in ["int2", "int4", "int8"] { #expect(try db.value("SELECT (-5)::\(type)", as: Int.self) == -5) }
    #expect(try db.value("SELECT 1.5::float4", as: Double.self) == 1.5)
    #expect(failure { try db.value("SELECT 40000", as: Int16.self) }?.kind == .value)
    #expect(failure { try db.value("SELECT 3000000000", as: Int32.self) }?.kind == .value)
    #expect(failure { try db.value("SELECT 256", as: UInt8.self) }?.kind == .value)
  }

  @Test(
    arguments: [
      "SELECT NULL::text", "SELECT 1", "SELECT true", "SELECT now()", "SELECT 1.5", "SELECT '{1}'::int[]", "SELECT '\\x00'::bytea",
      "SELECT gen_random_uuid()",
    ] as [SQL])
  func aTextIsReadFromNothingElse(sql: SQL) throws {
    let error = #expect(throws: PostgresError.self) { try connect().value(sql, as: String.self) }
    #expect(error?.kind == .value)
  }

  @Test(
    arguments: [
      "SELECT 'text'", "SELECT ''", "SELECT '12345678'", "SELECT '1234567890123456'", "SELECT NULL::int", "SELECT '{}'::text[]",
      "SELECT now()::time",
    ] as [SQL])
  func nothingElseIsReadFromAText(sql: SQL) throws {
    let db = try connect()
    #expect(failure { try db.value(sql, as: Int.self) }?.kind == .value)
    #expect(failure { try db.value(sql, as: Bool.self) }?.kind == .value)
    #expect(failure { try db.value(sql, as: Double.self) }?.kind == .value)
    #expect(failure { try db.value(sql, as: Instant.self) }?.kind == .value)
    #expect(failure { try db.value(sql, as: Day.self) }?.kind == .value)
    #expect(failure { try db.value(sql, as: ID<Day>.self) }?.kind == .value)
    // An empty array of texts is one of numbers just as well.
    #expect((failure { try db.value(sql, as: [Int].self) } == nil) == sql.text.contains("{}"))
  }
}
