import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// A habit's reminder belongs to its date (RULES 5.19), with issue 9's hard case 16. Monday 4 January 2027, noon in São Paulo; it rings at 22:00.
@Suite struct HabitReminderTests: HabitRinging {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  // MARK: - Hard case 16

  @Test func `hard case 16: rung at 22:00, snoozed to 00:20, done by the link: yesterday is ticked`() throws {
    _ = try habit()
    #expect(try next == "01-04 22:00")
    try wait(until: "2027-01-04T22:00")
    #expect(try rung == ["active 2027-01-04"] && site.mails().count == 1)
    site.pass(minutes: 20)
    #expect(ana.post("/reminders/\(try reminder)/snoozes", ["until": "2 hours"]).status == 303)
    try wait(until: "2027-01-05T00:20")
    #expect(try rung == ["active 2027-01-04"])
    #expect(site.browser().get("/a/\(try link())").text.contains("Mon 4 Jan 2027"))
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"] && rung == ["completed 2027-01-04"])
    #expect(try next == "01-05 22:00")
    // Twice is once.
    #expect(try press().status == 303)
    #expect(try days.count == 1 && site.count("SELECT count(*) FROM audit_log WHERE action = 'habit.completed'") == 1)
  }

  @Test func `hard case 16: snoozed before it rang, over midnight: it rings for yesterday`() throws {
    _ = try habit()
    try wait(until: "2027-01-04T21:50")
    #expect(ana.post("/reminders/\(try reminder)/snoozes", ["until": "150 minutes"]).status == 303)
    try wait(until: "2027-01-05T00:10")
    #expect(try rung.isEmpty)
    try wait(until: "2027-01-05T00:20")
    #expect(try rung == ["active 2027-01-04"])
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"] && next == "01-05 22:00")
  }

  @Test func `hard case 16: a link pressed nine days later says so and ticks nothing, and so does the timeline`() throws {
    _ = try habit()
    try wait(until: "2027-01-04T22:00")
    try wait(until: "2027-01-13T12:00")
    let before = try rung
    let page = try press()
    #expect(page.status == 409 && page.text.contains("older than seven days"))
    let id = try site.text("SELECT id::text FROM escalations ORDER BY created_at LIMIT 1").unwrapped
    let answer = ana.post("/escalations/\(id)/completion")
    #expect(answer.status == 409 && answer.text.contains("It rang for Mon 4 Jan 2027. Only today and the seven days before"))
    #expect(try days.isEmpty && rung == before)
  }

  @Test func `hard case 16: the link of an earlier date ticks that date, and what rings for today goes on`() throws {
    _ = try habit()
    try wait(until: "2027-01-04T22:00")
    try wait(until: "2027-01-05T22:00")
    #expect(try rung == ["expired 2027-01-04", "active 2027-01-05"])
    #expect(site.browser().get("/a/\(try link())").text.contains("value=\"completion\""))
    #expect(try press(0, "acknowledgement").status == 409)
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"] && rung == ["completed 2027-01-04", "active 2027-01-05"])
    // And the eighth date, on the timeline.
    try wait(until: "2027-01-11T12:00")
    let id = try site.text("SELECT id::text FROM escalations WHERE habit_date = '2027-01-05'").unwrapped
    #expect(ana.post("/escalations/\(id)/completion").status == 303)
    #expect(try days.last == "2027-01-05 done page")
  }

  @Test func `hard case 16: ticked first, it never rings; skipped first, never; undone, it rings`() throws {
    let id = try habit()
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(try next == "01-05 22:00")
    try wait(until: "2027-01-04T22:30")
    #expect(try rung.isEmpty)
    try wait(until: "2027-01-05T12:00")
    #expect(ana.post("/habits/\(id)/skips", ["reason": "sick"]).status == 303)
    #expect(try next == "01-06 22:00")
    try wait(until: "2027-01-05T22:30")
    #expect(try rung.isEmpty)
    try wait(until: "2027-01-06T12:00")
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(ana.post("/habits/\(id)/completions/2027-01-06/deletion").status == 303)
    #expect(try next == "01-06 22:00")
    try wait(until: "2027-01-06T22:00")
    #expect(try rung == ["active 2027-01-06"])
  }

  @Test func `hard case 16: twenty of thirty pages do not silence it; the thirtieth does, and no link enters an amount`() throws {
    let id = try habit(["kind": "amount", "unit": "pages", "target": "30"])
    #expect(ana.post("/habits/\(id)/completions", ["amount": "20"]).status == 303)
    try wait(until: "2027-01-04T22:00")
    #expect(try rung == ["active 2027-01-04"])
    #expect(site.browser().get("/a/\(try link())").text.contains("href=\"/habits/\(id)\""))
    let press = try press()
    #expect(press.status == 303 && press.location == "/habits/\(id)")
    #expect(ana.post("/reminders/\(try reminder)/completion").location == "/habits/\(id)")
    #expect(try rung == ["active 2027-01-04"] && site.count("SELECT max(amount) FROM habit_days") == 20_000)
    #expect(ana.post("/habits/\(id)/completions", ["amount": "10"]).status == 303)
    #expect(try rung == ["completed 2027-01-04"] && timeline().contains("entered it on the habit itself, for Mon 4 Jan 2027"))
    #expect(try next == "01-05 22:00")
  }

  @Test func `hard case 16: archived meanwhile: cancelled, and the timeline says why; restored, it rings again`() throws {
    let id = try habit()
    try wait(until: "2027-01-04T22:00")
    #expect(ana.post("/habits/\(id)/archival").status == 303)
    #expect(try rung == ["cancelled 2027-01-04"] && timeline().contains("Ana put the habit into the archive: nothing rings."))
    #expect(try site.text("SELECT status FROM reminders") == "archived")
    #expect(try press().status == 409 && days.isEmpty)
    try wait(until: "2027-01-06T12:00")
    #expect(try rung.count == 1)
    #expect(ana.post("/habits/\(id)/restoration").status == 303)
    #expect(try site.text("SELECT status FROM reminders") == "active" && next == "01-06 22:00")
  }

  @Test func `hard case 16: per week with N reached it is silent until the next week, and so are months and sums`() throws {
    let id = try habit(["frequency": "per_week", "times_per_week": "2"])
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(try next == "01-05 22:00")
    try wait(until: "2027-01-05T22:00")
    #expect(try rung == ["active 2027-01-05"])
    // The second of the week, of another day: what rings ends.
    #expect(ana.post("/habits/\(id)/completions", ["date": "2027-01-04"]).status == 303)
    try wait(until: "2027-01-06T12:00")
    #expect(ana.post("/habits/\(id)/completions", ["date": "2027-01-06"]).status == 303)
    #expect(try rung == ["completed 2027-01-05"] && timeline().contains("the habit asks for no more"))
    #expect(try next == "01-11 22:00")
    try wait(until: "2027-01-10T22:30")
    #expect(try rung.count == 1)
    try wait(until: "2027-01-11T22:00")
    #expect(try rung.last == "active 2027-01-11")
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    let km = try habit(["kind": "amount", "unit": "km", "target": "10", "period": "month"])
    #expect(ana.post("/habits/\(km)/completions", ["amount": "10"]).status == 303)
    #expect(try site.text("SELECT next_at::date::text FROM reminders WHERE habit_id = \(km)::text::uuid") == "2027-02-02")
  }

  // MARK: - Dates

  @Test func `a time before the day's beginning rings that night, for the date before`() throws {
    try site.owner.run("UPDATE users SET day_start = 3")
    _ = try habit(["frequency": "specific_days", "day": "mon"], at: "01:30")
    #expect(try next == "01-05 01:30")
    try wait(until: "2027-01-05T01:30")
    #expect(try rung == ["active 2027-01-04"])
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"] && next == "01-12 01:30")
  }

  @Test func `a pause that begins by itself is silent, and what rings is called off by a pause of today`() throws {
    let id = try habit()
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-05", "until": "2027-01-08"]).status == 303)
    try wait(until: "2027-01-04T22:00")
    #expect(try rung == ["active 2027-01-04"] && next == "01-08 22:00")
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-04"]).status == 303)
    #expect(try rung == ["cancelled 2027-01-04"] && timeline().contains("paused the habit"))
    #expect(try next == "never")
    #expect(ana.post("/habits/\(id)/resumption").status == 303)
    #expect(try next == "01-08 22:00")
  }

  @Test func `an acknowledgement silences its date and no other`() throws {
    _ = try habit()
    try wait(until: "2027-01-04T22:00")
    #expect(try press(0, "acknowledgement").status == 303)
    try wait(until: "2027-01-05T21:59")
    #expect(try rung == ["acknowledged 2027-01-04"] && days.isEmpty)
    try wait(until: "2027-01-05T22:00")
    #expect(try rung == ["acknowledged 2027-01-04", "active 2027-01-05"])
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"] && rung == ["completed 2027-01-04", "active 2027-01-05"])
  }

  @Test func `of what a worker slept through the newest date rings and names the others; what was done meanwhile does not`() throws {
    let id = try habit()
    site.pass(hours: 3 * 24)
    #expect(ana.post("/habits/\(id)/completions", ["date": "2027-01-05"]).status == 303)
    try site.work()
    #expect(try rung == ["active 2027-01-06"])
    #expect(try site.text("SELECT reason || ' ' || missed FROM escalations") == "caught_up 1")
    #expect(try next == "01-07 22:00")
    site.pass(hours: 40 * 24)
    try site.work()
    #expect(try site.count("SELECT missed FROM escalations ORDER BY created_at DESC LIMIT 1") == 6)
  }

  @Test func `who travels is reminded by the clocks there, once for each date`() throws {
    _ = try habit()
    try wait(until: "2027-01-04T22:00")
    func move(_ zone: String) throws {
      let page = ana.get("/settings/profile")
      let version = try site.count("SELECT version FROM users")
      #expect(
        page.status == 200
          && ana.post("/settings/profile", ["display_name": "Ana", "timezone": zone, "version": "\(version)"]).status == 303)
    }
    // There it is not 22:00 yet, of the same date.
    try move("America/Los_Angeles")
    #expect(try site.text("SELECT to_char(next_at AT TIME ZONE 'America/Los_Angeles', 'MM-DD HH24:MI') FROM reminders") == "01-05 22:00")
    try move("Asia/Tokyo")
    #expect(try site.text("SELECT to_char(next_at AT TIME ZONE 'Asia/Tokyo', 'MM-DD HH24:MI') FROM reminders") == "01-05 22:00")
    #expect(try site.text("SELECT timezone FROM schedules") == "Asia/Tokyo")
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"])
  }
}
