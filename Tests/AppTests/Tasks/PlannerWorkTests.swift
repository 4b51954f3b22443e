import Postgres
import Testing

@testable import App
@testable import Domain

/// What a worker does to the tasks and deadlines of many people at once.
@Suite struct PlannerWorkTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// "open missed": the task and the deadline.
  private func states() throws -> String? {
    try site.text("SELECT concat_ws(' ', (SELECT status FROM tasks), (SELECT status FROM deadlines))")
  }

  @Test func `it passes over whoever is at work on their planner, and writes no events of those who keep none`() throws {
    let task = try ana.task(["title": "A"])
    #expect(planned.act(task, "deferral", ["until": "2027-03-02"]).status == 303)
    _ = try ana.deadline(["title": "L", "due": "2027-03-02 09:00"])
    let events: SQL = "SELECT count(*) FROM event_log WHERE kind IN ('task.woken', 'deadline.missed')"
    site.now = try Instant(iso: "2027-03-03T17:00:00Z").unwrapped
    try site.owner.transaction {
      try site.owner.run("SELECT pg_advisory_xact_lock(hashtextextended('planner ' || \(ana.user.text), 0))")
      try site.work()
      #expect(try states() == "deferred pending")
    }
    try site.work()
    #expect(try states() == "open missed" && site.count(events) == 2)
    try site.owner.run("UPDATE users SET keeps_events = false")
    try site.owner.run("UPDATE tasks SET status = 'deferred', deferred_until = '2027-03-03', wake_at = \(site.now)")
    try site.owner.run("UPDATE deadlines SET status = 'pending', missed_at = NULL")
    site.pass(seconds: 1)
    try site.work()
    #expect(try states() == "open missed" && site.count(events) == 2)
    try planned.check()
  }

  @Test func `it leads on many deadlines of one person by parts`() throws {
    let task = try ana.task(["title": "A"])
    try site.owner.run(
      """
      INSERT INTO deadlines (id, user_id, title, due_at, task_id, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'L', \(site.now.advanced(days: 1)), \(task)::uuid, \(site.now), \(site.now) FROM generate_series(1, 201)
      """)
    try site.owner.run("UPDATE tasks SET status = 'done', completed_at = \(site.now), updated_at = \(site.now)")
    let worker = try site.worker(doing: [Feature(work: { bench in DeadlineWork(bench).kinds }, counts: ["settled"])])
    for done in [200, 201] {
      try worker.cycle(site.now)
      #expect(try site.count("SELECT count(*) FROM deadlines WHERE status = 'completed' AND settle_at IS NULL") == done)
    }
  }
}
