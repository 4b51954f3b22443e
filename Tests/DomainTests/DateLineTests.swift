import Testing

@testable import Domain

/// Wall clocks around the oddest changes there were: left-out days, days that came twice, half hours, and two hours at once.
@Suite struct DateLineTests {
  /// Zone, and an instant close to its change.
  static let changes: [(String, String)] = [
    ("Pacific/Apia", "2011-12-30T10:00:00Z"), ("Pacific/Kwajalein", "1993-08-21T12:00:00Z"), ("Pacific/Kwajalein", "1969-09-30T13:00:00Z"),
    ("Pacific/Kiritimati", "1994-12-31T10:00:00Z"), ("Pacific/Fakaofo", "2011-12-30T11:00:00Z"), ("America/Juneau", "1867-10-19T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"), ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("Asia/Kathmandu", "1985-12-31T18:30:00Z"), ("Asia/Pyongyang", "2015-08-14T15:00:00Z"), ("Asia/Pyongyang", "2018-05-04T15:00:00Z"),
    ("America/Caracas", "2007-12-09T07:00:00Z"), ("Antarctica/Troll", "2026-03-29T01:00:00Z"), ("Antarctica/Troll", "2026-10-25T01:00:00Z"),
    ("America/St_Johns", "2006-04-02T03:31:00Z"), ("Europe/Dublin", "2026-10-25T01:00:00Z"),
  ]

  @Test(arguments: changes) func `what the clocks show at an instant leads back to it`(name: String, around: String) throws {
    let zone = try zone(name)
    let middle = try instant(around)
    var twice = 0
    for minutes in stride(from: -48 * 60, through: 48 * 60, by: 5) {
      let moment = middle.advanced(minutes: minutes)
      let shown = zone.local(moment)
      switch zone.resolve(shown) {
      case .once(let one): #expect(one == moment, "\(shown.text)")
      case .twice(let early, let late):
        twice += 1
        #expect(early < late && (early == moment || late == moment), "\(shown.text)")
        #expect(zone.local(early) == shown && zone.local(late) == shown)
      case .skipped: Issue.record("\(shown.text) is shown at \(moment.iso), yet it is said to be skipped")
      }
    }
    // Each time that is shown twice is met twice.
    #expect(twice % 2 == 0)
  }

  @Test(arguments: changes) func `a time that no clock shows is read as one behind the gap, never before`(name: String, around: String)
    throws
  {
    let zone = try zone(name)
    let middle = try instant(around)
    let shown = Set((-72 * 60...72 * 60).map { zone.local(middle.advanced(minutes: $0)).wallSeconds / 60 })
    let center = zone.local(middle).wallSeconds / 60
    for minute in (center - 24 * 60)...(center + 24 * 60) {
      let wall = LocalTime(wallSeconds: minute * 60)
      if case .skipped(let read) = zone.resolve(wall) {
        #expect(!shown.contains(minute), "\(wall.text)")
        #expect(zone.local(read) > wall)
        let end = zone.gapEnd(around: read)
        #expect(end <= read && zone.local(end) > wall && zone.local(end.advanced(microseconds: -1)) < wall)
      } else {
        #expect(shown.contains(minute), "\(wall.text)")
      }
    }
  }

  @Test(arguments: [
    ("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"), ("Pacific/Kiritimati", "1994-12-31"),
    ("Pacific/Fakaofo", "2011-12-30"),
  ])
  func `a day that was left out has no length`(name: String, left: String) throws {
    let zone = try zone(name)
    let day = try day(left)
    let start = zone.start(of: day)
    #expect(start == zone.start(of: day.advanced(by: 1)))
    #expect(zone.local(start).day == day.advanced(by: 1))
    #expect(zone.local(start.advanced(microseconds: -1)).day == day.advanced(by: -1))
    for neighbour in [day.advanced(by: -1), day.advanced(by: 1)] {
      #expect(zone.start(of: neighbour.advanced(by: 1)).seconds(since: zone.start(of: neighbour)) == 86_400)
    }
  }
}
