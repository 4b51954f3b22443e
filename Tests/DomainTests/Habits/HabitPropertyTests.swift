import Testing

@testable import Domain

/// What holds for every habit, whatever is done to it and in what order.
@Suite struct HabitPropertyTests {
  private func expect(_ figures: HabitFigures, matches oracle: HabitOracle, _ where: String) {
    let streaks = oracle.streaks
    #expect(figures.unit == oracle.unit(oracle.end), "\(`where`)")
    #expect(figures.start == oracle.start && figures.since == oracle.since, "\(`where`)")
    #expect(figures.current == streaks.last?.count, "\(`where`)")
    #expect(figures.longest == streaks.map(\.count).max(), "\(`where`)")
    #expect(figures.misses == oracle.misses, "\(`where`)")
    #expect(figures.total == oracle.total && figures.sum.thousandths == oracle.sum, "\(`where`)")
    #expect(abs(figures.score.value - oracle.score) < 1e-9, "\(`where`)")
    let (kept, asked) = oracle.rate
    #expect(figures.rate == Proportion(kept, of: asked), "\(`where`)")
    #expect(figures.today.isDue == oracle.isDue, "\(`where`)")
    let best = streaks.filter { !$0.isEmpty }.map {
      HabitStreak(length: $0.count, first: $0[0][0], last: $0[$0.count - 1].last ?? $0[0][0])
    }
    #expect(figures.best == Array(best.sorted { $0.precedes($1) }.prefix(10)), "\(`where`)")
  }

  @Test(arguments: 0..<6)
  func `figures are what the rules say, date by date`(seed: UInt64) throws {
    var random = Seeded(seed &* 7919)
    for round in 0..<8 {
      var book = HabitBook(&random)
      for step in 0..<60 {
        book.act(&random)
        guard step % 10 == 9 else { continue }
        expect(book.history(&random).figures(today: book.today), matches: book.oracle, "seed \(seed) round \(round) step \(step)")
      }
    }
  }

  @Test(arguments: 0..<6)
  func `what is stored and rolled forward is what all entries say`(seed: UInt64) throws {
    var random = Seeded(seed &+ 400)
    var resumed = 0
    for round in 0..<6 {
      var book = HabitBook(&random)
      for step in 0..<90 {
        book.act(&random)
        if book.state != nil { resumed += 1 }
        let reckoned = book.reckon()
        let found = try #require(reckoned)
        #expect(found.longest >= found.current && found.current >= 0)
        guard step % 3 == 0 else { continue }
        let expected = book.history(&random).figures(today: book.today)
        #expect(found == expected, "seed \(seed) round \(round) step \(step)")
      }
    }
    // Most figures came from a stored state, or this proves little.
    #expect(resumed > 200, "\(resumed)")
  }

  @Test(arguments: 0..<4)
  func `hard case 13: a skip never moves the score`(seed: UInt64) throws {
    var random = Seeded(seed &+ 900)
    for _ in 0..<8 {
      var book = HabitBook(&random)
      for _ in 0..<40 { book.act(&random) }
      let history = book.history(&random)
      var line = HabitState(history)
      var walk = HabitWalk(history, from: history.start)
      while line.next < book.today {
        let date = walk.next()
        let before = line.score.value
        line.pass(date, history.weekStart)
        if date.isSkipped { #expect(line.score.value == before) }
      }
    }
  }

  /// Skipped dates taken out of the calendar: what is left scores the same, date by date.
  @Test func `hard case 13: later dates score as if skipped ones were not there`() throws {
    for rule in [HabitRule.daily, HabitRule(.perWeek(3)), HabitRule(.perWeek(6)), HabitRule(.perMonth(9))] {
      let with = try HabitSketch("xx.ssxx..sx.xxsssx", from: "2027-02-01", rule)
      let without = try HabitSketch("xx.xx..x.xxx", from: "2027-02-01", rule)
      #expect(with.figures.score == without.figures.score)
    }
  }

  @Test(arguments: 0..<4)
  func `hard case 6: a change of zone right after a tick never lowers the streak`(seed: UInt64) throws {
    var random = Seeded(seed &+ 1700)
    for _ in 0..<8 {
      var book = HabitBook(&random)
      for _ in 0..<60 { book.act(&random) }
      var entries = book.entries
      let most = Amount(3)
      entries[book.today] = HabitEntry(book.today, .done(book.oracle.rule(book.today).target?.direction == .atMost ? .zero : most))
      let history = HabitHistory(
        created: book.created, weekStart: book.weekStart, changes: book.changes, entries: Array(entries.values), pauses: book.pauses)
      let before = history.figures(today: book.today).current
      for west in 1...2 {
        #expect(history.figures(today: book.today.advanced(by: -west)).current >= before)
      }
      #expect(history.figures(today: book.today.advanced(by: 1)).misses <= (before > 0 ? 1 : .max))
    }
  }

  @Test(arguments: 0..<4)
  func `there is one cell for each date, and its mark agrees with the streak's verdict`(seed: UInt64) throws {
    var random = Seeded(seed &+ 2500)
    for _ in 0..<8 {
      var book = HabitBook(&random)
      for _ in 0..<50 { book.act(&random) }
      let (history, oracle) = (book.history(&random), book.oracle)
      let range = history.start.advanced(by: -10)...oracle.end.advanced(by: 10)
      let cells = history.cells(range, today: book.today)
      #expect(cells.map(\.date) == oracle.dates(range.lowerBound, range.upperBound))
      for cell in cells {
        #expect((cell.mark == .kept) == oracle.kept(cell.date))
        if cell.date < oracle.start || cell.date > oracle.end { #expect(cell.mark == .nothing || oracle.skipped(cell.date)) }
        if cell.mark == .missed, cell.entered == nil { #expect(oracle.unit(cell.date) == .days && oracle.scheduled(cell.date)) }
      }
      #expect(cells.count { $0.mark == .kept } == oracle.total)
    }
  }

  /// Weeks whose every date counts days, by the words of the review: scheduled dates neither skipped nor paused, today once it is kept.
  @Test(arguments: 0..<4)
  func `a week of days asks for its scheduled dates`(seed: UInt64) throws {
    var random = Seeded(seed &+ 3300)
    var compared = 0
    for _ in 0..<30 {
      var book = HabitBook(&random)
      for _ in 0..<50 { book.act(&random) }
      let (history, oracle) = (book.history(&random), book.oracle)
      for back in 0..<6 {
        let week = PersonWeek(holding: oracle.end.advanced(by: -7 * back), weekStart: book.weekStart)
        let mine = oracle.dates(max(week.first, oracle.start), min(week.last, oracle.end))
        guard !mine.isEmpty, mine.allSatisfy({ oracle.unit($0) == .days }) else { continue }
        let asked = mine.filter { oracle.scheduled($0) && oracle.active($0) && ($0 < oracle.end || oracle.kept($0)) }
        let found = history.week(week, today: book.today)
        #expect((found.done, found.required) == (asked.filter(oracle.kept).count, asked.count))
        #expect(found.rate == Proportion(found.done, of: asked.count) && found.blocks.count == 7)
        compared += 1
      }
    }
    #expect(compared > 10)
  }
}
