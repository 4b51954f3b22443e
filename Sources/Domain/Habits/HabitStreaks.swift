/// A row of dates, weeks or months kept, with nothing missed between.
public struct HabitStreak: Hashable, Sendable {
  public let length: Int
  /// The first date of the first one.
  public let first: Day
  /// The last date of the last one; of one that is not over, today.
  public let last: Day

  public init(length: Int, first: Day, last: Day) { (self.length, self.first, self.last) = (length, first, last) }

  /// The longer first, of equal ones the later.
  func precedes(_ other: HabitStreak) -> Bool { length == other.length ? first > other.first : length > other.length }
}

/// The streaks since the last change between days, weeks and months.
struct HabitStreaks: Sendable {
  /// How many of the best are remembered.
  static let remembered = 10

  /// What goes on.
  var run: HabitStreak?
  /// Those that ended, the best first.
  var ended: [HabitStreak] = []
  /// Breaks in a row at the end.
  var misses = 0

  mutating func take(_ verdict: HabitVerdict, from first: Day, through last: Day) {
    switch verdict {
    case .neutral: break
    case .kept:
      run = HabitStreak(length: (run?.length ?? 0) + 1, first: run?.first ?? first, last: last)
      misses = 0
    case .missed:
      if let run { ended = HabitStreaks.best(ended, and: run) }
      run = nil
      misses += 1
    }
  }

  /// The best ones, what goes on included.
  var best: [HabitStreak] { run.map { HabitStreaks.best(ended, and: $0) } ?? ended }

  private static func best(_ streaks: [HabitStreak], and new: HabitStreak) -> [HabitStreak] {
    let place = streaks.firstIndex { new.precedes($0) } ?? streaks.count
    if place == remembered { return streaks }
    return Array((streaks[..<place] + [new] + streaks[place...]).prefix(remembered))
  }
}
