import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What an edit does to a snooze: a new time rings, any other edit leaves the silence as it was.
@Suite struct SnoozedEditTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "UTC")
  }

  private func edit(_ id: String, _ fields: [String: String]) throws -> Page {
    let action = "/reminders/\(id)"
    let version = try ana.get(action + "/edit").field("version", ofForm: action).unwrapped
    let answer = ana.send(action, fields.merging(["title": "A", "version": version]) { first, _ in first })
    #expect(answer.location == action)
    return ana.get(action)
  }

  /// Whether it began to ring, or to ring again, in the worker's round at that time.
  private func rings(at time: String) throws -> Bool {
    site.now = try Instant(iso: time).unwrapped
    let before = try site.count("SELECT count(*) FROM escalation_timeline WHERE kind IN ('started', 'resumed')")
    try site.work()
    return try site.count("SELECT count(*) FROM escalation_timeline WHERE kind IN ('started', 'resumed')") > before
  }

  @Test(arguments: [
    ("2 days", "2026-11-22T09:00"), ("20 min", "2026-11-22T09:00"), ("tomorrow at 9", "2026-11-21T18:00"),
  ])
  func `a new time ends the snooze and rings, and nothing else does`(snooze: String, at: String) throws {
    let id = try ana.remind(["title": "A", "at": "2026-11-21T12:00"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": snooze]).status == 303)
    let page = try edit(id, ["at": at])
    #expect(page.text.contains("The snooze has ended."))
    #expect(page.fact("status") == "active")
    #expect(page.fact("next") == at + ":00Z")
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time > \(site.now.advanced(seconds: 1))") == 0)
    let early = try Instant(iso: at + ":00Z").unwrapped.advanced(seconds: -1)
    #expect(try !rings(at: early.iso))
    #expect(try rings(at: at + ":00Z"))
    #expect(try !rings(at: "2026-11-23T12:00:00Z"))
  }

  @Test func `what had rung and was put off is over with its old time`() throws {
    let id = try ana.remind(["title": "A", "at": "2026-11-21T12:00", "importance": "high"])
    #expect(try rings(at: "2026-11-21T12:00:00Z"))
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 hours"]).status == 303)
    #expect(try edit(id, ["at": "2026-11-21T18:00", "importance": "high"]).text.contains("The snooze has ended."))
    #expect(try site.text("SELECT state FROM escalations") == "cancelled")
    let old = try site.text("SELECT id::text FROM escalations").unwrapped
    #expect(ana.get("/escalations/\(old)").text.contains("chose a new time"))
    #expect(try !rings(at: "2026-11-21T14:00:00Z"))
    #expect(try rings(at: "2026-11-21T18:00:00Z"))
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 1)
  }

  @Test(arguments: [
    ["cron": "0 12 * * *", "timezone": "UTC"], ["cron": "0  12 * * *", "timezone": "UTC"],
    ["cron": "0 12 * * *", "timezone": "UTC", "exclude_dates": "2027-05-01"], ["cron": "0 12 * * *", "timezone": "Etc/UTC"],
    ["cron": "0 12 * * *", "timezone": "UTC", "title": "B", "importance": "critical"],
  ])
  func `an edit after which the same time comes next leaves the snooze`(fields: [String: String]) throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "0 12 * * *"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 days"]).status == 303)
    let page = try edit(id, fields.merging(["schedule": "recurring"]) { first, _ in first })
    #expect(!page.text.contains("The snooze has ended."))
    #expect(page.fact("status") == "snoozed")
    #expect(page.fact("snoozed-until") == "2026-11-23T09:00:00Z")
  }

  @Test(arguments: [
    ["cron": "0 13 * * *"], ["cron": "0 12 * * *", "timezone": "America/New_York"], ["cron": "0 12 * * *", "exclude_weekends": "on"],
    ["schedule": "interval", "every_minutes": "60"],
  ])
  func `an edit that moves a series ends the snooze`(fields: [String: String]) throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "0 12 * * *"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "9 days"]).status == 303)
    let page = try edit(id, fields.merging(["schedule": "recurring"]) { first, _ in first })
    #expect(page.text.contains("The snooze has ended."))
    #expect(try rings(at: page.fact("next").unwrapped))
  }

  @Test(arguments: [["title": "B"], ["exclude_dates": "2027-05-01"]])
  func `one that fell into the snooze is not the next time, so the snooze stays`(fields: [String: String]) throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "0 12 * * *"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 days"]).status == 303)
    site.now = try Instant(iso: "2026-11-22T15:00:00Z").unwrapped
    let page = try edit(id, fields.merging(["schedule": "recurring", "cron": "0 12 * * *"]) { first, _ in first })
    #expect(page.fact("status") == "snoozed")
    #expect(try rings(at: "2026-11-23T09:00:00Z"))
  }
}
