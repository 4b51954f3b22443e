import Testing

@testable import Domain

/// RULES 6.14: when an answer is late.
@Suite struct WorkClockTests {
  private func clock(_ hours: String, _ zone: String, closed: [String] = []) throws -> WorkClock {
    try WorkClock(#require(OpeningHoursReading(hours).hours), in: DomainTests.zone(zone), closed: Set(closed.map { try day($0) }))
  }

  @Test(arguments: [
    // Friday one minute before closing: the minute of the day, and the next one's first.
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-05T20:59:00Z", 1, "2027-03-05T21:00:00Z"),
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-05T20:59:00Z", 2, "2027-03-08T12:01:00Z"),
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-05T20:59:30Z", 60, "2027-03-08T12:59:30Z"),
    // On Saturday, at the second of closing, before the first opening.
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-06T15:00:00Z", 60, "2027-03-08T13:00:00Z"),
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-05T21:00:00Z", 60, "2027-03-08T13:00:00Z"),
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-08T11:59:59Z", 60, "2027-03-08T13:00:00Z"),
    // Over lunch, and the whole of a week.
    ("mon-fri 09:00-12:00 13:00-18:00", "America/Sao_Paulo", "2027-03-08T14:30:00Z", 60, "2027-03-08T16:30:00Z"),
    ("mon-fri 09:00-18:00", "America/Sao_Paulo", "2027-03-08T12:00:00Z", 2_700, "2027-03-12T21:00:00Z"),
    // All hours: the night in which Berlin's clocks skip an hour, and the one in which they repeat one.
    ("", "Europe/Berlin", "2027-03-28T00:30:00Z", 60, "2027-03-28T01:30:00Z"),
    // From 01:00 to 04:00 on the clocks: two hours, four hours.
    ("sun 01:00-04:00", "Europe/Berlin", "2027-03-27T12:00:00Z", 120, "2027-03-28T02:00:00Z"),
    ("sun 01:00-04:00", "Europe/Berlin", "2027-03-27T12:00:00Z", 121, "2027-04-03T23:01:00Z"),
    ("sun 01:00-04:00", "Europe/Berlin", "2027-10-30T12:00:00Z", 240, "2027-10-31T03:00:00Z"),
    ("sun 01:00-04:00", "Europe/Berlin", "2027-10-30T12:00:00Z", 241, "2027-11-07T00:01:00Z"),
    // Half of the hour that comes twice counts both times, with a gap between.
    ("sun 02:00-02:30", "Europe/Berlin", "2027-10-31T00:00:00Z", 45, "2027-10-31T01:15:00Z"),
    // Nothing is left of hours that lie in the gap.
    ("sun 02:00-03:00", "Europe/Berlin", "2027-03-27T12:00:00Z", 10, "2027-04-04T00:10:00Z"),
    // Half an hour on Lord Howe.
    ("sun 01:00-03:00", "Australia/Lord_Howe", "2027-04-03T00:00:00Z", 150, "2027-04-03T16:30:00Z"),
  ])
  func `Hard case 20: an answer is late when so many working minutes have passed`(
    hours: String, zone: String, start: String, minutes: Int, late: String
  ) throws {
    let clock = try clock(hours, zone)
    let (start, late) = try (instant(start), instant(late))
    #expect(clock.instant(after: start, minutes: minutes)?.iso == late.iso)
    #expect(clock.seconds(from: start, until: late) == Int64(minutes) * 60)
    #expect(clock.seconds(from: start, until: late.advanced(microseconds: -1)) == Int64(minutes) * 60 - 1)
  }

  @Test func `Hard case 20: a closed day has no hours`() throws {
    let clock = try clock("mon-fri 09:00-18:00", "America/Sao_Paulo", closed: ["2027-03-08", "2027-03-09"])
    #expect(try clock.instant(after: instant("2027-03-05T20:30:00Z"), minutes: 60)?.iso == "2027-03-10T12:30:00Z")
    let always = try self.clock("", "America/Sao_Paulo", closed: ["2027-03-08"])
    #expect(try always.instant(after: instant("2027-03-08T02:30:00Z"), minutes: 60)?.iso == "2027-03-09T03:30:00Z")
  }

  @Test func `the next opening is where no minutes lead`() throws {
    let clock = try clock("mon-fri 09:00-18:00", "America/Sao_Paulo")
    let open = try instant("2027-03-08T12:00:00Z")
    #expect(try clock.opening(notBefore: instant("2027-03-06T00:00:00Z")) == open)
    #expect(clock.opening(notBefore: open) == open && clock.isOpen(at: open) && !clock.isOpen(at: open.advanced(microseconds: -1)))
    #expect(clock.instant(after: open, minutes: -5) == open)
  }

  @Test func `what is never reached says so`() throws {
    let never = WorkClock(OpeningHours([]), in: .utc)
    let start = try instant("2027-03-08T12:00:00Z")
    #expect(never.instant(after: start, minutes: 1) == nil && never.opening(notBefore: start) == nil)
    let always = WorkClock(.always, in: .utc)
    #expect(always.instant(after: start, minutes: .max) == nil && always.instant(after: start, minutes: 2_700_000) == nil)
    #expect(always.instant(after: start, minutes: 2_600_000) == start.advanced(minutes: 2_600_000))
    #expect(always.instant(after: .distantFuture, minutes: 1) == nil)
    #expect(always.instant(after: .distantPast, minutes: 1) == Instant.distantPast.advanced(minutes: 1))
    #expect(always.seconds(from: start, until: start) == 0 && always.seconds(from: start, until: start.advanced(minutes: -1)) == 0)
  }

  /// Minute by minute, each asked of the zone.
  private struct Oracle {
    let spans: [(days: WeekdaySet, span: OpeningHours.Span)]
    let zone: Zone
    let closed: Set<Day>

    func isOpen(_ instant: Instant) -> Bool {
      let local = zone.local(instant)
      let minute = local.time.hour * 60 + local.time.minute
      return !closed.contains(local.day)
        && spans.contains { $0.days.contains(local.day.weekday) && ($0.span.from..<$0.span.until).contains(minute) }
    }

    /// Of each minute from `start` on whether it is open.
    func minutes(_ start: Instant, _ count: Int) -> [Bool] { (0..<count).map { isOpen(start.advanced(minutes: $0)) } }
  }

  /// Around changes of the clock: by an hour, by half of one, at midnight, a whole day left out, four a year.
  @Test(arguments: [
    ("America/New_York", "2027-03-12"), ("Europe/Berlin", "2027-10-29"), ("Australia/Lord_Howe", "2027-04-02"),
    ("Australia/Lord_Howe", "2027-10-01"),
    ("America/Sao_Paulo", "2018-11-02"), ("America/Sao_Paulo", "2019-02-15"), ("Pacific/Apia", "2011-12-28"),
    ("Africa/Cairo", "2027-04-29"),
    ("America/Santiago", "2027-09-03"), ("Africa/Casablanca", "2027-02-05"), ("Asia/Kathmandu", "2027-01-01"),
    ("America/Havana", "2026-10-31"),
  ])
  func `Hard case 20: working time is what a walk over the minutes counts`(name: String, first: String) throws {
    var random = Seeded(UInt64(first.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    let start = try instant(first + "T00:00:00Z")
    for round in 0..<12 {
      let spans = OpeningHoursTests.spans(&random)
      let closed = try Set(
        (0..<Int.random(in: 0...2, using: &random)).map { _ in try day(first).advanced(by: Int.random(in: 0...6, using: &random)) })
      let oracle = try Oracle(spans: spans, zone: zone(name), closed: closed)
      let clock = try WorkClock(OpeningHours(spans), in: zone(name), closed: closed)
      let minutes = oracle.minutes(start, 6 * 1_440)
      for _ in 0..<20 {
        let from = Int.random(in: 0..<minutes.count, using: &random)
        let until = Int.random(in: from...minutes.count, using: &random)
        let open = minutes[from..<until].count { $0 }
        let (a, b) = (start.advanced(minutes: from), start.advanced(minutes: until))
        #expect(clock.seconds(from: a, until: b) == Int64(open) * 60, "round \(round) \(a.iso) \(b.iso)")
        #expect(clock.isOpen(at: a) == oracle.isOpen(a))
        guard open > 0, let last = minutes[from..<until].lastIndex(of: true) else { continue }
        // The end of the last open minute is when the work has passed.
        #expect(clock.instant(after: a, minutes: open) == start.advanced(minutes: last + 1), "round \(round) \(a.iso)")
        let next = minutes[from...].firstIndex(of: true)
        #expect(clock.opening(notBefore: a) == next.map { start.advanced(minutes: $0) })
      }
    }
  }
}
