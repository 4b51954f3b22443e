import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Summaries, activity and recent things by request and by the worker, with issue 12's hard cases 25, 31 and 32.
@Suite struct SummaryTests {
  private let test = UUID().uuidString

  private func summaries(_ site: Site) throws -> String {
    try site.text(
      """
      SELECT string_agg(concat_ws(' ', type, period, (SELECT string_agg(concat(f->>'fact', f->>'n'), ' ') FROM jsonb_array_elements(facts) f)), ', '
        ORDER BY type, period) FROM memory_summaries WHERE deleted_at IS NULL
      """) ?? ""
  }

  @Test func `Hard case 31: a week has one summary, whose facts follow and whose words stay`() throws {
    let planned = try Planned()
    let (site, ana) = (planned.site, planned.ana)
    try site.owner.run("UPDATE users SET week_start = 1")
    try site.work()
    #expect(try summaries(site).isEmpty && ana.get("/summaries").text.contains("Nothing yet"))
    let (a, b) = (try ana.task(["title": "A"]), try ana.task(["title": "B"]))
    try ana.link(b, "depends_on", a)
    #expect(planned.act(a, "completion").status == 303 && planned.act(a, "time", ["minutes": "1h30"]).status == 303)
    #expect(ana.get("/").text.contains("“A” is out of the way."))
    site.pass(minutes: 11)
    // By two workers at once.
    let now = site.now
    nonisolated(unsafe) let workers = [try site.worker(), try site.worker()]
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      do { _ = try workers[number].runOnce { now } } catch { Issue.record(error) }
    }
    let facts = "done1 unblocked1 made2 minutes90"
    #expect(try summaries(site) == "daily 2027-03-01 \(facts), weekly 2027-W09 \(facts)")
    try site.work()
    _ = try site.worker().run("memory", at: site.now)
    #expect(try site.count("SELECT count(*) FROM memory_summaries") == 2)
    let week = try site.text("SELECT id::text FROM memory_summaries WHERE type = 'weekly'").unwrapped
    let page = ana.get("/summaries/\(week)")
    #expect(page.fact("done") == "1" && page.fact("written-by") == "rules" && page.text.contains("1 thing done: “A”."))
    // Its week goes on.
    #expect(ana.post("/summaries/\(week)", ["text": "My week.", "version": "1"]).status == 303)
    #expect(ana.post("/summaries/\(week)", ["text": "Another.", "version": "1"]).status == 409)
    #expect(planned.act(b, "completion").status == 303 && !ana.get("/").text.contains("is out of the way."))
    site.pass(minutes: 11)
    try site.work()
    #expect(try summaries(site).contains("weekly 2027-W09 done2 made2 minutes90"))
    #expect(ana.post("/summaries/\(week)/rebuild").status == 303)
    #expect(try site.text("SELECT written || ' ' || text FROM memory_summaries WHERE type = 'weekly'") == "person My week.")
    // What is gone for good takes nothing along, and leaves nothing that points to it.
    #expect(planned.act(a, "deletion").status == 303)
    try site.owner.run("DELETE FROM deletions")
    #expect(ana.get("/summaries/\(week)").text.contains("My week."))
    #expect(ana.get("/activity").text.contains("Gone for good") && !ana.get("/recent").text.contains(">A</a>"))
    // Deleted, it is not made again.
    #expect(ana.post("/summaries/\(week)/deletion").status == 303)
    _ = try ana.task(["title": "C"])
    site.pass(minutes: 11)
    try site.work()
    #expect(try !summaries(site).contains("weekly") && ana.post("/summaries/\(week)/rebuild").status == 404)
    // Another, by other clocks at its end.
    site.pass(hours: 24 * 8)
    try ana.openSession()
    _ = try ana.task(["title": "D"])
    site.pass(minutes: 11)
    try site.work()
    let bounds = try site.text(
      "SELECT concat_ws(' ', from_at AT TIME ZONE 'UTC', until_at AT TIME ZONE 'UTC') FROM memory_summaries WHERE period = '2027-W10'")
    #expect(bounds == "2027-03-08 05:00:00 2027-03-15 04:00:00")
  }

  @Test func `what was left of a day is known when it is over, and a session has a summary of its own`() throws {
    let planned = try Planned()
    let (site, ana) = (planned.site, planned.ana)
    let task = try ana.task(["title": "A"])
    #expect(ana.post("/plan/task/\(task)/take").status == 303)
    let started = site.now.advanced(minutes: -5)
    try site.owner.run(
      """
      INSERT INTO chat_sessions (id, user_id, source, chat_id, started_at, last_activity_at, ended_at)
      VALUES (gen_random_uuid(), \(ana.user), 'web', '', \(started), \(site.now), \(site.now.advanced(minutes: 30)))
      """)
    site.pass(minutes: 11)
    try site.work()
    #expect(try summaries(site).hasPrefix("daily 2027-03-01 made1, weekly"))
    site.pass(minutes: 20)
    try site.work()
    #expect(try site.text("SELECT chat FROM memory_summaries WHERE type = 'session'") == "web")
    site.now = try Instant(iso: "2027-03-02T05:00:00Z").unwrapped
    try site.work()
    #expect(try summaries(site).contains("daily 2027-03-01 slipped1 made1"))
    #expect(ana.get("/recent").text.contains("Written down") && ana.get("/recent").text.contains("Put on the plan of the day"))
    let recent = try site.text("SELECT id::text FROM recent_context_items WHERE chat = 'web'").unwrapped
    #expect(ana.post("/recent/\(recent)/deletion").status == 303)
    #expect(!ana.get("/recent").text.contains("Written down"))
    for (query, isThere) in [("", true), ("?kind=task", true), ("?kind=goal", false), ("?thing=task:\(task)", true)] {
      #expect(ana.get("/activity" + query).text.contains(">A</a>") == isThere, "\(query)")
    }
    let goal = try ana.goal(["title": "Sail"])
    site.pass(seconds: 1)
    #expect(ana.post("/goals/\(goal)/pause").status == 303)
    let goals = ana.get("/activity?kind=goal").text
    #expect(goals.contains("data-kind=\"goal.made\"") && goals.contains("Put to rest") && goals.contains(">Sail</a>"))
    #expect(ana.get("/activity?kind=inbox_item").text.contains("Nothing matches"))
    #expect(ana.get("/activity?thing=task").status == 400 || ana.get("/activity?thing=task").status == 422)
    let eve = try site.person("eve@x.test")
    let day = try site.text("SELECT id::text FROM memory_summaries WHERE type = 'daily'").unwrapped
    #expect(eve.get("/summaries/\(day)").status == 404 && eve.post("/summaries/\(day)/deletion").status == 404)
  }

  @Test(arguments: [
    (ModelAsking.saying("“Paint” is done."), "model “Paint” is done.", ""),
    (ModelAsking.saying("12 of them are done."), "rules ", "number"), (ModelAsking.saying("“Buy a boat” is done."), "rules ", "name"),
    (ModelAsking.content("I cannot help with that"), "rules ", "prose"),
  ])
  func `Hard case 32: what a model says of a day stands where it holds, else the rule's words, with the reason`(
    step: String, words: String, reason: String
  ) throws {
    let sink = try Sink.shared("model_sink.py")
    let endpoint = try CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/\(step)").unwrapped
    let site = try Site(model: ModelServer(endpoint: endpoint, model: "tiny", daily: 60, seconds: 2))
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    let ana = try site.person("ana@x.test", zone: "America/New_York")
    let version = try ana.get("/settings/privacy").field("version", ofForm: "/settings/privacy").unwrapped
    #expect(ana.post("/settings/privacy", ["model": "task", "version": version]).status == 303)
    // Of goals nothing may be told but how many.
    for number in 1...2 { _ = try ana.goal(["title": "Hidden heron \(number)"]) }
    try site.owner.run("UPDATE users SET week_start = 1")
    let titles = ["Paint", "Hidden walrus", "Sand", "Sweep", "Mow", "Rake", "Wash", "Iron", "Cook", "Bake", "Fold"]
    for title in titles {
      let task = try ana.task(["title": title])
      #expect(ana.post("/tasks/\(task)/completion").status == 303)
      site.pass(seconds: 1)
    }
    try site.owner.run("UPDATE tasks SET private = title = 'Hidden walrus'")
    site.now = try Instant(iso: "2027-03-02T06:00:00Z").unwrapped
    try site.work()
    #expect(try site.text("SELECT written || ' ' || text FROM memory_summaries WHERE type = 'daily'") == words)
    #expect(try site.text("SELECT string_agg(DISTINCT reason, ' ') FROM prompt_runs WHERE event = 'summary'") == reason)
    let day = try site.text("SELECT id::text FROM memory_summaries WHERE type = 'daily'").unwrapped
    let page = ana.get("/summaries/\(day)")
    #expect(page.fact("written-by") == String(words.prefix { $0 != " " }) && page.text.contains("cannot help") == false)
    #expect(page.text.contains("11 things done: “Paint”") == (reason != ""))
    // Of the week when that is over, although nobody was active on its last day.
    #expect(try site.text("SELECT written || ' ' || text FROM memory_summaries WHERE type = 'weekly'") == "rules ")
    site.now = try Instant(iso: "2027-03-08T06:00:00Z").unwrapped
    try site.work()
    #expect(try site.text("SELECT written || ' ' || text FROM memory_summaries WHERE type = 'weekly'") == words)
    let sent = try sink.log().filter { $0["test"] as? String == test }.compactMap { $0["body"] as? String }
    #expect(!sent.isEmpty && sent.allSatisfy { $0.contains("done: 11") && !$0.contains("walrus") && !$0.contains("heron") })
  }

  @Test func `of whoever has switched nothing on, no model is asked`() throws {
    let endpoint = try CoachEndpoint("http://127.0.0.1:9/v1").unwrapped
    let site = try Site(model: ModelServer(endpoint: endpoint, model: "tiny", daily: 60, seconds: 2))
    let ana = try site.person("ana@x.test")
    _ = try ana.task(["title": "Paint"])
    site.pass(hours: 25)
    try site.work()
    #expect(try site.text("SELECT written FROM memory_summaries WHERE type = 'daily'") == "rules")
    #expect(try site.count("SELECT count(*) FROM prompt_runs WHERE event = 'summary'") == 0)
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'memory.summary'") == 0)
  }
}
