import Domain

/// When to try again after a temporary failure: 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, then hourly, until a day after the first attempt.
///
/// Each delay is spread by a tenth either way, so that what failed together does not come back together.
public enum RetrySchedule {
  private static let seconds: [Int64] = [5, 30, 120, 600, 1800, 3600]
  /// Counted from the first attempt.
  public static let lifetimeHours = 24

  /// - Parameters:
  ///   - attempt: the number of the attempt that just failed, from 1. Less counts as 1.
  ///   - first: when the first attempt was made; `now`: when this one failed.
  ///   - random: any value; it alone decides the spread.
  ///   - retryAfter: seconds the other side asked for (`Retry-After`); the longer of the two waits wins.
  /// - Returns: nil when the next attempt would be later than a day after the first: give up.
  public static func next(
    afterAttempt attempt: Int, first: Instant, now: Instant, random: UInt64, retryAfter: Int64? = nil
  ) -> Instant? {
    let nominal = seconds[min(max(attempt, 1), seconds.count) - 1]
    let spread = nominal * (900 + Int64(random % 201)) * 1000
    let asked = now.advanced(seconds: max(retryAfter ?? 0, 0))
    let next = max(now.advanced(microseconds: spread), asked)
    return next > first.advanced(hours: lifetimeHours) ? nil : next
  }
}
