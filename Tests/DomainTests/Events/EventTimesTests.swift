import Testing

@testable import Domain

/// Times of one event, and their names (RULES 9.19, 9.20).
@Suite struct EventTimesTests {
  @Test func `both ends are times by the clock`() throws {
    let rows: [(EventTimes, String, String, Bool)] = [
      // Hard case 13.
      (try times("2027-03-13T22:00", "2027-03-14T06:00"), "2027-03-14T03:00:00Z", "2027-03-14T10:00:00Z", false),
      (try times("2027-11-06T22:00", "2027-11-07T06:00"), "2027-11-07T02:00:00Z", "2027-11-07T11:00:00Z", false),
      (try times("2027-03-14T02:30", "2027-03-14T03:00"), "2027-03-14T07:30:00Z", "2027-03-14T08:00:00Z", true),
      (
        try times("2027-03-10T22:00", "2027-03-11T12:30", "America/Sao_Paulo", ends: "Europe/Lisbon"), "2027-03-11T01:00:00Z",
        "2027-03-11T12:30:00Z", false
      ),
      // An hour of which the gap would leave nothing.
      (try times("2027-03-14T02:30", "2027-03-14T03:30"), "2027-03-14T07:30:00Z", "2027-03-14T08:30:00Z", true),
      (try times("2027-03-14T01:30", "2027-03-14T02:30"), "2027-03-14T06:30:00Z", "2027-03-14T07:30:00Z", true),
      // To the west: the clock there says an earlier time.
      (
        try times("2027-03-10T10:00", "2027-03-10T09:30", "Europe/Lisbon", ends: "America/New_York"), "2027-03-10T10:00:00Z",
        "2027-03-10T14:30:00Z", false
      ),
      (try times("2027-03-10T10:00"), "2027-03-10T15:00:00Z", "2027-03-10T15:00:00Z", false),
      (try wholeDays("2027-03-10", "2027-03-12"), "2027-03-10T00:00:00Z", "2027-03-13T00:00:00Z", false),
    ]
    for (times, start, end, isMoved) in rows {
      let placed = times.placed
      #expect(placed.start.iso == start && placed.end.iso == end && placed.isMovedByClocks == isMoved, "\(times.start.text) \(placed)")
    }
  }

  @Test func `a flight whose arrival the clocks skip does not arrive before it leaves`() throws {
    let flight = try times("2027-03-14T06:20", "2027-03-14T02:10", "Europe/London", ends: "America/New_York")
    let placed = flight.placed
    #expect(placed.end > placed.start && placed.isMovedByClocks)
    // One that is short by the clocks of its first day would be back before it left on later ones.
    let hops = try series(times("2027-03-10T06:50", "2027-03-10T02:10", "Europe/London", ends: "America/New_York"), "FREQ=DAILY;COUNT=30")
    let found = hops.next(after: .distantPast, most: 40)
    #expect(found.count == 30 && found.allSatisfy { $0.end >= $0.start } && found.contains { $0.end == $0.start })
  }

  @Test func `an end is not before its start, and at most 366 days behind it`() throws {
    // Hard case 15.
    #expect(throws: EventTimesError.endBeforeStart) { try times("2027-03-10T10:00", "2027-03-10T09:59") }
    #expect(throws: EventTimesError.endBeforeStart) {
      try times("2027-03-10T10:00", "2027-03-10T09:30", "America/New_York", ends: "Europe/Lisbon")
    }
    #expect(throws: EventTimesError.endBeforeStart) { try wholeDays("2027-03-10", "2027-03-09") }
    #expect(throws: EventTimesError.tooLong) { try times("2027-03-10T10:00", "2028-03-10T10:01") }
    #expect(throws: EventTimesError.tooLong) { try wholeDays("2027-03-10", "2028-03-10") }
    let point = try times("2027-03-10T10:00", "2027-03-10T10:00").placed
    #expect(point.start == point.end)
    _ = try times("2027-03-10T10:00", "2028-03-10T10:00")
    _ = try wholeDays("2027-03-10", "2028-03-09")
  }

  @Test func `the days it touches are the reader's`() throws {
    // Hard cases 10 and 14.
    let rows: [(EventTimes, String, String, String)] = [
      (try times("2027-03-10T23:00", "2027-03-11T01:00"), "America/New_York", "2027-03-10", "2027-03-11"),
      (try times("2027-03-10T22:00", "2027-03-11T00:00"), "America/New_York", "2027-03-10", "2027-03-10"),
      (try times("2027-03-10T00:00", "2027-03-10T00:00"), "America/New_York", "2027-03-10", "2027-03-10"),
      (try times("2027-03-10T00:00"), "America/New_York", "2027-03-10", "2027-03-10"),
      (try times("2027-03-10T09:00", "2027-03-12T09:00"), "America/New_York", "2027-03-10", "2027-03-12"),
      (try times("2027-03-10T23:00", "2027-03-11T01:00"), "Europe/Berlin", "2027-03-11", "2027-03-11"),
      (try times("2027-03-10T23:00", "2027-03-11T01:00"), "Pacific/Kiritimati", "2027-03-11", "2027-03-11"),
      (try wholeDays("2027-03-10", "2027-03-12"), "Pacific/Kiritimati", "2027-03-10", "2027-03-12"),
      (try wholeDays("2027-03-10", "2027-03-12"), "Pacific/Pago_Pago", "2027-03-10", "2027-03-12"),
    ]
    for (times, reader, first, last) in rows {
      let place = try zone(reader)
      let touched = times.days(in: place)
      #expect(touched.lowerBound.iso == first && touched.upperBound.iso == last, "\(times.start.text) in \(reader)")
      let instance = try #require(EventSeries(times).next(after: .distantPast, most: 1).first)
      #expect(instance.days(in: place) == touched)
    }
  }

  @Test func `a meeting and a call without an end last an hour`() throws {
    let start = try local("2027-03-10T23:30")
    #expect(EventType.meeting.standardEnd(after: start)?.text == "2027-03-11T00:30")
    #expect(EventType.call.standardEnd(after: start)?.text == "2027-03-11T00:30")
    #expect(EventType.travel.standardEnd(after: start) == nil && EventType.deadline.standardEnd(after: start) == nil)
  }

  @Test func `the clocks of a zone are changed and the wall keeps its time`() throws {
    // Hard case 24.
    func there(_ name: String) throws -> Zone { try Zone(name: "Test/Place", tzif: SystemZones.bytes(name)) }
    func daily(_ zone: Zone) throws -> EventSeries {
      EventSeries(try EventTimes(from: local("2027-06-01T09:00"), zone: zone), rule: try Recurrence("FREQ=DAILY;COUNT=2"))
    }
    let before = try daily(there("Etc/GMT+5"))
    let after = try daily(there("Etc/GMT+4"))
    #expect(before == after && before.keys() == after.keys())
    #expect(before.starts() == ["2027-06-01T14:00", "2027-06-02T14:00"] && after.starts() == ["2027-06-01T13:00", "2027-06-02T13:00"])
  }

  @Test func `an instance is named by its start on the wall`() throws {
    for text in ["20270314T023000", "20270314", "20280229T235959", "00010101"] { #expect(InstanceKey(text)?.text == text) }
    let refused = [
      "", "2027031", "202703140", "20270230", "20270314T", "20270314T0230", "20270314T240000", "20270314T023060", "20270314T023000Z",
      "20270314t023000", "2027-03-14", " 20270314", "20270314T023000 ", "٢٠٢٧٠٣١٤", "20270314\u{301}", "+2027031",
    ]
    for text in refused { #expect(InstanceKey(text) == nil, "\(text)") }
    #expect(try key("20270314") < key("20270314T000001"))
  }

  @Test func `a date of a series is read in each form and written in one`() throws {
    let rows = [
      ("2027-03-14", "20270314"), ("20270314", "20270314"), (" 2027-03-14 09:00 ", "20270314T090000"),
      ("2027-03-14T09:00:30", "20270314T090030"), ("20270314T0900", "20270314T090000"), ("20270314T130000Z", "20270314T130000Z"),
      ("2027-03-14T13:00Z", "20270314T130000Z"), ("TZID=Europe/Berlin:20270314T140000", "TZID=Europe/Berlin:20270314T140000"),
    ]
    for (text, written) in rows {
      let date = try #require(try dates([text]).first)
      #expect(date.text == written)
      #expect(try dates([written]) == [date])
    }
    let refused = [
      "", "tomorrow", "2027-02-30", "2027-0314", "2027-03-14T", "2027-03-14 9:00", "2027-03-14 24:00", "20270314T130000ZZ",
      "TZID=Mars/Phobos:20270314T140000", "TZID=Europe/Berlin:20270314T140000Z", "TZID=Europe/Berlin:20270314", "TZID=Europe/Berlin",
      "2027-03-14 09:00:", "2027-03-14 09:00:5", String(repeating: "2", count: 300),
    ]
    for text in refused { #expect(SeriesDate(text) { try? zone($0) } == nil, "\(text)") }
  }
}
