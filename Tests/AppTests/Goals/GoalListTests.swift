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
    let rows = first.text.components(separatedBy: "class=\"row\"")
    #expect(rows.count == 51 && rows[1].contains("G1<") && rows[2].contains("G0<"))
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    let second = ana.get(next).text
    #expect(second.components(separatedBy: "class=\"row\"").count == 4)
    #expect((0..<53).allSatisfy { first.text.contains("G\($0)<") != second.contains("G\($0)<") })
    #expect(ana.get("/goals?status=overdue").text.components(separatedBy: "class=\"row\"").count == 3)
    #expect(ana.get("/goals?status=archived").text.contains("Nothing matches"))
    #expect(ana.get("/goals?status=walrus").status == 422)
    for status in ["completed", "archived", "all"] { #expect(ana.get("/goals?status=\(status)&after=\(rows.count)").status == 422) }
  }

  @Test func `a search finds titles and notes, letter case aside, in the order of the list, and says when nothing is found`() throws {
    for (title, notes) in [("Run 10 km", ""), ("Learn the guitar", "So that I can *run* a choir."), ("Save for a bike", ""), ("RUNES", "")]
    {
      try ana.goal(["title": title, "description": notes, "deadline": title == "RUNES" ? "2027-02-01" : ""])
    }
    func titles(_ query: String) -> [String] {
      ana.get("/goals" + query).text.components(separatedBy: "class=\"row\"").dropFirst().map {
        $0.components(separatedBy: "</a>")[0].components(separatedBy: ">").last ?? ""
      }
    }
    let found = titles("?q=rUn")
    // Of those without a deadline the order is that of ids, made within one millisecond.
    #expect(found.first == "RUNES" && Set(found) == ["RUNES", "Run 10 km", "Learn the guitar"] && found.count == 3)
    #expect(titles("?q=%20choir%20&status=all") == ["Learn the guitar"] && titles("?q=run&status=completed").isEmpty)
    #expect(titles("?q=%25").isEmpty && titles("?q=").count == 4)
    let nothing = ana.get("/goals?q=zebra&status=all")
    #expect(nothing.text.contains("No goal in this list holds these words.") && nothing.text.contains("Clear search and filters"))
    #expect(nothing.text.contains("name=\"q\" type=\"search\" value=\"zebra\"") && nothing.text.contains("name=\"status\" value=\"all\""))
    #expect(nothing.links.contains("/goals?q=zebra") && ana.get("/goals?q=a%00").status == 422)
    // What was deleted, and what is somebody else's, is not found.
    let eve = try site.person("eve@x.test")
    #expect(!eve.get("/goals?q=run&status=all").text.contains("RUNES"))
  }

  @Test func `a Brazilian's goals are feminine in every state, and the states keep the words looked for`() throws {
    let rui = try site.person("rui@x.test", zone: "America/Sao_Paulo", language: .portuguese)
    let late = try rui.goal(["title": "A", "deadline": "2027-01-01"])
    let done = try rui.goal(["title": "B"])
    #expect(rui.post("/goals/\(done)/completion").status == 303)
    let list = rui.get("/goals?q=a&status=all")
    for word in ["Em andamento", "Atrasadas", "Concluídas", "Arquivadas", "Todas", "Atrasada<"] {
      #expect(list.text.contains(word), "\(word)")
    }
    for status in ["", "status=overdue&amp;", "status=completed&amp;", "status=archived&amp;"] {
      #expect(list.text.contains("href=\"/goals?\(status)q=a\""), "\(status)")
    }
    let page = rui.get("/goals/\(done)").text
    #expect(page.contains("Concluída<") && !page.contains("Concluído"))
    #expect(rui.get("/goals/\(late)").text.contains("Atrasada<") && rui.post("/goals/\(late)/archival").status == 303)
    #expect(rui.get("/goals/\(late)").text.contains("Arquivada<"))
  }

  @Test(arguments: [("2027-02-30", "Essa data não existe."), ("soon", "Escreva uma data como"), ("30/02/2027", "Escreva uma data como")])
  func `what is no date is told from a date that does not exist`(deadline: String, words: String) throws {
    let rui = try site.person("rui@x.test", language: .portuguese)
    let page = rui.post("/goals", ["title": "A", "deadline": deadline])
    #expect(page.complaints == ["deadline"] && page.text.contains(words))
  }

  @Test func `a search looks through a thousand goals a page, and the next page goes on`() throws {
    try site.owner.run(
      """
      INSERT INTO goals (id, user_id, title, description, category, deadline, status, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), CASE WHEN n % 600 = 0 THEN 'Zebra ' ELSE 'Horse ' END || n, '', 'other', date '2027-02-01' + n, 'active',
        \(site.now), \(site.now) FROM generate_series(1, 1300) n
      """)
    let first = ana.get("/goals?q=zebra")
    #expect(first.text.components(separatedBy: "class=\"row\"").count == 2 && first.text.contains("Zebra 600<"))
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    #expect(next.contains("q=zebra"))
    let second = ana.get(next)
    #expect(second.text.contains("Zebra 1200<") && !second.text.contains("Zebra 600<") && !second.links.contains { $0.contains("after=") })
    // Where many hold it a page is full.
    let many = ana.get("/goals?q=horse")
    #expect(many.text.components(separatedBy: "class=\"row\"").count == 51 && many.links.contains { $0.contains("after=") })
  }

  @Test func `Today shows the goals that are late or due within a week, five of them, and goes on until the day ends`() throws {
    #expect(!ana.get("/").text.contains("id=\"goals\""))
    let late = try ana.goal(["title": "Late", "deadline": "2027-01-02"])
    try ana.goal(["title": "Soon", "deadline": "2027-01-11"])
    try ana.goal(["title": "Later", "deadline": "2027-01-12"])
    try ana.goal(["title": "Without"])
    let page = ana.get("/").text
    let section = try page.components(separatedBy: "id=\"goals\"").last.unwrapped.components(separatedBy: "</section>")[0]
    #expect(section.contains("href=\"/goals/\(late)\">Late</a>") && section.contains("2 days ago") && section.contains("Soon</a>"))
    #expect(
      section.contains("href=\"/goals\"") && !section.contains("Later") && !section.contains("Without") && !section.contains("More of them")
    )
    let tag = try ana.get("/").header("ETag").unwrapped
    site.now = try Instant(iso: "2027-01-05T02:59:59Z").unwrapped
    #expect(ana.get("/", ["if-none-match": tag]).status == 304)
    site.pass(seconds: 1)
    #expect(ana.get("/", ["if-none-match": tag]).text.contains("Later</a>"))
    for number in 0..<4 { try ana.goal(["title": "G\(number)", "deadline": "2027-01-06"]) }
    let full = ana.get("/").text
    #expect(full.contains("More of them are due within a week.") && !full.contains("Later</a>"))
    #expect(ana.post("/goals/\(late)/completion").status == 303 && !ana.get("/").text.contains("Late</a>"))
    let eve = try site.person("eve@x.test")
    #expect(!eve.get("/").text.contains("Soon</a>"))
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
