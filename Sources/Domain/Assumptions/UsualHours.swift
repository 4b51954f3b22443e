/// When somebody usually does something, told by the times at which they did (RULES 9.7).
public struct UsualHours: Hashable, Sendable {
  /// Minutes after midnight, on the half hour.
  public let from: Int
  /// Of the same day.
  public let until: Int
  /// How many of the times lie within.
  public let count: Int
  public let total: Int

  /// "07:00"
  public var fromText: String { UsualHours.text(from) }
  public var untilText: String { UsualHours.text(until) }

  static func text(_ minutes: Int) -> String {
    let (hour, minute) = (minutes / 60 % 24, minutes % 60)
    return (hour < 10 ? "0" : "") + String(hour) + ":" + (minute < 10 ? "0" : "") + String(minute)
  }

  /// The hour of the day into which most fall, by steps of half an hour; nil: they are fewer than ten, or less than six in ten fall into one.
  ///
  /// - Parameter minutes: after midnight, by the clock on the wall, in any order.
  public static func hour(of minutes: [Int]) -> UsualHours? {
    guard minutes.count >= 10 else { return nil }
    let best = stride(from: 0, through: 23 * 60, by: 30).map { from in
      UsualHours(from: from, until: from + 60, count: minutes.count(where: { (from..<(from + 60)).contains($0) }), total: minutes.count)
    }
    // Of those that hold as many the last: what is done at five past seven is done at seven, not at half past six.
    guard let most = best.max(by: { $0.count < $1.count }), most.count * 10 >= most.total * 6 else { return nil }
    return best.last { $0.count == most.count }
  }

  /// The hours between the tenth of them that are earliest and the tenth that are latest, whole ones; nil: there are fewer than 40, they are of fewer
  /// than eight days, or spread over more than twelve hours: then no habit is seen in them.
  ///
  /// - Parameters:
  ///   - minutes: after midnight, by the clock on the wall, of working days.
  ///   - days: on how many days they were.
  public static func working(_ minutes: [Int], days: Int) -> UsualHours? {
    guard minutes.count >= 40, days >= 8 else { return nil }
    let sorted = minutes.sorted()
    let (low, high) = (sorted[sorted.count / 10], sorted[sorted.count - 1 - sorted.count / 10])
    let (from, until) = (low / 60 * 60, min((high + 59) / 60 * 60, 24 * 60 - 1))
    guard until - from >= 180, until - from <= 720 else { return nil }
    let count = sorted.count(where: { (from...until).contains($0) })
    return UsualHours(from: from, until: until, count: count, total: sorted.count)
  }

  /// Hundredths: the larger the share, the surer, at most what a rule may be.
  public var confidence: Int { min(AssumptionLimits.ofRules, count * 80 / max(total, 1)) }
}

/// How sure a rule is (RULES 9.7, 9.40). Hundredths.
public enum RuleConfidence {
  /// Two addresses at one domain: the more people are known there, the less each knows of all.
  public static func sameDomain(people: Int) -> Int { people <= 4 ? 70 : people <= 10 ? 60 : 45 }

  /// Two people in so many meetings together; nil: too few.
  public static func meetings(_ count: Int) -> Int? { count < 3 ? nil : min(AssumptionLimits.ofRules, 45 + count * 5) }

  /// A title that names somebody: by their whole name, or by a first name that nobody else has.
  public static func called(isWhole: Bool) -> Int { isWhole ? 80 : 60 }
}
