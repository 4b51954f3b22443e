import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What of issue 12's hard cases 23, 39 and 40 concerns all of the planner. Monday 1 March 2027, noon in New York.
@Suite struct PlannerHardCaseTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }
  private let missing = "0192f000-0000-7000-8000-000000000000"

  init() throws { planned = try Planned() }

  @Test func `Hard case 23: a task is gone from everywhere with all that hangs on it, and comes back with it`() throws {
    let other = try ana.task(["title": "Beside"])
    let parent = try ana.task(["title": "Papaya", "due": "2027-03-01", "priority": "1"])
    let child = try ana.task(["title": "Papaya seed", "parent": parent])
    try ana.link(child, "depends_on", other)
    try ana.link(parent, "related", other)
    _ = try ana.deadline(["title": "Papaya day", "due": "2027-03-10 09:00", "remind": "1 day before", "task": parent])
    let places = [
      "/tasks", "/tasks?status=all", "/tasks?view=board", "/tasks?view=agenda", "/plan", "/search?q=papaya", "/deadlines", "/reminders",
      "/tasks/\(other)",
    ]
    for place in places { #expect(ana.get(place).text.contains("Papaya"), "\(place)") }
    #expect(planned.act(parent, "deletion").status == 303)
    ana.setCookie("__Host-heed_flash", nil)
    for place in places { #expect(!ana.get(place).text.contains("Papaya"), "\(place)") }
    try planned.check()

    #expect(ana.post("/trash/task/\(child)/restoration").status == 303)
    #expect(ana.get("/tasks/\(child)").text.contains("It stands at the top now."))
    #expect(try planned.states() == "Beside open, Papaya seed open!")
    #expect(ana.post("/trash/task/\(parent)/restoration").location == "/tasks/\(parent)")
    #expect(ana.get("/tasks/\(parent)").fact("dropped-links") == "0")
    #expect(try planned.states() == "Beside open, Papaya open, Papaya seed open!")
    #expect(ana.get("/tasks/\(other)").text.contains(">Papaya</a>") && ana.get("/deadlines").text.contains(">Papaya day</a>"))
    // Its reminder was not asked for.
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    try planned.check()
  }

  /// A post, or a page where it has no fields.
  private func ask(_ who: Browser, _ target: String, _ fields: KeyValuePairs<String, String>?) -> Page {
    fields.map { who.post(target, $0) } ?? who.get(target)
  }

  @Test func `Hard case 39: what is somebody else's is answered like what never was, and asks the database the same`() throws {
    let task = try ana.task(["title": "Papaya"])
    let (goal, deadline) = (try ana.goal(["title": "Papaya goal"]), try ana.deadline(["title": "Papaya day", "due": "2027-03-10 09:00"]))
    let gone = try ana.task(["title": "Papaya gone"])
    #expect(planned.act(gone, "deletion").status == 303 && planned.act(task, "start").status == 303)
    let undo = try site.text("SELECT id::text FROM undos ORDER BY id DESC LIMIT 1").unwrapped
    let file = try ana.importing(Array("Papaya file".utf8), as: "a.txt", to: "/planner/import").fact("import").unwrapped
    let (bob, eve) = (try site.person("bob@x.test", sharing: ana), try site.person("eve@x.test"))
    // A stranger and a housemate.
    let walked = try [(eve, eve.task(["title": "Hers"])), (bob, bob.task(["title": "His"]))]
    func asked(_ own: String) -> [(String, KeyValuePairs<String, String>?, id: String)] {
      [
        ("/tasks/\(task)", nil, task), ("/tasks/\(task)/chain", nil, task), ("/tasks/\(task)/completion", [:], task),
        ("/tasks/\(task)/deletion", [:], task), ("/trash/task/\(gone)/restoration", [:], gone), ("/trash/task/\(gone)/purge", [:], gone),
        ("/undo/\(undo)", [:], undo), ("/planner/import/\(file)", nil, file), ("/planner/import/\(file)/confirmation", [:], file),
        ("/deadlines/\(deadline)/completion", [:], deadline), ("/tasks", ["title": "X", "parent": task], task),
        ("/tasks", ["title": "X", "goal": goal], goal), ("/deadlines", ["title": "X", "due": "2027-04-01 09:00", "task": task], task),
        ("/tasks/\(own)/position", ["parent": task], task),
        ("/links", ["from": "task:\(own)", "to": "task:\(task)", "type": "related"], task),
        ("/tasks?goal=\(goal)", nil, goal), ("/activity?thing=task:\(task)", nil, task),
      ]
    }
    let watch = try site.watchRequests()
    for (who, own) in walked {
      _ = (who.get("/tasks"), who.post("/tasks/\(missing)/start"))
      for (target, fields, id) in asked(own) {
        watch.forget()
        let page = ask(who, target, fields)
        let statements = watch.statements.filter { $0 != "ROLLBACK" }
        watch.forget()
        let twin = fields.map { $0.map { ($0.key, $0.value.replacingOccurrences(of: id, with: missing)) } }
        let place = target.replacingOccurrences(of: id, with: missing)
        let other =
          twin.map { fields in
            let all = [("csrf", who.token())] + fields
            return who.post(place, raw: Array(all.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
          } ?? who.get(place)
        #expect(page.status == other.status && page.complaints == other.complaints, "\(target)")
        // A form that is asked again holds what was typed, and a nonce.
        if page.status == 404 { #expect(page.unmasked == other.unmasked, "\(target)") }
        // Nor does it take longer. Where the transaction before ends is not of this one.
        let others = watch.statements.filter { $0 != "ROLLBACK" }
        #expect(!statements.isEmpty && statements == others, "\(target) \(Set(statements).symmetricDifference(others)) \(statements.count)")
      }
    }
    let exports = ["json", "csv", "ics", "todo.txt"].map { "/planner/export.\($0)" }
    let pages = [
      "/search?q=papaya", "/tasks?status=all", "/trash", "/plan", "/deadlines", "/activity", "/recent", "/summaries", "/deadlines?q=day",
    ]
    for who in [bob, eve] {
      for place in exports + pages {
        let page = who.get(place)
        #expect(page.status == 200 && !page.text.contains("Papaya"), "\(place)")
      }
    }
    #expect(try site.count("SELECT count(*) FROM tasks WHERE title LIKE 'Papaya%'") == 2)
    #expect(site.logged.isEmpty)
  }

  @Test func `Hard case 40: an answer that got lost is found by the second post, and what is woken is woken once`() throws {
    let task = try ana.task(["title": "Water", "due": "2027-03-01", "cron": "every day"])
    let lost = planned.act(task, "completion", ["nonce": "n"])
    let entries = try site.count("SELECT count(*) FROM audit_log")
    for fields in [["nonce": "n"], [:]] as [KeyValuePairs<String, String>] {
      let again = planned.act(task, "completion", fields)
      #expect(again.status == 303 && again.location == lost.location)
    }
    #expect(try site.text("SELECT string_agg(status, ' ' ORDER BY status) FROM tasks") == "done open")
    #expect(try site.count("SELECT count(*) FROM audit_log") == entries && site.count("SELECT count(*) FROM task_completions") == 1)

    for task in try planned.tasks("A", "B") { #expect(planned.act(task, "deferral", ["until": "2027-03-03"]).status == 303) }
    site.now = try Instant(iso: "2027-03-03T05:00:00Z").unwrapped
    // Killed before its transaction ended, a worker has done nothing.
    struct Killed: Error {}
    let db = try site.connection("heed_work")
    let dying = try site.worker(nil, db)
    #expect(throws: Killed.self) {
      try db.transaction { () throws -> Void in
        #expect(try dying.run("tasks", at: site.now) == 2)
        throw Killed()
      }
    }
    func others() throws -> String? {
      try site.text("SELECT string_agg(title || ' ' || status, ', ' ORDER BY title) FROM tasks WHERE title <> 'Water'")
    }
    #expect(try others() == "A deferred, B deferred")
    let woken = try (0..<2).map { _ in try site.worker().run("tasks", at: site.now) }
    #expect(woken == [2, 0])
    #expect(try others() == "A open, B open")
    #expect(try site.count("SELECT count(*) FROM event_log WHERE kind = 'task.woken'") == 2)
  }
}
