import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// What ends each worker that takes it up is given up after three times, and takes nothing with it.
@Suite struct GivenUpTests {
  private let site: Site
  private let ana: Browser
  private let server: Sink

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    server = try Sink("smtp_sink.py")
  }

  private func worker() throws -> Worker { try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)"))) }

  /// A worker that claims, and dies before anything has ended; its leases run out.
  private func die() throws {
    try server.control("hang")
    var worker: Worker? = try worker()
    try worker?.cycle(site.now)
    worker = nil
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'")
    try server.control("")
  }

  @Test(arguments: [
    (Language.english, "begun three times and came to no end"), (.portuguese, "foi iniciado três vezes e não chegou ao fim"),
  ])
  func aMessageThatThreeWorkersDiedWithFailsAndItsTimelineSaysWhy(language: Language, reason: String) throws {
    try site.owner.run("UPDATE users SET language = \(language.rawValue)")
    let id = try ana.remind(nil, .low)
    site.pass(hours: 1)
    for _ in 1...3 {
      try die()
      #expect(try site.deliveries() == ["1 sending "])
    }
    #expect(try worker().runOnce { site.now }.failed == 1)
    #expect(try site.deliveries() == ["1 failed no_result"])
    #expect(site.workLogged.contains("work.delivery_given_up"))
    #expect(try server.messages().isEmpty)
    let escalation = try #require(try ana.newest(id))
    #expect(ana.get("/escalations/\(escalation.id.text)").text.contains(reason))
  }

  @Test func aResultBetweenBeginsTheCountAnew() throws {
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    for _ in 1...2 { try die() }
    try server.control("busy452")
    #expect(try worker().runOnce { site.now } == Worker.Tally())
    #expect(try site.deliveries() == ["1 pending 452"])
    site.pass(hours: 1)
    for _ in 1...2 { try die() }
    #expect(try worker().runOnce { site.now }.sent >= 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'failed'") == 0)
  }

  @Test func aLetterThatThreeWorkersDiedWithFails() throws {
    try AccountMail.ask(.verification, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    for _ in 1...3 { try die() }
    #expect(try worker().runOnce { site.now }.failed == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'account' AND state = 'failed' AND reason = 'no_result'") == 1)
    #expect(site.workLogged.contains("work.letter_given_up"))
  }

  @Test func whatADigestHeldIsSentOneByOneWhenThreeWorkersDiedWithIt() throws {
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    site.now = try Instant(iso: "2026-11-21T21:30:00Z").unwrapped
    for number in 1...5 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    _ = try worker().runOnce { site.now }
    site.now = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped
    for _ in 1...3 {
      try die()
      #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sending'") == 1)
    }
    // The fourth claim breaks it up: each has its own chance, alone.
    try die()
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'pending'") == 5)
    try die()
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sending'") == 1)
    let tally = try worker().runOnce { site.now }
    #expect(tally.failed == 0 && tally.sent == 5)
    #expect(try server.messages().count == 5)
  }

  @Test func aDigestWhoseWorkerDiedIsSentOnceHoweverLongNobodyWorked() throws {
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    site.now = try Instant(iso: "2026-11-21T21:30:00Z").unwrapped
    for number in 1...5 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    _ = try worker().runOnce { site.now }
    site.now = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped
    try die()
    // By now what it carried is due on its own, too.
    site.pass(minutes: 6)
    #expect(try worker().runOnce { site.now }.sent == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 5)
    #expect(try server.messages().count == 1)
  }
}
