import Testing

@testable import Domain

/// Schedules by rule: what comes next, what was missed, what is left out and over.
@Suite struct ScheduleRuleTests {
  private func schedule(
    _ rule: String, from start: String = "2027-03-10T09:00", _ name: String = "UTC", except days: [String] = [], weekends: Bool = false
  ) throws -> Schedule {
    try Schedule(
      .rule(Recurrence(rule), from: local(start)), zone: zone(name), excludedDays: Set(days.map { try day($0) }), excludesWeekends: weekends
    )
  }

  private func next(_ schedule: Schedule, _ moment: String, count: Int = 5) throws -> [String] {
    schedule.upcoming(after: try instant(moment), count: count).map { $0.instant.iso + ($0.excluded ? " excluded" : "") }
  }

  @Test func `a time that the clocks skip comes with the offset before the gap, one that they repeat at its first`() throws {
    let nightly = try schedule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", from: "2027-03-10T02:30", "America/New_York")
    #expect(
      try next(nightly, "2027-03-13T00:00:00Z", count: 3) == ["2027-03-13T07:30:00Z", "2027-03-14T07:30:00Z", "2027-03-15T06:30:00Z"])
    let early = try schedule("FREQ=DAILY;BYHOUR=1;BYMINUTE=30", from: "2027-03-10T01:30", "America/New_York")
    #expect(try next(early, "2027-11-06T12:00:00Z", count: 2) == ["2027-11-07T05:30:00Z", "2027-11-08T06:30:00Z"])
    #expect(try next(early, "2027-11-07T05:30:00Z", count: 1) == ["2027-11-08T06:30:00Z"])
  }

  /// 02:30 is read as 03:30, which 03:00 overtakes and 03:30 meets.
  @Test func `what the gap moves keeps the order of the clock and fires once`() throws {
    let both = try schedule("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30", from: "2027-03-10T02:00", "America/New_York")
    #expect(
      try next(both, "2027-03-14T06:00:00Z", count: 3) == ["2027-03-14T07:00:00Z", "2027-03-14T07:30:00Z", "2027-03-15T06:00:00Z"])
    #expect(both.occurrences(after: try instant("2027-03-14T06:00:00Z"), through: try instant("2027-03-14T09:00:00Z"))?.count == 2)
    #expect(try both.next(after: instant("2027-03-14T07:10:00Z"), lastScheduled: nil) == instant("2027-03-14T07:30:00Z"))
  }

  /// Samoa had no 30 December 2011.
  @Test func `a day that a place left out comes a day later`() throws {
    let noon = try schedule("FREQ=DAILY;BYHOUR=12;BYMINUTE=0", from: "2011-12-01T12:00", "Pacific/Apia")
    #expect(
      try next(noon, "2011-12-29T00:00:00Z", count: 3) == ["2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z", "2011-12-31T22:00:00Z"])
  }

  @Test func `the next time is strictly after now and never at or before the last one`() throws {
    let daily = try schedule("FREQ=DAILY;BYHOUR=9;BYMINUTE=0")
    #expect(try daily.next(after: instant("2027-03-10T09:00:00Z"), lastScheduled: nil) == instant("2027-03-11T09:00:00Z"))
    #expect(try daily.next(after: instant("2027-03-01T09:00:00Z"), lastScheduled: nil) == instant("2027-03-10T09:00:00Z"))
    let last = try instant("2027-03-20T09:00:00Z")
    #expect(try daily.next(after: instant("2027-03-12T00:00:00Z"), lastScheduled: last) == instant("2027-03-21T09:00:00Z"))
  }

  @Test func `the 31st skips short months and 29 February other years`() throws {
    let monthly = try schedule("FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=0", from: "2027-03-31T09:00")
    #expect(
      try next(monthly, "2027-03-10T10:00:00Z", count: 4)
        == ["2027-03-31T09:00:00Z", "2027-05-31T09:00:00Z", "2027-07-31T09:00:00Z", "2027-08-31T09:00:00Z"])
    let leap = try schedule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9;BYMINUTE=0", from: "2028-02-29T09:00")
    #expect(try next(leap, "2027-03-10T10:00:00Z", count: 2) == ["2028-02-29T09:00:00Z", "2032-02-29T09:00:00Z"])
  }

  @Test func `excluded days are skipped, listed, and counted by COUNT`() throws {
    let days = try schedule("FREQ=DAILY;COUNT=4;BYHOUR=9;BYMINUTE=0", except: ["2027-03-11"])
    #expect(
      try next(days, "2027-03-10T00:00:00Z")
        == ["2027-03-10T09:00:00Z", "2027-03-11T09:00:00Z excluded", "2027-03-12T09:00:00Z", "2027-03-13T09:00:00Z"])
    let weekdays = try schedule("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", weekends: true)
    #expect(
      try next(weekdays, "2027-03-12T10:00:00Z", count: 2)
        == ["2027-03-12T21:00:00Z", "2027-03-13T09:00:00Z excluded", "2027-03-14T09:00:00Z excluded", "2027-03-15T09:00:00Z"])
    let missed = try #require(days.occurrences(after: try instant("2027-03-10T00:00:00Z"), through: try instant("2027-03-20T00:00:00Z")))
    #expect(try missed == Schedule.Missed(count: 3, first: instant("2027-03-10T09:00:00Z"), newest: instant("2027-03-13T09:00:00Z")))
  }

  @Test func `a rule is over after its count or its end, both inclusive`() throws {
    let three = try schedule("FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0")
    #expect(try !three.isOver(after: instant("2027-03-12T08:59:59Z")))
    #expect(try three.isOver(after: instant("2027-03-12T09:00:00Z")))
    #expect(throws: ScheduleError.neverFires) { try three.next(after: instant("2027-03-12T09:00:00Z"), lastScheduled: nil) }
    let berlin = "Europe/Berlin"
    for end in ["20270312", "20270312T090000", "20270312T080000Z"] {
      let until = try schedule("FREQ=DAILY;UNTIL=\(end);BYHOUR=9;BYMINUTE=0", berlin)
      #expect(try next(until, "2027-03-10T00:00:00Z").last == "2027-03-12T08:00:00Z", "\(end)")
      let last = try instant("2027-03-12T08:00:00Z")
      #expect(until.isOver(after: last))
    }
    let before = try schedule("FREQ=DAILY;UNTIL=20270312T075959Z;BYHOUR=9;BYMINUTE=0", berlin)
    #expect(try next(before, "2027-03-10T00:00:00Z").last == "2027-03-11T08:00:00Z")
    #expect(try !schedule("FREQ=DAILY;BYHOUR=9;BYMINUTE=0").isOver(after: instant("2100-01-01T00:00:00Z")))
  }

  @Test func `the first time is soon enough within five years, a later one may be ten years off`() throws {
    let now = try instant("2027-03-10T00:00:00Z")
    let rare = try schedule("FREQ=YEARLY;INTERVAL=10;BYMONTH=3;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0")
    let second = try #require(try rare.next(after: instant("2027-03-10T09:00:00Z"), lastScheduled: nil))
    #expect(try second == instant("2037-03-10T09:00:00Z"))
    #expect(!rare.isSoonEnough(second, after: now))
    #expect(try rare.isSoonEnough(instant("2032-03-10T09:00:00Z"), after: now))
  }

  @Test(arguments: [
    ("FREQ=YEARLY;INTERVAL=11;BYMONTH=3;BYMONTHDAY=10", "2038-03-10"), ("FREQ=YEARLY;INTERVAL=99;BYMONTH=3;BYMONTHDAY=10", "2126-03-10"),
    // The second Wednesday is the 10th in 2027 and later in its month then.
    ("FREQ=YEARLY;INTERVAL=13;BYMONTH=3;BYDAY=2WE", "2040-03-14"), ("FREQ=MONTHLY;INTERVAL=120;BYDAY=2WE", "2037-03-11"),
  ])
  func `what comes every so many years goes on after its first time, however many they are`(rule: String, second: String) throws {
    let rare = try schedule(rule + ";BYHOUR=9;BYMINUTE=0")
    #expect(try next(rare, "2027-03-10T00:00:00Z", count: 2) == ["2027-03-10T09:00:00Z", second + "T09:00:00Z"])
    #expect(try rare.next(after: instant("2027-03-10T09:00:00Z"), lastScheduled: nil) == instant(second + "T09:00:00Z"))
  }

  /// A year of downtime and rules that step by the hour: read off one after the other, not looked up.
  @Test(arguments: [
    ("FREQ=HOURLY;BYMINUTE=0,15,30,45", 35_040), ("FREQ=HOURLY;INTERVAL=5;BYMINUTE=0", 1_752),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;BYHOUR=9;BYMINUTE=0", 26),
  ])
  func `years of downtime are counted`(rule: String, count: Int) throws {
    let all = try schedule(rule, from: "2027-03-10T00:00")
    let (from, to) = (try instant("2028-03-10T00:00:00Z"), try instant("2029-03-10T00:00:00Z"))
    #expect(all.occurrences(after: from, through: to)?.count == count)
  }
}
