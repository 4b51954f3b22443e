import Testing

@testable import Domain

@Suite struct ZoneTests {
  /// RULES 1.3: zone, wall clock, how often the clocks show it, the instant we take.
  @Test(arguments: [
    ("America/New_York", "2026-03-08T02:30", 0, "2026-03-08T07:30:00Z"),
    ("America/New_York", "2026-03-08T01:59", 1, "2026-03-08T06:59:00Z"),
    ("America/New_York", "2026-03-08T02:00", 0, "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-03-08T03:00", 1, "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T01:30", 2, "2026-11-01T05:30:00Z"),
    ("America/New_York", "2026-11-01T02:00", 1, "2026-11-01T07:00:00Z"),
    ("Europe/Berlin", "2027-03-28T02:30", 0, "2027-03-28T01:30:00Z"), ("Europe/Berlin", "2026-10-25T02:00", 2, "2026-10-25T00:00:00Z"),
    ("Europe/Berlin", "2026-10-25T03:00", 1, "2026-10-25T02:00:00Z"), ("Europe/London", "2026-10-25T01:15", 2, "2026-10-25T00:15:00Z"),
    ("America/Sao_Paulo", "2018-11-04T00:00", 0, "2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2019-02-16T23:30", 2, "2019-02-17T01:30:00Z"),
    ("America/Sao_Paulo", "2026-11-01T00:00", 1, "2026-11-01T03:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-04T02:15", 0, "2026-10-03T15:45:00Z"),
    ("Australia/Lord_Howe", "2026-10-04T02:30", 1, "2026-10-03T15:30:00Z"),
    ("Australia/Lord_Howe", "2027-04-04T01:45", 2, "2027-04-03T14:45:00Z"),
    ("Africa/Cairo", "2027-04-30T00:30", 0, "2027-04-29T22:30:00Z"), ("America/Santiago", "2027-09-05T00:30", 0, "2027-09-05T04:30:00Z"),
    ("America/Santiago", "2027-04-03T23:30", 2, "2027-04-04T02:30:00Z"), ("Pacific/Apia", "2011-12-30T10:00", 0, "2011-12-30T20:00:00Z"),
    ("Pacific/Apia", "2011-12-31T00:00", 1, "2011-12-30T10:00:00Z"), ("Pacific/Kiritimati", "2026-12-31T23:59", 1, "2026-12-31T09:59:00Z"),
    ("Pacific/Kiritimati", "1994-12-31T12:00", 0, "1994-12-31T22:00:00Z"),
    ("Asia/Kathmandu", "2026-11-21T12:00", 1, "2026-11-21T06:15:00Z"),
    ("America/Havana", "2024-11-03T00:30", 2, "2024-11-03T04:30:00Z"), ("UTC", "2026-11-21T12:00", 1, "2026-11-21T12:00:00Z"),
    ("America/New_York", "2400-03-12T02:30", 0, "2400-03-12T07:30:00Z"),
    ("Pacific/Kwajalein", "1993-08-21T12:00", 0, "1993-08-22T00:00:00Z"),
  ])
  func `a wall clock time is once, never or twice`(name: String, text: String, times: Int, iso: String) throws {
    let zone = try zone(name)
    let resolution = try zone.resolve(local(text))
    let expected = try instant(iso)
    switch resolution {
    case .skipped(let found): #expect(times == 0 && found == expected)
    case .once(let found): #expect(times == 1 && found == expected)
    case .twice(let first, let second):
      #expect(times == 2 && first == expected && second > first && zone.local(second) == zone.local(first))
    }
    #expect(try zone.instant(local(text)) == expected, "\(resolution)")
  }

  @Test(arguments: [
    ("America/New_York", "2026-11-21", "2026-11-21T05:00:00Z"), ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"), ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
    ("America/Santiago", "2027-09-05", "2027-09-05T04:00:00Z"), ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
    ("Africa/Cairo", "2027-04-30", "2027-04-29T22:00:00Z"), ("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z"),
  ])
  func `a day begins when its clocks first show it`(name: String, date: String, iso: String) throws {
    #expect(try zone(name).start(of: day(date)).iso == iso)
  }

  @Test func `the next change is the first after an instant, which itself does not count`() throws {
    let zone = try zone("Europe/Berlin")
    let spring = try instant("2027-03-28T01:00:00Z")
    let autumn = try instant("2027-10-31T01:00:00Z")
    #expect(try zone.nextTransition(after: instant("2026-11-21T00:00:00Z")) == spring)
    #expect(zone.nextTransition(after: spring.advanced(microseconds: -1)) == spring)
    #expect(zone.nextTransition(after: spring) == autumn)
    #expect(Zone.utc.nextTransition(after: spring) == nil)
  }

  @Test func `both ends of time have a clock`() throws {
    for name in ["America/New_York", "Pacific/Kiritimati", "Africa/Casablanca", "UTC"] {
      let zone = try zone(name)
      _ = zone.local(.distantPast)
      _ = zone.nextTransition(after: .distantPast)
      #expect(zone.nextTransition(after: .distantFuture) == nil)
      #expect(zone.local(.distantFuture).day >= Day.last.advanced(by: -1))
      #expect(zone.instant(LocalTime(day: .last, time: .noon)) <= .distantFuture)
      #expect(zone.instant(LocalTime(day: .first, time: .midnight)) >= .distantPast)
    }
  }

  @Test func `zones are equal when their names are`() throws {
    #expect(try zone("Europe/Berlin") == zone("Europe/Berlin"))
    #expect(try zone("Europe/Berlin") != zone("Europe/Paris"))
    #expect(try Set([zone("UTC"), .utc]).count == 1)
  }
}
