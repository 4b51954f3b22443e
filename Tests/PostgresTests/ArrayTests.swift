import Domain
import Postgres
import TestSupport
import Testing

@Suite struct ArrayTests {
  private func check<Element: Bindable & FromColumn & Equatable>(
    _ array: [Element], _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let db = try connect()
    #expect(try db.value("SELECT \(array)", as: [Element].self) == array, sourceLocation: sourceLocation)
    #expect(try db.value("SELECT \(array)::text", as: String.self) == text, sourceLocation: sourceLocation)
  }

  @Test func everyTypeComesInArrays() throws {
    try check([1, -2, .max] as [Int], "{1,-2,9223372036854775807}")
    try check([] as [Int], "{}")
    try check([1, 2] as [Int32], "{1,2}")
    try check([true, false], "{t,f}")
    try check([0.5], "{0.5}")
    try check([Instant(microseconds: 0), .distantFuture], "{\"1970-01-01 00:00:00+00\",infinity}")
    try check([Day(0)], "{1970-01-01}")
    try check([ID<Day>(high: 0, low: 1)], "{00000000-0000-0000-0000-000000000001}")
    try check([[1, 2], []] as [[UInt8]], #"{"\\x0102","\\x"}"#)
  }

  @Test func nullsAndQuotesInside() throws {
    try check(
      ["a", nil, "", "NULL", "{}", ",", "\"", "\\", "'", " ", "é\n"], #"{a,NULL,"","NULL","{}",",","\"","\\",',"# + "\" \",\"é\n\"}")
    try check([nil, nil] as [Int?], "{NULL,NULL}")
    try check([nil, ID<Day>(high: 0, low: 1)], "{NULL,00000000-0000-0000-0000-000000000001}")
  }

  @Test func anArrayWithNullsIsNotReadAsOneWithout() throws {
    #expect(failure { try connect().value("SELECT ARRAY[1, NULL]", as: [Int].self) }?.kind == .value)
    #expect(try connect().value("SELECT ARRAY[1, NULL]", as: [Int?].self) == [1, nil])
  }

  @Test func arraysOfOtherBoundsAndDimensions() throws {
    let db = try connect()
    #expect(try db.value("SELECT '[5:7]={1,2,3}'::int[]", as: [Int].self) == [1, 2, 3])
    #expect(failure { try db.value("SELECT '{{1,2},{3,4}}'::int[]", as: [Int].self) }?.kind == .value)
    #expect(failure { try db.value("SELECT ARRAY['x']", as: [Int].self) }?.kind == .value)
    #expect(failure { try db.value("SELECT 'not an array'", as: [String].self) }?.kind == .value)
    #expect(failure { try db.value("SELECT NULL::int[]", as: [Int].self) }?.kind == .value)
    #expect(try db.value("SELECT NULL::int[]", as: [Int]?.self) == .some(nil))
    #expect(failure { try db.run("SELECT \([[1], [2]])") }?.kind == .value)
  }

  @Test func aBatchOfRowsIsOneStatement() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE t (id uuid, title text, at timestamptz, n int, note text)")
    let numbers = Array(0..<500)
    let ids = numbers.map { ID<Day>(high: UInt64($0), low: 7) }
    let written = try db.run(
      """
      INSERT INTO t SELECT * FROM unnest(
        \(ids), \(numbers.map { "title '\($0)'" }), \(numbers.map { Instant(seconds: $0) }), \(numbers),
        \(numbers.map { $0 % 2 == 0 ? nil : "odd" }))
      """)
    #expect(written == 500)
    let sum = try db.value("SELECT sum(n)::bigint FROM t WHERE note = 'odd' AND title = format('title ''%s''', n)", as: Int.self)
    #expect(sum == numbers.filter { $0 % 2 == 1 }.reduce(0, +))
    #expect(try db.value("SELECT count(*) FROM t WHERE id = ANY (\(Array(ids.prefix(3))))", as: Int.self) == 3)
  }
}
