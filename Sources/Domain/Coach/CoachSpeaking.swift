/// When a person wants to hear the coach; the raw value is stored.
public enum CoachSpeak: String, CaseIterable, Hashable, Sendable {
  case all, milestones, never
}

/// A habit's figures before or after a change.
public struct CoachFigures: Hashable, Sendable {
  public let streak: Int
  /// Breaks in a row at the end: days, weeks or months by the habit's unit.
  public let misses: Int
  /// Whether the habit is kept on the date of the change.
  public let isKept: Bool

  public init(streak: Int, misses: Int = 0, isKept: Bool = false) { (self.streak, self.misses, self.isKept) = (streak, misses, isKept) }
}

/// What is to be said about a habit, and under which date: the key of the message.
public struct CoachOccasion: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case complete
    case milestone(Int)
    case miss
    case secondMiss
  }

  public let kind: Kind
  public let day: Day

  public var event: CoachEvent {
    switch kind {
    case .complete: .habitComplete
    case .milestone: .streak
    case .miss, .secondMiss: .habitFail
    }
  }
}

/// When the coach speaks. It reads no clock and no rows; what was said before is told by `said`.
public enum CoachSpeaking {
  /// 3, 7, 14, 30, 66, 100, 365 and every further 365, in days, weeks or months alike (RULES 5.13).
  public static func isMilestone(_ streak: Int) -> Bool {
    [3, 7, 14, 30, 66, 100].contains(streak) || streak > 0 && streak % 365 == 0
  }

  /// The milestone that a streak comes to next: a fact for the table, with what is left to it.
  public static func next(after streak: Int) -> Int {
    [3, 7, 14, 30, 66, 100].first { $0 > streak } ?? (max(streak, 0) / 365 + 1) * 365
  }

  /// What to say after a tick, an amount or several at once.
  ///
  /// A milestone that the change reached or passed (ticking a gap may pass two) is said instead of the completion, the highest only. It bears the date
  /// on which the streak reached it, whichever date was ticked last: what is undone and done again reaches it on the same date, and is not said again.
  ///
  /// - Parameters:
  ///   - day: the date that was ticked; of several the newest.
  ///   - reached: the date of the n-th day, week or month of the streak as it is now.
  ///   - said: whether the habit has a message of this event and date, read or not, deleted or not.
  public static func afterTick(
    before: CoachFigures, after: CoachFigures, day: Day, speak: CoachSpeak, reached: (Int) -> Day, said: (CoachEvent, Day) -> Bool
  ) -> CoachOccasion? {
    guard speak != .never, after.isKept else { return nil }
    if after.streak > before.streak, let milestone = (before.streak + 1...after.streak).suffix(400).last(where: isMilestone) {
      let reached = reached(milestone)
      if !said(.streak, reached) { return CoachOccasion(kind: .milestone(milestone), day: reached) }
    }
    guard speak == .all, !before.isKept, !said(.habitComplete, day), !said(.streak, day) else { return nil }
    return CoachOccasion(kind: .complete, day: day)
  }

  /// What to say when a date, week or month has passed without being kept.
  ///
  /// The first miss has one message, the second in a row one with an offer; then it is quiet until the next tick.
  ///
  /// - Parameters:
  ///   - day: the date that was missed, or the first of the week or month.
  ///   - isNews: false when the miss is older than the newest that was looked at, as after an import: nobody hears of old days.
  public static func afterMiss(_ figures: CoachFigures, day: Day, isNews: Bool, speak: CoachSpeak, said: (CoachEvent, Day) -> Bool)
    -> CoachOccasion?
  {
    guard speak == .all, isNews, !said(.habitFail, day) else { return nil }
    return switch figures.misses {
    case 1: CoachOccasion(kind: .miss, day: day)
    case 2: CoachOccasion(kind: .secondMiss, day: day)
    default: nil
    }
  }

  /// Whether a completed goal is spoken of: once, however often it is reopened.
  public static func afterGoal(speak: CoachSpeak, wasSaid: Bool) -> Bool { speak != .never && !wasSaid }

  /// Whether the week is.
  public static func afterWeek(speak: CoachSpeak, wasSaid: Bool) -> Bool { speak != .never && !wasSaid }
}
