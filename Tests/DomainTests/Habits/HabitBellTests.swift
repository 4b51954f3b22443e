import Testing

@testable import Domain

/// When a habit's reminder rings (RULES 5.19).
@Suite struct HabitBellTests {
  private func bell(
    _ rule: HabitRule = HabitRule(.daily), _ entries: [HabitEntry] = [], pauses: [HabitPause] = [], zone name: String = "America/Sao_Paulo",
    dayStart: Int = 0, at time: String = "22:00", created: String = "2020-01-01"
  ) throws -> HabitBell {
    let history = HabitHistory(
      created: try day(created), weekStart: .monday, changes: [HabitChange(from: try day(created), rule)], entries: entries, pauses: pauses)
    return HabitBell(history, HabitClock(zone: try zone(name), dayStart: dayStart), at: try #require(TimeOfDay(text: time)))
  }

  private func done(_ iso: String, _ amount: Int = 0) throws -> HabitEntry { HabitEntry(try day(iso), .done(Amount(amount))) }

  @Test(arguments: [
    // No 02:30 in New York on 14 March: an hour later; twice 01:30 on 7 November: the first.
    ("America/New_York", 0, "02:30", "2027-03-14", "2027-03-14T07:30:00Z"),
    ("America/New_York", 0, "01:30", "2027-11-07", "2027-11-07T05:30:00Z"),
    // A time before the day's beginning is that of the night after.
    ("America/New_York", 3, "01:30", "2027-01-06", "2027-01-07T06:30:00Z"),
    ("America/New_York", 3, "03:00", "2027-01-06", "2027-01-06T08:00:00Z"),
    // The day begins three hours after midnight, at 04:00 by the clocks that night, and at 02:00 on the other.
    ("America/New_York", 3, "03:00", "2027-03-14", "2027-03-14T08:00:00Z"),
    ("America/New_York", 3, "02:30", "2027-11-06", "2027-11-07T06:59:00Z"),
    // No midnight.
    ("America/Santiago", 0, "00:00", "2027-09-05", "2027-09-05T04:00:00Z"),
    ("Asia/Beirut", 0, "00:15", "2027-03-28", "2027-03-27T22:15:00Z"),
    ("Pacific/Kiritimati", 0, "23:59", "2027-01-06", "2027-01-06T09:59:00Z"),
    ("Australia/Lord_Howe", 0, "02:15", "2027-10-03", "2027-10-02T15:45:00Z"),
  ])
  func `a date rings once, within itself`(name: String, dayStart: Int, time: String, date: String, moment: String) throws {
    let bell = try bell(zone: name, dayStart: dayStart, at: time)
    #expect(try bell.moment(of: day(date)) == instant(moment))
    #expect(HabitClock(zone: try zone(name), dayStart: dayStart).date(bell.moment(of: try day(date))) == (try day(date)))
  }

  @Test(arguments: ["America/New_York", "America/Santiago", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo"])
  func `from ring to ring no date is passed over and none rings twice, whatever the clocks do`(name: String) throws {
    let place = try zone(name)
    for (dayStart, time) in [(0, "00:00"), (0, "02:30"), (0, "23:59"), (3, "02:30"), (3, "03:00"), (6, "05:59"), (6, "06:00")] {
      let bell = try bell(zone: name, dayStart: dayStart, at: time, created: "2009-01-01")
      let clock = HabitClock(zone: place, dayStart: dayStart)
      var moment = try instant("2011-06-01T12:00:00Z")
      var last: Day?
      for _ in 0..<800 {
        let ring = try #require(bell.next(after: moment, last: last))
        #expect(ring.at > moment && clock.date(ring.at) == ring.date)
        if let last {
          let between = last < ring.date ? (last.number + 1..<ring.date.number).map { Day($0) } : []
          #expect(ring.date > last && between.allSatisfy { !place.has($0) }, "\(ring.date.iso)")
        }
        (moment, last) = (ring.at, ring.date)
      }
    }
  }

  @Test func `what is kept, skipped, paused or not scheduled is silent, and what else is entered is not`() throws {
    let monday = try day("2027-01-04")
    #expect(try bell().silence(on: monday) == nil)
    #expect(try bell(HabitRule(.daily), [done("2027-01-04")]).silence(on: monday) == .ticked)
    #expect(try bell(HabitRule(.daily), [HabitEntry(monday, .skipped(.rest))]).silence(on: monday) == .skipped)
    #expect(try bell(HabitRule(.daily), [HabitEntry(monday, .note, hasNote: true)]).silence(on: monday) == nil)
    #expect(try bell(pauses: [HabitPause(from: monday, until: nil)]).silence(on: monday) == .paused)
    #expect(try bell(HabitRule(.days([.tuesday]))).silence(on: monday) == .unasked)
    let pages = HabitRule(.daily, target: HabitTarget(Amount(30)))
    #expect(try bell(pages, [done("2027-01-04", 20)]).silence(on: monday) == nil)
    #expect(try bell(pages, [done("2027-01-04", 30)]).silence(on: monday) == .ticked)
    // Entered is answered, kept or not.
    let coffee = HabitRule(.daily, target: HabitTarget(Amount(2), .atMost))
    #expect(try bell(coffee).silence(on: monday) == nil)
    #expect(try bell(coffee, [done("2027-01-04", 3)]).silence(on: monday) == .ticked)
  }

  @Test func `a week's number or sum silences all of its dates, those before too, and no other week's`() throws {
    let twice = try bell(HabitRule(.perWeek(2)), [done("2027-01-05"), done("2027-01-07")])
    #expect(try [4, 6, 10].map { try twice.silence(on: day("2027-01-" + ($0 < 10 ? "0" : "") + "\($0)")) } == [.enough, .enough, .enough])
    #expect(try twice.silence(on: day("2027-01-11")) == nil && twice.silence(on: day("2027-01-03")) == nil)
    #expect(try twice.next(after: instant("2027-01-07T23:00:00Z"))?.date == (try day("2027-01-11")))
    let run = try bell(
      HabitRule(.daily, target: HabitTarget(Amount(10), .atLeast, per: .month)), [done("2027-01-02", 6), done("2027-01-03", 4)])
    #expect(try run.next(after: instant("2027-01-03T12:00:00Z"))?.date == (try day("2027-02-01")))
    let once = try bell(HabitRule(.perMonth(1)), [done("2027-01-01")])
    #expect(try once.next(after: instant("2027-01-01T12:00:00Z"))?.date == (try day("2027-02-01")))
  }

  @Test func `a pause is passed over however long it is, and one without an end is the end`() throws {
    let paused = try bell(pauses: [HabitPause(from: try day("2027-01-05"), until: try day("2029-06-01"))])
    #expect(try paused.next(after: instant("2027-01-05T12:00:00Z"))?.date == (try day("2029-06-01")))
    #expect(try bell(pauses: [HabitPause(from: try day("2027-01-05"), until: nil)]).next(after: instant("2027-01-05T12:00:00Z")) == nil)
  }

  @Test func `what was slept through is told of dates that can still be ticked`() throws {
    let bell = try bell(HabitRule(.daily), [done("2027-01-09")])
    let due = try bell.due(since: instant("2027-01-02T01:00:00Z"), at: instant("2027-01-11T12:00:00Z")).map(\.date.iso)
    #expect(due == ["2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-10"])
    #expect(try bell.due(since: instant("2027-01-02T01:00:00Z"), at: instant("2027-01-11T12:00:00Z"), last: day("2027-01-08")).count == 1)
  }
}
