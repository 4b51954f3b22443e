import Testing

@testable import Domain

/// What an interval counts from (RULES 1.6), and single times that are far away.
@Suite struct ScheduleBaseTests {
  private func next(_ planned: String?, _ last: String?, at moment: String, minutes: Int = 60, weekends: Bool = false) throws -> String? {
    let schedule = try Schedule(.interval(minutes: minutes), zone: .utc, excludesWeekends: weekends)
    let base = try schedule.base(planned: planned.map(instant), last: last.map(instant), at: instant(moment))
    return try schedule.next(after: instant(moment), lastScheduled: base)?.iso
  }

  @Test(
    arguments: [
      // Not rung yet: the first one stays, whenever somebody looks.
      ("2026-11-20T13:00:00Z", nil, "2026-11-20T12:30:00Z", "2026-11-20T13:00:00Z"),
      ("2026-11-20T13:00:00Z", nil, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z"),
      // It is due: the one after it.
      ("2026-11-20T13:00:00Z", nil, "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z"),
      ("2026-11-20T13:00:00Z", nil, "2026-11-20T15:20:00Z", "2026-11-20T16:00:00Z"),
      // Rung before: the same.
      ("2026-11-20T13:00:00Z", "2026-11-20T12:00:00Z", "2026-11-20T12:59:00Z", "2026-11-20T13:00:00Z"),
      // What rang last belonged to another schedule.
      ("2026-11-20T13:00:00Z", "2026-11-20T09:10:00Z", "2026-11-20T12:30:00Z", "2026-11-20T13:00:00Z"),
      // A clock that was set back fires nothing twice.
      ("2026-11-20T13:00:00Z", "2026-11-20T12:00:00Z", "2026-11-20T09:30:00Z", "2026-11-20T13:00:00Z"),
      // Nothing is planned: from the last one, else from now.
      (nil, "2026-11-20T12:10:00Z", "2026-11-20T12:30:00Z", "2026-11-20T13:10:00Z"),
      (nil, nil, "2026-11-20T12:30:00Z", "2026-11-20T13:30:00Z"),
    ] as [(String?, String?, String, String)])
  func `an interval keeps its steps`(planned: String?, last: String?, moment: String, expected: String) throws {
    #expect(try next(planned, last, at: moment) == expected)
  }

  @Test func `an exclusion that is given up lets the steps before the planned one come`() throws {
    // Friday 23:30; planned for Monday because of the weekend.
    #expect(try next("2026-11-23T00:30:00Z", nil, at: "2026-11-20T23:40:00Z", weekends: true) == "2026-11-23T00:30:00Z")
    #expect(try next("2026-11-23T00:30:00Z", nil, at: "2026-11-20T23:40:00Z") == "2026-11-21T00:30:00Z")
  }

  @Test func `other schedules count from what rang last`() throws {
    let (planned, last) = (try instant("2026-11-21T09:00:00Z"), try instant("2026-11-20T09:00:00Z"))
    #expect(try Schedule(.recurring(Cron("0 9 * * *")), zone: .utc).base(planned: planned, last: last, at: last) == last)
    #expect(try Schedule(.once(at: planned), zone: .utc).base(planned: planned, last: nil, at: last) == nil)
  }

  @Test(arguments: ["2031-11-22T09:00:00Z", "2033-05-01T10:00:00Z", "9999-12-31T23:00:00Z"])
  func `a single time is listed however far it is`(at: String) throws {
    let schedule = try Schedule(.once(at: instant(at)), zone: .utc)
    #expect(try schedule.upcoming(after: instant("2026-11-21T09:00:00Z"), count: 5) == [.init(instant: instant(at), excluded: false)])
  }
}
