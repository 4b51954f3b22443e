import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import App
@testable import Domain

@Suite struct WorkerTests {
  @Test func aReminderClimbsItsLadderAndExpiresADayAfterTheLastTier() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .high)
    #expect(try site.work().fired == 0)
    site.pass(hours: 1)
    let first = try site.work()
    #expect(first.fired == 1 && first.sent == 1)
    #expect(try ana.state(id) == "active 1 0 1")
    for (minutes, tier) in [(5, 2), (10, 3), (15, 4)] {
      site.pass(minutes: minutes)
      try site.work()
      #expect(try ana.state(id) == "active \(tier) 0 1")
    }
    #expect(try site.deliveries() == ["1 sent kept", "2 sent kept", "3 sent kept", "4 sent kept"])
    #expect(try ana.events(id) == ["started", "escalated 1", "escalated 2", "escalated 3", "escalated 4"])
    site.pass(hours: 24)
    try site.work()
    #expect(try ana.state(id) == "expired 4 0 1")
    let reminder = try ana.reminder(id)
    #expect(reminder.status == .active && reminder.nextAt == nil && reminder.lastAt != nil)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'escalation.expired'") == 1)
  }

  @Test func doingItAgainAtTheSameTimeDoesNothing() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(.interval(minutes: 10), .high)
    site.pass(minutes: 10)
    #expect(try site.work() == Worker.Tally(fired: 1, steps: 0, sent: 1, failed: 0, letters: 0))
    #expect(try site.work() == Worker.Tally())
    let other = try site.worker()
    #expect(try other.runOnce { site.now } == Worker.Tally())
    #expect(try site.count("SELECT count(*) FROM fired") == 1)
  }

  @Test func afterDowntimeOneFiresAndNamesTheOthers() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.recurring(try Cron("0 * * * *")), .high)
    site.pass(hours: 5, seconds: 1_800)
    #expect(try site.work().fired == 1)
    let row: String? = try site.owner.value(
      "SELECT reason || ' ' || missed || ' ' || to_char(due_at AT TIME ZONE 'UTC', 'HH24:MI') FROM fired")
    #expect(row == "caught_up 4 14:00")
    // Nobody was told before, so tier 1 is told first, now.
    #expect(try ana.state(id) == "active 1 0 1")
    #expect(try ana.newest(id)?.course.startedAt == site.now)
    #expect(try ana.reminder(id).nextAt?.iso == "2026-11-21T15:00:00Z")
    // The mail, the reminder's page and the timeline name them.
    let sentence = "4 before it were missed, the first on"
    #expect(try site.mails().count(where: { $0.replacing("=\r\n", with: "").contains(sentence) }) == 1)
    #expect(ana.get("/reminders/\(id.text)").text.contains("Rang, tier 1: escalating. " + sentence))
    #expect(try ana.get("/escalations/\(ana.newest(id).unwrapped.id.text)").text.contains(sentence))
  }

  @Test func ofMissedTiersOnlyTheHighestSends() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .critical)
    site.pass(hours: 1)
    try site.work()
    site.pass(minutes: 12)
    try site.work()
    #expect(try ana.events(id) == ["started", "escalated 1", "skipped 2", "skipped 3", "escalated 4"])
    #expect(try site.deliveries() == ["1 sent kept", "4 sent kept"])
  }

  @Test func aDailyReminderThatNobodyAnswersRingsEveryDay() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.recurring(try Cron("0 8 * * *")), .low)
    for day in 1...3 {
      site.now = Instant(iso: "2026-11-2\(day + 1)T08:00:00Z") ?? site.now
      #expect(try site.work().fired == 1)
      site.pass(hours: 4)
      try site.work()
    }
    #expect(try site.count("SELECT count(*) FROM escalations WHERE reminder_id = \(id)") == 3)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE state = 'expired'") == 2)
  }

  @Test func anOccurrenceThatMeetsARunningLadderIsRecordedOnIt() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.interval(minutes: 10), .low)
    site.pass(minutes: 10)
    try site.work()
    site.pass(minutes: 10)
    try site.work()
    #expect(try ana.newest(id)?.course.firedAgain == 1)
    #expect(try ana.events(id) == ["started", "escalated 1", "fired_again"])
    #expect(try site.count("SELECT count(*) FROM fired WHERE escalation_id IS NOT NULL") == 2)
  }

  @Test func hundredsFireInBatches() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for number in 0..<620 { _ = try ana.remind(nil, .high, title: "Number \(number)") }
    site.pass(hours: 1)
    let tally = try site.work()
    #expect(tally.fired == 620 && tally.sent == 620)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 620)
  }

  @Test func aReminderThatCannotBeReadStopsNothing() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bad = try ana.remind(nil, .high, preset: "gentle")
    try site.owner.run("UPDATE profiles SET tiers = '[]' WHERE preset = 'gentle'")
    let good = try ana.remind(nil, .high)
    site.pass(hours: 1)
    #expect(try site.work().fired == 1)
    #expect(try ana.state(good) == "active 1 0 1" && ana.state(bad) == "none")
    #expect(site.workLogged == ["work.reminder_failed"])
    try site.owner.run("UPDATE profiles SET tiers = '[{\"delay\":0,\"agents\":[\"email\"],\"contacts\":false}]' WHERE preset = 'gentle'")
    site.pass(minutes: 11)
    try site.work()
    #expect(try ana.state(bad) == "active 1 0 1")
  }

  @Test func aReminderThatIsHeldForAMomentIsNotPutOffForLong() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.recurring(try Cron("0 * * * *")), .low)
    site.pass(hours: 1)
    try site.work()
    let worker = try site.worker()
    try worker.bench.db.run("SET lock_timeout = 200")
    site.pass(hours: 1)
    try site.owner.transaction {
      try site.owner.run("SELECT FROM escalations WHERE reminder_id = \(id) FOR UPDATE")
      #expect(try worker.runOnce { site.now }.fired == 0)
    }
    #expect(site.workLogged == ["work.reminder_failed"])
    site.pass(minutes: 1)
    #expect(try worker.runOnce { site.now }.fired == 1)
    #expect(try ana.newest(id)?.course.firedAgain == 1)
  }

  @Test func newZoneDataMovesWhatLiesAhead() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", zone: "Europe/Berlin")
    let id = try ana.remind(.recurring(try Cron("0 9 * * *")), .high, zone: "Europe/Berlin")
    try site.owner.run("UPDATE reminders SET next_at = next_at + interval '1 hour'")
    try site.owner.run("UPDATE schedules SET zone_version = '1999a'")
    try site.work()
    #expect(try ana.reminder(id).nextAt?.iso == "2026-11-22T08:00:00Z")
    #expect(try site.count("SELECT count(*) FROM schedules WHERE zone_version = \(site.services.zones.version)") == 1)
  }

  @Test func anEscalationThatCannotBeReadStopsNoOther() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bad = try ana.remind(nil, .high)
    let good = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    let plan: String = try #require(try site.owner.value("SELECT plan::text FROM escalations WHERE reminder_id = \(bad)"))
    try site.owner.run("UPDATE escalations SET plan = '{}' WHERE reminder_id = \(bad)")
    site.pass(minutes: 5)
    try site.work()
    #expect(try ana.state(good) == "active 2 0 1")
    #expect(site.workLogged == ["work.escalation_failed"])
    try site.owner.run("UPDATE escalations SET plan = \(plan)::text::jsonb WHERE reminder_id = \(bad)")
    site.pass(minutes: 11)
    try site.work()
    #expect(try ana.state(bad) == "active 3 0 1")
  }

  @Test func aMessageThatCannotBeReadStopsNoOther() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let ids = try (0..<3).map { try ana.remind(nil, .low, title: "Number \($0)") }
    site.pass(hours: 1)
    try site.work()
    let plan: String = try #require(try site.owner.value("SELECT plan::text FROM escalations WHERE reminder_id = \(ids[1])"))
    try site.owner.run("UPDATE outbox SET state = 'pending'")
    try site.owner.run("UPDATE escalations SET plan = '{}' WHERE reminder_id = \(ids[1])")
    #expect(try site.work() == Worker.Tally(fired: 0, steps: 0, sent: 2, failed: 0, letters: 0))
    #expect(site.workLogged == ["work.delivery_failed"])
    #expect(try site.work() == Worker.Tally())
    try site.owner.run("UPDATE escalations SET plan = \(plan)::text::jsonb WHERE reminder_id = \(ids[1])")
    site.pass(minutes: 11)
    #expect(try site.work().sent == 1)
  }

  @Test func anIdleWorkerAsksOneQuestionARound() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let watch = try StatementWatch(site.url("heed_work"))
    let worker = try site.worker(nil, watch.db)
    func rounds(_ count: Int) throws {
      var rest = count
      try worker.run({ site.now }, longest: 1) {
        rest -= 1
        return rest < 0
      }
    }
    _ = try ana.remind(nil, .high)
    // Begins to listen, and does what nobody waits for, one thing a round.
    try rounds(features.flatMap(\.chores).count + features.flatMap(\.allJobs).count + 20)
    watch.forget()
    try rounds(20)
    #expect(watch.statements.count == 20, "\(watch.statements)")
    #expect(watch.statements.allSatisfy { $0.hasPrefix("SELECT ") })
    #expect(try site.count("SELECT count(*) FROM fired") == 0)
    site.pass(hours: 1)
    try rounds(4)
    #expect(try site.deliveries() == ["1 sent kept"])
  }

  /// Two that have taken what is due and have not committed: a lock keeps both from writing until the test has seen them there.
  @Test func twoWorkersAtOnceFireEachReminderOnce() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    // More than one takes at a time, so that there is something for both.
    for _ in 0..<FiringWork.most + 20 { _ = try ana.remind(.interval(minutes: 1), .low) }
    site.pass(minutes: 1)
    let gate = try site.connection("heed_owner")
    let ended = DispatchSemaphore(value: 0)
    let tallies = Mutex<[Worker.Tally]>([])
    let now = site.now
    func waiting() throws -> Int {
      try Connection(url: Cluster.shared.get().url()).value(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = \(site.name) AND usename = 'heed_work' AND wait_event_type = 'Lock' AND state = 'active'
        """) ?? 0
    }
    try gate.transaction {
      try gate.run("LOCK TABLE escalations IN SHARE MODE")
      for number in 1...2 {
        nonisolated(unsafe) let worker = try site.worker()
        DispatchQueue.global().async {
          let tally = try? worker.runOnce { now }
          tallies.withLock { $0.append(tally ?? Worker.Tally()) }
          ended.signal()
        }
        try #require(try until { try waiting() == number })
      }
      #expect(try site.count("SELECT count(*) FROM fired") == 0)
    }
    for _ in 1...2 { try #require(ended.wait(timeout: .now() + 120) == .success) }
    #expect(tallies.withLock { $0.map(\.fired).sorted() } == [20, FiringWork.most])
    #expect(try site.count("SELECT count(DISTINCT reminder_id) FROM fired") == FiringWork.most + 20)
    #expect(try site.count("SELECT count(*) FROM fired") == FiringWork.most + 20)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == FiringWork.most + 20)
    #expect(try site.mails().count == FiringWork.most + 20)
  }
}
