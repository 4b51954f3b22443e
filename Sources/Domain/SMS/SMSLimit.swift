/// How many SMS a number gets (RULES 4.7).
public enum SMSLimit {
  /// At most so many in so many seconds.
  static let rules: [(most: Int, seconds: Int64)] = [(1, 60), (5, 900), (20, 10_800)]

  /// Seconds after which one that was sent counts no more.
  public static let memory: Int64 = 10_800

  /// When another may go.
  ///
  /// - Parameter sent: when others went to the number, in any order. What seems to have gone later than `now`, by another clock, counts too.
  /// - Returns: nil: at once. Else after `now`.
  public static func wait(after sent: [Instant], at now: Instant) -> Instant? {
    let newestFirst = sent.sorted(by: >)
    let ends = rules.compactMap { rule -> Instant? in
      guard newestFirst.count >= rule.most else { return nil }
      let end = newestFirst[rule.most - 1].advanced(seconds: rule.seconds)
      return end > now ? end : nil
    }
    return ends.max()
  }
}
