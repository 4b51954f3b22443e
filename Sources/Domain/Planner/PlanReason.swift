/// Why something is suggested for a day, each with its points (RULES 8.12), in the order in which they are said.
public enum PlanReason: Hashable, Sendable {
  /// Days since it was due; 0: at a time earlier today.
  case overdue(days: Int)
  case dueToday
  /// 1 to 3 days ahead.
  case dueSoon(days: Int)
  /// 1 to 3.
  case priority(Int)
  /// 1 to 5.
  case impact(Int)
  /// So many open things wait for it.
  case blocks(Int)
  case supportsGoal
  /// Its target is so many days ahead, at most 30; below zero it has passed.
  case supportsGoalSoon(days: Int)
  case started
  /// Its estimate in minutes, into what is left of working hours.
  case fits(minutes: Int)
  /// Untouched for so many days.
  case stuck(days: Int)

  public var points: Int {
    switch self {
    case .overdue(let days): 40 + 2 * min(max(days, 0), 10)
    case .dueToday: 30
    case .dueSoon: 15
    case .priority(let number): number == 1 ? 20 : number == 2 ? 12 : number == 3 ? 5 : 0
    case .impact(let impact): 3 * min(max(impact, 0), 5)
    case .blocks(let count): 5 * min(max(count, 0), 3)
    case .supportsGoal: 5
    case .supportsGoalSoon: 10
    case .started: 8
    case .fits: 5
    case .stuck: 6
    }
  }
}

/// A goal that something supports.
public struct PlanGoal: Hashable, Sendable {
  /// Neither paused, done nor archived.
  public let isActive: Bool
  public let target: Day?

  public init(isActive: Bool, target: Day?) { (self.isActive, self.target) = (isActive, target) }
}
