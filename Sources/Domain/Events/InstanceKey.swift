/// Which instance of a series: its start by the clock in the event's zone, as the series itself has it, wherever it was moved to.
///
/// `20270313T100000`, or `20270313` for whole days.
public struct InstanceKey: Hashable, Comparable, Sendable {
  /// Midnight, of whole days.
  public let wall: LocalTime
  public let isDay: Bool

  public init(_ wall: LocalTime) { (self.wall, isDay) = (wall, false) }

  public init(_ day: Day) { (wall, isDay) = (LocalTime(day: day, time: .midnight), true) }

  init(_ wall: LocalTime, isDay: Bool) { self = isDay ? InstanceKey(wall.day) : InstanceKey(wall) }

  /// Exactly one of the two forms; nil for anything else, and for days and times that no calendar and clock shows.
  public init?(_ text: some StringProtocol) {
    var reader = ByteReader(text)
    guard let year = reader.digits(4), let month = reader.digits(2), let date = reader.digits(2),
      let day = Day(year: year, month: month, day: date)
    else { return nil }
    if reader.isAtEnd {
      self.init(day)
      return
    }
    guard reader.skip(0x54), let hour = reader.digits(2), let minute = reader.digits(2), let second = reader.digits(2), reader.isAtEnd,
      let time = TimeOfDay(hour: hour, minute: minute, second: second)
    else { return nil }
    self.init(LocalTime(day: day, time: time))
  }

  /// As it stands in an address.
  public var text: String { isDay ? wall.day.basic : wall.basic }

  /// As a series leaves it out or adds it.
  public var date: SeriesDate { isDay ? .day(wall.day) : .wall(wall) }

  public static func < (left: InstanceKey, right: InstanceKey) -> Bool { left.wall < right.wall }
}
