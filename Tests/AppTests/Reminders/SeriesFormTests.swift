import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// A series as people say it: words, an RRULE, minutes in words; what is kept of it and what the pages say (RULES 1.8, 2.8). Saturday 21 November
/// 2026, 10:00 in Berlin.
@Suite struct SeriesFormTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
  }

  private func stored(_ id: String) throws -> String? {
    try site.text(
      """
      SELECT concat_ws('|', s.kind, s.cron, s.rule, to_char(s.rule_from, 'YYYY-MM-DD HH24:MI'), s.every_minutes, s.words,
        to_char(r.next_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'))
      FROM reminders r JOIN schedules s ON s.reminder_id = r.id WHERE r.id::text = \(id)
      """)
  }

  private func series(_ typed: String) throws -> String { try ana.remind(["title": "A", "schedule": "recurring", "cron": typed]) }

  @Test(arguments: [
    (
      "every other friday at 17:00",
      "recurring|FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=17;BYMINUTE=0|2026-11-27 17:00|every other friday at 17:00|2026-11-27 16:00"
    ),
    (
      "RRULE:FREQ=DAILY;COUNT=3",
      "recurring|FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0|2026-11-22 09:00|RRULE:FREQ=DAILY;COUNT=3|2026-11-22 08:00"
    ),
    (
      "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0",
      "recurring|FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0|2026-11-27 09:00|FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0|2026-11-27 08:00"
    ),
    ("todo dia 5 às 9h", "recurring|FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0|2026-12-05 09:00|todo dia 5 às 9h|2026-12-05 08:00"),
    ("every 90 minutes", "interval|90|every 90 minutes|2026-11-21 10:30"), ("0 9 * * 1-5", "recurring|0 9 * * 1-5||2026-11-23 08:00"),
  ])
  func `words, a rule and five fields are taken and kept`(typed: String, row: String) throws {
    let id = try series(typed)
    #expect(try stored(id) == row)
    // An edit shows what was typed, and saved as it is it stays the same series, whenever that is.
    site.now = site.now.advanced(days: 3)
    let place = "/reminders/\(id)"
    let form = ana.get(place + "/edit").fields(of: place)
    #expect(form.contains(row.hasPrefix("interval") ? "every_minutes=\(typed)" : "cron=\(typed)"))
    let field = row.hasPrefix("interval") ? "every_minutes" : "cron"
    let kind = row.hasPrefix("interval") ? "interval" : "recurring"
    #expect(ana.post(place, ["title": "B", "schedule": kind, field: typed, "timezone": "Europe/Berlin", "version": "1"]).status == 303)
    #expect(try stored(id)?.split(separator: "|").dropLast() == row.split(separator: "|").dropLast()[...])
  }

  @Test(arguments: [("every 90 minutes", 90), ("2 hours", 120), ("1h30", 90), ("a cada 2 horas", 120), ("90", 90), ("1 day", 1_440)])
  func `minutes are taken in words`(typed: String, minutes: Int) throws {
    let id = try ana.remind(["title": "A", "schedule": "interval", "every_minutes": typed])
    #expect(try site.text("SELECT every_minutes::text FROM schedules WHERE reminder_id::text = \(id)") == String(minutes))
  }

  @Test func `the 31st leaves April out, by name, and offers the last day`() throws {
    site.now = try Instant(iso: "2027-03-10T15:00:00Z").unwrapped
    let eva = try site.person("eva@x.test", zone: "Europe/Berlin")
    let page = eva.post("/reminders/preview", ["title": "A", "schedule": "recurring", "cron": "every 31st"])
    #expect(page.status == 200)
    let times = page.text.components(separatedBy: "<time datetime=\"").dropFirst().map { $0.prefix(10) }
    #expect(times.prefix(5) == ["2027-03-31", "2027-05-31", "2027-07-31", "2027-08-31", "2027-10-31"])
    #expect(page.text.contains("April is left out") && page.text.contains("June is left out") && !page.text.contains("May is left out"))
    #expect(page.text.contains("every month on the last day at 09:00"))
    #expect(page.text.contains("Every month on the 31st at 09:00, Berlin time"))
    #expect(page.text.contains("As typed: “every 31st”"))
  }

  @Test func `a rule that has come to its end says so, and can still be edited`() throws {
    let id = try series("FREQ=DAILY;COUNT=2")
    #expect(!ana.get("/reminders/\(id)").text.contains("This series is over"))
    site.now = site.now.advanced(days: 5)
    try site.work()
    #expect(ana.get("/reminders/\(id)").text.contains("This series is over. Nothing more comes."))
    #expect(try site.text("SELECT coalesce(next_at::text, 'none') FROM reminders WHERE id::text = \(id)") == "none")
    let typed: KeyValuePairs = [
      "title": "B", "schedule": "recurring", "cron": "FREQ=DAILY;COUNT=2", "timezone": "Europe/Berlin", "version": "1",
    ]
    #expect(ana.post("/reminders/\(id)", typed).status == 303)
  }

  @Test func `what is no series is refused, and says why`() throws {
    for (typed, why) in [
      ("FREQ=SECONDLY", "is an interval here"), ("FREQ=DAILY;COUNT=0", "In COUNT, 0 is not between 1 and 5000"),
      ("FREQ=DAILY;COUNT=1000000000", "In COUNT"), ("FREQ=DAILY;UNTIL=20200101", "end before its first time"),
      ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS chooses among others"), ("FREQ=MONTHLY;BYMONTHDAY=32", "In BYMONTHDAY, 32"),
      ("FREQ=MONTHLY;BYMONTHDAY=0", "In BYMONTHDAY, 0"), ("FREQ=DAILY;COUNT=3;UNTIL=20280101", "two ends"),
      ("every 0 days", "Every 0 is never"),
      ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "30 February never comes"), ("every day at 25:00", "There is no time “25:00”"),
      ("every funday", "“every funday” is not understood here"), ("tomorrow", "“tomorrow” is not understood"), ("", "Say how often"),
      ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA", "never comes"), ("60 9 * * *", "minute"), ("@never", "@never"),
    ] as [(String, String)] {
      let place: Comment = "\(typed), \(why)"
      let before = try site.fingerprint()
      let page = ana.post("/reminders", ["title": "A", "schedule": "recurring", "cron": typed])
      #expect(page.status == 422 && page.complaints == ["cron"], place)
      #expect(page.text.contains(why), place)
      let long = ana.post("/reminders", ["title": "A", "schedule": "recurring", "cron": String(repeating: "FREQ=", count: 2_000)])
      #expect(long.status == 422 && long.complaints == ["cron"], place)
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test func `the sentence is in the person's language, here and in the audit log in English`() throws {
    let eva = try site.person("eva@x.test", zone: "America/Sao_Paulo")
    try site.owner.run("UPDATE users SET language = 'pt-BR' WHERE id = \(eva.user)")
    let id = try eva.remind(["title": "A", "schedule": "recurring", "cron": "sexta sim, sexta não às 17h"])
    #expect(
      eva.get("/reminders/\(id)").text.contains("A cada 2 semanas na sexta-feira às 17:00, a partir de 27/11/2026, horário de São Paulo"))
    #expect(
      eva.post("/reminders/\(id)", ["title": "A", "schedule": "recurring", "cron": "dias úteis às 8h", "version": "1"]).status == 303)
    let audit = try site.text("SELECT string_agg(a::text, ' ') FROM audit_log a WHERE a.user_id = \(eva.user)") ?? ""
    #expect(audit.contains("Every weekday at 08:00"))
  }

  @Test func `a rule fires by the worker as a pattern does, and after downtime once`() throws {
    let id = try series("every day at 9 and 21")
    site.now = try Instant(iso: "2026-11-24T12:00:00Z").unwrapped
    try site.work()
    #expect(try site.text("SELECT to_char(last_at AT TIME ZONE 'UTC', 'DD HH24') FROM reminders WHERE id::text = \(id)") == "24 08")
    #expect(try site.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'DD HH24') FROM reminders WHERE id::text = \(id)") == "24 20")
  }
}
