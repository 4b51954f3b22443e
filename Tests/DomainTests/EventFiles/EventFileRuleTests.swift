import Testing

@testable import Domain

@Suite struct EventFileRuleTests {
  /// Hard case 17.
  @Test func `a rule that cannot be is refused with the part that is wrong`() throws {
    let rows: [(String, RecurrenceError)] = [
      ("FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", .positionOutOfReach(2, most: 1)),
      ("FREQ=DAILY;INTERVAL=0", .outOfRange(.interval, value: 0, allowed: 1...999)), ("FREQ=SECONDLY", .tooFine("SECONDLY")),
      ("BYDAY=MO", .noFrequency), ("RSCALE=CHINESE;FREQ=YEARLY", .unknownPart("RSCALE=CHINESE")),
      ("FREQ=DAILY;COUNT=5001", .outOfRange(.count, value: 5_001, allowed: 1...5_000)),
      ("FREQ=WEEKLY;BYMONTHDAY=3", .notWith(.monthDays, "FREQ=WEEKLY")),
      ("FREQ=DAILY;FREQ=DAILY", .twice(.frequency)),
    ]
    for (rule, error) in rows {
      #expect(try EventFiles.refusal("DTSTART:20270310T090000\nRRULE:\(rule)") == .rule(error), "\(rule)")
    }
    #expect(try EventFiles.refusal("DTSTART;VALUE=DATE:20270310\nRRULE:FREQ=HOURLY") == .rule(.tooFine("HOURLY")))
    // What never comes, by all parts that would have to meet; a part alone does not meet the day of the start.
    let never: [(String, [Recurrence.Part])] = [
      ("20270310T090000\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", [.months, .monthDays]),
      ("20270310T090000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", [.months, .monthDays]),
      ("20270310T090000\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO", [.months, .weekNumbers, .weekdays]),
      ("20270310T090000\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=9;BYSETPOS=1", [.months, .monthDays]),
      ("20270130T090000\nRRULE:FREQ=YEARLY;BYMONTH=2", [.months]),
    ]
    for (lines, parts) in never { #expect(try EventFiles.refusal("DTSTART:\(lines)") == .neverComes(parts), "\(lines)") }
  }

  /// Hard case 17: of ten thousand a fiftieth, in a fiftieth of the time that all may take.
  @Test func `a file of rules that never meet is read to its end`() throws {
    let rules = [
      "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
      "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
    ]
    let events = (0..<200).map { "BEGIN:VEVENT\nUID:\($0)\nDTSTART:2027031\($0 % 10)T090000\nRRULE:\(rules[$0 % 4])\nEND:VEVENT\n" }
    let start = ContinuousClock.now
    let file = try EventFiles.read("BEGIN:VCALENDAR\n" + events.joined() + "END:VCALENDAR\n")
    #expect(file.entries.isEmpty && file.refused.count == 200)
    #expect(file.refused.map(\.line) == (0..<200).map { 2 + 5 * $0 })
    // Without optimisation, beside other tests.
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `what files may say and forms may not is taken`() throws {
    let rows: [(String, String)] = [
      ("FREQ=DAILY;COUNT=3;UNTIL=20270401", "FREQ=DAILY;COUNT=3;UNTIL=20270401"),
      ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT", "FREQ=YEARLY"),
      // Hard case 18: Monday from a Wednesday; the start is the first all the same.
      ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "FREQ=WEEKLY;COUNT=3;BYDAY=MO"),
      // Hours have the start's minute.
      ("FREQ=DAILY;BYHOUR=9,15", "FREQ=DAILY;BYHOUR=9,15;BYMINUTE=30"), ("FREQ=HOURLY;INTERVAL=7", "FREQ=HOURLY;INTERVAL=7;BYMINUTE=30"),
      ("FREQ=YEARLY;INTERVAL=999", "FREQ=YEARLY;INTERVAL=999"),
      ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"),
    ]
    for (rule, expected) in rows {
      #expect(try EventFiles.one("DTSTART:20270310T093000\nRRULE:\(rule)").rule?.text == expected, "\(rule)")
    }
    #expect(throws: RecurrenceError.twoEnds) { try Recurrence("FREQ=DAILY;COUNT=3;UNTIL=20270401") }
    let several = try EventFiles.one("DTSTART:20270310T090000Z\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=YEARLY")
    #expect(several.rule?.text == "FREQ=DAILY" && several.remarks == [.furtherRules(2)])
    let over = try EventFiles.one("DTSTART:20270310T090000Z\nRRULE:FREQ=DAILY;UNTIL=20260101T000000Z")
    #expect(over.rule == nil && over.remarks == [.ruleIsOver])
    let changed = try EventFiles.one("DTSTART:20270310T090000Z\nRECURRENCE-ID:20270310T080000Z\nRRULE:FREQ=DAILY\nEXDATE:20270310T090000Z")
    #expect(changed.rule == nil && changed.exdates.isEmpty)
  }

  /// Hard case 19: an UNTIL is kept as it was written, since what it means depends on that.
  @Test func `an end is a date, a wall or an instant`() throws {
    let rows: [(String, Recurrence.End)] = [
      ("20270401", .day(try day("2027-04-01"))), ("20270401T090000", .wall(try local("2027-04-01T09:00"))),
      ("20201025T010000Z", .instant(try instant("2020-10-25T01:00:00Z"))),
    ]
    for (until, end) in rows {
      let entry = try EventFiles.one("DTSTART;TZID=Europe/Amsterdam:20201001T023000\nRRULE:FREQ=DAILY;UNTIL=\(until)")
      #expect(entry.rule?.end == end)
    }
  }

  /// Hard case 20.
  @Test func `what is left out is named by wall, by instant or by date, and each way names the same`() throws {
    let entry = try EventFiles.one(
      """
      DTSTART:20270310T090000
      RRULE:FREQ=DAILY
      EXDATE;VALUE=DATE:20270311
      EXDATE:20270312T090000,20270312T090000
      EXDATE;TZID=Europe/Berlin:20270313T150000
      EXDATE:20270312T140000Z
      RDATE;VALUE=PERIOD:20270401T180000/PT1H
      RDATE;VALUE=DATE:20270402
      """)
    #expect(
      entry.exdates.map { EventFiles.said($0) } == [
        "2027-03-11", "2027-03-12T09:00 America/New_York", "2027-03-13T15:00 Europe/Berlin", "2027-03-12T14:00:00Z",
      ])
    #expect(entry.rdates.map { EventFiles.said($0) } == ["2027-04-01T18:00 America/New_York", "2027-04-02"])
    #expect(entry.remarks == [.floating, .periods])
    let names = entry.exdates.map { EventFiles.said($0.named(in: entry.times)) }
    #expect(names == ["2027-03-11", "2027-03-12T14:00:00Z", "2027-03-13T14:00:00Z", "2027-03-12T14:00:00Z"])
    #expect(entry.exdates.map { $0.wall(in: entry.zone)?.text } == [nil, "2027-03-12T09:00", "2027-03-13T09:00", "2027-03-12T09:00"])
    // Of days: the date where it was written.
    let days = try EventFiles.one(
      "DTSTART;VALUE=DATE:20270310\nRRULE:FREQ=DAILY\nEXDATE;TZID=Asia/Tokyo:20270311T000000\nEXDATE:20270312T000000Z")
    #expect(days.exdates.map { EventFiles.said($0.named(in: days.times)) } == ["2027-03-11", "2027-03-12"])
  }
}
