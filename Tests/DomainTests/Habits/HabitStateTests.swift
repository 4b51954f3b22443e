import Testing

@testable import Domain

/// What is stored of a habit's past.
@Suite struct HabitStateTests {
  private func tenYears(_ rule: HabitRule, _ random: inout Seeded) throws -> HabitHistory {
    let first = try day("2017-01-02")
    let entries = (0..<3650).filter { _ in Int.random(in: 0..<10, using: &random) < 8 }.map { index in
      HabitEntry(
        first.advanced(by: index), .done(rule.target == nil ? .zero : Amount(thousandths: Int.random(in: 0...20_000, using: &random))))
    }
    return HabitHistory(created: first, weekStart: .monday, changes: [HabitChange(from: first, rule)], entries: entries)
  }

  @Test func `it is small, however old the habit is`() throws {
    var random = Seeded(5)
    let ticks = try HabitState(tenYears(.daily, &random)).advanced(to: day("2026-12-28"), tenYears(.daily, &random))
    #expect(ticks.bytes.count < 400, "\(ticks.bytes.count)")
    let rule = HabitRule.atLeast(30, per: .day)
    let amounts = try HabitState(tenYears(rule, &random)).advanced(to: day("2026-12-28"), tenYears(rule, &random))
    #expect(amounts.bytes.count < 900, "\(amounts.bytes.count)")
  }

  @Test func `it needs the last days' entries only`() throws {
    var random = Seeded(6)
    let whole = try tenYears(.daily, &random)
    let today = try day("2026-12-30")
    let state = HabitState(whole).advanced(to: HabitState.settled(on: today), whole)
    let recent = HabitHistory(
      created: whole.created, start: state.start, weekStart: .monday, changes: [HabitChange(from: whole.created, .daily)],
      entries: whole.entries.filter { $0.date >= state.next })
    #expect(recent.entries.count <= 10)
    #expect(recent.reckoning(from: state, today: today)?.figures == whole.figures(today: today))
    // The next ten days: still from the state of today.
    for later in 1...10 {
      let date = today.advanced(by: later)
      #expect(recent.reckoning(from: state, today: date)?.figures == whole.figures(today: date))
    }
  }

  @Test func `a year's scores come from a state of a year ago`() throws {
    var random = Seeded(7)
    let whole = try tenYears(HabitRule(.perWeek(4)), &random)
    let today = try day("2026-12-28")
    let yearAgo = HabitState.yearAgo(from: today)
    #expect(yearAgo.iso == "2025-11-01")
    let state = HabitState(whole).advanced(to: yearAgo, whole)
    let scores = state.scores(through: today, whole)
    #expect(scores.count == yearAgo.distance(to: today) + 1)
    #expect(scores.last == whole.figures(today: today).score)
    #expect(scores[100] == whole.figures(today: yearAgo.advanced(by: 101)).score || whole.entry(on: yearAgo.advanced(by: 101)) != nil)
  }

  @Test func `a change of rules, pauses or week start does not fit any more, one of later dates does`() throws {
    let sketch = try HabitSketch(String(repeating: "x", count: 40), from: "2027-01-04")
    let history = sketch.history
    let state = try #require(history.reckoning(today: sketch.today)?.state)
    #expect(state.next == sketch.today.advanced(by: -9) && state.fits(history))
    let edits: [(inout HabitSketch) throws -> Void] = [
      { $0.weekStart = .sunday }, { try $0.change("2027-01-20", HabitRule(.perWeek(3))) },
      { $0.changes = [HabitChange(from: $0.created, .atMost(2))] },
      { $0.pauses = [HabitPause(from: try day("2027-01-10"), until: try day("2027-01-12"))] },
      { $0.entries.append(HabitEntry($0.created.advanced(by: -1), .done(.zero))) },
    ]
    for edit in edits {
      var edited = sketch
      try edit(&edited)
      #expect(!state.fits(edited.history) && edited.history.reckoning(from: state, today: sketch.today) == nil)
    }
    var later = sketch
    try later.change("2027-02-10", HabitRule(.perWeek(3)))
    later.pauses = [HabitPause(from: sketch.today, until: nil)]
    #expect(state.fits(later.history))
    // A clock that was set back.
    #expect(history.reckoning(from: state, today: sketch.created) == nil)
  }

  @Test func `a pause that is resumed later covers what it covered`() throws {
    var sketch = try HabitSketch(String(repeating: "x", count: 20) + String(repeating: ".", count: 20), from: "2027-01-04")
    sketch.pauses = [HabitPause(from: try day("2027-01-24"), until: nil)]
    let state = try #require(sketch.history.reckoning(today: sketch.today)?.state)
    sketch.pauses = [HabitPause(from: try day("2027-01-24"), until: sketch.today)]
    #expect(try #require(sketch.history.reckoning(from: state, today: sketch.today)).figures == sketch.figures)
    #expect(sketch.figures.current == 20)
  }

  @Test func `a young habit stores none`() throws {
    let sketch = try HabitSketch("xxxxxxxxx", from: "2027-01-04")
    #expect(try #require(sketch.history.reckoning(today: sketch.today)).state == nil)
  }

  /// Cut off anywhere, with a bit turned, of another version: nil or a state, never a trap, and what is read is written the same.
  @Test func `hostile bytes are refused or harmless`() throws {
    var random = Seeded(8)
    let rules = [HabitRule.daily, HabitRule(.perWeek(3)), HabitRule.atMost(3, per: .week), HabitRule.atLeast(9, per: .month)]
    for rule in rules {
      let history = try tenYears(rule, &random)
      let bytes = try HabitState(history).advanced(to: day("2026-12-23"), history).bytes
      #expect(HabitState(bytes: bytes)?.bytes == bytes)
      for length in 0..<bytes.count { #expect(HabitState(bytes: Array(bytes[..<length])) == nil) }
      #expect(HabitState(bytes: bytes + [0]) == nil)
      for _ in 0..<400 {
        var turned = bytes
        turned[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        guard let state = HabitState(bytes: turned) else { continue }
        // Figures of it are wrong, but they are figures.
        let later = state.advanced(to: state.next.advanced(by: 40), history)
        #expect((0...1).contains(later.score.value))
      }
    }
    #expect(HabitState(bytes: []) == nil && HabitState(bytes: [2]) == nil)
  }
}
