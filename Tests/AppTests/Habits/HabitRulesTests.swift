import Foundation
import Testing

@testable import App
@testable import Domain

/// What is asked, by request: how often it changes, weeks, pauses, sums and skips (issue 9's hard cases 3, 4, 5, 12 and 13). Monday 4 January 2027,
/// noon in São Paulo.
@Suite struct HabitRulesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// Noon of a date in January.
  private func go(to day: Int) throws { site.now = try Instant(iso: "2027-01-\(day < 10 ? "0" : "")\(day)T15:00:00Z").unwrapped }

  private func facts(_ id: String, _ names: String...) -> String {
    let page = ana.get("/habits/\(id)")
    return names.map { page.fact($0) ?? "-" }.joined(separator: " ")
  }

  private func make(_ fields: String) throws -> String {
    let page = ana.post("/habits", raw: Array("name=Run&\(fields)&csrf=\(ana.token())".utf8))
    #expect(page.status == 303, "\(page.complaints)")
    return try page.location.unwrapped.split(separator: "/").last.map(String.init).unwrapped
  }

  private func save(_ id: String, _ fields: String, version: Int) -> Page {
    ana.post("/habits/\(id)", raw: Array("name=Run&\(fields)&version=\(version)&csrf=\(ana.token())".utf8))
  }

  /// Dates in January.
  private func tick(_ id: String, _ days: Int...) {
    let dates = days.map { "date=2027-01-\($0 < 10 ? "0" : "")\($0)" }
    let page = ana.post("/habits/\(id)/completions", raw: Array((["csrf=\(ana.token())"] + dates).joined(separator: "&").utf8))
    #expect(page.status == 303, "\(days)")
  }

  @Test func `hard case 3: chosen days to daily on a Thursday, back next week, edited twice that day: each counts from its date`() throws {
    let id = try make("frequency=specific_days&day=mon&day=wed&day=fri")
    tick(id, 4)
    try go(to: 7)
    tick(id, 6)
    #expect(facts(id, "current-streak", "due") == "2 false")
    #expect(save(id, "frequency=daily", version: 1).status == 303)
    #expect(facts(id, "current-streak", "due", "streak-unit", "since") == "2 true days 2027-01-04")
    try go(to: 13)
    tick(id, 7, 8, 9, 10, 11, 12)
    #expect(facts(id, "current-streak") == "8")
    #expect(save(id, "frequency=specific_days&day=sun", version: 2).status == 303)
    #expect(facts(id, "due") == "false")
    #expect(save(id, "frequency=specific_days&day=mon&day=wed&day=fri", version: 3).status == 303)
    #expect(try site.count("SELECT count(*) FROM habit_frequencies") == 3 && facts(id, "due") == "true")
    tick(id, 13)
    // Thursday 14 asks for nothing, as it did before; Tuesday 12 was asked for.
    try go(to: 14)
    #expect(facts(id, "current-streak", "due", "since") == "9 false 2027-01-04")
    #expect(ana.post("/habits/\(id)/completions/2027-01-12/deletion").status == 303)
    #expect(facts(id, "current-streak", "longest-streak") == "1 7")
  }

  @Test func `hard case 3: daily to two a week: the streak begins there in weeks, the longest too, and the page says since when`() throws {
    let id = try make("frequency=daily")
    tick(id, 4)
    try go(to: 10)
    tick(id, 5, 6, 7, 8, 9, 10)
    #expect(facts(id, "current-streak", "longest-streak") == "7 7")
    try go(to: 14)
    #expect(save(id, "frequency=per_week&times_per_week=2", version: 1).status == 303)
    #expect(facts(id, "current-streak", "longest-streak", "streak-unit", "since", "total") == "0 0 weeks 2027-01-14 7")
    #expect(ana.get("/habits/\(id)").text.contains("Streaks count weeks since Thu 14 Jan 2027"))
    tick(id, 14)
    try go(to: 16)
    tick(id, 16)
    #expect(facts(id, "current-streak", "longest-streak") == "1 1")
  }

  @Test func `hard case 4: N raised from two to four on a Wednesday: this week goes by the new one`() throws {
    let id = try make("frequency=per_week&times_per_week=2")
    try go(to: 6)
    tick(id, 4, 5)
    #expect(facts(id, "current-streak", "due") == "1 false")
    #expect(save(id, "frequency=per_week&times_per_week=4", version: 1).status == 303)
    #expect(
      facts(id, "current-streak", "due", "since") == "0 true 2027-01-04" && ana.get("/habits/\(id)").text.contains("2 of 4 this week"))
    try go(to: 8)
    tick(id, 6, 8)
    #expect(facts(id, "current-streak", "due") == "1 false")
  }

  @Test func `hard case 4: the week's first day goes from Monday to Sunday: all weeks are cut anew, and it is said`() throws {
    let id = try make("frequency=per_week&times_per_week=3")
    try go(to: 10)
    tick(id, 4, 5, 10)
    try go(to: 17)
    tick(id, 11, 12, 17)
    try go(to: 18)
    #expect(facts(id, "current-streak", "longest-streak") == "2 2")
    func begin(_ day: String, version: Int) throws -> String {
      let page = ana.post("/settings/profile", ["display_name": "Ana", "week_start": day, "version": "\(version)"])
      #expect(page.status == 303)
      return ana.get(try page.location.unwrapped).text
    }
    #expect(try begin("sunday", version: 1).contains("Your settings are saved. Weeks begin on Sunday now, those before too"))
    // Monday 4 to Saturday 9 is partial, Sunday 10 to Saturday 16 has three, the current one has one.
    #expect(facts(id, "current-streak", "longest-streak", "misses") == "1 1 0" && ana.get("/review").fact("week-first") == "2027-01-17")
    #expect(try begin("sunday", version: 2).contains("Your settings are saved.<"))
    #expect(try begin("monday", version: 3).contains("Weeks begin on Monday now"))
    #expect(facts(id, "current-streak", "longest-streak") == "2 2")
  }

  @Test func `hard case 4: five of three in a first half week are one week kept`() throws {
    try go(to: 6)
    let id = try make("frequency=per_week&times_per_week=3")
    try go(to: 10)
    tick(id, 6, 7, 8, 9, 10)
    #expect(facts(id, "current-streak", "total") == "1 5")
    try go(to: 11)
    #expect(facts(id, "current-streak", "misses") == "1 0")
  }

  @Test func `hard case 5: paused from Tuesday to Tuesday, both weeks of a weekly habit are neutral, unless N were done`() throws {
    let id = try make("frequency=per_week&times_per_week=3")
    try go(to: 6)
    tick(id, 4, 5, 6)
    try go(to: 12)
    tick(id, 11)
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-12", "until": "2027-01-19"]).status == 303)
    try go(to: 25)
    tick(id, 20)
    #expect(facts(id, "current-streak", "misses", "status") == "1 0 active")
    tick(id, 21, 22)
    #expect(facts(id, "current-streak", "misses") == "2 0")
  }

  @Test func `hard case 12: ten kilometres a week: six and four are kept on the second, nine are a break on Monday`() throws {
    let id = try make("kind=amount&unit=km&target=10&period=week")
    #expect(ana.post("/habits/\(id)/completions", ["amount": "6"]).status == 303)
    #expect(facts(id, "current-streak", "due") == "0 true")
    try go(to: 7)
    #expect(ana.post("/habits/\(id)/completions", ["amount": "4"]).status == 303)
    #expect(facts(id, "current-streak", "due", "streak-unit") == "1 false weeks")
    try go(to: 13)
    #expect(ana.post("/habits/\(id)/completions", ["amount": "9"]).status == 303)
    try go(to: 17)
    #expect(facts(id, "current-streak", "misses") == "1 0")
    try go(to: 18)
    #expect(facts(id, "current-streak", "longest-streak", "misses") == "0 1 1")
  }

  @Test func `hard case 12: at most three a week: two and two on Thursday are a break at once`() throws {
    let id = try make("kind=amount&target=3&period=week&direction=at_most")
    #expect(ana.post("/habits/\(id)/completions", ["amount": "2"]).status == 303)
    try go(to: 7)
    #expect(facts(id, "misses") == "0")
    #expect(ana.post("/habits/\(id)/completions", ["amount": "2"]).status == 303)
    #expect(facts(id, "current-streak", "misses", "sum") == "0 1 4")
    // Corrected in time it is none.
    #expect(ana.post("/habits/\(id)/completions", ["amount": "1", "set": "on"]).status == 303)
    #expect(facts(id, "misses", "sum") == "0 3")
    try go(to: 11)
    #expect(facts(id, "current-streak") == "1")
  }

  @Test func `hard case 13: four skips in six a week: each later day scores as if they were not there`() throws {
    let skipping = try make("frequency=per_week&times_per_week=6")
    try go(to: 8)
    tick(skipping, 4, 5)
    // Without the four dates that the other skips, its week would be these.
    let other = try make("frequency=per_week&times_per_week=6")
    try go(to: 9)
    for day in 6...9 { #expect(ana.post("/habits/\(skipping)/skips", ["date": "2027-01-0\(day)"]).status == 303) }
    tick(other, 8, 9)
    #expect(facts(skipping, "score") == facts(other, "score"))
    for day in 10...20 {
      try go(to: day)
      if day % 3 > 0 {
        tick(skipping, day)
        tick(other, day)
      }
      #expect(facts(skipping, "score") == facts(other, "score"), "\(day)")
    }
    // Three done and four skipped are neither kept nor a break.
    #expect(facts(skipping, "total") == facts(other, "total") && facts(skipping, "longest-streak") == "0")
  }

  /// Days of January, the ends exclusive; what stands there then, and why.
  struct TwoPauses {
    let first: (from: Int, until: Int?)
    let second: (from: Int, until: Int?)
    let stored: String
  }

  static let pauses = [
    TwoPauses(first: (6, 8), second: (7, 10), stored: "6-10 travel"), TwoPauses(first: (6, 8), second: (5, 7), stored: "5-8 travel"),
    TwoPauses(first: (7, 8), second: (6, 10), stored: "6-10 travel"), TwoPauses(first: (6, 10), second: (7, 8), stored: "6-10 sick"),
    TwoPauses(first: (6, 8), second: (5, nil), stored: "5- travel, 6-8 sick"),
    TwoPauses(first: (6, nil), second: (9, 12), stored: "6- sick"),
    TwoPauses(first: (6, 8), second: (8, 9), stored: "6-8 sick, 8-9 travel"),
    TwoPauses(first: (6, 7), second: (9, 10), stored: "6-7 sick, 9-10 travel"),
  ]

  @Test(arguments: pauses)
  func `pauses that overlap are one, and what stands by itself can be taken back`(two: TwoPauses) throws {
    let id = try make("frequency=daily")
    func pause(_ dates: (from: Int, until: Int?), _ reason: String) -> Page {
      func date(_ day: Int) -> String { (try? Day(iso: "2027-01-01").unwrapped.advanced(by: day - 1).iso) ?? "" }
      return ana.post("/habits/\(id)/pause", ["from": date(dates.from), "until": dates.until.map(date) ?? "", "reason": reason])
    }
    func stored() throws -> String? {
      try site.text(
        """
        SELECT string_agg(to_char(from_date, 'FMDD-') || coalesce(to_char(until_date, 'FMDD '), ' ') || reason, ', ' ORDER BY from_date)
        FROM habit_pauses
        """)
    }
    #expect(pause(two.first, "sick").status == 303)
    let before = try stored()
    _ = ana.get("/habits/\(id)")
    #expect(pause(two.second, "travel").status == 303)
    #expect(try stored() == two.stored)
    let flash = ana.get("/habits/\(id)").text.components(separatedBy: "class=\"flash\"").dropFirst().first ?? ""
    let undo = flash.components(separatedBy: "</form>")[0].components(separatedBy: "action=\"").dropFirst().first?.components(
      separatedBy: "\"")[0]
    #expect((undo?.contains("/pauses/") ?? false) == two.stored.contains(","))
    guard let undo, undo.contains("/pauses/") else { return }
    #expect(ana.post(undo).status == 303)
    #expect(try stored() == before)
  }
}
