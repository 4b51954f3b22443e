import Postgres
import Testing

@testable import App
@testable import Domain

/// What changes under a ladder that something climbs, and the check that a form shows before it is saved.
@Suite struct ProfileChangeTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// A reminder that climbs a ladder, and rings.
  private func ring(_ ladder: String) throws -> ID<Reminder> {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-11-21T10:00", "profile": ladder])
    site.pass(hours: 1)
    try site.work()
    return try ID<Reminder>(id).unwrapped
  }

  private func timeline(_ id: ID<Reminder>) throws -> Page {
    let newest = try ana.newest(id).unwrapped
    return ana.get("/escalations/\(newest.id.text)")
  }

  @Test func `Hard case 2: an edit between two tiers leaves the plan as it was, and the timeline says so`() throws {
    let ladder = try ana.ladder()
    let id = try ring(ladder)
    #expect(try timeline(id).text.contains("Mine, version 1"))
    let edit: KeyValuePairs = ["name": "Ours", "tiers": "1", "tier_1_delay": "900", "tier_1_agent": "push", "version": "1"]
    #expect(ana.post("/profiles/\(ladder)", edit).status == 303)
    #expect(try timeline(id).text.contains("Started with Mine, version 1, edited since"))
    site.pass(minutes: 10)
    try site.work()
    #expect(try ana.state(id) == "active 2 0 1")
    #expect(try site.deliveries().map { $0.prefix(6) } == ["1 sent", "2 sent"])
    // The next run follows the ladder as it is then.
    #expect(ana.post("/reminders/\(id.text)/snoozes", ["until": "20 min"]).status == 303)
    site.pass(minutes: 21)
    try site.work()
    #expect(try timeline(id).text.contains("Ours, version 2"))
    #expect(try ana.newest(id).unwrapped.course.ladder.tiers.map(\.delayMinutes) == [900])
  }

  @Test func `Hard case 2: a ladder that is deleted between two tiers is climbed to its end, and the timeline says so`() throws {
    let (ladder, other) = (try ana.ladder(), try ana.ladder(["name": "Other", "tiers": "1", "tier_1_agent": "email"]))
    let id = try ring(ladder)
    #expect(ana.post("/profiles/\(ladder)/deletion", ["profile": other]).status == 303)
    #expect(try timeline(id).text.contains("Started with Mine, version 1, deleted since"))
    site.pass(minutes: 10)
    try site.work()
    #expect(try ana.state(id) == "active 2 0 1")
    #expect(try ana.reminder(id).profile.text == other)
  }

  @Test func `Hard case 2: by an agent that was switched off between two tiers nothing is told, and the timeline says so`() throws {
    let ladder = try ana.ladder()
    let id = try ring(ladder)
    #expect(ana.post("/agents/email").status == 303)
    #expect(ana.get("/profiles/\(ladder)/edit").facts("told") == ["1 email off", "2 email off"])
    site.pass(minutes: 10)
    try site.work()
    #expect(try site.deliveries().last == "2 cancelled switched_off")
    #expect(try timeline(id).text.contains("switched off"))
  }

  @Test func `a ladder that reminders, habits and channels use is deleted only for another, which they climb then`() throws {
    let ladder = try ana.ladder()
    let other = try ana.ladder(["name": "Other", "tiers": "1", "tier_1_agent": "email"])
    let reminder = try ana.remind(["title": "A", "profile": ladder])
    let habit = try ana.habit(["name": "Read", "preferred_time": "09:00", "reminder": "on", "profile": ladder])
    let page = ana.get("/profiles/\(ladder)/delete")
    #expect(page.status == 200 && page.text.contains("1 reminder, 1 habit"))
    let missing = "0192f000-0000-7000-8000-000000000000"
    for wrong in ["", ladder, missing, "x", "a\0"] {
      let refused = ana.post("/profiles/\(ladder)/deletion", ["profile": wrong])
      #expect(refused.status == 422 && refused.complaints == ["profile"], "\(wrong)")
    }
    #expect(ana.post("/profiles/\(ladder)/deletion").status == 422)
    #expect(try site.count("SELECT count(*) FROM profiles WHERE id::text = \(ladder)") == 1)
    let before = try site.count("SELECT version FROM reminders WHERE id::text = \(reminder)")
    #expect(ana.post("/profiles/\(ladder)/deletion", ["profile": other]).status == 303)
    #expect(try site.count("SELECT count(*) FROM profiles WHERE id::text = \(ladder)") == 0)
    #expect(try site.count("SELECT count(*) FROM reminders WHERE profile_id::text = \(other)") == 2)
    #expect(try site.count("SELECT version FROM reminders WHERE id::text = \(reminder)") == before + 1)
    #expect(try site.text("SELECT reminder_profile_id::text FROM habits WHERE id::text = \(habit)") == other)
    #expect(ana.get("/habits/\(habit)").text.contains("Other"))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'profile.deleted'") == 1)
    #expect(ana.post("/profiles/\(ladder)/deletion", ["profile": other]).status == 404)
    #expect(site.logged == [])
  }

  @Test func `a ladder that nothing uses is deleted without another`() throws {
    let ladder = try ana.ladder()
    #expect(ana.get("/profiles/\(ladder)/delete").text.contains("Nothing uses “Mine”."))
    #expect(ana.post("/profiles/\(ladder)/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM profiles WHERE preset IS NULL") == 0)
    #expect(ana.get("/profiles").text.contains("No profile of your own yet"))
    #expect(ana.get("/settings/audit").text.contains("Deleted the profile “Mine”."))
  }

  @Test func `a form is checked before it is saved, for now and for the middle of quiet hours`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    let fields: KeyValuePairs = [
      "nonce": "mine", "name": "B", "tiers": "3", "tier_1_agent": "email", "tier_2_delay": "60", "tier_2_agent": "sms",
      "tier_3_delay": "600", "tier_3_agent": "email",
    ]
    let page = ana.post("/profiles/preview", fields)
    #expect(page.status == 200 && page.field("nonce", ofForm: "/profiles") == "mine")
    #expect(page.fields(of: "/profiles").contains("tier_2_delay=60"))
    // From 02:30 the second takes the place of the first at 07:00; the third comes at 12:30.
    #expect(
      page.facts("told") == ["1 email told", "2 email told", "3 email told"] + ["1 email overtaken", "2 email held", "3 email told"])
    #expect(page.text.contains("datetime=\"2026-11-22T02:30:00Z\"") && page.text.contains("datetime=\"2026-11-22T12:30:00Z\""))
    #expect(!page.text.contains("they hold the whole ladder"))
    let short = ana.post("/profiles/preview", ["name": "B", "tiers": "1", "tier_1_agent": "email"])
    #expect(short.text.contains("In your quiet hours nobody is told before 07:00: they hold the whole ladder."))
    #expect(try site.count("SELECT count(*) FROM profiles WHERE preset IS NULL") == 0)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action LIKE 'profile.%'") == 0)
    #expect(!ana.get("/profiles/new").text.contains("Who would be told"))
  }

  @Test func `a button adds a tier and another takes the last one away, whatever else is wrong`() throws {
    func tiers(_ page: Page) -> [String] {
      page.fields(of: "/profiles").filter { $0.hasPrefix("tiers=") || $0.hasSuffix("delay=") || $0.contains("_delay=") }
    }
    let more = ana.post(
      "/profiles/preview", ["name": "", "tiers": "2", "tier_1_delay": "x", "tier_2_delay": "7", "tier_2_agent": "sms", "more": "on"])
    #expect(more.status == 200 && more.complaints.isEmpty)
    #expect(tiers(more) == ["tiers=3", "tier_1_delay=x", "tier_2_delay=7", "tier_3_delay=180"])
    #expect(more.fields(of: "/profiles").contains("tier_2_agent=sms"))
    let less = ana.post("/profiles/preview", ["tiers": "2", "tier_1_delay": "1", "tier_2_delay": "7", "less": "on"])
    #expect(tiers(less) == ["tiers=1", "tier_1_delay=1"])
    let eight = ana.post("/profiles/preview", ["tiers": "8", "more": "on"])
    #expect(tiers(eight).first == "tiers=8" && tiers(eight).count == 9 && !eight.text.contains("name=\"more\""))
    let one = ana.post("/profiles/preview", ["tiers": "1", "less": "on"])
    #expect(tiers(one).first == "tiers=1" && !one.text.contains("name=\"less\""))
    // Of one that is edited its version stays what it was.
    let id = try ana.ladder()
    let edited = ana.post("/profiles/preview", ["profile": id, "version": "1", "name": "Mine", "tiers": "2", "more": "on"])
    #expect(edited.field("version", ofForm: "/profiles/\(id)") == "1" && edited.fields(of: "/profiles/\(id)").contains("tiers=3"))
  }

  @Test func `what is said of ladders is said in Portuguese too`() throws {
    let bia = try site.person("bia@x.test", language: .portuguese)
    let id = try bia.ladder(["name": "Remédio", "tiers": "1", "tier_1_agent": "sms"])
    let page = bia.get("/profiles/\(id)/edit").text
    #expect(page.contains("Quem seria avisado") && page.contains("Você, por e-mail") && page.contains("Nível 1"))
    let urgent = try site.text("SELECT id::text FROM profiles WHERE user_id = \(bia.user) AND preset = 'urgent'").unwrapped
    #expect(bia.post("/profiles/\(urgent)/copy").status == 303)
    #expect(bia.get("/profiles").text.contains("Cópia de Urgente"))
  }
}
