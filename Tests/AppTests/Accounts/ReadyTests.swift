import Foundation
import Net
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// What /readyz looks at.
@Suite struct ReadyTests {
  /// What can be due, each at the same instant.
  private static let due: [String: SQL] = [
    "a reminder": "UPDATE reminders SET next_at = '2026-11-21T09:00:00Z'",
    "a snooze's end": "UPDATE reminders SET status = 'snoozed', snoozed_until = '2026-11-21T09:00:00Z'",
    "a tier": "UPDATE escalations SET state = 'active', next_step_at = '2026-11-21T09:00:00Z'",
    "a question to be asked again": "UPDATE escalations SET state = 'acknowledged', again_at = '2026-11-21T09:00:00Z'",
    "a mail": "UPDATE outbox SET state = 'pending', due_at = '2026-11-21T09:00:00Z' WHERE subject = 'escalation'",
    "a mail that was held": "UPDATE outbox SET state = 'held', due_at = '2026-11-21T09:00:00Z'",
    "a mail that is taken up again and again": """
    UPDATE outbox SET state = 'sending', due_at = '2026-11-21T09:00:00Z', lease_until = clock_timestamp() - interval '1 second'
    """,
    "a letter that is taken up again and again": """
    UPDATE outbox SET state = 'sending', due_at = '2026-11-21T09:00:00Z', lease_until = clock_timestamp() - interval '1 second'
      WHERE subject = 'account'
    """,
    "a letter": "UPDATE outbox SET state = 'pending', due_at = '2026-11-21T09:00:00Z' WHERE subject = 'account'",
    "a request by address": "UPDATE account_mails SET user_id = NULL, kind = 'reset', created_at = '2026-11-21T09:00:00Z'",
  ]

  @Test(arguments: Array(due.keys))
  func `a site whose work has been waiting for five minutes says since when`(what: String) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "A", "at": "2027-01-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    try AccountMail.ask(.verification, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    // All is done but one thing.
    for statement: SQL in [
      "UPDATE outbox SET state = 'sent', sent_at = created_at",
      "UPDATE escalations SET next_step_at = '2027-01-01T09:00:00Z'",
    ] { try site.owner.run(statement) }
    site.now = site.now.advanced(minutes: 60)
    #expect(ana.get("/readyz").status == 200)
    try site.owner.run(try ReadyTests.due[what].unwrapped)
    site.now = try Instant(iso: "2026-11-21T09:04:59Z").unwrapped
    #expect(ana.get("/readyz").status == 200)
    site.now = site.now.advanced(seconds: 1)
    let page = site.browser().get("/readyz")
    #expect(page.status == 503)
    #expect(page.text.contains("2026-11-21T09:00:00Z"))
    #expect(page.header("X-Content-Type-Options") == "nosniff")
  }

  @Test func `what is being sent is late by when it was due, not by when it was taken up`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    try server.control("hang")
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    let due = site.now
    site.pass(minutes: 3)
    var dead: Worker? = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    try dead?.cycle(due)
    dead = nil
    #expect(site.readiness == "ready\n")
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second'")
    #expect(site.readiness == "ready\nlate: mail by 180 s\n")
    site.pass(minutes: 2)
    #expect(site.browser().get("/readyz").status == 503)
  }

  @Test func `a schema that is older, newer or another than the program's is told`() throws {
    let site = try Site()
    let migrator = try Migrator(folder: repository + "/migrations")
    let services = Services(
      origin: "https://heed.test", secret: Site.secret, zones: site.services.zones, assets: Assets(folder: nil), migrator: migrator)
    func ready() -> Response {
      Dispatcher(services) { _, _ in }.respond(to: Request(method: .get, target: Array("/readyz".utf8)), now: site.now, site.web)
    }
    #expect(ready().status == 200)
    for (statement, words) in [
      ("DELETE FROM schema_migrations WHERE number = 3", "0003_reminders"),
      ("UPDATE schema_migrations SET checksum = 'x' WHERE number = 2", "0002"),
      ("INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (9999, 'later', 'x', '2026-11-21')", "later"),
    ] as [(SQL, String)] {
      try changed(site, statement) {
        #expect(ready().status == 503)
        #expect(String(decoding: ready().body, as: UTF8.self).contains(words))
      }
    }
  }

  /// Changes `schema_migrations` for the time of a test.
  private func changed(_ site: Site, _ change: SQL, _ body: () -> Void) throws {
    try site.owner.run("CREATE TABLE kept AS TABLE schema_migrations")
    try site.owner.run(change)
    body()
    try site.owner.runAll(["DELETE FROM schema_migrations", "INSERT INTO schema_migrations TABLE kept", "DROP TABLE kept"])
  }
}

extension Site {
  /// What `/readyz` says about work: without its lines about zone data, which differ from machine to machine.
  var readiness: String {
    browser().get("/readyz").text.components(separatedBy: "\n").filter { !$0.hasPrefix("zone data ") }.joined(separator: "\n")
  }
}
