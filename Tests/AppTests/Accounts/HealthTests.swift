import Testing

@testable import App
@testable import Domain

/// What watchers are told.
@Suite struct HealthTests {
  @Test func aliveSaysThatTheProcessAnswers() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let answer = site.browser().get("/healthz")
    #expect(answer.status == 200 && answer.text == "alive\n")
  }

  @Test func readySaysWhichWorkHasBeenWaitingForFiveMinutes() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    func ready() -> String { site.readiness }
    let id = try ana.remind(nil, .high)
    #expect(ready() == "ready\n")
    site.pass(hours: 1, seconds: 5)
    #expect(ready() == "ready\n")
    site.pass(seconds: 294)
    #expect(ready() == "ready\nlate: reminders by 299 s\n")
    site.pass(seconds: 1)
    #expect(ready() == "not ready: reminders waiting since 2026-11-21T10:00:00Z; is `heed work` running?\n")
    try site.work()
    #expect(ready() == "ready\n")
    let worked = site.now
    site.pass(minutes: 10)
    let step = try #require(try ana.newest(id)?.course.nextStepAt)
    #expect(ready() == "not ready: escalations waiting since \(step.iso); is `heed work` running?\n")
    try site.work()
    try site.owner.run("UPDATE outbox SET state = 'pending', due_at = \(worked) WHERE tier = 1")
    #expect(ready() == "not ready: mail waiting since \(worked.iso); is the mail server there, and `heed work` running?\n")
    #expect(site.browser().get("/readyz").status == 503)
    try ana.desk(id) { _ = try $0.complete() }
    #expect(ready() == "ready\n")
  }

  /// `/readyz` asks as a role that sees no rows, by functions of the database: they must look at all that the features wait for.
  @Test func readyLooksAtEveryKindOfWork() throws {
    let site = try Site()
    let asked = try site.text(
      "SELECT string_agg(pg_get_functiondef(oid), '') FROM pg_proc WHERE pronamespace = 'overdue'::regnamespace"
    ).unwrapped
    let kinds = try site.worker().kinds
    #expect(kinds.count > 5)
    // When a mailbox is due is reckoned of two tables; OverdueTests asks it. One that fails has not been looked into for longer than that.
    for kind in kinds where !["mailboxes", "channel_failures"].contains(kind.name) {
      // The least of all, or the first in an order.
      let (_, least, first, table) = try kind.due.next(site.now).text.firstMatch(of: /(?:min\((\w+)\)|SELECT (\w+)) FROM (\w+)/).unwrapped
        .output
      let earliest = "min(\(try (least ?? first).unwrapped)) FROM \(table)"
      #expect(asked.contains(earliest), "\(kind.name): \(earliest)")
    }
  }
}
