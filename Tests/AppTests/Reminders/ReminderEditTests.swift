import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct ReminderEditTests {
  private let site: Site
  private let ana: Browser
  private let id: String

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
  }

  @Test func `an edit keeps what was not sent and moves the next time`() throws {
    #expect(ana.get("/reminders/\(id)/edit").field("version", ofForm: "/reminders/\(id)") == "1")
    let page = ana.post("/reminders/\(id)", ["title": "Pay it", "at": "2026-12-02T09:00", "version": "1"])
    #expect(page.location == "/reminders/\(id)")
    #expect(try site.text("SELECT title || ' ' || importance || ' ' || version FROM reminders") == "Pay it medium 2")
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-12-02T09:00:00Z")
  }

  @Test(arguments: ["", "x", "-1", "1.0", "9223372036854775808", "2147483648", " 1"])
  func `a version that is none is a wrong form`(version: String) throws {
    let before = try site.fingerprint()
    #expect(ana.post("/reminders/\(id)", ["title": "B", "at": "2026-12-01T09:00", "version": version]).status == 422)
    #expect(ana.post("/reminders/\(id)", ["title": "B", "at": "2026-12-01T09:00"]).status == 422)
    #expect(try site.fingerprint() == before)
  }

  @Test func `a stale form shows what is stored and what was typed, and can be sent again`() throws {
    #expect(ana.post("/reminders/\(id)", ["title": "Somebody's", "at": "2026-12-01T09:00", "version": "1"]).status == 303)
    let before = try site.fingerprint()
    let page = ana.post("/reminders/\(id)", ["title": "Mine <now>", "at": "2026-12-05T09:00", "version": "1"])
    #expect(page.status == 409)
    for text in ["Somebody&#39;s", "Mine &lt;now&gt;", "2026-12-01T09:00", "2026-12-05T09:00"] {
      #expect(page.text.contains(text), "\(text)")
    }
    #expect(!page.text.contains("Mine <now>"))
    #expect(try site.fingerprint() == before)
    let again = try page.field("version", ofForm: "/reminders/\(id)").unwrapped
    #expect(ana.post("/reminders/\(id)", ["title": "Mine <now>", "at": "2026-12-05T09:00", "version": again]).status == 303)
  }

  @Test func `the preview of an edit still edits that reminder`() throws {
    let before = try site.fingerprint()
    let form = ana.get("/reminders/\(id)/edit")
    let hidden = try form.field("reminder", ofForm: "/reminders/\(id)").unwrapped
    let page = ana.post("/reminders/preview", ["title": "Pay it", "at": "2026-12-02T09:00", "version": "1", "reminder": hidden])
    #expect(page.status == 200)
    #expect(page.text.contains("Edit reminder"))
    #expect(page.form("/reminders") == nil)
    #expect(page.field("reminder", ofForm: "/reminders/\(id)") == id)
    #expect(page.text.contains("2026-12-02T09:00:00Z"))
    let wrong = ana.post("/reminders/preview", ["title": "", "at": "2026-12-02T09:00", "version": "1", "reminder": hidden])
    #expect(wrong.status == 422)
    #expect(wrong.field("version", ofForm: "/reminders/\(id)") == "1")
    #expect(try site.fingerprint() == before)
    let version = try page.field("version", ofForm: "/reminders/\(id)").unwrapped
    #expect(ana.post("/reminders/\(id)", ["title": "Pay it", "at": "2026-12-02T09:00", "version": version]).status == 303)
    // A preview does not make an old form a new one.
    let stale = ana.post("/reminders/preview", ["title": "Pay it", "at": "2026-12-03T09:00", "version": "1", "reminder": hidden])
    #expect(stale.field("version", ofForm: "/reminders/\(id)") == "1")
  }

  @Test func `the preview of an edit keeps a time that has passed and counts an interval on`() throws {
    site.now = site.now.advanced(days: 20)
    let passed = ana.post("/reminders/preview", ["title": "B", "at": "2026-12-01T09:00", "version": "1", "reminder": id])
    #expect(passed.status == 200)
    let series = try ana.remind(["title": "A", "schedule": "interval", "every_minutes": "60"])
    try site.owner.run(
      "UPDATE reminders SET last_at = \(site.now.advanced(minutes: -50)), next_at = \(site.now.advanced(minutes: 10)) WHERE id::text = \(series)"
    )
    let page = ana.post(
      "/reminders/preview", ["title": "A", "schedule": "interval", "every_minutes": "60", "version": "1", "reminder": series])
    #expect(page.text.contains("<time datetime=\"\(site.now.advanced(minutes: 10).iso)\""))
  }

  @Test func `the preview of somebody else's reminder is not there, as a missing one`() throws {
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    let missing = "0192f000-0000-7000-8000-000000000000"
    let pages = [id, missing, "x", "\u{0}"].map { bob.post("/reminders/preview", ["title": "A", "reminder": $0]) }
    for page in pages {
      #expect(page.status == 404)
      #expect(page.response.body == pages[1].response.body)
    }
    #expect(bob.post("/reminders/preview", ["title": "A", "reminder": ""]).status == 200)
  }

  @Test func `an unchanged time that has passed is accepted, a changed one is not`() throws {
    site.now = site.now.advanced(days: 20)
    #expect(ana.post("/reminders/\(id)", ["title": "B", "at": "2026-12-01T09:00", "version": "1"]).status == 303)
    #expect(ana.post("/reminders/\(id)", ["title": "B", "at": "2026-12-01T09:01", "version": "2"]).complaints == ["at"])
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
    try site.owner.run("UPDATE reminders SET open_since = NULL, escalation_state = 'expired', tier = NULL, tiers = NULL")
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
