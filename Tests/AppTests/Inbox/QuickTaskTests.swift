import Postgres
import Testing

@testable import App
@testable import Domain

/// Tasks of one line, and what is taken back of them: PLANNER's `quick` and `/as-typed`.
@Suite struct QuickTaskTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func stored(_ task: String) throws -> String? {
    try site.text(
      """
      SELECT concat_ws('|', t.title, coalesce(t.due_at::text, t.due::text, '-'), coalesce(t.priority, 0), coalesce(t.estimate, 0),
        (SELECT string_agg(g.tag, ',' ORDER BY g.tag) FROM tags g WHERE g.thing = t.id),
        (SELECT count(*) FROM entity_links l WHERE l.from_id = t.id),
        (SELECT count(*) FROM task_repeats r WHERE r.series_id = t.series_id))
      FROM tasks t WHERE t.id = \(task)::uuid
      """)
  }

  @Test func `a line makes a task, says what it took, and is kept as typed by one press`() throws {
    _ = try ana.goal(["title": "Kitchen"])
    let line = "call Ana +kitchen #casa ~45m !1 tomorrow 9am"
    let task = try ana.task(["quick": line])
    let page = ana.get("/tasks/\(task)")
    #expect(page.fact("due") == "2027-03-02T14:00:00Z" && page.fact("priority") == "1" && page.fact("estimate") == "45")
    #expect(page.text.contains("“call Ana” is written down.") && page.text.contains("action=\"/tasks/\(task)/as-typed\""))
    #expect(try stored(task)?.hasPrefix("call Ana|2027-03-02 ") == true)
    #expect(try site.count("SELECT count(*) FROM inbox_items WHERE raw = \(line) AND became_id = \(task)::uuid") == 1)
    #expect(try site.count("SELECT coalesce(sum(open), 0)::integer FROM inbox_counts") == 0)
    // What was changed since stays.
    #expect(planned.act(task, "time", ["minutes": "5"]).status == 303)
    let edit = ana.post(
      "/tasks/\(task)",
      [
        "title": "call Ana", "due": "2027-03-02 09:00", "priority": "2", "estimate": "45", "tags": "casa, new", "actual": "5",
        "version": "1",
      ])
    #expect(edit.status == 303, "\(edit.complaints)")
    site.pass(seconds: 1)
    #expect(planned.act(task, "as-typed").location == "/tasks/\(task)")
    #expect(try stored(task) == "\(line)|-|2|0|new|0|0")
    let entries = try site.count("SELECT count(*) FROM audit_log")
    #expect(planned.act(task, "as-typed").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log") == entries)
    try planned.check()
  }

  @Test func `what comes again by its line does so no more as typed, and a task of a form has no line`() throws {
    let rent = try ana.task(["quick": "pay rent every month on the 5th"])
    #expect(try stored(rent)?.hasPrefix("pay rent|2027-03-05|0|0|0|1") == true)
    #expect(planned.act(rent, "as-typed").status == 303)
    #expect(try stored(rent) == "pay rent every month on the 5th|-|0|0|0|0")
    let plain = try ana.task(["title": "A"])
    #expect(planned.act(plain, "as-typed").status == 409)
    let (blank, long) = (ana.post("/tasks", ["quick": " "]), ana.post("/tasks", ["quick": String(repeating: "a", count: 301)]))
    #expect(blank.status == 422 && blank.complaints == ["quick"] && long.status == 422 && long.complaints == ["quick"])
    #expect(try site.count("SELECT count(*) FROM tasks") == 2)
    let heard = ana.post("/inbox/quick", ["text": "buy bread\nCall Ana tomorrow #home"])
    #expect(heard.status == 200 && heard.text.contains("“Call Ana”") && heard.text.contains("#home"))
    #expect(ana.post("/inbox/quick", ["text": " "]).status == 422)
    #expect(try site.count("SELECT count(*) FROM inbox_items WHERE became_kind IS NULL") == 0)
  }

  @Test func `a task supports the goal that its form says, and a form that does not say leaves it`() throws {
    let (one, other) = (try ana.goal(["title": "One"]), try ana.goal(["title": "Other"]))
    let task = try ana.task(["title": "A", "goal": one])
    func goals() throws -> String? { try site.text("SELECT string_agg(to_id::text, ',') FROM entity_links WHERE type = 'supports_goal'") }
    #expect(ana.get("/tasks/\(task)/edit").text.contains("value=\"\(one)\" selected"))
    #expect(ana.post("/tasks/\(task)", ["title": "B", "version": "1"]).status == 303)
    #expect(try goals() == one)
    #expect(ana.post("/tasks/\(task)", ["title": "B", "goal": other, "version": "2"]).status == 303)
    #expect(try goals() == other)
    let hers = try site.person("eve@x.test").goal(["title": "Hers"])
    #expect(ana.post("/tasks/\(task)", ["title": "C", "goal": hers, "version": "2"]).complaints == ["goal"])
    #expect(ana.post("/tasks/\(task)", ["title": "B", "goal": "", "version": "2"]).status == 303)
    #expect(try goals() == nil)
  }

  @Test func `the line of a press tells tools what came back, and offers a parent whose last subtask is done`() throws {
    let parent = try ana.task(["title": "P"])
    let child = try ana.task(["title": "C", "parent": parent])
    #expect(planned.act(child, "completion", ["next": "/tasks"]).location == "/tasks")
    let list = ana.get("/tasks").text
    #expect(list.contains("All subtasks of “P” are closed. Is it done?") && list.contains("action=\"/tasks/\(parent)/completion\""))
    let undo = try planned.undo()
    #expect(ana.post(undo).status == 303)
    let back = ana.get("/tasks/\(child)")
    #expect(back.fact("undone") == "1" && back.fact("kept") == "0")
    let (a, b) = (try ana.task(["title": "A"]), try ana.task(["title": "B"]))
    try ana.link(a, "depends_on", b)
    #expect(planned.act(b, "deletion").status == 303)
    try ana.link("task:" + child, "depends_on", "task:" + a)
    #expect(ana.post("/trash/task/\(b)/restoration").status == 303)
    #expect(ana.get("/tasks/\(b)").fact("dropped-links") == "0")
    let same = try ana.task(["title": " a "])
    #expect(ana.get("/tasks/\(same)").fact("duplicate-of") == a && ana.get("/tasks/\(b)").fact("duplicate-of") == nil)
  }
}
