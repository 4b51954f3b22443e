import Testing

@testable import App
@testable import Domain

/// What a series takes after it was answered, and while it sleeps (RULES 3.5, 3.6).
@Suite struct AnsweredSeriesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func newest() throws -> String {
    try site.text("SELECT id::text FROM escalations ORDER BY created_at DESC LIMIT 1").unwrapped
  }

  @Test(arguments: ["once", "0 9 * * *", "FREQ=DAILY"])
  func `a completed escalation cannot be snoozed, the series can`(typed: String) throws {
    let id =
      typed == "once"
      ? try ana.remind(["title": "A", "at": "2026-12-01T09:00"]) : try ana.remind(["title": "A", "schedule": "recurring", "cron": typed])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let page = "/escalations/\(try newest())"
    #expect(ana.post(page + "/completion").status == 303)
    let before = try site.fingerprint()
    #expect(ana.post(page + "/snoozes", ["until": "2 hours"]).status == 409)
    #expect(try site.fingerprint() == before)
    #expect(ana.get("/reminders/\(id)").fact("snoozed-until") == nil)
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 hours"]).status == (typed == "once" ? 409 : 303))
  }
}
