/// A calendar day without a zone, from 0001-01-01 to 9999-12-31. What lies outside is clamped to the nearer end, so arithmetic never traps.
public struct Day: Hashable, Sendable, Strideable {
  /// Days since 1970-01-01, negative before it.
  public let number: Int

  public static let first = Day(-719_162)
  public static let last = Day(2_932_896)

  public init(_ number: Int) {
    self.number = min(max(number, -719_162), 2_932_896)
  }

  /// Nil for dates that are not in the calendar, such as 30 February, and for years outside 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.daysIn(month: month, year: year) else { return nil }
    self.init(Civil.days(year: year, month: month, day: day))
  }

  /// Exactly `YYYY-MM-DD`.
  public init?(iso: some StringProtocol) {
    var reader = ByteReader(iso)
    guard let day = Day(from: &reader), reader.isAtEnd else { return nil }
    self = day
  }

  init?(from reader: inout ByteReader) {
    guard let year = reader.digits(4), reader.skip(0x2D), let month = reader.digits(2), reader.skip(0x2D), let day = reader.digits(2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `YYYY-MM-DD`.
  public var iso: String {
    TimeWords.string(write)
  }

  func write(to text: inout ShortText) {
    let (year, month, day) = date
    text.append(number: year, width: 4)
    text.append(0x2D)
    text.append(number: month, width: 2)
    text.append(0x2D)
    text.append(number: day, width: 2)
  }

  /// Year (1…9999), month (1…12) and day of the month (1…31) together: cheaper than one after the other.
  public var date: (year: Int, month: Int, day: Int) { Civil.date(number) }
  public var year: Int { date.year }
  public var month: Int { date.month }
  public var day: Int { date.day }

  public var weekday: Weekday {
    // 1970-01-01 was a Thursday. The remainder is 0…6, so the fallback is never used.
    Weekday(rawValue: floorModulo(number + 3, 7) + 1) ?? .monday
  }

  public func advanced(by days: Int) -> Day {
    let (sum, overflow) = number.addingReportingOverflow(days)
    return overflow ? (days < 0 ? .first : .last) : Day(sum)
  }

  public func distance(to other: Day) -> Int { other.number - number }

  /// The same day of another month, or that month's last day where it is shorter: 31 January plus one month is 28 or 29 February.
  public func advanced(months: Int) -> Day {
    let (year, month, day) = date
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    if overflow { return months < 0 ? .first : .last }
    let newYear = floorDivide(total, 12)
    let newMonth = floorModulo(total, 12) + 1
    if newYear < 1 { return .first }
    if newYear > 9999 { return .last }
    return Day(Civil.days(year: newYear, month: newMonth, day: min(day, Day.daysIn(month: newMonth, year: newYear))))
  }

  /// - Parameter month: 1…12.
  public static func daysIn(month: Int, year: Int) -> Int { Civil.daysIn(month: month, year: year) }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
  public static func == (left: Day, right: Day) -> Bool { left.number == right.number }
}
