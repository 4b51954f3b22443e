import Testing

@testable import Domain

/// SMS: one a minute, five in 15 minutes, twenty in three hours; mails: one in so many seconds (RULES 4.7). Times are seconds.
@Suite struct SendingLimitTests {
  @Test(
    arguments: [
      ([], 0, nil), ([0], 0, 60), ([0], 59, 60), ([0], 60, nil), ([0, 60, 120, 180], 240, nil), ([0, 60, 120, 180, 240], 300, 900),
      ([240, 0, 120, 60, 180], 300, 900), ([0, 60, 120, 180, 240], 900, nil), ([0, 60, 120, 180, 890], 900, 950),
      ((0..<20).map { $0 * 200 }, 4_000, 10_800), ((0..<20).map { $0 * 200 }, 10_800, nil), ((0..<19).map { $0 * 200 }, 4_000, nil),
      // By another clock, later than now.
      ([100], 90, 160),
    ] as [([Int], Int, Int?)])
  func `another SMS may go`(sent: [Int], now: Int, then: Int?) {
    #expect(SendingLimit.sms.wait(after: sent.map(at), at: at(now)) == then.map(at))
  }

  @Test(
    arguments: [
      (60, [], 0, nil), (60, [0], 59, 60), (60, [0], 60, nil), (60, [0, 60, 120], 121, 180), (60, [120, 0, 60], 180, nil),
      (90, [0], 60, 90),
      (60, [100], 90, 160),
    ] as [(Int, [Int], Int, Int?)])
  func `another mail may go`(every: Int, sent: [Int], now: Int, then: Int?) {
    #expect(SendingLimit.mail(every: every).wait(after: sent.map(at), at: at(now)) == then.map(at))
  }

  @Test func `what is remembered is what decides`() {
    #expect(SendingLimit.sms.memory == 10_800 && SendingLimit.sms.most == 20)
    #expect(SendingLimit.mail(every: 60).memory == 60 && SendingLimit.mail(every: 60).most == 1)
  }

  private func at(_ second: Int) -> Instant { Instant(seconds: 1_700_000_000).advanced(seconds: second) }
}
