import Foundation
import Testing

@testable import App
@testable import Domain

/// A zone whose file is gone from the machine goes on by its newer name, else by the rule that was known last; never as another place's.
@Suite struct LostZoneTests {
  private let folder: ZoneFolder

  init() throws {
    folder = try ZoneFolder([
      "America/New_York": "America/New_York", "US/Eastern": "America/New_York", "Atlantis/Poseidonis": "America/New_York", "UTC": "UTC",
    ])
  }

  @Test(arguments: [nil, "America/New_York"] as [String?])
  func `an old name is read by the name that it has now, from the list or from our table`(target: String?) throws {
    try folder.remove("US/Eastern", linkedTo: target)
    try folder.release("2026y")
    let zones = try Zones(folder: folder.path)
    let zone = try zones.zone("us/eastern").unwrapped
    #expect(zone.name == "US/Eastern" && !zone.isLost)
    #expect(zone.offset(at: try Instant(iso: "2027-07-01T00:00:00Z").unwrapped) == -4 * 3_600)
    #expect(!zones.stored("US/Eastern", rule: "").isLost)
    #expect(zones.zone("Atlantis/None") == nil && zones.zone("") == nil && zones.zone("../UTC") == nil)
  }

  @Test func `links that lead in a circle lead nowhere`() throws {
    try folder.remove("US/Eastern", linkedTo: "Atlantis/Poseidonis")
    try folder.remove("Atlantis/Poseidonis", linkedTo: "US/Eastern")
    try folder.release("2026y")
    #expect(try Zones(folder: folder.path).zone("Atlantis/Poseidonis") == nil)
  }

  @Test func `a reminder in an old name rings at its hour`() throws {
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test", zone: "US/Eastern")
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "0 9 * * *"])
    try folder.remove("US/Eastern")
    try folder.release("2026y")
    let after = try Site(as: site, zoneinfo: folder.path)
    after.now = try Instant(iso: "2027-03-15T00:00:00Z").unwrapped
    try after.work()
    #expect(try after.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM reminders") == "03-15 13:00")
    let page = try after.visit(as: ana)
    #expect(!page.get("/").text.contains("no longer knows") && !page.get("/reminders/\(id)").text.contains("no longer knows"))
    #expect(page.get("/readyz").text.split(separator: "\n").count == 2)
    // It can be saved as it is.
    #expect(
      page.post("/reminders/\(id)", ["title": "B", "schedule": "recurring", "cron": "0 9 * * *", "timezone": "US/Eastern", "version": "1"])
        .status == 303)
  }

  @Test func `a zone of which nothing is known goes on by its last rule, and everybody concerned is told`() throws {
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test", zone: "Atlantis/Poseidonis")
    let bob = try site.person("bob@x.test")
    let daily = try ana.remind(["title": "Daily", "schedule": "recurring", "cron": "0 9 * * *"])
    let once = try ana.remind(["title": "Once", "at": "2027-07-01T09:00"])
    let done = try bob.remind(["title": "Done", "at": "2027-07-01T09:00", "timezone": "Atlantis/Poseidonis"])
    #expect(bob.post("/reminders/\(done)/completion").status == 303)
    try folder.remove("Atlantis/Poseidonis")
    try folder.release("2026y")
    let after = try Site(as: site, zoneinfo: folder.path)
    after.now = try Instant(iso: "2027-06-30T00:00:00Z").unwrapped
    try after.work()  // What was due while nobody worked rings now, the next one at its hour.
    #expect(
      try after.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM reminders WHERE title = 'Daily'") == "06-30 13:00")
    #expect(
      try after.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM reminders WHERE title = 'Once'") == "07-01 13:00")

    let (anas, bobs) = (try after.visit(as: ana), try after.visit(as: bob))
    let today = anas.get("/").text
    #expect(today.contains("no longer knows your time zone, Atlantis/Poseidonis") && today.contains("href=\"/settings/profile\""))
    #expect(today.contains("“Daily” is in the time zone Atlantis/Poseidonis") && today.contains("href=\"/reminders/\(daily)/edit\""))
    #expect(anas.get("/reminders/\(once)").text.contains("no longer knows the time zone Atlantis/Poseidonis"))
    #expect(anas.get("/reminders/\(once)").text.contains("2027-07-01T13:00:00Z"))
    #expect(anas.get("/settings/profile").text.contains("no longer knows your time zone"))
    // A process that has the zone in memory from before says so too.
    site.now = after.now
    let early = try site.visit(as: ana)
    for (path, sentence) in [
      ("/", "no longer knows your time zone"), ("/settings/profile", "no longer knows your time zone"),
      ("/reminders/\(once)", "no longer knows the time zone Atlantis/Poseidonis"),
      ("/reminders/\(once)/edit", "no longer knows the time zone Atlantis/Poseidonis"),
      ("/reminders/new", "no longer knows the time zone Atlantis/Poseidonis"),
    ] {
      #expect(early.get(path).text.contains(sentence), "\(path)")
    }
    #expect(!bobs.get("/").text.contains("no longer knows"))
    let ready = bobs.get("/readyz")
    #expect(ready.status == 200 && ready.text.hasPrefix("ready\nzone data 2026y"))
    #expect(ready.text.contains("zone Atlantis/Poseidonis is not known here (reminders: 2, people: 1)"))

    // An edit asks for a zone that is known, and then all is well.
    let fields: KeyValuePairs = ["title": "Once", "at": "2027-07-01T09:00", "timezone": "Atlantis/Poseidonis", "version": "1"]
    #expect(anas.post("/reminders/\(once)", fields).complaints == ["timezone"])
    #expect(anas.post("/reminders/\(once)", ["title": "Once", "at": "2027-07-01T09:00", "timezone": "UTC", "version": "1"]).status == 303)
    #expect(
      try after.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM reminders WHERE title = 'Once'") == "07-01 09:00")
    #expect(bobs.get("/readyz").text.contains("(reminders: 1, people: 1)"))
    // What is made without naming a zone goes by the same rule.
    #expect(anas.post("/reminders", ["title": "New", "at": "2027-07-02T09:00"]).status == 303)
    #expect(
      try after.text(
        "SELECT to_char(next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') || zone_lost FROM reminders JOIN schedules ON reminder_id = id WHERE title = 'New'"
      ) == "07-02 13:00true")
  }

  @Test func `quiet hours in a lost zone end by its last rule`() throws {
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test", zone: "Atlantis/Poseidonis")
    let id = try ana.remind(["title": "A", "at": "2027-07-01T09:00"])
    try site.owner.run("UPDATE users SET quiet_from = 75600, quiet_until = 25200")  // 21:00 to 07:00
    try folder.remove("Atlantis/Poseidonis")
    try folder.release("2026y")
    let after = try Site(as: site, zoneinfo: folder.path)
    after.now = try Instant(iso: "2026-11-22T03:00:00Z").unwrapped  // 22:00 there
    #expect(try after.visit(as: ana).post("/reminders/\(id)/run").status == 303)
    try after.work()
    #expect(try after.count("SELECT count(*) FROM outbox WHERE state = 'held' AND due_at = '2026-11-22T12:00Z'") == 1)
  }

  @Test func `a file that comes back is read again and nobody is warned any more`() throws {
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test", zone: "Atlantis/Poseidonis")
    _ = try ana.remind(["title": "Daily", "schedule": "recurring", "cron": "0 9 * * *"])
    try folder.remove("Atlantis/Poseidonis")
    try folder.release("2026y")
    try Site(as: site, zoneinfo: folder.path).work()
    #expect(try site.count("SELECT count(*) FROM schedules s JOIN users u ON u.id = s.user_id WHERE s.zone_lost AND u.zone_lost") == 1)
    // It comes back with other clocks than it had.
    let back = try ZoneFolder(["Atlantis/Poseidonis": "America/Chicago", "UTC": "UTC"], version: "2026y")
    let after = try Site(as: site, zoneinfo: back.path)
    try after.work()
    #expect(try site.count("SELECT count(*) FROM schedules s JOIN users u ON u.id = s.user_id WHERE s.zone_lost OR u.zone_lost") == 0)
    #expect(try site.text("SELECT zone_rule FROM users")?.hasPrefix("CST6CDT") == true)
    #expect(try site.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM reminders") == "11-21 15:00")
    #expect(try !after.visit(as: ana).get("/").text.contains("no longer knows"))
  }

  @Test func `a running worker notices within a day that a file has come back`() throws {
    try folder.remove("Atlantis/Poseidonis")  // The list still has the name.
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.recurring(try Cron("0 9 * * *")))
    try site.owner.run("UPDATE schedules SET timezone = 'Atlantis/Poseidonis', zone_rule = 'EST5', zone_version = ''")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM schedules WHERE zone_lost") == 1)
    try folder.put("Atlantis/Poseidonis", "America/Chicago")
    site.pass(hours: 24)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM schedules WHERE zone_lost") == 0)
    #expect(try ana.reminder(id).nextAt?.iso == "2026-11-22T15:00:00Z")
  }

  @Test func `what is old is told on the lines below ready`() throws {
    try folder.release("2025b", modified: Date(timeIntervalSince1970: 1_756_000_000))  // 24 August 2025
    let site = try Site(zoneinfo: folder.path)
    site.now = try Instant(iso: "2026-08-24T00:00:00Z").unwrapped
    #expect(site.browser().get("/readyz").text == "ready\nzone data 2025b\n")
    site.now = try Instant(iso: "2026-08-26T00:00:00Z").unwrapped
    let page = site.browser().get("/readyz")
    #expect(page.status == 200 && page.text.hasPrefix("ready\nzone data 2025b is more than a year old"))
  }
}
