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

  @Test(arguments: ["interval", "recurring"])
  func `a snooze over occurrences keeps telling the next one`(schedule: String) throws {
    site.now = try Instant(iso: "2026-11-21T10:00:00Z").unwrapped
    let id = try ana.remind(["title": "A", "schedule": schedule, "every_minutes": "60", "cron": "0 * * * *"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "in 5 hours"]).status == 303)
    for (minutes, next) in [(0, "11"), (60, "12"), (30, "12"), (90, "14")] {
      site.pass(minutes: minutes)
      try site.work()
      let page = ana.get("/reminders/\(id)")
      #expect(page.fact("snoozed-until") == "2026-11-21T15:00:00Z")
      #expect(page.fact("next") == "2026-11-21T\(next):00:00Z")
    }
    // A single one has had its time.
    let single = try ana.remind(["title": "B", "at": "2026-11-21T13:30"])
    #expect(ana.post("/reminders/\(single)/snoozes", ["until": "in 3 hours"]).status == 303)
    site.pass(minutes: 60)
    #expect(ana.get("/reminders/\(single)").fact("next") == nil)
  }

  @Test func `a series that has come to its end is completed with its last escalation, and opened again by Undo`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "FREQ=DAILY;COUNT=2"])
    for day in 1...2 {
      site.pass(hours: 24)
      try ana.openSession()
      try site.work()
      #expect(ana.post("/escalations/\(try newest())/completion").status == 303)
      #expect(ana.get("/reminders/\(id)").fact("status") == (day == 1 ? "active" : "completed"))
    }
    #expect(!ana.get("/reminders").text.contains("/reminders/\(id)"))
    #expect(ana.post("/reminders/\(id)/reopening").status == 303)
    #expect(ana.get("/reminders/\(id)").fact("status") == "active")
    // With nothing to answer, too: nothing more comes of it.
    #expect(ana.post("/reminders/\(id)/completion").status == 303)
    #expect(ana.get("/reminders/\(id)").fact("status") == "completed")
  }
}
