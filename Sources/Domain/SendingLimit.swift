/// How much may go to one address (RULES 4.7).
public struct SendingLimit: Sendable {
  /// At most so many in so many seconds.
  private let rules: [(most: Int, seconds: Int64)]

  /// SMS to a number.
  public static let sms = SendingLimit(rules: [(1, 60), (5, 900), (20, 10_800)])

  /// Mails about reminders: one in so many seconds.
  public static func mail(every seconds: Int) -> SendingLimit { SendingLimit(rules: [(1, Int64(seconds))]) }

  /// Seconds after which one that was sent counts no more.
  public var memory: Int64 { rules.map(\.seconds).max() ?? 0 }

  /// How many of the newest decide.
  public var most: Int { rules.map(\.most).max() ?? 0 }

  /// When another may go.
  ///
  /// - Parameter sent: when others went to the address, in any order. What seems to have gone later than `now`, by another clock, counts too.
  /// - Returns: nil: at once. Else after `now`.
  public func wait(after sent: [Instant], at now: Instant) -> Instant? {
    let newestFirst = sent.sorted(by: >)
    let ends = rules.compactMap { rule -> Instant? in
      guard newestFirst.count >= rule.most else { return nil }
      let end = newestFirst[rule.most - 1].advanced(seconds: rule.seconds)
      return end > now ? end : nil
    }
    return ends.max()
  }
}
