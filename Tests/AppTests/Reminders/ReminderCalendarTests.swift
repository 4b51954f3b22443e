import Foundation
import Testing

@testable import App
@testable import Domain

/// `/reminders/{id}.ics`, read as other calendars read it. Saturday 21 November 2026, 10:00 in Berlin.
@Suite struct ReminderCalendarTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
  }

  private func lines(_ id: String) -> [String] {
    ana.get("/reminders/\(id).ics").text.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n")
  }

  private static let zones = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo",
    "America/St_Johns",
    "Asia/Kolkata", "Europe/Dublin", "America/Nuuk",
  ]
  private static let series: [KeyValuePairs<String, String>] = [
    ["schedule": "once", "at": "2027-07-01T09:00"], ["schedule": "interval", "every_minutes": "90"],
    ["schedule": "interval", "every_minutes": "1440", "exclude_weekends": "on"], ["schedule": "recurring", "cron": "0 9 * * 1-5"],
    ["schedule": "recurring", "cron": "30 2 * * *"], ["schedule": "recurring", "cron": "30 17 L * *"],
    ["schedule": "recurring", "cron": "0 9 1 * 1"],
    ["schedule": "recurring", "cron": "0 9 * * 2#1,5L"], ["schedule": "recurring", "cron": "0 */6 * * *"],
    ["schedule": "recurring", "cron": "every day at 2:30"],
    ["schedule": "recurring", "cron": "every day at 9 and 21:30", "exclude_weekends": "on"],
    ["schedule": "recurring", "cron": "every 2 weeks on monday and saturday at 1:15", "exclude_weekends": "on"],
    ["schedule": "recurring", "cron": "every 31st", "exclude_dates": "2026-12-31\n2027-03-31"],
    ["schedule": "recurring", "cron": "FREQ=DAILY;COUNT=9;BYHOUR=9;BYMINUTE=0", "exclude_weekends": "on"],
    ["schedule": "recurring", "cron": "last friday of the month until 30 june 2027"],
    ["schedule": "recurring", "cron": "FREQ=HOURLY;INTERVAL=5"], ["schedule": "recurring", "cron": "last weekday of the month at 18:00"],
  ]

  @Test func `other calendars read the times that Heed rings at, in every zone`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (zoneIndex, zone) in Self.zones.enumerated() {
      for (index, fields) in Self.series.enumerated() {
        let all = [("title", "A"), ("timezone", zone)] + fields.map { ($0.key, $0.value) }
        let body = (all + [("csrf", ana.token())]).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
        let made = ana.post("/reminders", raw: Array(body.utf8))
        let id = try #require(made.location?.components(separatedBy: "/").last, "\(fields): \(made.complaints)")
        let reminder = try ana.reminder(#require(ID(id)))
        let times = reminder.schedule.upcoming(after: site.now, lastScheduled: reminder.base(at: site.now), count: 90).filter {
          !$0.excluded
        }
        let file = folder.appendingPathComponent("\(zoneIndex)-\(index)")
        try Data(ana.get("/reminders/\(id).ics").response.body).write(to: file.appendingPathExtension("ics"))
        try ([site.now.iso] + times.map(\.instant.iso)).joined(separator: "\n").write(
          to: file.appendingPathExtension("txt"), atomically: true, encoding: .utf8)
      }
    }
    #expect(try Sink.run("calendar_check.py", folder.path) == "")
  }

  @Test func `a rule goes out as a rule, with its zone, and a text is escaped and folded`() throws {
    let id = try ana.remind([
      "title": "Rent, \u{1F3E0}; \\ \(String(repeating: "ção", count: 40))", "description": "One\r\nBEGIN:VEVENT", "schedule": "recurring",
      "cron": "every 2 weeks on friday at 17:00 until 30 june 2027", "exclude_dates": "2026-12-25",
    ])
    let page = ana.get("/reminders/\(id).ics")
    #expect(page.status == 200 && page.header("Content-Type") == "text/calendar; charset=utf-8")
    #expect(page.header("Content-Disposition") == "attachment; filename=\"heed-\(id).ics\"")
    let lines = lines(id)
    for line in [
      "UID:\(id)@heed", "DTSTART;TZID=Europe/Berlin:20261127T170000",
      "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630T215959Z;BYDAY=FR;BYHOUR=17;BYMINUTE=0", "EXDATE;TZID=Europe/Berlin:20261225T170000",
      "SUMMARY:Rent\\, \u{1F3E0}\\; \\\\ \(String(repeating: "ção", count: 40))", "DESCRIPTION:One\\nBEGIN:VEVENT", "TZID:Europe/Berlin",
      "TZOFFSETFROM:+0200", "SEQUENCE:1",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(ana.get("/reminders/\(id)").links.contains("/reminders/\(id).ics"))
    #expect(!ana.get("/reminders/\(id)").text.contains("next 100 times"))
  }

  @Test func `what no rule says goes out as its next hundred times, and the page says so`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "0 9 1 * 1"])
    let lines = lines(id)
    #expect(!lines.contains { $0.hasPrefix("RRULE") })
    #expect(lines.first { $0.hasPrefix("RDATE") }?.components(separatedBy: ",").count == 99)
    #expect(ana.get("/reminders/\(id)").text.contains("next 100 times"))
  }

  @Test func `a series that is over still has a file`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "FREQ=DAILY;COUNT=2", "exclude_weekends": "on"])
    site.now = site.now.advanced(days: 5)
    #expect(lines(id).contains { $0.hasPrefix("DTSTART") })
  }

  @Test func `nobody else gets it, and only GET is known`() throws {
    let id = try ana.remind()
    let bea = try site.person("bea@x.test")
    #expect(bea.get("/reminders/\(id).ics").status == 404)
    #expect(bea.get("/reminders/\(id).ics").text == bea.get("/reminders/\(id.replacingOccurrences(of: "0", with: "1")).ics").text)
    #expect(ana.get("/reminders/nonsense.ics").status == 404)
    #expect(ana.get("/reminders/.ics").status == 404)
    let post = ana.post("/reminders/\(id).ics")
    #expect(post.status == 405 && post.header("Allow") == "GET, HEAD")
  }
}
