import Net
import TestSupport
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// What a worker has in hands: whose it is, for how long, and what may lie beside it.
@Suite struct JobHandTests {
  private let site: Site

  init() throws {
    site = try Site()
    try site.owner.run("CREATE TABLE stepped (kind text NOT NULL, worker int NOT NULL)")
    try site.owner.run("CREATE TABLE trouble (kind text NOT NULL)")
    try site.owner.run("GRANT SELECT, INSERT ON stepped, trouble TO heed_work")
  }

  /// A step writes itself down; the last of so many ends the job. One in trouble is cut off from the database.
  private static func kinds(_ steps: KeyValuePairs<String, Int>, by worker: Int = 0) -> Feature {
    Feature(
      jobs: steps.map { name, steps in
        JobKind(name) { run, bench, _ in
          try bench.db.run("INSERT INTO stepped VALUES (\(name), \(worker))")
          if try bench.db.value("SELECT true FROM trouble WHERE kind = \(name)", as: Bool.self) == true {
            throw PostgresError.connection("gone")
          }
          run.done += 1
          return run.done == steps ? .done : .again
        }
      })
  }

  private func ask(_ kind: String, ago seconds: Int = 0) throws {
    try site.owner.run(Job.asking(for: kind, now: site.now.advanced(seconds: -seconds)))
  }

  /// As a worker that died leaves it.
  private func lose(_ kind: String, lost: Int = 0) throws {
    try site.owner.run(
      """
      UPDATE jobs SET state = 'running', fence = 1, attempts = 1, lost = \(lost), started_at = \(site.now),
        lease_until = clock_timestamp() - interval '1 second' WHERE kind = \(kind)
      """)
  }

  private func job(_ kind: String, _ columns: Columns) throws -> String? {
    try site.text("SELECT concat_ws(' ', \(columns)) FROM jobs WHERE kind = \(kind)")
  }

  @Test func `a slow worker does no step of what another has taken over and is still at`() throws {
    try ask("a")
    let (first, second) = (try site.worker(doing: [Self.kinds(["a": 9], by: 1)]), try site.worker(doing: [Self.kinds(["a": 9], by: 2)]))
    try first.cycle(site.now)
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second'")
    try second.cycle(site.now)
    #expect(try job("a", "state, fence, done") == "running 2 2")
    for _ in 0..<3 { try first.cycle(site.now) }
    #expect(try job("a", "state, fence, done") == "running 2 2")
    #expect(try site.text("SELECT string_agg(worker::text, ' ' ORDER BY worker) FROM stepped") == "1 2")
    #expect(site.workLogged == ["work.late_result"])
    // How often it was lost is forgotten with the first step that is done.
    #expect(try job("a", "lost, attempts") == "0 2")
  }

  @Test func `what a worker died with waits until nothing is in hands, and goes first then`() throws {
    for kind in ["a", "b"] { try ask(kind) }
    let worker = try site.worker(doing: [Self.kinds(["a": 4, "b": 3, "c": 3])])
    try lose("b")
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() + interval '1 hour' WHERE kind = 'b'")
    try worker.cycle(site.now)
    #expect(try job("a", "state, done") == "running 1")
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE kind = 'b'")
    try ask("c")
    for done in 2...3 {
      try worker.cycle(site.now)
      #expect(try [job("a", "done"), job("b", "fence, done"), job("c", "state")] == ["\(done)", "1 0", "pending"])
    }
    try worker.cycle(site.now)
    #expect(try job("a", "state") == "done")
    try worker.cycle(site.now)
    #expect(try [job("b", "fence, done, lost"), job("c", "state")] == ["2 1 0", "pending"])
    _ = try worker.runOnce { site.now }
    #expect(try [job("b", "state"), job("c", "state")] == ["done", "done"])
  }

  @Test func `until what a worker died with has made a step, nothing is taken beside it`() throws {
    try ask("a")
    try lose("a")
    try site.owner.run("INSERT INTO trouble VALUES ('a')")
    let worker = try site.worker(doing: [Self.kinds(["a": 2, "b": 1])])
    // This worker is cut off in its step, and comes back: what it has in hands is still under suspicion.
    #expect(throws: PostgresError.self) { try worker.cycle(site.now) }
    try ask("b")
    for _ in 0..<2 {
      #expect(throws: PostgresError.self) { try worker.cycle(site.now) }
      #expect(try [job("a", "fence, lost, done"), job("b", "state, fence")] == ["2 1 0", "pending 0"])
    }
    try site.owner.run("DELETE FROM trouble")
    try worker.cycle(site.now)
    #expect(try [job("a", "lost, done"), job("b", "state")] == ["0 1", "pending"])
    _ = try worker.runOnce { site.now }
    #expect(try [job("a", "state"), job("b", "state")] == ["done", "done"])
  }

  @Test(arguments: [0, 2, 7]) func `what only a newer program knows goes back, however many workers died with it`(lost: Int) throws {
    try ask("newer")
    try lose("newer", lost: lost)
    _ = try site.worker(doing: [Self.kinds(["a": 1])]).runOnce { site.now }
    #expect(try job("newer", "state, lost, error, lease_until, finished_at") == "pending \(lost + 1) ")
    #expect(site.workLogged.isEmpty)
  }

  @Test func `what lies in hands between two steps stays ours`() throws {
    let worker = try site.worker(doing: [Self.kinds(["a": 99, "b": 99, "c": 99])])
    for kind in ["a", "b", "c"] { try ask(kind) }
    for _ in 0..<3 { try worker.cycle(site.now) }
    #expect(try site.count("SELECT count(*) FROM jobs WHERE state = 'running'") == 3)
    func kept() throws -> Int {
      try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() + interval '5 seconds'")
      try worker.cycle(site.now)
      return try site.count("SELECT count(*) FROM jobs WHERE lease_until > clock_timestamp() + interval '30 seconds'")
    }
    // A step renews its own; the heartbeat renews all.
    worker.bench.outbound.heartbeatMilliseconds = 3_600_000
    #expect(try kept() == 1)
    worker.bench.outbound.heartbeatMilliseconds = 0
    #expect(try kept() == 3)
  }

  @Test func `what has been due for longest is taken first, and steps are taken in turn`() throws {
    try ask("a", ago: 10)
    try ask("b", ago: 600)
    try ask("c", ago: 60)
    let worker = try site.worker(doing: [Self.kinds(["a": 9, "b": 9, "c": 9])])
    var done: [String?] = []
    for _ in 0..<6 {
      try worker.cycle(site.now)
      done.append(try site.text("SELECT string_agg(kind || done, ' ' ORDER BY kind) FROM jobs WHERE state = 'running'"))
    }
    #expect(done == ["b1", "b2 c0", "a0 b2 c1", "a0 b3 c1", "a1 b3 c1", "a1 b3 c2"])
  }

  /// Something is always due: a step a second is done all the same, and no more.
  @Test func `a worker that is never idle does a step a second`() throws {
    let mailer = Mailer(.maildir(Maildir(path: "/nowhere")), from: try Mailer.sender("heed@heed.test"))
    let bench = try WorkBench(site.services, site.connection("heed_work"), mailer) { _, _ in }
    let work = JobWork(bench, Self.kinds(["a": 9]).jobs)
    try ask("a")
    #expect(try work.run(site.now, isIdle: false, isDue: true) == 1)
    let began = Ticks.now
    var rounds = 0
    try #require(
      try until {
        rounds += 1
        return try work.run(site.now, isIdle: false, isDue: true) == 1
      })
    #expect(Ticks.now - began >= 900 && rounds > 1)
    #expect(try work.run(site.now, isIdle: true, isDue: true) == 1, "an idle one does not wait")
    #expect(try job("a", "done") == "3")
  }

  @Test func `the timetable tells of the newest of each kind`() throws {
    let kind = try features.flatMap(\.allJobs).first { $0.isNightly }.unwrapped.name
    func entry() throws -> Timetable.Entry { try Timetable(at: site.now, site.owner).entries.first { $0.name == kind }.unwrapped }
    for _ in 0..<3 {
      _ = try site.worker().runOnce { site.now }
      #expect(try entry().last == site.now)
      #expect(try entry().next == Instant(seconds: (site.now.seconds / 86_400 + 1) * 86_400))
      site.pass(hours: 24)
    }
    try ask(kind)
    #expect(try entry().state == "pending" && entry().last == nil && entry().next == site.now)
  }
}
