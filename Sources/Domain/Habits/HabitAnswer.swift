/// What a tick or a skip does to a date, before anything is stored: what the page says of it.
extension HabitHistory {
  public enum SkipAnswer: Hashable, Sendable {
    case stored
    /// Nothing changes but the reason or the note, if one was given.
    case alreadySkipped
    /// Refused: whoever did it need not skip it.
    case alreadyDone
    /// Nothing to skip: the date is none of those asked for.
    case notScheduled
    /// Refused: the date is none of those that may be changed.
    case notOffered
  }

  public enum TickAnswer: Hashable, Sendable {
    case stored
    case alreadyDone
    /// Stored, and the skip that stood there goes.
    case insteadOfSkip
    /// Refused: the date is none of those that may be changed.
    case notOffered
  }

  /// - Parameter offered: ``HabitClock/offered(at:)``.
  public func answer(toSkip date: Day, offered: [Day]) -> SkipAnswer {
    guard offered.contains(date) else { return .notOffered }
    switch entry(on: date)?.mark {
    case .done: return .alreadyDone
    case .skipped: return .alreadySkipped
    case .note, nil: return rule(on: date).isScheduled(date.weekday) ? .stored : .notScheduled
    }
  }

  /// - Parameter offered: ``HabitClock/offered(at:)``.
  public func answer(toTick date: Day, offered: [Day]) -> TickAnswer {
    guard offered.contains(date) else { return .notOffered }
    switch entry(on: date)?.mark {
    case .done: return .alreadyDone
    case .skipped: return .insteadOfSkip
    case .note, nil: return .stored
    }
  }
}
