import Testing

@testable import Domain

/// One a minute, five in 15 minutes, twenty in three hours (RULES 4.7). Times are seconds.
@Suite struct SMSLimitTests {
  @Test(
    arguments: [
      ([], 0, nil), ([0], 0, 60), ([0], 59, 60), ([0], 60, nil), ([0, 60, 120, 180], 240, nil), ([0, 60, 120, 180, 240], 300, 900),
      ([240, 0, 120, 60, 180], 300, 900), ([0, 60, 120, 180, 240], 900, nil), ([0, 60, 120, 180, 890], 900, 950),
      ((0..<20).map { $0 * 200 }, 4_000, 10_800), ((0..<20).map { $0 * 200 }, 10_800, nil), ((0..<19).map { $0 * 200 }, 4_000, nil),
      // By another clock, later than now.
      ([100], 90, 160),
    ] as [([Int], Int, Int?)])
  func `another may go`(sent: [Int], now: Int, then: Int?) {
    func at(_ second: Int) -> Instant { Instant(seconds: 1_700_000_000).advanced(seconds: second) }
    #expect(SMSLimit.wait(after: sent.map(at), at: at(now)) == then.map(at))
  }
}
