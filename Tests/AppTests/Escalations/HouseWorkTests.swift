import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// What a worker does now and then is cut into slices: all of it is done, and nothing that is due waits for it.
@Suite struct HouseWorkTests {
  @Test func newZoneDataReachesEveryReminder() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", zone: "Europe/Berlin")
    let nine = Schedule.Kind.recurring(try Cron("0 9 * * *"))
    try site.owner.transaction {
      for _ in 0..<(Chore.slice * 2 + 1) { _ = try ana.remind(nine, zone: "Europe/Berlin") }
      try site.owner.run("UPDATE reminders SET next_at = next_at + interval '1 hour'")
      try site.owner.run("UPDATE schedules SET zone_version = '1999a'")
    }
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE next_at <> '2026-11-22T08:00Z' OR sort_at <> next_at") == 0)
    #expect(try site.count("SELECT count(*) FROM schedules WHERE zone_version = '1999a'") == 0)
  }

  @Test func everythingOldIsThrownAwayAndNothingElse() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let old = site.now.advanced(days: -100)
    let rows = Chore.slice * 2 + 1
    for time in [old, site.now] {
      try site.owner.run("INSERT INTO attempts (kind, key, at) SELECT 'x', '', \(time) FROM generate_series(1, \(rows))")
      try site.owner.run(
        "INSERT INTO event_log (id, at, user_id, kind) SELECT gen_random_uuid(), \(time), \(ana.user), 'x' FROM generate_series(1, \(rows))"
      )
    }
    try site.work()
    #expect(try site.count("SELECT count(*) FROM attempts") == rows)
    #expect(try site.count("SELECT count(*) FROM event_log") == rows)
    #expect(try site.count("SELECT count(*) FROM attempts WHERE at = \(old)") == 0)
  }

  @Test func anEndedEscalationStaysNinetyDays() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil)
    site.pass(hours: 1)
    try site.work()
    try ana.desk(id) { _ = try $0.complete() }
    site.pass(hours: 24 * 89)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations") == 1)
    site.pass(hours: 48)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations") == 0)
    // Nothing that belonged to it is left.
    #expect(try site.count("SELECT (SELECT count(*) FROM escalation_events) + (SELECT count(*) FROM outbox_attempts)") == 0)
  }

  @Test func whatIsDueFiresBeforeTheHouseIsTidy() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(nil)
    try site.owner.run(
      "INSERT INTO attempts (kind, key, at) SELECT 'x', '', \(site.now.advanced(days: -100)) FROM generate_series(1, \(Chore.slice * 3))"
    )
    site.pass(hours: 1)
    let worker = try site.worker()
    try worker.cycle(site.now)
    #expect(worker.bench.tally.fired == 1)
    #expect(try site.count("SELECT count(*) FROM attempts") > 0)
    while try worker.cycle(site.now) {}
    #expect(try site.count("SELECT count(*) FROM attempts") == 0)
  }

  @Test func aPersonIsDeletedWithEverythingThatRang() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(nil)
    site.pass(hours: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM outbox_attempts") > 0)
    try site.owner.run("DELETE FROM users WHERE id = \(ana.user)")
    for table: Columns in ["reminders", "escalations", "occurrences", "escalation_events", "outbox", "outbox_attempts"] {
      #expect(try site.count("SELECT count(*) FROM \(table)") == 0)
    }
  }
}
