import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// One box for everything. Monday 4 January 2027, noon in São Paulo.
@Suite struct SearchTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// What a search found: the section's id, and the titles of its rows.
  private func found(_ query: String, _ browser: Browser? = nil) -> [String: [String]] {
    let page = (browser ?? ana).get("/search?q=" + query)
    #expect(page.status == 200)
    var found: [String: [String]] = [:]
    for part in page.text.components(separatedBy: "<section class=\"section\" aria-labelledby=\"h-").dropFirst() {
      let rows = part.components(separatedBy: "<h3 class=\"row-title\">").dropFirst().map {
        $0.components(separatedBy: "</a>")[0].components(separatedBy: ">").last ?? ""
      }
      found[part.components(separatedBy: "\"")[0]] = rows
    }
    return found
  }

  /// One of each kind that holds "Violão".
  private func fill() throws -> (reminder: String, habit: String, goal: String, noted: String) {
    let reminder = try ana.remind(["title": "Buy strings", "description": "For the *violão*.", "at": "2027-02-01T09:00"])
    let habit = try ana.habit(["name": "VIOLÃO"])
    let goal = try ana.goal(["title": "Play the violão"])
    let noted = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(noted)/notes", ["date": "2027-01-04", "notes": "About the violão <b>today</b>"]).status == 303)
    return (reminder, habit, goal, noted)
  }

  @Test(arguments: ["viol%C3%A3o", "VIOLAO", "viola%CC%83o", "%20iol%C3%A3%20"])
  func `each kind is found, accents and letter case aside, and leads to its page and its list`(query: String) throws {
    let made = try fill()
    let page = ana.get("/search?q=" + query)
    #expect(
      found(query) == [
        "reminders": ["Buy strings"], "habits": ["VIOLÃO"], "goals": ["Play the violão"], "notes": ["Read, Mon 4 Jan 2027"],
      ])
    for path in ["reminders/\(made.reminder)", "habits/\(made.habit)", "goals/\(made.goal)", "habits/\(made.noted)"] {
      #expect(page.links.contains("/" + path), "\(path)")
    }
    #expect(page.text.contains("About the violão &lt;b&gt;today&lt;/b&gt;") && !page.text.contains("<b>today"))
    for list in ["reminders", "habits", "goals"] {
      let link = try page.links.first { $0.hasPrefix("/\(list)?") }.unwrapped
      #expect(link.hasPrefix("/\(list)?status=all&q=") && ana.get(link).links.contains { $0.hasPrefix("/\(list)/0") }, "\(link)")
    }
  }

  @Test func `what is deleted, and what is somebody else's, is not found`() throws {
    let made = try fill()
    for (path, others) in [
      ("/reminders/\(made.reminder)", 3), ("/goals/\(made.goal)", 2), ("/habits/\(made.habit)", 1), ("/habits/\(made.noted)", 0),
    ] {
      #expect(ana.post(path + "/deletion").status == 303)
      #expect(found("violao").count == others, "\(path)")
    }
    _ = try fill()
    for other in [try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .admin)] {
      #expect(found("violao", other).isEmpty && other.get("/search?q=violao").text.contains("Nothing found"))
    }
    #expect(site.browser().get("/search?q=violao").location?.hasPrefix("/sign-in?next=") == true)
  }

  @Test func `what is archived and completed is found as such, after what is open`() throws {
    let (done, open) = (try ana.goal(["title": "Run B"]), try ana.goal(["title": "Run A"]))
    #expect(ana.post("/goals/\(done)/completion").status == 303)
    let away = try ana.habit(["name": "Run C"])
    #expect(ana.post("/habits/\(away)/archival").status == 303)
    let over = try ana.remind(["title": "Run D", "at": "2027-02-01T09:00"])
    _ = try ana.remind(["title": "Run E", "at": "2027-03-01T09:00"])
    #expect(ana.post("/reminders/\(over)/completion").status == 303)
    #expect(found("run") == ["goals": ["Run A", "Run B"], "habits": ["Run C"], "reminders": ["Run E", "Run D"]])
    let text = ana.get("/search?q=run").text
    #expect(text.contains("Completed") && text.contains("Archived") && !open.isEmpty)
  }

  @Test func `ten of a kind are shown, and the link to the list says how many there are`() throws {
    for number in 0..<12 {
      _ = try ana.remind(["title": "Call \(number)", "at": "2027-02-01T09:00"])
      _ = try ana.habit(["name": "Call \(number)"])
      _ = try ana.goal(["title": "Call \(number)"])
    }
    let page = ana.get("/search?q=call")
    #expect(found("call").mapValues(\.count) == ["reminders": 10, "habits": 10, "goals": 10])
    #expect(page.text.components(separatedBy: "All 12 in the list").count == 4)
  }

  @Test(arguments: ["%25", "_", "%25a%25", "%5C", "'", "%27%20OR%201=1"])
  func `what would be a pattern is text`(query: String) throws {
    _ = try fill()
    #expect(found(query).isEmpty)
    _ = try ana.goal(["title": "50% of it, a_b 'quoted' \\ %a% ' OR 1=1"])
    #expect(found(query)["goals"]?.count == 1 && site.logged.isEmpty)
  }

  @Test(arguments: ["%00", "a%00b", "%FF", "a%0Ab", String(repeating: "a", count: 401)])
  func `what is no line of text is refused as in lists, in the person's language`(query: String) throws {
    for path in ["/search", "/reminders", "/habits", "/goals"] { #expect(ana.get("\(path)?q=\(query)").status == 422) }
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    let page = try site.visit(as: ana).get("/search?q=" + query, ["accept-language": "en"])
    #expect(page.status == 422 && page.text.contains("lang=\"pt-BR\"") && page.text.contains("<h1>Não deu para entender</h1>"))
  }

  @Test func `before anything is asked the page says what can be found, and every page leads to it`() throws {
    for target in ["/search", "/search?q=", "/search?q=%20"] {
      let page = ana.get(target)
      #expect(page.status == 200 && page.text.contains("What are you looking for?") && page.form("/search") != nil)
    }
    #expect(ana.get("/search?q=%3Ci%3E").text.contains("value=\"&lt;i&gt;\""))
    for target in ["/", "/habits", "/settings/profile"] { #expect(ana.get(target).links.contains("/search"), "\(target)") }
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    let page = try site.visit(as: ana).get("/search?q=zebra").text
    #expect(page.contains("Nada encontrado") && page.contains("Buscar em tudo"))
  }

  /// A page whose names are whole: what was looked for is marked in them.
  private func unmarked(_ page: Page) -> String { page.text.replacing("<mark>", with: "").replacing("</mark>", with: "") }

  /// The best of all kinds: `kind:name`, by how they match.
  private func best(_ query: String, _ browser: Browser? = nil) -> [String] {
    let page = (browser ?? ana).get("/search?q=" + Browser.encoded(query))
    #expect(page.status == 200)
    let parts = unmarked(page).components(separatedBy: "aria-labelledby=\"h-best\"").dropFirst()
    let rows = (parts.first?.components(separatedBy: "</section>")[0] ?? "").components(separatedBy: "data-fact=\"hit\" value=\"")
    return rows.dropFirst().map { row in
      let kind = row.components(separatedBy: ":")[0]
      let title = row.components(separatedBy: "</data>")[0].components(separatedBy: ">").last ?? ""
      let match = row.components(separatedBy: "data-fact=\"match\" value=\"").dropFirst().first?.components(separatedBy: "\"")[0] ?? ""
      return "\(kind) \(title) \(match)"
    }
  }

  @Test func `Hard case 19: what is called so comes first, then names that hold it, then texts, the newest first`() throws {
    _ = try ana.remind(["title": "Call the bank", "description": "About the rent.", "at": "2027-02-01T09:00"])
    _ = try ana.goal(["title": "Rent a house"])
    site.pass(hours: 1)
    _ = try ana.habit(["name": "Rent"])
    site.pass(hours: 1)
    try ana.contact("Rente", "rente@x.test")
    #expect(best("rent") == ["habit Rent name", "contact Rente name", "goal Rent a house name", "reminder Call the bank words"])
    #expect(best("RENT house") == ["goal Rent a house name"])
    #expect(best("rente@x.test") == ["contact Rente words"])
  }

  @Test func `Hard case 19: signs, one letter, many, accents and both languages`() throws {
    for title in ["50% off", "500 apples", "a_b", "axb", "Copo d'água", "zebra", "Ação", "Corrida", "He runs"] {
      _ = try ana.goal(["title": title])
    }
    for (query, expected) in [
      ("50%", ["goal 50% off name"]), ("_", []), ("a_b", ["goal a_b name"]), ("'", []), ("d'água", ["goal Copo d'água name"]),
      ("z", ["goal zebra name"]), (String(repeating: "x", count: 200), []), ("acao", ["goal Ação name"]),
      ("CORRIDAS", ["goal Corrida name"]),
      ("running", ["goal He runs name"]), ("\\", []), ("%", []),
    ] as [(String, [String])] {
      let place: Comment = "\(query), \(expected)"
      let found = best(query).map { $0.replacing("&#39;", with: "'").replacing("&#x27;", with: "'") }
      #expect(found == expected && site.logged.isEmpty, place)
    }
  }

  @Test func `Hard case 19: nothing of others is found, nor told by the time it takes`() throws {
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    let eve = try site.person("eve@x.test")
    for browser in [bob, eve] {
      _ = try browser.goal(["title": "Xylophone"])
      try browser.contact("Xylo", "xylo-\(browser.user.text.suffix(6))@x.test")
    }
    #expect(best("xylo").isEmpty && found("xylo").isEmpty && best("xylo", eve).count == 2)
    // A word that others have and one that nobody has read the same rows of the register: none.
    try site.owner.run(
      """
      INSERT INTO goals (id, user_id, title, description, category, status, created_at, updated_at)
      SELECT gen_random_uuid(), \(eve.user), 'Xylophone ' || n, '', 'other', 'active', \(site.now), \(site.now) FROM generate_series(1, 2000) n
      """)
    for word in ["xylophone", "quagga"] {
      let plan: [String] = try site.owner.transaction {
        try site.owner.run(
          "SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
        try site.owner.run("SET LOCAL enable_seqscan = off")
        return try site.owner.rows(
          Query(column: "EXPLAIN (ANALYZE, TIMING OFF) SELECT id FROM search_documents WHERE words @@ register_query(me(), \(word), 'b')"))
      }
      #expect(plan.contains { $0.contains("search_documents_words") } && !plan.contains { $0.contains("Rows Removed") }, "\(plan)")
    }
  }

  @Test func `Hard case 19: what is called so is first among thousands, and words with an apostrophe are found in texts`() throws {
    _ = try ana.goal(["title": "Milk", "description": "Don't forget."])
    #expect(best("don't") == ["goal Milk words"])
    try site.owner.run(
      """
      INSERT INTO goals (id, user_id, title, description, category, status, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'Call ' || n, '', 'other', 'active', \(site.now), \(site.now) FROM generate_series(1, 2000) n
      """)
    _ = try ana.goal(["title": "Call"])
    #expect(best("call").first == "goal Call name")
    // Kinds of which few hold the word are found all the same, and counted.
    try ana.contact("Callisto", "callisto@x.test")
    try ana.contact("Bob", "call@x.test")
    try ana.contact("Eve", "eve@x.test")
    #expect(found("call")["contacts"] == ["Callisto", "Bob"])
    #expect(best("call").count == SearchFinder.most && best("callisto") == ["contact Callisto name"])
    #expect(found("callisto@x.test") == ["contacts": ["Callisto"]])
  }

  @Test func `the register is written where a name, a text or its being found changes, and not where thousands are put away`() throws {
    _ = try ana.remind(["title": "Okapi", "description": "Old.", "at": "2027-02-01T09:00"])
    func stamps() throws -> String? { try site.text("SELECT string_agg(xmin::text, ' ' ORDER BY id) FROM search_documents") }
    let before = try stamps()
    try site.owner.run("UPDATE reminders SET status = 'archived', next_at = NULL, updated_at = updated_at")
    #expect(try stamps() == before && best("okapi").count == 1)
    try site.owner.run("UPDATE reminders SET description = 'Newer.'")
    #expect(try stamps() != before && best("newer") == ["reminder Okapi words"] && best("old").isEmpty)
    // Of tasks a statement at a time, some renamed, some thrown away, some neither.
    let planned = Planned(site: site, ana: ana)
    for title in ["Lynx", "Moth", "Newt"] { _ = try ana.task(["title": title, "notes": "Of \(title)."]) }
    let tasks = try stamps()
    try site.owner.run("UPDATE tasks SET priority = 1, updated_at = updated_at")
    #expect(try stamps() == tasks)
    try site.owner.run(
      """
      UPDATE tasks SET title = CASE title WHEN 'Lynx' THEN 'Ibis' ELSE title END, notes = CASE title WHEN 'Moth' THEN 'Kept.' ELSE notes END,
        archived_at = CASE title WHEN 'Newt' THEN \(site.now) END
      """)
    try planned.check()
    #expect(best("ibis").count == 1 && best("kept") == ["task Moth words"] && best("lynx") == ["task Ibis words"] && best("newt").isEmpty)
    try site.owner.run("UPDATE tasks SET archived_at = NULL")
    try planned.check()
    #expect(best("newt") == ["task Newt name"])
  }

  @Test func `the register follows what is made, renamed, deleted and brought back, in every kind`() throws {
    let goal = try ana.goal(["title": "Okapi"])
    #expect(best("okapi").count == 1)
    #expect(ana.post("/goals/\(goal)/deletion").status == 303)
    #expect(best("okapi").isEmpty)
    try site.owner.run("UPDATE goals SET deleted_at = NULL WHERE id = \(goal)::text::uuid")
    #expect(best("okapi") == ["goal Okapi name"])
    try site.owner.run("UPDATE goals SET title = 'Quagga'")
    #expect(best("okapi").isEmpty && best("quagga").count == 1)
    #expect(best("urgent").contains { $0.hasPrefix("profile ") })
    try site.owner.run("DELETE FROM goals")
    #expect(try site.count("SELECT count(*) FROM search_documents WHERE kind <> 'profile'") == 0)
  }

  @Test func `marks narrow what is found: kinds, tags, states, dates, phrases and words that may not be there`() throws {
    let paint = try ana.task(["title": "Paint the new kitchen", "notes": "White, 100% of it.", "tags": "home"])
    _ = try ana.task(["title": "Kitchen paint, new", "tags": "Home, shop"])
    site.pass(hours: 48)
    try ana.openSession()
    _ = try ana.goal(["title": "A new kitchen"])
    #expect(ana.post("/tasks/\(paint)/completion").status == 303)
    for (query, expected) in [
      ("type:task kitchen", ["Kitchen paint, new", "Paint the new kitchen"]), ("tipo:goal kitchen", ["A new kitchen"]),
      ("\"new kitchen\"", ["A new kitchen", "Paint the new kitchen"]), ("kitchen -paint", ["A new kitchen"]),
      ("tag:HOME tag:shop", ["Kitchen paint, new"]),
      ("status:done type:task", ["Paint the new kitchen"]), ("kitchen after:2027-01-06", ["A new kitchen"]),
      ("kitchen type:task before:2027-01-04", []), ("\"100% of\"", ["Paint the new kitchen"]), ("\"10_% of\"", []),
    ] as [(String, [String])] {
      let page = ana.get("/search?q=" + Browser.encoded(query))
      let titles = unmarked(page).components(separatedBy: "data-fact=\"hit\" value=\"").dropFirst().map {
        $0.components(separatedBy: "</data>")[0].components(separatedBy: ">").last ?? ""
      }
      #expect(page.status == 200 && titles.sorted() == expected, "\(query)")
    }
    #expect(ana.get("/search?kind=goal&kind=habit").facts("hit").count == 1 && ana.get("/search?kind=x").status == 422)
    let eve = try site.person("eve@x.test")
    for query in ["type:task", "tag:home", "kitchne", "status:done", "kitchen%20-x"] {
      #expect(eve.get("/search?q=" + query).facts("hit").isEmpty)
    }
    #expect(best("kitchne painf").sorted() == ["task Kitchen paint, new similar", "task Paint the new kitchen similar"])
    #expect(best("zzz").isEmpty && site.logged.isEmpty)
  }

  @Test func `Hard case 37: signs, accents, one letter and four hundred in the list of tasks`() throws {
    for title in ["José, 100%", "a_b"] { _ = try ana.task(["title": title]) }
    for (query, expected) in [
      ("100%", "José, 100%"), ("_", "a_b"), ("jose", "José, 100%"), ("j", "José, 100%"), ("s", ""), ("a", "a_b"),
      (String(repeating: "x", count: 400), ""),
    ] {
      let page = ana.get("/tasks?q=" + Browser.encoded(query))
      #expect(page.status == 200, "\(query.prefix(9))")
      for title in ["José, 100%", "a_b"] { #expect(page.text.contains(">\(title)</a>") == (title == expected), "\(query.prefix(9))") }
    }
    #expect(ana.get("/tasks?q=" + String(repeating: "x", count: 401)).status == 422)
  }
}
