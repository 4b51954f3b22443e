import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Instances that are kept, reminders that follow, and the day's events, with issue 13's hard cases 14, 24 and 25.
@Suite struct EventKeepingTests {
  private func rows(_ count: Int, of user: ID<User>, from start: LocalTime, _ rule: String, at now: Instant) throws -> [EventRecord] {
    let times = try EventTimes(from: start, to: start, zone: .utc)
    let recurrence = try Recurrence(event: rule, isStored: true)
    return (0..<count).map { EventRecord(.new(at: now), EventContent(title: "E\($0)"), EventSeries(times, rule: recurrence)) }
  }

  @Test func `Hard case 25: what is kept is what is computed, within the kept time and outside of it`() throws {
    let planned = try Planned()
    let (site, zones) = (planned.site, planned.site.services.zones)
    let ana = planned.ana
    let start = try LocalTime(text: "2025-01-01T09:00").unwrapped
    let writes = EventWrites(ana.user, at: site.now, zones)
    var all: [EventRecord] = []
    for rule in ["FREQ=DAILY", "FREQ=HOURLY;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=WEEKLY;COUNT=120"] {
      all += try rows(1, of: ana.user, from: start, rule, at: site.now)
    }
    try site.owner.runAll(writes.inserting(all))
    let newYork = try zones.zone("America/New_York").unwrapped
    for first in ["2025-01-20", "2026-03-10", "2027-03-01", "2027-10-01", "2029-05-01", "2050-01-01"] {
      let day = try Day(iso: first).unwrapped
      let window = EventWindow(days: day...day.advanced(by: 30), zone: newYork)
      let shown = try ask(window, ana, site)
      let computed = all.flatMap { row in
        row.series.instances(on: window.days, in: newYork, most: 5_000).map { "\(row.id) \($0.key.text) \($0.start.iso)" }
      }
      #expect(shown.instances.map { "\($0.event) \($0.key.text) \($0.start.iso)" }.sorted() == computed.sorted(), "\(first)")
      #expect(!shown.isCut)
    }
    // What is kept moves on with the days, in slices, and not twice.
    site.pass(hours: 24 * 30)
    try site.work()
    let kept = try site.text("SELECT min(kept_until)::date::text FROM events WHERE rule = 'FREQ=DAILY'")
    #expect(kept == Day(Int(site.now.advanced(days: 800).seconds / 86_400)).iso)
    // Of more series than a page unfolds it says so.
    try site.owner.runAll(writes.inserting(try rows(501, of: ana.user, from: start, "FREQ=YEARLY", at: site.now)))
    let day = try Day(iso: "2060-01-01").unwrapped
    #expect(try ask(EventWindow(days: day...day, zone: .utc), ana, site).isCut)
  }

  private func ask(_ window: EventWindow, _ ana: Browser, _ site: Site) throws -> ShownEvents {
    let account: ID<Account> = try site.owner.value("SELECT account_id FROM users WHERE id = \(ana.user)").unwrapped
    let owner = Query<Void>.setting(user: ana.user, account: account, role: nil)
    return try site.web.read(together: Reading(rows: owner), EventReading.shown(window, site.services.zones)).1
  }

  @Test func `Hard case 24: new zone data move the instants and the reminder, not the time on the wall`() throws {
    let folder = try ZoneFolder(["Asia/Beirut": "Asia/Beirut", "UTC": "UTC"])
    let site = try Site(zoneinfo: folder.path)
    let ana = try site.person("ana@x.test", zone: "Asia/Beirut")
    let event = try ana.event(["title": "Dentist", "starts": "2027-06-10T09:00", "remind": "30 minutes before"])
    let daily = try ana.event(["title": "Daily", "starts": "2027-06-10T09:00", "repeat": "daily", "repeat_times": "2"])
    #expect(ana.get("/events/\(event)").fact("starts") == "2027-06-10T06:00:00Z")
    #expect(ana.get("/events/\(event)").fact("remind") == "2027-06-10T05:30:00Z")
    try folder.put("Asia/Beirut", "Etc/GMT-2")
    try folder.release("2026y")
    site.pass(hours: 1)
    if !site.services.zones.refresh(at: site.now) {
      site.pass(minutes: 1)
      #expect(site.services.zones.refresh(at: site.now))
    }
    _ = try site.worker().runOnce { site.now }
    _ = try site.worker().runOnce { site.now }
    let page = ana.get("/events/\(event)")
    #expect(page.fact("starts") == "2027-06-10T07:00:00Z" && page.fact("remind") == "2027-06-10T06:30:00Z")
    #expect(ana.get("/events/\(event)/edit").text.contains("value=\"2027-06-10 09:00\""))
    let instants = try site.text(
      """
      SELECT string_agg(to_char(starts_at AT TIME ZONE 'UTC', 'DD"T"HH24:MI'), ' ' ORDER BY starts_at) FROM event_instances
      WHERE event_id = \(daily)::uuid
      """)
    #expect(instants == "10T07:00 11T07:00")
  }

  @Test func `the next time alone has a reminder, which is made anew when it has rung, moved or gone`() throws {
    let planned = try Planned()
    let (site, ana) = (planned.site, planned.ana)
    func bells() throws -> String {
      try site.text(
        """
        SELECT coalesce(string_agg(to_char(r.next_at AT TIME ZONE 'UTC', 'DD"T"HH24:MI') || ' ' || p.preset, ' ' ORDER BY r.next_at), '')
        FROM event_reminders b JOIN reminders r ON r.id = b.reminder_id JOIN profiles p ON p.id = r.profile_id WHERE r.next_at IS NOT NULL
        """) ?? ""
    }
    let fields: KeyValuePairs = [
      "title": "Stand-up", "starts": "2027-03-02T09:00", "repeat": "daily", "repeat_times": "4", "remind": "30 minutes before",
      "importance": "9",
    ]
    let event = try ana.event(fields)
    #expect(try bells() == "02T13:30 critical")
    #expect(ana.get("/events/\(event)").fact("remind") == "2027-03-02T13:30:00Z")
    // The reminder's own page leads to the event, and takes no edit that the next change of the event would undo.
    let rung = try site.text("SELECT reminder_id::text FROM event_reminders").unwrapped
    #expect(ana.get("/reminders/\(rung)").text.contains("href=\"/events/\(event)\""))
    #expect(ana.get("/reminders/\(rung)/edit").location == "/events/\(event)/edit")
    let edited = ana.post("/reminders/\(rung)", ["title": "Mine", "schedule": "once", "at": "2027-03-09T09:00", "version": "1"])
    #expect(edited.status == 409 && edited.text.contains("belongs to an event"))
    #expect(try bells() == "02T13:30 critical")
    site.now = try Instant(iso: "2027-03-02T13:30:00Z").unwrapped
    for _ in 0..<3 {
      try site.work()
      site.pass(seconds: 1)
    }
    #expect(try bells() == "03T13:30 critical")
    #expect(try site.count("SELECT count(*) FROM fired") == 1)
    // Left out: the one after it. Called off: none.
    try ana.openSession()
    #expect(ana.post("/events/\(event)/deletion", ["scope": "this", "instance": "20270303T090000"]).status == 303)
    #expect(try bells() == "04T13:30 critical")
    let moved: KeyValuePairs = [
      "title": "Stand-up", "starts": "2027-03-04T10:00", "version": try site.text("SELECT version::text FROM events").unwrapped,
      "scope": "this",
      "instance": "20270304T090000",
    ]
    #expect(ana.post("/events/\(event)", moved).status == 303)
    #expect(try bells() == "04T14:30 critical")
    let off: KeyValuePairs = [
      "title": "Stand-up", "starts": "2027-03-02T09:00", "version": try site.text("SELECT version::text FROM events").unwrapped,
      "status": "cancelled", "remind": "30 minutes before", "importance": "9",
    ]
    #expect(ana.post("/events/\(event)", off).status == 303)
    #expect(try bells().isEmpty)
    #expect(ana.get("/events/\(event)").fact("status") == "cancelled")
    // A whole day begins where its person is, west of Greenwich hours after it stands in the table.
    site.now = try Instant(iso: "2027-03-05T01:00:00Z").unwrapped
    try ana.openSession()
    let fair = try ana.event(["title": "Fair", "all_day": "on", "starts": "2027-03-05", "remind": "1 hour before"])
    #expect(try bells() == "05T04:00 gentle")
    #expect(ana.post("/events/\(fair)/deletion").status == 303)
    // Of a series that comes each hour the one of a year later rings within the hour, and of ten years later as well.
    for (words, day) in [("1 year before", "05T01:30"), ("10 years before", "05T01:30")] {
      site.pass(seconds: 1)
      let hourly = try ana.event([
        "title": "Watch", "starts": "2027-03-04T10:30", "repeat": "cron", "cron": "FREQ=HOURLY", "remind": words,
      ])
      #expect(try bells() == day + " gentle", "\(words)")
      #expect(ana.post("/events/\(hourly)/deletion").status == 303)
    }
  }

  @Test func `Hard case 14: Today has what touches the day, whole days first, and says what overlaps`() throws {
    let planned = try Planned()
    let (site, ana) = (planned.site, planned.ana)
    #expect(!ana.get("/").text.contains("Today’s events"))
    for (title, starts, ends) in [
      ("Night", "2027-02-28T23:00", "2027-03-01T23:30"), ("Late", "2027-03-01T22:00", "2027-03-02T00:00"),
      ("Lunch", "2027-03-01T12:30", "13:30"), ("Call", "2027-03-01T13:00", "13:15"), ("Tomorrow", "2027-03-02T00:00", "01:00"),
      ("Over", "2027-02-28T22:00", "2027-03-01T00:00"),
    ] { try ana.event(["title": title, "starts": starts, "ends": ends]) }
    try ana.event(["title": "Fair", "all_day": "on", "starts": "2027-02-28", "ends": "2027-03-02"])
    let text = ana.get("/").text
    let places = ["Fair", "Night", "Lunch", "Call", "Late"].compactMap { text.range(of: ">\($0)</a>")?.lowerBound }
    #expect(places.count == 5 && places == places.sorted())
    #expect(!text.contains(">Tomorrow</a>") && !text.contains(">Over</a>"))
    #expect(text.contains("overlaps “Night”") && text.contains("until 23:30") && text.contains("all day"))
    // A deadline belongs to an event of one's own that is not in the trash.
    let lunch = try site.text("SELECT id::text FROM events WHERE title = 'Lunch'").unwrapped
    let deadline = try ana.deadline(["title": "Book a table", "due": "2027-03-01 18:00", "event": lunch])
    #expect(ana.get("/events/\(lunch)").text.contains("/deadlines/\(deadline)"))
    #expect(ana.get("/deadlines/\(deadline)").text.contains("/events/\(lunch)"))
    #expect(ana.post("/events/\(lunch)/deletion").status == 303)
    for other in [lunch, "0192f000-0000-7000-8000-000000000000"] {
      let page = ana.post("/deadlines", ["title": "B", "due": "2027-03-01 18:00", "event": other])
      #expect(page.status == 422 && page.complaints == ["event"])
    }
    #expect(ana.get("/search?q=fair").text.contains("Fair"))
  }
}
