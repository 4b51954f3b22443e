import Postgres
import Testing

@testable import App
@testable import Domain

/// A habit's reminder is one with its habit (RULES 5.19): made, changed, taken away and brought back there, and seen from both sides.
@Suite struct HabitReminderPageTests: HabitRinging {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  @Test func `the form says whether, when and how it rings; name, time and days move and rename it; off takes it away`() throws {
    let urgent = try site.text("SELECT id::text FROM profiles WHERE preset = 'urgent'").unwrapped
    #expect(ana.post("/habits", ["name": "Run", "reminder": "on"]).complaints == ["preferred_time"])
    #expect(ana.post("/habits", ["name": "Run", "reminder": "on", "preferred_time": "07:00", "profile": "x"]).complaints == ["profile"])
    let eve = try site.person("eve@x.test")
    let others = try site.text("SELECT id::text FROM profiles WHERE user_id = \(eve.user) LIMIT 1").unwrapped
    #expect(ana.post("/habits", ["name": "Run", "reminder": "on", "preferred_time": "07:00", "profile": others]).complaints == ["profile"])
    let id = try habit()
    #expect(isTicked(id))
    let page = ana.get("/habits/\(id)")
    #expect(page.text.contains("href=\"/reminders/\(try reminder)\"") && page.text.contains("At 22:00"))
    #expect(ana.get("/reminders/\(try reminder)").text.contains("href=\"/habits/\(id)\""))
    #expect(ana.get("/reminders").text.contains("href=\"/habits/\(id)\""))
    let fields: KeyValuePairs = [
      "name": "Walk", "reminder": "on", "preferred_time": "18:30", "profile": urgent, "frequency": "specific_days", "day": "wed",
    ]
    #expect(save(id, version: 1, fields).status == 303)
    #expect(try next == "01-06 18:30")
    #expect(
      try site.text("SELECT concat_ws(' ', r.title, p.preset, s.cron) FROM reminders r JOIN profiles p ON p.id = r.profile_id, schedules s")
        == "Walk urgent 30 18 * * 3")
    #expect(save(id, version: 2, ["name": "Walk", "preferred_time": "18:30"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    #expect(save(id, version: 3, ["name": "Walk", "preferred_time": "18:30", "reminder": "on"]).status == 303)
    #expect(try next == "01-04 18:30")
  }

  @Test func `its own page leads to the habit: no edit, no archive; deleted there, the habit stays without it`() throws {
    let id = try habit()
    let reminder = try reminder
    #expect(ana.get("/reminders/\(reminder)/edit").location == "/habits/\(id)/edit")
    #expect(ana.post("/reminders/\(reminder)", ["title": "X", "version": "1", "at": "2027-02-01T09:00"]).status == 409)
    #expect(ana.post("/reminders/\(reminder)/archival").status == 409)
    let bulk = ana.post("/reminders/bulk", ["id": reminder, "action": "archival"])
    #expect(try bulk.status == 303 && ana.get(bulk.location.unwrapped).text.contains("could not be changed"))
    #expect(ana.post("/reminders/\(reminder)/deletion").status == 303)
    #expect(ana.get("/habits/\(id)").status == 200 && !ana.get("/habits/\(id)").text.contains("/reminders/\(reminder)"))
    #expect(!isTicked(id))
  }

  @Test func `done in the list of reminders, one or many, ticks the date; before it rang, today`() throws {
    let id = try habit()
    #expect(ana.post("/reminders/\(try reminder)/completion").status == 303)
    #expect(try days == ["2027-01-04 done page"] && next == "01-05 22:00")
    try wait(until: "2027-01-05T22:00")
    try wait(until: "2027-01-06T00:30")
    #expect(ana.post("/reminders/bulk", ["id": try reminder, "action": "completion"]).status == 303)
    #expect(try days == ["2027-01-04 done page", "2027-01-05 done page"] && rung == ["completed 2027-01-05"])
    #expect(ana.get("/habits/\(id)").fact("current-streak") == "2")
  }

  @Test func `hard case 15: deletion takes it along, nowhere to be seen, and Undo brings everything back`() throws {
    let id = try habit()
    try wait(until: "2027-01-04T22:00")
    let (reminder, escalation) = (try reminder, try site.text("SELECT id::text FROM escalations").unwrapped)
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    #expect(try rung == ["cancelled 2027-01-04"])
    for place in ["/reminders/\(reminder)", "/escalations/\(escalation)", "/a/\(try link())"] {
      #expect(ana.get(place).status == 404, "\(place)")
    }
    for place in [
      "/reminders", "/reminders?status=all", "/reminders?status=archived", "/reminders?q=Read&status=all", "/escalations?state=all", "/",
    ] {
      let text = ana.get(place).text
      #expect(!text.contains(reminder) && !text.contains(escalation), "\(place)")
    }
    #expect(ana.post("/reminders/\(reminder)/run").status == 404)
    try wait(until: "2027-01-05T21:00")
    #expect(ana.post("/habits/\(id)/restoration").status == 303)
    #expect(ana.get("/escalations/\(escalation)").text.contains("deleted the habit"))
    #expect(try ana.get("/reminders").text.contains(reminder) && next == "01-05 22:00")
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"])
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    site.pass(hours: 49)
    try site.work()
    #expect(try site.count("SELECT (SELECT count(*) FROM reminders) + (SELECT count(*) FROM escalations)") == 0)
  }

  @Test func `hard case 15: undone on its date, what rang rings again; what was answered before or is skipped stays as it is`() throws {
    let id = try habit()
    try wait(until: "2027-01-04T22:00")
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    #expect(try rung == ["cancelled 2027-01-04"])
    try wait(until: "2027-01-04T22:05")
    let messages: SQL = "SELECT count(*) FROM outbox WHERE subject = 'escalation'"
    let sent = try site.count(messages)
    #expect(ana.post("/habits/\(id)/restoration").status == 303)
    #expect(try rung == ["active 2027-01-04"] && next == "01-05 22:00")
    #expect(try timeline().contains("deleted the habit") && timeline().contains("It rings again, from tier 1."))
    #expect(try ana.get("/escalations").text.contains(site.text("SELECT id::text FROM escalations").unwrapped))
    #expect(try site.count(messages) == sent + 1 && sent > 0)
    #expect(try press().status == 303)
    #expect(try days == ["2027-01-04 done link"] && rung == ["completed 2027-01-04"])
    for way in ["deletion", "restoration"] { #expect(ana.post("/habits/\(id)/\(way)").status == 303) }
    #expect(try rung == ["completed 2027-01-04"])
    // Put into the archive before it was deleted, it asks for nothing.
    try wait(until: "2027-01-05T22:00")
    for way in ["deletion", "restoration", "archival", "deletion", "restoration"] {
      #expect(ana.post("/habits/\(id)/\(way)").status == 303, "\(way)")
    }
    #expect(try rung.last == "cancelled 2027-01-05" && site.logged.isEmpty)
  }

  @Test func `what an import brings for its date silences it, and taken back it rings again`() throws {
    let id = try habit()
    func bring(_ date: String) throws -> String {
      try ana.confirmHabits(ana.sendHabits("habit,date\nRead,\(date)\n")).location.unwrapped
    }
    let place = try bring("2027-01-04")
    #expect(ana.get("/habits/\(id)").fact("done") == "true")
    #expect(try next == "01-05 22:00")
    #expect(ana.post(place + "/deletion").status == 303)
    #expect(try next == "01-04 22:00" && days.isEmpty)
    try wait(until: "2027-01-04T22:00")
    #expect(try rung == ["active 2027-01-04"])
    // What rings ends by it too.
    _ = try bring("2027-01-04")
    #expect(try rung == ["completed 2027-01-04"] && days == ["2027-01-04 done import"] && next == "01-05 22:00")
  }

  @Test func `rung by hand it is for today, and its own time comes all the same`() throws {
    _ = try habit()
    #expect(ana.post("/reminders/\(try reminder)/run").status == 303)
    #expect(try rung == ["active 2027-01-04"])
    try wait(until: "2027-01-04T22:00")
    #expect(try rung.last == "active 2027-01-04" && rung.count == 2)
  }

  @Test func `hard case 27: a stranger and a housemate learn nothing and change nothing`() throws {
    let id = try habit()
    try wait(until: "2027-01-04T22:00")
    let reminder = try reminder
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    for other in [try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .viewer)] {
      for place in ["/reminders/\(reminder)/completion", "/escalations/\(escalation)/completion", "/habits/\(id)/completions"] {
        #expect(other.post(place).status == 404, "\(place)")
      }
      #expect(other.get("/reminders/\(reminder)/edit").status == 404)
      let token = ActionLink(try ID<Escalation>(escalation).unwrapped, to: .user(other.user), sentAt: site.now).token(site.services.keys)
      #expect(site.browser().post("/a/\(token)", ["action": "completion"], csrf: false).status == 404)
    }
    #expect(try days.isEmpty && rung == ["active 2027-01-04"])
  }

  @Test func `Today shows a habit's reminder while it rings, and else leaves it to the habit`() throws {
    _ = try habit()
    #expect(!ana.get("/").text.contains("/reminders/\(try reminder)"))
    try wait(until: "2027-01-04T22:00")
    #expect(ana.get("/").text.contains("Read"))
  }
}
