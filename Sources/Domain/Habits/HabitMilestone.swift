/// The streaks that the coach speaks of: 3, 7, 14, 30, 66, 100, 365 and every further 365, in days, weeks or months alike (RULES 5.13).
public enum HabitMilestone {
  private static let first = [3, 7, 14, 30, 66, 100, 365]

  public static func isReached(by streak: Int) -> Bool { first.contains(streak) || streak > 365 && streak % 365 == 0 }

  /// The next one after a streak.
  public static func next(after streak: Int) -> Int {
    first.first { $0 > streak } ?? (streak / 365 + 1) * 365
  }
}
