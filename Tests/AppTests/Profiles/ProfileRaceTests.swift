import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// A ladder that is deleted while something is about to climb it.
@Suite struct ProfileRaceTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// What a post is answered that waits for what `holder` has done.
  private func post(_ path: String, _ fields: KeyValuePairs<String, String>, behind holding: (Connection) throws -> Void) throws -> Page {
    let (holder, watcher) = (try site.connection("heed_owner"), try Connection(url: Cluster.shared.get().url()))
    let ended = DispatchSemaphore(value: 0)
    nonisolated(unsafe) let browser = try Site(as: site, zoneinfo: "/usr/share/zoneinfo").visit(as: ana)
    let sent = fields
    nonisolated(unsafe) var page: Page?
    var hasBegun = false
    do {
      defer { if hasBegun { ended.wait() } }
      try holder.transaction {
        try holding(holder)
        Thread.detachNewThread {
          page = browser.post(path, sent)
          ended.signal()
        }
        hasBegun = true
        let waiting: SQL = """
          SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE a.datname = \(site.name) AND NOT l.granted
          """
        try #require(try until { try watcher.value(waiting, as: Int.self) == 1 })
      }
    }
    return try page.unwrapped
  }

  @Test func `a ladder that a reminder takes at the same moment is asked about again`() throws {
    let ladder = try ana.ladder()
    let id = try ana.remind()
    let page = try post("/profiles/\(ladder)/deletion", [:]) { holder in
      try holder.run("UPDATE reminders SET profile_id = \(ladder)::text::uuid WHERE id::text = \(id)")
    }
    #expect(page.status == 422 && page.complaints == ["profile"])
    #expect(try site.count("SELECT count(*) FROM profiles WHERE id::text = \(ladder)") == 1)
    #expect(site.logged.isEmpty)
  }

  @Test(arguments: ["/reminders", "/habits"])
  func `what takes a ladder that is deleted at the same moment is asked for another`(path: String) throws {
    let ladder = try ana.ladder()
    let fields: KeyValuePairs = [
      "title": "Pay the rent", "name": "Read", "at": "2026-11-21T10:00", "preferred_time": "09:00", "reminder": "on", "profile": ladder,
    ]
    let page = try post(path, fields) { holder in try holder.run("DELETE FROM profiles WHERE id::text = \(ladder)") }
    #expect(page.status == 422 && page.complaints == ["profile"], "\(page.status)")
    #expect(site.logged.isEmpty)
  }

  @Test func `a channel of the account that climbs another ladder by it says so in the log of all its members`() throws {
    let (ladder, other) = (try ana.ladder(), try ana.ladder(["name": "Other", "tiers": "1", "tier_1_agent": "email"]))
    let channel = try ana.channel(["name": "Shop", "type": "chat"]).id
    try site.owner.run("UPDATE channels SET profile_id = \(ladder)::text::uuid")
    #expect(ana.post("/profiles/\(ladder)/deletion", ["profile": other]).status == 303)
    let entries = try site.text(
      """
      SELECT string_agg(concat_ws(' ', subject, subject_id, user_id, payload::jsonb->>'profile'), ';') FROM audit_log WHERE action = 'channel.changed'
      """)
    #expect(entries == "channel \(channel) \(other)")
  }
}
