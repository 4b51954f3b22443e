/// What a wall clock shows, from 00:00:00 to 23:59:59, without a day or a zone.
public struct TimeOfDay: Comparable, Hashable, Sendable {
  /// Seconds since midnight as the clock shows it, 0 ..< 86,400.
  public let second: Int

  public static let midnight = TimeOfDay(clamping: 0)
  public static let noon = TimeOfDay(clamping: 43_200)

  /// Hour 0…23, minute and second 0…59; nil for anything else, 24:00 too.
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    self.second = hour * 3600 + minute * 60 + second
  }

  /// For values that are already known to be seconds of a day.
  init(clamping second: Int) { self.second = min(max(second, 0), 86_399) }

  /// Exactly `HH:MM`, or `HH:MM:SS` as browsers send it from a time field with a step.
  public init?(text: some StringProtocol) {
    var reader = ByteReader(text)
    guard let time = TimeOfDay(from: &reader), reader.isAtEnd else { return nil }
    self = time
  }

  init?(from reader: inout ByteReader) {
    guard let hour = reader.digits(2), reader.skip(0x3A), let minute = reader.digits(2) else { return nil }
    var second = 0
    if reader.skip(0x3A) {
      guard let digits = reader.digits(2) else { return nil }
      second = digits
    }
    self.init(hour: hour, minute: minute, second: second)
  }

  public var hour: Int { second / 3600 }
  public var minute: Int { second / 60 % 60 }

  /// `HH:MM`; seconds are left out.
  public var text: String { TimeWords.string { $0.append(clock: self) } }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.second < right.second }
}
