import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// The feed of a person's calendar: its address, what it costs, what it tells (RULES 9.28, issue 13's hard cases 24, 30 and 53).
@Suite struct FeedTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func read(_ token: String, _ headers: [String: String] = [:], by browser: Browser? = nil) -> Page {
    (browser ?? site.browser()).get("/ics/\(token).ics", headers)
  }

  /// The lines of a file, unfolded.
  private func lines(_ page: Page) -> [String] {
    page.text.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n").filter { !$0.isEmpty }
  }

  /// The values of a property, in the order of the file.
  private func values(_ name: String, _ page: Page) -> [String] {
    lines(page).filter { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
  }

  @Test func `Hard case 30: the address is shown once, is read twice at the cost of one, and leads nowhere once there is another`() throws {
    #expect(ana.get("/settings/feed").text.contains("No feed yet"))
    let (first, made) = (try ana.feed(), ana.get("/settings/feed"))
    #expect(made.fact("feed") == "on" && made.fact("include") == "reminders" && made.fact("detail") == "full")
    #expect(!made.text.contains(first) && made.text.contains("not yet"))
    #expect(try site.owner.value("SELECT token_hash FROM feeds", as: [UInt8].self) == Feed.hash(first))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'feed.made' AND payload::text LIKE '%' || \(first) || '%'") == 0)
    _ = try ana.remind(.once(at: site.now.advanced(hours: 5)), title: "Rent")
    let page = read(first)
    let tag = try page.header("ETag").unwrapped
    #expect(page.status == 200 && page.header("Content-Type") == "text/calendar; charset=utf-8" && tag.hasPrefix("\""))
    #expect(page.header("Cache-Control") == "private, no-cache" && page.cookies.isEmpty && values("SUMMARY", page) == ["Rent"])
    // What was built is given out as it is kept, until anything changes.
    try site.owner.run("UPDATE feeds SET body = 'kept'")
    site.pass(minutes: 5)
    #expect(read(first, by: ana).text == "kept")
    let same = read(first, ["if-none-match": tag])
    #expect(same.status == 304 && same.response.body.isEmpty && same.header("ETag") == tag)
    let head = site.browser().get("/ics/\(first).ics", method: .head)
    #expect(head.status == 200 && head.header("ETag") == tag)
    _ = try ana.remind(.once(at: site.now.advanced(hours: 6)), title: "Bins")
    let fresh = read(first, ["if-none-match": tag])
    #expect(fresh.status == 200 && fresh.header("ETag") != tag && values("SUMMARY", fresh) == ["Rent", "Bins"])
    // That it was read is noted to a quarter of an hour.
    let noted: SQL = "SELECT to_char(read_at AT TIME ZONE 'UTC', 'HH24:MI') FROM feeds"
    #expect(try site.text(noted) == "17:00")
    site.pass(minutes: 10)
    #expect(read(first).status == 200)
    #expect(try site.text(noted) == "17:15")
    let second = try ana.feed(["include": "events", "include": "tasks", "detail": "busy"])
    #expect(second != first && read(second).status == 200)
    #expect(ana.get("/settings/feed").fact("include") == "events tasks")
    let missing = site.browser().get("/nowhere")
    for gone in [first, "x", second + "A", String(second.dropLast()), String(repeating: "A", count: 43)] {
      let answer = read(gone)
      #expect(answer.status == 404 && answer.unmasked == missing.unmasked, "\(gone)")
    }
    #expect(site.browser().post("/ics/\(second).ics", [:], csrf: false).status == 405)
    #expect(ana.post("/settings/feed/deletion").status == 303)
    #expect(read(second).status == 404)
    #expect(try site.count("SELECT count(*) FROM feeds") == 0)
    // Once more: nothing is there, and nothing happens.
    let entries = try site.count("SELECT count(*) FROM audit_log")
    #expect(ana.post("/settings/feed/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log") == entries)
  }

  @Test func `what is wrong with the form is told at once, and a feed is one's own`() throws {
    let bad = ana.post("/settings/feed", ["include": "everything", "detail": "loud", "descriptions": "on"])
    #expect(bad.status == 422 && bad.complaints.sorted() == ["detail", "include"])
    #expect(try site.count("SELECT count(*) FROM feeds") == 0)
    // Nothing chosen is the standard.
    let token = try ana.feed([:])
    #expect(try site.text("SELECT array_to_string(include, ' ') || ' ' || detail FROM feeds") == "reminders full")
    // Hard case 53: neither a housemate nor a stranger can take it away or see it, and theirs are theirs.
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    let eve = try site.person("eve@x.test")
    _ = try ana.event(["title": "Secret", "starts": "2027-03-10T09:00"])
    for other in [bob, eve] {
      #expect(other.get("/settings/feed").text.contains("No feed yet"))
      #expect(other.post("/settings/feed/deletion").status == 303)
      let own = try other.feed(["include": "events", "include": "reminders"])
      #expect(!read(own).text.contains("Secret") && !other.get("/events/export.ics").text.contains("Secret"))
    }
    #expect(read(token).status == 200)
    #expect(try site.count("SELECT count(*) FROM feeds") == 3)
    let form = ana.post("/settings/feed", ["include": "events", "nonce": "once"])
    let again = ana.post("/settings/feed", ["include": "events", "nonce": "once"])
    #expect(form.status == 200 && again.status == 303 && again.location == "/settings/feed" && again.fact("secret") == nil)
  }

  @Test func `reminders are quarters of an hour of the next sixty days, each the same for ever until it is changed`() throws {
    let daily = try ana.remind(["title": "Stretch", "description": "Arms", "schedule": "recurring", "cron": "0 9 * * *"])
    _ = try ana.remind(.once(at: site.now.advanced(days: 61)), title: "Far")
    let soon = try ana.remind(.once(at: site.now.advanced(hours: 2)), title: "Soon")
    let desk = try ana.remind(.once(at: site.now.advanced(hours: 3)), title: "Customer")
    try site.owner.run("UPDATE reminders SET of_desk = true WHERE id = \(desk)")
    #expect(ana.post("/reminders/\(soon.text)/archival").status == 303)
    let token = try ana.feed()
    let page = read(token)
    #expect(!page.text.contains("Customer") && !page.text.contains("Far") && !page.text.contains("Soon") && !page.text.contains("Arms"))
    let starts = values("DTSTART", page)
    #expect(starts.count == 60 && starts.first == "20270302T140000Z" && starts.last == "20270430T130000Z")
    #expect(values("DTEND", page).first == "20270302T141500Z" && Set(values("UID", page)).count == 60)
    let (uids, before) = (values("UID", page), values("SEQUENCE", page))
    // An hour on nothing else is told of those that stay.
    site.pass(hours: 1)
    #expect(values("UID", read(token)) == uids)
    let version = try site.text("SELECT version::text FROM reminders WHERE id = \(daily)::text::uuid").unwrapped
    let edit = ana.post(
      "/reminders/\(daily)", ["title": "Bend", "schedule": "recurring", "cron": "0 9 * * *", "version": version])
    #expect(edit.status == 303, "\(edit.complaints)")
    let edited = read(token)
    #expect(values("UID", edited) == uids && Set(values("SUMMARY", edited)) == ["Bend"])
    let grown = zip(before, values("SEQUENCE", edited)).allSatisfy { (Int($0) ?? 0) < (Int($1) ?? 0) }
    #expect(grown)
  }

  @Test func `Hard case 30: events are told with their instances, descriptions when asked for, and busy without a word`() throws {
    let series = try ana.event([
      "title": "Plum; daily", "starts": "2027-03-12T09:00", "ends": "2027-03-12T10:00", "repeat": "daily", "repeat_times": "5",
      "description": "Plum notes", "location": "Plum room", "tags": "plum",
    ])
    let version = try site.text("SELECT version::text FROM events WHERE id = \(series)::text::uuid").unwrapped
    let other: KeyValuePairs = [
      "title": "Plum, later", "starts": "2027-03-13T11:00", "ends": "2027-03-13T12:00", "scope": "this", "instance": "20270313T090000",
      "version": version,
    ]
    #expect(ana.post("/events/\(series)", other).status == 303)
    #expect(ana.post("/events/\(series)/deletion", ["scope": "this", "instance": "20270315T090000"]).status == 303)
    let off = try ana.event(["title": "Plum, off", "starts": "2027-03-20T09:00"])
    let cancel = ana.post("/events/\(off)", ["title": "Plum, off", "starts": "2027-03-20T09:00", "status": "cancelled", "version": "1"])
    #expect(cancel.status == 303, "\(cancel.complaints)")
    _ = try ana.task(["title": "Plum task", "due": "2027-03-09"])
    _ = try ana.deadline(["title": "Plum deadline", "due": "2027-03-11 17:00"])
    let all: KeyValuePairs = ["include": "events", "include": "tasks", "include": "deadlines"]
    let token = try ana.feed(all)
    let page = read(token)
    let told = lines(page)
    #expect(told.filter { $0.hasPrefix("UID:\(series)@heed") }.count == 2)
    for line in [
      "DTSTART;TZID=America/New_York:20270312T090000", "EXDATE;TZID=America/New_York:20270315T090000",
      "RECURRENCE-ID;TZID=America/New_York:20270313T090000", "DTSTART;TZID=America/New_York:20270313T110000", "SUMMARY:Plum\\; daily",
      "SUMMARY:Plum\\, later", "LOCATION:Plum room", "STATUS:CANCELLED", "TZID:America/New_York", "DTSTART;VALUE=DATE:20270309",
      "DTEND;VALUE=DATE:20270310", "DTSTART:20270311T220000Z", "SUMMARY:Plum deadline", "CATEGORIES:plum",
    ] {
      #expect(told.contains(line), "\(line)")
    }
    #expect(told.contains { $0.hasPrefix("RRULE:FREQ=DAILY;COUNT=5") })
    #expect(!page.text.contains("Plum notes") && told.filter { $0 == "BEGIN:VTIMEZONE" }.count == 1)
    for line in page.response.body.split(separator: 0x0A) { #expect(line.count <= 76 && line.last == 0x0D) }
    // What is called off is told for 60 days.
    site.pass(hours: 24 * 61)
    let later = try site.visit(as: ana)
    let after = try read(later.feed(["include": "events", "descriptions": "on"]))
    #expect(!after.text.contains("Plum\\, off") && after.text.contains("DESCRIPTION:Plum notes"))
    let busy = try read(later.feed(["include": "events", "include": "tasks", "include": "deadlines", "detail": "busy"]))
    let plain = lines(busy).joined(separator: "\n").lowercased()
    #expect(busy.status == 200 && Set(values("SUMMARY", busy)) == ["Busy"] && !plain.contains("plum") && !plain.contains(series))
    #expect(lines(busy).contains("DTSTART;TZID=America/New_York:20270312T090000"))
  }

  @Test func `all events go out as a file, with what other programs added, and come back as they were`() throws {
    let event = try ana.event(["title": "Walk", "starts": "2027-03-12T09:00", "description": "With Rui"])
    try site.owner.run(
      """
      INSERT INTO event_guests (event_id, user_id, position, address, name, role, answer)
      VALUES (\(event)::text::uuid, \(ana.user), 0, 'ana@x.test', 'Ana', 'organizer', 'none'),
        (\(event)::text::uuid, \(ana.user), 1, 'rui@x.test', 'Rui', 'guest', 'declined')
      """)
    try site.owner.run("UPDATE events SET metadata = '{\"X-COLOUR\": \"plum\"}' WHERE id = \(event)::text::uuid")
    let page = ana.get("/events/export.ics")
    #expect(page.status == 200 && page.header("Content-Disposition") == "attachment; filename=\"heed-events-2027-03-01.ics\"")
    let zones = site.services.zones
    let file = try EventFile(
      page.response.body, own: zones.zone("America/New_York").unwrapped, now: site.now, zone: { zones.zone($0) }, names: zones.names)
    let entry = try file.entries.first.unwrapped
    #expect(file.entries.count == 1 && file.refused.isEmpty && entry.uid == "\(event)@heed" && entry.description == "With Rui")
    #expect(entry.organizer?.mail == "ana@x.test" && entry.attendees.map(\.answer) == [.declined])
    #expect(entry.metadata == [EventEntry.Field("X-COLOUR", "plum")])
    #expect(site.browser().get("/events/export.ics").status == 303)
  }
}

/// Issue 13's hard case 24, of the feed.
@Suite struct FeedZoneTests {
  @Test func `Hard case 24: with other zone data the wall stays, and what the feed tells of its zone moves`() throws {
    let folder = try ZoneFolder(["Asia/Beirut": "Asia/Beirut", "UTC": "UTC"])
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test", zone: "Asia/Beirut")
    _ = try ana.event(["title": "Class", "starts": "2027-06-10T09:00", "ends": "2027-06-10T10:00", "timezone": "Asia/Beirut"])
    let token = try ana.feed(["include": "events"])
    let before = site.browser().get("/ics/\(token).ics")
    #expect(before.text.contains("DTSTART;TZID=Asia/Beirut:20270610T090000") && before.text.contains("TZOFFSETTO:+0300"))
    try folder.put("Asia/Beirut", "Etc/GMT-2")
    try folder.release("2026y")
    let later = try Site(as: site, zoneinfo: folder.path)
    let after = later.browser().get("/ics/\(token).ics")
    #expect(after.text.contains("DTSTART;TZID=Asia/Beirut:20270610T090000") && !after.text.contains("TZOFFSETTO:+0300"))
    #expect(after.header("ETag") != before.header("ETag"))
  }
}
