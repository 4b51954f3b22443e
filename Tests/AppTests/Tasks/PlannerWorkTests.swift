import Foundation
import Postgres
import TestSupport
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

  /// Joined by whose they are, ten thousand that were due took fifteen seconds, and files of fifty thousand a minute.
  @Test func `what is due, and what was made of a file, is found by its id or key, however many a person has`() throws {
    _ = try ana.deadline(["title": "L", "due": "2027-03-02 09:00"])
    let place = "/planner/import/" + (try ana.importing(Array("A\nB".utf8), as: "file", to: "/planner/import").fact("import").unwrapped)
    #expect(ana.post(place + "/confirmation").status == 303)
    site.now = try Instant(iso: "2027-03-03T17:00:00Z").unwrapped
    let watch = try StatementWatch(site.url("heed_work"), usesIndexes: true)
    _ = try site.worker(nil, watch.db).runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM deadlines WHERE status = 'missed'") == 1 && planned.states() == "A open, B open")
    for (statement, condition) in [
      ("UPDATE deadlines d SET status = x.status", "(id = ANY ($"), ("FROM task_sources f", "Cond: (key = k.key)"),
    ] {
      let plan = try watch.plans.first { $0.contains(statement) }.unwrapped
      #expect(plan.contains(condition), "\(plan)")
    }
  }

  @Test func `Hard case 15: of two workers that complete an instance of a series at once one makes the next`() throws {
    let task = try ana.task(["title": "D", "due": "2027-03-01", "cron": "every day"])
    for _ in 0..<2 {
      let (id, job) = (ID<TaskBatchJob>.new(at: site.now), ID<Job>.new(at: site.now))
      try site.owner.run(
        """
        INSERT INTO task_batches (id, user_id, deed, value, back, waiting, total, job_id, created_at)
        VALUES (\(id), \(ana.user), 'completion', '', '/tasks', ARRAY[\(task)::uuid], 1, \(job), \(site.now))
        """)
      try site.owner.run(Job.asking(for: TaskBatchWork.name, at: id.text, of: ana.account, ana.user, as: job, now: site.now))
    }
    let (list, now) = ([Feature(jobs: [TaskBatchWork.kind])], site.now)
    nonisolated(unsafe) let workers = [try site.worker(doing: list), try site.worker(doing: list)]
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      do { _ = try workers[number].runOnce { now } } catch { Issue.record(error) }
    }
    _ = try site.worker(doing: list).runOnce { now }
    #expect(try site.count("SELECT count(*) FROM task_batches WHERE finished_at IS NOT NULL AND missing = 0 AND refused = 0") == 2)
    #expect(try planned.states() == "D done, D open")
    #expect(try site.count("SELECT count(*) FROM task_completions") == 1)
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
