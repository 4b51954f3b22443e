import Testing

@testable import Domain

/// Which instances a series has (RULES 9.19–9.22).
@Suite struct EventSeriesTests {
  @Test func `over a change of the clocks each instance keeps its time on the wall`() throws {
    let rows: [(String, String, [String], moved: Int?)] = [
      // Hard case 11: the 14th says 03:30.
      ("2027-03-13T02:30", "America/New_York", ["2027-03-13T07:30", "2027-03-14T07:30", "2027-03-15T06:30"], 1),
      // Hard case 12.
      ("2027-11-06T01:30", "America/New_York", ["2027-11-06T05:30", "2027-11-07T05:30", "2027-11-08T06:30"], nil),
      ("2027-09-04T00:00", "America/Santiago", ["2027-09-04T04:00", "2027-09-05T04:00", "2027-09-06T03:00"], 1),
      ("2027-10-02T02:15", "Australia/Lord_Howe", ["2027-10-01T15:45", "2027-10-02T15:45", "2027-10-03T15:15"], 1),
    ]
    for (start, place, starts, moved) in rows {
      let daily = try series(times(start, nil, place), "FREQ=DAILY;COUNT=3")
      #expect(daily.starts() == starts, "\(place)")
      let flags = daily.next(after: .distantPast, most: 3).map(\.isMovedByClocks)
      #expect(flags == (0..<3).map { $0 == moved }, "\(place)")
    }
    let night = try series(times("2027-03-13T02:30", "2027-03-13T03:00"), "FREQ=DAILY;COUNT=3")
    let there = try zone("America/New_York")
    let shown = night.next(after: .distantPast, most: 3).map { "\(there.local($0.start).time.text)–\(there.local($0.end).time.text)" }
    #expect(shown == ["02:30–03:00", "03:30–04:00", "02:30–03:00"])
    // Two of one instant are one, the one that says it.
    let twice = try series(times("2027-03-13T02:30"), "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30")
    #expect(twice.keys(4) == ["20270313T023000", "20270313T033000", "20270314T033000", "20270315T023000"])
  }

  @Test func `rules give the days that they name`() throws {
    // Hard case 16.
    let rows: [(String, String, [String])] = [
      ("2027-01-31T10:00", "FREQ=MONTHLY", ["20270131", "20270331", "20270531", "20270731", "20270831"]),
      ("2027-01-29T10:00", "FREQ=MONTHLY;BYDAY=5FR", ["20270129", "20270430", "20270730", "20271029", "20271231"]),
      ("2028-02-29T10:00", "FREQ=YEARLY", ["20280229", "20320229", "20360229"]),
      ("2027-01-29T10:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["20270129", "20270226", "20270331", "20270430"]),
      ("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", ["19970805", "19970810", "19970819", "19970824"]),
      ("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", ["19970805", "19970817", "19970819", "19970831"]),
      ("2027-03-10T10:15", "FREQ=HOURLY;COUNT=3", ["20270310T101500", "20270310T111500", "20270310T121500"]),
      ("2027-03-10T08:30", "FREQ=DAILY;BYHOUR=9;COUNT=2", ["20270310T093000", "20270311T093000"]),
      ("2027-03-10T08:30", "FREQ=YEARLY;INTERVAL=150", ["20270310", "21770310"]),
      ("2027-03-10T08:30", "RSCALE=GREGORIAN;FREQ=WEEKLY;INTERVAL=999", ["20270310", "20460502"]),
    ]
    for (start, rule, keys) in rows {
      let found = try series(times(start), rule).keys(keys.count)
      #expect(zip(found, keys).allSatisfy { $0.utf8.starts(with: $1.utf8) } && found.count == keys.count, "\(rule) gave \(found)")
    }
    let odd = EventSeries(try EventTimes(from: LocalTime(day: day("2027-03-10"), time: TimeOfDay(clamping: 36_030)), zone: .utc))
    let seconds = EventSeries(odd.times, rule: try Recurrence("FREQ=DAILY;COUNT=2"))
    #expect(seconds.keys() == ["20270310T100030", "20270311T100030"])
    let whole = try series(wholeDays("2027-03-10", "2027-03-11"), "FREQ=WEEKLY;COUNT=2;BYHOUR=9")
    #expect(whole.keys() == ["20270310", "20270317"] && whole.next(after: .distantPast, most: 1)[0].end.iso == "2027-03-12T00:00:00Z")
  }

  @Test func `a start that its rule does not give moves on a form and counts in a file`() throws {
    // Hard case 18.
    let (start, rule) = (try times("2027-01-07T10:00"), "FREQ=WEEKLY;BYDAY=MO;COUNT=3")
    let form = try series(start, rule)
    #expect(form.keys() == ["20270111T100000", "20270118T100000", "20270125T100000"] && form.times.start.day.iso == "2027-01-11")
    #expect(try series(start, rule, file: true).keys() == ["20270107T100000", "20270111T100000", "20270118T100000"])
    #expect(try series(start, "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260101", file: true).keys() == ["20270107T100000"])
    // Whichever ends first.
    #expect(try series(start, "FREQ=DAILY;COUNT=3;UNTIL=20270108", file: true).keys().count == 2)
    #expect(try series(start, "FREQ=DAILY;COUNT=3;UNTIL=20270120", file: true).keys().count == 3)
  }

  @Test func `the last time of a rule is in`() throws {
    // Hard case 19.
    let start = try times("2027-03-10T10:00")
    for (until, count) in [
      ("20270312", 3), ("20270312T150000Z", 3), ("20270312T145959Z", 2), ("20270312T100000", 3), ("20270312T095959", 2),
    ] {
      let daily = try series(start, "FREQ=DAILY;UNTIL=" + until)
      #expect(daily.keys().count == count, "\(until)")
      #expect(daily.seriesUntil == daily.next(after: .distantPast, most: 9).last?.end)
    }
    let repeated = try series(times("2020-10-23T02:30", nil, "Europe/Amsterdam"), "FREQ=DAILY;UNTIL=20201025T010000Z")
    #expect(repeated.starts() == ["2020-10-23T00:30", "2020-10-24T00:30", "2020-10-25T00:30"])
    let days = try wholeDays("2027-03-10")
    for until in ["20270312", "20270312T000000Z", "20270312T230000"] {
      #expect(try series(days, "FREQ=DAILY;UNTIL=" + until).keys().count == 3, "\(until)")
    }
    #expect(try series(start, "FREQ=DAILY").seriesUntil == nil)
    #expect(try series(times("2027-03-10T10:00", "2027-03-10T11:00"), "FREQ=MONTHLY;COUNT=3").seriesUntil?.iso == "2027-05-10T15:00:00Z")
  }

  @Test func `a date leaves out what it names in whichever form`() throws {
    // Hard case 20.
    let start = try times("2027-03-10T10:00", "2027-03-10T11:00")
    let (all, without) = (["20270310T100000", "20270311T100000", "20270312T100000"], ["20270310T100000", "20270312T100000"])
    for date in ["20270311", "20270311T100000", "20270311T150000Z", "TZID=Europe/Berlin:20270311T160000"] {
      #expect(try series(start, "FREQ=DAILY;COUNT=3", without: [date]).keys() == without, "\(date)")
    }
    let days = try wholeDays("2027-03-10")
    for date in ["20270311", "20270311T233000", "TZID=Pacific/Kiritimati:20270311T000000"] {
      #expect(try series(days, "FREQ=DAILY;COUNT=3", without: [date]).keys() == ["20270310", "20270312"], "\(date)")
    }
    let unmet = try series(start, "FREQ=DAILY;COUNT=3", without: ["20270311T120000"])
    #expect(unmet.keys() == all && unmet.exdates.count == 1)
    let moved = try unmet.editing(SeriesEdit(.all, of: nil, times: times("2027-03-10T12:00", "2027-03-10T13:00")))
    let after = try #require(moved.series)
    #expect(after.keys() == ["20270310T120000", "20270312T120000"] && after.exdates == unmet.exdates && moved.dropped == 0)
  }

  @Test func `dates besides the rule are instances, each once`() throws {
    let start = try times("2027-03-10T10:00", "2027-03-10T11:00")
    let more = try series(
      start, "FREQ=DAILY;COUNT=2", without: ["20270320"], with: ["20270311T100000", "20270315", "20270318T150000Z", "20270320"])
    #expect(more.keys() == ["20270310T100000", "20270311T100000", "20270315T100000", "20270318T110000"])
    #expect(try series(start, nil, with: ["20270309T080000"]).keys() == ["20270309T080000", "20270310T100000"])
    #expect(more.seriesUntil?.iso == "2027-03-20T15:00:00Z")
  }

  @Test func `an exception stands for its instance, or for itself`() throws {
    // Hard case 21.
    let daily = try series(times("2027-03-10T10:00", "2027-03-10T11:00"), "FREQ=DAILY;COUNT=3")
    let onto = EventOverride(try key("20270310T100000"), times: try times("2027-03-11T10:00", "2027-03-11T11:00"))
    let both = daily.changed([onto])
    #expect(both.starts() == ["2027-03-11T15:00", "2027-03-11T15:00", "2027-03-12T15:00"])
    #expect(both.keys() == ["20270310T100000", "20270311T100000", "20270312T100000"])
    let tenth = SeriesDate.day(try day("2027-03-10"))
    #expect(both.with(exdates: [tenth]).keys() == ["20270311T100000", "20270312T100000"])
    let deleted = try #require(try both.deleting(onto.key, .this).series)
    #expect(deleted.keys() == ["20270311T100000", "20270312T100000"] && deleted.overrides.isEmpty && deleted.instance(onto.key) == nil)
    // Not given by the rule: one of its own, also with the time that the series has.
    let lone = daily.changed([EventOverride(try key("20270320T080000")), EventOverride(try key("20270311T100000"), isCancelled: true)])
    #expect(lone.keys() == ["20270310T100000", "20270311T100000", "20270312T100000", "20270320T080000"])
    let marks = lone.next(after: .distantPast, most: 9)
    #expect(marks.map(\.isChanged) == [false, true, false, true] && marks.map(\.isCancelled) == [false, true, false, false])
    // Moved far away it is found there, and not where it was.
    let away = daily.changed([EventOverride(try key("20270311T100000"), times: try times("2028-06-01T10:00", "2028-06-01T11:00"))])
    let (there, here) = (try instant("2028-06-01T00:00:00Z"), try instant("2027-03-11T00:00:00Z"))
    #expect(away.instances(overlapping: there..<there.advanced(days: 1), most: 9).count == 1)
    #expect(away.instances(overlapping: here..<here.advanced(days: 1), most: 9).isEmpty)
    let (moved, wrong) = (try key("20270311T100000"), try key("20270311"))
    #expect(away.instance(moved)?.start.iso == "2028-06-01T14:00:00Z" && daily.instance(wrong) == nil)
  }

  @Test func `a RECURRENCE-ID names the same instance in each form`() throws {
    let daily = try series(times("2027-03-13T02:30"), "FREQ=DAILY;COUNT=3")
    for text in ["20270314", "20270314T023000", "20270314T073000Z", "TZID=Europe/Berlin:20270314T083000"] {
      let date = try #require(try dates([text]).first)
      #expect(daily.key(for: date).text == "20270314T023000", "\(text)")
    }
    let days = try series(wholeDays("2027-03-13"), "FREQ=DAILY;COUNT=3")
    for date in try dates(["20270314", "20270314T023000", "TZID=Pacific/Kiritimati:20270314T000000"]) {
      #expect(days.key(for: date).text == "20270314")
    }
  }
}
