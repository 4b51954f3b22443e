/// How an assumption stands (RULES 9.36): asked about, answered, no longer asked about, or followed by a later one.
public enum AssumptionState: String, CaseIterable, Sendable { case open, confirmed, corrected, dismissed, faded, superseded }

/// What an assumption is about (RULES 9.7).
public enum AssumptionCategory: String, CaseIterable, Sendable { case intent, context, preference, inference }

/// Why an assumption is asked about no longer, though nobody answered (RULES 9.7, 9.37, 9.40).
public enum AssumptionFading: String, CaseIterable, Sendable {
  /// 90 days passed.
  case time
  /// All that it rested on is gone.
  case evidence
  /// Stronger ones took its place.
  case room
}

/// What assumptions are held to.
public enum AssumptionLimits {
  /// Hundredths. Below the first nothing is made or shown, no rule goes above the second, and what is asked again not above the third (RULES 9.7, 9.36, 9.39).
  public static let shown = 30
  public static let ofRules = 80
  public static let again = 60
  /// How many open ones rules make of a person, and a model (RULES 9.40).
  public static let openOfRules = 20
  public static let openOfModel = 50
  /// Days after which an unanswered one fades, and for which nothing is asked again twice.
  public static let fadingDays: Int64 = 90
  public static let againDays: Int64 = 30
  /// Unicode scalars of the words of one, and of a correction.
  public static let words = 1_000
  /// Unicode scalars of what is quoted.
  public static let quote = 500
}

/// How sure one is, in a word (RULES 9.36).
public enum Sureness: String, CaseIterable, Sendable {
  case unsure, likely, sure, certain

  /// - Parameter hundredths: 0 to 100.
  public init(_ hundredths: Int) {
    self = hundredths >= 100 ? .certain : hundredths >= 75 ? .sure : hundredths >= 50 ? .likely : .unsure
  }

  /// "0.70", as facts say it.
  public static func text(_ hundredths: Int) -> String {
    let number = min(max(hundredths, 0), 100)
    let part = number % 100
    return "\(number / 100)." + (part < 10 ? "0" : "") + String(part)
  }
}
