import Testing

@testable import App
@testable import Domain

/// What watchers are told.
@Suite struct HealthTests {
  @Test func aliveSaysThatTheProcessAnswers() throws {
    let world = try World()
    let answer = try Visitor(world, as: world.user).get("/healthz", signedIn: false)
    #expect(answer.status == 200 && answer.body == "alive\n")
  }

  @Test func readySaysWhichWorkHasBeenWaitingForFiveMinutes() throws {
    let world = try World()
    let visitor = try Visitor(world, as: world.user)
    func ready() -> String { visitor.readiness }
    let id = try world.remind(nil, .high)
    #expect(ready() == "ready\n")
    world.pass(hours: 1, seconds: 5)
    #expect(ready() == "ready\n")
    world.pass(seconds: 294)
    #expect(ready() == "ready\nlate: reminders by 299 s\n")
    world.pass(seconds: 1)
    #expect(ready() == "not ready: reminders waiting since 2026-11-21T10:00:00Z; is `heed work` running?\n")
    try world.work()
    #expect(ready() == "ready\n")
    let worked = world.now
    world.pass(minutes: 10)
    let step = try #require(try world.newest(id)?.course.nextStepAt)
    #expect(ready() == "not ready: escalations waiting since \(step.iso); is `heed work` running?\n")
    try world.work()
    try world.db.run("UPDATE deliveries SET state = 'pending', due_at = \(worked) WHERE tier = 1")
    #expect(ready() == "not ready: mail waiting since \(worked.iso); is the mail server there, and `heed work` running?\n")
    #expect(visitor.get("/readyz", signedIn: false).status == 503)
    try world.desk(id) { _ = try $0.complete() }
    #expect(ready() == "ready\n")
  }
}
