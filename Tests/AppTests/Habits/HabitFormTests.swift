import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// What no form takes, and who may send one: issue 9's bad input, its hard cases 26 and 27. Monday 4 January 2027, noon in São Paulo.
@Suite struct HabitFormTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func send(_ fields: String, to place: String = "/habits") -> Page {
    ana.post(place, raw: Array((fields + "&csrf=\(ana.token())").utf8))
  }

  @Test func `what a habit's form does not take is said beside its fields, all at once, and nothing is stored`() throws {
    for (fields, complaints) in [
      ("name=", ["name"]), ("name=%20%E2%80%8B", ["name"]), ("name=" + String(repeating: "x", count: 101), ["name"]),
      ("name=a%0Ab", ["name"]),
      ("frequency=hourly", ["frequency"]), ("frequency=specific_days", ["day"]), ("frequency=specific_days&day=mon&day=funday", ["day"]),
      ("frequency=specific_days&day=1", ["day"]), ("frequency=per_week&times_per_week=0", ["times_per_week"]),
      ("frequency=per_week&times_per_week=8", ["times_per_week"]), ("frequency=per_week&times_per_week=32", ["times_per_week"]),
      ("frequency=per_week", ["times_per_week"]), ("frequency=per_month&times_per_month=0", ["times_per_month"]),
      ("frequency=per_month&times_per_month=32", ["times_per_month"]), ("frequency=per_month&times_per_month=1.5", ["times_per_month"]),
      ("kind=number", ["kind"]), ("kind=amount&target=-1", ["target"]), ("kind=amount&target=0", ["target"]), ("kind=amount", ["target"]),
      ("kind=amount&target=2&step=0", ["step"]), ("kind=amount&target=2&step=-1", ["step"]),
      ("kind=amount&target=2&period=year", ["period"]),
      ("kind=amount&target=2&direction=exactly", ["direction"]),
      ("kind=amount&target=2&unit=" + String(repeating: "k", count: 21), ["unit"]),
      ("group=" + String(repeating: "g", count: 41), ["group"]), ("colour=0", ["colour"]), ("colour=9", ["colour"]),
      ("preferred_time=25:00", ["preferred_time"]), ("preferred_time=noon", ["preferred_time"]),
      ("description=" + String(repeating: "d", count: 16_385), ["description"]), ("goal=x", ["goal"]),
      (
        "frequency=per_week&times_per_week=0&group=%00&colour=9&kind=amount&target=-1&step=0",
        ["step", "colour", "group", "target", "times_per_week"]
      ),
    ] as [(String, [String])] {
      let place: Comment = "\(fields), \(complaints)"
      let page = send(fields.hasPrefix("name=") ? fields : "name=Run&" + fields)
      #expect(page.status == 422 && Set(page.complaints) == Set(complaints), "\(fields): \(page.complaints)")
      #expect(try site.count("SELECT count(*) FROM habits") == 0 && site.logged.isEmpty, place)
    }
  }

  @Test(arguments: [
    ("frequency=hourly", "frequency"), ("frequency=specific_days", "day"), ("goal=x", "goal"), ("personality=clown", "personality"),
    ("kind=number", "kind"), ("group=" + String(repeating: "g", count: 41), "group"),
  ])
  func `a complaint is said by the field or group that it is about`(fields: String, name: String) {
    let page = send("name=Run&" + fields).text
    let tag = page.components(separatedBy: " id=\"\(name)\"").dropFirst().first?.components(separatedBy: ">").first ?? ""
    #expect(tag.contains("aria-describedby=\"") && tag.contains("\(name)-complaint"), "\(tag)")
  }

  @Test(arguments: [
    ("frequency=daily&frequency=per_week&times_per_week=3", "daily 0 0"),
    ("frequency=per_week&times_per_week=3&frequency=daily", "per_week 0 3"),
    ("frequency=specific_days&day=mon&day=mon&times_per_week=9&times_per_month=99", "specific_days 1 0"),
    ("frequency=per_month&times_per_month=31&day=funday", "per_month 0 31"),
    ("kind=amount&target=5&period=week&frequency=per_week&times_per_week=0", "daily 0 0"),
  ])
  func `of two kinds of how often at once the chosen one counts, and what belongs to the other is left alone`(fields: String, asked: String)
    throws
  {
    #expect(send("name=Run&" + fields).status == 303)
    #expect(try site.text("SELECT concat_ws(' ', frequency, days, times) FROM habit_frequencies") == asked)
  }

  @Test func `a date that is none of the eight is refused wherever one is sent`() throws {
    let id = try ana.habit()
    for date in ["2026-12-27", "2027-01-05", "2027-02-30", "2026-13-01", "0000-00-00", "9999-12-31", "04.01.2027", "today", "%00"]
      as [String]
    {
      let place: Comment = "\(date)"
      for what in ["completions", "skips"] {
        let page = send("date=\(date)", to: "/habits/\(id)/\(what)")
        #expect(page.status == 422 && page.complaints == ["date"], "\(what) \(date)")
      }
      for action in ["completion", "skip"] {
        #expect(send("id=\(id)&action=\(action)&date=\(date)", to: "/habits/bulk").complaints == ["date"], place)
      }
      for what in ["completions", "skips"] {
        #expect([404, 422].contains(ana.post("/habits/\(id)/\(what)/\(date)/deletion").status), "\(what) \(date)")
      }
      #expect(send("notes=x&date=\(date)", to: "/habits/\(id)/notes").complaints == ["date"], place)
      #expect(try site.count("SELECT count(*) FROM habit_days") == 0 && site.logged.isEmpty, place)
    }
  }

  @Test func `a bulk of ten thousand ids is too large, of others' ids it is 404, and of one id five hundred times it is one`() throws {
    let id = try ana.habit()
    func bulk(_ ids: [String]) -> Page { send(ids.map { "id=" + $0 }.joined(separator: "&") + "&action=completion", to: "/habits/bulk") }
    let many = (0..<10_000).map { "0192f000-0000-7000-8000-" + String(format: "%012d", $0) }
    #expect(bulk(many).status == 413 && bulk(Array(repeating: id, count: 10_000)).status == 413)
    #expect(bulk([id] + many.prefix(400)).status == 404 && bulk([id] + many.prefix(700)).status == 404)
    #expect(try site.count("SELECT count(*) FROM habit_days") == 0)
    #expect(bulk(Array(repeating: id, count: 500)).status == 303)
    #expect(try site.count("SELECT count(*) FROM habit_days") == 1 && site.logged.isEmpty)
  }

  @Test func `more own habits than a form may hold are refused, and stay as they were`() throws {
    try site.owner.run(
      """
      INSERT INTO habits (id, user_id, name, description, status, kind, unit, step, colour, habit_group, position, created_on, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'H' || n, '', 'active', 'tick', '', 1000, 1, '', n, '2027-01-04', \(site.now), \(site.now)
      FROM generate_series(1, 501) n
      """)
    let ids: [String] = try site.owner.rows(Query(column: "SELECT id::text FROM habits"))
    let page = send(ids.map { "id=" + $0 }.joined(separator: "&") + "&action=archival", to: "/habits/bulk")
    #expect(page.status == 422 && page.text.contains("Tick at most 500 habits."))
    #expect(try site.count("SELECT count(*) FROM habits WHERE status = 'archived'") == 0)
  }

  @Test func `a form that is sent twice makes one habit, and one that is stale changes nothing`() throws {
    let nonce = try ana.get("/habits/new").field("nonce", ofForm: "/habits").unwrapped
    let first = send("name=Run&nonce=\(nonce)")
    #expect(first.status == 303 && send("name=Run&nonce=\(nonce)").location == first.location)
    #expect(try site.count("SELECT count(*) FROM habits") == 1)
    let place = try first.location.unwrapped
    #expect(send("name=Walk&version=1", to: place).status == 303)
    let stale = send("name=Crawl&version=1", to: place)
    #expect(stale.status == 409 && stale.text.contains("Crawl") && stale.text.contains("Walk"))
    for version in ["", "0", "x", "99999999999"] {
      #expect([409, 422].contains(send("name=Crawl&version=\(version)", to: place).status), "\(version)")
    }
    #expect(try site.text("SELECT name FROM habits") == "Walk")
    // Each of these twice is once.
    for part in ["archival", "restoration", "deletion", "restoration"] {
      let before = try site.count("SELECT count(*) FROM audit_log")
      #expect(ana.post("\(place)/\(part)").status == 303, "\(part)")
      #expect([303, 404].contains(ana.post("\(place)/\(part)").status), "\(part)")
      #expect(try site.count("SELECT count(*) FROM audit_log") == before + 1, "\(part)")
    }
    // A press of a page that shows an older state.
    let stamp = try ana.get(place).field("nonce", ofForm: "\(place)/completions").unwrapped
    for _ in 0..<2 { #expect(send("nonce=\(stamp)", to: "\(place)/completions").status == 303) }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'habit.completed'") == 1)
  }

  @Test func `hard case 26: a name is counted in scalars and shown as typed`() throws {
    let names = [
      "🏃🏽‍♀️ Run", "\u{202E}שלום", String(repeating: "e\u{301}\u{302}\u{303}", count: 25), "{{x}}", "=1+1", "a, \"b\"", "<b>&amp;",
    ]
    for name in names {
      let id = try ana.habit(["name": name])
      let shown = ana.get("/habits/\(id)").text.components(separatedBy: "<h1>").last?.components(separatedBy: "</h1>").first ?? ""
      let plain = shown.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
        "&#34;", with: "\""
      )
      .replacing("&amp;", with: "&")
      #expect(Array(plain.utf8) == Array(name.utf8), "\(shown)")
    }
    let stored: [String] = try site.owner.rows(Query(column: "SELECT name FROM habits ORDER BY position"))
    #expect(stored.map { Array($0.utf8) } == names.map { Array($0.utf8) })
    // A hundred letters to the eye, four hundred scalars.
    let long = ana.post("/habits", ["name": String(repeating: "e\u{301}\u{302}\u{303}", count: 100)])
    #expect(long.status == 422 && long.complaints == ["name"] && long.text.contains("at most 100 characters"))
  }

  @Test func `hard case 27: strangers, housemates and viewers get one 404 on every route of a habit, undo among them`() throws {
    let id = try ana.habit(["name": "Mine"])
    #expect(ana.post("/habits/\(id)/completions", ["notes": "Secret."]).status == 303)
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-10", "until": "2027-01-12"]).status == 303)
    let pause = try site.text("SELECT id::text FROM habit_pauses").unwrapped
    let missing = "0192f000-0000-7000-8000-000000000000"
    func address(_ pattern: String, _ habit: String) -> String {
      pattern.replacing(":habit", with: habit).replacing(":pause", with: pause).replacing(":date", with: "2027-01-04")
        .replacing(":rule", with: "2027-01-04")
    }
    let routes = App.site.filter { $0.pattern.hasPrefix("/habits/:habit") }
    #expect(routes.count >= 16)
    let others = [
      try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .viewer),
      try site.person("mia@x.test", sharing: ana, role: .admin),
    ]
    let before = try site.fingerprint()
    for other in others {
      for route in routes {
        let (theirs, none) = (address(route.pattern, id), address(route.pattern, missing))
        let (page, nothing) = route.method == .post ? (other.post(theirs), other.post(none)) : (other.get(theirs), other.get(none))
        #expect(page.status == 404 && page.unmasked == nothing.unmasked, "\(route.pattern): \(page.status)")
      }
      let bulk = other.post("/habits/bulk", ["id": id, "action": "archival"])
      #expect(bulk.status == 404 && bulk.unmasked == other.post("/habits/bulk", ["id": missing, "action": "archival"]).unmasked)
      for place in ["/habits?status=all", "/habits/export.csv", "/habits/sheet", "/review", "/coach", "/"] {
        let text = other.get(place).text
        #expect(!text.contains("Mine") && !text.contains(id) && !text.contains("Secret."), "\(place)")
      }
    }
    #expect(try site.fingerprint() == before)
  }
}
