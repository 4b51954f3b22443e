import Testing

@testable import Domain

@Suite struct InstantTests {
  @Test(arguments: [
    ("2026-11-21T03:30:00Z", 1_795_231_800_000_000), ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1_000_000),
    ("2026-11-21T03:30:00.5Z", 1_795_231_800_500_000), ("2026-11-21T03:30:00.123456Z", 1_795_231_800_123_456),
    ("2026-11-21T03:30:00.1234569Z", 1_795_231_800_123_456), ("2026-11-21T03:30Z", 1_795_231_800_000_000),
    ("2026-11-21T04:30:00+01:00", 1_795_231_800_000_000), ("2026-11-21T00:00:00-0330", 1_795_231_800_000_000),
    ("2026-11-21T04:30:00+01", 1_795_231_800_000_000), ("2026-11-21 03:30:00z", 1_795_231_800_000_000),
    ("2026-11-21t03:30:00z", 1_795_231_800_000_000), ("1969-12-31T23:59:59.75Z", -250_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ("0001-01-01T00:00:00+23:59", -62_135_596_800_000_000),
  ])
  func `an ISO text names an instant`(text: String, microseconds: Int64) {
    #expect(Instant(iso: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T03:30:00", "2026-11-21T03:30:00.Z", "2026-11-21T24:00:00Z", "2026-11-21T03:60:00Z",
    "2026-11-21T03:30:60Z", "2026-02-30T03:30:00Z", "2026-11-21T03:30:00Zx", "2026-11-21T03:30:00+24:00", "2026-11-21T03:30:00+01:60",
    "2026-11-21T03:30:00+1:00", "2026-11-21T03:30:00 Z", "+2026-11-21T03:30:00Z", "2026-11-21T03:30:00Z\n", "2026-11-21T3:30:00Z",
    "2026-11-21T03:30:00,5Z", "2026-11-21T03:30:00Z\u{301}", "now", "1795231800",
  ])
  func `a text without an offset, or with anything impossible, names none`(text: String) {
    #expect(Instant(iso: text) == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (1_795_231_859_999_999, "2026-11-21T03:30:59Z"),
    (Int64.max, "9999-12-31T23:59:59Z"), (Int64.min, "0001-01-01T00:00:00Z"),
  ])
  func `the ISO form is in UTC, whole seconds, rounded down`(microseconds: Int64, iso: String) {
    #expect(Instant(microseconds: microseconds).iso == iso)
  }

  @Test func `elapsed time is added exactly`() throws {
    let start = try instant("2026-11-21T03:30:00Z")
    #expect(start.advanced(seconds: 90).iso == "2026-11-21T03:31:30Z")
    #expect(start.advanced(minutes: -31).iso == "2026-11-21T02:59:00Z")
    #expect(start.advanced(hours: 24) == start.advanced(days: 1))
    #expect(start.advanced(days: 365).iso == "2027-11-21T03:30:00Z")
    #expect(start.advanced(microseconds: -1).seconds == start.seconds - 1)
  }

  @Test func `what would overflow stops at the end`() {
    let start = Instant(seconds: 1_795_231_800)
    for far in [
      start.advanced(seconds: Int64.max), start.advanced(minutes: Int.max), start.advanced(hours: UInt64.max),
      start.advanced(days: Int64.max), start.advanced(days: 3_000_000), start.advanced(microseconds: .max), Instant(seconds: Int64.max),
    ] {
      #expect(far == .distantFuture)
    }
    for far in [
      start.advanced(seconds: Int64.min), start.advanced(days: Int.min), start.advanced(microseconds: .min),
      Instant(seconds: Int64.min), Instant.distantPast.advanced(microseconds: -1),
    ] {
      #expect(far == .distantPast)
    }
  }

  @Test(arguments: [(0, 0), (999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1), (-1_000_001, -2)])
  func `seconds are rounded down, before 1970 too`(microseconds: Int64, seconds: Int64) {
    #expect(Instant(microseconds: microseconds).seconds == seconds)
    #expect(Instant(microseconds: microseconds).seconds(since: Instant(seconds: 0)) == seconds)
  }

  @Test func `the longest distance does not overflow`() {
    #expect(Instant.distantFuture.seconds(since: .distantPast) == 315_537_897_599)
    #expect(Instant.distantPast.seconds(since: .distantFuture) == -315_537_897_600)
    #expect(Instant.distantPast < .distantFuture)
  }
}
