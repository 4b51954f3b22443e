import Testing

@testable import Domain

/// When nothing is on. New York, 2027.
@Suite struct FreeTimesTests {
  private func span(_ text: String, _ zone: Zone) throws -> Range<Instant> {
    let parts = text.split(separator: " ").map(String.init)
    return zone.instant(try local(parts[0]))..<zone.instant(try local(parts[1]))
  }

  private func hours(_ from: Int, _ until: Int, _ days: WeekdaySet = .workdays) throws -> WorkHours {
    let start = try #require(TimeOfDay(hour: from, minute: 0))
    let end = try #require(TimeOfDay(hour: until, minute: 0))
    return try #require(WorkHours(from: start, until: end, days: days))
  }

  /// "10 09:00-10:00", with a "?" where it hangs on something tentative, a "~" where part of it does.
  private func said(_ free: FreeTimes, _ zone: Zone) -> [String] {
    free.gaps.map { gap in
      let (start, end) = (zone.local(gap.span.lowerBound), zone.local(gap.span.upperBound))
      return "\(start.day.day) \(start.time.text)-\(end.time.text)" + (gap.isMaybe ? "?" : gap.maybe.isEmpty ? "" : "~")
    }
  }

  @Test func `hard case 31: free 60 minutes over overlapping, tentative, all-day and cancelled events`() throws {
    let zone = try zone("America/New_York")
    let now = zone.instant(try local("2027-03-10T08:00"))
    let range = try span("2027-03-10T00:00 2027-03-13T00:00", zone)
    // Wednesday: two over each other, one inside of another, a point, and half an hour that is too short. Thursday: tentative. Friday: all day.
    let busy = try [
      "2027-03-10T10:00 2027-03-10T11:00", "2027-03-10T10:30 2027-03-10T12:00", "2027-03-10T11:00 2027-03-10T11:30",
      "2027-03-10T12:30 2027-03-10T14:00", "2027-03-10T15:00 2027-03-10T15:00", "2027-03-10T16:30 2027-03-10T18:00",
    ].map { try span($0, zone) }
    let maybe = try ["2027-03-11T09:00 2027-03-11T12:30", "2027-03-11T16:30 2027-03-11T19:00"].map { try span($0, zone) }
    let friday = try day("2027-03-12")
    func free(_ more: [Range<Instant>], _ minutes: Int = 60) throws -> [String] {
      said(FreeTimes(of: minutes, within: range, hours: try hours(9, 17), zone: zone, now: now, busy: busy + more, maybe: maybe), zone)
    }
    let whole = FreeTimes.whole(friday...friday, in: zone)
    let days = try free([whole])
    #expect(days == ["10 09:00-10:00", "10 14:00-16:30", "11 09:00-17:00~"])
    // Not marked busy, and cancelled, they take nothing.
    let withFriday = try free([])
    #expect(withFriday == days + ["12 09:00-17:00"])
    let long = try free([whole], 270)
    #expect(long == ["11 09:00-17:00?"])
    let short = try free([whole], 30)
    #expect(short == ["10 09:00-10:00", "10 12:00-12:30", "10 14:00-16:30", "11 09:00-17:00~"])
    #expect(try free([], 481).isEmpty)
    let two = FreeTimes(of: 60, within: range, hours: try hours(9, 17), zone: zone, now: now, busy: busy, maybe: maybe, most: 2)
    #expect(two.gaps.count == 2 && two.hasMore && two.gaps.first?.minutes == 60)
  }

  @Test func `hard case 31: working hours over midnight through both clock changes`() throws {
    let zone = try zone("America/New_York")
    let night = try hours(22, 6, [.saturday, .sunday])
    let rows: [(String, String, [String], [Int])] = [
      ("2027-03-13T12:00", "2027-03-15T12:00", ["13 22:00-06:00", "14 22:00-06:00"], [420, 480]),
      ("2027-11-06T12:00", "2027-11-08T12:00", ["6 22:00-06:00", "7 22:00-06:00"], [540, 480]),
      // In the middle of a night that began before the range does, on Sunday; and one that is cut off.
      ("2027-03-15T03:10", "2027-03-15T12:00", ["15 03:15-06:00"], [165]),
      ("2027-03-13T12:00", "2027-03-13T23:00", ["13 22:00-23:00"], [60]),
      ("2027-03-16T00:00", "2027-03-19T00:00", [], []), ("2027-03-15T12:00", "2027-03-13T12:00", [], []),
    ]
    for (from, until, expected, minutes) in rows {
      let now = zone.instant(try local(from))
      let free = FreeTimes(of: 60, within: now..<max(now, zone.instant(try local(until))), hours: night, zone: zone, now: now, busy: [])
      #expect(said(free, zone) == expected && free.gaps.map(\.minutes) == minutes, "\(from)")
    }
  }

  @Test func `nothing is free before the quarter of an hour that begins next`() throws {
    let zone = try zone("Asia/Kathmandu")
    let range = try span("2027-03-10T00:00 2027-03-11T00:00", zone)
    for (now, first) in [("08:59", "10 09:00"), ("09:00", "10 09:00"), ("09:01", "10 09:15"), ("09:15", "10 09:15"), ("16:00", "10 16:00")]
    {
      let moment = zone.instant(try local("2027-03-10T" + now))
      let free = FreeTimes(of: 60, within: range, hours: .standard, zone: zone, now: moment, busy: [])
      #expect(said(free, zone) == [first + "-17:00"], "\(now)")
    }
    let late = FreeTimes(of: 60, within: range, hours: .standard, zone: zone, now: zone.instant(try local("2027-03-10T16:01")), busy: [])
    #expect(late.gaps.isEmpty)
    let any = FreeTimes(of: 60, within: range, hours: nil, zone: zone, now: range.lowerBound, busy: [])
    #expect(any.gaps.map(\.span) == [range])
  }

  @Test func `gaps are those that a look at every minute finds`() throws {
    let zone = try zone("America/New_York")
    for seed in UInt64(0)..<15 {
      var generator = Seeded(seed)
      let begin = zone.start(of: try day(["2027-03-12", "2027-11-05", "2027-06-01"][Int(seed) % 3]))
      let range = begin..<begin.advanced(minutes: 5000)
      func draw(_ count: Int) -> [Range<Instant>] {
        (0..<count).map { _ in
          let start = begin.advanced(minutes: Int.random(in: -200...5000, using: &generator))
          return start..<start.advanced(minutes: Int.random(in: 0...400, using: &generator))
        }
      }
      let (busy, maybe) = (draw(8), draw(4))
      let work = try hours(
        Int.random(in: 12...23, using: &generator), Int.random(in: 0...11, using: &generator), [.friday, .saturday, .sunday])
      let minutes = Int.random(in: 5...300, using: &generator)
      let now = begin.advanced(minutes: 15 * Int.random(in: -10...100, using: &generator))
      let free = FreeTimes(of: minutes, within: range, hours: work, zone: zone, now: now, busy: busy, maybe: maybe)
      let first = zone.local(begin).day.advanced(by: -1)
      let windows = (0...6).map { first.advanced(by: $0) }.filter { work.days.contains($0.weekday) }.map { work.span(on: $0, zone) }
      func isFree(_ minute: Int) -> Bool {
        let moment = begin.advanced(minutes: minute)
        return moment >= now && windows.contains { $0.contains(moment) } && !busy.contains { $0.contains(moment) }
      }
      var expected: [Range<Instant>] = []
      var length = 0
      for minute in 0...5000 {
        if minute < 5000 && isFree(minute) {
          length += 1
          continue
        }
        if length >= minutes { expected.append(begin.advanced(minutes: minute - length)..<begin.advanced(minutes: minute)) }
        length = 0
      }
      #expect(free.gaps.map(\.span) == expected, "seed \(seed)")
      for gap in free.gaps {
        var (best, run) = (0, 0)
        for minute in 0..<gap.minutes {
          let moment = gap.span.lowerBound.advanced(minutes: minute)
          run = maybe.contains { $0.contains(moment) } ? 0 : run + 1
          best = max(best, run)
        }
        #expect(gap.isMaybe == (best < minutes) && gap.maybe.allSatisfy { gap.span.contains($0.lowerBound) }, "seed \(seed)")
      }
    }
  }
}
