import Testing

@testable import App
@testable import Domain

/// Issue 9, hard case 24: as much as a file may hold.
@Suite struct HabitImportManyTests {
  /// Habits of 3,650 days, as a table with a column for each.
  private static func table(habits: Int) -> String {
    let first = Day(20_860).advanced(by: -3_649)
    let cells = (0..<10).map { start in (0..<habits).map { (start + $0) % 7 == 0 ? "skip" : "x" }.joined(separator: ",") }
    let days = (0..<3_650).map { "\(first.advanced(by: $0).iso),\(cells[$0 % 10])\n" }
    return "date," + (0..<habits).map { "H\($0)" }.joined(separator: ",") + "\n" + days.joined()
  }

  private let site: Site
  private let ana: Browser
  private let clock = ContinuousClock()

  init() throws {
    site = try Site()
    site.now = Instant(seconds: 20_860 * 86_400 + 43_200)
    ana = try site.person("ana@x.test")
  }

  @Test func `hard case 24: 200 habits of 3,650 days are taken in by parts that hold up nobody`() throws {
    let table = Self.table(habits: 200)
    let preview = ana.sendHabits(table)
    #expect(preview.importFacts == "200 730000 0 0", "\(preview.status) \(preview.complaints)")
    let place = try ana.confirmHabits(preview).location.unwrapped
    #expect(try site.count("SELECT count(*) FROM habit_days") == 0)
    let worker = try site.worker(doing: [Feature(jobs: [HabitImportWork.kind])])
    var (steps, isBusy): ([Duration], Bool) = ([], true)
    while isBusy { steps.append(try clock.measure { isBusy = try worker.cycle(site.now) }) }
    #expect(ana.get(place).importFacts == "200 730000 0 0")
    #expect(try site.count("SELECT count(*) FROM habits WHERE state_next = date '1970-01-01' + 20851") == 200, "its past is settled")
    let list = clock.measure { #expect(ana.get("/habits").status == 200) }
    let whole = steps.reduce(.zero, +)
    let sorted = steps.dropFirst().sorted()
    print(
      "import of 730,000 days: \(table.utf8.count) bytes read in \(steps[0]), \(sorted.count) parts: most \(sorted.last ?? .zero),",
      "half of them below \(sorted[sorted.count / 2]); whole \(whole); list \(list)")
    // Below a quarter of a second each, and ten in all, with optimisation on a machine of its own; here others may build beside it.
    #expect(sorted[sorted.count / 2] < .seconds(2) && whole < .seconds(120) && list < .seconds(5))
    #expect(site.logged.isEmpty && site.workLogged.isEmpty)
  }

  @Test func `what is read again is found by its index, and nothing is written twice`() throws {
    let table = Self.table(habits: 5)
    #expect(try ana.confirmHabits(ana.sendHabits(table)).status == 303)
    let again = ana.sendHabits(table)
    #expect(again.importFacts == "5 0 18250 0")
    var answer = again
    let confirmed = try clock.measure { answer = try ana.confirmHabits(again) }
    #expect(answer.status == 303 && confirmed < .seconds(20), "\(confirmed)")
    #expect(try site.count("SELECT count(*) FROM habit_days") == 18_250)
  }
}
