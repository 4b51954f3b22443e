import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Workers that end, or stand still for longer than their lease, at each step of a message.
@Suite struct WebhookKilledTests {
  enum Moment: CaseIterable {
    case beforeClaim, afterClaim, afterSending, resumed
  }

  @Test(arguments: Moment.allCases)
  func `Hard case 16: nothing is lost, what is sent twice has one id, and a result that comes late is refused`(_ moment: Moment) throws {
    let hooked = try Hooked()
    let site = hooked.site
    _ = try hooked.ana.remind(nil, .low)
    site.pass(hours: 1)
    var first: Worker? = try site.worker()
    try first?.run("fire", at: site.now)
    #expect(try hooked.messages() == ["pending 0"])
    switch moment {
    case .beforeClaim: break
    case .afterClaim:
      // As a claim leaves it of which nothing has begun.
      try site.owner.run(
        """
        UPDATE outbox SET state = 'sending', fence = fence + 1, attempts = attempts + 1, lease_until = clock_timestamp() + interval '1 minute'
        """)
    case .afterSending, .resumed:
      try first?.run("send", at: site.now)
      let end = Date(timeIntervalSinceNow: 30)
      while try hooked.sink.log().isEmpty, Date() < end { _ = first?.bench.outbound.transfers.wait(milliseconds: 20) }
      #expect(try hooked.messages() == ["sending 1"])
    }
    if moment != .resumed { first = nil }
    let begun = try hooked.sink.log().count
    if moment != .beforeClaim {
      // It is somebody's until the lease is over.
      try site.work()
      #expect(try hooked.sink.log().count == begun)
      try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'")
    }
    try site.work()
    let ids = try hooked.sink.log().compactMap { ($0["headers"] as? [String: String])?["webhook-id"] }
    #expect(ids.count == begun + 1 && Set(ids).count == 1)
    if let first {
      let end = Date(timeIntervalSinceNow: 30)
      while !site.workLogged.contains("work.late_result"), Date() < end {
        _ = first.bench.outbound.transfers.wait(milliseconds: 20)
        try first.bench.writeEnded(site.now)
      }
    }
    #expect(site.workLogged.contains("work.late_result") == (moment == .resumed))
    #expect(try hooked.messages() == [moment == .beforeClaim ? "sent 1 200" : "sent 2 200"])
    #expect(try site.count("SELECT count(*) FROM outbox_attempts WHERE state = 'sent'") == 1)
  }
}
