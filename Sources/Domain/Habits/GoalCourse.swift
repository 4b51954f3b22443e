/// How a goal stands (RULES 5.9): its subtasks and its deadline on a date.
public struct GoalCourse: Hashable, Sendable {
  public enum Deadline: Hashable, Sendable {
    /// Days since; from 1.
    case overdue(Int)
    /// Days to go, 0 (today) to 7.
    case soon(Int)
    case later(Int)
  }

  /// The tasks that support it directly, by their minutes (RULES 8.29): what is cancelled or in the trash counts nowhere.
  public struct Support: Hashable, Sendable {
    /// What a task without an estimate weighs, and a step.
    public static let minutes = 30
    public static let none = Support(done: 0, of: 0)

    public let done: Int
    public let all: Int

    public init(done: Int, of all: Int) { (self.done, self.all) = (done, all) }
  }

  /// A deadline so many days ahead, or fewer, is soon.
  public static let soonDays = 7

  public let done: Int
  public let subtasks: Int
  public let support: Support
  /// Nil: none is set, or the goal is completed.
  public let deadline: Deadline?

  /// - Parameters:
  ///   - deadline: the last day on which it is in time.
  ///   - isOpen: neither completed nor archived, nor at rest.
  public init(done: Int, of subtasks: Int, support: Support = .none, deadline: Day?, isOpen: Bool, today: Day) {
    (self.done, self.subtasks, self.support) = (done, subtasks, support)
    self.deadline = isOpen ? deadline.map { GoalCourse.deadline($0, today) } : nil
  }

  /// What is done over all, steps and tasks alike; nil: there is nothing to count.
  public var figure: Proportion? {
    Proportion(done * Support.minutes + support.done, of: subtasks * Support.minutes + support.all)
  }

  /// The same; nothing planned yet is none.
  public var progress: Proportion { figure ?? Proportion(0) }

  /// Whether completing the goal is offered: never forced, and not where nothing is planned.
  public var offersCompletion: Bool { subtasks + support.all > 0 && done == subtasks && support.done == support.all }

  private static func deadline(_ day: Day, _ today: Day) -> Deadline {
    let left = today.distance(to: day)
    return left < 0 ? .overdue(-left) : left <= soonDays ? .soon(left) : .later(left)
  }
}
