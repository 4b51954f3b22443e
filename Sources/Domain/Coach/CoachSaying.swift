/// A streak or a row of misses.
public struct CoachCount: Hashable, Sendable {
  public let count: Int
  public let unit: CoachUnit

  public init(_ count: Int, _ unit: CoachUnit) { (self.count, self.unit) = (count, unit) }
}

/// A share: 12 of 15.
public struct CoachShare: Hashable, Sendable {
  public let done: Int
  public let of: Int

  public init(_ done: Int, of: Int) { (self.done, self.of) = (done, of) }
}

/// What was reached of an amount.
public struct CoachAmount: Hashable, Sendable {
  /// Three decimals: 5.5 is 5500.
  public let thousandths: Int
  /// As the person wrote it: "km", "páginas".
  public let unit: String

  public init(thousandths: Int, unit: String) { (self.thousandths, self.unit) = (thousandths, unit) }
}

/// A day, or the week or month that begins with it.
public struct CoachPeriod: Hashable, Sendable {
  public let first: Day
  public let unit: CoachUnit

  public init(_ first: Day, _ unit: CoachUnit = .days) { (self.first, self.unit) = (first, unit) }
}

/// What is to be said, with its facts: a text cannot name one that is not here.
public enum CoachSaying: Hashable, Sendable {
  /// - streak: nil when there is none of at least two.
  case complete(habit: String, on: CoachPeriod, total: Int, streak: CoachCount?, amount: CoachAmount?)
  /// - kept: of the last dates, when some were kept.
  case miss(habit: String, on: CoachPeriod, kept: CoachShare?)
  case secondMiss(habit: String, misses: CoachCount)
  case streak(habit: String, CoachCount, total: Int)
  /// - steps: subtasks done; days: from its start to its completion. Nil where there are none.
  case goal(title: String, on: Day, steps: Int?, days: Int?)
  /// - rate: the mean over the habits, whole per cent; changeTenths: tenths of a point against the week before; best: a habit's name.
  case week(first: Day, kept: CoachShare, rate: Int, changeTenths: Int?, best: String?)
  case quietWeek(first: Day)
  case due([String])
  /// - rate: the mean over the habits, as the review has it.
  case thisWeek(CoachShare, rate: Int)
  /// - rate: of the share.
  case thisMonth(CoachShare, rate: Int)
  case streakOf(habit: String, CoachCount, total: Int)
  case streakNone(habit: String, total: Int)
  case which([String])
  case bestDay(Weekday)
  case missed([String])
  case again(habit: String)
  case easier(habit: String)
  case pause(habit: String)
  /// Of the topics without facts.
  case plain(CoachPlainTopic)

  public var topic: CoachTopic {
    switch self {
    case .complete: .complete
    case .miss: .miss
    case .secondMiss: .secondMiss
    case .streak: .streak
    case .goal: .goal
    case .week: .week
    case .quietWeek: .quietWeek
    case .due(let names): names.isEmpty ? .dueNone : .due
    case .thisWeek(let kept, _): kept.of > 0 ? .thisWeek : .noFigures
    case .thisMonth(let kept, _): kept.of > 0 ? .thisMonth : .noFigures
    case .streakOf(_, let row, _): row.count > 0 ? .streakOf : .streakNone
    case .streakNone: .streakNone
    case .which(let names): names.isEmpty ? .noFigures : .which
    case .bestDay: .bestDay
    case .missed(let names): names.isEmpty ? .missedNone : .missed
    case .again: .again
    case .easier: .easier
    case .pause: .pause
    case .plain(let topic): topic.topic
    }
  }
}

/// A topic whose texts name no fact.
public enum CoachPlainTopic: Hashable, CaseIterable, Sendable {
  case noFigures, bestDayNone, againAny, pauseAny, thanks, goodbye, hello, help, unknown, limit

  var topic: CoachTopic {
    switch self {
    case .noFigures: .noFigures
    case .bestDayNone: .bestDayNone
    case .againAny: .againAny
    case .pauseAny: .pauseAny
    case .thanks: .thanks
    case .goodbye: .goodbye
    case .hello: .hello
    case .help: .help
    case .unknown: .unknown
    case .limit: .limit
    }
  }
}
