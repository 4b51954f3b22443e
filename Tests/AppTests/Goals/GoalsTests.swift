import Postgres
import Testing

@testable import App
@testable import Domain

/// Goals by request, with issue 9's hard case 22. Monday 4 January 2027, noon in São Paulo.
@Suite struct GoalsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func facts(_ goal: String) -> String {
    let page = ana.get("/goals/\(goal)")
    return "\(page.fact("status") ?? "-") \(page.fact("progress") ?? "-")"
  }

  /// The titles of a goal's steps, in their order.
  private func order(_ goal: String) throws -> String {
    try site.text(
      """
      SELECT string_agg(position || title, ' ' ORDER BY position) FROM goal_subtasks WHERE goal_id = \(goal)::uuid AND deleted_at IS NULL
      """) ?? ""
  }

  private func goal(steps titles: String...) throws -> (goal: String, steps: [String]) {
    let goal = try ana.goal()
    return (goal, try titles.map { try ana.step(goal, ["title": $0]) })
  }

  private func set(_ goal: String, _ step: String, _ status: String) -> Page {
    ana.post("/goals/\(goal)/subtasks/\(step)/status", ["status": status])
  }

  @Test func `a title alone is a goal, with nothing planned yet, which its page and the list say`() throws {
    #expect(ana.get("/goals").text.contains("No goals yet"))
    let goal = try ana.goal(["title": "Run 10 km"])
    #expect(facts(goal) == "active -")
    #expect(ana.get("/goals/\(goal)").text.contains("Nothing planned yet. What is the first thing to do?"))
    let list = ana.get("/goals")
    #expect(list.text.contains("href=\"/goals/\(goal)\">Run 10 km</a>") && list.text.contains("Nothing planned yet"))
    #expect(list.text.contains("Other"))
  }

  @Test func `hard case 22: the last subtask completed offers the goal, and does not force it`() throws {
    let (goal, steps) = try goal(steps: "A", "B")
    #expect(set(goal, steps[0], "completed").status == 303)
    #expect(facts(goal) == "active 0.500000")
    #expect(!ana.get("/goals/\(goal)").text.contains("Is the goal reached?"))
    #expect(set(goal, steps[1], "in_progress").status == 303)
    #expect(set(goal, steps[1], "completed").location == "/goals/\(goal)#s-\(steps[1])")
    let page = ana.get("/goals/\(goal)")
    #expect(page.fact("status") == "active" && page.fact("progress") == "1.000000")
    #expect(page.text.contains("with it all steps") && page.text.contains("All steps are done. Is the goal reached?"))
    #expect(page.text.components(separatedBy: "action=\"/goals/\(goal)/completion\"").count == 3)
    #expect(try site.text("SELECT coalesce(completed_at::text, '-') FROM goals") == "-")
    // Done twice stays done since when it was.
    site.pass(hours: 1)
    #expect(set(goal, steps[1], "completed").status == 303)
    #expect(try site.count("SELECT count(*) FROM goal_subtasks WHERE completed_at > \(site.now.advanced(hours: -1))") == 0)
    #expect(ana.post("/goals/\(goal)/completion").status == 303)
    let done = ana.get("/goals/\(goal)")
    #expect(done.fact("status") == "completed" && done.text.contains("What it took") && done.text.contains("1 day, 2 steps"))
  }

  @Test func `hard case 22: reopening clears completed_at, of a step and of a goal, which is set once`() throws {
    let (goal, steps) = try goal(steps: "A")
    #expect(set(goal, steps[0], "completed").status == 303)
    #expect(set(goal, steps[0], "pending").status == 303)
    #expect(try site.count("SELECT count(*) FROM goal_subtasks WHERE completed_at IS NULL AND status = 'pending'") == 1)
    #expect(ana.post("/goals/\(goal)/completion").status == 303)
    let first = try site.text("SELECT completed_at::text FROM goals")
    site.pass(hours: 1)
    #expect(ana.post("/goals/\(goal)/completion").status == 303)
    #expect(try site.text("SELECT completed_at::text FROM goals") == first)
    #expect(ana.post("/goals/\(goal)/reopening").status == 303)
    #expect(try site.text("SELECT coalesce(completed_at::text, '-') || status FROM goals") == "-active")
    #expect(
      try site.text("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log WHERE action IN ('goal.completed', 'goal.reopened')")
        == "goal.completed goal.reopened")
  }

  @Test func `hard case 22: a goal is completed with steps open, and it is said how many`() throws {
    let (goal, _) = try goal(steps: "A", "B")
    #expect(ana.post("/goals/\(goal)/completion").status == 303)
    let page = ana.get("/goals/\(goal)")
    #expect(page.text.contains("“Run 10 km” is completed; 2 steps stay open."))
    #expect(page.text.contains("action=\"/goals/\(goal)/reopening\""))
    #expect(page.fact("status") == "completed" && page.fact("progress") == "0.000000")
  }

  @Test func `hard case 22: two reorder posts at once, 20 rounds: no gap, no double`() throws {
    let (goal, steps) = try goal(steps: "A", "B", "C", "D")
    let devices = try Devices(2, of: ana)
    for _ in 0..<20 {
      let posts = (0..<2).map { _ in
        (step: steps.randomElement() ?? "", position: Int.random(in: 1...4))
      }
      devices.atOnce { number, browser in
        let post = posts[number]
        #expect(browser.post("/goals/\(goal)/subtasks/\(post.step)/position", ["position": String(post.position)]).status == 303)
      }
      let order = try order(goal)
      #expect(order.split(separator: " ").map { $0.first } == ["1", "2", "3", "4"], "\(order)")
      #expect(Set(order.filter(\.isLetter)).count == 4, "\(order)")
    }
  }

  @Test func `hard case 22: a deadline of yesterday is overdue, today and tomorrow are not; 29 February is none in 2027`() throws {
    let goal = try ana.goal(["title": "A", "deadline": "2027-01-03"])
    #expect(facts(goal) == "overdue -" && ana.get("/goals/\(goal)").text.contains("1 day ago"))
    #expect(ana.get("/goals").text.contains("Overdue"))
    // At 23:59 in São Paulo it is still the day.
    let other = try ana.goal(["title": "B", "deadline": "2027-01-04"])
    site.now = try Instant(iso: "2027-01-05T02:59:59Z").unwrapped
    #expect(facts(other) == "active -" && ana.get("/goals/\(other)").text.contains("Due soon"))
    site.pass(seconds: 1)
    #expect(facts(other) == "overdue -")
    for date in ["2027-02-29", "2027-13-01", "tomorrow", "2027-1-1", "0000-00-00"] {
      let page = ana.post("/goals", ["title": "C", "deadline": date])
      #expect(page.status == 422 && page.complaints == ["deadline"], "\(date)")
    }
    #expect(ana.post("/goals", ["title": "C", "deadline": "2028-02-29"]).status == 303)
  }

  @Test func `a step moves up, down, to a number, beyond the end; 0 and a thousand million are 422`() throws {
    let (goal, steps) = try goal(steps: "A", "B", "C")
    func move(_ step: Int, _ position: String) -> Page {
      ana.post("/goals/\(goal)/subtasks/\(steps[step])/position", ["position": position])
    }
    #expect(move(0, "2").status == 303)
    #expect(try order(goal) == "1B 2A 3C")
    #expect(move(2, "1").status == 303 && move(2, "1").status == 303)
    #expect(try order(goal) == "1C 2B 3A")
    #expect(move(1, "999").status == 303)
    #expect(try order(goal) == "1C 2A 3B")
    for position in ["0", "-1", "1000000000", "", "x", "1.5"] {
      let page = move(0, position)
      #expect(page.status == 422 && page.complaints == ["position"], "\(position)")
    }
    #expect(try order(goal) == "1C 2A 3B")
  }

  @Test func `a deleted step comes back to its place with what it held, and so does a goal`() throws {
    let (goal, steps) = try goal(steps: "A", "B", "C")
    #expect(set(goal, steps[1], "completed").status == 303)
    #expect(ana.post("/goals/\(goal)/subtasks/\(steps[1])/deletion").status == 303)
    #expect(try order(goal) == "1A 2C" && facts(goal) == "active 0.000000")
    #expect(ana.post("/goals/\(goal)/subtasks/\(steps[1])/deletion").status == 404)
    #expect(ana.post("/goals/\(goal)/subtasks/\(steps[1])/restoration").status == 303)
    #expect(try order(goal) == "1A 2B 3C" && facts(goal) == "active 0.333333")
    try ana.habit(["name": "Run", "goal": goal])
    #expect(ana.post("/goals/\(goal)/deletion").location == "/goals")
    #expect(ana.get("/goals").text.contains("action=\"/goals/\(goal)/restoration\""))
    #expect(ana.get("/goals/\(goal)").status == 404 && ana.post("/goals/\(goal)/completion").status == 404)
    #expect(ana.post("/goals/\(goal)/restoration").status == 303)
    #expect(facts(goal) == "active 0.333333" && ana.get("/goals/\(goal)").text.contains("Run"))
    // After 30 days it is gone.
    #expect(ana.post("/goals/\(goal)/deletion").status == 303)
    site.pass(hours: 24 * 16)
    #expect(ana.get("/goals").status == 200)
    site.pass(hours: 24 * 15)
    try site.work()
    #expect(ana.post("/goals/\(goal)/restoration").status == 404)
    #expect(try site.count("SELECT count(*) FROM goal_subtasks") == 0)
  }

  @Test func `an archived goal is as it was when it comes back, and nothing changes of it meanwhile`() throws {
    let (goal, steps) = try goal(steps: "A")
    #expect(ana.post("/goals/\(goal)/completion").status == 303)
    #expect(ana.post("/goals/\(goal)/archival").status == 303)
    #expect(facts(goal) == "archived 0.000000")
    #expect(set(goal, steps[0], "completed").status == 409)
    #expect(ana.post("/goals/\(goal)/completion").status == 409)
    #expect(ana.post("/goals/\(goal)/subtasks", ["title": "B"]).status == 409)
    #expect(ana.post("/goals/\(goal)/restoration").status == 303)
    #expect(facts(goal) == "completed 0.000000")
    #expect(ana.post("/goals/\(goal)/archival").status == 303)
    #expect(ana.post("/goals/\(goal)/reopening").status == 303)
    #expect(facts(goal) == "active 0.000000")
    #expect(try site.count("SELECT count(*) FROM goals WHERE completed_at IS NOT NULL") == 0)
  }

  @Test func `what is wrong with a form is said, and what was typed stays; an older version is 409`() throws {
    let bad = ana.post("/goals", ["title": " ", "category": "sports", "deadline": "x", "description": "Kept"])
    #expect(bad.status == 422 && bad.complaints == ["title", "category", "deadline"] && bad.text.contains("Kept</textarea>"))
    let goal = try ana.goal(["title": "A", "category": "health", "deadline": "2027-06-30", "nonce": "n"])
    #expect(try ana.goal(["title": "A", "nonce": "n"]) == goal)
    #expect(ana.post("/goals/\(goal)", ["title": "B", "category": "finance", "version": "1"]).status == 303)
    #expect(ana.post("/goals/\(goal)", ["title": "C", "version": "1"]).status == 409)
    #expect(ana.post("/goals/\(goal)", ["title": "C"]).status == 422)
    #expect(try site.text("SELECT title || category || coalesce(deadline::text, '-') FROM goals") == "Bfinance-")
    let step = try ana.step(goal, ["title": "S", "estimated_days": "3", "success_criteria": "It <b>works</b>.", "description": "*How.*"])
    let page = ana.get("/goals/\(goal)")
    #expect(page.fact("subtask") == "pending" && page.text.contains("It &lt;b&gt;works&lt;/b&gt;.") && page.text.contains("<em>How.</em>"))
    #expect(page.text.contains("estimated 3 days"))
    for days in ["0.5", "-1", "3651", "x"] {
      let page = ana.post("/goals/\(goal)/subtasks/\(step)", ["title": "T", "estimated_days": days, "version": "1"])
      #expect(page.status == 422 && page.complaints == ["estimated_days"] && page.text.contains("Edit step"), "\(days)")
    }
    for fields in [["title": "T"], ["title": "T", "version": "x"]] as [KeyValuePairs<String, String>] {
      #expect(ana.post("/goals/\(goal)/subtasks/\(step)", fields).status == 422)
    }
    #expect(ana.post("/goals/\(goal)/subtasks/\(step)", ["title": "T", "version": "1"]).status == 303)
    #expect(ana.post("/goals/\(goal)/subtasks/\(step)", ["title": "U", "version": "1"]).status == 409)
    #expect(ana.post("/goals/\(goal)/subtasks/\(step)/status", ["status": "done"]).status == 422)
    #expect(ana.post("/goals/\(goal)/subtasks/\(step)/status").status == 422)
    #expect(ana.get("/goals/\(goal)?step=\(step)").text.contains("action=\"/goals/\(goal)/subtasks/\(step)\""))
  }

  @Test func `a habit names the goals it serves, their page shows its week, and what is not ticked any more is removed`() throws {
    let (one, two) = (try ana.goal(["title": "One"]), try ana.goal(["title": "Two"]))
    let body = "name=Run&goal=\(one)&goal=\(two)&goal=\(two)&csrf=\(ana.token())"
    let habit = try ana.post("/habits", raw: Array(body.utf8)).location.unwrapped.split(separator: "/").last.map(String.init).unwrapped
    #expect(ana.post("/habits/\(habit)/completions").status == 303)
    let page = ana.get("/goals/\(two)")
    #expect(page.text.contains("href=\"/habits/\(habit)\">Run</a>"))
    #expect(page.fact("week-done") == "1" && page.fact("week-required") == "1")
    // The habit's page names them, with how they stand.
    let served = try ana.get("/habits/\(habit)").text.components(separatedBy: "id=\"goals\"").last.unwrapped.components(
      separatedBy: "</section>")[0]
    #expect(served.contains("href=\"/goals/\(one)\">One</a>") && served.contains("href=\"/goals/\(two)\">Two</a>"))
    #expect(served.contains("Active") && served.contains("Nothing planned yet"))
    let form = ana.get("/habits/\(habit)/edit").text
    #expect(form.contains("name=\"goal\" value=\"\(one)\" checked") && form.contains("name=\"goal\" value=\"\(two)\" checked"))
    #expect(ana.post("/habits/\(habit)", ["name": "Run", "goal": one, "version": "1"]).status == 303)
    #expect(!ana.get("/goals/\(two)").text.contains("Run</a>") && ana.get("/goals/\(one)").text.contains("Run</a>"))
    #expect(ana.post("/habits/\(habit)", ["name": "Run", "version": "2"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM habit_goals") == 0)
    #expect(!ana.get("/habits/\(habit)").text.contains("id=\"goals\""))
    // An archived one stays linked, and is not offered to others.
    #expect(ana.post("/habits/\(habit)", ["name": "Run", "goal": two, "version": "3"]).status == 303)
    #expect(ana.post("/goals/\(two)/archival").status == 303)
    #expect(ana.get("/habits/\(habit)/edit").text.contains("value=\"\(two)\" checked"))
    #expect(!ana.get("/habits/new").text.contains("value=\"\(two)\""))
    let archived = ana.get("/habits/\(habit)").text
    #expect(archived.contains("href=\"/goals/\(two)\">Two</a>") && archived.contains("Archived"))
    #expect(ana.post("/goals/\(two)/deletion").status == 303 && !ana.get("/habits/\(habit)").text.contains("Two</a>"))
  }
}
