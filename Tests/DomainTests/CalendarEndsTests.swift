import Testing

@testable import Domain

@Suite struct CalendarEndsTests {
  /// Both ends, where a mistake in the era or in clamping shows, and the centuries that are leap years and that are not.
  @Test(arguments: [1...9, 96...104, 396...404, 1896...1904, 1996...2004, 9596...9604, 9990...9999])
  func `years have their months, months their days, and weekdays go round`(years: ClosedRange<Int>) throws {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var before: Day?
    for year in years {
      var inYear = 0
      for month in 1...12 {
        let isLong = month == 2 && (year.isMultiple(of: 400) || year.isMultiple(of: 4) && !year.isMultiple(of: 100))
        let length = lengths[month - 1] + (isLong ? 1 : 0)
        for date in 1...length {
          let day = try #require(Day(year: year, month: month, day: date))
          #expect(day.date == (year, month, date))
          #expect(Day(iso: day.iso) == day)
          if let before {
            #expect(before.distance(to: day) == 1)
            #expect(day.weekday.rawValue == before.weekday.rawValue % 7 + 1)
          }
          before = day
          inYear += 1
        }
        #expect(Day(year: year, month: month, day: length + 1) == nil)
      }
      #expect(try #require(Day(year: year, month: 1, day: 1)).distance(to: try #require(before)) == inYear - 1)
    }
    if years.lowerBound == 1 { #expect(Day(year: 1, month: 1, day: 1) == .first) }
    if years.upperBound == 9999 { #expect(before == .last) }
  }

  @Test(arguments: ["2024-01-31", "2023-12-30", "2000-02-29", "1900-02-28", "0001-01-31", "9999-12-31", "2026-06-15"])
  func `months later keep the day where they have it, else take their last`(iso: String) throws {
    let from = try day(iso)
    let (year, month, date) = from.date
    // One month at a time in each direction, counted as on a paper calendar.
    for direction in [1, -1] {
      var (walkedYear, walkedMonth) = (year, month)
      for months in 1...60 {
        walkedMonth += direction
        if walkedMonth == 13 { (walkedYear, walkedMonth) = (walkedYear + 1, 1) }
        if walkedMonth == 0 { (walkedYear, walkedMonth) = (walkedYear - 1, 12) }
        let moved = from.advanced(months: direction * months)
        if walkedYear > 9999 || walkedYear < 1 {
          #expect(moved == (direction > 0 ? .last : .first))
          continue
        }
        let expected = (0...3).lazy.compactMap { Day(year: walkedYear, month: walkedMonth, day: date - $0) }.first
        #expect(moved == expected)
      }
    }
  }
}
