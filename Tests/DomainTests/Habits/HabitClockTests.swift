import Testing

@testable import Domain

/// Which date a tick belongs to (RULES 5.1, 5.2).
@Suite struct HabitClockTests {
  /// New York: 2027-03-14 has no 02:00 to 03:00, on 2027-11-07 01:00 to 02:00 comes twice. A day start is elapsed time after midnight: on those
  /// nights 3 hours after it the clocks show 04:00 and 02:00.
  @Test(arguments: [
    (0, "2027-01-06T04:59:59Z", "2027-01-05"), (0, "2027-01-06T05:00:00Z", "2027-01-06"),
    (3, "2027-01-06T07:59:59Z", "2027-01-05"), (3, "2027-01-06T08:00:00Z", "2027-01-06"),
    (0, "2027-03-14T04:59:59Z", "2027-03-13"), (0, "2027-03-14T05:00:00Z", "2027-03-14"),
    (0, "2027-03-15T03:59:59Z", "2027-03-14"), (0, "2027-03-15T04:00:00Z", "2027-03-15"),
    (3, "2027-03-14T07:59:59Z", "2027-03-13"), (3, "2027-03-14T08:00:00Z", "2027-03-14"),
    (0, "2027-11-07T03:59:59Z", "2027-11-06"), (0, "2027-11-07T04:00:00Z", "2027-11-07"),
    (0, "2027-11-08T04:59:59Z", "2027-11-07"), (0, "2027-11-08T05:00:00Z", "2027-11-08"),
    (3, "2027-11-07T06:59:59Z", "2027-11-06"), (3, "2027-11-07T07:00:00Z", "2027-11-07"),
    (6, "2027-01-06T10:59:59Z", "2027-01-05"), (6, "2027-01-06T11:00:00Z", "2027-01-06"),
  ])
  func `hard case 1: a date begins at the day start, on nights of a clock change too`(dayStart: Int, iso: String, date: String) throws {
    let clock = HabitClock(zone: try zone("America/New_York"), dayStart: dayStart)
    #expect(try clock.date(instant(iso)).iso == date)
  }

  @Test func `a day start beyond its bounds is the nearer one`() throws {
    #expect(HabitClock(zone: .utc, dayStart: -1).dayStart == 0)
    #expect(HabitClock(zone: .utc, dayStart: 24).dayStart == 6)
  }

  @Test(arguments: [
    ("America/New_York", 0, "2027-03-14T12:00:00Z", "2027-03-07", "2027-03-14"),
    ("America/New_York", 3, "2027-03-14T07:00:00Z", "2027-03-06", "2027-03-13"),
    ("America/New_York", 0, "2027-11-10T12:00:00Z", "2027-11-03", "2027-11-10"),
    ("America/Santiago", 0, "2027-09-05T12:00:00Z", "2027-08-29", "2027-09-05"),
    ("Asia/Beirut", 0, "2027-03-28T12:00:00Z", "2027-03-21", "2027-03-28"),
    // One further back: 30 December was not there.
    ("Pacific/Apia", 0, "2012-01-01T12:00:00Z", "2011-12-25", "2012-01-02"),
  ])
  func `hard case 1: eight dates are offered, across a clock change too`(
    name: String, dayStart: Int, now: String, first: String, last: String
  ) throws {
    let dates = HabitClock(zone: try zone(name), dayStart: dayStart).offered(at: try instant(now))
    #expect(dates.count == 8)
    #expect(try dates == dates.sorted() && dates.first == day(first) && dates.last == day(last))
    #expect(try Set(dates).count == 8 && !dates.contains(day("2011-12-30")))
  }

  /// Every quarter of an hour around the change: no date is passed over, none comes back, and each was a date there.
  @Test(arguments: [
    ("America/Santiago", "2027-09-01T00:00:00Z"), ("Asia/Beirut", "2027-03-24T00:00:00Z"), ("Pacific/Apia", "2011-12-26T00:00:00Z"),
    ("Australia/Lord_Howe", "2027-04-01T00:00:00Z"), ("Australia/Lord_Howe", "2027-09-30T00:00:00Z"),
    ("Pacific/Kiritimati", "1994-12-27T00:00:00Z"), ("Pacific/Kiritimati", "2027-01-01T00:00:00Z"),
    ("America/Sao_Paulo", "2018-11-01T00:00:00Z"), ("America/Sao_Paulo", "2019-02-14T00:00:00Z"),
  ])
  func `hard case 7: every instant has one date, and every date comes once`(name: String, start: String) throws {
    let (zone, start) = (try zone(name), try instant(start))
    for dayStart in 0...6 {
      let clock = HabitClock(zone: zone, dayStart: dayStart)
      let dates = (0..<960).map { clock.date(start.advanced(minutes: 15 * $0)) }
      #expect(dates == dates.sorted(), "\(name) \(dayStart)")
      let all = (dates[0].number...dates[959].number).map { Day($0) }
      #expect(all.filter(zone.has) == Array(Set(dates)).sorted(), "\(name) \(dayStart)")
      #expect(zone.leftOut(in: dates[0]...dates[959]) == all.filter { !zone.has($0) }, "\(name) \(dayStart)")
    }
  }

  @Test func `hard case 7: a date that a place left out is found by its clock alone`() throws {
    let years = try day("1990-01-01")...day("2030-12-31")
    #expect(try zone("Pacific/Apia").leftOut(in: years).map(\.iso) == ["2011-12-30"])
    #expect(try zone("America/Sao_Paulo").leftOut(in: years).isEmpty)
    let apia = try zone("Pacific/Apia")
    let (left, after) = (try day("2011-12-30"), try day("2011-12-31"))
    #expect(apia.leftOut(in: left...left) == [left] && apia.leftOut(in: after...after).isEmpty)
  }
}
