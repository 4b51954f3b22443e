import Postgres
import Testing

@testable import App
@testable import Domain

/// Goals and the tasks that support them, with issue 12's hard cases 4 and 29. Monday 1 March 2027, noon in New York.
@Suite struct GoalSupportTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func fact(_ goal: String, _ name: String) -> String? { ana.get("/goals/\(goal)").fact(name) }

  @Test func `Hard case 29: steps and supporting tasks count by their minutes, what is cancelled counts nowhere, nothing is no figure`()
    throws
  {
    let (goal, empty) = (try ana.goal(["title": "Kitchen"]), try ana.goal(["title": "Empty"]))
    #expect(fact(empty, "progress") == nil && ana.get("/goals/\(empty)").text.contains("No task supports this yet."))
    let (first, second) = (try ana.step(goal, ["title": "Plan"]), try ana.step(goal, ["title": "Measure"]))
    #expect(ana.post("/goals/\(goal)/subtasks/\(first)/status", ["status": "completed"]).status == 303)
    #expect(fact(goal, "progress") == "0.500000")
    let (floor, paint, tiles) = (
      try ana.task(["title": "Floor", "estimate": "60", "goal": goal]), try ana.task(["title": "Paint", "estimate": "30", "goal": goal]),
      try ana.task(["title": "Tiles", "goal": goal])
    )
    #expect(planned.act(floor, "completion").status == 303 && planned.act(floor, "archival").status == 303)
    #expect(planned.act(paint, "cancellation").status == 303)
    // 30 of two steps and 60 of the floor, of these with 30 of a step and of the tiles.
    #expect(fact(goal, "progress") == "0.600000")
    #expect(ana.get("/goals/\(goal)").text.contains("1 of 2 steps · 1 of 2 tasks"))
    let task = try ana.post("/goals/\(goal)/subtasks/\(second)/promotion").location.unwrapped
    #expect(
      task.hasPrefix("/tasks/") && ana.get(task).text.contains("Measure") && ana.get(task).text.contains("supports_goal:goal:\(goal)"))
    #expect(fact(goal, "progress") == "0.600000" && ana.get("/goals/\(goal)").text.contains("1 of 1 step · 1 of 3 tasks"))
    #expect(ana.post("/goals/\(goal)/subtasks/\(second)/promotion").status == 404)

    #expect(ana.post("/goals/\(goal)/archival").status == 303)
    #expect(ana.get("/goals/\(goal)").text.contains("2 tasks that support it stay open."))
    #expect(try planned.states() == "Measure open, Paint cancelled, Tiles open")
    #expect(ana.post("/goals/\(goal)/deletion").status == 303 && ana.get("/goals/\(goal)").status == 404)
    #expect(!ana.get("/tasks/\(tiles)").text.contains("supports_goal:goal"))
    #expect(ana.post("/trash/goal/\(goal)/restoration").status == 303)
    #expect(fact(goal, "status") == "archived" && ana.get("/goals/\(goal)").text.contains(">Tiles</a>"))
    try planned.check()
  }

  @Test func `Hard case 4: a goal that rests is in the way still; lists go by state and horizon; two dates are one`() throws {
    let goal = try ana.goal(["title": "Move", "horizon": "year", "target_date": "2027-06-30", "tags": "home"])
    let pack = try ana.task(["title": "Pack"])
    try ana.link(pack, "depends_on", "goal:" + goal)
    func blocked() -> Bool { ana.get("/tasks/\(pack)").fact("blocked") == "true" }
    for (step, status, isBlocked) in [
      ("pause", "paused", true), ("resumption", "active", true), ("completion", "completed", false), ("reopening", "active", true),
      ("archival", "archived", false),
    ] {
      #expect(ana.post("/goals/\(goal)/\(step)").status == 303)
      #expect(fact(goal, "status") == status && blocked() == isBlocked, "\(step)")
    }
    #expect(ana.post("/goals/\(goal)/pause").status == 409)
    #expect(ana.post("/goals/\(goal)/reopening").status == 303 && ana.post("/goals/\(goal)/pause").status == 303)
    #expect(ana.post("/goals/\(goal)/archival").status == 303 && ana.post("/goals/\(goal)/restoration").status == 303)
    #expect(fact(goal, "status") == "paused")
    #expect(fact(goal, "horizon") == "year")
    for (query, isThere) in [
      ("", false), ("?status=paused", true), ("?status=all&horizon=year", true), ("?status=all&horizon=week", false),
      ("?status=done", false),
    ] {
      #expect(ana.get("/goals" + query).text.contains(">Move</a>") == isThere, "\(query)")
    }
    #expect(ana.get("/goals?horizon=eternity").status == 422)
    let twice = ana.post("/goals", ["title": "A", "deadline": "2027-06-30", "target_date": "2027-07-01"])
    #expect(twice.status == 422 && twice.complaints == ["deadline"])
    #expect(ana.post("/goals", ["title": "A", "deadline": "2027-06-30", "target_date": "2027-06-30"]).status == 303)
    try planned.check()
  }

  @Test func `what is done with a goal stands in the activity, and counts in the summary of its day`() throws {
    let (goal, kept) = (try ana.goal(["title": "Move"]), try ana.goal(["title": "Kitchen"]))
    let steps = ["completion", "reopening", "pause", "resumption", "archival", "restoration", "completion", "completion", "deletion"]
    for step in steps {
      site.pass(seconds: 1)
      #expect(ana.post("/goals/\(goal)/\(step)").status == 303, "\(step)")
    }
    site.pass(seconds: 1)
    #expect(ana.post("/trash/goal/\(goal)/restoration").status == 303 && ana.post("/goals/\(kept)/completion").status == 303)
    let noted: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT kind FROM event_log WHERE thing_id = \(goal)::uuid AND thing_kind = 'goal' AND request_id <> '' AND payload = '{}' ORDER BY at
          """))
    let told = ["made", "completed", "reopened", "paused", "resumed", "archived", "restored", "completed", "deleted", "restored"]
    #expect(noted == told.map { "goal." + $0 })
    let activity = ana.get("/activity?kind=goal")
    #expect(activity.text.contains(">Move</a>") && activity.text.contains("Put to rest") && !activity.text.contains("goal.paused</"))
    site.pass(minutes: 11)
    try site.work()
    // What was thrown away on its day is not among what was made and done on it.
    let facts = try site.text(
      """
      SELECT string_agg(concat(f->>'fact', f->>'n'), ' ') FROM memory_summaries s, jsonb_array_elements(s.facts) f WHERE s.type = 'daily'
      """)
    #expect(facts == "done1 made1")
  }
}
