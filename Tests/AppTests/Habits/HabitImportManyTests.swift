import Testing

@testable import App
@testable import Domain

/// Issue 9, hard case 24: as much as a file may hold.
@Suite struct HabitImportManyTests {
  /// 200 habits of 3,650 days, as a table with a column for each.
  private static func table() -> String {
    let first = Day(20_860).advanced(by: -3_649)
    let cells = (0..<10).map { start in (0..<200).map { (start + $0) % 7 == 0 ? "skip" : "x" }.joined(separator: ",") }
    let days = (0..<3_650).map { "\(first.advanced(by: $0).iso),\(cells[$0 % 10])\n" }
    return "date," + (0..<200).map { "H\($0)" }.joined(separator: ",") + "\n" + days.joined()
  }

  @Test func `hard case 24: 200 habits of 3,650 days are taken in as one request that others can wait for`() throws {
    let site = try Site()
    site.now = Instant(seconds: 20_860 * 86_400 + 43_200)
    let ana = try site.person("ana@x.test")
    let table = Self.table()
    let clock = ContinuousClock()
    var preview = ana.get("/")
    let read = clock.measure { preview = ana.sendHabits(table) }
    #expect(preview.importFacts == "200 730000 0 0", "\(preview.status) \(preview.complaints)")
    var made = ana.get("/")
    let confirmed = try clock.measure { made = try ana.confirmHabits(preview) }
    #expect(made.status == 303)
    #expect(try site.count("SELECT count(*) FROM habit_days") == 730_000)
    #expect(try site.count("SELECT count(*) FROM habits WHERE state_next = date '1970-01-01' + 20851") == 200, "its past is settled")
    let list = clock.measure { #expect(ana.get("/habits").status == 200) }
    var again = ana.get("/")
    let reread = clock.measure { again = ana.sendHabits(table) }
    #expect(again.importFacts == "200 0 730000 0")
    let reconfirmed = try clock.measure { made = try ana.confirmHabits(again) }
    #expect(made.status == 303)
    var file = ana.get("/")
    let exported = clock.measure { file = ana.get("/habits/export.csv") }
    print(
      "import of 730,000 days: \(table.utf8.count) bytes, read \(read), confirmed \(confirmed), read again \(reread), confirmed again",
      "\(reconfirmed), list \(list), export of \(file.response.body.count) bytes \(exported)")
    // At most ten seconds with optimisation on a machine of its own: seven of CPU are PostgreSQL's, half of them its foreign key. Here others may build
    // beside it. What is read again has to be found by its index, far from the ten seconds a statement may take.
    #expect(confirmed < .seconds(90) && list < .seconds(5), "\(confirmed) \(list)")
    #expect(site.logged.isEmpty)
  }
}
