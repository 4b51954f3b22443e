import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// What happens when a mail server refuses, breaks off, or the worker dies.
@Suite struct MailServerTests {
  private func sink(_ site: Site, _ sink: Sink) throws -> Worker {
    try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)")))
  }

  @Test func aTemporaryRefusalIsTriedAgainWithTheSameMessageID() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    let worker = try sink(site, server)
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try server.control("busy452")
    #expect(try worker.runOnce { site.now }.sent == 0)
    #expect(try site.deliveries().first?.hasPrefix("1 pending 452") == true)
    try server.control("dropstored")
    site.pass(seconds: 10)
    #expect(try worker.runOnce { site.now }.sent == 0)
    try server.control("")
    site.pass(minutes: 2)
    #expect(try worker.runOnce { site.now }.sent == 1)
    let ids = try server.messages().compactMap { message in
      String(decoding: message, as: UTF8.self).split(separator: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
    }
    #expect(ids.count == 2 && Set(ids).count == 1)
  }

  private func address(_ email: String, _ site: Site) throws {
    try site.owner.run("UPDATE users SET email = \(email), email_key = \(email)")
  }

  @Test func anAddressThatIsRefusedTwiceIsWrittenToNoMore() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try address("refuse550@x.test", site)
    let server = try Sink("smtp_sink.py")
    let worker = try sink(site, server)
    _ = try ana.remind(nil, .high)
    site.pass(hours: 1)
    for (minutes, failed) in [(5, 1), (10, 1), (15, 0), (0, 0)] {
      #expect(try worker.runOnce { site.now }.failed == failed)
      site.pass(minutes: minutes)
    }
    #expect(try site.deliveries() == ["1 failed refused", "2 failed refused", "3 cancelled refused", "4 cancelled refused"])
    #expect(try site.count("SELECT count(*) FROM muted_addresses WHERE reason = 'refused' AND address = 'refuse550@x.test'") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'agent.off'") == 1)
    // No letter: it would go to the address that refuses. The page of agents tells it.
    #expect(try site.count("SELECT count(*) FROM account_mails") == 0)
    #expect(ana.get("/agents").text.contains("refuse550@x.test has refused our mail since"))
  }

  @Test func whoHasAnotherAddressByNowIsToldThere() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try address("refuse550@x.test", site)
    let server = try Sink("smtp_sink.py")
    let worker = try sink(site, server)
    for _ in 1...2 { _ = try ana.remind(nil, .low) }
    site.pass(hours: 1)
    try worker.cycle(site.now)
    try address("ok@x.test", site)
    #expect(try worker.runOnce { site.now }.letters == 1)
    let letter = String(decoding: try #require(try server.messages().first), as: UTF8.self)
    #expect(letter.contains("Heed cannot reach you by e-mail"))
    // The new address is not muted: it gets the second tier of both.
    site.pass(hours: 1)
    #expect(try worker.runOnce { site.now }.sent == 2)
  }

  /// A relay that denies us denies everybody: after it is mended, mail goes on.
  @Test(arguments: ["policy550", "reject554"])
  func aRefusalThatIsNotAboutTheAddressSwitchesNothingOff(word: String) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    let worker = try sink(site, server)
    func fail(_ word: String, _ count: Int) throws -> Worker.Tally {
      try server.control(word)
      let ids = try (0..<count).map { _ in try ana.remind(nil, .low) }
      site.pass(hours: 1)
      defer { for id in ids { _ = try? ana.desk(id) { try $0.complete() } } }
      return try worker.runOnce { site.now }
    }
    #expect(try fail(word, 3).failed == 3)
    #expect(try fail("refuse550", 1).failed == 1)
    #expect(try fail("", 1).sent == 1)
    #expect(try fail("refuse550", 1).failed == 1)
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == 0)
  }

  @Test func aWorkerThatDiesIsTakenOverOnceItsLeaseIsOver() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try server.control("hang")
    var dead: Worker? = try sink(site, server)
    try dead?.cycle(site.now)
    dead = nil
    #expect(try site.deliveries() == ["1 sending "])
    try server.control("")
    let heir = try sink(site, server)
    #expect(try heir.runOnce { site.now } == Worker.Tally())
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second'")
    #expect(try heir.runOnce { site.now }.sent == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent' AND attempts = 2 AND fence = 2") == 1)
  }

  @Test func aLateResultOfAnOldLeaseChangesNothing() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try site.work()
    let message = try site.owner.row("SELECT \(OutboxMessage.columns) FROM outbox d", into: OutboxMessage.init)
    // Another worker has taken it up since.
    try site.owner.run("UPDATE outbox SET state = 'sending', fence = fence + 2")
    let transfer = OutboxTransfer(
      subject: .deliveries, channel: .email, message: try message.unwrapped, firstAt: site.now, address: "ana@x.test")
    let outcome = MailOutcome.permanent(MailReply(stage: .recipient, code: 550, enhanced: nil, text: "no"))
    #expect(try Outbox.write([OutboxResult(Judgement(outcome), transfer, site.now)], site.now, site.worker().bench) == 0)
    #expect(try site.deliveries() == ["1 sending kept"])
    #expect(site.workLogged == ["work.late_result"])
  }

  /// Answered while its mail was on its way, which the server then refuses for now: it is not tried again.
  @Test func anAnswerStopsTheNextAttempt() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    let worker = try sink(site, server)
    try server.control("busy452")
    let id = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try worker.cycle(site.now)
    #expect(try site.deliveries() == ["1 sending "])
    try ana.desk(id) { _ = try $0.acknowledge() }
    #expect(try worker.runOnce { site.now } == Worker.Tally())
    #expect(try site.deliveries() == ["1 pending 452"])
    site.pass(minutes: 1)
    try server.control("")
    #expect(try worker.runOnce { site.now } == Worker.Tally())
    #expect(try site.deliveries() == ["1 cancelled answered"])
    #expect(try server.messages().isEmpty)
  }

  @Test func resultsThatCannotBeWrittenAreKept() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    let worker = try sink(site, server)
    // Three are one slice of a claim: none has ended, and been written down, before the last is begun (CI once counted one of five there).
    for _ in 1...3 { _ = try ana.remind(nil, .low) }
    site.pass(hours: 1)
    try worker.cycle(site.now)
    #expect(worker.bench.tally["sent"] == 0 && worker.bench.outbound.transfers.underway.count == 3)
    for _ in 0..<600 where !worker.bench.outbound.transfers.underway.isEmpty { _ = worker.bench.outbound.transfers.wait(milliseconds: 50) }
    try worker.bench.db.run("SET lock_timeout = 200")
    try site.owner.transaction {
      try site.owner.run("LOCK TABLE outbox")
      let error = #expect(throws: PostgresError.self) { try worker.cycle(site.now) }
      #expect(error?.isTransient == true)
    }
    try worker.bench.db.run("RESET lock_timeout")
    #expect(try worker.runOnce { site.now } == Worker.Tally(fired: 0, steps: 0, sent: 3, failed: 0, letters: 0))
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent' AND attempts = 1") == 3)
    #expect(try server.messages().count == 3)
  }
}
