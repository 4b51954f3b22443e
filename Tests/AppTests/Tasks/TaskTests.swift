import Postgres
import Testing

@testable import App
@testable import Domain

/// Tasks by request, with issue 12's hard cases 6 to 11, 22, 23 and 38.
@Suite struct TaskTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  @Test func `a task says what it is, and the list where it stands`() throws {
    #expect(ana.get("/tasks").text.contains("No tasks yet"))
    let task = try ana.task([
      "title": "Paint the kitchen", "due": "tomorrow at 9", "priority": "1", "impact": "4", "estimate": "1h30", "tags": "home, big",
      "notes": "*White.*",
    ])
    let page = ana.get("/tasks/\(task)")
    #expect(page.fact("status") == "open" && page.fact("blocked") == "false" && page.fact("due") == "2027-03-02T14:00:00Z")
    #expect(page.fact("priority") == "1" && page.fact("estimate") == "90" && page.text.contains("<em>White.</em>"))
    #expect(page.text.contains("/tasks?tag=big"))
    for (query, isThere) in [
      ("", true), ("?tag=HOME", true), ("?tag=hom", false), ("?priority=1", true), ("?priority=2", false), ("?due=week", true),
      ("?due=overdue", false),
      ("?q=kitch", true), ("?q=100%25", false), ("?q=_", false), ("?status=blocked", false), ("?status=all&sort=title", true),
      ("?sort=priority", true),
      ("?sort=updated", true),
    ] {
      let list = ana.get("/tasks" + query)
      #expect(list.status == 200 && list.text.contains(">Paint the kitchen</a>") == isThere, "\(query)")
    }
    #expect(ana.get("/tasks?q=kitchen&status=done").text.contains("No task in this list is like that."))
    #expect(planned.act(task, "time", ["minutes": "1h"]).status == 303 && planned.act(task, "time", ["minutes": "-2h"]).status == 422)
    let worked = ana.get("/tasks/\(task)")
    #expect(worked.fact("spent") == "60")
    // Pressed twice, it is noted once.
    let nonce = try worked.field("nonce", ofForm: "/tasks/\(task)/time").unwrapped
    for _ in 0..<2 { #expect(planned.act(task, "time", ["minutes": "15", "nonce": nonce]).status == 303) }
    #expect(ana.get("/tasks/\(task)").fact("spent") == "75")
    #expect(ana.post("/tasks/\(task)", ["title": "Paint it", "due": "2027-02-01", "version": "1"]).status == 303)
    #expect(ana.get("/tasks?due=overdue").text.contains(">Paint it</a>"))
    #expect(ana.post("/tasks/\(task)", ["title": "Paint", "version": "1"]).status == 409)
    #expect(try site.text("SELECT concat_ws(' ', coalesce(priority::text, '-'), coalesce(estimate::text, '-')) FROM tasks") == "- -")
    #expect(planned.act(task, "completion").status == 303)
    #expect(ana.get("/tasks").text.contains("Everything is done"))
    try planned.check()
  }

  @Test func `Hard case 6: what waits is completed by name or anyway; all else is not asked about`() throws {
    let (permit, paint) = (try ana.task(["title": "Permit"]), try ana.task(["title": "Paint"]))
    try ana.link(paint, "depends_on", permit)
    let page = planned.act(paint, "completion")
    #expect(
      page.status == 409 && page.text.contains("“Paint” waits for “Permit”. Finish that first, complete it anyway, or take the link away."))
    #expect(page.field("anyway", ofForm: "/tasks/\(paint)/completion") == "on")
    #expect(planned.act(paint, "start").status == 303)
    #expect(ana.get("/tasks/\(paint)").text.contains("It waits for 1 thing still."))
    #expect(planned.act(paint, "deferral").status == 303 && planned.act(paint, "cancellation").status == 303)
    #expect(try planned.states() == "Paint cancelled!, Permit open")
    #expect(planned.act(paint, "completion", ["anyway": "on"]).status == 303)
    #expect(try site.text("SELECT payload::json->>'anyway' FROM audit_log WHERE action = 'task.completed'") == "on")
    #expect(try site.count("SELECT count(*) FROM task_completions WHERE anyway") == 1)
    try planned.check()
  }

  @Test func `Hard cases 7 and 8: all of a tree is closed at once and comes back but for what changed since`() throws {
    let parent = try ana.task(["title": "P"])
    let subtasks = try ["A", "B", "C"].map { try ana.task(["title": $0, "parent": parent]) }
    let other = try ana.task(["title": "X"])
    try ana.link(subtasks[1], "depends_on", other)
    try ana.link(subtasks[2], "depends_on", subtasks[0])
    let asked = planned.act(parent, "completion")
    #expect(asked.status == 409 && asked.text.contains("3 subtasks are open") && asked.text.contains("value=\"all\""))
    let named = planned.act(parent, "completion", ["scope": "all"])
    #expect(named.status == 409 && named.text.contains("“B” waits for “X”") && !named.text.contains("“C” waits"))
    #expect(planned.act(parent, "completion", ["scope": "all", "anyway": "on"]).status == 303)
    #expect(try planned.states() == "A done, B done!, C done, P done, X open")
    let undo = try planned.undo()
    #expect(ana.post("/tasks/\(subtasks[0])", ["title": "A2", "parent": parent, "version": "1"]).status == 303)
    #expect(ana.post(undo).status == 303)
    let back = ana.get("/tasks/\(parent)")
    #expect(back.text.contains("Left, for it changed since: “A2”.") && back.fact("undone") == "3" && back.fact("kept") == "1")
    #expect(try planned.states() == "A2 done, B open!, C open, P open, X open")
    #expect(ana.post(undo).status == 409)
    try planned.check()
    #expect(planned.act(parent, "completion", ["scope": "one"]).status == 303)
    #expect(try planned.states() == "A2 done, B open!, C open, P done, X open")
    #expect(planned.act(parent, "reopening").status == 303 && planned.act(parent, "cancellation", ["scope": "all"]).status == 303)
    #expect(try planned.states() == "A2 done, B cancelled!, C cancelled, P cancelled, X open")
    // The parent stays finished whatever comes below it, and is offered to be opened again.
    #expect(planned.act(subtasks[2], "reopening").status == 303)
    let added = try ana.task(["title": "D", "parent": parent])
    for task in [subtasks[2], added] {
      #expect(ana.get("/tasks/\(task)").form("/tasks/\(parent)/reopening") != nil)
    }
    #expect(try planned.states() == "A2 done, B cancelled!, C open, D open, P cancelled, X open")
    try planned.check()
  }

  @Test func `Hard case 9: done again stays, reopened is cleared, and nothing is done before it was made`() throws {
    let task = try ana.task(["title": "A"])
    func completed() throws -> String? { try site.text("SELECT completed_at::text FROM tasks") }
    site.pass(hours: -1)
    #expect(planned.act(task, "completion").status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE completed_at = created_at") == 1)
    let (first, entries) = (try completed(), try site.count("SELECT count(*) FROM audit_log"))
    site.pass(hours: 3)
    #expect(planned.act(task, "completion").status == 303)
    #expect(try completed() == first)
    #expect(try site.count("SELECT count(*) FROM audit_log") == entries)
    #expect(planned.act(task, "reopening").status == 303)
    #expect(try completed() == nil)
    let devices = try Devices(2, of: ana)
    // No program completes tasks: from its page, and from the list as one of many.
    devices.atOnce { number, browser in
      let page =
        number == 0 ? browser.post("/tasks/\(task)/completion") : browser.post("/tasks/bulk", ["id": task, "action": "completion"])
      #expect(page.status == 303)
    }
    #expect(try site.count("SELECT count(*) FROM task_completions WHERE undone_at IS NULL") == 1)
    #expect(
      try site.count("SELECT count(*) FROM event_log WHERE kind = 'task.completed' AND request_id <> '' AND thing_id = \(task)::uuid") == 2)
    try planned.check()
  }

  @Test func `Hard case 10: put off until a day ahead, or someday`() throws {
    let task = try ana.task(["title": "A", "due": "2027-03-02"])
    for day in ["2027-03-01", "2027-02-28", "today", "yesterday", "walrus", "2027-02-30"] {
      #expect(planned.act(task, "deferral", ["until": day]).complaints == ["until"], "\(day)")
    }
    try site.owner.run("UPDATE users SET day_start = 4")
    #expect(planned.act(task, "deferral", ["until": "2027-03-03"]).status == 303)
    let page = ana.get("/tasks/\(task)")
    #expect(
      page.fact("status") == "deferred" && page.fact("deferred-until") == "2027-03-03" && page.text.contains("It is due before that."))
    #expect(page.fact("due") == "2027-03-02")
    #expect(try site.count("SELECT count(*) FROM tasks WHERE wake_at = '2027-03-03T09:00:00Z'") == 1)
    for (second, status) in [(-1, "deferred"), (0, "open")] {
      site.now = try Instant(iso: "2027-03-03T09:00:00Z").unwrapped.advanced(seconds: second)
      try site.work()
      #expect(try site.text("SELECT status FROM tasks") == status)
    }
    for (words, day) in [("in 3 days", "2027-03-06"), ("never", nil), ("2027-03-09", "2027-03-09"), ("", nil)] as [(String, String?)] {
      #expect(planned.act(task, "deferral", ["until": words]).status == 303)
      let shown = ana.get("/tasks/\(task)")
      #expect(shown.fact("status") == "deferred" && shown.fact("deferred-until") == day, "\(words)")
    }
    #expect(try site.text("SELECT concat_ws(' ', status, deferred_until, wake_at) FROM tasks") == "deferred")
    // A form that says nothing of when takes words too, but for those that say never.
    let form = ana.post("/tasks", ["title": "B", "deferred_until": "someday"])
    #expect(form.status == 422 && form.complaints == ["deferred_until"])
    #expect(ana.get("/tasks").text.contains("Nothing is to be done now") && ana.get("/tasks?status=deferred").text.contains("Someday"))
    try planned.check()
  }

  @Test func `Hard case 11: what is due on a date is of that day until the person's next one begins, wherever they are by then`() throws {
    let task = try ana.task(["title": "Taxes", "due": "2027-03-01"])
    for (now, place, dayStart, list) in [
      ("2027-03-02T04:59:00Z", "America/New_York", 0, "today"), ("2027-03-02T05:00:00Z", "America/New_York", 0, "overdue"),
      ("2027-03-02T05:00:00Z", "America/New_York", 3, "today"), ("2027-03-02T08:00:00Z", "America/New_York", 3, "overdue"),
      ("2027-03-02T08:00:00Z", "Pacific/Honolulu", 0, "today"), ("2027-03-02T10:00:00Z", "Pacific/Honolulu", 0, "overdue"),
    ] {
      site.now = try Instant(iso: now).unwrapped
      try site.owner.run("UPDATE users SET timezone = \(place), day_start = \(dayStart)")
      for query in ["today", "overdue"] {
        let isThere = ana.get("/tasks?due=" + query).text.contains(">Taxes</a>")
        #expect(isThere == (query == list), "\(now) \(place) \(dayStart) \(query)")
      }
    }
    #expect(ana.get("/tasks/\(task)").fact("due") == "2027-03-01")
  }

  @Test func `bad input is said beside its field, and nothing is stored`() throws {
    let goal = try ana.goal(["title": "G"])
    for (field, value) in [
      ("title", "A\r\nB"), ("title", String(repeating: "a", count: 201)), ("title", "\u{202E}"), ("estimate", "1e9h"), ("estimate", "-5"),
      ("estimate", "9223372036854775808"), ("actual", "-5"), ("priority", "-5"), ("priority", "9223372036854775808"), ("impact", "6"),
      ("parent", goal), ("parent", "task:" + goal), ("due", "2027-02-30"), ("deferred_until", "walrus"),
    ] {
      let fields: KeyValuePairs<String, String> = field == "title" ? [field: value] : ["title": "T", field: value]
      let page = ana.post("/tasks", fields)
      #expect(page.status == 422 && page.complaints.contains(field), "\(field) \(value) \(page.status) \(page.complaints)")
    }
    #expect(try site.count("SELECT count(*) FROM tasks") == 0)
    let task = try ana.task(["title": "T"])
    #expect(planned.act(task, "position", ["parent": goal]).status == 422)
    #expect(ana.linking(task, "depends_on", "task:" + goal).status == 404 && ana.linking(task, "depends_on", "habit:" + goal).status == 422)
    for query in ["status=walrus", "due=-5", "priority=9223372036854775808", "view=%00", "goal=1e9h"] {
      #expect(ana.get("/tasks?" + query).status == 422, "\(query)")
    }
    #expect(try planned.states() == "T open" && site.count("SELECT count(*) FROM entity_links") == 0)
  }

  @Test func `Hard case 22: titles that say the same are the same`() throws {
    for (one, other, isSame) in [
      ("Comprar pão", " comprar  PÃO ", true), ("Straße", "STRASSE", true), ("avô", "avó", false), ("e\u{301}", "\u{e9}", true),
      ("ﬁle", "FILE", true),
      ("👨\u{200d}👩", "👨👩", false), ("İ", "i", false), ("a\u{200e}b", "AB", true), ("Σ", "ς", true), ("a\u{a0}\tb", "a b", true),
    ] as [(String, String, Bool)] {
      let place: Comment = "\(one), \(other), \(isSame)"
      let same: Bool? = try site.owner.value("SELECT normal_title(\(one)) = normal_title(\(other))")
      #expect(same == isSame, place)
    }
  }

  @Test func `Hard case 23: a tree goes and comes back as one, a subtask alone at the top`() throws {
    let parent = try ana.task(["title": "P"])
    let child = try ana.task(["title": "C", "parent": parent])
    let leaf = try ana.task(["title": "L", "parent": child])
    #expect(planned.act(parent, "deletion").status == 303)
    #expect(try planned.states().isEmpty && ana.get("/tasks/\(child)").status == 404 && planned.act(child, "start").status == 404)
    try planned.check()
    #expect(ana.post("/trash/task/\(child)/restoration").status == 303)
    #expect(ana.get("/tasks/\(child)").text.contains("It stands at the top now."))
    #expect(try planned.states() == "C open, L open")
    #expect(ana.post("/trash/task/\(parent)/restoration").status == 303)
    let tree = try site.text(
      "SELECT string_agg(t.title || coalesce('^' || p.title, ''), ' ' ORDER BY t.title) FROM tasks t LEFT JOIN tasks p ON p.id = t.parent_id"
    )
    #expect(tree == "C L^C P")
    #expect(planned.act(leaf, "deletion").status == 303)
    site.pass(hours: 24 * 31)
    try site.work()
    try ana.openSession()
    #expect(ana.post("/trash/task/\(leaf)/restoration").status == 404)
    #expect(try site.count("SELECT count(*) FROM search_documents WHERE title = 'L'") == 0)
    #expect(try site.count("SELECT count(*) FROM deletions") == 0)
    try planned.check()
  }

  @Test func `Hard case 38: subtasks end at 1,000 and five levels, and two moves at once leave one order`() throws {
    var above = try ana.task(["title": "1"])
    for level in 2...5 { above = try ana.task(["title": "\(level)", "parent": above]) }
    #expect(ana.post("/tasks", ["title": "6", "parent": above]).text.contains("five levels deep"))
    let parent = try ana.task(["title": "P"])
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, parent_id, position, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'N' || n, \(parent)::uuid, n, \(site.now), \(site.now) FROM generate_series(1, 999) n
      """)
    let last = try ana.task(["title": "Last", "parent": parent])
    #expect(ana.post("/tasks", ["title": "More", "parent": parent]).text.contains("A task has at most"))
    // What comes back where its place is taken goes to the top.
    #expect(planned.act(last, "deletion").status == 303)
    _ = try ana.task(["title": "More", "parent": parent])
    #expect(ana.post("/trash/task/\(last)/restoration").status == 303)
    #expect(ana.get("/tasks/\(last)").text.contains("It stands at the top now."))
    let page = ana.get("/tasks/\(parent)")
    #expect(page.text.contains(">N50</a>") && !page.text.contains(">N51</a>"))
    let next = try page.links.first { $0.contains("after=") }.unwrapped
    #expect(ana.get(next).text.contains(">N51</a>"))
    let moved = try ["N7", "N900"].map { title in try site.text("SELECT id::text FROM tasks WHERE title = \(title)").unwrapped }
    let devices = try Devices(2, of: ana)
    devices.atOnce { number, browser in
      #expect(browser.post("/tasks/\(moved[number])/position", ["position": "3"]).status == 303)
    }
    let order = try site.text(
      "SELECT concat_ws(' ', count(DISTINCT position), min(position), max(position)) FROM tasks WHERE parent_id = \(parent)::uuid")
    #expect(order == "1000 1 1000")
    #expect(planned.act(moved[0], "position", ["position": "9223372036854775807"]).status == 303)
    #expect(try site.count("SELECT position FROM tasks WHERE title = 'N7'") == 1_000)
  }

  @Test func `whatever is done, what is kept by triggers is right`() throws {
    let goal = try ana.goal(["title": "G"])
    let ids = try (0..<7).map { try ana.task(["title": "T\($0)"]) }
    var random: UInt64 = 12_345
    func draw(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % count
    }
    for step in 0..<90 {
      let (one, other) = (ids[draw(ids.count)], ids[draw(ids.count)])
      site.pass(seconds: 7)
      switch draw(12) {
      case 0, 1, 2: _ = ana.linking(one, ["depends_on", "blocks", "related"][draw(3)], other)
      case 3: _ = planned.act(one, "completion", ["scope": "all", "anyway": "on"])
      case 4: _ = planned.act(one, "reopening")
      case 5: _ = planned.act(one, "archival")
      case 6: _ = planned.act(one, "deletion")
      case 7: _ = ana.post("/trash/task/\(one)/restoration")
      case 8: _ = planned.act(one, "position", ["parent": other])
      case 9: _ = planned.act(one, ["start", "deferral", "cancellation"][draw(3)], ["scope": "one"])
      case 10: _ = ana.linking(one, "depends_on", "goal:" + goal)
      default: if let undo = try? planned.undo() { _ = ana.post(undo) }
      }
      if step % 15 == 14 { try planned.check("\(step)") }
    }
    #expect(site.logged.isEmpty, "\(site.logged)")
  }
}
