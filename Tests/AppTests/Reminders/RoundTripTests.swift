import Testing

@testable import App
@testable import Domain

/// What a change costs is how often the database is asked, each time from one process to another and back.
@Suite struct RoundTripTests {
  /// How often the database was asked while a form was posted that changed something.
  private func trips(_ site: Site, _ post: () -> Page) throws -> Int {
    let audited = try site.count("SELECT count(*) FROM audit_log")
    let before = site.web.roundTrips
    #expect(post().status == 303)
    let trips = site.web.roundTrips - before
    #expect(try site.count("SELECT count(*) FROM audit_log") == audited + 1)
    return trips
  }

  @Test func `a snooze asks the database four times, with a nonce, from the page and from the timeline`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    for path in ["/reminders/\(id)/snoozes", "/escalations/\(escalation)/snoozes"] {
      // Who asks, with the nonce; the rows, locked; what is written, with the end of the audit log; the entry, with the end.
      #expect(try trips(site) { ana.post(path, ["until": "2 hours", "nonce": path]) } == 4, "\(path)")
    }
    #expect(try site.count("SELECT count(*) FROM snoozes") == 2)
    #expect(try site.count("SELECT count(*) FROM idempotency_keys WHERE location <> ''") == 2)
    #expect(try trips(site) { ana.post("/reminders/\(id)/completion") } == 4)
  }
}
