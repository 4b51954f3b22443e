import Testing

@testable import Domain

/// When a streak came to a length, and what was missed last. Monday 4 January 2027 is the first date.
@Suite struct HabitPastTests {
  private let first = Day(iso: "2027-01-04") ?? .first

  private func history(_ rule: HabitRule = HabitRule(.daily), kept: [Int], pauses: [HabitPause] = []) -> HabitHistory {
    HabitHistory(
      created: first, weekStart: .monday, changes: [HabitChange(from: first, rule)],
      entries: kept.map { HabitEntry(first.advanced(by: $0), .done(.zero)) }, pauses: pauses)
  }

  @Test(arguments: [
    (Array(0...9), 3, 2), (Array(0...9), 7, 6), (Array(0...9), 10, 9), ([0, 1, 3, 4, 5], 3, 5), ([0, 1, 2, 3, 5], 1, 5),
  ])
  func `a streak came to a length on a date`(kept: [Int], length: Int, day: Int) {
    let today = first.advanced(by: kept.last ?? 0)
    #expect(history(kept: kept).reached(length, today: today) == first.advanced(by: day))
  }

  @Test func `a length that was not reached has no date`() {
    #expect(history(kept: [0, 1]).reached(3, today: first.advanced(by: 1)) == nil)
    #expect(history(kept: [0, 1]).reached(0, today: first.advanced(by: 1)) == nil)
    #expect(history(kept: []).reached(1, today: first) == nil)
  }

  @Test(arguments: 0..<6)
  func `the days of a streak tell when it came to a length, whatever was before it`(seed: UInt64) throws {
    var random = Seeded(seed &+ 1_300)
    var compared = 0
    for _ in 0..<6 {
      var book = HabitBook(&random)
      for step in 0..<60 {
        book.act(&random)
        guard step % 5 == 4 else { continue }
        let (history, today) = (book.history(&random), book.today)
        guard let streak = history.figures(today: today).streak else { continue }
        for length in 1...streak.length {
          #expect(history.reached(length, since: streak.first, today: today) == history.reached(length, today: today))
          compared += 1
        }
      }
    }
    #expect(compared > 20, "\(compared)")
  }

  @Test func `the order in which a gap was ticked does not matter`() {
    // All of two weeks but the fifth date, which is ticked last.
    for today in 10...13 { #expect(history(kept: Array(0...today)).reached(7, today: first.advanced(by: today)) == first.advanced(by: 6)) }
  }

  @Test func `a week is known by its first date, whichever day made it`() {
    let rule = HabitRule(.perWeek(2))
    for days in [[0, 1, 7, 8, 14, 15], [0, 1, 7, 8, 14, 20]] {
      #expect(history(rule, kept: days).reached(3, today: first.advanced(by: days[5])) == first.advanced(by: 14))
    }
    #expect(history(rule, kept: [0, 1, 7, 8, 14]).reached(3, today: first.advanced(by: 20)) == nil)
  }

  @Test(
    arguments: [([0, 1], 0, 3, 2), ([0, 1], 0, 2, nil), ([0, 1], 3, 3, nil), ([0, 2, 3], 0, 4, 1), ([0, 2, 3], 2, 4, nil)]
      as [([Int], Int, Int, Int?)])
  func `the last date that was missed is found since a date`(kept: [Int], since: Int, today: Int, missed: Int?) {
    let found = history(kept: kept).missed(since: first.advanced(by: since), today: first.advanced(by: today))
    #expect(found == missed.map { first.advanced(by: $0) })
  }

  @Test func `a paused date and one that is not scheduled are none`() {
    let paused = HabitPause(from: first.advanced(by: 1), until: first.advanced(by: 3))
    #expect(history(kept: [0], pauses: [paused]).missed(since: first, today: first.advanced(by: 3)) == nil)
    let rule = HabitRule(.days([.monday, .wednesday]))
    #expect(history(rule, kept: [0]).missed(since: first, today: first.advanced(by: 2)) == nil)
    #expect(history(rule, kept: [0]).missed(since: first, today: first.advanced(by: 3)) == first.advanced(by: 2))
  }

  @Test func `a week is missed when it is over, and only then`() {
    let rule = HabitRule(.perWeek(2))
    let history = history(rule, kept: [0, 1, 7])
    for today in 8...13 { #expect(history.missed(since: first, today: first.advanced(by: today)) == nil, "\(today)") }
    #expect(history.missed(since: first.advanced(by: 13), today: first.advanced(by: 14)) == first.advanced(by: 7))
    // Looked at since.
    #expect(history.missed(since: first.advanced(by: 14), today: first.advanced(by: 15)) == nil)
    #expect(self.history(rule, kept: [0, 1, 7, 8]).missed(since: first, today: first.advanced(by: 14)) == nil)
  }
}
