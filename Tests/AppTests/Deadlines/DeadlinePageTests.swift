import Postgres
import Testing

@testable import App
@testable import Domain

/// Deadlines by request, with issue 12's hard cases 26 to 28. Monday 1 March 2027, noon in New York.
@Suite struct DeadlinePageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func act(_ deadline: String, _ what: String, _ fields: KeyValuePairs<String, String> = [:]) -> Page {
    ana.post("/deadlines/\(deadline)/\(what)", fields)
  }

  private func fact(_ deadline: String, _ name: String) -> String? { ana.get("/deadlines/\(deadline)").fact(name) }

  /// "active 2027-03-08 09:00": the reminder of a deadline that is newest; nil: it has none.
  private func reminder(_ deadline: String) throws -> String? {
    try site.text(
      """
      SELECT r.status || coalesce(to_char(r.next_at AT TIME ZONE 'America/New_York', ' YYYY-MM-DD HH24:MI'), '') FROM deadline_reminders b
      JOIN reminders r ON r.id = b.reminder_id WHERE b.deadline_id = \(deadline)::uuid ORDER BY r.id DESC LIMIT 1
      """)
  }

  @Test func `Hard case 26: a reminder that has passed rings once, as caught up, with the consequences in the mail`() throws {
    let late = try ana.deadline([
      "title": "Tax", "due": "2027-03-02 09:00", "remind": "2 days before", "importance": "9", "consequences": "A fine of 100.",
    ])
    for _ in 0..<2 {
      try site.work()
      site.pass(seconds: 1)
    }
    #expect(try site.text("SELECT string_agg(reason, ' ') FROM fired") == "caught_up")
    #expect(
      try site.text("SELECT p.preset || ' ' || r.importance FROM reminders r JOIN profiles p ON p.id = r.profile_id") == "critical critical"
    )
    let mails = try site.mails().map { $0.replacing("=\r\n", with: "") }
    #expect(mails.contains { $0.contains("A fine of 100.") && $0.contains("/deadlines/\(late)") }, "\(mails)")
    // Its page sends edits to the deadline, which it follows.
    let bell = try site.text("SELECT reminder_id::text FROM deadline_reminders").unwrapped
    #expect(ana.get("/reminders/\(bell)/edit").location == "/deadlines/\(late)/edit")
    #expect(ana.get("/reminders/\(bell)").text.contains("says when it rings"))
    let moved = ana.post("/reminders/\(bell)", ["title": "X", "schedule": "once", "at": "2027-03-09T09:00", "version": "1"])
    #expect(moved.status == 409 && moved.text.contains("belongs to a deadline"))
    let edit: KeyValuePairs = [
      "title": "Tax return", "due": "2027-03-02 09:00", "remind": "2 days before", "importance": "6", "version": "1",
    ]
    #expect(ana.post("/deadlines/\(late)", edit).status == 303)
    #expect(
      try site.text("SELECT r.title || ' ' || p.preset FROM reminders r JOIN profiles p ON p.id = r.profile_id") == "Tax return urgent")
    #expect(ana.post("/deadlines/\(late)", edit).status == 409)
  }

  @Test func `Hard case 26: words move along, an instant that has passed is dropped, due lies ahead`() throws {
    let along = try ana.deadline(["title": "Rent", "due": "2027-03-10 09:00", "remind": "2 dias antes"])
    #expect(try reminder(along) == "active 2027-03-08 09:00")
    #expect(fact(along, "remind") == "2027-03-08T14:00:00Z" && fact(along, "status") == "pending")
    #expect(act(along, "extension", ["due": "2027-03-12 09:00", "reason": "The bank was closed"]).status == 303)
    let page = ana.get("/deadlines/\(along)")
    #expect(page.text.contains("Its reminder moves along.") && page.text.contains("The bank was closed"))
    #expect(page.fact("remind") == "2027-03-10T14:00:00Z" && page.fact("status") == "extended" && page.fact("extensions") == "1")
    #expect(try reminder(along) == "active 2027-03-10 09:00")
    #expect(try site.count("SELECT count(*) FROM reminders") == 1)

    let fixed = try ana.deadline(["title": "Visa", "due": "2027-03-05 09:00", "remind": "2027-03-01 13:00"])
    site.pass(hours: 2)
    try site.work()
    #expect(act(fixed, "extension", ["due": "2027-03-09 09:00"]).status == 303)
    #expect(ana.get("/deadlines/\(fixed)").text.contains("The time of its reminder has passed, so it has none now."))
    #expect(fact(fixed, "remind") == nil)
    #expect(try reminder(fixed) == "archived")

    let past = ana.post("/deadlines", ["title": "A", "due": "2027-02-28 09:00", "remind": "whenever", "importance": "11"])
    #expect(past.status == 422 && past.complaints == ["due", "remind", "importance"])
    for due in ["2027-03-08 09:00", "2027-03-09 09:00", "2027-03-01 09:00", "", "soonish"] {
      let page = act(fixed, "extension", ["due": due])
      #expect(page.status == 422 && page.complaints == ["due"], "\(due)")
    }
    #expect(act(fixed, "completion").status == 303)
    #expect(act(fixed, "extension", ["due": "2027-04-09 09:00"]).status == 409)
    #expect(try site.count("SELECT count(*) FROM deadline_extensions") == 2)
  }

  @Test
  func
    `Hard case 27: a task that is done completes its deadlines, one that is open again opens them, one that is deleted takes them along`()
    throws
  {
    let task = try ana.task(["title": "File it"])
    let one = try ana.deadline(["title": "One", "due": "2027-03-10 09:00", "remind": "1 day before", "task": task])
    let two = try ana.deadline(["title": "Two", "due": "2027-03-11 09:00", "task": task])
    #expect(ana.get("/tasks/\(task)").text.contains("href=\"/deadlines/\(two)\">Two</a>"))
    #expect(planned.act(task, "completion").status == 303)
    #expect(fact(one, "status") == "completed" && fact(two, "status") == "completed")
    #expect(try reminder(one) == "completed")
    #expect(ana.post(try planned.undo()).status == 303)
    #expect(fact(one, "status") == "pending" && fact(two, "status") == "pending")
    #expect(try reminder(one) == "active 2027-03-09 09:00")
    // Done by hand before, it stays done when the task opens.
    #expect(act(two, "completion").status == 303)
    #expect(planned.act(task, "completion").status == 303)
    #expect(planned.act(task, "reopening").status == 303)
    #expect(fact(one, "status") == "pending" && fact(two, "status") == "completed")
    #expect(planned.act(task, "archival").status == 303)
    #expect(try reminder(one) == "archived" && !ana.get("/deadlines").text.contains(">One</a>"))
    #expect(planned.act(task, "reopening").status == 303)
    #expect(try reminder(one) == "active 2027-03-09 09:00")

    #expect(planned.act(task, "deletion").status == 303)
    #expect(ana.get("/deadlines/\(one)").status == 404 && ana.get("/deadlines/\(two)").status == 404)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    #expect(try site.count("SELECT count(*) FROM search_documents WHERE kind = 'deadline' AND NOT trashed") == 0)
    #expect(ana.post("/trash/task/\(task)/restoration", ["reminders": "on"]).status == 303)
    #expect(fact(one, "status") == "pending" && fact(two, "status") == "completed")
    #expect(try reminder(one) == "active 2027-03-09 09:00")
  }

  @Test func `Hard case 27: the mail's link completes it, acknowledging does not, and what no request did a worker settles`() throws {
    let deadline = try ana.deadline(["title": "One", "due": "2027-03-03 12:00", "remind": "the day before"])
    site.now = try Instant(iso: "2027-03-02T17:00:00Z").unwrapped
    try site.work()
    let escalation: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    let link = "/a/" + ActionLink(escalation, to: .user(ana.user), sentAt: site.now).token(site.services.keys)
    func answer(_ action: String) -> Int { site.browser().post(link, raw: Array("action=\(action)".utf8)).status }
    #expect(answer("acknowledgement") == 303)
    #expect(fact(deadline, "status") == "pending")
    #expect(answer("completion") == 303)
    #expect(fact(deadline, "status") == "completed" && fact(deadline, "late") == nil)
    let bell = try site.text("SELECT reminder_id::text FROM deadline_reminders").unwrapped
    #expect(ana.post("/reminders/\(bell)/reopening").status == 303)
    #expect(fact(deadline, "status") == "pending")

    let task = try ana.task(["title": "By a job"])
    let theirs = try ana.deadline(["title": "Two", "due": "2027-03-10 09:00", "remind": "1 day before", "task": task])
    try site.owner.run("UPDATE tasks SET status = 'done', completed_at = \(site.now), updated_at = \(site.now) WHERE id = \(task)::uuid")
    #expect(fact(theirs, "status") == "pending")
    try site.work()
    #expect(fact(theirs, "status") == "completed")
    #expect(try reminder(theirs) == "completed")
    // Deleted by itself and brought back, its reminder is asked for.
    let other = try ana.deadline(["title": "Three", "due": "2027-03-10 09:00", "remind": "1 day before"])
    #expect(act(other, "deletion").location == "/deadlines")
    #expect(try reminder(other) == nil)
    #expect(ana.post("/trash/deadline/\(other)/restoration").status == 303)
    #expect(ana.get("/deadlines/\(other)").text.contains("Its reminder is not: edit it to have one again."))
    #expect(try reminder(other) == nil)
  }

  @Test func `RULES 8.26: Undo of a deletion lets deadlines ring as before, by its own button, with their task and with many`() throws {
    let task = try ana.task(["title": "Trip"])
    let deadline = try ana.deadline(["title": "Visa", "due": "2027-03-10 09:00", "remind": "1 day before", "task": task])
    #expect(act(deadline, "deletion").status == 303 && ana.get("/deadlines").text.contains("restoration?reminders=on\""))
    #expect(ana.post("/trash/deadline/\(deadline)/restoration?reminders=on").status == 303)
    #expect(try reminder(deadline) == "active 2027-03-09 09:00")
    #expect(planned.act(task, "deletion").status == 303 && ana.get("/tasks").text.contains("restoration?reminders=on\""))
    #expect(ana.post("/trash/task/\(task)/restoration?reminders=on").status == 303)
    #expect(try reminder(deadline) == "active 2027-03-09 09:00")
    #expect(ana.post("/tasks/bulk", ["id": task, "action": "deletion"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    #expect(ana.post(try planned.undo(on: "/tasks")).status == 303)
    #expect(try reminder(deadline) == "active 2027-03-09 09:00")
  }

  @Test func `Hard case 28: missed at its own instant, first on Today until looked at, done two days late, extended after that and twice`()
    throws
  {
    #expect(ana.get("/deadlines").text.contains("A reminder only rings"))
    let ahead = try ana.deadline(["title": "Ahead", "due": "2027-03-04 23:00"])
    let (one, two) = (
      try ana.deadline(["title": "One", "due": "2027-03-02 12:00"]), try ana.deadline(["title": "Two", "due": "2027-03-02 13:00"])
    )
    site.now = try Instant(iso: "2027-03-04T17:00:00Z").unwrapped
    try site.work()
    #expect(fact(one, "status") == "missed" && fact(ahead, "status") == "pending")
    #expect(try site.text("SELECT string_agg((missed_at = due_at)::text, ' ') FROM deadlines WHERE status = 'missed'") == "true true")
    let list = try ana.get("/deadlines").text.components(separatedBy: "class=\"row\"").dropFirst().map {
      try $0.components(separatedBy: "</a>")[0].components(separatedBy: ">").last.unwrapped
    }
    #expect(list == ["One", "Two", "Ahead"])
    let today = ana.get("/").text
    #expect(today.contains("Missed deadlines") && today.contains(">One</a>") && today.contains("Due today") && today.contains(">Ahead</a>"))
    for deadline in [one, two] { #expect(act(deadline, "look").status == 303) }
    #expect(!ana.get("/").text.contains("Missed deadlines") && fact(one, "status") == "missed")

    #expect(act(one, "completion").status == 303)
    #expect(fact(one, "late") == "2880" && ana.get("/deadlines/\(one)").text.contains("2 days late"))
    #expect(act(one, "completion").status == 303 && act(one, "reopening").status == 303)
    #expect(fact(one, "status") == "missed" && ana.get("/").text.contains("Missed deadlines"))

    for due in ["2027-03-06 09:00", "2027-03-08 09:00"] { #expect(act(two, "extension", ["due": due]).status == 303) }
    let page = ana.get("/deadlines/\(two)")
    #expect(page.fact("status") == "extended" && page.fact("extensions") == "2" && page.fact("due") == "2027-03-08T14:00:00Z")
    for former in ["2027-03-02T18:00:00Z", "2027-03-06T14:00:00Z"] {
      #expect(page.text.contains("<s><time datetime=\"\(former)\""), "\(former)")
    }
    for (state, isThere) in [("extended", true), ("pending", false)] {
      #expect(ana.get("/deadlines?status=\(state)").text.contains(">Two</a>") == isThere, "\(state)")
    }
    // What was never noticed before its due is noticed once.
    try site.work()
    #expect(try site.count("SELECT count(*) FROM event_log WHERE kind = 'deadline.missed'") == 2)
  }
}
