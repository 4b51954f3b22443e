import Domain
import Testing

@testable import Net

@Suite struct RetryScheduleTests {
  private let start = Instant(seconds: 1_800_000_000)

  @Test(arguments: [(-3, 5), (0, 5), (1, 5), (2, 30), (3, 120), (4, 600), (5, 1800), (6, 3600), (7, 3600), (Int.max, 3600)])
  func waitsLongerAfterEachAttempt(attempt: Int, seconds: Int) {
    #expect(RetrySchedule.next(afterAttempt: attempt, first: start, now: start, random: 100) == start.advanced(seconds: seconds))
  }

  @Test(arguments: [(UInt64(0), 3240), (200, 3960), (201, 3240), (100, 3600), (301, 3600)])
  func spreadsByATenthEitherWay(random: UInt64, seconds: Int) throws {
    let next = try #require(RetrySchedule.next(afterAttempt: 6, first: start, now: start, random: random))
    #expect(abs(next.seconds(since: start) - Int64(seconds)) <= 1)
  }

  @Test func givesUpADayAfterTheFirstAttempt() {
    var now = start
    var attempts = 1
    while let next = RetrySchedule.next(afterAttempt: attempts, first: start, now: now, random: 100) {
      now = next
      attempts += 1
    }
    #expect(attempts == 29)
    #expect(now <= start.advanced(hours: 24) && now > start.advanced(hours: 23))
  }

  @Test(arguments: [(Int64(0), Int64(5)), (-10, 5), (3, 5), (60, 60), (86_400, 86_400)])
  func honoursALongerRetryAfter(asked: Int64, seconds: Int64) {
    let next = RetrySchedule.next(afterAttempt: 1, first: start, now: start, random: 100, retryAfter: asked)
    #expect(next == start.advanced(seconds: seconds))
  }

  @Test(arguments: [Int64(86_401), .max])
  func givesUpWhenAskedToWaitBeyondTheDay(asked: Int64) {
    #expect(RetrySchedule.next(afterAttempt: 1, first: start, now: start, random: 0, retryAfter: asked) == nil)
  }

  @Test(arguments: [
    ("120", 120), (" 0 ", 0), ("99999999999999999999", 604_800), ("Fri, 15 Jan 2027 08:01:00 GMT", 60),
    ("Fri, 15 Jan 2027 07:00:00 GMT", 0), ("Fri Jan 15 08:00:30 2027", 30),
  ])
  func readsSecondsAndDates(value: String, seconds: Int64) {
    #expect(RetryAfter.seconds(value, now: start) == seconds)
  }

  @Test(arguments: ["", "-5", "1.5", "soon", "12 minutes", "99:99:99", "\0", "5\u{301}"])
  func ignoresWhatIsNeither(value: String) {
    #expect(RetryAfter.seconds(value, now: start) == nil)
  }
}
