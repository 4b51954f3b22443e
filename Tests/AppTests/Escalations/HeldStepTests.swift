import Postgres
import Testing

@testable import App
@testable import Domain

/// What quiet hours held waits for a step that is due in the minute of their end, but not for one that comes to nothing.
@Suite struct HeldStepTests {
  @Test(arguments: [true, false]) func whatWasHeldLeavesOnceWhetherOrNotTheStepOfThatMinuteIsDone(isDone: Bool) throws {
    let world = try World()
    try world.db.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    world.now = try Instant(iso: "2026-11-22T06:00:00Z").unwrapped
    let id = try world.remind(.once(at: world.now.advanced(minutes: 50)), .high)
    world.pass(minutes: 50)
    try world.work()
    #expect(try world.deliveries() == ["1 held quiet"])
    try world.db.run("UPDATE escalations SET next_step_at = '2026-11-22T07:00:00Z' WHERE reminder_id = \(id)")
    if !isDone {
      try world.db.runAll([
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
        "CREATE TRIGGER refuse BEFORE UPDATE ON escalations FOR EACH ROW EXECUTE FUNCTION refuse()",
      ])
    }
    world.now = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped
    let worker = try world.worker()
    for _ in 1...5 {
      _ = try worker.runOnce { world.now }
      world.pass(seconds: 2)
    }
    #expect(try world.mails().count == 1)
  }
}
