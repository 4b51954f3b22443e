import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct ReminderFormTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
  }

  private func stored(_ id: String) throws -> String? {
    try site.text(
      """
      SELECT concat_ws(' ', r.title, r.importance, r.status, p.preset, s.kind, s.timezone, to_char(s.at AT TIME ZONE 'UTC', 'MM-DD HH24:MI'),
        to_char(r.next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI'), s.cron, s.every_minutes, s.exclude_dates, s.exclude_weekends)
      FROM reminders r JOIN schedules s ON s.reminder_id = r.id JOIN profiles p ON p.id = r.profile_id WHERE r.id::text = \(id)
      """)
  }

  @Test(arguments: ["importance", "schedule"])
  func `a complaint about radio buttons is theirs`(field: String) throws {
    let page = ana.post("/reminders", ["title": "A", field: "odd"])
    #expect(page.status == 422)
    #expect(page.complaints == [field])
    let buttons = page.text.components(separatedBy: "<input type=\"radio\" name=\"\(field)\"").dropFirst().map { $0.prefix { $0 != ">" } }
    #expect(buttons.count >= 3)
    for button in buttons { #expect(button.contains("aria-invalid=\"true\" aria-describedby=\"\(field)-complaint\"")) }
    // The summary leads to them.
    #expect(page.text.contains("href=\"#\(field)\"") && page.text.contains("<fieldset class=\"group\" id=\"\(field)\""))
  }

  @Test func `a title alone is a reminder`() throws {
    site.now = site.now.advanced(minutes: 10)
    let id = try ana.remind(["title": "  Pay the rent "])
    // The next full hour that is at least an hour away, in one's own zone.
    #expect(try stored(id) == "Pay the rent medium active gentle once Europe/Berlin 11-21 11:00 11-21 11:00 {} f")
    let page = ana.get("/reminders/\(id)")
    #expect(page.status == 200)
    #expect(page.text.contains("role=\"status\""))
    #expect(page.fact("status") == "active")
    #expect(page.fact("next") == "2026-11-21T11:00:00Z")
    #expect(!ana.get("/reminders/\(id)").text.contains("role=\"status\""))
  }

  @Test func `without a time it rings at the next full hour that is an hour away`() throws {
    for (now, zone, at) in [
      ("2026-11-21T08:00:00Z", "UTC", "2026-11-21T09:00:00Z"), ("2026-11-21T08:00:00.000001Z", "UTC", "2026-11-21T10:00:00Z"),
      ("2026-11-21T08:20:00.5Z", "UTC", "2026-11-21T10:00:00Z"), ("2026-11-21T08:59:59Z", "UTC", "2026-11-21T10:00:00Z"),
      ("2026-11-21T22:30:00Z", "UTC", "2026-11-22T00:00:00Z"), ("1969-12-31T22:00:00.5Z", "UTC", "1970-01-01T00:00:00Z"),
      // A full hour is one of the person's clocks.
      ("2026-11-21T09:00:00Z", "Asia/Kolkata", "2026-11-21T10:30:00Z"), ("2026-11-21T09:30:00Z", "Asia/Kolkata", "2026-11-21T10:30:00Z"),
      ("2026-11-21T09:00:00Z", "Asia/Kathmandu", "2026-11-21T10:15:00Z"),
      // The clocks of Lord Howe skip from 02:00 to 02:30, those of Berlin from 02:00 to 03:00 and back from 03:00 to 02:00.
      ("2026-10-03T14:15:00Z", "Australia/Lord_Howe", "2026-10-03T16:00:00Z"),
      ("2027-03-28T00:00:00Z", "Europe/Berlin", "2027-03-28T01:00:00Z"),
      ("2026-10-24T23:30:00Z", "Europe/Berlin", "2026-10-25T01:00:00Z"),
    ] as [(String, String, String)] {
      let place: Comment = "\(now), \(zone), \(at)"
      let zone = try site.services.zones.zone(zone).unwrapped
      #expect(ScheduleFields.fullHour(after: try Instant(iso: now).unwrapped, zone).iso == at, place)
    }
  }

  @Test(arguments: [("low", "gentle"), ("medium", "gentle"), ("high", "urgent"), ("critical", "critical")])
  func `the profile follows importance`(importance: String, preset: String) throws {
    let id = try ana.remind(["title": "A", "importance": importance])
    #expect(try site.text("SELECT preset FROM profiles p JOIN reminders r ON r.profile_id = p.id WHERE r.id::text = \(id)") == preset)
  }

  @Test func `each kind keeps its own fields and ignores those of others`() throws {
    let cron = try ana.remind([
      "title": "A", "schedule": "recurring", "cron": "0 9 * * 1-5", "at": "nonsense", "every_minutes": "x", "timezone": "america/new_york",
      "exclude_dates": "2026-12-25\r\n2026-12-24", "exclude_weekends": "on",
    ])
    #expect(try stored(cron) == "A medium active gentle recurring America/New_York 11-23 14:00 0 9 * * 1-5 {2026-12-24,2026-12-25} t")
    let interval = try ana.remind(["title": "A", "schedule": "interval", "every_minutes": "1440", "cron": "nonsense", "at": "nonsense"])
    #expect(try stored(interval) == "A medium active gentle interval Europe/Berlin 11-22 09:00 1440 {} f")
    let once = try ana.remind([
      "title": "A", "at": "2027-01-01T09:00", "cron": "nonsense", "every_minutes": "0", "exclude_dates": "nonsense",
    ])
    #expect(try stored(once) == "A medium active gentle once Europe/Berlin 01-01 08:00 01-01 08:00 {} f")
  }

  @Test func `what is wrong is told beside its field, all at once, and nothing is stored`() throws {
    for (number, (fields, complaints))
      in ([
        ([], ["title"]), ([("title", "")], ["title"]), ([("title", " \t ")], ["title"]),
        ([("title", String(repeating: "é", count: 201))], ["title"]),
        ([("title", "a\nb")], ["title"]), ([("title", "a\u{2028}b")], ["title"]), ([("title", "a\u{85}b")], ["title"]),
        ([("title", "a\u{7F}")], ["title"]),
        ([("title", "A"), ("description", String(repeating: "é", count: 8_193))], ["description"]),
        ([("title", "A"), ("importance", "urgent")], ["importance"]), ([("title", "A"), ("importance", "High")], ["importance"]),
        ([("title", "A"), ("profile", "0192f000-0000-7000-8000-000000000000")], ["profile"]),
        ([("title", "A"), ("profile", "gentle")], ["profile"]),
        ([("title", "A"), ("timezone", "Mars/Olympus")], ["timezone"]), ([("title", "A"), ("timezone", "../UTC")], ["timezone"]),
        ([("title", "A"), ("schedule", "weekly")], ["schedule"]), ([("title", "A"), ("at", "tomorow")], ["at"]),
        ([("title", "A"), ("at", "2026-11-21T10:00")], ["at"]), ([("title", "A"), ("at", "2020-01-01T00:00")], ["at"]),
        ([("title", "A"), ("at", "2027-02-29T09:00")], ["at"]), ([("title", "A"), ("at", "2027-01-01T24:01")], ["at"]),
        ([("title", "A"), ("at", "2027-13-01")], ["at"]), ([("title", "A"), ("schedule", "recurring")], ["cron"]),
        ([("title", "A"), ("schedule", "recurring"), ("cron", "0 9 * *")], ["cron"]),
        ([("title", "A"), ("schedule", "recurring"), ("cron", "61 * * * *")], ["cron"]),
        ([("title", "A"), ("schedule", "recurring"), ("cron", "0 0 30 2 *")], ["cron"]),
        ([("title", "A"), ("schedule", "recurring"), ("cron", "0 9 * * 6"), ("exclude_weekends", "on")], ["cron"]),
        ([("title", "A"), ("schedule", "recurring"), ("cron", String(repeating: "0,", count: 250) + "0 9 * * *")], ["cron"]),
        ([("title", "A"), ("schedule", "interval")], ["every_minutes"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "0")], ["every_minutes"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "525601")], ["every_minutes"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "-5")], ["every_minutes"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "9223372036854775808")], ["every_minutes"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "٥")], ["every_minutes"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "5"), ("exclude_dates", "2026-13-01")], ["exclude_dates"]),
        ([("title", "A"), ("schedule", "interval"), ("every_minutes", "5"), ("exclude_dates", "25.12.2026")], ["exclude_dates"]),
        (
          [("title", ""), ("importance", "x"), ("timezone", "x"), ("schedule", "recurring"), ("cron", "x")],
          ["title", "importance", "cron", "timezone"]
        ),
      ] as [([(String, String)], [String])]).enumerated()
    {
      let place: Comment = "\(fields), \(complaints)"
      let before = try site.fingerprint()
      let page = ana.fill("/reminders/new", action: "/reminders", fields + [("nonce", "n\(number)")])
      #expect(page.status == 422, place)
      #expect(Set(page.complaints) == Set(complaints), place)
      let controls = page.text.components(separatedBy: "<").filter { $0.contains("aria-invalid=\"true\"") }
      for field in complaints { #expect(controls.contains { $0.contains("name=\"\(field)\"") }, "\(field)") }
      for control in controls { #expect(complaints.contains { control.contains("name=\"\($0)\"") }, "\(control)") }
      #expect(try site.fingerprint() == before, place)
      // The same nonce is still free.
      #expect(ana.post("/reminders", ["title": "B", "nonce": "n\(number)"]).status == 303, place)
    }
  }

  @Test func `the longest that fits is taken`() throws {
    let title = String(repeating: "é", count: 200)
    let id = try ana.remind([
      "title": title, "description": String(repeating: "é", count: 8_192), "schedule": "interval", "every_minutes": "525600",
    ])
    #expect(try site.count("SELECT length(title) FROM reminders WHERE id::text = \(id)") == 200)
  }

  @Test func `line ends become LF`() throws {
    let id = try ana.remind(["title": "A", "description": "a\r\nb\rc\n\r\nd"])
    #expect(try site.text("SELECT description FROM reminders WHERE id::text = \(id)") == "a\nb\nc\n\nd")
  }

  @Test func `a profile of somebody else is none`() throws {
    let bob = try site.person("bob@x.test", sharing: ana)
    let theirs = try site.text("SELECT id::text FROM profiles WHERE user_id = \(bob.user) LIMIT 1").unwrapped
    #expect(ana.post("/reminders", ["title": "A", "profile": theirs]).complaints == ["profile"])
  }

  @Test func `a time that the clocks skip is moved on and the page says so`() throws {
    let id = try ana.remind(["title": "A", "at": "2027-03-28T02:30"])
    #expect(try stored(id)?.contains("03-28 01:30 03-28 01:30") == true)
    #expect(ana.get("/reminders/\(id)").text.contains("The clocks skip the time you typed"))
  }

  @Test func `the same form twice makes one thing`() throws {
    let page = ana.get("/reminders/new")
    let nonce = try page.field("nonce", ofForm: "/reminders").unwrapped
    let first = ana.post("/reminders", ["title": "A", "nonce": nonce])
    let second = ana.post("/reminders", ["title": "A", "nonce": nonce])
    #expect(first.location == second.location)
    #expect(try site.count("SELECT count(*) FROM reminders") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'reminder.made'") == 1)
    #expect(ana.get("/reminders/new").field("nonce", ofForm: "/reminders") != nonce)
    // Somebody else's nonce is another one; none makes a new thing each time.
    let eve = try site.person("eve@x.test")
    #expect(eve.post("/reminders", ["title": "A", "nonce": nonce]).location != first.location)
    for _ in 0..<2 { ana.post("/reminders", ["title": "A"]) }
    #expect(try site.count("SELECT count(*) FROM reminders") == 4)
  }

  @Test func `the preview says in words when it rings, and stores nothing`() throws {
    let before = try site.fingerprint()
    let page = ana.post(
      "/reminders/preview", ["title": "Stand-up", "schedule": "recurring", "cron": "0 9 * * 1-5", "exclude_dates": "2026-11-24"])
    #expect(page.status == 200)
    #expect(page.text.contains("value=\"Stand-up\""))
    let times = page.text.components(separatedBy: "<time datetime=\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
    #expect(Array(times.prefix(2)) == ["2026-11-23T08:00:00Z", "2026-11-25T08:00:00Z"])
    #expect(times.count == 5)
    #expect(times == times.sorted())
    #expect(ana.post("/reminders/preview", ["title": "", "schedule": "recurring", "cron": "x"]).complaints == ["title", "cron"])
    #expect(try site.fingerprint() == before)
  }

  @Test func `the preview keeps what it needs to become a reminder`() throws {
    let page = ana.post("/reminders/preview", ["title": "A", "at": "2027-01-01T09:00", "nonce": "mine"])
    #expect(page.field("nonce", ofForm: "/reminders") == "mine")
  }
}
