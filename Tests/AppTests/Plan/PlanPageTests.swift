import Foundation
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// The plan of a day by request, with issue 12's hard case 30.
@Suite struct PlanPageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// Past the flash line, which no page that is kept has.
  private func plan(_ tag: String? = nil) -> Page {
    ana.setCookie("__Host-heed_flash", nil)
    return ana.get("/plan", tag.map { ["if-none-match": $0] } ?? [:])
  }

  private func act(_ task: String, _ what: String) -> Page { ana.post("/plan/task/\(task)/\(what)") }

  /// Whether a task stands among what is offered with a button.
  private func offers(_ task: String, _ what: String = "take") -> Bool { plan().text.contains("formaction=\"/plan/task/\(task)/\(what)\"") }

  /// As the role of the requests, for Ana.
  private func asAna<Value>(_ read: (Connection) throws -> Value) throws -> Value {
    let db = try site.connection("heed_web")
    return try db.transaction {
      try db.run(
        "SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
      return try read(db)
    }
  }

  private var moment: PlanMoment {
    get throws { PlanMoment(try asAna { try $0.row(Person.mine(site.services.zones)) }.unwrapped, at: site.now) }
  }

  @Test func `Hard case 30: dismissed stays away for the day, taken and done elsewhere leaves, and nothing is said honestly`() throws {
    #expect(plan().text.contains("Nothing presses"))
    _ = try ana.goal(["title": "G"])
    #expect(plan().text.contains("1 goal has no task."))
    let (a, b) = (try ana.task(["title": "A", "priority": "1"]), try ana.task(["title": "B", "priority": "2", "estimate": "1h30"]))
    let page = plan()
    #expect(page.fact("score") == "20" && page.text.contains("priority: Urgent 20 = 20"))
    #expect(page.fact("planned-minutes") == "0" && page.fact("busy-minutes") == "0" && page.fact("free-minutes") == "300")
    #expect(act(a, "dismissal").status == 303 && !offers(a))
    #expect(ana.post("/tasks/\(a)", ["title": "A", "priority": "1", "due": "2027-03-01", "version": "1"]).status == 303)
    #expect(!offers(a) && offers(b))
    let stored = try site.text("SELECT concat_ws(' ', state, day, reason, expires_at AT TIME ZONE 'UTC') FROM recent_context_items")
    #expect(stored == "dismissed 2027-03-01 priority:1 2027-03-02 05:00:00")
    #expect(act(b, "take").status == 303 && !offers(b) && offers(b, "dismissal"))
    #expect(plan().fact("planned-minutes") == "90")
    let entries = try site.count("SELECT count(*) FROM audit_log")
    #expect(act(b, "take").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log") == entries)
    #expect(planned.act(b, "completion").status == 303 && !offers(b, "dismissal") && act(b, "take").status == 409)
    site.pass(hours: 24)
    #expect(offers(a) && plan().text.contains("overdue by 1 day 42 + priority: Urgent 20 = 62"))
    #expect(act("00000000-0000-7000-8000-000000000000", "take").status == 404)
  }

  @Test func `Hard case 30: twice within a quarter of an hour it is the same, to the tag`() throws {
    let task = try ana.task(["title": "A", "priority": "1"])
    let tag = try plan().header("ETag").unwrapped
    site.pass(minutes: 14)
    #expect(plan(tag).status == 304)
    site.pass(minutes: 1)
    #expect(plan(tag).status == 200)
    let next = try plan().header("ETag").unwrapped
    #expect(act(task, "dismissal").status == 303 && plan(next).status == 200)
    // By the hours that she works, a day of which is an hour.
    let version = try ana.get("/settings/profile").field("version", ofForm: "/settings/profile").unwrapped
    let hours: KeyValuePairs = ["display_name": "Ana", "work_from": "12:00", "work_until": "13:00", "version": version]
    #expect(ana.post("/settings/profile", hours).status == 303)
    #expect(plan().fact("free-minutes") == "45")
    _ = try ana.task(["title": "B", "estimate": "1 day"])
    #expect(try site.count("SELECT estimate FROM tasks WHERE title = 'B'") == 60)
    // Less what is on, each minute once: not what is tentative, called off, marked free, or takes all day without taking its time.
    let (today, seen) = ("2027-03-01", try plan().header("ETag").unwrapped)
    for (start, end, field, value) in [
      ("12:30", "12:50", "status", "confirmed"), ("12:40", "12:55", "status", "confirmed"), ("12:15", "13:00", "status", "tentative"),
      ("12:15", "13:00", "status", "cancelled"), ("12:15", "13:00", "busy", "off"), ("11:00", "12:00", "status", "confirmed"),
    ] { try ana.event(["title": "E", "starts": today + "T" + start, "ends": today + "T" + end, field: value]) }
    try ana.event(["title": "E", "all_day": "on", "starts": today, "ends": today])
    let busy = plan(seen)
    #expect(busy.status == 200 && busy.fact("busy-minutes") == "25" && busy.fact("free-minutes") == "20")
    try ana.event(["title": "E", "all_day": "on", "starts": "2027-02-27", "ends": today, "busy": "on"])
    #expect(plan().fact("busy-minutes") == "45" && plan().fact("free-minutes") == "0")
  }

  @Test func `what was left stands under its day until it is carried over or dropped, and comes back by one press`() throws {
    let (a, b) = (try ana.task(["title": "A"]), try ana.task(["title": "B"]))
    for task in [a, b] { #expect(act(task, "take").status == 303) }
    site.pass(hours: 24)
    let page = plan()
    #expect(page.text.contains("Left from Monday 1 March") && page.text.contains("value=\"\(a)\" checked"))
    #expect(ana.get("/").text.contains("2 tasks were left from days before."))
    #expect(ana.post("/plan/carry", ["id": "task"]).status == 422 && ana.post("/plan/carry", ["id": a, "to": "2027-03-01"]).status == 422)
    #expect(ana.post("/plan/carry", ["id": a, "id": b, "to": "tomorrow"]).status == 303)
    func days() throws -> String? {
      try site.text("SELECT string_agg(concat_ws(' ', state, day), ', ' ORDER BY state, day) FROM recent_context_items")
    }
    #expect(try days() == "taken 2027-03-03, taken 2027-03-03")
    #expect(try site.count("SELECT count(*) FROM event_log WHERE kind = 'plan.carried' AND payload->>'from' = '2027-03-01'") == 2)
    #expect(try ana.post(planned.undo()).status == 303)
    #expect(try days() == "taken 2027-03-01, taken 2027-03-01")
    #expect(ana.post("/plan/carry", ["id": a, "to": "none"]).status == 303 && ana.post("/plan/carry", ["id": b]).status == 303)
    #expect(try days() == "dismissed 2027-03-02, taken 2027-03-02")
    // In the evening the day is looked back at.
    #expect(!plan().text.contains("The day in short") && planned.act(b, "completion").status == 303)
    site.pass(hours: 6)
    let evening = plan()
    #expect(evening.text.contains("data-evening=\"done\"") && evening.text.contains("Working hours are over"))
  }

  @Test func `the sum of the database is that of the rule, and the list by it has each task once`() throws {
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, status, priority, impact, due, due_at, estimate, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'T' || n, CASE WHEN n % 5 = 0 THEN 'in_progress' ELSE 'open' END, nullif(n % 5, 0), nullif(n % 6, 0),
        CASE WHEN n % 3 > 0 THEN date '2027-02-15' + n % 23 END,
        CASE WHEN n % 6 = 1 THEN (date '2027-02-15' + n % 23 + time '12:00') AT TIME ZONE 'America/New_York' END, nullif(n % 7, 0) * 60,
        t, t - n % 4 * interval '7 days'
      FROM generate_series(1, 120) n, LATERAL (SELECT \(site.now)::timestamptz - interval '30 days' * (n % 2) AS t) x
      """)
    let goals = try ["2027-03-20", "2027-09-01"].map { try ana.goal(["title": "G" + $0, "deadline": $0]) }
    for (number, from, type, to) in [(1, 7, "depends_on", 8), (2, 9, "depends_on", 8), (3, 11, "depends_on", 13)] {
      try site.owner.run(
        """
        INSERT INTO entity_links (id, user_id, type, from_kind, from_id, to_kind, to_id, created_at)
        SELECT gen_random_uuid(), \(ana.user), \(type), 'task', f.id, 'task', t.id, \(site.now) + \(number) * interval '1 second'
        FROM tasks f, tasks t WHERE f.title = 'T' || \(from)::int AND t.title = 'T' || \(to)::int
        """)
    }
    for (number, goal) in [(3, goals[0]), (4, goals[1]), (8, goals[0])] {
      let task = try site.text("SELECT id::text FROM tasks WHERE title = 'T' || \(number)::int").unwrapped
      try ana.link(task, "supports_goal", "goal:" + goal)
    }
    let now = try moment
    let (rows, sums) = try asAna { db in
      let sums: [(ID<App.Task>, Int)] = try db.rows(
        Query(
          tuple: """
            SELECT t.id, (\(PlanSum.own(now)) + \(PlanSum.ofLinks(now)))::bigint FROM tasks t \(PlanSum.hanging) WHERE t.user_id = (SELECT me())
            """))
      return (try db.rows(PlanRow.query(now)), Dictionary(uniqueKeysWithValues: sums))
    }
    #expect(rows.count > 50)
    for row in rows where row.openBlockers == 0 {
      let one = DayPlan([DayPlan<ID<App.Task>>.Candidate(row, now.clock)], now: now.now, clock: now.clock, freeMinutes: now.left.free)
      #expect((one.lines.first?.sum ?? 0) == sums[row.id], "\(row)")
    }
    // The whole list, page by page.
    var (titles, path): ([String], String?) = ([], "/tasks?sort=plan")
    while let here = path {
      let page = ana.get(here)
      titles += page.text.components(separatedBy: "<h2 class=\"row-title\"").dropFirst().compactMap {
        $0.components(separatedBy: "</a>").first?.components(separatedBy: ">").last
      }
      path = page.links.first { $0.contains("after=") }
    }
    let best = try site.text("SELECT title FROM tasks WHERE id = \(sums.max { $0.value < $1.value }.unwrapped.key)").unwrapped
    #expect(titles.count == 120 && Set(titles).count == 120)
    let top = try titles.prefix(2).map { title in
      try sums[ID(site.text("SELECT id::text FROM tasks WHERE title = \(title)").unwrapped).unwrapped] ?? 0
    }
    #expect(top == top.sorted(by: >) && top.first == sums.values.max(), "\(best)")
  }

  @Test func `Hard case 30: among ten thousand tasks it is read within 20 ms`() throws {
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, status, priority, due, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'T' || n, 'open', 1 + n % 4, date '2026-06-01' + n % 400, \(site.now), \(site.now)
      FROM generate_series(1, 10000) n
      """)
    try site.owner.run("ANALYZE")
    let now = try moment
    let times = try asAna { db in
      try (0..<12).map { _ in
        let lines: [String] = try db.rows(Query(column: "EXPLAIN (ANALYZE, TIMING OFF) \(PlanRow.query(now).sql)"))
        return try Double(lines.last.unwrapped.split(separator: " ").dropLast().last.unwrapped).unwrapped
      }
    }
    #expect(try times.min().unwrapped <= 20, "\(times)")
    #expect(plan().fact("score") == "80")
  }
}
