import Domain
import HTML

/// What is said of occurrences that never fired because nobody worked (RULES 3.4).
enum MissedText {
  /// - Parameter time: how their first one is written.
  /// - Returns: nil when none was missed.
  static func sentence(_ count: Int, from first: Instant?, _ words: Words, _ time: (Instant) -> String) -> String? {
    guard count > 0, let first else { return nil }
    return words.count(
      "{n} before it was missed, the first on {time}.", "{n} before it were missed, the first on {time}.", count, ["time": time(first)])
  }
}
