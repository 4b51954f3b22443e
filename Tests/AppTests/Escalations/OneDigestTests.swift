import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Several workers that find the same person's held mail at the same moment.
@Suite struct OneDigestTests {
  @Test func workersThatClaimAtOnceMakeOneDigest() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    site.now = try #require(Instant(iso: "2026-11-21T21:30:00Z"))
    for number in 1...60 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    #expect(try site.work().sent == 0)
    site.now = try #require(Instant(iso: "2026-11-22T07:00:00Z"))
    // A worker in the middle of its claim: it has taken the first slice of rows, and the transaction is open.
    let first = try site.worker()
    let second = try site.worker()
    var claimed = -1
    try first.bench.db.transaction {
      let order = OutboxOrder(subject: .deliveries, after: ID(high: 0, low: 0), now: site.now, stalledUsers: [], late: [])
      #expect(try first.bench.db.rows(order.rows(limit: 16), into: OutboxCandidate.init).count == 16)
      claimed = try second.run("send", at: site.now)
    }
    #expect(claimed == 0)
    _ = try second.runOnce { site.now }
    #expect(try site.mails().count == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 60)
  }

  /// One by one is how messages are claimed when a batch fails.
  @Test func oneMessageIsNotTakenWhileAnotherWorkerClaimsOfThatPerson() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for number in 1...3 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    let (first, second) = (try site.worker(), try site.worker())
    try first.run("fire", at: site.now)
    let order = OutboxOrder(subject: .deliveries, after: ID(high: 0, low: 0), now: site.now, stalledUsers: [], late: [])
    let ids: [ID<OutboxMessage>] = try site.owner.rows(Query(column: "SELECT id FROM outbox"))
    func open() throws -> Int {
      try second.bench.db.transaction { try ids.count { try !second.bench.db.rows(order.only($0), into: OutboxCandidate.init).isEmpty } }
    }
    #expect(try open() == 3)
    let (taken, left) = try first.bench.db.transaction {
      (try first.bench.db.rows(order.rows(limit: 1), into: OutboxCandidate.init).count, try open())
    }
    #expect(taken == 1 && left == 0)
    #expect(try open() == 3)
  }

  @Test func aPersonBeingClaimedHoldsUpNobodyElse() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let other = try site.person("bob@x.test")
    for number in 1...20 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    _ = try other.remind(nil, .low, title: "Bob's")
    site.pass(hours: 1)
    let (first, second) = (try site.worker(), try site.worker())
    try first.run("fire", at: site.now)
    try first.bench.db.transaction {
      let key: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('claim ' || \(ana.user.text), 0))"
      try first.bench.db.run(key)
      #expect(try second.run("send", at: site.now) == 1)
    }
    #expect(try site.mails().map { $0.contains("Bob's") } == [true])
    _ = try second.runOnce { site.now }
    #expect(try site.mails().count == 21)
  }
}
