import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// Jobs: done step by step, once, whichever worker comes to it and whatever becomes of that.
@Suite struct JobTests {
  private let site: Site

  init() throws {
    site = try Site()
    try site.owner.run("CREATE TABLE counted (number int NOT NULL, worker int NOT NULL)")
    try site.owner.run("CREATE TABLE trouble (text text NOT NULL)")
    try site.owner.run("GRANT SELECT, INSERT ON counted, trouble TO heed_work")
  }

  /// Counts to five, a number a step, and does what ``trouble`` says at the third.
  private static func counting(_ occasion: JobKind.Occasion = .asked, by worker: Int = 0) -> Feature {
    Feature(jobs: [
      JobKind("count", occasion) { run, bench, _ in
        let number = (Int(run.place) ?? 0) + 1
        try bench.db.run("INSERT INTO counted VALUES (\(number), \(worker))")
        if number == 3 {
          switch try bench.db.value("SELECT text FROM trouble", as: String.self) {
          case "throw": throw PostgresError.value("three is too much")
          // What a worker meets that is cut off from the database; here it is not heard of again.
          case "die": throw PostgresError.connection("gone")
          default: break
          }
        }
        (run.place, run.done, run.total) = ("\(number)", number, 5)
        run.count("sum", number)
        return number == 5 ? .done : .again
      }
    ])
  }

  private func ask(_ kind: String = "count", key: String? = nil, at place: String = "", of person: Browser? = nil) throws {
    try site.owner.run(Job.asking(for: kind, key: key, at: place, of: person?.account, person?.user, now: site.now))
  }

  private func job(_ columns: Columns) throws -> String? {
    try site.text("SELECT concat_ws(' ', \(columns)) FROM jobs WHERE kind = 'count'")
  }
  private func numbers() throws -> String? {
    try site.text("SELECT string_agg(number || ':' || worker, ' ' ORDER BY number, worker) FROM counted")
  }
  private func endLeases() throws {
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
  }

  @Test func `its progress, metrics and times are kept as a row`() throws {
    try ask()
    #expect(try job("state, attempts, place, done, total, started_at") == "pending 0  0")
    let start = site.now
    _ = try site.worker(doing: [Self.counting()]).runOnce { site.now }
    #expect(try numbers() == "1:0 2:0 3:0 4:0 5:0")
    #expect(
      try job("state, attempts, fence, lost, place, done, total, metrics->>'sum', metrics->>'steps', error, lease_until")
        == "done 1 1 0 5 5 5 15 5 ")
    #expect(
      try site.count("SELECT count(*) FROM jobs WHERE started_at = \(start) AND finished_at = \(start) AND metrics ? 'milliseconds'") == 1)
    // And never again.
    site.pass(hours: 48)
    _ = try site.worker(doing: [Self.counting()]).runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM counted") == 5)
  }

  @Test func `nightly work is done once a day for the whole installation`() throws {
    let workers = try (0..<3).map { try site.worker(doing: [Self.counting(.nightly(), by: $0)]) }
    for _ in 0..<2 { for worker in workers { _ = try worker.runOnce { site.now } } }
    #expect(try site.count("SELECT count(*) FROM counted") == 5)
    #expect(try job("key, state") == "2026-11-21 done")
    _ = try site.worker(doing: [Self.counting(.nightly(edition: "v2"))]).runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM counted") == 10)
    site.pass(hours: 15)
    for worker in workers { _ = try worker.runOnce { site.now } }
    #expect(try site.count("SELECT count(*) FROM counted") == 15)
    #expect(
      try site.text("SELECT string_agg(key || ' ' || state, ', ' ORDER BY key) FROM jobs")
        == "2026-11-21 done, 2026-11-21 v2 done, 2026-11-22 done")
  }

  @Test func `all nightly work of the product is done by whoever comes, once`() throws {
    let names = features.flatMap(\.allJobs).filter(\.isNightly).map(\.name)
    #expect(Set(names).count == names.count && names.count > 8)
    for _ in 0..<2 { _ = try site.worker().runOnce { site.now } }
    #expect(try site.count("SELECT count(*) FROM jobs WHERE state = 'done' AND attempts = 1 AND kind = ANY (\(names))") == names.count)
    #expect(try site.count("SELECT count(*) FROM jobs") == names.count)
  }

  @Test func `another worker goes on where a dead one's last step ended`() throws {
    try ask()
    let first = try site.worker(doing: [Self.counting(by: 1)])
    for _ in 0..<2 { try first.cycle(site.now) }
    #expect(try numbers() == "1:1 2:1")
    let second = try site.worker(doing: [Self.counting(by: 2)])
    // The first might still be at it.
    _ = try second.runOnce { site.now }
    #expect(try numbers() == "1:1 2:1")
    try endLeases()
    _ = try second.runOnce { site.now }
    #expect(try numbers() == "1:1 2:1 3:2 4:2 5:2")
    #expect(try job("state, attempts, fence, lost, done") == "done 2 2 0 5")
    // The first was only slow: what it does now is undone.
    try first.cycle(site.now)
    #expect(try numbers() == "1:1 2:1 3:2 4:2 5:2")
  }

  @Test func `a step whose worker dies in it has not been done`() throws {
    try ask()
    try site.owner.run("INSERT INTO trouble VALUES ('die')")
    #expect(throws: PostgresError.self) { try site.worker(doing: [Self.counting(by: 1)]).runOnce { site.now } }
    #expect(try numbers() == "1:1 2:1")
    try site.owner.run("DELETE FROM trouble")
    try endLeases()
    _ = try site.worker(doing: [Self.counting(by: 2)]).runOnce { site.now }
    #expect(try numbers() == "1:1 2:1 3:2 4:2 5:2")
  }

  @Test func `one that ends three workers in a row is given up, and the others are done`() throws {
    try ask()
    try site.owner.run("INSERT INTO trouble VALUES ('die')")
    try site.owner.run(Job.asking(for: "other", now: site.now.advanced(seconds: -1)))
    let other = Feature(jobs: [
      JobKind("other") { run, _, _ in
        run.done += 1
        return run.done == 9 ? .done : .again
      }
    ])
    var deaths = 0
    while deaths < 10 {
      do {
        _ = try site.worker(doing: [Self.counting(), other]).runOnce { site.now }
        break
      } catch { deaths += 1 }
      try endLeases()
    }
    #expect(deaths == 3)
    #expect(try job("state, lost, place, error") == "failed 3 2 its worker ended, three times")
    #expect(try site.text("SELECT state || ' ' || done FROM jobs WHERE kind = 'other'") == "done 9")
    #expect(site.workLogged.contains("work.job_given_up"))
  }

  @Test func `one that fails is tried again from the same place for a day, with its error kept`() throws {
    try ask()
    try site.owner.run("INSERT INTO trouble VALUES ('throw')")
    let worker = try site.worker(doing: [Self.counting()])
    _ = try worker.runOnce { site.now }
    #expect(try numbers() == "1:0 2:0")
    #expect(try job("state, place, done, failures, error, lost") == "pending 2 2 1 three is too much 0")
    #expect(site.workLogged == ["work.job_failed"])
    let due = try worker.look(at: site.now, canSend: true).next(of: "job").unwrapped
    #expect((4...6).contains(due.seconds(since: site.now)))
    for _ in 0..<100 where try job("state") == "pending" {
      site.now = try site.owner.value("SELECT due_at FROM jobs").unwrapped
      _ = try worker.runOnce { site.now }
    }
    #expect(try job("state, place, error") == "failed 2 three is too much")
    #expect(try site.count("SELECT extract(epoch FROM finished_at - created_at)::int / 3600 FROM jobs") >= 22)
    #expect((20...40).contains(try site.count("SELECT failures FROM jobs")))
  }

  @Test func `an error of any bytes is written down, on one line`() throws {
    struct Told: Error, CustomStringConvertible {
      let description = "it said \0\nno" + String(repeating: "é", count: 400)
    }
    let kind = JobKind("count") { _, _, _ in throw Told() }
    try ask()
    let worker = try site.worker(doing: [Feature(jobs: [kind])])
    for _ in 0..<3 { try worker.cycle(site.now) }
    #expect(try job("state, failures") == "pending 1")
    let said = try job("error").unwrapped
    #expect(said.hasPrefix("it said   noé") && (490...510).contains(said.utf8.count), "\(said)")
    #expect(site.workLogged == ["work.job_failed"])
  }

  @Test func `one that is helped goes on, and its failures are forgotten`() throws {
    try ask()
    try site.owner.run("INSERT INTO trouble VALUES ('throw')")
    let worker = try site.worker(doing: [Self.counting()])
    _ = try worker.runOnce { site.now }
    try site.owner.run("DELETE FROM trouble")
    site.pass(seconds: 6)
    _ = try worker.runOnce { site.now }
    #expect(try job("state, failures, failing_since, error") == "done 0 ")
    #expect(try numbers() == "1:0 2:0 3:0 4:0 5:0")
  }

  @Test func `whoever is called off stops at the next step`() throws {
    try ask()
    let worker = try site.worker(doing: [Self.counting()])
    try worker.cycle(site.now)
    try site.owner.run("UPDATE jobs SET state = 'cancelled', lease_until = NULL, finished_at = \(site.now)")
    _ = try worker.runOnce { site.now }
    #expect(try numbers() == "1:0")
    #expect(try job("state") == "cancelled")
  }

  @Test func `a worker that ends gives back what it has in hands`() throws {
    try ask()
    let worker = try site.worker(doing: [Self.counting(by: 1)])
    var rounds = 0
    try worker.run({ site.now }, longest: 1) {
      rounds += 1
      return rounds > 2
    }
    #expect(try job("state, done") == "pending 2")
    _ = try site.worker(doing: [Self.counting(by: 2)]).runOnce { site.now }
    #expect(try numbers() == "1:1 2:1 3:2 4:2 5:2")
  }

  @Test func `what an older program does not know it leaves alone`() throws {
    try ask()
    try ask("newer")
    _ = try site.worker(doing: [Self.counting()]).runOnce { site.now }
    #expect(try site.text("SELECT string_agg(kind || ' ' || state, ', ' ORDER BY kind) FROM jobs") == "count done, newer pending")
  }

  @Test func `a long one holds up no other`() throws {
    let long = Feature(jobs: [
      JobKind("long") { run, _, _ in
        run.done += 1
        return run.done == 300 ? .done : .again
      }
    ])
    try ask("long")
    let worker = try site.worker(doing: [Self.counting(), long])
    for _ in 0..<10 { try worker.cycle(site.now) }
    try ask()
    for _ in 0..<20 { try worker.cycle(site.now) }
    #expect(try job("state") == "done")
    #expect(try site.text("SELECT state FROM jobs WHERE kind = 'long'") == "running")
  }

  @Test func `of a kind there is one with a key, for each owner`() throws {
    let ana = try site.person("ana@x.test")
    for _ in 0..<2 {
      try ask(key: "k")
      try ask(key: "k", of: ana)
      try ask()
    }
    #expect(try site.count("SELECT count(*) FROM jobs") == 4)
  }

  @Test func `a person sees one's own and the account's, and asks for no others`() throws {
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana)
    let eve = try site.person("eve@x.test")
    for person in [ana, bob, eve] { try ask(of: person) }
    try site.owner.run(Job.asking(for: "shared", of: ana.account, now: site.now))
    try ask()
    func act<Value>(_ body: () throws -> Value) throws -> Value {
      try site.web.transaction {
        try site.web.run(
          "SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
        return try body()
      }
    }
    #expect(try act { try site.web.value("SELECT string_agg(kind, ' ' ORDER BY kind) FROM jobs", as: String.self) } == "count shared")
    #expect(try act { try site.web.run(Job.asking(for: "export", of: ana.account, ana.user, now: site.now)) } == 1)
    for (account, user) in [(nil, nil), (eve.account, eve.user), (eve.account, nil), (ana.account, bob.user)] as [(ID<Account>?, ID<User>?)]
    {
      let error = #expect(throws: PostgresError.self) {
        try act { try site.web.run(Job.asking(for: "export", of: account, user, now: site.now)) }
      }
      #expect(error?.sqlstate == "42501")
    }
    #expect(throws: PostgresError.self) { try act { try site.web.run("UPDATE jobs SET state = 'cancelled', finished_at = now()") } }
  }

  @Test func `history stays thirty days`() throws {
    try ask()
    _ = try site.worker(doing: features + [Self.counting()]).runOnce { site.now }
    site.pass(hours: 24 * 29)
    _ = try site.worker(doing: features + [Self.counting()]).runOnce { site.now }
    #expect(try job("state") == "done")
    site.pass(hours: 48)
    _ = try site.worker(doing: features + [Self.counting()]).runOnce { site.now }
    #expect(try job("state") == nil)
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'retention.jobs'") == 2)
  }

  @Test func `what somebody asked for and waits long is told by readyz`() throws {
    let ana = try site.person("ana@x.test")
    try ask()
    site.pass(minutes: 10)
    #expect(site.browser().get("/readyz").status == 200)
    try ask(of: ana)
    site.pass(minutes: 5)
    #expect(site.browser().get("/readyz").text.hasPrefix("not ready: jobs waiting since"))
  }
}
