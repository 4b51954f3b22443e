/// A week of a person, which begins on the day they chose, under the permanent address of an ISO week: `2026-W53` (RULES 5.24).
///
/// Each seven days hold one Thursday, and the Thursday names the ISO week, so weeks and addresses belong to each other one to one whatever day
/// begins them: W11 of a person whose weeks begin on Sunday is Sunday 8 to Saturday 14 March 2026.
public struct PersonWeek: Hashable, Sendable {
  public let first: Day

  public var last: Day { first.advanced(by: 6) }
  public var days: ClosedRange<Day> { first...last }

  /// The week that holds a date.
  public init(holding day: Day, weekStart: Weekday) {
    first = day.advanced(by: -day.weekday.offset(from: weekStart))
  }

  /// Exactly `YYYY-Www`; nil where the ISO year has no such week.
  public init?(_ address: some StringProtocol, weekStart: Weekday) {
    var reader = ByteReader(address)
    guard let year = reader.digits(4), reader.skip(0x2D), reader.skip(0x57), let week = reader.digits(2), reader.isAtEnd, week >= 1,
      let fourth = Day(year: year, month: 1, day: 4)
    else { return nil }
    // 4 January always lies in week 1.
    let monday = fourth.advanced(by: -fourth.weekday.offset(from: .monday))
    let thursday = monday.advanced(by: 7 * (week - 1) + 3)
    guard thursday.year == year else { return nil }
    self.init(holding: thursday, weekStart: weekStart)
  }

  /// `YYYY-Www`.
  public var address: String {
    let thursday = first.advanced(by: Weekday.thursday.offset(from: first.weekday))
    let year = thursday.year
    let dayOfYear = Day(Civil.days(year: year, month: 1, day: 1)).distance(to: thursday)
    return TimeWords.string { text in
      text.append(number: year, width: 4)
      text.append(words: "-W")
      text.append(number: dayOfYear / 7 + 1, width: 2)
    }
  }

  public var previous: PersonWeek { PersonWeek(holding: first.advanced(by: -7), weekStart: first.weekday) }
  public var next: PersonWeek { PersonWeek(holding: first.advanced(by: 7), weekStart: first.weekday) }
}
