import Postgres
import Testing

@testable import App
@testable import Domain

/// Which date a press is for, by request: at midnight, in other places, on two devices at once (issue 9's hard cases 1, 2, 6, 7 and 9).
@Suite struct HabitDatesTests {
  private let site: Site
  private let ana: Browser

  /// Monday 4 January 2027, noon in São Paulo.
  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func facts(_ id: String, _ names: String...) -> String {
    let page = ana.get("/habits/\(id)")
    return names.map { page.fact($0) ?? "-" }.joined(separator: " ")
  }

  private func tick(_ id: String, _ dates: String..., by browser: Browser? = nil) -> Page {
    let browser = browser ?? ana
    let body = (["csrf=\(browser.token())"] + dates.map { "date=" + $0 }).joined(separator: "&")
    return browser.post("/habits/\(id)/completions", raw: Array(body.utf8))
  }

  /// The dates that a habit's page offers, the newest first.
  private func offered(_ id: String, to browser: Browser? = nil) -> [String] {
    (browser ?? ana).get("/habits/\(id)").text.components(separatedBy: "type=\"checkbox\" name=\"date\" value=\"").dropFirst().map {
      String($0.prefix(10))
    }
  }

  @Test func `the page of an amount that begins tomorrow, on the first day of a week, is shown to who went west`() throws {
    // Monday in Apia, still Sunday in São Paulo.
    site.now = try Instant(iso: "2027-01-10T20:00:00Z").unwrapped
    try site.owner.run("UPDATE users SET timezone = 'Pacific/Apia' WHERE id = \(ana.user)")
    let id = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "3", "direction": "at_least"])
    #expect(try site.text("SELECT created_on::text FROM habits") == "2027-01-11")
    try site.owner.run("UPDATE users SET timezone = 'America/Sao_Paulo' WHERE id = \(ana.user)")
    ana.setCookie("__Host-heed_flash", nil)
    let page = ana.get("/habits/\(id)")
    #expect(page.status == 200 && page.fact("current-streak") == "0")
    #expect(ana.get("/habits/\(id)").unmasked == page.unmasked)
  }

  /// New York: 14 March has no 02:00 to 03:00, 7 November has 01:00 to 02:00 twice.
  @Test(arguments: [
    ("2027-03-14T04:59:59Z", 0, "2027-03-13"), ("2027-03-14T05:00:00Z", 0, "2027-03-14"), ("2027-03-14T07:59:59Z", 3, "2027-03-13"),
    ("2027-03-14T08:00:00Z", 3, "2027-03-14"), ("2027-11-07T03:59:59Z", 0, "2027-11-06"), ("2027-11-07T04:00:00Z", 0, "2027-11-07"),
    ("2027-11-07T06:59:59Z", 3, "2027-11-06"), ("2027-11-07T07:00:00Z", 3, "2027-11-07"),
  ])
  func `hard case 1: on both nights of a clock change in New York a press is for its date, and the page offers eight`(
    now: String, dayStart: Int, date: String
  ) throws {
    site.now = try Instant(iso: now).unwrapped
    let bob = try site.person("bob@x.test", zone: "America/New_York")
    try site.owner.run("UPDATE users SET day_start = \(dayStart) WHERE id = \(bob.user)")
    let id = try bob.habit()
    #expect(bob.post("/habits/\(id)/completions").status == 303)
    #expect(try site.text("SELECT date::text FROM habit_days") == date)
    let today = try Day(iso: date).unwrapped
    #expect(offered(id, to: bob) == (0...7).map { today.advanced(by: -$0).iso })
    #expect(tick(id, today.advanced(by: 1).iso, by: bob).status == 422 && tick(id, today.advanced(by: -8).iso, by: bob).status == 422)
  }

  @Test func `hard case 2: one date ticked on two devices at one instant, 50 rounds: one row, with the newest note`() throws {
    let id = try ana.habit()
    // The second is a second ahead, so a row says whose it is.
    let devices = try Devices(2, of: ana, apart: 1)
    for round in 0..<50 {
      try site.owner.run("DELETE FROM habit_days")
      // In turn: a note on each, on the second alone, on the first alone, on none.
      let notes = [round % 4 == 0 || round % 4 == 2 ? "First." : "", round % 4 < 2 ? "Second." : ""]
      devices.atOnce { number, browser in
        let page = browser.post("/habits/\(id)/completions", ["date": "2027-01-04", "notes": notes[number]])
        #expect(page.status == 303)
      }
      let rows: [(String, Instant)] = try site.owner.rows(Query(tuple: "SELECT state || ' ' || notes, ticked_at FROM habit_days"))
      #expect(rows.count == 1, "\(round)")
      let (row, ticked) = try rows.first.unwrapped
      let last = ticked == site.now ? 0 : 1
      let expected = notes[0].isEmpty == notes[1].isEmpty ? notes[last] : notes[0] + notes[1]
      #expect(row == "done " + expected, "\(round)")
    }
    #expect(facts(id, "total", "current-streak") == "1 1" && site.logged.isEmpty)
  }

  @Test func `hard case 2: a tick and an undo that cross end as one of both orders, 50 rounds, never an error`() throws {
    let id = try ana.habit()
    let devices = try Devices(2, of: ana)
    for round in 0..<50 {
      // From done, then from not done.
      let start = round % 2 == 0 ? "/habits/\(id)/completions" : "/habits/\(id)/completions/2027-01-04/deletion"
      #expect(ana.post(start).status == 303)
      let before = try site.count("SELECT max(number) FROM audit_log")
      devices.atOnce { number, browser in
        let page = browser.post(number == 0 ? "/habits/\(id)/completions" : "/habits/\(id)/completions/2027-01-04/deletion")
        #expect(page.status == 303, "\(round)")
      }
      #expect(try site.count("SELECT count(*) FROM habit_days") <= 1)
      let did: [String] = try site.owner.rows(
        Query(column: "SELECT action FROM audit_log WHERE number > \(before) AND action LIKE 'habit.%' ORDER BY number"))
      // From done: the tick finds it so and the undo wins, or the undo comes first. From not done: the same, the other way round.
      let (tick, undo) = ("habit.completed", "habit.uncompleted")
      let orders = round % 2 == 0 ? [[undo], [undo, tick]] : [[tick], [tick, undo]]
      #expect(orders.contains(did), "\(round): \(did)")
      #expect(facts(id, "done") == (did.last == tick ? "true" : "false"), "\(round)")
    }
    #expect(site.logged.isEmpty)
  }

  @Test func `hard case 2: eight dates are ticked at once, and none of them when one is impossible`() throws {
    let id = try ana.habit()
    let today = try Day(iso: "2027-01-04").unwrapped
    let eight = (0...7).map { "date=" + today.advanced(by: -$0).iso }
    func post(_ dates: [String]) -> Int {
      ana.post("/habits/\(id)/completions", raw: Array((["csrf=\(ana.token())"] + dates).joined(separator: "&").utf8)).status
    }
    for wrong in ["2026-12-32", "2027-02-29", "2026-12-27", "2027-01-05", "0000-00-00", "x", "%00"] {
      #expect(post(eight.dropLast() + ["date=" + wrong]) == 422, "\(wrong)")
      #expect(try site.count("SELECT count(*) FROM habit_days") == 0, "\(wrong)")
    }
    #expect(post(eight + eight) == 303)
    #expect(facts(id, "total", "current-streak") == "8 8")
  }

  private func fly(to zone: String) throws {
    let version = try site.count("SELECT version FROM users WHERE id = \(ana.user)")
    #expect(ana.post("/settings/profile", ["display_name": "Ana", "timezone": zone, "version": "\(version)"]).status == 303)
  }

  @Test func `hard case 6: flown east across midnight right after a tick, the streak stays, and undo takes that row`() throws {
    let id = try ana.habit()
    site.now = try Instant(iso: "2027-01-05T02:30:00Z").unwrapped
    #expect(tick(id, "2027-01-02", "2027-01-03", "2027-01-04").status == 303)
    try fly(to: "Asia/Tokyo")
    #expect(facts(id, "current-streak", "due", "done") == "3 true false")
    #expect(ana.post("/habits/\(id)/completions/2027-01-04/deletion").status == 303)
    // Yesterday there: a miss, as it would have been without the tick.
    #expect(facts(id, "current-streak", "total", "misses") == "0 2 1")
    #expect(tick(id, "2027-01-04", "2027-01-05").status == 303)
    #expect(facts(id, "current-streak") == "4")
  }

  @Test func `hard case 6: flown west across midnight right after a tick, the streak stays, and undo takes that row`() throws {
    let id = try ana.habit()
    try fly(to: "Asia/Tokyo")
    site.now = try Instant(iso: "2027-01-04T16:00:00Z").unwrapped
    #expect(tick(id, "2027-01-03", "2027-01-04", "2027-01-05").status == 303)
    #expect(facts(id, "current-streak", "done") == "3 true")
    // There it is 08:00 on the 4th: the last date done lies ahead.
    try fly(to: "America/Los_Angeles")
    #expect(facts(id, "current-streak", "longest-streak", "total", "due") == "3 3 3 false")
    #expect(offered(id).first == "2027-01-04" && tick(id, "2027-01-05").status == 422)
    #expect(ana.post("/habits/\(id)/completions/2027-01-06/deletion").status == 422)
    #expect(ana.post("/habits/\(id)/completions/2027-01-05/deletion").status == 303)
    #expect(facts(id, "current-streak", "total", "done") == "2 2 true")
    #expect(
      try site.text("SELECT string_agg(date::text, ' ' ORDER BY date) FROM habit_days WHERE state = 'done'") == "2027-01-03 2027-01-04")
    #expect(ana.post("/habits/\(id)/completions/2027-01-05/deletion").status == 422)
  }

  @Test(arguments: [
    ("America/Santiago", "2027-09-05T12:00:00Z"), ("Asia/Beirut", "2027-03-28T12:00:00Z"), ("Pacific/Apia", "2012-01-01T12:00:00Z"),
    ("Australia/Lord_Howe", "2027-04-04T12:00:00Z"), ("Pacific/Kiritimati", "2027-01-01T12:00:00Z"),
  ])
  func `hard case 7: where midnight or a whole date was left out, every date there is offered and counts once`(zone: String, now: String)
    throws
  {
    site.now = try Instant(iso: now).unwrapped
    let bob = try site.person("bob@x.test", zone: zone)
    let id = try bob.habit()
    let dates = offered(id, to: bob)
    #expect(dates.count == 8 && Set(dates).count == 8 && dates == dates.sorted(by: >) && !dates.contains("2011-12-30"))
    for date in dates { #expect(tick(id, date, by: bob).status == 303, "\(date)") }
    #expect(bob.get("/habits/\(id)").fact("current-streak") == "8" && bob.get("/habits/\(id)").fact("total") == "8")
    if zone == "Pacific/Apia" { #expect(tick(id, "2011-12-30", by: bob).complaints == ["date"]) }
  }

  @Test func `hard case 9: made today and back-dated seven days, it starts at its first entry`() throws {
    let id = try ana.habit()
    #expect(facts(id, "since") == "2027-01-04")
    #expect(tick(id, "2026-12-28").status == 303)
    #expect(facts(id, "since", "current-streak", "misses") == "2026-12-28 0 6")
    #expect(tick(id, "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03").status == 303)
    #expect(facts(id, "since", "current-streak", "misses") == "2026-12-28 7 0")
    #expect(ana.post("/habits/\(id)/completions/2026-12-28/deletion").status == 303)
    // An entry of any kind counts; what was undone is none.
    #expect(facts(id, "since", "current-streak") == "2026-12-29 6")
  }

  @Test func `hard case 9: imported with ten years, it starts at its first entry`() throws {
    let first = try Day(iso: "2017-01-04").unwrapped
    let days = (0..<3_652).map { "Read,\(first.advanced(by: $0).iso)\n" }.joined()
    let preview = ana.sendHabits("habit,date\n" + days)
    #expect(try ana.confirmHabits(preview).status == 303)
    let id = try site.text("SELECT id::text FROM habits").unwrapped
    #expect(facts(id, "since", "current-streak", "longest-streak", "total") == "2017-01-04 3652 3652 3652")
  }

  @Test func `hard case 9: ninety days in the archive are a pause`() throws {
    let id = try ana.habit()
    #expect(tick(id, "2027-01-03", "2027-01-04").status == 303)
    #expect(ana.post("/habits/\(id)/archival").status == 303)
    site.pass(hours: 24 * 90)
    let later = try site.visit(as: ana)
    #expect(later.get("/habits/\(id)").fact("current-streak") == "2")
    #expect(later.post("/habits/\(id)/restoration").status == 303)
    let page = later.get("/habits/\(id)")
    #expect(["current-streak", "misses", "due"].map { page.fact($0) } == ["2", "0", "true"])
    #expect(tick(id, "2027-04-04", by: later).status == 303)
    #expect(later.get("/habits/\(id)").fact("current-streak") == "3")
  }
}
