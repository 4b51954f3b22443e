import Testing

@testable import Domain

/// What is kept of a zone, and which instant a time on the wall is when its data changes.
@Suite struct ZoneRuleTests {
  @Test(arguments: [
    "America/New_York", "Europe/Dublin", "Asia/Kolkata", "Australia/Lord_Howe", "America/Nuuk", "Etc/GMT+5", "UTC", "Asia/Kathmandu",
  ])
  func `a lost zone goes on by the rule of its file`(name: String) throws {
    let known = try zone(name)
    let lost = try #require(Zone(lost: name, rule: known.rule))
    #expect(lost.isLost && !known.isLost && lost == known && lost.rule == known.rule)
    // From the last listed change on: by 2040 only rules hold.
    var moment = try instant("2040-01-01T00:00:00Z")
    for _ in 0..<100 {
      #expect(lost.offset(at: moment) == known.offset(at: moment) && lost.abbreviation(at: moment) == known.abbreviation(at: moment))
      #expect(lost.nextTransition(after: moment) == known.nextTransition(after: moment))
      moment = moment.advanced(days: 17)
    }
  }

  @Test(arguments: [
    (0, "UTC", "<UTC>00:00:00"), (19_800, "IST", "<IST>-05:30:00"), (-12_600, "-0330", "<-0330>03:30:00"), (3_661, "x", "<-00>-01:01:01"),
  ])
  func `a clock without a rule is one that never changes`(offset: Int, name: String, text: String) throws {
    let zone = Zone(name: "X", table: ZoneTable(fixed: ZoneTable.Clock(offset: offset, abbreviation: name)))
    #expect(zone.rule == text)
    let lost = try #require(Zone(lost: "X", rule: zone.rule))
    #expect(lost.offset(at: try instant("2026-11-21T09:00:00Z")) == offset)
  }

  @Test(arguments: ["", "EST", "EST5EDT", "nonsense", "EST5EDT,M3.2.0", String(repeating: "A", count: 500) + "5"])
  func `what is no rule makes no zone`(text: String) {
    #expect(Zone(lost: "X", rule: text) == nil)
  }

  @Test(arguments: [
    // Shown still: where it stood, the second of two too.
    ("2027-07-01T09:00", "2027-07-01T07:00:00Z", "2027-07-01T07:00:00Z"),
    ("2026-10-25T02:30", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
    ("2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z"),
    // Not shown any more, or never.
    ("2027-07-01T09:00", "2027-07-01T08:00:00Z", "2027-07-01T07:00:00Z"),
    ("2027-03-28T02:30", "2027-03-28T01:30:00Z", "2027-03-28T01:30:00Z"),
    ("2027-03-28T02:30", "2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z"),
  ])
  func `a time on the wall stands where the clocks show it`(wall: String, was: String, stands: String) throws {
    #expect(try zone("Europe/Berlin").instant(local(wall), was: instant(was)).iso == stands)
  }

  @Test func `in a lost zone it stays where it was`() throws {
    let lost = try #require(Zone(lost: "Europe/Berlin", rule: "EST5"))
    #expect(try lost.instant(local("2027-07-01T09:00"), was: instant("2027-07-01T07:00:00Z")).iso == "2027-07-01T07:00:00Z")
  }

  @Test(
    arguments: [
      ("2025b", "2025-08-24T10:00:00Z", "2025-08-24T10:00:00Z"), ("2025b", nil, "2025-12-31T00:00:00Z"),
      ("2025b", "2026-05-01T00:00:00Z", "2025-12-31T00:00:00Z"), ("2026a", "1970-01-01T00:00:01Z", "2026-01-01T00:00:00Z"),
      ("", "2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"), ("unknown", nil, nil), ("20262a", nil, nil),
    ] as [(String, String?, String?)])
  func `a release is as old as its name and its file say`(version: String, modified: String?, made: String?) throws {
    #expect(ZoneRelease(version: version, modified: try modified.map(instant)).madeAt?.iso == made)
  }

  @Test(arguments: [("2026-08-24T10:00:00Z", false), ("2026-08-25T10:00:00Z", false), ("2026-08-25T10:00:01Z", true)])
  func `after a year it is old`(now: String, isOld: Bool) throws {
    #expect(ZoneRelease(version: "2025b", modified: try instant("2025-08-24T10:00:00Z")).isOld(at: try instant(now)) == isOld)
    #expect(!ZoneRelease(version: "", modified: nil).isOld(at: try instant(now)))
  }
}
