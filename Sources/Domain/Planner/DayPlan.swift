/// What is suggested for a day, by a fixed sum that anyone can read (RULES 8.12): the same input, in whatever order it comes, gives the same lines.
///
/// The clock enters by quarter hours, so that a page asked for twice in one is the same.
public struct DayPlan<Key: Hashable & Comparable & Sendable>: Sendable {
  /// How many are suggested.
  public static var most: Int { 7 }

  /// Something that is open.
  public struct Candidate: Sendable {
    public let key: Key
    public var due: Due?
    public var priority: Int?
    public var impact: Int?
    /// How many open things wait for it.
    public var blocks = 0
    /// Those that it supports.
    public var goals: [PlanGoal] = []
    public var isStarted = false
    public var isBlocked = false
    public var isDeferred = false
    /// For this day.
    public var isDismissed = false
    /// Into this day.
    public var isTaken = false
    /// Minutes; nil: nobody knows whether it fits.
    public var estimate: Int?
    /// The date on which it was changed last.
    public let changed: Day

    public init(_ key: Key, changed: Day) { (self.key, self.changed) = (key, changed) }
  }

  /// Why something is not among the lines.
  public enum LeftOut: Hashable, Sendable {
    case taken, blocked, deferred, dismissed
    /// It supports goals, and none of them is active.
    case goalAsleep
    /// Nothing speaks for it.
    case withoutReason
    /// Others come first.
    case beyond
  }

  /// A suggestion.
  public struct Line: Hashable, Sendable {
    public let key: Key
    public let reasons: [PlanReason]

    /// Of the points of its reasons.
    public var sum: Int { reasons.reduce(0) { $0 + $1.points } }
  }

  /// At most ``most``, the first first.
  public let lines: [Line]
  public let leftOut: [Key: LeftOut]

  /// - Parameters:
  ///   - clock: whose dates count.
  ///   - freeMinutes: what is left of working hours (``WorkHours/free(at:zone:busy:)``).
  /// - Complexity: one sort of what has a reason.
  public init(_ candidates: [Candidate], now: Instant, clock: HabitClock, freeMinutes: Int) {
    let now = now.quarterHour
    let today = clock.date(now)
    var leftOut: [Key: LeftOut] = [:]
    var ranked: [(line: Line, order: Order)] = []
    for candidate in candidates {
      if let why = DayPlan.leftOut(candidate) {
        leftOut[candidate.key] = why
        continue
      }
      let line = Line(key: candidate.key, reasons: DayPlan.reasons(candidate, now, today, freeMinutes))
      let sum = line.sum
      if sum == 0 { leftOut[candidate.key] = .withoutReason } else { ranked.append((line, Order(candidate, sum, clock))) }
    }
    ranked.sort { $0.order < $1.order }
    lines = ranked.prefix(DayPlan.most).map(\.line)
    for rest in ranked.dropFirst(DayPlan.most) { leftOut[rest.line.key] = .beyond }
    self.leftOut = leftOut
  }

  private static func leftOut(_ candidate: Candidate) -> LeftOut? {
    if candidate.isTaken { return .taken }
    if candidate.isBlocked { return .blocked }
    if candidate.isDeferred { return .deferred }
    if candidate.isDismissed { return .dismissed }
    return !candidate.goals.isEmpty && !candidate.goals.contains(where: \.isActive) ? .goalAsleep : nil
  }

  private static func reasons(_ candidate: Candidate, _ now: Instant, _ today: Day, _ freeMinutes: Int) -> [PlanReason] {
    let idle = candidate.changed.distance(to: today)
    let estimate = candidate.estimate.flatMap { $0 > 0 && $0 <= freeMinutes ? $0 : nil }
    let all: [PlanReason?] = [
      candidate.due.flatMap { reason(of: $0, now, today) },
      candidate.priority.map { PlanReason.priority($0) },
      candidate.impact.map { PlanReason.impact($0) },
      candidate.blocks > 0 ? .blocks(candidate.blocks) : nil,
      reason(of: candidate.goals, today),
      candidate.isStarted ? .started : nil,
      estimate.map { PlanReason.fits(minutes: $0) },
      idle >= 14 ? .stuck(days: idle) : nil,
    ]
    return all.compactMap(\.self).filter { $0.points > 0 }
  }

  private static func reason(of due: Due, _ now: Instant, _ today: Day) -> PlanReason? {
    let ahead = today.distance(to: due.day)
    if due.isPast(today: today, now: now) { return .overdue(days: max(-ahead, 0)) }
    // A time early tomorrow can be of a day that has not ended yet.
    return ahead <= 0 ? .dueToday : ahead <= 3 ? .dueSoon(days: ahead) : nil
  }

  /// One goal counts, that which comes first.
  private static func reason(of goals: [PlanGoal], _ today: Day) -> PlanReason? {
    let active = goals.filter(\.isActive)
    if active.isEmpty { return nil }
    if let target = active.compactMap(\.target).min(), today.distance(to: target) <= 30 {
      return .supportsGoalSoon(days: today.distance(to: target))
    }
    return .supportsGoal
  }

  /// The greatest sum, then the earliest due, then the priority; the key decides between equals.
  private struct Order: Comparable {
    let sum: Int
    let due: Instant
    let priority: Int
    let key: Key

    init(_ candidate: Candidate, _ sum: Int, _ clock: HabitClock) {
      (self.sum, due) = (sum, candidate.due?.end(clock) ?? .distantFuture)
      (priority, key) = (candidate.priority ?? 5, candidate.key)
    }

    static func < (left: Order, right: Order) -> Bool {
      (right.sum, left.due, left.priority, left.key) < (left.sum, right.due, right.priority, right.key)
    }
  }
}

extension Instant {
  /// The latest quarter of an hour that has begun, in UTC; so it is in every zone of today.
  public var quarterHour: Instant { Instant(microseconds: floorDivide(microseconds, 900_000_000) * 900_000_000) }
}
