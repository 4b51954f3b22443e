import Testing

@testable import Domain

@Suite struct LocalTimeTests {
  @Test(arguments: [("00:00", 0), ("09:05", 32_700), ("23:59", 86_340), ("23:59:59", 86_399)])
  func `a time of day is seconds since midnight`(text: String, second: Int) {
    #expect(TimeOfDay(text: text)?.second == second)
  }

  @Test(arguments: ["24:00", "9:05", "09:60", "09:05:60", "0905", "09:5", "-9:05", "09:05:", "09:05 ", "", "٠٩:٠٥", "09:05:00.0"])
  func `what is not a time of day is not read as one`(text: String) {
    #expect(TimeOfDay(text: text) == nil)
  }

  @Test func `a time of day has parts and a text`() throws {
    let time = try #require(TimeOfDay(hour: 7, minute: 8, second: 9))
    #expect((time.hour, time.minute, time.text) == (7, 8, "07:08"))
    #expect(TimeOfDay(hour: 24, minute: 0) == nil)
    #expect(TimeOfDay(hour: 0, minute: -1) == nil)
    #expect(TimeOfDay(hour: 0, minute: 0, second: 60) == nil)
    #expect(TimeOfDay.midnight < TimeOfDay.noon)
    #expect(TimeOfDay.noon.text == "12:00")
  }

  @Test(arguments: ["2026-11-21T03:30", "0001-01-01T00:00", "9999-12-31T23:59", "2024-02-29T12:00"])
  func `the value of a form's field is read and written alike`(text: String) throws {
    let time = try #require(LocalTime(text: text))
    #expect(time.text == text)
    #expect(LocalTime(wallSeconds: time.wallSeconds) == time)
  }

  @Test(arguments: [
    "2026-11-21", "2026-11-21 03:30", "2026-11-21T03:30Z", "2026-11-21T24:00", "2026-02-30T03:30", "2026-11-21T03:30\r\n", "",
  ])
  func `anything else is not a local time`(text: String) {
    #expect(LocalTime(text: text) == nil)
  }

  @Test func `seconds may be sent and are kept, but not shown`() {
    #expect(LocalTime(text: "2026-11-21T03:30:15")?.time.second == 12_615)
    #expect(LocalTime(text: "2026-11-21T03:30:15")?.text == "2026-11-21T03:30")
  }

  @Test func `local times sort by day, then by time`() throws {
    #expect(try local("2026-11-21T23:59") < local("2026-11-22T00:00"))
    #expect(try local("1969-12-31T23:59") < local("1970-01-01T00:00"))
  }
}
