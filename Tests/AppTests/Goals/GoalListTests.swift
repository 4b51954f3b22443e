import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// The list of goals, and who sees what of it, with issue 9's hard case 27. Monday 4 January 2027, noon in São Paulo.
@Suite struct GoalListTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  @Test func `the list goes by states, what is due first first, fifty a page`() throws {
    for number in 0..<53 {
      try ana.goal(["title": "G\(number)", "deadline": number < 2 ? "2027-01-0\(3 - number)" : ""])
    }
    let first = ana.get("/goals")
    let rows = first.text.components(separatedBy: "class=\"row goal\"")
    #expect(rows.count == 51 && rows[1].contains("G1<") && rows[2].contains("G0<"))
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    let second = ana.get(next).text
    #expect(second.components(separatedBy: "class=\"row goal\"").count == 4)
    #expect((0..<53).allSatisfy { first.text.contains("G\($0)<") != second.contains("G\($0)<") })
    #expect(ana.get("/goals?status=overdue").text.components(separatedBy: "class=\"row goal\"").count == 3)
    #expect(ana.get("/goals?status=archived").text.contains("Nothing matches"))
    #expect(ana.get("/goals?status=walrus").status == 422)
    for status in ["completed", "archived", "all"] { #expect(ana.get("/goals?status=\(status)&after=\(rows.count)").status == 422) }
  }

  @Test func `the list is kept by browsers until the day ends, and no longer`() throws {
    try ana.goal(["title": "B", "deadline": "2027-01-04"])
    ana.get("/goals")
    let tag = try ana.get("/goals").header("ETag").unwrapped
    site.now = try Instant(iso: "2027-01-05T02:59:59Z").unwrapped
    #expect(ana.get("/goals", ["if-none-match": tag]).status == 304)
    site.pass(seconds: 1)
    let late = ana.get("/goals", ["if-none-match": tag])
    #expect(late.status == 200 && late.fact("status") == "overdue")
  }

  @Test func `hard case 27: strangers, housemates and viewers get one 404 on every route of goals, and link none of them`() throws {
    let goal = try ana.goal()
    let steps = [try ana.step(goal, ["title": "A"])]
    let others = [
      try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .viewer),
      try site.person("mia@x.test", sharing: ana, role: .admin),
    ]
    let before = try site.fingerprint()
    let missing = "0192f000-0000-7000-8000-000000000000"
    for other in others {
      let nothing = other.get("/goals/\(missing)").unmasked
      #expect(other.get("/goals/\(goal)").status == 404 && other.get("/goals/\(goal)").unmasked == nothing)
      #expect(other.get("/goals/\(goal)/edit").unmasked == nothing)
      #expect(!other.get("/goals?status=all").text.contains("Run 10 km"))
      for part in ["", "/completion", "/reopening", "/archival", "/restoration", "/deletion", "/subtasks"] {
        let page = other.post("/goals/\(goal)\(part)", ["title": "X", "version": "1"])
        #expect(page.status == 404 && page.unmasked == other.post("/goals/\(missing)\(part)").unmasked, "\(part)")
      }
      for part in ["", "/status", "/position", "/deletion", "/restoration"] {
        #expect(
          other.post("/goals/\(goal)/subtasks/\(steps[0])\(part)", ["title": "X", "status": "completed", "position": "1"]).status == 404)
      }
      // Another's goal and a missing one are one complaint.
      let (link, none) = (other.post("/habits", ["name": "H", "goal": goal]), other.post("/habits", ["name": "H", "goal": missing]))
      #expect(link.status == 422 && link.complaints == ["goal"] && none.complaints == ["goal"])
      #expect(other.get("/goals?after=\(goal)").status == 200)
    }
    #expect(try site.fingerprint() == before)
    // A step of another goal of one's own is none of this one.
    let mine = try ana.goal(["title": "Mine"])
    #expect(ana.post("/goals/\(mine)/subtasks/\(steps[0])/status", ["status": "completed"]).status == 404)
    #expect(try site.text("SELECT status FROM goal_subtasks") == "pending")
  }
}
