import Domain
import TestSupport
import Testing

@testable import App

/// Steps that are due by the row and not by the ladder.
@Suite struct RefusedStepTests {
  @Test func `an escalation whose step is refused is told of and passed over, and is no work`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let (odd, good) = (try ana.remind(nil, .high), try ana.remind(nil, .high))
    site.pass(hours: 1)
    try site.work()
    site.pass(minutes: 5)
    // As if a program with another idea of ladders had planned the next step: by this one's it is not due.
    try site.owner.run("UPDATE escalations SET started_at = \(site.now) WHERE reminder_id = \(odd)")
    let worker = try site.worker()
    try worker.run("step", at: site.now)
    #expect(try ana.state(odd) == "active 1 0 1" && ana.state(good) == "active 2 0 1")
    #expect(site.workLogged == ["work.escalation_failed"])
    try worker.run("step", at: site.now)
    #expect(site.workLogged == ["work.escalation_failed"])
    // Only the other's is to come.
    #expect(try worker.look(at: site.now, canSend: true).next(of: "step").unwrapped > site.now)
    site.pass(minutes: 11)
    try worker.run("step", at: site.now)
    #expect(try ana.state(odd) == "active 2 0 1")
  }
}
