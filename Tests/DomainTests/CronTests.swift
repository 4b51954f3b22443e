import Testing

@testable import Domain

@Suite struct CronTests {
  /// Expression, a moment in UTC, the next firing times in UTC.
  @Test(arguments: [
    ("0 9 * * *", "2026-11-21T03:30:00Z", ["2026-11-21T09:00:00Z", "2026-11-22T09:00:00Z"]),
    ("0 9 * * *", "2026-11-21T09:00:00Z", ["2026-11-22T09:00:00Z"]), ("0 9 * * *", "2026-11-21T08:59:59.999999Z", ["2026-11-21T09:00:00Z"]),
    ("*/15 * * * *", "2026-12-31T23:46:00Z", ["2027-01-01T00:00:00Z", "2027-01-01T00:15:00Z"]),
    (
      "30 8-10 * * MON-FRI", "2026-11-20T10:30:00Z",
      ["2026-11-23T08:30:00Z", "2026-11-23T09:30:00Z", "2026-11-23T10:30:00Z", "2026-11-24T08:30:00Z"]
    ),
    ("0 0 31 * *", "2026-11-21T00:00:00Z", ["2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z", "2027-03-31T00:00:00Z"]),
    ("0 0 29 2 *", "2026-11-21T00:00:00Z", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
    ("0 0 L * *", "2028-01-31T00:00:00Z", ["2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z", "2028-04-30T00:00:00Z"]),
    ("0 0 L-2 * *", "2027-01-31T00:00:00Z", ["2027-02-26T00:00:00Z", "2027-03-29T00:00:00Z"]),
    ("0 0 L-30 * *", "2027-01-02T00:00:00Z", ["2027-03-01T00:00:00Z", "2027-05-01T00:00:00Z"]),
    ("0 0 1,L 2 *", "2027-01-31T00:00:00Z", ["2027-02-01T00:00:00Z", "2027-02-28T00:00:00Z"]),
    ("0 9 * * FRI#2", "2026-11-21T00:00:00Z", ["2026-12-11T09:00:00Z", "2027-01-08T09:00:00Z"]),
    ("0 9 * * FRI#5", "2026-11-21T00:00:00Z", ["2027-01-29T09:00:00Z", "2027-04-30T09:00:00Z"]),
    ("0 9 * * 0#1", "2026-11-21T00:00:00Z", ["2026-12-06T09:00:00Z"]), ("0 9 * * 7#1", "2026-11-21T00:00:00Z", ["2026-12-06T09:00:00Z"]),
    ("0 9 * * FRIL", "2026-11-21T00:00:00Z", ["2026-11-27T09:00:00Z", "2026-12-25T09:00:00Z", "2027-01-29T09:00:00Z"]),
    ("0 9 * * 1L,MON#1", "2026-11-21T00:00:00Z", ["2026-11-30T09:00:00Z", "2026-12-07T09:00:00Z", "2026-12-28T09:00:00Z"]),
    (
      "0 9 13 * FRI", "2026-11-21T00:00:00Z",
      ["2026-11-27T09:00:00Z", "2026-12-04T09:00:00Z", "2026-12-11T09:00:00Z", "2026-12-13T09:00:00Z"]
    ),
    ("0 9 */2 * MON", "2026-11-21T00:00:00Z", ["2026-11-23T09:00:00Z", "2026-12-07T09:00:00Z"]),
    ("0 9 1-7 * */7", "2026-11-21T00:00:00Z", ["2026-12-06T09:00:00Z", "2027-01-03T09:00:00Z"]),
    ("0 9 *,13 * FRI", "2026-11-21T00:00:00Z", ["2026-11-27T09:00:00Z"]),
    ("0 9 1-31 * FRI", "2026-11-21T00:00:00Z", ["2026-11-21T09:00:00Z"]),
    ("59 23 31 12 *", "2026-12-31T23:59:00Z", ["2027-12-31T23:59:00Z"]), ("0 0 1 1 *", "1969-06-01T00:00:00Z", ["1970-01-01T00:00:00Z"]),
    ("0 9 * * *", "1969-12-30T09:00:00Z", ["1969-12-31T09:00:00Z", "1970-01-01T09:00:00Z"]),
    ("* * * * *", "1969-12-31T23:59:30Z", ["1970-01-01T00:00:00Z"]),
  ])
  func `it fires at the next matching minute, strictly after the moment`(text: String, from: String, expected: [String]) throws {
    let cron = try Cron(text)
    var moment = try instant(from)
    for iso in expected {
      moment = try #require(cron.next(after: moment, in: .utc))
      #expect(moment.iso == iso)
    }
  }

  @Test(arguments: [
    ("0 0 30 2 *", "2026-11-21T00:00:00Z"), ("0 0 31 4,6,9,11 *", "2026-11-21T00:00:00Z"), ("* * 31 2 *", "2026-11-21T00:00:00Z"),
    ("0 0 29 2 *", "2096-03-01T00:00:00Z"), ("0 0 29 2 *", "2096-02-29T12:00:00Z"), ("0 0 L-30 2 *", "2026-11-21T00:00:00Z"),
    ("0 0 29 2 *", "2098-01-01T00:00:00Z"),
  ])
  func `what does not fire within five years never does`(text: String, from: String) throws {
    let cron = try Cron(text)
    for name in ["UTC", "America/New_York", "Australia/Lord_Howe"] {
      #expect(try cron.next(after: instant(from), in: zone(name)) == nil)
    }
  }

  @Test func `five years to the minute still count`() throws {
    let cron = try Cron("0 0 29 2 *")
    #expect(try cron.next(after: instant("2099-02-28T23:59:00Z"), in: .utc) == nil)
    #expect(try cron.next(after: instant("2099-03-01T00:00:00Z"), in: .utc) == instant("2104-02-29T00:00:00Z"))
  }

  @Test(arguments: ["* * * * *", "0 9 * * *", "0 0 29 2 *", "*/7 1 L * FRI#5", "0 0 30 2 *"])
  func `the ends of time do not trap`(text: String) throws {
    let cron = try Cron(text)
    for name in ["UTC", "America/New_York", "Pacific/Kiritimati"] {
      let zone = try zone(name)
      for moment in [Instant.distantPast, .distantPast.advanced(days: 3000), .distantFuture.advanced(days: -2000), .distantFuture] {
        if let next = cron.next(after: moment, in: zone) { #expect(next > moment) }
      }
    }
  }
}
