import Postgres
import Testing

@testable import App
@testable import Domain

/// Habits by request: their days, pauses, rules and figures, with issue 9's hard cases. Monday 4 January 2027, noon in São Paulo.
@Suite struct HabitsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func facts(_ id: String, _ names: String...) -> String {
    let page = ana.get("/habits/\(id)")
    return names.map { page.fact($0) ?? "-" }.joined(separator: " ")
  }

  private func tick(_ id: String, _ dates: String...) -> Page {
    let body = (["csrf=\(ana.token())"] + dates.map { "date=" + $0 }).joined(separator: "&")
    return ana.post("/habits/\(id)/completions", raw: Array(body.utf8))
  }

  @Test func `a name alone makes a daily tick, and a press on the list does it and undoes it`() throws {
    let id = try ana.habit(["name": "Read"])
    #expect(facts(id, "current-streak", "streak-unit", "due", "done", "total") == "0 days true false 0")
    let list = ana.get("/habits")
    #expect(list.text.contains("formaction=\"/habits/\(id)/completions\" name=\"date\" value=\"2027-01-04\""))
    let done = ana.post("/habits/\(id)/completions", ["date": "2027-01-04", "next": "/habits"])
    #expect(done.status == 303 && done.location == "/habits#h-\(id)")
    #expect(facts(id, "current-streak", "longest-streak", "due", "done", "total") == "1 1 false true 1")
    #expect(ana.get("/habits").text.contains("formaction=\"/habits/\(id)/completions/2027-01-04/deletion\""))
    // Twice is once.
    #expect(tick(id, "2027-01-04").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'habit.completed'") == 1)
    #expect(ana.post("/habits/\(id)/completions/2027-01-04/deletion").status == 303)
    #expect(facts(id, "current-streak", "done", "total") == "0 false 0")
  }

  @Test(arguments: [
    ("2027-01-05T02:59:59Z", 0, "2027-01-04"), ("2027-01-05T03:00:00Z", 0, "2027-01-05"), ("2027-01-05T05:59:59Z", 3, "2027-01-04"),
    ("2027-01-05T06:00:00Z", 3, "2027-01-05"),
  ])
  func `hard case 1: a tick belongs to the date by zone and day start, and eight dates are offered`(
    now: String, dayStart: Int, date: String
  ) throws {
    let id = try ana.habit()
    try site.owner.run("UPDATE users SET day_start = \(dayStart) WHERE id = \(ana.user)")
    site.now = try Instant(iso: now).unwrapped
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(try site.text("SELECT date::text FROM habit_days") == date)
    let today = try Day(iso: date).unwrapped
    for days in -7...0 { #expect(tick(id, today.advanced(by: days).iso).status == 303, "\(days)") }
    for days in [-8, 1] {
      let page = tick(id, today.advanced(by: days).iso)
      #expect(page.status == 422 && page.complaints == ["date"], "\(days)")
    }
    #expect(try site.count("SELECT count(*) FROM habit_days WHERE state = 'done'") == 8)
  }

  @Test func `hard case 3: changes of how often count from their date, and the last of a date stands`() throws {
    let id = try ana.habit(["name": "Run", "frequency": "specific_days", "day": "mon"])
    let place = "/habits/\(id)"
    for (version, fields) in zip(
      1..., [["frequency": "daily"], ["frequency": "per_week", "times_per_week": "2"]] as [KeyValuePairs<String, String>])
    {
      let body = (["name=Run", "version=\(version)", "csrf=\(ana.token())"] + fields.map { "\($0)=\($1)" }).joined(separator: "&")
      #expect(ana.post(place, raw: Array(body.utf8)).status == 303)
    }
    #expect(try site.count("SELECT count(*) FROM habit_frequencies") == 1)
    #expect(facts(id, "streak-unit", "since") == "weeks 2027-01-04")
    site.pass(hours: 24)
    let body = "name=Run&frequency=daily&version=3&csrf=\(ana.token())"
    #expect(ana.post(place, raw: Array(body.utf8)).status == 303)
    #expect(facts(id, "streak-unit", "since") == "days 2027-01-05")
    #expect(ana.post(place, raw: Array(body.utf8)).status == 409)
  }

  @Test func `hard case 5: a pause of today that is resumed today never was; one from next Monday begins and ends by itself`() throws {
    let id = try ana.habit()
    #expect(ana.post("/habits/\(id)/pause").status == 303)
    #expect(facts(id, "status", "due") == "paused false")
    #expect(ana.get("/habits").text.contains("1 paused"))
    #expect(tick(id, "2027-01-04").status == 303)
    #expect(facts(id, "status", "current-streak") == "paused 1")
    #expect(ana.post("/habits/\(id)/resumption").status == 303)
    #expect(facts(id, "status") == "active")
    #expect(try site.count("SELECT count(*) FROM habit_pauses") == 0)
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-11", "until": "2027-01-15"]).status == 303)
    #expect(facts(id, "status") == "active")
    site.pass(hours: 24 * 7)
    #expect(facts(id, "status") == "paused")
    site.pass(hours: 24 * 4)
    #expect(facts(id, "status", "due") == "active true")
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-01"]).complaints == ["from"])
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-16", "until": "2027-01-16"]).complaints == ["until"])
  }

  @Test func `hard case 10: amounts as people type them, in either language`() throws {
    for (typed, kept) in [
      ("0,5", "0.5"), ("1.5", "1.5"), ("1h30", "90"), ("-1", nil), ("1e3", nil), ("1.2345", nil), ("9999999", nil), ("", nil),
      ("1.000,5", nil),
    ] as [(String, String?)] {
      let place: Comment = "\(typed), \(kept ?? "refused")"
      for language in Language.allCases {
        try site.owner.run("UPDATE users SET language = \(language) WHERE id = \(ana.user)")
        let id = try ana.habit(["name": "Walk", "kind": "amount", "unit": "min", "target": "30"])
        let page = ana.post("/habits/\(id)/completions", ["amount": typed])
        #expect(page.status == (kept == nil ? 422 : 303), place)
        if kept == nil { #expect(page.complaints == ["amount"], place) }
        #expect(facts(id, "amount") == kept ?? "0", place)
      }
    }
  }

  @Test func `hard case 11: at most two coffees`() throws {
    let id = try ana.habit(["name": "Coffee", "kind": "amount", "target": "2", "direction": "at_most"])
    // One press enters nothing.
    #expect(ana.get("/habits").text.contains("name=\"amount\" value=\"0\">Enter 0</button>"))
    let place = "/habits/\(id)/completions"
    let page = ana.get("/habits/\(id)").text
    #expect(page.contains("<button name=\"amount\" value=\"0\">") && page.contains("Enter 0 for today"))
    #expect(page.contains("No week has a sum yet."))
    #expect(ana.post(place, ["amount": "0"]).status == 303)
    #expect(facts(id, "done", "current-streak") == "true 1")
    #expect(ana.post("/habits/\(id)/completions", ["amount": "3"]).status == 303)
    #expect(facts(id, "done", "current-streak", "amount") == "false 0 3")
    #expect(ana.post("/habits/\(id)/completions", ["amount": "2", "set": "on"]).status == 303)
    #expect(facts(id, "done", "current-streak", "amount") == "true 1 2")
    // A date on which nothing is entered was not kept.
    site.pass(hours: 24)
    #expect(facts(id, "done", "current-streak", "misses") == "false 1 0")
    site.pass(hours: 24)
    #expect(facts(id, "done", "current-streak", "misses") == "false 0 1")
    let none = try ana.habit(["name": "Sugar", "kind": "amount", "target": "0", "direction": "at_most"])
    #expect(ana.post("/habits/\(none)/completions", ["amount": "0"]).status == 303)
    #expect(facts(none, "done", "current-streak", "rate") == "true 1 1.000000" && facts(none, "score") != "0.000000")
    #expect(ana.post("/habits/\(none)/completions", ["amount": "1"]).status == 303)
    #expect(facts(none, "done", "current-streak", "score") == "false 0 0.000000")
    #expect(ana.post("/habits", ["name": "A", "kind": "amount", "target": "0"]).complaints == ["target"])
  }

  @Test func `hard case 11: one press enters 0 on a date without an entry, each further one a step`() throws {
    let id = try ana.habit(["name": "Coffee", "kind": "amount", "target": "2", "direction": "at_most", "step": "0.5"])
    let zero = "p-zero\" data-mark"
    #expect(ana.get("/habits").text.components(separatedBy: zero).count == 8)
    #expect(tick(id, "2027-01-04").status == 303)
    #expect(facts(id, "done", "current-streak", "amount") == "true 1 0")
    #expect(ana.get("/habits").text.components(separatedBy: zero).count == 7)
    #expect(tick(id, "2027-01-04", "2027-01-03").status == 303)
    let stored: SQL = "SELECT string_agg(date || ' ' || amount, ', ' ORDER BY date) FROM habit_days"
    #expect(try site.text(stored) == "2027-01-03 0, 2027-01-04 500")
    // Where it takes the place of what was entered, it is a first one.
    #expect(ana.post("/habits/\(id)/completions", ["set": "on"]).status == 303)
    #expect(try site.text(stored) == "2027-01-03 0, 2027-01-04 0")
    let walk = try ana.habit(["name": "Walk", "kind": "amount", "target": "2", "step": "0.5"])
    for sum in ["0.5", "1"] {
      #expect(ana.post("/habits/\(walk)/completions").status == 303)
      #expect(facts(walk, "amount") == sum)
    }
  }

  @Test func `hard case 13: skips`() throws {
    let id = try ana.habit()
    #expect(tick(id, "2027-01-04").status == 303)
    let refused = ana.post("/habits/\(id)/skips", ["date": "2027-01-04"])
    #expect(refused.status == 409 && refused.text.contains("is done already"))
    #expect(ana.post("/habits/\(id)/skips", ["date": "2027-01-03", "reason": "rest"]).status == 303)
    let page = tick(id, "2027-01-03")
    #expect(try page.status == 303 && ana.get(page.location.unwrapped).text.contains("the skip is taken away"))
    let run = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10"])
    #expect(ana.post("/habits/\(run)/skips", ["date": "2027-01-03"]).status == 303)
    #expect(ana.post("/habits/\(run)/completions", ["date": "2027-01-03", "amount": "4"]).status == 303)
    #expect(ana.get("/habits/\(run)").text.contains(": 4 km; the skip is taken away."))
    // A part of the target is not done, and not thrown away either.
    for (more, says) in [("0", "4 km is entered for"), ("6", "is done already")] {
      #expect(ana.post("/habits/\(run)/completions", ["date": "2027-01-03", "amount": more]).status == 303)
      let refused = ana.post("/habits/\(run)/skips", ["date": "2027-01-03"])
      #expect(refused.status == 409 && refused.text.contains(says))
    }
    #expect(ana.post("/habits/\(id)/skips", ["date": "2027-01-05"]).complaints == ["date"])
    let weekly = try ana.habit(["name": "Run", "frequency": "specific_days", "day": "mon"])
    let idle = ana.post("/habits/\(weekly)/skips", ["date": "2027-01-03"])
    #expect(try idle.status == 303 && ana.get(idle.location.unwrapped).text.contains("nothing to skip"))
    #expect(try site.count("SELECT count(*) FROM habit_days WHERE state = 'skipped'") == 0)
  }

  @Test func `hard case 14: notes stay with their dates`() throws {
    let id = try ana.habit()
    // On a date that was missed it stays, and makes nothing done.
    #expect(tick(id, "2027-01-01").status == 303)
    #expect(ana.post("/habits/\(id)/notes", ["date": "2027-01-03", "notes": "Too late."]).status == 303)
    #expect(ana.get("/habits/\(id)").text.contains("Too late.") && facts(id, "total", "misses") == "1 2")
    #expect(ana.post("/habits/\(id)/notes", ["date": "2027-01-04", "notes": "*Why*\n<script>x</script>\n[a](javascript:x)"]).status == 303)
    let page = ana.get("/habits/\(id)")
    #expect(page.text.contains("<em>Why</em>") && !page.text.contains("<script>x") && !page.text.contains("javascript:"))
    #expect(facts(id, "done") == "false")
    #expect(tick(id, "2027-01-04").status == 303)
    #expect(ana.post("/habits/\(id)/completions/2027-01-04/deletion").status == 303)
    let undone = ana.get("/habits/\(id)").text
    #expect(undone.contains("<em>Why</em>") && undone.contains("is undone; its note stays."))
    #expect(ana.post("/habits/\(id)/notes", ["notes": String(repeating: "x", count: 2_049)]).complaints == ["notes"])
    #expect(ana.post("/habits/\(id)/notes", ["date": "2027-01-04", "notes": ""]).status == 303)
    #expect(!ana.get("/habits/\(id)").text.contains("<em>Why</em>"))
    #expect(ana.post("/habits/\(id)/notes", ["date": "2026-01-04", "notes": "x"]).complaints == ["date"])
  }

  @Test func `hard case 15: the day that made the longest streak undone and done again; deletion and Undo`() throws {
    let id = try ana.habit()
    #expect(tick(id, "2027-01-01", "2027-01-02", "2027-01-03").status == 303)
    #expect(facts(id, "longest-streak") == "3")
    #expect(ana.post("/habits/\(id)/completions/2027-01-02/deletion").status == 303)
    #expect(facts(id, "longest-streak", "current-streak") == "1 1")
    #expect(tick(id, "2027-01-02").status == 303)
    #expect(facts(id, "longest-streak") == "3")
    #expect(ana.post("/habits/\(id)/notes", ["notes": "Kept."]).status == 303)
    #expect(ana.post("/habits/\(id)/deletion").location == "/habits")
    #expect(ana.get("/habits/\(id)").status == 404)
    #expect(!ana.get("/habits?status=all").links.contains("/habits/\(id)"))
    #expect(ana.post("/habits/\(id)/restoration").status == 303)
    #expect(facts(id, "longest-streak", "status") == "3 active" && ana.get("/habits/\(id)").text.contains("Kept."))
    // After a day it is gone for good.
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    site.pass(hours: 49)
    try site.work()
    #expect(ana.post("/habits/\(id)/restoration").status == 404)
    #expect(try site.count("SELECT count(*) FROM habit_days") == 0)
  }

  @Test func `the stored past gives the figures of all entries, also ten years later`() throws {
    let id = try ana.habit()
    var ana = ana
    for _ in 1...40 {
      #expect(ana.post("/habits/\(id)/completions").status == 303)
      site.pass(hours: 24)
      ana = try site.visit(as: ana)
    }
    func facts(_ name: String) -> String { ana.get("/habits/\(id)").fact(name) ?? "-" }
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(try site.count("SELECT count(*) FROM habits WHERE state IS NOT NULL AND state_next > '2027-01-20'") == 1)
    let list = ana.get("/habits")
    #expect(list.fact("current-streak") == "41" && list.fact("score") == facts("score"))
    // What it was made of changes: all is reckoned anew.
    try site.owner.run("UPDATE users SET week_start = 7 WHERE id = \(ana.user)")
    let again = ana.get("/habits")
    #expect(again.status == 200 && again.fact("current-streak") == "41")
    site.pass(hours: 24 * 3_650)
    ana = try site.visit(as: ana)
    #expect(ana.get("/habits").fact("current-streak") == "0" && facts("longest-streak") == "41")
  }

  @Test func `hard case 9: archived time is a pause; the order is the person's own`() throws {
    let (a, b, c) = (try ana.habit(["name": "A"]), try ana.habit(["name": "B"]), try ana.habit(["name": "C"]))
    #expect(tick(a, "2027-01-03", "2027-01-04").status == 303)
    #expect(ana.post("/habits/\(a)/archival").status == 303)
    #expect(facts(a, "status") == "archived" && tick(a, "2027-01-04").status == 409)
    site.pass(hours: 24 * 90)
    let ana = try site.visit(as: ana)
    let archived = "/habits?status=archived"
    #expect(ana.get(archived).text.contains("formaction=\"/habits/\(a)/restoration\""))
    #expect(ana.post("/habits/\(a)/restoration", ["next": archived]).location == archived + "#h-\(a)")
    let page = ana.get("/habits/\(a)")
    #expect(page.fact("status") == "active" && page.fact("current-streak") == "2")
    #expect(ana.post("/habits/\(c)/position", ["position": "1"]).status == 303)
    #expect(try site.text("SELECT string_agg(name || position, ' ' ORDER BY position) FROM habits") == "C1 A2 B3")
    // The page has buttons for the places around its own.
    #expect(ana.get("/habits/\(b)").text.contains("<button name=\"position\" value=\"2\">Move up</button>"))
    #expect(!ana.get("/habits/\(c)").text.contains("Move up") && ana.get("/habits/\(c)").text.contains("value=\"2\">Move down</button>"))
    for wrong in ["0", "1000000000", "", "x"] {
      #expect(ana.post("/habits/\(b)/position", ["position": wrong]).complaints == ["position"], "\(wrong)")
    }
    #expect(ana.post("/habits/\(b)/position", ["position": "1000"]).status == 303)
  }

  @Test func `hard case 27: a stranger, a housemate and nobody learn nothing`() throws {
    let id = try ana.habit()
    for other in [try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .viewer)] {
      let missing = other.get("/habits/0192f000-0000-7000-8000-000000000000")
      let found = other.get("/habits/\(id)")
      #expect(found.status == 404 && found.unmasked == missing.unmasked)
      #expect(other.post("/habits/\(id)/completions").status == 404 && !other.get("/habits").text.contains(id))
    }
    #expect(try site.count("SELECT count(*) FROM habit_days") == 0)
  }
}
