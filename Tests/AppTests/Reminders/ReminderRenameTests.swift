import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// When a reminder rings and where it stands after an edit that did not touch its schedule.
@Suite struct ReminderRenameTests {
  private let site: Site
  private let ana: Browser
  private let id: String

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
  }

  /// Opens the form, changes the title and sends it.
  private func rename() throws {
    let action = "/reminders/\(id)"
    let version = try ana.get(action + "/edit").field("version", ofForm: action).unwrapped
    #expect(ana.post(action, ["title": "Pay the rent now", "at": "2026-12-01T09:00", "version": version]).status == 303)
    #expect(try site.text("SELECT title FROM reminders") == "Pay the rent now")
  }

  @Test func `an edit loses nothing that is due and has not rung yet`() throws {
    let due = try site.text("SELECT next_at::text FROM reminders")
    site.now = try Instant(iso: "2026-12-01T09:00:05Z").unwrapped
    try rename()
    #expect(try site.text("SELECT next_at::text FROM reminders") == due)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 1)
  }

  @Test func `an edit of what has rung and waits leaves it where it was`() throws {
    site.now = try Instant(iso: "2026-12-01T09:00:05Z").unwrapped
    try site.work()
    try site.owner.run("UPDATE escalations SET state = 'expired', ended_at = \(site.now), next_step_at = NULL")
    try site.owner.run("UPDATE reminders SET sort_at = last_at")
    try rename()
    #expect(try site.text("SELECT (sort_at = last_at)::text FROM reminders") == "true")
    #expect(ana.get("/").text.contains("Pay the rent now"))
  }

  @Test func `an edit of a snoozed reminder leaves it where its snooze ends`() throws {
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "20 min"]).status == 303)
    let asleep = try site.text("SELECT snoozed_until::text FROM reminders")
    try rename()
    #expect(try site.text("SELECT snoozed_until::text FROM reminders") == asleep)
    #expect(try site.text("SELECT sort_at::text FROM reminders") == asleep)
  }

  @Test func `a list counts the tiers that the escalation climbs`() throws {
    site.now = try Instant(iso: "2026-12-01T09:00:05Z").unwrapped
    try site.work()
    #expect(ana.get("/reminders").text.contains("tier 1 of 3"))
    try site.owner.run("UPDATE profiles SET tiers = tiers || tiers")
    #expect(ana.get("/reminders").text.contains("tier 1 of 3"))
  }
}
