import Testing

@testable import Domain

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-21", 20_778), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896), ("1900-03-01", -25_508), ("2100-03-01", 47_541),
  ])
  func `a date is a number of days since 1970 and back`(iso: String, number: Int) {
    #expect(Day(iso: iso)?.number == number)
    #expect(Day(number).iso == iso)
  }

  @Test func `every day of four centuries follows the one before it`() {
    var expected = (year: 1800, month: 1, day: 1)
    for number in Civil.days(year: 1800, month: 1, day: 1)..<Civil.days(year: 2200, month: 1, day: 1) {
      let date = Day(number).date
      if date != expected || Day(year: date.year, month: date.month, day: date.day)?.number != number {
        Issue.record("\(number) is \(date), not \(expected)")
        return
      }
      expected.day += 1
      if expected.day > Day.daysIn(month: expected.month, year: expected.year) { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
  }

  @Test(arguments: [
    "2026-02-29", "2100-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "0000-01-01", "2026-1-01",
    "2026-01-1", "26-01-01", "2026-01-011", " 2026-01-01", "2026-01-01 ", "2026/01/01", "-026-01-01", "+026-01-01", "", "２０２６-01-01",
    "2026-01-0\u{661}", "99999999999999999999-01-01",
  ])
  func `what is not a date is not read as one`(text: String) {
    #expect(Day(iso: text) == nil)
  }

  @Test(arguments: [
    ("2026-11-21", Weekday.saturday), ("1970-01-01", .thursday), ("1969-12-31", .wednesday), ("2000-01-01", .saturday),
    ("0001-01-01", .monday), ("2024-02-29", .thursday), ("9999-12-31", .friday),
  ])
  func `a date has a weekday, before 1970 too`(iso: String, weekday: Weekday) {
    #expect(Day(iso: iso)?.weekday == weekday)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-03-31", -1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"),
    ("2026-01-15", -1, "2025-12-15"), ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-05-31", 0, "2026-05-31"),
    ("2026-05-31", 1, "2026-06-30"), ("2026-05-31", Int.max, "9999-12-31"), ("2026-05-31", Int.min, "0001-01-01"),
    ("2026-05-31", 100_000, "9999-12-31"), ("2026-05-31", -100_000, "0001-01-01"),
  ])
  func `a month later is the same day or the month's last`(from: String, months: Int, to: String) throws {
    #expect(try day(from).advanced(months: months).iso == to)
  }

  @Test func `days beyond the calendar are its ends`() {
    #expect(Day(Int.max) == .last)
    #expect(Day(Int.min) == .first)
    #expect(Day.last.advanced(by: 1) == .last)
    #expect(Day.first.advanced(by: -1) == .first)
    #expect(Day(5).advanced(by: Int.max) == .last)
    #expect(Day(-5).advanced(by: Int.min) == .first)
    #expect(Day.first.iso == "0001-01-01")
  }

  @Test func `days can be counted and walked`() throws {
    let start = try day("2026-12-30")
    #expect((start...start.advanced(by: 3)).map(\.iso) == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"])
    #expect(try start.distance(to: day("2027-01-02")) == 3)
    #expect(try day("2026-12-30") < day("2027-01-01"))
  }

  @Test func `only Saturday and Sunday are weekend`() {
    #expect(Weekday.allCases.filter(\.isWeekend) == [.saturday, .sunday])
    #expect(Weekday.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7])
  }
}
