import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Zone data that changes under the service moves whatever was meant as a time on the wall, and nothing else (RULES 1.7).
///
/// Lebanon's clocks go to summer time on 28 March 2027; then comes data without it.
@Suite struct ZoneChangeTests {
  private let folder: ZoneFolder
  private let site: Site
  private let ana: Browser

  init() throws {
    folder = try ZoneFolder(["Asia/Beirut": "Asia/Beirut", "UTC": "UTC"])
    site = try Site(zoneinfo: folder.path)
    ana = try site.person("ana@x.test", zone: "Asia/Beirut")
  }

  /// Summer time is given up; the service notices within the hour.
  private func giveUpSummerTime() throws {
    try folder.put("Asia/Beirut", "Etc/GMT-2")
    try folder.release("2026y")
    site.now = site.now.advanced(hours: 1)
    // By the machine's clock the file is older than a minute, or younger: then it has to stand still first.
    if !site.services.zones.refresh(at: site.now) {
      site.now = site.now.advanced(minutes: 1)
      #expect(site.services.zones.refresh(at: site.now))
    }
    // One that runs already would notice by itself, had it zones of its own.
    _ = try site.worker().runOnce { site.now }
  }

  private func rung() throws -> Int {
    try site.work()
    return try site.count("SELECT count(*) FROM escalations WHERE state = 'active'")
  }

  @Test func `a single time rings when the wall shows it`() throws {
    let id = try ana.remind(["title": "Flight", "at": "2027-03-30T09:00"])
    #expect(ana.get("/reminders/\(id)").fact("next") == "2027-03-30T06:00:00Z")
    try giveUpSummerTime()
    let page = ana.get("/reminders/\(id)")
    #expect(page.fact("next") == "2027-03-30T07:00:00Z" && page.text.contains("<time datetime=\"2027-03-30T07:00:00Z\""))
    #expect(ana.get("/reminders/\(id)/edit").text.contains("value=\"2027-03-30T09:00\""))
    site.now = try Instant(iso: "2027-03-30T06:59:59Z").unwrapped
    #expect(try rung() == 0)
    site.now = try Instant(iso: "2027-03-30T07:00:00Z").unwrapped
    #expect(try rung() == 1)
    #expect(try site.text("SELECT due_at::text FROM fired")?.hasPrefix("2027-03-30 07:00:00+00") == true)
  }

  @Test func `a single time that a process with newer data meets before it was moved does not ring early`() throws {
    let id = try ana.remind(["title": "Flight", "at": "2027-03-30T09:00"])
    try folder.put("Asia/Beirut", "Etc/GMT-2")
    try folder.release("2026y")
    site.now = try Instant(iso: "2027-03-30T06:00:00Z").unwrapped
    #expect(site.services.zones.refresh(at: site.now))
    #expect(try rung() == 0)
    try ana.openSession()
    #expect(ana.get("/reminders/\(id)").fact("next") == "2027-03-30T07:00:00Z")
    // Edited then, it keeps that time, too.
    try site.owner.run("UPDATE reminders SET next_at = '2027-03-30T06:00Z'")
    #expect(ana.post("/reminders/\(id)", ["title": "Train", "at": "2027-03-30T09:00", "version": "1"]).status == 303)
    #expect(ana.get("/reminders/\(id)").fact("next") == "2027-03-30T07:00:00Z")
    site.now = try Instant(iso: "2027-03-30T07:00:00Z").unwrapped
    #expect(try rung() == 1)
    site.now = site.now.advanced(days: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM fired") == 1)
  }

  @Test func `an edit keeps what was typed, also where the clocks skip it`() throws {
    // 28 March begins at 01:00 there.
    let id = try ana.remind(["title": "Midnight", "at": "2027-03-28T00:30"])
    #expect(ana.get("/reminders/\(id)").fact("next") == "2027-03-27T22:30:00Z")
    let form = ana.get("/reminders/\(id)/edit")
    #expect(form.text.contains("value=\"2027-03-28T00:30\""))
    let edit = ana.post("/reminders/\(id)", ["title": "Half past midnight", "at": "2027-03-28T00:30", "version": "1"])
    #expect(edit.status == 303 && ana.get("/reminders/\(id)").fact("next") == "2027-03-27T22:30:00Z")
    try giveUpSummerTime()
    #expect(try site.text("SELECT wall::text FROM schedules") == "2027-03-28 00:30:00")
    #expect(ana.get("/reminders/\(id)").fact("next") == "2027-03-27T22:30:00Z")
  }

  @Test func `one that was put away and is opened again after the change rings when the wall shows it`() throws {
    let id = try ana.remind(["title": "Flight", "at": "2027-03-30T09:00"])
    #expect(ana.post("/reminders/\(id)/archival").status == 303)
    try giveUpSummerTime()
    #expect(ana.post("/reminders/\(id)/reopening").status == 303)
    #expect(ana.get("/reminders/\(id)").fact("next") == "2027-03-30T07:00:00Z")
  }

  @Test(arguments: [
    ("30 march 9am", "2027-03-30T06:00:00Z", "2027-03-30T07:00:00Z"), ("2027-03-30 às 9h", "2027-03-30T06:00:00Z", "2027-03-30T07:00:00Z"),
    ("5 months", "2027-04-21T08:30:00Z", "2027-04-21T09:30:00Z"),
    // A duration is elapsed time, whatever the clocks do.
    ("130 days", "2027-03-31T09:30:00Z", "2027-03-31T09:30:00Z"), ("3000 hours", "2027-03-26T09:30:00Z", "2027-03-26T09:30:00Z"),
  ])
  func `a snooze until a time on the wall ends when the wall shows it`(words: String, before: String, after: String) throws {
    let id = try ana.remind(["title": "Rent", "at": "2027-06-01T09:00"])
    site.now = site.now.advanced(minutes: 30)
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": words]).status == 303)
    #expect(ana.get("/reminders/\(id)").fact("snoozed-until") == before)
    try giveUpSummerTime()
    #expect(ana.get("/reminders/\(id)").fact("snoozed-until") == after)
    // The list, the escalation and the history go with it.
    #expect(try site.count("SELECT count(*) FROM reminders WHERE sort_at = snoozed_until") == 1)
    #expect(
      try site.text("SELECT to_char(snoozed_until AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM escalations WHERE open")
        == after)
    site.now = try Instant(iso: after).unwrapped.advanced(seconds: -1)
    #expect(try rung() == 0)
    site.now = site.now.advanced(seconds: 1)
    #expect(try rung() == 1)
  }

  @Test(arguments: ["link", "escalation", "list"])
  func `wherever a snooze is said it follows the wall`(place: String) throws {
    let id = try ana.remind(["title": "Rent", "at": "2027-06-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try ID<Escalation>(try site.text("SELECT id::text FROM escalations").unwrapped).unwrapped
    let page =
      switch place {
      case "link":
        site.browser().post(
          "/a/" + ActionLink(escalation, to: nil, sentAt: site.now).token(site.services.keys),
          ["action": "snooze", "until": "30 march 9am"])
      case "escalation": ana.post("/escalations/\(escalation.text)/snoozes", ["until": "30 march 9am"])
      default: ana.post("/reminders/bulk", ["id": id, "action": "snooze", "until": "30 march 9am"])
      }
    #expect(page.status == 303)
    #expect(ana.get("/reminders/\(id)").fact("snoozed-until") == "2027-03-30T06:00:00Z")
    try giveUpSummerTime()
    #expect(ana.get("/reminders/\(id)").fact("snoozed-until") == "2027-03-30T07:00:00Z")
  }

  @Test func `an acknowledged one asks again when the wall shows the time that was said`() throws {
    func ask(_ words: String) throws -> String {
      let id = try ana.remind(["title": words, "at": "2027-06-01T09:00"])
      #expect(ana.post("/reminders/\(id)/run").status == 303)
      let escalation = try site.text("SELECT id::text FROM escalations WHERE reminder_id::text = \(id)").unwrapped
      #expect(ana.post("/escalations/\(escalation)/acknowledgement", ["again_in": words]).status == 303)
      return escalation
    }
    func again(_ id: String) throws -> String? {
      try site.text("SELECT to_char(again_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM escalations WHERE id::text = \(id)")
    }
    let (wall, elapsed) = (try ask("30 march 9am"), try ask("130 days"))
    #expect(try again(wall) == "03-30 06:00" && again(elapsed) == "03-31 09:00")
    // Said again, it is the later word that counts.
    let changed = try ask("30 march 9am")
    #expect(ana.post("/escalations/\(changed)/acknowledgement", ["again_in": "130 days"]).status == 303)
    try giveUpSummerTime()
    #expect(try again(wall) == "03-30 07:00" && again(elapsed) == "03-31 09:00" && again(changed) == "03-31 09:00")
  }

  @Test func `quiet hours that hold a message end by the clocks of now`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 75600, quiet_until = 25200")  // 21:00 to 07:00
    site.now = try Instant(iso: "2027-03-29T20:00:00Z").unwrapped  // 23:00 in summer time
    try ana.openSession()
    let id = try ana.remind(["title": "Rent", "at": "2027-03-30T12:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    try site.work()
    let end: SQL = "SELECT string_agg(DISTINCT to_char(due_at AT TIME ZONE 'UTC', 'HH24:MI'), ' ') FROM outbox WHERE state = 'held'"
    #expect(try site.text(end) == "04:00")
    try giveUpSummerTime()
    #expect(try site.text(end) == "05:00")
  }

  @Test func `an interval counts nothing anew`() throws {
    site.now = try Instant(iso: "2026-11-21T12:00:00Z").unwrapped
    let id = try ana.remind(["title": "A", "schedule": "interval", "every_minutes": "14400"])
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-12-01T12:00:00Z")
    site.now = site.now.advanced(minutes: 29)
    try giveUpSummerTime()
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-12-01T12:00:00Z")
  }
}
