import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// A full month is read as an empty one, and holds what is computed: issue 13's hard case 25.
@Suite struct MonthReadingTests {
  private let planned: Planned
  private var site: Site { planned.site }

  init() throws { planned = try Planned() }

  /// Events of which no two begin at one time, so that their order is known: single ones in March, series of every week from 2009 on.
  private func rows(_ singles: Int, _ series: Int) throws -> [EventRecord] {
    let zone = try site.services.zones.zone("America/New_York").unwrapped
    let names: [String] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    return try (0..<singles + series).map { number in
      let isSeries = number >= singles
      let first = try #require(isSeries ? Day(year: 2009, month: 6, day: 1 + number % 28) : Day(year: 2027, month: 3, day: 1 + number % 31))
      let start = LocalTime(day: first, time: TimeOfDay(clamping: 28_800 + number * 60))
      let times = try EventTimes(from: start, to: LocalTime(wallSeconds: start.wallSeconds + 1_800), zone: zone)
      let rule = isSeries ? try Recurrence(event: "FREQ=WEEKLY;BYDAY=\(names[number % 7])", isStored: true) : nil
      return EventRecord(.new(at: site.now), EventContent(title: "E\(number)"), EventSeries(times, rule: rule))
    }
  }

  private func store(_ rows: [EventRecord]) throws {
    for sql in EventWrites(planned.ana.user, at: site.now, site.services.zones).inserting(rows) { try site.owner.run(sql) }
  }

  /// What the cells of a month should hold: how much is on each date that has something, and the first few.
  private func computed(_ rows: [EventRecord], _ date: Day) throws -> (counts: [String], titles: [String]) {
    let zone = try site.services.zones.zone("America/New_York").unwrapped
    let days = MonthGrid(holding: date, weekStart: .monday).days
    var found: [Day: [(start: Instant, title: String)]] = [:]
    for row in rows {
      for instance in row.series.instances(on: days, in: zone, most: 1_000) {
        for day in instance.days(in: zone) where days.contains(day) {
          found[day, default: []].append((start: instance.start, title: row.content.title))
        }
      }
    }
    let cells = found.keys.sorted().map { day in (found[day] ?? []).sorted { $0.start < $1.start } }
    return (cells.map { String($0.count) }, cells.flatMap { $0.prefix(MonthCells.most).map { $0.title } })
  }

  private func shown(_ date: Day) -> (counts: [String], titles: [String]) {
    let table = planned.ana.get("/calendar?view=month&date=\(date.iso)").text.components(separatedBy: "<table class=\"month\">").last ?? ""
    func pieces(_ mark: String, _ end: Character) -> [String] {
      table.components(separatedBy: mark).dropFirst().map { String($0.prefix { $0 != end }) }
    }
    return (pieces("class=\"count\">", "<"), pieces("</time> ", "<"))
  }

  @Test func `Hard case 25: a month with hundreds of events and series is what is computed, and asked for as a bare one is`() throws {
    let few = try rows(20, 0)
    try store(few)
    let watch = try site.watchRequests()
    func asked() -> Int {
      watch.forget()
      #expect(planned.ana.get("/calendar?view=month&date=2027-03-10").status == 200)
      return watch.statements.count
    }
    // The first request of a connection sets it up.
    _ = asked()
    let bare = asked()
    let all = try few + rows(300, 60)
    try store(Array(all.dropFirst(few.count)))
    #expect(asked() == bare)
    // What is kept, and outside of it what is unfolded for the page.
    for (year, month) in [(2027, 3), (2027, 4), (2010, 2), (2050, 2)] {
      let date = try #require(Day(year: year, month: month, day: 10))
      let (wanted, found) = (try computed(all, date), shown(date))
      #expect(found.counts == wanted.counts && found.titles == wanted.titles, "\(date.iso)")
      #expect(!wanted.titles.isEmpty)
    }
  }
}
