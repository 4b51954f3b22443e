/// A day and a time as a calendar and a clock on a wall show them. Which ``Instant`` that is, if any, a ``Zone`` says.
public struct LocalTime: Comparable, Hashable, Sendable {
  public let day: Day
  public let time: TimeOfDay

  public init(day: Day, time: TimeOfDay) {
    self.day = day
    self.time = time
  }

  /// Exactly `YYYY-MM-DDTHH:MM`, optionally with `:SS`: the value of a `datetime-local` field.
  public init?(text: some StringProtocol) {
    var reader = ByteReader(text)
    guard let day = Day(from: &reader), reader.skip(0x54), let time = TimeOfDay(from: &reader), reader.isAtEnd else { return nil }
    self.init(day: day, time: time)
  }

  /// `YYYY-MM-DDTHH:MM`; seconds are left out.
  public var text: String {
    TimeWords.string { text in
      day.write(to: &text)
      text.append(0x54)
      text.append(clock: time)
    }
  }

  /// Seconds since 1970-01-01T00:00 on this wall clock, as if it stood in UTC.
  var wallSeconds: Int64 { Int64(day.number) * 86_400 + Int64(time.second) }

  init(wallSeconds: Int64) {
    let day = floorDivide(wallSeconds, 86_400)
    self.init(day: Day(Int(day)), time: TimeOfDay(clamping: Int(wallSeconds - day * 86_400)))
  }

  public static func < (left: LocalTime, right: LocalTime) -> Bool { left.wallSeconds < right.wallSeconds }
}
