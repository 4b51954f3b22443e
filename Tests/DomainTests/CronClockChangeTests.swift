import Testing

@testable import Domain

/// RULES 1.4: what clock changes do to fixed times and to rhythms.
@Suite struct CronClockChangeTests {
  /// Zone, expression, a moment, the next firing times: all in UTC.
  @Test(arguments: [
    // In the gap: once, at the first minute after it.
    ("America/New_York", "30 2 * * *", "2027-03-13T12:00:00Z", ["2027-03-14T07:00:00Z", "2027-03-15T06:30:00Z"]),
    ("America/New_York", "0 2 * * *", "2027-03-13T12:00:00Z", ["2027-03-14T07:00:00Z", "2027-03-15T06:00:00Z"]),
    ("America/New_York", "0,15,30 2 * * *", "2027-03-13T12:00:00Z", ["2027-03-14T07:00:00Z", "2027-03-15T06:00:00Z"]),
    ("America/New_York", "0 2,3 * * *", "2027-03-14T06:59:00Z", ["2027-03-14T07:00:00Z", "2027-03-15T06:00:00Z"]),
    ("America/New_York", "30 2 * * *", "2027-03-14T07:00:00Z", ["2027-03-15T06:30:00Z"]),
    ("America/New_York", "30 2 14 3 *", "2027-03-14T06:59:59Z", ["2027-03-14T07:00:00Z", "2028-03-14T06:30:00Z"]),
    ("Europe/Berlin", "59 2 * * *", "2027-03-28T00:00:00Z", ["2027-03-28T01:00:00Z", "2027-03-29T00:59:00Z"]),
    ("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00:00Z", ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"]),
    ("Africa/Cairo", "0 0 * * *", "2027-04-29T12:00:00Z", ["2027-04-29T22:00:00Z", "2027-04-30T21:00:00Z"]),
    ("America/Sao_Paulo", "0 0 4 11 *", "2018-11-01T00:00:00Z", ["2018-11-04T03:00:00Z"]),
    ("America/Santiago", "30 0 * * SUN", "2027-09-01T00:00:00Z", ["2027-09-05T04:00:00Z", "2027-09-12T03:30:00Z"]),
    ("Pacific/Apia", "0 9 * * *", "2011-12-29T12:00:00Z", ["2011-12-29T19:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T19:00:00Z"]),
    ("Africa/Monrovia", "0 0 * * *", "1972-01-06T12:00:00Z", ["1972-01-07T00:45:00Z", "1972-01-08T00:00:00Z"]),
    // Repeated: the first occurrence only.
    ("America/New_York", "30 1 * * *", "2026-11-01T00:00:00Z", ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]),
    ("America/New_York", "30 1 * * *", "2026-11-01T05:45:00Z", ["2026-11-02T06:30:00Z"]),
    ("America/New_York", "30 1,2 * * *", "2026-11-01T06:10:00Z", ["2026-11-01T07:30:00Z"]),
    ("Australia/Lord_Howe", "45 1 * * *", "2027-04-03T12:00:00Z", ["2027-04-03T14:45:00Z", "2027-04-04T15:15:00Z"]),
    ("America/Santiago", "30 23 * * *", "2027-04-03T12:00:00Z", ["2027-04-04T02:30:00Z", "2027-04-05T03:30:00Z"]),
    ("America/Havana", "30 0 * * *", "2024-11-03T00:00:00Z", ["2024-11-03T04:30:00Z", "2024-11-04T05:30:00Z"]),
    // A rhythm: what does not exist is left out, what is repeated fires twice.
    ("America/New_York", "30 * * * *", "2027-03-14T06:00:00Z", ["2027-03-14T06:30:00Z", "2027-03-14T07:30:00Z"]),
    ("America/New_York", "*/30 2 * * *", "2027-03-13T12:00:00Z", ["2027-03-15T06:00:00Z", "2027-03-15T06:30:00Z"]),
    ("America/New_York", "30 * * * *", "2026-11-01T05:00:00Z", ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T07:30:00Z"]),
    (
      "America/New_York", "*/30 1 * * *", "2026-11-01T04:59:00Z",
      ["2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z", "2026-11-02T06:00:00Z"]
    ),
    ("America/New_York", "30 */1 1 11 *", "2026-11-01T05:00:00Z", ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]),
    ("Australia/Lord_Howe", "*/15 * * * *", "2026-10-03T15:15:00Z", ["2026-10-03T15:30:00Z", "2026-10-03T15:45:00Z"]),
    ("Australia/Lord_Howe", "0 * * * *", "2026-10-03T15:00:00Z", ["2026-10-03T16:00:00Z"]),
    ("Pacific/Apia", "0 */12 * * *", "2011-12-29T23:00:00Z", ["2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"]),
    ("Asia/Kathmandu", "0 * * * *", "2026-11-21T06:00:00Z", ["2026-11-21T06:15:00Z", "2026-11-21T07:15:00Z"]),
  ])
  func `clock changes`(name: String, text: String, from: String, expected: [String]) throws {
    try check(name, text, from, expected)
  }

  /// Vancouver by release 2026b, Casablanca by 2026c.
  @Test(
    .enabled(if: SystemZones.version >= "2026c", "the zone data of this machine, \(SystemZones.version), is older than 2026c: make deps"),
    arguments: [
      ("Africa/Casablanca", "0 9 * * *", "2027-02-01T12:00:00Z", ["2027-02-02T09:00:00Z"]),
      ("America/Vancouver", "0 9 * * *", "2026-12-31T00:00:00Z", ["2026-12-31T16:00:00Z", "2027-01-01T16:00:00Z"]),
    ])
  func `zones that stopped changing in 2026`(name: String, text: String, from: String, expected: [String]) throws {
    try check(name, text, from, expected)
  }

  private func check(_ name: String, _ text: String, _ from: String, _ expected: [String]) throws {
    let zone = try zone(name)
    let cron = try Cron(text)
    var moment = try instant(from)
    for iso in expected {
      moment = try #require(cron.next(after: moment, in: zone))
      #expect(moment.iso == iso)
    }
  }
}
