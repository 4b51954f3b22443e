import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Sign-ups of one address that meet: each on a connection of its own, all past the look at who has it before the first is stored.
@Suite struct SignUpRaceTests {
  private let site: Site

  init() throws { site = try Site() }

  /// Sends as many forms as there are passwords, and lets them go on once all wait to be stored.
  private func signUp(_ passwords: [String]) throws -> [Page] {
    let lock = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    nonisolated(unsafe) let browsers = try passwords.map { _ in try Site(as: site, zoneinfo: "/usr/share/zoneinfo").browser() }
    for browser in browsers { _ = browser.token() }
    nonisolated(unsafe) var pages = [Page?](repeating: nil, count: passwords.count)
    let (guarding, group) = (NSLock(), DispatchGroup())
    try lock.transaction {
      try lock.run("LOCK TABLE users IN SHARE MODE")
      for number in browsers.indices {
        group.enter()
        Thread.detachNewThread {
          let page = browsers[number].post("/sign-up", ["email": "ana@x.test", "password": passwords[number]])
          guarding.withLock { pages[number] = page }
          group.leave()
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == passwords.count })
    }
    group.wait()
    for browser in browsers { #expect(browser.site.logged.isEmpty) }
    return pages.compactMap { $0 }
  }

  @Test func `six of one person at once all lead in, to one account`() throws {
    let pages = try signUp([String](repeating: Site.password, count: 6))
    #expect(pages.map(\.status) == [Int](repeating: 303, count: 6))
    #expect(pages.allSatisfy { $0.location == "/" })
    #expect(try site.count("SELECT count(*) FROM users") == 1 && site.count("SELECT count(*) FROM accounts") == 1)
    #expect(try site.count("SELECT count(*) FROM web_sessions") == 6)
    #expect(try site.text("SELECT string_agg(kind, ' ') FROM account_mails") == "verification")
    let entries = try site.text("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log")
    #expect(entries == "account.made" + String(repeating: " session.opened", count: 5))
    let verdict = try AuditVerification.verify(site.services.keys, site.owner)
    #expect(verdict == .whole(rows: 6, accounts: 1))
  }

  @Test func `of two with different passwords one has the account, and the other is told beside the address`() throws {
    let pages = try signUp([Site.password, "another walrus altogether"])
    #expect(pages.map(\.status).sorted() == [303, 422])
    #expect(pages.first { $0.status == 422 }?.complaints == ["email"])
    #expect(try site.count("SELECT count(*) FROM users") == 1)
    #expect(try site.text("SELECT string_agg(kind, ' ' ORDER BY kind) FROM account_mails") == "sign_up verification")
  }
}
