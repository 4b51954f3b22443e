/// Where a deadline stands (RULES 8.10).
public enum DeadlineStatus: String, CaseIterable, Hashable, Sendable {
  case pending
  /// Pending with a later due than it had.
  case extended
  case missed
  case completed

  /// Whether its due can still pass.
  public var isAhead: Bool { self == .pending || self == .extended }
}

/// Why a deadline cannot be like that.
public enum DeadlineError: Error, Hashable, Sendable {
  /// Due is not after now.
  case notAhead
  /// Extended to what is not after the due that it had.
  case notLater
  /// What is completed has nothing to extend.
  case completed
}

/// A deadline through what happens to it (RULES 8.10, 8.28): pure, with time as an argument.
public struct DeadlineCourse: Hashable, Sendable {
  public private(set) var status = DeadlineStatus.pending
  public private(set) var due: Instant
  public private(set) var reminder: DeadlineReminder?
  /// What it was due at before, the first first.
  public private(set) var formerDues: [Instant] = []
  /// Its own due, however late somebody noticed.
  public private(set) var missedAt: Instant?
  public private(set) var completedAt: Instant?

  /// - Throws: `notAhead`. A reminder may have passed: it rings once, as caught up.
  public init(due: Instant, reminder: DeadlineReminder?, now: Instant) throws(DeadlineError) {
    if due <= now { throw .notAhead }
    (self.due, self.reminder) = (due, reminder)
  }

  /// As it is stored.
  public init(
    status: DeadlineStatus, due: Instant, reminder: DeadlineReminder?, formerDues: [Instant] = [], missedAt: Instant? = nil,
    completedAt: Instant? = nil
  ) {
    (self.status, self.due, self.reminder, self.formerDues) = (status, due, reminder, formerDues)
    (self.missedAt, self.completedAt) = (missedAt, completedAt)
  }

  /// When it rings.
  public enum Ring: Hashable, Sendable {
    case at(Instant)
    /// Its time has passed: now, once.
    case caughtUp
  }

  /// - Returns: nil for one that has no reminder, and for what is over.
  public func ring(now: Instant, zone: Zone) -> Ring? {
    guard status.isAhead, let reminder else { return nil }
    let time = reminder.instant(due: due, zone: zone)
    return time > now ? .at(time) : .caughtUp
  }

  /// What an extension does to the reminder.
  public enum ReminderMove: Hashable, Sendable {
    case none
    case along
    case stays
    /// Its instant has passed, so nothing would ring; that is said.
    case dropped
  }

  /// - Throws: ``DeadlineError``. A missed one can be extended, and is ahead again.
  public mutating func extend(to later: Instant, now: Instant) throws(DeadlineError) -> ReminderMove {
    if status == .completed { throw .completed }
    if later <= now { throw .notAhead }
    if later <= due { throw .notLater }
    formerDues.append(due)
    (due, status, missedAt) = (later, .extended, nil)
    switch reminder {
    case nil: return .none
    case .before: return .along
    case .at(let instant):
      if instant > now { return .stays }
      reminder = nil
      return .dropped
    }
  }

  /// What a worker finds, whenever it looks.
  ///
  /// - Returns: whether it was missed just now.
  public mutating func pass(now: Instant) -> Bool {
    guard status.isAhead, due <= now else { return false }
    (status, missedAt) = (.missed, due)
    return true
  }

  /// Completed again it keeps its first time.
  public mutating func complete(at now: Instant) {
    if status == .completed { return }
    (status, completedAt) = (.completed, now)
  }

  /// Taken back, as when its task is reopened: what has passed meanwhile is missed at its own instant.
  public mutating func reopen(now: Instant) {
    guard status == .completed else { return }
    completedAt = nil
    if due <= now {
      (status, missedAt) = (.missed, due)
    } else {
      (status, missedAt) = (formerDues.isEmpty ? .pending : .extended, nil)
    }
  }

  /// Whole minutes from due to completion; nil: in time, or not completed.
  public var lateMinutes: Int? {
    guard let completedAt, completedAt > due else { return nil }
    return Int(clamping: completedAt.seconds(since: due) / 60)
  }
}

extension Importance {
  /// Of a deadline's 1 to 10: 8 and above critical, 6 and 7 high, whose ladders are the critical and the urgent one (RULES 8.10).
  public init(ofTen number: Int) { self = number >= 8 ? .critical : number >= 6 ? .high : number >= 4 ? .medium : .low }

  /// What stands for it where one of ten is asked for.
  public var ofTen: Int {
    switch self {
    case .low: 2
    case .medium: 5
    case .high: 7
    case .critical: 9
    }
  }
}
