import Testing

@testable import Domain

/// Hard case 22: each scope by each change, with exceptions on both sides of the cut (RULES 9.23).
@Suite struct SeriesEditTests {
  /// Daily at ten from 1 March, ten times: the third at three, the seventh changed in its words, the eighth left out.
  private static func daily(_ rule: String = "FREQ=DAILY;COUNT=10") throws -> EventSeries {
    let overrides = [
      EventOverride(try key("20270303T100000"), times: try times("2027-03-03T15:00", "2027-03-03T16:00")),
      EventOverride(try key("20270307T100000")),
    ]
    return try series(times("2027-03-01T10:00", "2027-03-01T11:00"), rule, without: ["20270308T100000"]).changed(overrides)
  }

  private func day(_ number: Int, at hour: Int = 10) throws -> InstanceKey {
    try key("202703\(number < 10 ? "0" : "")\(number)T\(hour)0000")
  }

  private func keys(_ days: [Int], at hour: Int = 10) throws -> [String] { try days.map { try day($0, at: hour).text } }

  private func at(_ number: Int, _ hour: Int) throws -> EventTimes {
    let date = "2027-03-\(number < 10 ? "0" : "")\(number)T"
    return try times("\(date)\(hour):00", "\(date)\(hour + 1):00")
  }

  /// By key: the third is shown after the fourth's morning, not before it.
  private func sorted(_ series: EventSeries?) -> [String] { (series?.keys() ?? []).sorted() }

  @Test func `this one is changed by an exception`() throws {
    let before = try Self.daily()
    let change = try before.editing(SeriesEdit(.this, of: day(5), times: at(5, 12)))
    let after = try #require(change.series)
    #expect(try sorted(after) == keys([1, 2, 3, 4, 5, 6, 7, 9, 10]) && change.continuation == nil && change.scope == .this)
    let (fifth, third) = (try day(5), try day(3))
    #expect(after.instance(fifth)?.start.iso == "2027-03-05T17:00:00Z" && after.overrides.count == 3)
    #expect(after.instance(third) == before.instance(third))
    // In words alone, and back again.
    let words = try after.editing(SeriesEdit(.this, of: fifth, times: at(5, 10))).series
    #expect(words?.overrides.first { $0.key == fifth }?.times == nil)
    #expect(throws: SeriesEditError.ruleOfOne) {
      try before.editing(SeriesEdit(.this, of: fifth, times: at(5, 10), rule: .changed(Recurrence("FREQ=WEEKLY"))))
    }
    #expect(try before.editing(SeriesEdit(.this, of: fifth, times: at(5, 10), rule: .changed(before.rule))).scope == .this)
  }

  @Test func `this one is deleted by leaving it out`() throws {
    let before = try Self.daily()
    let change = try before.deleting(day(3), .this)
    #expect(try sorted(change.series) == keys([1, 2, 4, 5, 6, 7, 9, 10]))
    #expect(try change.removed == [day(3)] && change.series?.exdates.count == 2)
    // What is left out or never was is not there.
    for missing in [try day(3), try day(8), try day(11), try key("20270305T110000"), try key("20270305")] {
      let series = try #require(change.series)
      #expect(throws: SeriesEditError.noInstance) { try series.deleting(missing, .this) }
      #expect(throws: SeriesEditError.noInstance) { try series.editing(SeriesEdit(.later, of: missing, times: at(5, 12))) }
    }
    let whole = try series(wholeDays("2027-03-01"), "FREQ=DAILY;COUNT=1")
    #expect(try whole.deleting(key("20270301"), .this).series?.isEmpty == true)
  }

  @Test func `this and later begins another series with the rest of COUNT`() throws {
    let before = try Self.daily()
    let change = try before.editing(SeriesEdit(.later, of: day(5), times: at(5, 12)))
    let (old, new) = (try #require(change.series), try #require(change.continuation))
    #expect(try sorted(old) == keys([1, 2, 3, 4]) && old.rule?.text == "FREQ=DAILY;COUNT=4" && old.exdates.isEmpty)
    #expect(try new.keys() == keys([5, 6, 7, 9, 10], at: 12) && new.rule?.text == "FREQ=DAILY;COUNT=6")
    #expect(try old.overrides.map(\.key) == [day(3)] && new.overrides.map(\.key) == [day(7, at: 12)])
    #expect(try change.moves == [SeriesChange.Move(from: day(7), to: day(7, at: 12), isInContinuation: true)] && change.dropped == 0)
    #expect(try new.exdates == [.wall(day(8, at: 12).wall)])
    // The last of COUNT, then the first: that is all of it.
    let last = try before.editing(SeriesEdit(.later, of: day(10), times: at(10, 12)))
    #expect(last.series?.rule?.count == 9 && last.continuation?.rule?.count == 1 && last.continuation?.keys() == ["20270310T120000"])
    let all = try before.editing(SeriesEdit(.later, of: day(1), times: at(1, 12)))
    #expect(all.scope == .all && all.continuation == nil && all.series?.rule?.count == 10)
    // Its first deleted, the second is the first.
    let second = try #require(try before.deleting(day(1), .this).series)
    #expect(try second.editing(SeriesEdit(.later, of: day(2), times: at(2, 12))).scope == .all)
  }

  @Test func `this and later is deleted with what is otherwise in it`() throws {
    let before = try Self.daily()
    let change = try before.deleting(day(5), .later)
    #expect(
      try sorted(change.series) == keys([1, 2, 3, 4]) && change.removed == [day(7)] && change.continuation == nil && change.dropped == 0)
    #expect(try before.deleting(day(1), .later).series == nil)
    #expect(try before.deleting(day(5), .all).series == nil && before.deleting(nil, .all).removed.count == 2)
    let endless = try Self.daily("FREQ=DAILY")
    let cut = try #require(try endless.deleting(day(9), .later).series)
    #expect(cut.rule?.text == "FREQ=DAILY;UNTIL=20270307T100000" || cut.rule?.text == "FREQ=DAILY;UNTIL=20270308T100000")
    #expect(try sorted(cut) == keys([1, 2, 3, 4, 5, 6, 7]))
  }

  @Test func `all are moved with their exceptions`() throws {
    let before = try Self.daily()
    let change = try before.editing(SeriesEdit(.all, of: day(5), times: at(5, 12)))
    let after = try #require(change.series)
    #expect(try sorted(after) == keys([1, 2, 3, 4, 5, 6, 7, 9, 10], at: 12) && after.rule?.text == "FREQ=DAILY;COUNT=10")
    let third = try day(3, at: 12)
    #expect(after.instance(third)?.start.iso == "2027-03-03T22:00:00Z" && change.moves.count == 2 && change.dropped == 0)
    // The form of the whole shows its first times; a moved instance's own shows where it is.
    let whole = try before.editing(SeriesEdit(.all, of: nil, times: at(1, 12)))
    #expect(whole.series == after)
    let moved = try before.editing(SeriesEdit(.all, of: day(3), times: at(3, 17)))
    #expect(moved.series == after)
    // Longer, at the same times: nothing is renamed.
    let longer = try before.editing(SeriesEdit(.all, of: nil, times: times("2027-03-01T10:00", "2027-03-01T12:00")))
    #expect(longer.moves.isEmpty && longer.series?.keys() == before.keys())
    // And back: as before.
    #expect(try after.editing(SeriesEdit(.all, of: nil, times: at(1, 10))).series == before)
  }

  @Test func `another rule drops what names no instance any more, and counts it`() throws {
    let before = try Self.daily()
    let weekly = try Recurrence("FREQ=WEEKLY;COUNT=10")
    let change = try before.editing(SeriesEdit(.later, of: day(5), times: at(5, 10), rule: .changed(weekly)))
    // The same COUNT on the form is what is left of it.
    #expect(try change.continuation?.rule?.text == "FREQ=WEEKLY;COUNT=6" && change.droppedOverrides == [day(7)] && change.dropped == 2)
    #expect(change.continuation?.keys(2) == ["20270305T100000", "20270312T100000"])
    let all = try before.editing(SeriesEdit(.all, of: nil, times: at(1, 10), rule: .changed(Recurrence("FREQ=DAILY;INTERVAL=2"))))
    #expect(try sorted(all.series).prefix(5).elementsEqual(keys([1, 3, 5, 7, 9])) && all.dropped == 1 && !all.isStartMoved)
    let monday = try before.editing(SeriesEdit(.all, of: nil, times: at(2, 10), rule: .changed(Recurrence("FREQ=WEEKLY;BYDAY=MO"))))
    #expect(monday.isStartMoved && monday.series?.times.start.day.iso == "2027-03-08")
    let once = try before.editing(SeriesEdit(.later, of: day(5), times: at(5, 10), rule: .changed(nil)))
    #expect(once.continuation?.rule == nil && once.continuation?.keys() == ["20270305T100000"] && once.dropped == 2)
    #expect(throws: SeriesEditError.rule(.neverComes)) {
      try before.editing(SeriesEdit(.all, of: nil, times: at(1, 10), rule: .changed(Recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))))
    }
  }

  @Test func `a last time as an instant goes along`() throws {
    let before = try series(times("2027-03-01T10:00"), "FREQ=DAILY;UNTIL=20270304T150000Z")
    let later = try before.editing(SeriesEdit(.later, of: day(3), times: times("2027-03-03T13:00")))
    #expect(later.continuation?.keys() == ["20270303T130000", "20270304T130000"] && later.series?.keys().count == 2)
    // Dates left out as a whole keep to their days; a week later they are other days.
    let week = try series(times("2027-03-01T10:00"), "FREQ=DAILY;COUNT=5", without: ["20270303", "20270304T150000Z"])
    let next = try week.editing(SeriesEdit(.all, of: nil, times: times("2027-03-08T10:00")))
    #expect(next.series?.keys() == ["20270308T100000", "20270309T100000", "20270312T100000"])
    // Whole days from now on.
    let whole = try week.editing(SeriesEdit(.all, of: nil, times: wholeDays("2027-03-01")))
    #expect(whole.series?.keys() == ["20270301", "20270302", "20270305"] && whole.dropped == 0)
  }

  @Test func `a cut loses nothing and adds nothing`() throws {
    var dice = Seeded(23)
    let rules = [
      "FREQ=DAILY;COUNT=12", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH,SU;WKST=SU", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2,-1;COUNT=9",
      "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU", "FREQ=HOURLY;INTERVAL=7;COUNT=30",
      "FREQ=DAILY;UNTIL=20270320T063000Z",
    ]
    for rule in rules {
      for isFile in [false, true] {
        let plain = try series(times("2027-03-09T02:30", "2027-03-09T04:00"), rule, with: ["20270312T050000"], file: isFile)
        let all = plain.next(after: .distantPast, most: 14)
        let (left, moved) = (all[Int.random(in: 2..<7, using: &dice)], all[Int.random(in: 0..<7, using: &dice)])
        let other = EventOverride(moved.key, times: moved.times.moved(to: LocalTime(wallSeconds: moved.times.start.wallSeconds + 5_000)))
        let before = plain.with(exdates: [left.key.date], overrides: [other])
        let instances = before.next(after: .distantPast, most: 12)
        for instance in instances where !instance.isChanged {
          let change = try before.editing(SeriesEdit(.later, of: instance.key, times: instance.times))
          #expect(change.dropped == 0)
          let both =
            (change.series?.next(after: .distantPast, most: 14) ?? []) + (change.continuation?.next(after: .distantPast, most: 14) ?? [])
          let found = Set(both.sorted { ($0.start, $0.key) < ($1.start, $1.key) }.prefix(12))
          #expect(found == Set(instances), "\(rule) at \(instance.key.text)")
        }
      }
    }
  }
}
