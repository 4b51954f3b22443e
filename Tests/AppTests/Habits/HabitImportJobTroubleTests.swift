import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What may happen to a worker, a connection, a setting and a habit while a large import runs: it is made once, or not at all and says so.
@Suite struct HabitImportJobTroubleTests: HabitImportJobs {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Self.site()
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// Ends each connection of workers that has a transaction open, at work or idle, as a server does that restarts.
  private func cutOff() throws {
    let admin = try Connection(url: Cluster.shared.get().url())
    let cut: Int? = try admin.value(
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = \(site.name) AND usename = 'heed_work' AND xact_start IS NOT NULL
      """)
    #expect(cut == 1)
  }

  @Test(arguments: 1...6) func `its worker killed after any part, another begins anew and it is made once`(parts: Int) throws {
    let place = try order(Self.large)
    var worker: Worker? = try importer()
    for _ in 0..<parts { try worker?.cycle(site.now) }
    worker = nil
    try endLeases()
    #expect(try tally() == (parts < 6 ? "0 0 running 0" : "6 12000 running 1"))
    _ = try importer().runOnce { site.now }
    #expect(try tally() == "6 12000 done 1" && ana.get(place).importFacts == "6 12000 0 0")
    #expect(try site.text("SELECT concat_ws(' ', done, total, attempts, lost) FROM jobs") == "12000 12000 2 0")
  }

  @Test(arguments: [2, 3, 5]) func `its connection lost after any part, it is tried again in a moment`(parts: Int) throws {
    let place = try order(Self.large)
    let worker = try importer()
    for _ in 0..<parts { try worker.cycle(site.now) }
    try cutOff()
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "0 0 pending 0" && ana.get(place).fact("import-state") == "running")
    #expect(site.workLogged == ["work.job_failed"])
    site.pass(seconds: 10)
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done 1" && ana.get(place).importFacts == "6 12000 0 0")
  }

  @Test func `a worker that only was slow finds it taken, at each part`() throws {
    _ = try order(Self.large)
    let slow = try importer()
    for _ in 0..<5 { try slow.cycle(site.now) }
    try endLeases()
    let other = try importer()
    for _ in 0..<3 {
      try other.cycle(site.now)
      try slow.cycle(site.now)
    }
    #expect(try tally() == "0 0 running 0")
    _ = try other.runOnce { site.now }
    _ = try slow.runOnce { site.now }
    #expect(try tally() == "6 12000 done 1" && site.workLogged == ["work.late_result"])
  }

  @Test func `two workers with two files of one person, and a third that comes along`() throws {
    _ = try order(Self.large)
    _ = try order(Self.table(["A", "B"], days: 1_500))
    let workers = try (0..<3).map { _ in try importer() }
    var isBusy = true
    while isBusy {
      isBusy = false
      for worker in workers {
        let did = try worker.cycle(site.now)
        isBusy = isBusy || did
      }
    }
    #expect(try tally() == "8 15000 done,done 2" && site.workLogged.isEmpty)
    #expect(try site.text("SELECT string_agg(position::text, ' ' ORDER BY position) FROM habits") == "1 2 3 4 5 6 7 8")
  }

  @Test func `another import of the person at its end, or somebody at one of its habits, holds up nobody but it`() throws {
    let joined = try ana.habit(["name": "H1"])
    let place = try order(Self.large)
    let worker = try importer()
    let other = try site.connection("heed_owner")
    let rung = try ana.remind(nil, next: site.now.advanced(seconds: 5))
    while ana.get(place).fact("import-done") != "11990", try worker.cycle(site.now) {}
    try other.transaction {
      try other.run("SELECT pg_advisory_xact_lock(hashtextextended('import ' || \(ana.user)::text, 0))")
      for _ in 0..<4 { try worker.cycle(site.now) }
      #expect(try tally() == "1 0 running 0")
      site.pass(seconds: 5)
      try worker.cycle(site.now)
      #expect(try ana.state(rung).hasPrefix("active"))
    }
    try other.transaction {
      try other.run("UPDATE habits SET updated_at = updated_at WHERE id = \(ID<Habit>(joined).unwrapped)")
      for _ in 0..<4 { try worker.cycle(site.now) }
      #expect(try tally() == "1 0 running 0")
    }
    try other.transaction {
      try other.run("UPDATE users SET display_name = 'A' WHERE id = \(ana.user)")
      for _ in 0..<4 { try worker.cycle(site.now) }
      #expect(try tally() == "1 0 running 0")
    }
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done 1" && site.workLogged.isEmpty)
  }

  @Test func `another week start or zone while it runs: it begins anew by that`() throws {
    _ = try order(Self.large)
    let worker = try importer()
    for _ in 0..<4 { try worker.cycle(site.now) }
    try site.owner.run("UPDATE users SET week_start = 7, timezone = 'Asia/Tokyo' WHERE id = \(ana.user)")
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done 1")
    #expect(try site.count("SELECT count(*) FROM habit_days WHERE timezone = 'Asia/Tokyo'") == 12_000)
    // What is kept of the past is that of the new weeks.
    let kept = try figures()
    try site.owner.run("UPDATE habits SET state = NULL, state_next = NULL, year_state = NULL, year_next = NULL")
    let person = try site.owner.read(
      Query<Void>.setting(user: ana.user, account: ana.account, role: nil), Person.mine(site.services.zones)
    ).1.first.unwrapped
    try site.owner.transaction {
      _ = try site.owner.read(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
      let ids: [ID<Habit>] = try site.owner.rows(Query(column: "SELECT id FROM habits"))
      try HabitCalendar(person, at: site.now).settle(ids, of: ana.user, at: site.now, site.owner)
    }
    #expect(try figures() == kept)
  }

  @Test func `a habit deleted meanwhile: nothing is imported, it says so, and can be confirmed otherwise`() throws {
    let joined = try ana.habit(["name": "H1"])
    let place = try order(Self.large)
    let worker = try importer()
    for _ in 0..<4 { try worker.cycle(site.now) }
    #expect(ana.post("/habits/\(joined)/deletion").status == 303)
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "0 0 failed 0" && site.workLogged == ["work.job_failed"])
    let page = ana.get(place)
    #expect(page.importFacts == "6 12000 0 0" && page.fact("import-failure") == "gone")
    #expect(page.text.contains("a habit that days were to be added to is not there any more"))
    #expect(ana.post(place + "/confirmation").location == place)
    #expect(ana.get(place).fact("import-failure") == nil)
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done,failed 1")
  }

  @Test func `what the database refuses, and what ended three workers, is told, and can be confirmed again`() throws {
    let place = try order(Self.large)
    let worker = try importer()
    try site.owner.run("ALTER TABLE habit_days ADD CONSTRAINT no_tenth CHECK (date <> '2027-02-10') NOT VALID")
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "0 0 failed 0" && site.workLogged == ["work.job_failed"])
    #expect(try site.text("SELECT error FROM jobs").unwrapped.contains("no_tenth"))
    #expect(ana.get(place).fact("import-failure") == "error" && ana.get(place).text.contains("the import broke off"))
    // A worker that dies before its first step, three times.
    #expect(ana.post(place + "/confirmation").location == place)
    try site.owner.run(
      """
      UPDATE jobs SET state = 'running', lost = 2, fence = fence + 1, lease_until = clock_timestamp() - interval '1 second'
      WHERE finished_at IS NULL
      """)
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "0 0 failed,failed 0" && ana.get(place).fact("import-failure") == "error")
    try site.owner.run("ALTER TABLE habit_days DROP CONSTRAINT no_tenth")
    #expect(ana.post(place + "/confirmation").location == place)
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done,failed,failed 1" && ana.get(place).importFacts == "6 12000 0 0")
  }

  @Test func `one that cannot get on for long is given up`() throws {
    let place = try order(Self.large)
    let worker = try importer()
    for _ in 0..<12 {
      for _ in 0..<3 { try worker.cycle(site.now) }
      guard try tally() == "0 0 running 0" else { break }
      try cutOff()
      for _ in 0..<2 { try worker.cycle(site.now) }
      site.now = try site.owner.value("SELECT max(due_at) FROM jobs").unwrapped
    }
    #expect(try tally() == "0 0 failed 0" && ana.get(place).fact("import-failure") == "error")
  }

  @Test func `somebody who is gone before it begins leaves nothing to do`() throws {
    _ = try order(Self.large)
    try site.owner.run("DELETE FROM users WHERE id = \(ana.user)")
    _ = try importer().runOnce { site.now }
    #expect(try site.count("SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM habits)") == 0 && site.workLogged.isEmpty)
  }
}
