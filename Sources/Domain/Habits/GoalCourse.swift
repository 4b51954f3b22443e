/// How a goal stands (RULES 5.9): its subtasks and its deadline on a date.
public struct GoalCourse: Hashable, Sendable {
  public enum Deadline: Hashable, Sendable {
    /// Days since; from 1.
    case overdue(Int)
    /// Days to go, 0 (today) to 7.
    case soon(Int)
    case later(Int)
  }

  /// A deadline so many days ahead, or fewer, is soon.
  public static let soonDays = 7

  public let done: Int
  public let subtasks: Int
  /// Nil: none is set, or the goal is completed.
  public let deadline: Deadline?

  /// - Parameters:
  ///   - deadline: the last day on which it is in time.
  ///   - isOpen: neither completed nor archived.
  public init(done: Int, of subtasks: Int, deadline: Day?, isOpen: Bool, today: Day) {
    (self.done, self.subtasks) = (done, subtasks)
    self.deadline = isOpen ? deadline.map { GoalCourse.deadline($0, today) } : nil
  }

  /// Done subtasks over all; nothing planned yet is none.
  public var progress: Proportion { Proportion(done, of: subtasks) ?? Proportion(0) }

  /// Whether completing the goal is offered: never forced, and not where nothing is planned.
  public var offersCompletion: Bool { subtasks > 0 && done == subtasks }

  private static func deadline(_ day: Day, _ today: Day) -> Deadline {
    let left = today.distance(to: day)
    return left < 0 ? .overdue(-left) : left <= soonDays ? .soon(left) : .later(left)
  }
}
