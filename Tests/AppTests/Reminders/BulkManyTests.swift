import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Hundreds of ticked rows are written with as many statements as one. Each becomes what it would have become by itself.
@Suite struct BulkManyTests {
  private let site: Site
  private let ana: Browser
  /// Waiting, asleep, done, put away and ringing, 40 of each.
  private let ids: [String: [String]]

  private struct Kept: Sendable {
    let site: Site.Kept
    let ana: Browser.Kept
    let ids: [String: [String]]
  }

  /// Two hundred reminders by as many forms: once, and each test has a copy.
  private static let kept = Result<Kept, any Error> {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    var ids: [String: [String]] = [:]
    for kind in ["waiting", "asleep", "done", "away", "ringing"] {
      ids[kind] = try (0..<40).map { try ana.remind(["title": "\(kind) \($0)", "at": "2026-12-01T09:00"]) }
    }
    for id in ids["asleep"] ?? [] { #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 days"]).status == 303) }
    for id in ids["done"] ?? [] { #expect(ana.post("/reminders/\(id)/completion").status == 303) }
    for id in ids["away"] ?? [] { #expect(ana.post("/reminders/\(id)/archival").status == 303) }
    for id in ids["ringing"] ?? [] { #expect(ana.post("/reminders/\(id)/run").status == 303) }
    return Kept(site: try site.keep(), ana: ana.kept, ids: ids)
  }

  init() throws {
    let kept = try Self.kept.get()
    site = try Site(copying: kept.site)
    ana = Browser(site, kept.ana)
    ids = kept.ids
  }

  /// Sends all of them, and reads what the page says.
  private func bulk(_ action: String, _ more: [(String, String)] = []) throws -> String {
    site.now = site.now.advanced(seconds: 60)
    let fields = ids.values.joined().map { ("id", $0) } + [("action", action)] + more
    let body = ([("csrf", ana.token())] + fields).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    let answer = ana.post("/reminders/bulk", raw: Array(body.utf8))
    #expect(answer.status == 303)
    return ana.get("/reminders").text.components(separatedBy: "role=\"status\"").last?.components(separatedBy: "</p>").first ?? ""
  }

  private func audited(_ action: String) throws -> Int {
    try site.count("SELECT count(DISTINCT subject_id) FROM audit_log WHERE action = \(action) AND at = \(site.now)")
  }

  private func statuses() throws -> String? {
    try site.text(
      "SELECT string_agg(line, ' ') FROM (SELECT status || ' ' || count(*) AS line FROM reminders GROUP BY status ORDER BY 1) t")
  }

  @Test func `a snooze for all`() throws {
    let line = try bulk("snooze", [("until", "3 days")])
    #expect(line.contains("120 reminders were changed.") && line.contains("80 could not be changed"))
    #expect(try statuses() == "archived 40 completed 40 snoozed 120")
    #expect(try audited("reminder.snoozed") == 120)
    // The snooze before has ended, and one runs.
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time > \(site.now)") == 120)
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time <= \(site.now)") == 40)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE state = 'snoozed'") == 40)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'pending'") == 0)
    #expect(
      try site.count("SELECT count(DISTINCT escalation_id) FROM escalation_events WHERE kind = 'snoozed' AND actor_name = 'Ana'") == 40)
    #expect(try site.text("SELECT active || ' ' || snoozed || ' ' || completed || ' ' || archived FROM reminder_counts") == "0 120 40 40")
  }

  @Test func `all done`() throws {
    let line = try bulk("completion")
    #expect(line.contains("120 reminders were changed. 40 stayed as they were. 40 could not be changed"))
    #expect(try statuses() == "archived 40 completed 160")
    #expect(try audited("reminder.completed") == 120)
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time > \(site.now)") == 0)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 0)
  }

  @Test func `all put away, and again`() throws {
    #expect(try bulk("archival").contains("160 reminders were changed. 40 stayed as they were."))
    #expect(try statuses() == "archived 200")
    #expect(try audited("reminder.archived") == 160)
    let again = try bulk("archival")
    #expect(again.contains("Nothing was changed.") && !again.contains("stayed"))
    #expect(try audited("reminder.archived") == 0)
  }

  @Test func `Undo takes back what many became, and nothing that was so before or was changed since`() throws {
    let before = try statuses()
    for (action, ended) in [("completion", "reminder.reopened"), ("archival", "reminder.restored")] {
      site.now = site.now.advanced(seconds: 60)
      let at = site.now
      let fields = ["csrf=" + ana.token(), "action=" + action] + ids.values.joined().map { "id=" + $0 }
      #expect(ana.post("/reminders/bulk", raw: Array(fields.joined(separator: "&").utf8)).status == 303)
      #expect(try statuses() != before)
      let path = "/reminders/bulk/\(at.microseconds)/restoration"
      #expect(ana.get("/reminders").text.contains("\"\(path)\""))
      // One is changed once more.
      let one = try ids["waiting"].unwrapped[0]
      site.now = site.now.advanced(seconds: 1)
      #expect(ana.post("/reminders/\(one)/reopening").status == 303)
      #expect(try site.person("\(action)@x.test").post(path).status == 303)
      #expect(try statuses() != before)
      #expect(ana.post(path).status == 303)
      // What was asleep is awake: its snooze had ended.
      #expect(try statuses() == "active 120 archived 40 completed 40")
      #expect(try audited(ended) > 0)
      #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active' AND next_at <> '2026-12-01T09:00Z'") == 0)
      let after = try site.fingerprint()
      let says = ana.get("/reminders").text
      #expect(says.contains("reminders are back."))
      // What slept the first time does not sleep again, and this is said.
      #expect(says.contains("40 had been snoozed, and those snoozes are over.") == (action == "completion"))
      #expect(ana.post(path).status == 303 && ana.get("/reminders").text.contains("There was nothing to undo."))
      #expect(try site.fingerprint() == after)
    }
    for wrong in ["x", "-1", "01", "+1", "99999999999999999999"] { #expect(ana.post("/reminders/bulk/\(wrong)/restoration").status == 404) }
  }

  @Test func `one of somebody else among them changes none`() throws {
    let eve = try site.person("eve@x.test")
    let other = try eve.remind()
    let before = try site.fingerprint()
    let fields = ["csrf=" + ana.token(), "action=archival", "id=" + other] + (ids["waiting"] ?? []).map { "id=" + $0 }
    #expect(ana.post("/reminders/bulk", raw: Array(fields.joined(separator: "&").utf8)).status == 404)
    #expect(try site.fingerprint() == before)
  }
}
