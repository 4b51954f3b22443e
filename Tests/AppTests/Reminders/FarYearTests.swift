import Postgres
import Testing

@testable import App
@testable import Domain

/// The last days of the calendar and what lies beyond, typed, repeated and imported: taken or refused like other times, and shown wherever it is taken.
@Suite struct FarYearTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// Every page that shows a reminder, and what the worker does with it.
  private func look(_ id: String?) throws {
    for path in ["/", "/reminders?status=all", "/reminders?sort=title", "/reminders?q=a", "/settings/audit"] {
      #expect(ana.get(path).status == 200, "\(path)")
    }
    if let id { for path in ["", "/edit", ".ics"] { #expect(ana.get("/reminders/\(id)\(path)").status == 200, "\(path)") } }
    try site.work()
    #expect(site.logged.isEmpty && !site.workLogged.contains { $0.contains("failed") }, "\(site.logged) \(site.workLogged)")
  }

  @Test(
    arguments: ["9999-12-31T23:59", "9999-12-31T11:59", "9999-12-31T00:00", "9999-01-01T09:00"],
    ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/Sao_Paulo"])
  func `a single time of the last year is kept and shown`(at: String, zone: String) throws {
    // Where the year is one of five digits in UTC by then, it could only be kept wrong.
    if at == "9999-12-31T23:59", zone == "Etc/GMT+12" || zone == "America/Sao_Paulo" {
      let page = ana.post("/reminders", ["title": "A", "at": at, "timezone": zone])
      #expect(page.status == 422 && page.complaints == ["at"] && page.text.contains("31 December 9999"))
      return #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    }
    let id = try ana.remind(["title": "A", "at": at, "timezone": zone])
    #expect(ana.get("/reminders/\(id)/edit").text.contains("value=\"\(at)\""))
    #expect(try ana.reminder(ID(id).unwrapped).nextAt ?? .distantPast >= Instant(iso: "9998-12-31T00:00:00Z").unwrapped)
    try look(id)
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 hours"]).status == 303)
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    try look(id)
    #expect(ana.post("/reminders/\(id)/completion").status == 303)
    #expect(ana.post("/reminders/\(id)/reopening").status == 303)
    try look(id)
  }

  @Test func `what no calendar has, or has had, is refused at its field`() throws {
    for at in [
      "10000-01-01T00:00", "0000-01-01T00:00", "0001-01-01T00:00", "99999-12-31T23:59", "9999-13-01T00:00", "9999-12-31T24:00",
    ] {
      #expect(ana.post("/reminders", ["title": "A", "at": at]).complaints == ["at"], "\(at)")
      #expect(site.logged.isEmpty)
    }
  }

  @Test(arguments: [
    "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", "RRULE:FREQ=YEARLY;UNTIL=99991231", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=99981231T000000",
  ])
  func `a series may end in the last year`(rule: String) throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": rule, "exclude_dates": "9999-12-31"])
    try look(id)
  }

  @Test func `controls, snoozes, lines and goals take no year for an overflow`() throws {
    let until = ana.post(
      "/reminders",
      ["title": "A", "schedule": "recurring", "repeat": "daily", "repeat_every": "1", "repeat_at": "09:00", "repeat_until": "9999-12-31"])
    #expect(until.status == 303)
    let from = ana.post(
      "/reminders", ["title": "A", "schedule": "recurring", "repeat": "daily", "repeat_at": "09:00", "repeat_from": "9999-12-31"])
    #expect(from.status == 422 && !from.complaints.isEmpty)
    let id = try ana.remind()
    for words in ["9999-12-31", "31/12/9999 23:59", "9999-12-31T23:59", "99999999999 days", "december 9999"] {
      #expect(ana.post("/reminders/\(id)/snoozes", ["until": words]).status == 422, "\(words)")
      #expect([200, 303, 422].contains(ana.post("/reminders/quick", ["quick": "call mom \(words)"]).status), "\(words)")
    }
    let goal = try ana.goal(["title": "G", "deadline": "9999-12-31"])
    for path in ["/goals", "/goals/\(goal)", "/goals/\(goal)/edit"] { #expect(ana.get(path).status == 200) }
    #expect(ana.post("/goals", ["title": "G", "deadline": "10000-01-01"]).complaints == ["deadline"])
    try look(id)
  }

  @Test func `a file's far years are taken or left out, entry by entry`() throws {
    let entries = [
      "DUE:99991231T235959", "DUE:99991231T235959Z", "DUE;VALUE=DATE:99991231", "DUE:00000101T000000", "DUE:100000101T000000",
      "DTSTART:20270101T090000\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z", "DTSTART:99991231T235959\nRRULE:FREQ=DAILY",
      "DUE:99991231T235959\nBEGIN:VALARM\nTRIGGER;RELATED=END:P9999W\nEND:VALARM",
      "DUE:99991231T235959\nBEGIN:VALARM\nTRIGGER:-P999999D\nEND:VALARM",
      "DUE;TZID=Pacific/Kiritimati:99991231T235959", "DUE;TZID=Etc/GMT+12:99991231T235959",
    ]
    let file = entries.enumerated().map { "BEGIN:VTODO\nUID:\($0)\nSUMMARY:T\($0)\n\($1)\nEND:VTODO\n" }.joined()
    let page = ana.importing(Array("BEGIN:VCALENDAR\n\(file)END:VCALENDAR\n".utf8))
    #expect(page.status == 200)
    #expect(ana.post("/reminders/import/\(try page.fact("import").unwrapped)/confirmation").status == 303)
    let made: [String] = try site.owner.rows(Query(column: "SELECT id::text FROM reminders"))
    // By UTC or a zone east of it, on its day at nine, or as the end of a series: the others would be kept as another time than they say.
    #expect(made.count == 4)
    for id in made { try look(id) }
  }

  @Test func `notes of an imported entry that are too long are cut, which its line says`() throws {
    func todo(_ uid: String, _ notes: String) -> String {
      "BEGIN:VTODO\nUID:\(uid)\nSUMMARY:T\(uid)\nDUE:20270401T090000\nDESCRIPTION:\(notes)\nEND:VTODO\n"
    }
    let long = String(repeating: "x", count: 200_000)
    let page = ana.importing(Array("BEGIN:VCALENDAR\n\(todo("a", "short"))\(todo("b", long))END:VCALENDAR\n".utf8))
    #expect(page.status == 200 && !page.text.contains(long) && page.text.contains("Too long; the end is cut off."))
    #expect(ana.post("/reminders/import/\(try page.fact("import").unwrapped)/confirmation").status == 303)
    #expect(try site.text("SELECT string_agg(octet_length(description)::text, ' ' ORDER BY title) FROM reminders") == "5 16384")
    #expect(site.logged.isEmpty)
  }
}
