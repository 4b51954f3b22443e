/// Which of two tellings of one event is the later: by SEQUENCE, then LAST-MODIFIED, then DTSTAMP (RULES 9.25). What is not said is older than
/// what is. Equal ones change nothing.
public struct EventOrder: Comparable, Hashable, Sendable {
  /// 0 and up.
  public var sequence: Int
  public var modified: Instant?
  public var stamp: Instant?

  public init(sequence: Int = 0, modified: Instant? = nil, stamp: Instant? = nil) {
    (self.sequence, self.modified, self.stamp) = (sequence, modified, stamp)
  }

  public static func < (left: EventOrder, right: EventOrder) -> Bool {
    if left.sequence != right.sequence { return left.sequence < right.sequence }
    let (before, after) = (left.modified ?? .distantPast, right.modified ?? .distantPast)
    if before != after { return before < after }
    return (left.stamp ?? .distantPast) < (right.stamp ?? .distantPast)
  }

  public static func == (left: EventOrder, right: EventOrder) -> Bool { !(left < right) && !(right < left) }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(sequence)
    hasher.combine(modified ?? .distantPast)
    hasher.combine(stamp ?? .distantPast)
  }
}
