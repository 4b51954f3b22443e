import Postgres
import Testing

@testable import App
@testable import Domain

/// Lists, board, agenda and chain of tasks, and many at once: issue 12's hard cases 33 and 37.
@Suite struct TaskManyTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// Posts about many.
  private func bulk(_ ids: [String], _ action: String, _ more: [(String, String)] = []) -> Page {
    let fields = [("csrf", ana.token()), ("action", action)] + ids.map { ("id", $0) } + more
    return ana.post(
      "/tasks/bulk", raw: Array(fields.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
  }

  @Test func `Hard case 33: of forty 38 are done, one that waits and one of others are left and said, and all come back at once`() throws {
    let eve = try site.person("eve@x.test")
    let hers = try eve.task(["title": "Hers"])
    let permit = try ana.task(["title": "Permit"])
    let paint = try ana.task(["title": "Paint"])
    try ana.link(paint, "depends_on", permit)
    let parent = try ana.task(["title": "P"])
    let child = try ana.task(["title": "C", "parent": parent])
    let many = try (0..<36).map { try ana.task(["title": "T\($0)"]) }
    let stale = many[7]
    #expect(planned.act(stale, "completion").status == 303)
    let entries = try site.count("SELECT count(*) FROM audit_log WHERE action = 'task.completed'")
    // The parent comes before its subtask: it is done once that is.
    let page = bulk([parent, child] + many + [paint, hers], "completion")
    #expect(page.status == 303 && page.location == "/tasks")
    let said = ana.get("/tasks").text
    let offered = said.components(separatedBy: "action=\"/undo/").dropFirst().first
    let undo = "/undo/" + String(try offered.unwrapped.prefix(36))
    #expect(said.contains("38 done · 2 left: “Paint” waits for “Permit”; 1 is not there."))
    #expect(try site.count("SELECT count(*) FROM tasks WHERE status = 'done' AND user_id = \(ana.user)") == 38)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'task.completed'") == entries + 37)
    try planned.check()
    #expect(ana.post(undo).location == "/tasks")
    let back = ana.get("/tasks")
    #expect(back.fact("undone") == "37" && back.fact("kept") == "0")
    #expect(try site.count("SELECT count(*) FROM tasks WHERE status = 'done'") == 1)
    #expect(ana.post(undo).status == 409)
    try planned.check()
    #expect(bulk([permit, paint], "completion").status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE title IN ('Permit', 'Paint') AND status = 'done'") == 2)
  }

  @Test func `everything else that many can have done to them is taken back by one press`() throws {
    let ids = try planned.tasks("A", "B", "C")
    for (action, more, changed, said) in [
      ("priority", [("priority", "1")], "priority = 1", "priority of 3 set."),
      ("tag", [("tag", "home")], "id IN (SELECT thing FROM tags)", "3 tagged."),
      ("deferral", [("until", "2027-03-05")], "deferred_until = '2027-03-05'", "3 put off."),
      ("archival", [], "archived_at IS NOT NULL", "3 archived."), ("deletion", [], "deleted_at IS NOT NULL", "3 deleted."),
      ("start", [], "status = 'in_progress'", "3 begun."),
    ] as [(String, [(String, String)], Columns, String)] {
      let count: SQL = "SELECT count(*) FROM tasks WHERE \(changed)"
      site.pass(seconds: 5)
      #expect(bulk(ids, action, more).status == 303)
      #expect(try site.count(count) == 3, "\(action)")
      let page = ana.get("/tasks").text
      #expect(page.contains(said), "\(action)")
      let offered = try page.components(separatedBy: "action=\"/undo/").dropFirst().first.unwrapped
      #expect(ana.post("/undo/" + String(offered.prefix(36))).status == 303, "\(action)")
      #expect(try site.count(count) == 0, "\(action)")
      try planned.check()
    }
    for (fields, text) in [
      ([("action", "completion")], "Tick at least one task."), ([("id", ids[0])], "Choose one of the values offered."),
      ([("id", ids[0]), ("action", "deferral"), ("until", "2027-03-01")], "Choose a day after today"),
      ([("id", ids[0]), ("action", "tag"), ("tag", "")], "Fill this in."),
    ] {
      let body = ([("csrf", ana.token())] + fields).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
      let page = ana.post("/tasks/bulk", raw: Array(body.utf8))
      #expect(page.status == 422 && page.text.contains(text), "\(fields)")
    }
    // What the list shows and no more: one letter is the beginning of a word.
    _ = try ana.task(["title": "Crab"])
    #expect(ana.post("/tasks/bulk", ["all": "on", "action": "completion", "list": "q=b"]).status == 303)
    #expect(try planned.states() == "A open, B done, C open, Crab open")
    // However long the address of the list is.
    let long = String(repeating: "é", count: 120)
    _ = try ana.task(["title": long])
    #expect(ana.post("/tasks/bulk", ["all": "on", "action": "start", "list": "q=" + Browser.encoded(long)]).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE status = 'in_progress'") == 1)
  }

  /// So many tasks from "T0001" on.
  private func fill(_ count: Int) throws {
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'T' || lpad(n::text, 4, '0'), \(site.now), \(site.now) FROM generate_series(1, \(count)) n
      """)
  }

  private func done() throws -> Int { try site.count("SELECT count(*) FROM tasks WHERE status = 'done'") }

  @Test func `Hard case 33: all of a list of 3,000 are a job with progress, taken back at any time`() throws {
    try fill(3_000)
    let place = try ana.post("/tasks/bulk", ["all": "on", "action": "completion"]).location.unwrapped
    #expect(try place.hasPrefix("/planner/batches/") && done() == 0)
    let list = [Feature(jobs: [TaskBatchWork.kind])]
    var worker: Worker? = try site.worker(doing: list)
    for _ in 0..<2 { try worker?.cycle(site.now) }
    worker = nil
    let running = ana.get(place)
    #expect(running.fact("state") == "running" && running.fact("done") == "400" && running.text.contains("400 of 3000 tasks"))
    #expect(try done() == 400 && site.count("SELECT count(*) FROM audit_log WHERE action = 'task.completed'") == 400)
    let one = try site.text("SELECT id::text FROM tasks WHERE status = 'done' LIMIT 1").unwrapped
    #expect(planned.act(one, "time", ["minutes": "5"]).status == 303)
    // Nothing more is done once it is taken back.
    #expect(ana.post(place + "/undo").location == place)
    #expect(ana.post(place + "/undo").status == 409)
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try site.worker(doing: list).runOnce { site.now }
    let page = ana.get(place)
    #expect(page.fact("state") == "undone" && page.fact("undone") == "399" && page.fact("kept") == "1")
    #expect(try done() == 1)
    try planned.check()
    #expect(site.logged.isEmpty && Set(site.workLogged).isSubset(of: [LoggedHeads.event]))
  }

  @Test func `Hard case 33: a chain longer than a step is done in its order, what waits for others is named, and all come back`() throws {
    try fill(600)
    let (permit, paint) = (try ana.task(["title": "Permit"]), try ana.task(["title": "T0 Paint"]))
    try ana.link(paint, "depends_on", permit)
    try site.owner.run(
      """
      INSERT INTO entity_links (id, user_id, type, from_kind, from_id, to_kind, to_id, created_at)
      SELECT gen_random_uuid(), \(ana.user), 'depends_on', 'task', a.id, 'task', b.id, \(site.now) FROM tasks a
      JOIN tasks b ON b.title = 'T' || lpad((substr(a.title, 2)::integer + 1)::text, 4, '0') WHERE a.title ~ '^T[0-9]+$'
      """)
    let place = try ana.post("/tasks/bulk", ["all": "on", "action": "completion", "list": "q=t0"]).location.unwrapped
    try site.work()
    let page = ana.get(place)
    #expect(page.fact("state") == "done" && page.fact("done") == "600" && page.fact("left") == "1")
    #expect(page.text.contains("1 left: “T0 Paint” waits for “Permit”.") && page.text.contains("href=\"/tasks?q=t0\""))
    #expect(try done() == 600)
    try planned.check()
    #expect(ana.post(place + "/undo").status == 303)
    try site.work()
    #expect(try ana.get(place).fact("undone") == "600" && done() == 0)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE open_blockers > 0") == 600)
    try planned.check()
    #expect(site.logged.isEmpty && Set(site.workLogged).isSubset(of: [LoggedHeads.event]))
  }

  /// What a worker has been asked to do to all whose title begins with "T0".
  private func ordered(_ deed: TaskDeed) throws -> String {
    let (id, job) = (ID<TaskBatchJob>.new(at: site.now), ID<Job>.new(at: site.now))
    try site.owner.run(
      """
      INSERT INTO task_batches (id, user_id, deed, value, back, waiting, total, job_id, created_at)
      SELECT \(id), \(ana.user), \(deed.name), \(deed.value), '/tasks', array_agg(t.id ORDER BY t.title), count(*), \(job), \(site.now)
      FROM tasks t WHERE t.title LIKE 'T0%'
      """)
    try site.owner.run(Job.asking(for: TaskBatchWork.name, at: id.text, of: ana.account, ana.user, as: job, now: site.now))
    return "/planner/batches/\(id.text)"
  }

  @Test func `a worker may do whatever many can have done to them, and takes it back`() throws {
    let parent = try ana.task(["title": "T0 A", "cron": "every day", "due": "2027-03-01"])
    _ = try ana.task(["title": "T0 B", "parent": parent])
    _ = try ana.task(["title": "T0 C"])
    let before = try site.text("SELECT string_agg(concat_ws(' ', title, status, series_no), ', ' ORDER BY title) FROM tasks")
    let deeds: [(TaskDeed, Columns)] = [
      (.archival, "archived_at IS NOT NULL"), (.tag("home"), "id IN (SELECT thing FROM tags)"), (.start, "status = 'in_progress'"),
      (.deferral(nil), "status = 'deferred'"), (.priority(2), "priority = 2"), (.completion, "status = 'done'"),
      (.deletion, "deleted_at IS NOT NULL"),
    ]
    for (deed, changed) in deeds {
      site.pass(seconds: 5)
      let place = try ordered(deed)
      try site.work()
      let changed: SQL = "SELECT count(*) FROM tasks WHERE \(changed)"
      #expect(try site.count(changed) == 3, "\(deed)")
      #expect(ana.get(place).fact("done") == "3" && ana.get(place).fact("left") == "0", "\(deed)")
      #expect(ana.post(place + "/undo").status == 303, "\(deed)")
      try site.work()
      #expect(try site.count(changed) == 0, "\(deed)")
      #expect(
        try site.text("SELECT string_agg(concat_ws(' ', title, status, series_no), ', ' ORDER BY title) FROM tasks") == before, "\(deed)")
      try planned.check()
    }
    #expect(site.logged.isEmpty && Set(site.workLogged).isSubset(of: [LoggedHeads.event]))
  }

  @Test func `the board has four columns, the agenda its days, and the list says which emptiness it is`() throws {
    let ids = try planned.tasks("A", "B", "C", "D")
    #expect(planned.act(ids[1], "start").status == 303 && planned.act(ids[2], "deferral").status == 303)
    #expect(planned.act(ids[3], "completion").status == 303)
    try ana.link(ids[0], "depends_on", ids[1])
    let board = ana.get("/tasks?view=board").text
    let columns = board.components(separatedBy: "data-move=\"").dropFirst()
    #expect(columns.map { $0.components(separatedBy: "\"")[0] } == ["reopening", "start", "deferral", "completion"])
    for (column, title) in zip(columns, ["A", "B", "C", "D"]) { #expect(column.contains(">\(title)</a>"), "\(title)") }
    #expect(board.contains("Waits for 1 thing"))
    // A card's move is a form with a select.
    #expect(board.contains("<select id=\"action\" name=\"action\""))
    #expect(bulk([ids[1]], "reopening", [("next", "/tasks?view=board")]).location == "/tasks?view=board")
    #expect(try planned.states() == "A open!, B open, C deferred, D done")
    try site.owner.run("UPDATE tasks SET due = '2027-02-20' WHERE title = 'A'")
    try site.owner.run("UPDATE tasks SET due = '2027-03-02' WHERE title = 'B'")
    let agenda = ana.get("/tasks?view=agenda").text
    let days = agenda.components(separatedBy: "<section class=\"section\">").dropFirst()
    #expect(days.count == 15 && days[1].contains("Overdue") && days[1].contains(">A</a>"))
    #expect(days[2].contains("Today") && days[2].contains("Nothing is due.") && days[3].contains(">B</a>"))
    #expect(bulk(Array(ids[0...2]), "completion").status == 303)
    #expect(bulk([ids[2]], "archival").status == 303)
    let list = ana.get("/tasks").text
    #expect(list.contains("Everything is done") && list.contains("3 tasks were done today."))
    #expect(ana.get("/tasks?view=board").text.contains("Nothing is begun."))
    #expect(ana.get("/tasks?tag=none").text.contains("Clear search and filters"))
    #expect(ana.get("/tasks?view=wall").status == 422)
  }

  @Test func `an open subtask of a finished task is marked, and either end offers the other`() throws {
    let parent = try ana.task(["title": "P"])
    let child = try ana.task(["title": "C", "parent": parent])
    #expect(planned.act(parent, "completion", ["scope": "one"]).status == 303)
    #expect(ana.get("/tasks").text.contains("under a finished task"))
    #expect(ana.get("/tasks/\(child)").form("/tasks/\(parent)/reopening")?.contains("Reopen “P”") == true)
    #expect(ana.get("/tasks/\(parent)").text.contains("This task is finished, and subtasks of it are open."))
    #expect(planned.act(parent, "reopening").status == 303 && planned.act(child, "completion").status == 303)
    #expect(ana.get("/tasks/\(child)").form("/tasks/\(parent)/completion")?.contains("Complete “P”") == true)
    // What is changed most often is changed on the page, and the rest stays.
    let task = try ana.task(["title": "Q", "notes": "N", "estimate": "1h30", "impact": "3", "cron": "every day"])
    let page = ana.get("/tasks/\(task)")
    let names = ["version", "notes", "impact", "estimate", "actual"]
    let rest = names.map { ($0, page.field($0, ofForm: "/tasks/\(task)") ?? "") }
    let body = ([("csrf", ana.token()), ("title", "Q2"), ("due", "2027-03-09"), ("priority", "1"), ("tags", "x")] + rest)
      .map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    #expect(ana.post("/tasks/\(task)", raw: Array(body.utf8)).status == 303)
    #expect(
      try site.text("SELECT concat_ws(' ', title, notes, estimate, impact, priority, series_no) FROM tasks WHERE id = \(task)::uuid")
        == "Q2 N 90 3 1 1")
  }

  @Test func `a chain is drawn step by step, with its table`() throws {
    let ids = try planned.tasks("A", "B", "C", "D")
    for (one, other) in [(0, 1), (1, 2), (2, 3)] { try ana.link(ids[one], "blocks", ids[other]) }
    let page = ana.get("/tasks/\(ids[1])/chain?depth=1")
    #expect(page.fact("nodes") == "3" && page.fact("edges") == "2" && page.fact("left-out") == "0")
    #expect(page.text.contains("comes before it, 1 step") && !page.text.contains(">D</a>"))
    #expect(ana.get("/tasks/\(ids[1])/chain").fact("nodes") == "4")
    #expect(ana.get("/tasks/\(ids[1])/chain?depth=7").status == 422)
    let eve = try site.person("eve@x.test")
    #expect(eve.get("/tasks/\(ids[1])/chain").status == 404 && eve.get("/tasks/\(ids[1])/chain?depth=7").status == 404)
  }

  @Test(arguments: ["", "sort=due", "sort=priority", "sort=updated", "sort=title", "sort=plan"])
  func `Hard case 37: nothing is doubled or lost while rows come and go between two pages`(sort: String) throws {
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, priority, due, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'T' || lpad(n::text, 3, '0'), 1 + n % 4, date '2027-03-01' + n % 7, \(site.now), \(site.now)
      FROM generate_series(1, 120) n
      """)
    var (seen, target, round): ([String], String?, Int) = ([], "/tasks?" + sort, 0)
    while let here = target {
      let page = ana.get(here)
      #expect(page.status == 200)
      seen += page.text.components(separatedBy: ">T").dropFirst().map { $0.prefix(3) }.filter { $0.allSatisfy(\.isNumber) }.map { "T" + $0 }
      // One of those that were seen goes, also the last, behind which the next page begins; others come.
      if let last = seen.last { try site.owner.run("UPDATE tasks SET archived_at = \(site.now) WHERE title = \(last)") }
      _ = try ana.task(["title": "New \(round)", "due": "2027-03-03"])
      target = page.links.first { $0.contains("after=") }
      round += 1
    }
    #expect(seen.count == 120 && Set(seen).count == 120 && round == 3)
  }

  @Test func `Hard case 37: words are found whatever they hold`() throws {
    _ = try planned.tasks("Give 100% now", "snake_case", "Call Jose")
    for (query, found) in [
      ("100%25", ["Give 100% now"]), ("_", ["snake_case"]), ("jos%C3%A9", ["Call Jose"]), ("c", ["Call Jose"]),
      (String(repeating: "x", count: 400), []),
    ] {
      let page = ana.get("/tasks?sort=title&q=" + query)
      let titles = page.text.components(separatedBy: "class=\"row-title\"").dropFirst().compactMap { part in
        part.components(separatedBy: "\">").dropFirst().first { !$0.hasPrefix("<a") }?.components(separatedBy: "<").first
      }
      #expect(page.status == 200 && titles == found, "\(query) \(titles)")
    }
    #expect(ana.get("/tasks?q=" + String(repeating: "x", count: 401)).status == 422)
  }
}
