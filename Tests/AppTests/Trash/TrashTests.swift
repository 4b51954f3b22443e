import Postgres
import Testing

@testable import App
@testable import Domain

/// The trash of all kinds, with issue 12's hard cases 23 to 25.
@Suite struct TrashTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// Rows that name a thing which is not there, in whichever table.
  private func orphans() throws -> Int {
    try site.count(
      """
      SELECT (SELECT count(*) FROM search_documents d WHERE d.kind = 'task' AND NOT EXISTS (SELECT FROM tasks t WHERE t.id = d.id))
        + (SELECT count(*) FROM tags g WHERE NOT EXISTS (SELECT FROM search_documents d WHERE d.id = g.thing))
        + (SELECT count(*) FROM entity_links l WHERE NOT EXISTS (SELECT FROM search_documents d WHERE d.id = l.from_id)
          OR NOT EXISTS (SELECT FROM search_documents d WHERE d.id = l.to_id))
        + (SELECT count(*) FROM recent_context_items c WHERE NOT EXISTS (SELECT FROM search_documents d WHERE d.id = c.thing))
        + (SELECT count(*) FROM task_completions c WHERE NOT EXISTS (SELECT FROM tasks t WHERE t.id = c.task_id))
        + (SELECT count(*) FROM task_repeats r WHERE NOT EXISTS (SELECT FROM tasks t WHERE t.series_id = r.series_id))
        + (SELECT count(*) FROM deletions d WHERE d.restored_at IS NULL AND NOT EXISTS (SELECT FROM tasks t WHERE t.deletion_id = d.id))
      """)
  }

  @Test func `the trash says by day what went, what went with it, and when it is gone for good`() throws {
    #expect(ana.get("/trash").text.contains("Nothing deleted in 30 days"))
    #expect(ana.get("/trash/purge").text.contains("The trash is empty already."))
    let parent = try ana.task(["title": "P"])
    let child = try ana.task(["title": "C", "parent": parent])
    let (goal, habit) = (try ana.goal(["title": "G"]), try ana.habit(["name": "H"]))
    for path in ["/tasks/\(parent)", "/goals/\(goal)", "/habits/\(habit)"] {
      #expect(ana.post(path + "/deletion").status == 303)
      site.pass(minutes: 1)
    }
    let page = ana.get("/trash")
    #expect(page.facts("trashed") == ["habit:\(habit)", "goal:\(goal)", "task:\(parent)"])
    #expect(page.facts("purge-on") == ["2027-03-02", "2027-03-31", "2027-03-31"])
    #expect(page.text.contains("with 1 subtask") && page.text.contains("formaction=\"/trash/task/\(child)/restoration\""))
    for (query, things) in [
      ("?kind=goal", ["goal:\(goal)"]), ("?q=p", ["task:\(parent)"]), ("?q=%25", []), ("?kind=habit&q=g", []),
      ("?after=\(goal)", ["task:\(parent)"]),
    ] as [(String, [String])] {
      let page = ana.get("/trash" + query)
      #expect(page.status == 200 && page.facts("trashed") == things, "\(query)")
    }
    #expect(ana.get("/trash?kind=link").status == 422)
    let problem = try ana.problem("Q")
    let deadline = try ana.deadline(["title": "L", "due": "2027-06-30 17:00"])
    for path in ["problems/\(problem)", "deadlines/\(deadline)"] { #expect(ana.post("/" + path + "/deletion").status == 303) }
    for (kind, id) in [("problem", problem), ("deadline", deadline)] {
      #expect(ana.get("/trash?kind=" + kind).facts("trashed") == ["\(kind):\(id)"])
      #expect(ana.post("/trash/\(kind)/\(id)/purge").location == "/trash" && ana.post("/trash/\(kind)/\(id)/restoration").status == 404)
    }
    #expect(ana.post("/trash/goal/\(goal)/restoration").location == "/goals/\(goal)")
    #expect(ana.post("/trash/habit/\(habit)/restoration").status == 303 && ana.get("/habits/\(habit)").status == 200)
    // What is not in the trash is neither brought back nor gone from there.
    for path in ["goal/\(goal)", "habit/\(habit)"] {
      for what in ["restoration", "purge"] { #expect(ana.post("/trash/\(path)/\(what)").status == 404, "\(path)") }
    }
    #expect(ana.get("/trash").facts("trashed") == ["task:\(parent)"])
  }

  @Test func `Hard case 24: links that would close a circle stay off and are named`() throws {
    let tasks = try planned.tasks("A", "B", "C")
    try ana.link(tasks[0], "depends_on", tasks[1])
    site.pass(seconds: 1)
    try ana.link(tasks[1], "depends_on", tasks[2])
    #expect(planned.act(tasks[1], "deletion").status == 303)
    try ana.link(tasks[2], "depends_on", tasks[0])
    #expect(ana.post("/trash/task/\(tasks[1])/restoration").status == 303)
    let page = ana.get("/tasks/\(tasks[1])")
    #expect(page.fact("dropped-links") == "1" && page.text.contains("1 link left off, for it does not fit any more: “C”."))
    #expect(try site.count("SELECT count(*) FROM entity_links") == 2)
    try planned.check()
    // The same where a press on many is taken back.
    let late = try ana.task(["title": "D"])
    site.pass(seconds: 1)
    try ana.link(tasks[1], "depends_on", late)
    #expect(ana.post("/tasks/bulk", ["id": tasks[1], "action": "deletion"]).status == 303)
    let undo = try planned.undo(on: "/tasks")
    try ana.link(late, "depends_on", tasks[0])
    let back = ana.get(try ana.post(undo).location.unwrapped)
    #expect(back.fact("dropped-links") == "1" && back.text.contains("1 link left off, for it does not fit any more: “D”."))
    try planned.check()
  }

  @Test func `Hard cases 23 and 25: what is gone by hand or by its time leaves nothing behind, and nothing of others goes`() throws {
    let tasks = try planned.tasks("A", "B", "Old")
    let child = try ana.task(["title": "C", "parent": tasks[0], "tags": "x, y"])
    let earlier = try ana.task(["title": "E", "parent": child])
    try ana.link(child, "depends_on", tasks[1])
    try ana.link(tasks[1], "related", tasks[0])
    #expect(planned.act(child, "completion", ["scope": "one", "anyway": "on"]).status == 303)
    try site.owner.run(
      """
      WITH made AS (INSERT INTO task_repeats (series_id, user_id, rule, words, repeat_from, first_day, created_at, updated_at)
        VALUES (gen_random_uuid(), \(ana.user), 'FREQ=DAILY', '', 'due', '2027-03-01', \(site.now), \(site.now)) RETURNING series_id)
      UPDATE tasks SET series_id = m.series_id, series_no = 1 FROM made m WHERE title = 'C'
      """)
    #expect(ana.post("/plan/task/\(tasks[0])/take").status == 303)
    #expect(try site.count("SELECT count(*) FROM recent_context_items") == 1)
    // Thrown away before what it lies below: it keeps its own time.
    #expect(planned.act(earlier, "deletion").status == 303)
    #expect(planned.act(tasks[0], "deletion").status == 303 && planned.act(tasks[2], "deletion").status == 303)
    let eve = try site.person("eve@x.test")
    let hers = try eve.task(["title": "Hers"])
    for task in [tasks[0], child] {
      #expect(eve.post("/trash/task/\(task)/purge").status == 404)
      #expect(try site.count("SELECT count(*) FROM tasks WHERE id = \(task)::uuid") == 1)
    }
    #expect(ana.post("/trash/task/\(tasks[1])/purge").status == 404)
    #expect(ana.post("/trash/task/\(tasks[0])/purge").location == "/trash")
    #expect(try site.text("SELECT string_agg(title, ' ' ORDER BY title) FROM tasks") == "B E Hers Old")
    #expect(try orphans() == 0 && site.count("SELECT count(*) FROM tasks WHERE parent_id IS NOT NULL") == 0)
    #expect(ana.post("/trash/task/\(tasks[0])/restoration").status == 404)
    #expect(!ana.get("/search?q=C").facts("hit").contains("task:\(child)"))
    try planned.check()
    site.pass(hours: 24 * 31)
    try site.work()
    for person in [ana, eve] { try person.openSession() }
    #expect(try site.text("SELECT string_agg(title, ' ' ORDER BY title) FROM tasks") == "B Hers" && orphans() == 0)
    #expect(try site.count("SELECT count(*) FROM deletions") == 0)
    #expect(planned.act(tasks[1], "deletion").status == 303 && eve.post("/tasks/\(hers)/deletion").status == 303)
    let (goal, habit) = (try ana.goal(["title": "G"]), try ana.habit(["name": "H"]))
    #expect(ana.post("/goals/\(goal)/deletion").status == 303 && ana.post("/habits/\(habit)/deletion").status == 303)
    #expect(ana.get("/trash/purge").text.contains("3 deletions go for good"))
    #expect(ana.post("/trash/purge").location == "/trash" && ana.get("/trash").text.contains("3 things are gone for good."))
    #expect(try site.count("SELECT (SELECT count(*) FROM tasks) + (SELECT count(*) FROM goals) + (SELECT count(*) FROM habits)") == 1)
    #expect(eve.get("/trash").facts("trashed") == ["task:\(hers)"])
    #expect(try orphans() == 0 && site.logged.isEmpty)
  }

  @Test func `a subtask is gone alone, and what it went with comes back without it`() throws {
    let parent = try ana.task(["title": "P"])
    let child = try ana.task(["title": "C", "parent": parent])
    #expect(planned.act(parent, "deletion").status == 303 && ana.post("/trash/task/\(child)/purge").status == 303)
    #expect(ana.post("/trash/task/\(parent)/restoration").status == 303)
    #expect(try planned.states() == "P open" && orphans() == 0)
    // One that comes back is the last of its siblings, which stand at 1 to n (RULES 8.23).
    let four = try ["D", "E", "F", "G"].map { try ana.task(["title": $0, "parent": parent]) }
    #expect(planned.act(four[0], "deletion").status == 303 && planned.act(four[1], "deletion").status == 303)
    _ = try ana.task(["title": "H", "parent": parent])
    #expect(ana.post("/trash/task/\(four[1])/restoration").status == 303)
    let order = try site.text(
      "SELECT string_agg(title || position, ' ' ORDER BY position) FROM tasks WHERE parent_id = \(parent)::uuid AND deleted_at IS NULL")
    #expect(order == "F1 G2 H3 E4")
    try planned.check()
  }
}
