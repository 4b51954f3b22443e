import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Several workers that find the same person's held mail at the same moment.
@Suite struct OneDigestTests {
  @Test func workersThatClaimAtOnceMakeOneDigest() throws {
    let world = try World()
    try world.db.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    world.now = try #require(Instant(iso: "2026-11-21T21:30:00Z"))
    for number in 1...60 { _ = try world.remind(nil, .low, title: "Number \(number)") }
    world.pass(hours: 1)
    #expect(try world.work().sent == 0)
    world.now = try #require(Instant(iso: "2026-11-22T07:00:00Z"))
    // A worker in the middle of its claim: it has taken the first slice of rows, and the transaction is open.
    let first = try world.worker()
    let second = try world.worker()
    var claimed = -1
    try first.db.transaction {
      let order = ClaimOrder(after: ID(high: 0, low: 0), now: world.now, stalledUsers: [], late: [])
      #expect(try first.db.rows(Query<Claimable>(order.rows(limit: 16))).count == 16)
      claimed = try second.claimDeliveries(world.now, limit: 16)
    }
    #expect(claimed == 0)
    _ = try second.runOnce { world.now }
    #expect(try world.mails().count == 1)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'sent'") == 60)
  }

  @Test func aPersonBeingClaimedHoldsUpNobodyElse() throws {
    let world = try World()
    let other = ID<User>.new(at: world.now)
    try world.addPerson(other, .new(at: world.now), "bob@x.test", "UTC", .english, true)
    for number in 1...20 { _ = try world.remind(nil, .low, title: "Number \(number)") }
    _ = try world.remind(nil, .low, title: "Bob's", of: other)
    world.pass(hours: 1)
    let (first, second) = (try world.worker(), try world.worker())
    _ = try first.inBatches(.fire, world.now)
    try first.db.transaction {
      let key: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('claim ' || \(world.user.text), 0))"
      try first.db.run(key)
      #expect(try second.claimDeliveries(world.now, limit: 16) == 1)
    }
    #expect(try world.mails().map { $0.contains("Bob's") } == [true])
    _ = try second.runOnce { world.now }
    #expect(try world.mails().count == 21)
  }
}
