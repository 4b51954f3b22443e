/// Where a task stands, as stored (RULES 8.1). That it waits for something is found from its links, and that it is archived stands beside it.
public enum TaskStatus: String, CaseIterable, Sendable {
  case open
  case inProgress = "in_progress"
  case deferred
  case done
  case cancelled

  /// Whether nothing is to be done any more.
  public var isClosed: Bool { self == .done || self == .cancelled }

  /// Whether links that wait for it hold others up, while it is neither archived nor deleted (RULES 8.19).
  public var blocks: Bool { !isClosed }

  /// Whether it is shown as blocked while something is in its way (RULES 8.1).
  public var canBeBlocked: Bool { self == .open || self == .inProgress }

  /// Where a step leads. Every status can be left: done and cancelled ones are begun again as easily as they were closed.
  public func after(_ step: TaskStep) -> TaskStatus {
    switch step {
    case .start: .inProgress
    case .complete: .done
    case .cancel: .cancelled
    case .put(off: _): .deferred
    case .reopen: self == .inProgress ? .inProgress : .open
    }
  }
}

/// What somebody does with a task.
public enum TaskStep: Hashable, Sendable {
  case start
  case complete
  case cancel
  /// Until a date; nil: someday.
  case put(off: Day?)
  case reopen
}

/// How far ahead a goal or a problem reaches.
public enum Horizon: String, CaseIterable, Sendable { case week, month, quarter, year, life }

/// Where a problem stands. It is in the way of what waits for it while it is active.
public enum ProblemStatus: String, CaseIterable, Sendable { case active, monitoring, resolved, archived }
