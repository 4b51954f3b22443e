import Testing

@testable import Domain

/// What is refused of an event's rule, and that it is at once (RULES 9.21).
@Suite struct EventRuleTests {
  /// Hard case 17, and what stands about it.
  private static let refused: [(String, RecurrenceError)] = [
    ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", .neverComes), ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", .neverComes),
    ("FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31", .neverComes), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", .neverComes),
    ("FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", .positionOutOfReach(2, most: 1)),
    ("FREQ=DAILY;INTERVAL=0", .outOfRange(.interval, value: 0, allowed: 1...999)),
    ("FREQ=YEARLY;INTERVAL=1000", .outOfRange(.interval, value: 1_000, allowed: 1...999)), ("FREQ=SECONDLY", .tooFine("SECONDLY")),
    ("FREQ=MINUTELY", .tooFine("MINUTELY")), ("FREQ=DAILY;COUNT=3;UNTIL=20271231", .twoEnds), ("COUNT=3", .noFrequency),
    ("RSCALE=CHINESE;FREQ=YEARLY", .unknownPart("RSCALE=CHINESE")), ("FREQ=YEARLY;SKIP=FORWARD", .unknownPart("SKIP=FORWARD")),
    ("FREQ=DAILY;COUNT=5001", .outOfRange(.count, value: 5_001, allowed: 1...5_000)), ("FREQ=DAILY;UNTIL=20270309", .endsBeforeStart),
    ("FREQ=DAILY;UNTIL=20270310T145959Z", .endsBeforeStart), ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270314", .endsBeforeStart),
  ]

  @Test func `what never comes or says nothing is refused by its part, at once`() throws {
    let (start, clock) = (try times("2027-03-10T10:00"), ContinuousClock())
    for (text, reason) in Self.refused {
      var fastest = Duration.seconds(9)
      for _ in 0..<3 {
        fastest = min(
          fastest,
          clock.measure {
            #expect(throws: reason, "\(text)") {
              _ = try EventSeries(start, rule: try Recurrence(event: text, isStored: false)).begun()
            }
          })
      }
      #expect(fastest < .milliseconds(100), "\(text) took \(fastest)")
    }
    #expect(try Recurrence(event: "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", isStored: false).dayParts == [.months, .monthDays])
    #expect(try Recurrence(event: "FREQ=DAILY;COUNT=3;UNTIL=20271231", isStored: true).count == 3)
  }

  @Test func `whole days do not come by the hour`() throws {
    let hourly = EventSeries(try wholeDays("2027-03-10"), rule: try Recurrence("FREQ=HOURLY"))
    #expect(throws: RecurrenceError.notWith(.frequency, "VALUE=DATE")) { try hourly.begun() }
    #expect(throws: RecurrenceError.notWith(.frequency, "VALUE=DATE")) { try hourly.checkRule() }
    #expect(hourly.keys() == ["20270310"])
  }

  @Test func `a file's rule is judged, but where it begins and ends`() throws {
    func check(_ rule: String) throws {
      try EventSeries(times("2027-01-07T10:00"), rule: Recurrence(event: rule, isStored: true), countsStart: true).checkRule()
    }
    try check("FREQ=WEEKLY;BYDAY=MO")
    try check("FREQ=WEEKLY;BYDAY=MO;UNTIL=20260101")
    #expect(throws: RecurrenceError.neverComes) { try check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") }
    #expect(throws: RecurrenceError.positionOutOfReach(2, most: 1)) { try check("FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2") }
  }

  /// Whatever stands in a file that nobody checked: its instances are looked for, and not for long.
  @Test func `no rule hangs`() throws {
    let (start, clock) = (try times("2027-03-10T10:00"), ContinuousClock())
    let far = try instant("2190-01-01T00:00:00Z")
    for text in [
      "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5000", "FREQ=YEARLY;BYYEARDAY=366;COUNT=5000",
      "FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", "FREQ=HOURLY;INTERVAL=24;BYHOUR=3", "FREQ=YEARLY;INTERVAL=999;COUNT=5000",
      "FREQ=YEARLY;BYWEEKNO=53;BYDAY=5MO;BYMONTH=6", "FREQ=HOURLY;INTERVAL=999;COUNT=5000;BYYEARDAY=-366",
    ] {
      guard let rule = try? Recurrence(event: text, isStored: true) else { continue }
      let spent = clock.measure {
        let series = EventSeries(start, rule: rule, countsStart: true)
        #expect(series.next(after: .distantPast, most: 3).first?.key.text == "20270310T100000", "\(text)")
        #expect(series.instances(overlapping: far..<far.advanced(days: 31), most: 5).count <= 1, "\(text)")
        _ = series.seriesUntil
      }
      #expect(spent < .seconds(5), "\(text) took \(spent)")
    }
  }

  @Test func `a rule goes along where it can say so`() throws {
    let rows = [
      ("FREQ=DAILY", "2027-03-11T10:00", "2027-03-11T12:00", "FREQ=DAILY"),
      ("FREQ=DAILY;BYHOUR=10;BYMINUTE=0", "2027-03-11T10:00", "2027-03-11T12:00", "FREQ=DAILY"),
      ("FREQ=DAILY;BYHOUR=10,14;BYMINUTE=0", "2027-03-11T10:00", "2027-03-11T12:30", "FREQ=DAILY;BYHOUR=12,16;BYMINUTE=30"),
      ("FREQ=WEEKLY;BYDAY=MO,TH", "2027-03-11T10:00", "2027-03-12T10:00", "FREQ=WEEKLY;BYDAY=TU,FR"),
      ("FREQ=WEEKLY;BYDAY=MO,TH", "2027-03-11T10:00", "2027-03-18T10:00", "FREQ=WEEKLY;BYDAY=MO,TH"),
      ("FREQ=MONTHLY;BYMONTHDAY=11", "2027-03-11T10:00", "2027-03-13T10:00", "FREQ=MONTHLY;BYMONTHDAY=13"),
      ("FREQ=MONTHLY;BYDAY=2TH", "2027-03-11T10:00", "2027-03-19T10:00", "FREQ=MONTHLY;BYDAY=3FR"),
      ("FREQ=MONTHLY;BYDAY=-1WE", "2027-03-31T10:00", "2027-04-29T10:00", "FREQ=MONTHLY;BYDAY=-1TH"),
      ("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-03-31T10:00", "2027-03-30T10:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
      ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", "2027-03-31T10:00", "2027-04-02T10:00", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2"),
      ("FREQ=DAILY;UNTIL=20270320", "2027-03-11T10:00", "2027-03-13T10:00", "FREQ=DAILY;UNTIL=20270322"),
      ("FREQ=DAILY;UNTIL=20270320T100000", "2027-03-11T10:00", "2027-03-11T12:00", "FREQ=DAILY;UNTIL=20270320T120000"),
    ]
    for (rule, old, new, moved) in rows {
      #expect(try Recurrence(rule).moved(from: local(old), to: local(new)).text == moved, "\(rule)")
    }
  }
}
