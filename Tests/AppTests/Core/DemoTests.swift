import Postgres
import Testing

@testable import App
@testable import Domain

/// What `heed seed` makes.
@Suite struct DemoTests {
  @Test func theDemoAccountHasRemindersInEveryStateAndIsMadeOnce() throws {
    let site = try Site()
    let seed = DemoSeed(site.services, site.owner)
    #expect(try seed.run(at: site.now))
    #expect(try site.count("SELECT count(*) FROM reminders") == 14)
    #expect(try site.text("SELECT string_agg(DISTINCT status, ' ' ORDER BY status) FROM reminders") == "active archived completed snoozed")
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open AND state = 'active'") > 0)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") > 20)
    #expect(try site.mails().isEmpty)
    // The audit page reads in the order in which things happened.
    let entries: SQL = "SELECT at, lag(at) OVER (PARTITION BY account_id ORDER BY number) AS before FROM audit_log"
    #expect(try site.count("SELECT count(before) FROM (\(entries)) x") > 3)
    #expect(try site.count("SELECT count(*) FROM (\(entries)) x WHERE at < before") == 0)
    #expect(try !seed.run(at: site.now))
  }
}
