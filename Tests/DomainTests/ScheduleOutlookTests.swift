import Testing

@testable import Domain

@Suite struct ScheduleOutlookTests {
  private func schedule(_ text: String, _ name: String = "UTC", weekends: Bool = false, excluding days: [Day] = []) throws -> Schedule {
    try Schedule(.recurring(Cron(text)), zone: zone(name), excludedDays: Set(days), excludesWeekends: weekends)
  }

  private func list(_ upcoming: [Schedule.Upcoming]) -> [String] {
    upcoming.map { ($0.excluded ? "not " : "") + $0.instant.iso.prefix(16) }
  }

  @Test func `the preview lists the times that fire, and the excluded ones between them`() throws {
    let upcoming = try schedule("0 9 * * *", weekends: true).upcoming(after: instant("2026-11-19T12:00:00Z"), count: 3)
    #expect(
      list(upcoming) == ["2026-11-20T09:00", "not 2026-11-21T09:00", "not 2026-11-22T09:00", "2026-11-23T09:00", "2026-11-24T09:00"])
  }

  @Test func `an excluded day is listed once, however often it would have fired`() throws {
    let upcoming = try schedule("* * * * *", weekends: true).upcoming(after: instant("2026-11-20T23:58:00Z"), count: 3)
    #expect(
      list(upcoming) == [
        "2026-11-20T23:59", "not 2026-11-21T00:00", "not 2026-11-22T00:00", "2026-11-23T00:00", "2026-11-23T00:01",
      ])
  }

  @Test func `a long exclusion does not fill the page`() throws {
    let days = try (0..<300).map { try day("2026-12-01").advanced(by: $0) }
    let upcoming = try schedule("0 9 * * *", excluding: days).upcoming(after: instant("2026-11-30T00:00:00Z"), count: 5)
    #expect(upcoming.filter(\.excluded).count == Schedule.listedExclusions)
    #expect(upcoming.filter { !$0.excluded }.map(\.instant.iso).prefix(2) == ["2026-11-30T09:00:00Z", "2027-09-27T09:00:00Z"])
    #expect(upcoming.filter { !$0.excluded }.count == 5)
  }

  @Test func `what fires agrees with asking for the next time again and again`() throws {
    for text in ["*/20 * * * *", "30 2 * * *", "0 0 L * *", "0 9 13 * FRI"] {
      let schedule = try schedule(text, "America/New_York", weekends: true)
      var moment = try instant("2027-03-10T00:00:00Z")
      for entry in schedule.upcoming(after: moment, count: 100) where !entry.excluded {
        moment = try #require(try schedule.next(after: moment, lastScheduled: nil))
        #expect(entry.instant == moment)
      }
    }
  }

  @Test func `a single time, an interval and a schedule that never fires have a preview too`() throws {
    let now = try instant("2026-11-21T10:00:00Z")
    let once = try Schedule(.once(at: now.advanced(days: 1)), zone: .utc, excludesWeekends: true)
    #expect(list(once.upcoming(after: now, count: 5)) == ["not 2026-11-22T10:00"])
    #expect(once.upcoming(after: now.advanced(days: 1), count: 5) == [])
    let interval = try Schedule(.interval(minutes: 90), zone: .utc)
    #expect(list(interval.upcoming(after: now, count: 2)) == ["2026-11-21T11:30", "2026-11-21T13:00"])
    #expect(list(interval.upcoming(after: now, lastScheduled: now.advanced(minutes: -30), count: 1)) == ["2026-11-21T11:00"])
    #expect(try schedule("0 0 30 2 *").upcoming(after: now, count: 5) == [])
    #expect(try schedule("0 0 * * *").upcoming(after: now, count: 0) == [])
  }

  @Test func `after downtime the newest missed occurrence is known, the first, and how many`() throws {
    let missed = try schedule("0 9 * * *", weekends: true).occurrences(
      after: instant("2026-11-19T09:00:00Z"), through: instant("2026-11-24T09:00:00Z"))
    #expect(missed?.count == 3)
    #expect(missed?.first.iso == "2026-11-20T09:00:00Z")
    #expect(missed?.newest.iso == "2026-11-24T09:00:00Z")
  }

  @Test func `nothing missed is nothing`() throws {
    let schedule = try schedule("0 9 * * *")
    let nine = try instant("2026-11-21T09:00:00Z")
    #expect(schedule.occurrences(after: nine, through: nine.advanced(hours: 23)) == nil)
    #expect(schedule.occurrences(after: nine, through: nine) == nil)
    #expect(schedule.occurrences(after: nine, through: nine.advanced(days: -5)) == nil)
    #expect(schedule.occurrences(after: nine.advanced(days: -2), through: nine, lastScheduled: nine) == nil)
  }

  @Test func `a year of every minute is counted to the end`() throws {
    let start = try instant("2025-11-21T10:00:00Z")
    // Berlin's hour that is left out and the one that comes twice make up for each other.
    let missed = try schedule("* * * * *", "Europe/Berlin").occurrences(
      after: start, through: start.advanced(days: 365).advanced(seconds: 30))
    #expect(missed?.count == 365 * 1440)
    #expect(missed?.newest == start.advanced(days: 365))
    let interval = try Schedule(.interval(minutes: 1), zone: .utc, excludesWeekends: true)
    // 21 November 2026 is a Saturday: the newest is the last minute of Friday. 2025's is a Friday, of which 14 hours are left.
    let all = interval.occurrences(after: start, through: start.advanced(days: 365))
    #expect(all?.newest.iso == "2026-11-20T23:59:00Z")
    #expect(all?.count == 260 * 1440 + 14 * 60 - 1)
  }

  @Test(
    arguments: [
      ("0 9 * * *", "UTC", "2016-11-21T09:00:00Z", "2026-11-21T09:00:00Z", 3652),
      ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", 2),
      ("*/30 * * * *", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 46),
      ("*/30 * * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 50),
      ("0 0 29 2 *", "UTC", "2016-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 3),
      ("30 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", 2),
      ("0 * * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", "2012-01-01T12:00:00Z", 72),
    ])
  func `what was missed is counted by the clocks there`(text: String, zone: String, from: String, to: String, count: Int) throws {
    let missed = try schedule(text, zone).occurrences(after: try instant(from), through: try instant(to))
    #expect(missed?.count == count)
  }

  @Test(arguments: ["*/7 * * * *", "0,30 1-2 * * *", "0 0 * * 1", "15 */3 1-20 * *", "every 17"], [true, false])
  func `counting by days and walking agree`(text: String, weekends: Bool) throws {
    let every = text == "every 17" ? Schedule.Kind.interval(minutes: 17) : .recurring(try Cron(text))
    let schedule = try Schedule(every, zone: try zone("America/New_York"), excludesWeekends: weekends)
    var generator = Seeded(5)
    for _ in 0..<20 {
      let start = try instant("2026-01-01T00:00:00Z").advanced(minutes: Int.random(in: 0...500_000, using: &generator))
      let end = start.advanced(minutes: Int.random(in: 0...30_000, using: &generator))
      var walked: [Instant] = []
      while let next = try? schedule.next(after: walked.last ?? start, lastScheduled: start), next <= end { walked.append(next) }
      let missed = schedule.occurrences(after: start, through: end)
      #expect(missed?.count ?? 0 == walked.count)
      #expect(missed?.first == walked.first && missed?.newest == walked.last)
    }
  }
}
