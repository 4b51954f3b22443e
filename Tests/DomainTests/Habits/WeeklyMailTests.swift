import Testing

@testable import Domain

/// When the review is mailed (RULES 5.24).
@Suite struct WeeklyMailTests {
  /// Monday 4 January 2027 in São Paulo (−03:00); New York's clocks skip 02:30 on Sunday 14 March.
  @Test(arguments: [
    ("America/Sao_Paulo", Weekday.monday, "09:00", "2027-01-04T11:59:59Z", "2026-W53", "2027-01-04T12:00:00Z", "2027-01-05T03:00:00Z"),
    ("America/Sao_Paulo", .monday, "09:00", "2027-01-05T02:59:59Z", "2026-W53", "2027-01-04T12:00:00Z", "2027-01-05T03:00:00Z"),
    ("America/Sao_Paulo", .monday, "09:00", "2027-01-05T03:00:00Z", "2027-W01", "2027-01-11T12:00:00Z", "2027-01-12T03:00:00Z"),
    ("America/New_York", .sunday, "02:30", "2027-03-14T05:00:00Z", "2027-W10", "2027-03-14T07:30:00Z", "2027-03-15T04:00:00Z"),
  ])
  func `hard case 23: the week is mailed on the first day of the next one`(
    name: String, weekStart: Weekday, hour: String, now: String, week: String, due: String, expires: String
  ) throws {
    let time = try #require(TimeOfDay(text: hour))
    let mail = WeeklyMail(at: try instant(now), zone: try zone(name), weekStart: weekStart, hour: time)
    #expect((mail.week.address, mail.due.iso, mail.expires.iso) == (week, due, expires))
  }
}
