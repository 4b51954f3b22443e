/// What a person wrote down for one date.
public struct HabitEntry: Hashable, Sendable {
  public enum Mark: Hashable, Sendable {
    /// Ticked, or an amount entered, zero too. Ticks have the amount 0.
    case done(Amount)
    case skipped(SkipReason?)
    /// A note alone: nothing was done, and nothing skipped.
    case note
  }

  public let date: Day
  public let mark: Mark
  public let hasNote: Bool

  public init(_ date: Day, _ mark: Mark, hasNote: Bool = false) {
    (self.date, self.mark, self.hasNote) = (date, mark, hasNote)
  }

  /// What was entered; nil when nothing was.
  public var amount: Amount? {
    if case .done(let amount) = mark { amount } else { nil }
  }
}

/// Why a date was skipped (RULES 5.17).
public enum SkipReason: String, CaseIterable, Hashable, Sendable {
  case sick, travel, rest, holiday, other
}

/// A stretch of dates on which nothing is asked, archived time too.
public struct HabitPause: Hashable, Sendable {
  public let from: Day
  /// Exclusive; nil: until it is resumed. At or before `from`: paused and resumed on one day, which is no pause.
  public let until: Day?

  public init(from: Day, until: Day?) { (self.from, self.until) = (from, until) }

  /// Whether each date of the other is one of its own.
  public func covers(_ other: HabitPause) -> Bool {
    from <= other.from && (until.map { end in other.until.map { $0 <= end } ?? false } ?? true)
  }

  /// Whether a date is in both.
  public func overlaps(_ other: HabitPause) -> Bool {
    (until.map { other.from < $0 } ?? true) && (other.until.map { from < $0 } ?? true)
  }

  /// The one of two that overlap.
  public func joined(with other: HabitPause) -> HabitPause {
    HabitPause(from: min(from, other.from), until: until.flatMap { one in other.until.map { max(one, $0) } })
  }

  /// The same dates, ascending and apart from each other: those that overlap or touch are one (RULES 5.17).
  static func merged(_ pauses: [HabitPause]) -> [HabitPause] {
    var merged: [HabitPause] = []
    for pause in pauses.sorted(by: { $0.from < $1.from }) where pause.until.map({ $0 > pause.from }) ?? true {
      guard let last = merged.last, last.until.map({ $0 >= pause.from }) ?? true else {
        merged.append(pause)
        continue
      }
      merged[merged.count - 1] = last.joined(with: pause)
    }
    return merged
  }
}
