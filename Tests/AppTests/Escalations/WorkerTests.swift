import Testing

@testable import App
@testable import Domain

@Suite struct WorkerTests {
  @Test func aReminderClimbsItsLadderAndExpiresADayAfterTheLastTier() throws {
    let world = try World()
    let id = try world.remind(nil, .high)
    #expect(try world.work().fired == 0)
    world.pass(hours: 1)
    let first = try world.work()
    #expect(first.fired == 1 && first.sent == 1)
    #expect(try world.state(id) == "active 1 0 1")
    for (minutes, tier) in [(5, 2), (10, 3), (15, 4)] {
      world.pass(minutes: minutes)
      try world.work()
      #expect(try world.state(id) == "active \(tier) 0 1")
    }
    #expect(try world.deliveries() == ["1 sent kept", "2 sent kept", "3 sent kept", "4 sent kept"])
    #expect(try world.events(id) == ["started", "escalated 1", "escalated 2", "escalated 3", "escalated 4"])
    world.pass(hours: 24)
    try world.work()
    #expect(try world.state(id) == "expired 4 0 1")
    let reminder = try world.reminder(id)
    #expect(reminder.status == .active && reminder.nextAt == nil && reminder.lastAt != nil)
    #expect(try world.count("SELECT count(*) FROM audit_log WHERE action = 'escalation.expired'") == 1)
  }

  @Test func doingItAgainAtTheSameTimeDoesNothing() throws {
    let world = try World()
    _ = try world.remind(.interval(minutes: 10), .high)
    world.pass(minutes: 10)
    #expect(try world.work() == Worker.Tally(fired: 1, steps: 0, sent: 1, failed: 0, letters: 0))
    #expect(try world.work() == Worker.Tally())
    let other = try world.worker()
    #expect(try other.runOnce { world.now } == Worker.Tally())
    #expect(try world.count("SELECT count(*) FROM occurrences") == 1)
  }

  @Test func afterDowntimeOneFiresAndNamesTheOthers() throws {
    let world = try World()
    let id = try world.remind(.recurring(try Cron("0 * * * *")), .high)
    world.pass(hours: 5, seconds: 1_800)
    #expect(try world.work().fired == 1)
    let row: String? = try world.db.value(
      "SELECT reason || ' ' || missed || ' ' || to_char(due_at AT TIME ZONE 'UTC', 'HH24:MI') FROM occurrences")
    #expect(row == "caught_up 4 14:00")
    // Nobody was told before, so tier 1 is told first, now.
    #expect(try world.state(id) == "active 1 0 1")
    #expect(try world.newest(id)?.course.startedAt == world.now)
    #expect(try world.reminder(id).nextAt?.iso == "2026-11-21T15:00:00Z")
  }

  @Test func ofMissedTiersOnlyTheHighestSends() throws {
    let world = try World()
    let id = try world.remind(nil, .critical)
    world.pass(hours: 1)
    try world.work()
    world.pass(minutes: 12)
    try world.work()
    #expect(try world.events(id) == ["started", "escalated 1", "skipped 2", "skipped 3", "escalated 4"])
    #expect(try world.deliveries() == ["1 sent kept", "4 sent kept"])
  }

  @Test func aDailyReminderThatNobodyAnswersRingsEveryDay() throws {
    let world = try World()
    let id = try world.remind(.recurring(try Cron("0 8 * * *")), .low)
    for day in 1...3 {
      world.now = Instant(iso: "2026-11-2\(day + 1)T08:00:00Z") ?? world.now
      #expect(try world.work().fired == 1)
      world.pass(hours: 4)
      try world.work()
    }
    #expect(try world.count("SELECT count(*) FROM escalations WHERE reminder_id = \(id)") == 3)
    #expect(try world.count("SELECT count(*) FROM escalations WHERE state = 'expired'") == 2)
  }

  @Test func anOccurrenceThatMeetsARunningLadderIsRecordedOnIt() throws {
    let world = try World()
    let id = try world.remind(.interval(minutes: 10), .low)
    world.pass(minutes: 10)
    try world.work()
    world.pass(minutes: 10)
    try world.work()
    #expect(try world.newest(id)?.course.firedAgain == 1)
    #expect(try world.events(id) == ["started", "escalated 1", "fired_again"])
    #expect(try world.count("SELECT count(*) FROM occurrences WHERE escalation_id IS NOT NULL") == 2)
  }

  @Test func hundredsFireInBatches() throws {
    let world = try World()
    for number in 0..<620 { _ = try world.remind(nil, .high, title: "Number \(number)") }
    world.pass(hours: 1)
    let tally = try world.work()
    #expect(tally.fired == 620 && tally.sent == 620)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'sent'") == 620)
  }

  @Test func aReminderThatCannotBeReadStopsNothing() throws {
    let world = try World()
    let bad = try world.remind(nil, .high, preset: "gentle")
    try world.db.run("UPDATE profiles SET tiers = '[]' WHERE preset = 'gentle'")
    let good = try world.remind(nil, .high)
    world.pass(hours: 1)
    #expect(try world.work().fired == 1)
    #expect(try world.state(good) == "active 1 0 1" && world.state(bad) == "none")
    #expect(world.logged == ["work.reminder_failed"])
    try world.db.run("UPDATE profiles SET tiers = '[{\"delay\":0,\"agents\":[\"email\"],\"contacts\":false}]' WHERE preset = 'gentle'")
    world.pass(minutes: 11)
    try world.work()
    #expect(try world.state(bad) == "active 1 0 1")
  }

  @Test func aReminderThatIsHeldForAMomentIsNotPutOffForLong() throws {
    let world = try World()
    let id = try world.remind(.recurring(try Cron("0 * * * *")), .low)
    world.pass(hours: 1)
    try world.work()
    let worker = try world.worker()
    try worker.db.run("SET lock_timeout = 200")
    world.pass(hours: 1)
    try world.db.transaction {
      try world.db.run("SELECT FROM escalations WHERE reminder_id = \(id) FOR UPDATE")
      #expect(try worker.runOnce { world.now }.fired == 0)
    }
    #expect(world.logged == ["work.reminder_failed"])
    world.pass(minutes: 1)
    #expect(try worker.runOnce { world.now }.fired == 1)
    #expect(try world.newest(id)?.course.firedAgain == 1)
  }

  @Test func newZoneDataMovesWhatLiesAhead() throws {
    let world = try World(zone: "Europe/Berlin")
    let id = try world.remind(.recurring(try Cron("0 9 * * *")), .high, zone: "Europe/Berlin")
    try world.db.run("UPDATE reminders SET next_at = next_at + interval '1 hour', sort_at = next_at + interval '1 hour'")
    try world.db.run("UPDATE schedules SET zone_version = '1999a'")
    try world.work()
    #expect(try world.reminder(id).nextAt?.iso == "2026-11-22T08:00:00Z")
    #expect(try world.count("SELECT count(*) FROM schedules WHERE zone_version = \(world.services.zones.version)") == 1)
  }

  @Test func anEscalationThatCannotBeReadStopsNoOther() throws {
    let world = try World()
    let bad = try world.remind(nil, .high)
    let good = try world.remind(nil, .high)
    world.pass(hours: 1)
    try world.work()
    let plan: String = try #require(try world.db.value("SELECT plan::text FROM escalations WHERE reminder_id = \(bad)"))
    try world.db.run("UPDATE escalations SET plan = '{}' WHERE reminder_id = \(bad)")
    world.pass(minutes: 5)
    try world.work()
    #expect(try world.state(good) == "active 2 0 1")
    #expect(world.logged == ["work.escalation_failed"])
    try world.db.run("UPDATE escalations SET plan = \(plan)::text::jsonb WHERE reminder_id = \(bad)")
    world.pass(minutes: 11)
    try world.work()
    #expect(try world.state(bad) == "active 3 0 1")
  }

  @Test func aMessageThatCannotBeReadStopsNoOther() throws {
    let world = try World()
    let ids = try (0..<3).map { try world.remind(nil, .low, title: "Number \($0)") }
    world.pass(hours: 1)
    try world.work()
    let plan: String = try #require(try world.db.value("SELECT plan::text FROM escalations WHERE reminder_id = \(ids[1])"))
    try world.db.run("UPDATE deliveries SET state = 'pending'")
    try world.db.run("UPDATE escalations SET plan = '{}' WHERE reminder_id = \(ids[1])")
    #expect(try world.work() == Worker.Tally(fired: 0, steps: 0, sent: 2, failed: 0, letters: 0))
    #expect(world.logged == ["work.delivery_failed"])
    #expect(try world.work() == Worker.Tally())
    try world.db.run("UPDATE escalations SET plan = \(plan)::text::jsonb WHERE reminder_id = \(ids[1])")
    world.pass(minutes: 11)
    #expect(try world.work().sent == 1)
  }

  @Test func anIdleWorkerAsksOneQuestionARound() throws {
    let world = try World()
    let worker = try world.worker()
    _ = try world.remind(nil, .high)
    var rounds = 0
    try worker.run({ world.now }, longest: 1) {
      rounds += 1
      return rounds > 20
    }
    #expect(try world.count("SELECT count(*) FROM occurrences") == 0)
    world.pass(hours: 1)
    rounds = 0
    try worker.run({ world.now }, longest: 1) {
      rounds += 1
      return rounds > 3
    }
    #expect(try world.deliveries() == ["1 sent kept"])
  }

  @Test func twoWorkersAtOnceFireEachReminderOnce() throws {
    let world = try World()
    for _ in 0..<30 { _ = try world.remind(.interval(minutes: 1), .high) }
    let workers = [try world.worker(), try world.worker()]
    for _ in 0..<5 {
      world.pass(minutes: 1)
      for worker in workers { try worker.cycle(world.now, isFirst: false) }
    }
    #expect(try world.count("SELECT count(*) FROM occurrences") == 150)
    #expect(try world.count("SELECT count(*) FROM (SELECT 1 FROM escalations WHERE open GROUP BY reminder_id HAVING count(*) > 1) x") == 0)
  }
}
