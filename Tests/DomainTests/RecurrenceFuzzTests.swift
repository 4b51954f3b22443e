import Testing

@testable import Domain

/// Rules of any shape: libical must come back from each, soon and in order.
@Suite struct RecurrenceFuzzTests {
  private func rule(_ dice: inout Seeded) -> String {
    func list(_ range: ClosedRange<Int>, _ most: Int) -> String {
      let count = Int.random(in: 1...most, using: &dice)
      return Set((0..<count).map { _ in Int.random(in: range, using: &dice) }).filter { $0 != 0 || range.lowerBound >= 0 }.map {
        String($0)
      }
      .joined(separator: ",")
    }
    func maybe(_ share: Double, _ part: String) -> String { Double.random(in: 0..<1, using: &dice) < share ? ";" + part : "" }
    let frequency = ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"].randomElement(using: &dice) ?? ""
    let days = ["MO", "TU", "WE,FR", "1MO", "-1FR", "5SA", "53SU", "-53TU", "SA,SU", "MO,TU,WE,TH,FR"].randomElement(using: &dice) ?? ""
    return "FREQ=" + frequency + maybe(0.5, "INTERVAL=\(Int.random(in: 1...999, using: &dice))")
      + maybe(0.2, "COUNT=\(Int.random(in: 1...5_000, using: &dice))") + maybe(0.3, "BYMONTH=" + list(1...12, 3))
      + maybe(0.2, "BYWEEKNO=" + list(-53...53, 3)) + maybe(0.2, "BYYEARDAY=" + list(-366...366, 3))
      + maybe(0.3, "BYMONTHDAY=" + list(-31...31, 3)) + maybe(0.4, "BYDAY=" + days) + maybe(0.3, "BYHOUR=" + list(0...23, 4))
      + maybe(0.3, "BYMINUTE=" + list(0...59, 4)) + maybe(0.3, "BYSETPOS=" + list(-9...9, 2))
  }

  @Test(arguments: 0..<4)
  func `every rule that is taken gives its times soon and in order`(seed: UInt64) throws {
    var dice = Seeded(seed)
    let (now, moment, clock) = (try local("2027-03-10T10:00"), try instant("2027-03-10T15:00:00Z"), ContinuousClock())
    var (taken, slowest) = (0, Duration.zero)
    for _ in 0..<1_500 {
      let text = rule(&dice)
      guard let rule = (try? Recurrence(text))?.completed(on: now.day, at: now.time) else { continue }
      let begun = clock.now
      let start = try? rule.begin(notBefore: now)
      if let start {
        taken += 1
        let schedule = try Schedule(.rule(rule, from: start), zone: zone("America/New_York"))
        let times = schedule.upcoming(after: moment, count: 5).map(\.instant)
        #expect(times == times.sorted() && Set(times).count == times.count, "\(text)")
        #expect(try Recurrence(rule.text) == rule, "\(text)")
        if rule.interval == 1 { #expect(!times.isEmpty || schedule.isOver(after: moment), "\(text)") }
      }
      let spent = clock.now - begun
      slowest = max(slowest, spent)
    }
    #expect(taken > 200 && slowest < .seconds(3))
  }
}
