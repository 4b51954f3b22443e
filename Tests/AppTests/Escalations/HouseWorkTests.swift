import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// What a worker does now and then is cut into slices: all of it is done, and nothing that is due waits for it.
@Suite struct HouseWorkTests {
  @Test func newZoneDataReachesEveryReminder() throws {
    let world = try World(zone: "Europe/Berlin")
    let nine = Schedule.Kind.recurring(try Cron("0 9 * * *"))
    try world.db.transaction {
      for _ in 0..<(Maintenance.slice * 2 + 1) { _ = try world.remind(nine, zone: "Europe/Berlin") }
      try world.db.run("UPDATE reminders SET next_at = next_at + interval '1 hour', sort_at = next_at + interval '1 hour'")
      try world.db.run("UPDATE schedules SET zone_version = '1999a'")
    }
    try world.work()
    #expect(try world.count("SELECT count(*) FROM reminders WHERE next_at <> '2026-11-22T08:00Z' OR sort_at <> next_at") == 0)
    #expect(try world.count("SELECT count(*) FROM schedules WHERE zone_version = '1999a'") == 0)
  }

  @Test func everythingOldIsThrownAwayAndNothingElse() throws {
    let world = try World()
    let old = world.now.advanced(days: -100)
    let rows = Maintenance.slice * 2 + 1
    for time in [old, world.now] {
      try world.db.run("INSERT INTO attempts (kind, key, at) SELECT 'x', '', \(time) FROM generate_series(1, \(rows))")
      try world.db.run(
        "INSERT INTO event_log (id, at, user_id, kind) SELECT gen_random_uuid(), \(time), \(world.user), 'x' FROM generate_series(1, \(rows))"
      )
    }
    try world.work()
    #expect(try world.count("SELECT count(*) FROM attempts") == rows)
    #expect(try world.count("SELECT count(*) FROM event_log") == rows)
    #expect(try world.count("SELECT count(*) FROM attempts WHERE at = \(old)") == 0)
  }

  @Test func anEndedEscalationStaysNinetyDays() throws {
    let world = try World()
    let id = try world.remind()
    world.pass(hours: 1)
    try world.work()
    try world.desk(id) { _ = try $0.complete() }
    world.pass(hours: 24 * 89)
    try world.work()
    #expect(try world.count("SELECT count(*) FROM escalations") == 1)
    world.pass(hours: 48)
    try world.work()
    #expect(try world.count("SELECT count(*) FROM escalations") == 0)
    // Nothing that belonged to it is left.
    #expect(try world.count("SELECT (SELECT count(*) FROM escalation_events) + (SELECT count(*) FROM delivery_attempts)") == 0)
  }

  @Test func whatIsDueFiresBeforeTheHouseIsTidy() throws {
    let world = try World()
    _ = try world.remind()
    try world.db.run(
      "INSERT INTO attempts (kind, key, at) SELECT 'x', '', \(world.now.advanced(days: -100)) FROM generate_series(1, \(Maintenance.slice * 3))"
    )
    world.pass(hours: 1)
    let worker = try world.worker()
    try worker.cycle(world.now, isFirst: false)
    #expect(worker.tally.fired == 1)
    #expect(try world.count("SELECT count(*) FROM attempts") > 0)
    while try worker.cycle(world.now, isFirst: false) {}
    #expect(try world.count("SELECT count(*) FROM attempts") == 0)
  }

  @Test func aPersonIsDeletedWithEverythingThatRang() throws {
    let world = try World()
    _ = try world.remind()
    world.pass(hours: 1)
    try world.work()
    #expect(try world.count("SELECT count(*) FROM delivery_attempts") > 0)
    try world.db.run("DELETE FROM users WHERE id = \(world.user)")
    for table: Columns in ["reminders", "escalations", "occurrences", "escalation_events", "deliveries", "delivery_attempts"] {
      #expect(try world.count("SELECT count(*) FROM \(table)") == 0)
    }
  }
}
