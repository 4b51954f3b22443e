import Postgres
import Testing

@testable import App
@testable import Domain

/// Sorting the inbox out, with issue 12's hard cases 20 to 22.
@Suite struct InboxTriageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// What a field of the form shows.
  private func value(_ name: String, _ page: Page) -> String? {
    page.text.components(separatedBy: "name=\"\(name)\" type=\"text\" value=\"").dropFirst().first?.components(separatedBy: "\"").first
  }

  /// The page on which a line is sorted out that was just written down.
  private func triage(_ line: String) throws -> Page {
    let item = try ana.capture(line)
    return ana.get("/inbox/\(item)/triage")
  }

  private func sort(_ item: String, _ fields: KeyValuePairs<String, String>) -> Page { ana.post("/inbox/\(item)/triage", fields) }

  @Test func `Hard case 20: what is no time stays in the title, and what comes again is kept`() throws {
    for text in ["pay 02/30", "The 9/11 Report", "Buy todays paper", "read https://x.example/#top"] {
      let page = try triage(text)
      #expect(value("title", page) == text && value("due", page) == "" && page.fact("understood-due") == nil, "\(text)")
      #expect(page.fact("understood-tag") == nil && value("cron", page) ?? "" == "", "\(text)")
    }
    let quoted = try triage("\"pay on friday\"")
    #expect(value("title", quoted) == "&quot;pay on friday&quot;" && value("due", quoted) == "")
    // As it was meant when it was written down, whenever it is sorted.
    let renew = try ana.capture("renew in 1 month")
    try site.owner.run("UPDATE inbox_items SET received_at = '2027-01-31T15:00:00Z' WHERE raw = 'renew in 1 month'")
    #expect(value("due", ana.get("/inbox/\(renew)/triage")) == "2027-02-28")
    let rent = try ana.capture("pagar aluguel todo dia 5")
    let page = ana.get("/inbox/\(rent)/triage")
    #expect(page.field("kind", ofForm: "/inbox/\(rent)/triage") == "task" && value("title", page) == "pagar aluguel")
    #expect(value("due", page) == "2027-03-05")
    let made = sort(rent, ["kind": "task", "title": "pagar aluguel", "due": "2027-03-05", "cron": value("cron", page) ?? ""])
    #expect(made.status == 303, "\(made.complaints)")
    let stored = try site.text("SELECT r.rule || ' ' || t.due FROM tasks t JOIN task_repeats r USING (series_id)")
    #expect(stored == "FREQ=MONTHLY;BYMONTHDAY=5 2027-03-05")
    // What comes more often than daily only reminders keep.
    let stretch = try ana.capture("task: stretch every 90 minutes")
    let often = ana.get("/inbox/\(stretch)/triage")
    #expect(often.field("kind", ofForm: "/inbox/\(stretch)/triage") == "reminder")
  }

  @Test func `Hard case 21: marks fill in the form, and a name that nobody has stays and is told`() throws {
    let text = "call Ana @ana +kitchen #casa ~45m !1 tomorrow 9am"
    let item = try ana.capture(text)
    let without = ana.get("/inbox/\(item)/triage")
    #expect(value("title", without) == "call Ana @ana +kitchen" && without.text.contains("“+kitchen” names nothing here"))
    let goal = try ana.goal(["title": "Kitchen as new"])
    let page = ana.get("/inbox/\(item)/triage")
    #expect(value("title", page) == "call Ana @ana" && page.text.contains("“@ana” names nothing here"))
    #expect(page.fact("understood-due") == "2027-03-02T14:00:00Z" && page.fact("understood-tag") == "casa")
    #expect(page.text.contains("value=\"\(goal)\" selected"))
    let due = try value("due", page).unwrapped
    #expect(due == "2027-03-02 09:00")
    let made = sort(
      item, ["kind": "task", "title": "call Ana @ana", "due": due, "priority": "1", "estimate": "45", "tags": "casa", "goal": goal])
    #expect(made.location == "/inbox/triage", "\(made.complaints)")
    let stored = try site.text(
      """
      SELECT concat_ws(' ', t.priority, t.estimate, g.tag, l.type, i.became_kind) FROM tasks t JOIN tags g ON g.thing = t.id
      JOIN entity_links l ON l.from_id = t.id JOIN inbox_items i ON i.became_id = t.id
      """)
    #expect(stored == "1 45 casa supports_goal task")
    let escaped = try triage("\\#1 priority")
    #expect(value("title", escaped) == "#1 priority")
    // Two goals of that name are none.
    _ = try ana.goal(["title": "Kitchen"])
    let ambiguous = try triage("paint +kitchen")
    #expect(value("title", ambiguous) == "paint +kitchen")
  }

  @Test func `Hard case 22: the same title is offered to join, and what is done is not`() throws {
    let pairs = [
      ("Comprar pão", "comprar  PÃO", true), ("Straße", "STRASSE", true), ("avô", "avó", false), ("Caf\u{E9}", "Cafe\u{301}", true),
      ("\u{FB01}le", "FILE", true), ("👨\u{200D}👩\u{200D}👧", "👨👩👧", false),
    ]
    for (there, typed, isOffered) in pairs {
      let (task, item) = (try ana.task(["title": there]), try ana.capture(typed))
      let page = ana.get("/inbox/\(item)/triage?kind=task")
      #expect(page.fact("duplicate-of") == (isOffered ? "task:" + task : nil), "\(there) \(typed)")
      #expect(ana.get("/inbox/\(item)/triage?kind=goal").fact("duplicate-of") == nil)
      if there == "Straße" {
        #expect(sort(item, ["kind": "join", "target": "task:" + task]).location == "/inbox/triage")
        #expect(sort(item, ["kind": "join", "target": "task:" + task]).status == 303 && sort(item, ["kind": "none"]).status == 409)
        #expect(ana.get("/inbox?state=filed").fact("became") == "task:" + task)
        // What was there stays when the joining is taken back.
        #expect(ana.post("/inbox/\(item)/restoration").status == 303)
      }
      #expect(planned.act(task, "completion").status == 303)
      #expect(ana.get("/inbox/\(item)/triage?kind=task").fact("duplicate-of") == nil)
    }
    #expect(try site.count("SELECT count(*) FROM tasks WHERE deleted_at IS NULL") == pairs.count)
  }

  @Test func `an item becomes what it is by that kind's form, and is as it was when that is taken back`() throws {
    let kinds: [(String, KeyValuePairs<String, String>, SQL)] = [
      ("task", ["kind": "task", "title": "A"], "SELECT count(*) FROM tasks WHERE deleted_at IS NULL"),
      (
        "deadline", ["kind": "deadline", "title": "A", "due": "2027-06-30", "importance": "8"],
        "SELECT count(*) FROM deadlines WHERE deleted_at IS NULL"
      ),
      ("goal", ["kind": "goal", "title": "A", "deadline": "2027-06-30"], "SELECT count(*) FROM goals WHERE deleted_at IS NULL"),
      ("problem", ["kind": "problem", "title": "A", "severity": "3"], "SELECT count(*) FROM problems WHERE deleted_at IS NULL"),
      ("reminder", ["kind": "reminder", "title": "A", "schedule": "once", "at": "tomorrow at 9"], "SELECT count(*) FROM reminders"),
      ("habit", ["kind": "habit", "name": "A", "frequency": "daily"], "SELECT count(*) FROM habits WHERE status <> 'deleted'"),
    ]
    for (kind, fields, count) in kinds {
      let item = try ana.capture("A \(kind)")
      #expect(ana.get("/inbox/\(item)/triage?kind=\(kind)").status == 200)
      let blank = sort(item, ["kind": kind, "title": " ", "name": " "])
      #expect(blank.status == 422 && blank.complaints.contains(kind == "habit" ? "name" : "title"), "\(kind)")
      let made = sort(item, fields)
      #expect(made.location == "/inbox/triage", "\(kind) \(made.status) \(made.complaints) \(site.logged)")
      #expect(sort(item, fields).status == 303 && sort(item, ["kind": "none"]).status == 409)
      #expect(try site.count(count) == 1, "\(kind)")
      #expect(ana.get("/inbox/\(item)/triage").fact("became")?.hasPrefix(kind + ":") == true)
      #expect(ana.post("/inbox/\(item)/restoration").location == "/inbox/\(item)/triage", "\(kind)")
      #expect(try site.count(count) == 0, "\(kind)")
      #expect(sort(item, ["kind": "none"]).location == "/inbox/triage")
    }
    let done = ana.get("/inbox/triage")
    #expect(done.fact("sorted") == "6" && ana.get("/inbox?state=none").fact("item") == "none")
    #expect(try site.count("SELECT sum(open)::integer FROM inbox_counts") == 0)
  }

  @Test func `what somebody changed since stays, and after a day nothing is taken back`() throws {
    let item = try ana.capture("Paint")
    #expect(sort(item, ["kind": "task", "title": "Paint"]).status == 303)
    let task = try site.text("SELECT id::text FROM tasks").unwrapped
    #expect(ana.post("/tasks/\(task)", ["title": "Paint it", "version": "1"]).status == 303)
    #expect(ana.post("/inbox/\(item)/restoration").status == 303)
    #expect(ana.get("/inbox/\(item)/triage").text.contains("Left, for it changed since: “Paint it”."))
    #expect(try site.count("SELECT count(*) FROM tasks WHERE deleted_at IS NULL") == 1)
    #expect(sort(item, ["kind": "none"]).status == 303)
    site.now = site.now.advanced(hours: 25)
    #expect(ana.post("/inbox/\(item)/restoration").status == 409)
  }
}
