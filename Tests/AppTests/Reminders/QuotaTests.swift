import Postgres
import Testing

@testable import App
@testable import Domain

/// A person keeps only so much; whoever reaches the bound reads what to do about it, and nothing is stored.
@Suite struct QuotaTests {
  @Test func `one reminder too many is refused beside the form, until another is deleted`() throws {
    let site = try Site(quota: Quota(reminders: 3, megabytes: 200))
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let ids = try (0..<3).map { try ana.remind(["title": "Number \($0)", "at": "2026-12-01T09:00"]) }
    // Put away is not gone.
    #expect(ana.post("/reminders/\(ids[0])/archival").status == 303)
    let before = try site.fingerprint()
    for nonce in ["one", "one", "two"] {
      let page = ana.post("/reminders", ["title": "One \"more\"", "at": "2026-12-01T09:00", "nonce": nonce])
      #expect(page.status == 422)
      #expect(page.complaints == ["title"])
      #expect(page.text.contains("You have 3 reminders") && page.text.contains("Delete some"))
      #expect(page.text.contains("value=\"One &quot;more&quot;\""))
    }
    #expect(try site.fingerprint() == before)
    // Others have their own, what is there can be edited, and a deleted one makes room.
    _ = try eve.remind()
    #expect(ana.post("/reminders/\(ids[1])", ["title": "Longer than it was", "at": "2026-12-01T09:00", "version": "1"]).status == 303)
    #expect(ana.post("/reminders/\(ids[0])/deletion").status == 303)
    _ = try ana.remind(["title": "One more", "at": "2026-12-01T09:00", "nonce": "one"])
  }

  @Test func `a habit's reminder too many is refused beside its box, and the habit without it is not`() throws {
    let site = try Site(quota: Quota(reminders: 1, megabytes: 200))
    let ana = try site.person("ana@x.test")
    let reminder = try ana.remind(["title": "One", "at": "2026-12-01T09:00"])
    let fields: KeyValuePairs = ["name": "Read", "reminder": "on", "preferred_time": "22:00", "version": "1"]
    let made = ana.post("/habits", fields)
    #expect(made.status == 422 && made.complaints == ["reminder"] && made.text.contains("You have 1 reminders"))
    #expect(try site.count("SELECT count(*) FROM habits") == 0)
    let id = try ana.habit(["name": "Read"])
    let edited = ana.post("/habits/\(id)", fields)
    #expect(edited.status == 422 && edited.complaints == ["reminder"])
    #expect(try site.count("SELECT count(*) FROM reminders") == 1 && site.count("SELECT version FROM habits") == 1)
    #expect(ana.post("/reminders/\(reminder)/deletion").status == 303)
    #expect(ana.post("/habits/\(id)", fields).status == 303)
    // One that it has already is no new one.
    #expect(ana.post("/habits/\(id)", ["name": "Write", "reminder": "on", "preferred_time": "21:00", "version": "2"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders") == 1 && site.logged.isEmpty)
  }

  @Test func `a deadline's reminder too many is refused, of what was written into the inbox too`() throws {
    let site = try Site(quota: Quota(reminders: 1, megabytes: 200))
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(["title": "One", "at": "2026-12-01T09:00"])
    let item = try ana.capture("Tax")
    let fields: KeyValuePairs = ["kind": "deadline", "title": "Tax", "due": "2026-12-01 09:00", "remind": "1 day before"]
    for path in ["/deadlines", "/inbox/\(item)/triage"] {
      let page = ana.post(path, fields)
      #expect(page.status == 422 && page.text.contains("You have 1 reminders"), "\(path)")
    }
    #expect(try site.count("SELECT count(*) FROM deadlines") == 0 && site.count("SELECT count(*) FROM reminders") == 1)
    // Nor does one come back with it, by itself or with its task, nor is it made where its deadline is put later.
    let reminder = try site.text("SELECT id::text FROM reminders").unwrapped
    #expect(ana.post("/reminders/\(reminder)/deletion").status == 303)
    let task = try ana.task(["title": "File it"])
    let due: KeyValuePairs = ["title": "Tax", "due": "2026-12-01 09:00", "remind": "1 day before", "task": task]
    let deadline = try ana.deadline(due)
    #expect(ana.post("/tasks/\(task)/deletion").status == 303)
    _ = try ana.remind(["title": "Two", "at": "2026-12-01T09:00"])
    let full = ana.post("/trash/task/\(task)/restoration", ["reminders": "on"])
    #expect(full.status == 409 && full.text.contains("You have 1 reminders") && ana.get("/tasks/\(task)").status == 404)
    #expect(ana.post("/trash/task/\(task)/restoration").status == 303)
    #expect(ana.post("/deadlines/\(deadline)/deletion").status == 303)
    #expect(ana.post("/trash/deadline/\(deadline)/restoration", ["reminders": "on"]).status == 409)
    #expect(ana.post("/trash/deadline/\(deadline)/restoration").status == 303)
    let later = ana.post("/deadlines/\(deadline)/extension", ["due": "2026-12-05 09:00", "reason": "Ill"])
    #expect(later.status == 422 && later.complaints == ["due"] && later.text.contains("You have 1 reminders") && later.text.contains("Ill"))
    #expect(try site.count("SELECT count(*) FROM deadline_extensions") == 0 && site.count("SELECT count(*) FROM reminders") == 1)
    #expect(site.logged.isEmpty)
  }

  @Test func `texts beyond the bound are refused, shorter ones are not`() throws {
    let site = try Site(quota: Quota(reminders: 1_000, megabytes: 1))
    let ana = try site.person("ana@x.test")
    let text = String(repeating: "é", count: 8_000)
    func post(_ target: String, _ description: String, _ version: String = "1") -> Page {
      ana.post(target, ["title": "T", "description": description, "at": "2026-12-01T09:00", "version": version])
    }
    // 16,001 bytes each.
    for _ in 0..<62 { #expect(post("/reminders", text).status == 303) }
    let last = try site.text("SELECT id::text FROM reminders ORDER BY id DESC LIMIT 1").unwrapped
    let before = try site.fingerprint()
    let refused = post("/reminders", text)
    #expect(refused.status == 422)
    #expect(refused.complaints == ["description"])
    #expect(refused.text.contains("1 megabytes of text") && refused.text.contains(text))
    #expect(try site.fingerprint() == before)
    let rest = String(repeating: "x", count: 1_000_000 - 62 * 16_001 - 1)
    #expect(post("/reminders", rest + "x").status == 422)
    #expect(post("/reminders", rest).status == 303)
    #expect(post("/reminders/\(last)", text + "x").status == 422)
    #expect(post("/reminders/\(last)", text).status == 303)
    #expect(post("/reminders/\(last)", "short", "2").status == 303)
    #expect(post("/reminders", rest).status == 303)
  }

  @Test func `the bytes are counted right whatever is done`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let ids = try (0..<4).map { try ana.remind(["title": "é\($0)", "description": "a text of \($0)", "at": "2026-12-01T09:00"]) }
    _ = try eve.remind()
    ana.post("/reminders/\(ids[0])", ["title": "Other", "description": "", "at": "2026-12-01T09:00", "version": "1"])
    ana.post("/reminders/\(ids[1])/completion")
    ana.post("/reminders/\(ids[2])/snoozes", ["until": "2 days"])
    ana.post("/reminders/\(ids[3])/deletion")
    try site.owner.run("UPDATE reminders SET description = repeat('x', 300) WHERE status = 'snoozed'")
    let wrong = try site.count(
      """
      SELECT count(*) FROM users u JOIN reminder_counts c ON c.user_id = u.id LEFT JOIN LATERAL (
        SELECT sum(octet_length(title) + octet_length(description)) AS bytes FROM reminders WHERE user_id = u.id
      ) r ON true WHERE c.bytes IS DISTINCT FROM coalesce(r.bytes, 0)
      """)
    #expect(wrong == 0)
    #expect(try site.count("SELECT bytes::int FROM reminder_counts WHERE user_id = \(ana.user)") > 300)
  }
}
