import Foundation
import Net
import Testing

@testable import App
@testable import Domain

/// Mail servers that hang: other mail goes on, and what has not begun can still be withdrawn.
@Suite struct SlowMailTests {
  /// Two places; an answer counts as slow soon, and as lost only after minutes, longer than any test waits.
  private func worker(_ site: Site, _ sink: Sink, connecting: Int = 300_000, answering: Int = 300_000) throws -> Worker {
    var patience = SMTPPatience()
    (patience.slow, patience.connection, patience.command) = (200, connecting, 300_000)
    (patience.message, patience.crowdedCommand, patience.crowdedMessage) = (answering, 300_000, answering)
    return try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 2, patience: patience)))
  }

  /// Works until `isSo`, at most a minute; the site's clock stands still.
  private func work(_ worker: Worker, _ site: Site, until isSo: () throws -> Bool) throws -> Bool {
    let end = Date(timeIntervalSinceNow: 60)
    while try !isSo() {
      if Date() > end { return false }
      try worker.cycle(site.now)
      _ = worker.bench.outbound.transfers.wait(milliseconds: 50)
    }
    return true
  }

  private func count(_ state: String, _ user: ID<User>, _ site: Site) throws -> Int {
    try site.count("SELECT count(*) FROM outbox WHERE state = \(state) AND user_id = \(user)")
  }

  @Test(arguments: ["hangrcpt@x.test", "hang@x.test"])
  func onePersonsMailThatHangsHoldsUpNobodyElses(stalledUsers: String) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET email = \(stalledUsers), email_key = \(stalledUsers)")
    let other = try site.person("ok@x.test")
    let sink = try Sink("smtp_sink.py")
    let worker = try worker(site, sink)
    let due = site.now.advanced(hours: 1)
    for number in 0..<10 { _ = try ana.remind(.once(at: due), .low, title: "Stuck \(number)") }
    for number in 0..<10 { _ = try other.remind(.once(at: due.advanced(seconds: 1)), .low, title: "Good \(number)") }
    site.pass(hours: 2)
    #expect(try work(worker, site) { try count("sent", other.user, site) == 10 })
    // A few hang; the others were not even claimed, and an answer still reaches them.
    let hanging = try count("sending", ana.user, site)
    #expect((1...4).contains(hanging))  // People take turns: fewer, where the others were through sooner.
    #expect(try count("pending", ana.user, site) == 10 - hanging)
    let waiting: ID<Reminder> = try #require(
      try site.owner.value("SELECT reminder_id FROM outbox WHERE state = 'pending' AND user_id = \(ana.user) LIMIT 1"))
    try ana.desk(waiting) { _ = try $0.acknowledge() }
    #expect(try count("cancelled", ana.user, site) == 1)
  }

  @Test func noMoreIsClaimedThanCanBegin() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    try sink.control("hanggreeting")
    let worker = try worker(site, sink)
    for number in 0..<5 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    for _ in 0..<3 { try worker.cycle(site.now) }
    #expect(try count("sending", ana.user, site) == 2)
    try sink.control("")
    let ids: [ID<Reminder>] = try site.owner.rows(.init(column: "SELECT reminder_id FROM outbox WHERE state = 'pending'"))
    for id in ids { try ana.desk(id) { _ = try $0.complete() } }
    #expect(try work(worker, site) { try count("sent", ana.user, site) == 2 })
    #expect(try count("cancelled", ana.user, site) == 3)
    #expect(try sink.messages().count == 2)
  }

  @Test func aServerThatHungIsMetAgainAndNothingIsLost() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    try sink.control("hanggreeting")
    let worker = try worker(site, sink, connecting: 1_500)
    for number in 0..<8 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    #expect(try work(worker, site) { try site.count("SELECT count(*) FROM outbox WHERE state = 'pending' AND attempts = 1") >= 2 })
    // While no connection comes about, messages are not spent on trying.
    #expect(try site.count("SELECT count(*) FROM outbox WHERE attempts = 0") >= 5)
    try sink.control("")
    #expect(
      try work(worker, site) {
        site.pass(seconds: 1)
        return try count("sent", ana.user, site) == 8
      })
    #expect(try sink.messages().count == 8)
  }

  @Test func whatHungAfterTheMessageComesAgainUnderTheSameMessageID() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    try sink.control("hang")
    let worker = try worker(site, sink, answering: 300)
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    #expect(try work(worker, site) { try site.deliveries() == ["1 pending timeout"] })
    try sink.control("dropstored")
    site.pass(seconds: 10)
    #expect(try work(worker, site) { try sink.messages().count == 1 && site.deliveries() == ["1 pending broken"] })
    try sink.control("")
    site.pass(seconds: 60)
    #expect(try work(worker, site) { try site.deliveries() == ["1 sent 250"] })
    let ids = try sink.messages().compactMap { message in
      String(decoding: message, as: UTF8.self).split(separator: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
    }
    #expect(ids.count == 2 && Set(ids).count == 1)
  }

  @Test func aLeaseIsRenewedWhileItIsOurs() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    try sink.control("hang")
    let worker = try worker(site, sink)
    worker.bench.outbound.heartbeatMilliseconds = 0
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    #expect(try work(worker, site) { try !sink.log("hanging").isEmpty })
    func isLong() throws -> Bool {
      try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() + interval '1 second'")
      try worker.cycle(site.now)
      return try site.count("SELECT count(*) FROM outbox WHERE lease_until > clock_timestamp() + interval '10 seconds'") == 1
    }
    #expect(try isLong())
    try site.owner.run("UPDATE outbox SET fence = fence + 1")
    #expect(try !isLong())
  }
}
