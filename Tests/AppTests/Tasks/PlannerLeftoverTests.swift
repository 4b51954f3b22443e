import HTML
import Postgres
import Testing

@testable import App
@testable import Domain

/// What lists, pages and deadlines of the planner say and keep. Monday 1 March 2027, noon in New York.
@Suite struct PlannerLeftoverTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// The profile that a deadline's newest reminder climbs; nil: nothing rings.
  private func rung(_ deadline: String) throws -> String? {
    try site.text(
      """
      SELECT coalesce(p.preset, p.name) FROM deadline_reminders b JOIN reminders r ON r.id = b.reminder_id JOIN profiles p ON p.id = r.profile_id
      WHERE b.deadline_id = \(deadline)::uuid ORDER BY r.id DESC LIMIT 1
      """)
  }

  @Test func `a chosen profile rings again after a deadline came back, and another takes its place where it is deleted`() throws {
    let critical = try site.text("SELECT id::text FROM profiles WHERE user_id = \(ana.user) AND preset = 'critical'").unwrapped
    let fields: KeyValuePairs = [
      "title": "Visa", "due": "2027-03-10 09:00", "remind": "1 day before", "profile": critical, "version": "1",
      "consequences": "1. *Fine* of 100\n<b>And</b> more.",
    ]
    let deadline = try ana.deadline(fields)
    #expect(try rung(deadline) == "critical")
    for (way, profile) in [("restoration?reminders=on", "critical"), ("restoration", nil)] as [(String, String?)] {
      #expect(ana.post("/deadlines/\(deadline)/deletion").status == 303)
      #expect(ana.post("/trash/deadline/\(deadline)/" + way).status == 303)
      #expect(try rung(deadline) == profile, "\(way)")
    }
    // Its form as it stands lets it ring again, and a second time changes nothing.
    #expect(ana.get("/deadlines/\(deadline)").text.contains("It does not ring"))
    #expect(ana.get("/deadlines/\(deadline)/edit").text.contains("value=\"\(critical)\" selected"))
    for version in ["1", "2"] {
      let edit: KeyValuePairs = [
        "title": "Visa", "due": "2027-03-10 09:00", "remind": "1 day before", "profile": critical, "version": version,
        "consequences": "1. *Fine* of 100\n<b>And</b> more.",
      ]
      #expect(ana.post("/deadlines/\(deadline)", edit).status == 303)
      #expect(try rung(deadline) == "critical")
    }
    #expect(try site.count("SELECT version FROM deadlines") == 2)
    // What comes of it says the same on its page and in its mail: no mark of it means anything.
    let page = ana.get("/deadlines/\(deadline)").text
    #expect(page.contains("class=\"said\">1. *Fine* of 100\n&lt;b&gt;And&lt;/b&gt; more.</p>"))
    let told = Markdown.plain(try site.text("SELECT description FROM reminders").unwrapped)
    #expect(told.contains("If it is missed: 1. *Fine* of 100\n<b>And</b> more."), "\(told)")

    let (mine, other) = (try ana.ladder(), try ana.ladder(["name": "Other", "tiers": "1", "tier_1_agent": "email"]))
    let own = try ana.deadline(["title": "Own", "due": "2027-03-10 09:00", "remind": "1 day before", "profile": mine])
    let quiet = try ana.deadline(["title": "Quiet", "due": "2027-03-10 09:00", "profile": mine])
    #expect(ana.post("/deadlines/\(quiet)/deletion").status == 303)
    #expect(ana.post("/profiles/\(mine)/deletion", ["profile": other]).status == 303)
    #expect(ana.post("/deadlines/\(own)/deletion").status == 303)
    for id in [own, quiet] { #expect(ana.post("/trash/deadline/\(id)/restoration", ["reminders": "on"]).status == 303) }
    #expect(try rung(own) == "Other" && rung(quiet) == nil)
    // Of those in the trash alone nobody is asked what climbs instead: they go by their importance.
    for id in [own, quiet] { #expect(ana.post("/deadlines/\(id)/deletion").status == 303) }
    #expect(ana.post("/profiles/\(other)/deletion").status == 303)
    #expect(ana.post("/trash/deadline/\(own)/restoration", ["reminders": "on"]).status == 303)
    #expect(try rung(own) == "gentle" && site.logged.isEmpty)
  }

  /// The chips of a list.
  private func chips(_ page: Page) -> String {
    let behind = page.text.components(separatedBy: "class=\"chips\"").dropFirst()
    #expect(!behind.isEmpty)
    return behind.map { $0.components(separatedBy: "</ul>")[0] }.joined()
  }

  @Test func `deadlines and problems are searched where they are listed, and no list that is narrowed counts what it does not show`() throws
  {
    for title in ["Tax return", "Visa", "Give 100%", "snake_case", "Imposto José"] {
      _ = try ana.deadline(["title": title, "due": "2027-03-10 09:00"])
    }
    let done = try ana.deadline(["title": "Old tax", "due": "2027-03-09 09:00"])
    #expect(ana.post("/deadlines/\(done)/completion").status == 303)
    for title in ["Tax on mould", "Damp"] { _ = try ana.post("/problems", ["title": title, "description": "*Wet*"]).location.unwrapped }
    for (target, found) in [
      ("/deadlines?q=TAX", ["Tax return"]), ("/deadlines?status=all&q=tax", ["Old tax", "Tax return"]),
      ("/deadlines?q=100%25", ["Give 100%"]),
      ("/deadlines?q=_", ["snake_case"]), ("/deadlines?q=jose", ["Imposto José"]), ("/deadlines?q=walrus", []),
      ("/problems?q=tax", ["Tax on mould"]), ("/problems?q=wet", ["Damp", "Tax on mould"]), ("/problems?status=resolved&q=tax", []),
    ] as [(String, [String])] {
      let page = ana.get(target)
      let titles = ["Damp", "Give 100%", "Imposto José", "Old tax", "Tax on mould", "Tax return", "Visa", "snake_case"]
      #expect(page.status == 200 && titles.filter { page.text.contains(">\($0)</a></h2>") } == found, "\(target)")
      #expect(page.text.contains("holds these words.") == found.isEmpty, "\(target)")
      #expect(!chips(page).contains("class=\"count\""), "\(target)")
    }
    for list in ["/deadlines", "/problems"] {
      #expect(chips(ana.get(list)).contains("class=\"count\""))
      #expect(ana.get(list + "?q=" + String(repeating: "x", count: 401)).status == 422)
    }
    // The page of search leads to what it counts.
    let search = ana.get("/search?q=tax")
    #expect(search.links.contains("/deadlines?status=all&q=tax") && search.links.contains("/problems?status=all&q=tax"))
    #expect(search.text.contains("All 2 in the list") && search.text.contains("1 in the list"))
    for (list, narrowed) in [("/tasks", "/tasks?priority=1"), ("/goals", "/goals?q=s")] {
      _ = (try ana.task(["title": "T", "priority": "1"]), try ana.goal(["title": "S"]))
      #expect(chips(ana.get(list)).contains("class=\"count\"") && !chips(ana.get(narrowed)).contains("class=\"count\""), "\(list)")
    }
    // Where few hold the words the next page goes on from where this one ended, and keeps them.
    try site.owner.run(
      """
      INSERT INTO deadlines (id, user_id, title, due_at, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'N' || n, \(site.now.advanced(days: 1)), \(site.now), \(site.now) FROM generate_series(1, 1010) n
      """)
    let first = ana.get("/deadlines?q=visa")
    #expect(!first.text.contains(">Visa</a>") && !first.text.contains("Nothing matches"))
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    #expect(next.contains("q=visa") && ana.get(next).text.contains(">Visa</a>"))
    #expect(site.logged.isEmpty)
  }

  @Test func `what is private says so, notes of blanks are none, and what stands empty is no row`() throws {
    let task = try ana.task(["title": "T", "private": "on", "notes": "\r\n"])
    let goal = try ana.goal(["title": "G", "private": "on"])
    let deadline = try ana.deadline(["title": "D", "due": "2027-03-10 09:00", "private": "on"])
    let problem = try ana.post("/problems", ["title": "P", "private": "on", "description": " \r\n\t"]).location.unwrapped
    for page in ["/tasks/\(task)", "/goals/\(goal)", "/deadlines/\(deadline)", problem] {
      let shown = ana.get(page)
      #expect(shown.fact("private") == "true" && shown.text.contains("Private: never sent to a language model."), "\(page)")
    }
    let open = try ana.task(["title": "U"])
    #expect(ana.get("/tasks/\(open)").fact("private") == nil)
    #expect(try site.text("SELECT concat((SELECT string_agg(notes, '') FROM tasks), (SELECT description FROM problems))") == "")
    #expect(ana.get("/plan").text.contains("<p class=\"muted\">Nothing is on today yet.</p>"))
    _ = try ana.capture("Hm")
    #expect(ana.get("/inbox/triage").text.contains("Thrown away, its words stay among what is sorted."))
  }
}
