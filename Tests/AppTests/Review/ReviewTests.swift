import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// The weekly review by request, with issue 9's hard cases 8 and 27. Monday 18 January 2027, noon in São Paulo; habits since 1 December.
@Suite struct ReviewTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-18T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// A habit that was made on 1 December, done on some dates.
  private func habit(_ name: String, _ fields: [(String, String)] = [], done dates: [String] = []) throws -> String {
    let body = ([("name", name), ("csrf", ana.token())] + fields).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }
    let page = ana.post("/habits", raw: Array(body.joined(separator: "&").utf8))
    let id = try page.location.unwrapped.split(separator: "/").last.map(String.init).unwrapped
    try site.owner.run("UPDATE habits SET created_on = '2026-12-01' WHERE id = \(id)::uuid")
    try site.owner.run("UPDATE habit_frequencies SET from_date = '2026-12-01' WHERE habit_id = \(id)::uuid")
    try site.owner.run(
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
      SELECT \(id)::uuid, \(ana.user), d, 'done', '', 'page', 'America/Sao_Paulo', d + time '10:15'
      FROM unnest(\(dates)::date[]) d
      """)
    return id
  }

  private func dates(_ first: String, _ count: Int) throws -> [String] {
    let first = try Day(iso: first).unwrapped
    return (0..<count).map { first.advanced(by: $0).iso }
  }

  @Test func `hard case 8: an address is a week that has begun, or nothing is there`() throws {
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    for (address, status, first) in [
      ("2026-W53", 200, "2026-12-28"), ("2027-W01", 200, "2027-01-04"), ("2027-W53", 404, ""), ("2026-W00", 404, ""), ("2026-w01", 404, ""),
      ("2027-W02", 404, ""), ("2027-W1", 404, ""), ("walrus", 404, ""), ("0001-W01", 200, "0001-01-01"),
    ] as [(String, Int, String)] {
      let place: Comment = "\(address), \(status), \(first)"
      let page = ana.get("/review/\(address)")
      #expect(page.status == status, place)
      if status == 200 { #expect(page.fact("week") == address && page.fact("week-first") == first, place) }
    }
  }

  @Test func `the dates of a Brazilian's week begin with a capital`() throws {
    try site.owner.run("UPDATE users SET language = 'pt-BR', week_start = 7 WHERE id = \(ana.user)")
    #expect(ana.get("/review/2027-W02").text.contains("<h1>Domingo, 10 de janeiro a sábado, 16 de janeiro</h1>"))
  }

  @Test func `hard case 8: a person whose weeks begin on Sunday has the week of that Thursday`() throws {
    site.now = try Instant(iso: "2027-01-02T15:00:00Z").unwrapped
    try site.owner.run("UPDATE users SET week_start = 7 WHERE id = \(ana.user)")
    #expect(ana.get("/review").fact("week") == "2026-W53" && ana.get("/review/2026-W53").fact("week-first") == "2026-12-27")
    #expect(ana.get("/review/2027-W01").status == 404)
    site.pass(hours: 24)
    #expect(ana.get("/review").fact("week") == "2027-W01" && ana.get("/review").fact("week-first") == "2027-01-03")
  }

  @Test func `a week is what was done of what it asked, the mean of the rates, and the change in points`() throws {
    let read = try habit("Read", done: dates("2027-01-11", 7) + dates("2027-01-04", 3))
    let run = try habit("Run", [("frequency", "per_week"), ("times_per_week", "2")], done: ["2027-01-12", "2027-01-05", "2027-01-07"])
    let page = ana.get("/review/2027-W02")
    func row(_ id: String, _ fact: String) -> String? {
      let row = page.text.components(separatedBy: "href=\"/habits/\(id)\"").dropFirst().first?.components(separatedBy: "</tr>").first
      return row?.components(separatedBy: "data-fact=\"\(fact)\" value=\"").dropFirst().first?.components(separatedBy: "\"").first
    }
    #expect([row(read, "week-done"), row(read, "week-required")] == ["7", "7"])
    #expect([row(run, "week-done"), row(run, "week-required")] == ["1", "2"])
    // (1 + 0.5) / 2, after (3/7 + 1) / 2.
    #expect(page.fact("week-rate") == "0.750000" && page.fact("week-change") == "3.6")
    #expect(page.text.contains("the mean of your habits&#39; rates") || page.text.contains("the mean of your habits' rates"))
    #expect(!page.text.contains("so far"))
    #expect(page.links.contains("/review/2027-W01") && page.links.contains("/review/2027-W03"))
    // What is to come is not in the current one.
    let now = ana.get("/review")
    #expect(now.text.contains("so far") && now.fact("week") == "2027-W03" && !now.links.contains("/review/2027-W04"))
    // The first week has no week before.
    #expect(ana.get("/review/2026-W49").fact("week-change") == nil)
    #expect(ana.get("/review/2026-W49").fact("week-rate") == "0.000000")
  }

  @Test func `no habits, a week before the first, everything paused, everything in the archive: each is said`() throws {
    #expect(ana.get("/review").text.contains("No habits yet") && ana.get("/review").fact("week-rate") == nil)
    let id = try habit("Read")
    let before = ana.get("/review/2026-W40")
    #expect(before.status == 200 && before.text.contains("This was before your first habit") && before.links.contains("/review/2026-W49"))
    try site.owner.run(
      """
      INSERT INTO habit_pauses (id, habit_id, user_id, from_date, kind)
      VALUES (gen_random_uuid(), \(id)::uuid, \(ana.user), '2027-01-11', 'pause')
      """)
    let paused = ana.get("/review/2027-W02")
    #expect(paused.text.contains("Everything was paused. Nothing was asked, and nothing is missing.") && paused.fact("week-rate") == nil)
    try site.owner.run("UPDATE habit_pauses SET kind = 'archive'")
    try site.owner.run("UPDATE habits SET status = 'archived'")
    #expect(ana.get("/review/2027-W02").text.contains("No habit was asked in this week"))
    #expect(ana.get("/review/2027-W01").fact("week-required") == "7")
  }

  @Test func `skips are named with their reasons, groups have a sum, goals that moved and what comes next are said`() throws {
    let read = try habit("Read", [("group", "Evening")], done: dates("2027-01-11", 5))
    _ = try habit("Write", [("group", "Morning")], done: dates("2027-01-11", 7))
    _ = try habit("Stretch", [("group", "Morning")], done: dates("2027-01-11", 7))
    for (date, reason) in [("2027-01-16", "'sick'"), ("2027-01-17", "NULL")] as [(String, Columns)] {
      try site.owner.run(
        """
        INSERT INTO habit_days (habit_id, user_id, date, state, reason, notes, source, timezone, ticked_at)
        VALUES (\(read)::uuid, \(ana.user), \(date)::date, 'skipped', \(reason), '', 'page', 'UTC', \(site.now))
        """)
    }
    let goal = try ana.goal(["title": "Finish the book", "deadline": "2027-01-22"])
    let step = try ana.step(goal, ["title": "Chapter 1"])
    try site.owner.run(
      "UPDATE goal_subtasks SET status = 'completed', completed_at = '2027-01-18T02:59:59Z' WHERE id = \(step)::uuid")
    let page = ana.get("/review/2027-W02").text
    #expect(page.contains("2 skipped: sick 1, without a reason 1"))
    #expect(page.contains("14 / 14 · 100%") && page.contains("5 / 5 · 100%"))
    #expect(page.contains("Everything in “Morning” was kept.") || page.contains("longest streak"))
    #expect(page.contains("Finish the book</a>: 1 step done"))
    #expect(page.contains("3 habits · deadline of “Finish the book”"))
    // A second later it would be of the next week.
    try site.owner.run("UPDATE goal_subtasks SET completed_at = '2027-01-18T03:00:00Z'")
    #expect(!ana.get("/review/2027-W02").text.contains("Goals that moved") && ana.get("/review").text.contains("Goals that moved"))
  }

  @Test func `what stands out is chosen by rule: a record, a rescue, a weekday come before the rest`() throws {
    // Since Monday 7 December every day but 11 January: the longest streak is the old one.
    _ = try habit("Read", done: dates("2026-12-07", 35) + dates("2027-01-12", 6))
    let page = ana.get("/review/2027-W02").text
    #expect(page.contains("“Read” was missed once and kept right after, on Tuesday 12 January."))
    #expect(!page.contains("longest streak"))
    #expect(page.contains("“Read” went from 100% to 86%."))
    let record = ana.get("/review/2027-W01").text
    #expect(record.contains("“Read” reached its longest streak: 35 days."))
    // 10:15 in UTC is 07:15 in São Paulo.
    #expect(page.contains("Most was ticked between 7:00 and 8:00: 6 of 6.") || page.contains("best day of the last eight weeks"))
  }

  @Test(arguments: ["2027-W03", "2027-W02", "2027-W01", "2026-W50"])
  func `a stored past changes nothing of a week that is read again`(address: String) throws {
    let ids = [
      try habit("Read", done: dates("2026-12-03", 12) + dates("2026-12-20", 21) + dates("2027-01-12", 6)),
      try habit("Run", [("frequency", "per_week"), ("times_per_week", "3")], done: dates("2026-12-10", 3) + dates("2027-01-04", 4)),
      try habit("Walk", [("kind", "amount"), ("unit", "km"), ("target", "5"), ("period", "week")]),
    ]
    ana.get("/")  // Takes the flash line.
    let whole = ana.get("/review/\(address)").unmasked
    // A press stores the past, which then holds the dates up to nine days ago.
    for id in ids {
      #expect(ana.post("/habits/\(id)/completions", ["amount": "1", "date": "2027-01-18"]).status == 303)
      #expect(ana.post("/habits/\(id)/completions/2027-01-18/deletion").status == 303)
    }
    try site.owner.run("DELETE FROM habit_days WHERE date = '2027-01-18'")
    #expect(try site.count("SELECT count(*) FROM habits WHERE state IS NOT NULL AND state_next = '2027-01-09'") == 3)
    ana.get("/habits")
    #expect(ana.get("/review/\(address)").unmasked == whole)
    // A past that does not fit any more is not believed.
    try site.owner.run("UPDATE users SET week_start = 7")
    let sunday = ana.get("/review/\(address)").unmasked
    try site.owner.run("UPDATE habits SET state = NULL, state_next = NULL")
    #expect(ana.get("/review/\(address)").unmasked == sunday)
  }

  @Test func `a review of thirty habits asks as often as one of a single habit`() throws {
    _ = try habit("Read", done: dates("2027-01-11", 7))
    let watch = try site.watchRequests()
    func count() -> Int {
      watch.forget()
      #expect(ana.get("/review/2027-W02").status == 200)
      return watch.statements.count
    }
    _ = count()
    let one = count()
    for number in 0..<29 { _ = try habit("H\(number)", done: dates("2027-01-11", number % 7)) }
    _ = count()
    #expect(count() == one)
    #expect(one <= 8, "\(watch.statements)")
  }

  @Test func `hard case 27: nobody finds a trace of another's week`() throws {
    _ = try habit("Read secretly", done: dates("2027-01-11", 7))
    try ana.goal(["title": "Hidden goal", "deadline": "2027-01-22"])
    for other in [try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .viewer)] {
      let page = other.get("/review/2027-W02")
      #expect(page.status == 200 && page.text.contains("No habits yet"))
      #expect(!page.text.contains("secretly") && !page.text.contains("Hidden goal") && page.fact("week-rate") == nil)
    }
    #expect(site.browser().get("/review").location == "/sign-in?next=%2Freview" || site.browser().get("/review").status == 303)
  }
}
