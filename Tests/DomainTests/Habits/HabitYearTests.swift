import Testing

@testable import Domain

/// What is kept of a habit for its page, and for the review.
@Suite struct HabitYearTests {
  private func key(_ today: Day) -> HabitLineKey { HabitLineKey(today: today, HabitClock(zone: .utc), weekStart: .monday, leftOut: []) }

  @Test(arguments: 0..<4)
  func `what is read back is what was written, and holds for its date alone`(seed: UInt64) throws {
    var random = Seeded(seed &+ 900)
    for _ in 0..<6 {
      var book = HabitBook(&random)
      for step in 0..<60 {
        book.act(&random)
        guard step % 10 == 9 else { continue }
        let (history, today) = (book.history(&random), book.today)
        let year = history.year(history.figures(today: today), from: nil, hasSums: seed % 2 == 0, today: today)
        let bytes = year.bytes(key(today))
        #expect(HabitYear(bytes, key(today)) == year)
        #expect(HabitYear(bytes, key(today.advanced(by: 1))) == nil)
        #expect(HabitYear(Array(bytes.dropLast()), key(today)) == nil && HabitYear(bytes + [0], key(today)) == nil)
        #expect(year.dates.count == (try #require(Day(year: today.year, month: 1, day: 1)).distance(to: today)) + 1)
        let week = history.week(PersonWeek(holding: today, weekStart: .monday), today: today)
        var out = StateWriter(bytes: [])
        week.write(to: &out)
        var reader = StateReader(out.bytes)
        #expect(HabitWeek(&reader, first: PersonWeek(holding: today, weekStart: .monday).first) == week && reader.isAtEnd)
      }
    }
  }

  @Test func `what is kept is good no more where new zone data moved a clock in these days`() throws {
    let clocks = [ZoneTable.Clock(offset: 0, abbreviation: "A"), ZoneTable.Clock(offset: 3_600, abbreviation: "B")]
    func key(_ change: String) throws -> HabitLineKey {
      let zone = Zone(name: "X", table: ZoneTable(times: [try instant(change).seconds], kinds: [1], clocks: clocks, rule: nil))
      return HabitLineKey(today: try day("2027-01-07"), HabitClock(zone: zone), weekStart: .monday, leftOut: [])
    }
    // The rule of the years to come is the same.
    let keys = try ["2026-06-01T00:00:00Z", "2027-01-05T00:00:00Z", "2027-01-06T00:00:00Z", "2028-01-01T00:00:00Z"].map(key)
    #expect(Set(keys).count == 4)
    #expect(try key("2026-06-01T00:00:00Z") == key("2026-05-01T00:00:00Z"))
  }

  @Test func `an amount has a shade by what it is of its target, a tick that of all of it`() throws {
    let entries = try [("2027-01-04", 1), ("2027-01-05", 4), ("2027-01-06", 8), ("2027-01-07", 12)].map {
      HabitEntry(try day($0.0), .done(Amount(thousandths: $0.1 * 1_000)))
    }
    func shades(_ target: HabitTarget?) throws -> [Int] {
      let rule = HabitChange(from: try day("2027-01-04"), HabitRule(.daily, target: target))
      let history = HabitHistory(created: try day("2027-01-04"), weekStart: .monday, changes: [rule], entries: entries)
      return history.cells(try day("2027-01-04")...day("2027-01-07"), today: try day("2027-01-07")).map { HabitYear.Date($0).shade }
    }
    #expect(try shades(HabitTarget(Amount(thousandths: 12_000))) == [0, 1, 2, 3])
    #expect(try shades(HabitTarget(Amount(thousandths: 40_000), per: .week)) == [0, 0, 0, 0])
    #expect(try shades(nil) == [3, 3, 3, 3])
  }

  @Test func `bytes that nobody wrote are refused, and stop no page`() throws {
    var random = Seeded(11)
    let sketch = try HabitSketch("x.sn4x.pX" + String(repeating: "x9", count: 60), from: "2027-01-04", .atLeast(3))
    let year = sketch.history.year(sketch.figures, from: nil, hasSums: true, today: sketch.today)
    let bytes = year.bytes(key(sketch.today))
    for _ in 0..<2_000 {
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      if let read = HabitYear(changed, key(sketch.today)) { #expect(read.bytes(key(sketch.today)).count <= bytes.count + 16) }
    }
  }

  @Test func `it is the same from the past of a year ago as from all entries, and small`() throws {
    var random = Seeded(12)
    let (first, today) = (try day("2017-01-02"), try day("2026-12-30"))
    let done = (0..<3650).filter { _ in Int.random(in: 0..<10, using: &random) < 8 }
    let entries = done.map { HabitEntry(first.advanced(by: $0), .done(.zero)) }
    let whole = HabitHistory(created: first, weekStart: .monday, changes: [], entries: entries)
    let state = HabitState(whole).advanced(to: HabitState.yearAgo(from: today), whole)
    let recent = HabitHistory(
      created: first, start: state.start, weekStart: .monday, changes: [], entries: entries.filter { $0.date >= state.next })
    let figures = whole.figures(today: today)
    let year = whole.year(figures, from: nil, hasSums: false, today: today)
    #expect(recent.year(figures, from: state, hasSums: false, today: today) == year)
    #expect(year.scores.count == 365 && year.scores.last == figures.score.percent && year.weeks.isEmpty)
    #expect(year.bytes(key(today)).count < 1_000)
  }

  @Test func `the weeks of an amount are half a year, and none before it began`() throws {
    let old = try HabitSketch(String(repeating: "2", count: 400), from: "2026-01-05", .atLeast(3))
    let year = old.history.year(old.figures, from: nil, hasSums: true, today: old.today)
    #expect(year.weeks.count == 26 && year.weeks.dropFirst().dropLast().allSatisfy { $0 == Amount(14) })
    let young = try HabitSketch("123", from: "2027-01-10", .atLeast(3))
    #expect(young.history.year(young.figures, from: nil, hasSums: true, today: young.today).weeks == [Amount(1), Amount(5)])
    // Who went west has it begin tomorrow, on a Monday.
    let ahead = try HabitSketch(".", from: "2027-01-11", .atLeast(3))
    let today = try day("2027-01-10")
    #expect(ahead.history.year(ahead.history.figures(today: today), from: nil, hasSums: true, today: today).weeks == [.zero])
  }
}
