/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday 7.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// Saturday or Sunday, in every language and country: exclusions say "weekends" and mean these two.
  public var isWeekend: Bool { self == .saturday || self == .sunday }
}
