import Postgres
import Testing

@testable import App
@testable import Domain

/// Problems by request, with issue 12's hard case 4. Monday 1 March 2027, noon in New York.
@Suite struct ProblemPageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func problem(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = ana.post("/problems", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  private func act(_ problem: String, _ what: String, _ fields: KeyValuePairs<String, String> = [:]) -> Page {
    ana.post("/problems/\(problem)/\(what)", fields)
  }

  private func status(_ problem: String) -> String? { ana.get("/problems/\(problem)").fact("status") }

  @Test func `Hard case 4: a problem is in the way while it is active`() throws {
    #expect(ana.get("/problems").text.contains("No problems yet"))
    let mould = try problem(["title": "Mould", "severity": "4", "horizon": "month", "tags": "home"])
    let paint = try ana.task(["title": "Paint"])
    try ana.link(paint, "depends_on", "problem:" + mould)
    func blocked() -> Bool { ana.get("/tasks/\(paint)").fact("blocked") == "true" }
    #expect(blocked())
    #expect(ana.get("/tasks").text.contains("class=count>1<span class=vh> active</span>"))
    for (step, isBlocked) in [
      ("monitoring", false), ("reopening", true), ("resolution", false), ("reopening", true), ("archival", false), ("reopening", true),
      ("deletion", false),
    ] {
      #expect(act(mould, step).status == 303)
      #expect(blocked() == isBlocked, "\(step)")
    }
    #expect(ana.get("/problems/\(mould)").status == 404)
    #expect(ana.post("/trash/problem/\(mould)/restoration").status == 303)
    #expect(blocked())
    let page = ana.get("/problems/\(mould)")
    #expect(
      page.fact("severity") == "4" && page.text.contains("4 · severe") && page.fact("horizon") == "month" && page.text.contains("#home"))
    #expect(page.text.contains("Is waited for by") && page.text.contains(">Paint</a>") && page.text.contains("No task addresses this yet."))
    try planned.check()
    #expect(ana.get("/problems?status=resolved").text.contains("No problem is in this state."))
    let bad = ana.post("/problems", ["title": "", "severity": "6", "horizon": "eternity"])
    #expect(bad.status == 422 && bad.complaints == ["title", "severity", "horizon"])
  }

  @Test func `a task that is done asks whether it got better, and resolving offers to close what addresses it`() throws {
    let (mould, damp) = (try problem(["title": "Mould"]), try problem(["title": "Damp"]))
    let (air, heat) = (try ana.task(["title": "Air"]), try ana.task(["title": "Heat"]))
    try ana.link(air, "addresses_problem", "problem:" + mould)
    for task in [air, heat] { try ana.link(task, "addresses_problem", "problem:" + damp) }
    site.pass(minutes: 1)
    #expect(planned.act(air, "completion").status == 303)
    #expect(ana.get("/tasks/\(air)").text.contains("Did it get better?"))
    let today = ana.get("/").text
    #expect(today.contains(">Mould</a>") && today.contains(">Damp</a>"))
    #expect(ana.get("/problems/\(mould)").text.contains("“Air” is done. Did it get better?"))
    site.pass(minutes: 1)
    // "No": it is as it was, and is not asked again.
    #expect(act(mould, "reopening").status == 303 && status(mould) == "active")
    #expect(!ana.get("/problems/\(mould)").text.contains("Did it get better?"))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'problem.kept'") == 1)

    #expect(act(damp, "resolution").status == 303 && status(damp) == "resolved")
    #expect(ana.get("/problems/\(damp)").text.contains("1 task addresses it still."))
    #expect(act(damp, "resolution", ["tasks": "walrus"]).status == 422)
    #expect(act(damp, "resolution", ["tasks": "done"]).status == 303)
    #expect(try planned.states() == "Air done, Heat done")
    let undo = try planned.undo(on: "/problems/\(damp)")
    #expect(!ana.get("/problems/\(damp)").text.contains("addresses it still"))
    #expect(act(damp, "resolution").status == 303)
    #expect(ana.get("/problems/\(damp)").text.contains("It was so already."))
    // One press closed it, and one opens it again.
    #expect(ana.post(undo).status == 303)
    #expect(try planned.states() == "Air done, Heat open")
    try planned.check()
  }
}
