import Foundation
import Testing

@testable import App
@testable import Domain

/// Times that a page shows and an edit keeps: those that will ring.
@Suite struct KeptTimeTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    site.now = try Instant(iso: "2026-11-21T12:00:00Z").unwrapped
  }

  private func time(_ page: Page, _ iso: String) -> Bool { page.text.contains("<time datetime=\"\(iso)\"") }

  @Test func `the page of an interval that has not rung lists the times that will ring, and an edit keeps them`() throws {
    let id = try ana.remind(["title": "Stretch", "schedule": "interval", "every_minutes": "60"])
    site.now = site.now.advanced(minutes: 30)
    for iso in ["13:00", "14:00", "15:00", "16:00", "17:00"] {
      #expect(time(ana.get("/reminders/\(id)"), "2026-11-21T\(iso):00Z"))
    }
    #expect(!ana.get("/reminders/\(id)").text.contains(":30:00Z"))
    let form: KeyValuePairs = [
      "title": "Stretch your back", "schedule": "interval", "every_minutes": "60", "exclude_dates": "2026-11-22", "reminder": id,
      "version": "1",
    ]
    #expect(time(ana.post("/reminders/preview", form), "2026-11-21T13:00:00Z"))
    #expect(ana.post("/reminders/\(id)", form).status == 303)
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-11-21T13:00:00Z")
    site.now = site.now.advanced(minutes: 30)
    try site.work()
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-11-21T14:00:00Z")
    // Another interval begins now.
    site.now = site.now.advanced(minutes: 10)
    #expect(ana.post("/reminders/\(id)", ["title": "A", "schedule": "interval", "every_minutes": "30", "version": "2"]).status == 303)
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-11-21T13:40:00Z")
  }

  @Test func `an interval that was a pattern before counts from the edit, on its page too`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "10 12 * * *"])
    site.now = site.now.advanced(minutes: 10)
    try site.work()
    site.now = site.now.advanced(minutes: 20)
    #expect(ana.post("/reminders/\(id)", ["title": "A", "schedule": "interval", "every_minutes": "60", "version": "1"]).status == 303)
    #expect(time(ana.get("/reminders/\(id)"), "2026-11-21T14:30:00Z"))
    site.now = site.now.advanced(minutes: 5)
    #expect(ana.post("/reminders/\(id)", ["title": "B", "schedule": "interval", "every_minutes": "60", "version": "2"]).status == 303)
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-11-21T13:30:00Z")
  }

  @Test func `a single time beyond five years is shown before and after it is saved`() throws {
    let preview = ana.post("/reminders/preview", ["title": "A", "at": "2033-05-01T10:00"])
    #expect(preview.status == 200 && time(preview, "2033-05-01T10:00:00Z") && !preview.text.contains("Nothing is planned."))
    let id = try ana.remind(["title": "A", "at": "2033-05-01T10:00"])
    let page = ana.get("/reminders/\(id)")
    #expect(page.fact("next") == "2033-05-01T10:00:00Z" && time(page, "2033-05-01T10:00:00Z") && !page.text.contains("Nothing is planned."))
  }
}
