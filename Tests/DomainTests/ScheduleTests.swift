import Testing

@testable import Domain

@Suite struct ScheduleTests {
  private func cron(
    _ text: String, _ name: String = "UTC", excluding days: [String] = [], weekends: Bool = false
  ) throws -> Schedule {
    try Schedule(.recurring(Cron(text)), zone: zone(name), excludedDays: Set(days.map { try day($0) }), excludesWeekends: weekends)
  }

  private func interval(_ minutes: Int, excluding days: [String] = [], weekends: Bool = false) throws -> Schedule {
    try Schedule(.interval(minutes: minutes), zone: .utc, excludedDays: Set(days.map { try day($0) }), excludesWeekends: weekends)
  }

  @Test func `a single time fires once, and its own moment has passed`() throws {
    let at = try instant("2026-12-01T09:00:00Z")
    let schedule = try Schedule(.once(at: at), zone: zone("Europe/Berlin"))
    #expect(try schedule.next(after: at.advanced(microseconds: -1), lastScheduled: nil) == at)
    #expect(try schedule.next(after: at, lastScheduled: nil) == nil)
    #expect(try schedule.next(after: .distantPast, lastScheduled: at) == nil)
    #expect(try schedule.next(after: .distantFuture, lastScheduled: nil) == nil)
  }

  @Test func `a single time on an excluded day never fires`() throws {
    let at = try instant("2026-11-28T23:30:00Z")
    let weekend = try Schedule(.once(at: at), zone: .utc, excludesWeekends: true)
    #expect(throws: ScheduleError.neverFires) { try weekend.next(after: .distantPast, lastScheduled: nil) }
    // In Tokyo it is Sunday, in Kiritimati too: the zone's own date counts.
    let sunday = try Schedule(.once(at: at), zone: zone("Asia/Tokyo"), excludedDays: [day("2026-11-28")])
    #expect(try sunday.next(after: .distantPast, lastScheduled: nil) == at)
  }

  @Test(arguments: [
    ("2026-11-20T09:00:00Z", "2026-11-23T09:00:00Z"), ("2026-11-21T12:00:00Z", "2026-11-23T09:00:00Z"),
    ("2026-11-24T09:00:00Z", "2026-11-27T09:00:00Z"), ("2026-12-31T09:00:00Z", "2027-01-04T09:00:00Z"),
  ])
  func `excluded days and weekends are skipped, not moved`(from: String, to: String) throws {
    let schedule = try cron("0 9 * * *", excluding: ["2026-11-25", "2026-11-26", "2027-01-01"], weekends: true)
    #expect(try schedule.next(after: instant(from), lastScheduled: nil)?.iso == to)
  }

  @Test func `an exclusion is a date of the schedule's own zone`() throws {
    let schedule = try cron("0 20 * * *", "America/New_York", excluding: ["2026-11-21"])
    // 20:00 on the 21st there is already the 22nd in UTC.
    #expect(try schedule.next(after: instant("2026-11-21T12:00:00Z"), lastScheduled: nil)?.iso == "2026-11-23T01:00:00Z")
  }

  @Test func `a time moved out of a gap belongs to the day on which it fires`() throws {
    // Cairo skips 00:00 to 01:00 on 30 April 2027, a Friday.
    let schedule = try cron("30 0 * * *", "Africa/Cairo", excluding: ["2027-04-30"])
    #expect(try schedule.next(after: instant("2027-04-29T12:00:00Z"), lastScheduled: nil)?.iso == "2027-04-30T21:30:00Z")
  }

  @Test func `what can never fire is refused`() throws {
    let never = try [cron("0 0 30 2 *"), cron("0 9 * * SAT", weekends: true), cron("* * * * 6,7", "America/New_York", weekends: true)]
    for schedule in never {
      #expect(throws: ScheduleError.neverFires) { try schedule.next(after: instant("2026-11-21T00:00:00Z"), lastScheduled: nil) }
    }
    let year = Set((0..<3000).map { Day(20_000 + $0) })
    let excluded = try Schedule(.interval(minutes: 1), zone: .utc, excludedDays: year)
    #expect(throws: ScheduleError.neverFires) { try excluded.next(after: instant("2026-11-21T00:00:00Z"), lastScheduled: nil) }
  }

  @Test(arguments: [0, -1, 525_601, Int.max, Int.min])
  func `an interval is one minute to one year`(minutes: Int) {
    #expect(throws: ScheduleError.intervalOutOfRange(minutes)) { try Schedule(.interval(minutes: minutes), zone: .utc) }
  }

  @Test(arguments: [
    (90, "2026-11-21T10:00:00Z", "2026-11-21T10:00:05Z", "2026-11-21T11:30:00Z"),
    (90, "2026-11-21T10:00:00Z", "2026-11-21T11:30:00Z", "2026-11-21T13:00:00Z"),
    (90, "2026-11-21T10:00:00Z", "2026-11-21T11:29:59Z", "2026-11-21T11:30:00Z"),
    (90, "2026-11-21T10:00:00Z", "2026-11-21T09:00:00Z", "2026-11-21T11:30:00Z"),
    (1440, "2026-10-31T12:00:00Z", "2026-10-31T12:00:00Z", "2026-11-01T12:00:00Z"),
    (1, "1990-01-01T00:00:30Z", "2026-11-21T11:29:59Z", "2026-11-21T11:30:30Z"),
    (525_600, "2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z", "2027-11-21T10:00:00Z"),
    (7, "1960-01-01T00:00:00Z", "1969-12-31T23:59:00Z", "1970-01-01T00:05:00Z"),
  ])
  func `an interval counts from the last scheduled time, in elapsed minutes`(minutes: Int, last: String, now: String, next: String) throws {
    #expect(try interval(minutes).next(after: instant(now), lastScheduled: instant(last))?.iso == next)
  }

  @Test func `the first interval counts from now`() throws {
    #expect(try interval(45).next(after: instant("2026-11-21T10:00:10Z"), lastScheduled: nil)?.iso == "2026-11-21T10:45:10Z")
  }

  @Test func `an interval passes over excluded days without losing its beat`() throws {
    let schedule = try interval(7, weekends: true)
    let last = try instant("2026-11-20T23:59:00Z")
    let next = try #require(try schedule.next(after: last, lastScheduled: last))
    #expect(next.iso == "2026-11-23T00:03:00Z")
    #expect(next.seconds(since: last) % 420 == 0)
  }

  @Test func `a clock that was set back fires nothing twice`() throws {
    let last = try instant("2026-11-21T09:00:00Z")
    #expect(try cron("0 * * * *").next(after: last.advanced(hours: -3), lastScheduled: last)?.iso == "2026-11-21T10:00:00Z")
    #expect(try interval(30).next(after: last.advanced(hours: -3), lastScheduled: last)?.iso == "2026-11-21T09:30:00Z")
  }

  @Test func `the end of time is never, not a trap`() throws {
    for schedule in try [cron("* * * * *"), interval(1), interval(525_600), cron("0 9 * * *", weekends: true)] {
      #expect(throws: ScheduleError.neverFires) { try schedule.next(after: .distantFuture, lastScheduled: nil) }
      #expect(throws: Never.self) { try schedule.next(after: .distantPast, lastScheduled: nil) }
      #expect(schedule.upcoming(after: .distantFuture, count: 5) == [])
      #expect(schedule.occurrences(after: .distantFuture, through: .distantFuture) == nil)
    }
  }
}
