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
}
