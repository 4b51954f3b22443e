import Postgres
import Testing

@testable import App
@testable import Domain

/// What quiet hours held waits for a step that is due in the minute of their end, but not for one that comes to nothing.
@Suite struct HeldStepTests {
  @Test(arguments: [true, false]) func whatWasHeldLeavesOnceWhetherOrNotTheStepOfThatMinuteIsDone(isDone: Bool) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    site.now = try Instant(iso: "2026-11-22T06:00:00Z").unwrapped
    let id = try ana.remind(.once(at: site.now.advanced(minutes: 50)), .high)
    site.pass(minutes: 50)
    try site.work()
    #expect(try site.deliveries() == ["1 held quiet"])
    try site.owner.run("UPDATE escalations SET next_step_at = '2026-11-22T07:00:00Z' WHERE reminder_id = \(id)")
    if !isDone {
      try site.owner.runAll([
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
        "CREATE TRIGGER refuse BEFORE UPDATE ON escalations FOR EACH ROW EXECUTE FUNCTION refuse()",
      ])
    }
    site.now = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped
    let worker = try site.worker()
    for _ in 1...5 {
      _ = try worker.runOnce { site.now }
      site.pass(seconds: 2)
    }
    #expect(try site.mails().count == 1)
  }
}
