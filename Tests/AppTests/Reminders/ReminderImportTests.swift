import Postgres
import Testing

@testable import App
@testable import Domain

/// Reminders from files of other programs, through the form: looked at, confirmed, taken back.
@Suite struct ReminderImportTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private static let calendar = """
    BEGIN:VCALENDAR
    BEGIN:VTODO
    UID:rent
    SUMMARY:Pay the rent
    DESCRIPTION:Account 5
    PRIORITY:1
    DUE;TZID=Europe/Berlin:20270401T090000
    END:VTODO
    BEGIN:VEVENT
    UID:standup
    SUMMARY:Stand-up
    DTSTART:20260907T100000
    RRULE:FREQ=WEEKLY;BYDAY=MO
    EXDATE:20261123T100000
    BEGIN:VALARM
    TRIGGER:-PT15M
    END:VALARM
    END:VEVENT
    BEGIN:VTODO
    UID:old
    SUMMARY:Long ago
    DUE:20200101T090000
    END:VTODO
    END:VCALENDAR

    """

  private func send(_ text: String = calendar) -> Page { ana.importing(Array(text.utf8)) }

  private func id(_ page: Page) throws -> String { try page.fact("import").unwrapped }

  private func count() throws -> Int { try site.count("SELECT count(*) FROM reminders") }

  private func confirm(_ id: String, by browser: Browser? = nil) -> Page { (browser ?? ana).post("/reminders/import/\(id)/confirmation") }

  @Test func `the page says what comes of each entry, and nothing is made before it is confirmed`() throws {
    let page = send()
    #expect(page.status == 200)
    #expect(page.text.contains("Nothing is stored yet. Reminders to be made: 2. Left out: 1."))
    for words in ["Pay the rent", "Stand-up", "High", "Long ago", "Its time has passed."] { #expect(page.text.contains(words), "\(words)") }
    #expect(try count() == 0)
    let sent = try id(page)
    #expect(ana.get("/reminders/import/\(sent)").text.contains("Stand-up"))
    let answer = confirm(sent)
    #expect(answer.status == 303 && answer.location == "/reminders/import/\(sent)")
    #expect(try count() == 2)
    #expect(
      try site.text("SELECT importance || ' ' || description FROM reminders WHERE title = 'Pay the rent'") == "high Account 5")
    #expect(
      try site.text("SELECT to_char(next_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM reminders WHERE title = 'Pay the rent'")
        == "2027-04-01 07:00")
    #expect(
      try site.text("SELECT exclude_dates::text || ' ' || to_char(rule_from, 'YYYY-MM-DD HH24:MI') FROM schedules WHERE kind = 'recurring'")
        == "{2026-11-23} 2026-09-07 09:45")
    #expect(try site.text("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log") == "reminder_import.read reminder_import.made")
    #expect(site.logged.isEmpty)
  }

  @Test func `confirmed twice it makes nothing twice`() throws {
    let sent = try id(send())
    for _ in 0..<2 { #expect(confirm(sent).status == 303) }
    #expect(try count() == 2)
  }

  @Test func `the same file again makes nothing, after edits neither, and what was deleted can come again`() throws {
    _ = confirm(try id(send()))
    let rent = try site.text("SELECT id::text FROM reminders WHERE title = 'Pay the rent'").unwrapped
    #expect(ana.post("/reminders/\(rent)", ["title": "Rent", "at": "2027-05-01T09:00", "version": "1"]).status == 303)
    let again = send()
    let another = try id(again)
    #expect(again.text.contains("Reminders to be made: 0. Left out: 3.") && again.text.contains("You have it already."))
    #expect(again.form("/reminders/import/\(another)/confirmation") == nil)
    #expect(confirm(another).status == 303)
    #expect(try count() == 2)
    #expect(ana.post("/reminders/\(rent)/deletion").status == 303)
    _ = confirm(try id(send()))
    #expect(try count() == 2)
  }

  @Test func `a new file takes the place of the preview before`() throws {
    let first = try id(send())
    let second = try id(send())
    let page = ana.get("/reminders/import/\(first)")
    #expect(page.text.contains("Another file that you sent since took its place.") && page.links.contains("/reminders/import/\(second)"))
    #expect(!page.text.contains("/confirmation") && !page.text.contains("/deletion"))
    for command in ["confirmation", "deletion"] {
      let refused = ana.post("/reminders/import/\(first)/\(command)")
      #expect(refused.status == 409 && refused.text.contains("Another file that you sent since took its place."))
      #expect(refused.links.contains("/reminders/import/\(first)"))
      #expect(try site.person("\(command)@x.test").post("/reminders/import/\(first)/\(command)").status == 404)
    }
    #expect(try count() == 0)
    #expect(confirm(second).status == 303)
    #expect(try count() == 2)
  }

  @Test func `of previews that were replaced ten are kept, without their rows`() throws {
    for _ in 0..<13 { _ = send() }
    #expect(try site.count("SELECT count(*) FROM reminder_imports") == 11)
    #expect(try site.count("SELECT count(*) FROM reminder_import_rows") == 3)
  }

  @Test func `titles lead to what was made of them, while it is there`() throws {
    let sent = try id(send())
    let place = Paths.reminders.text + "/import/" + sent
    #expect(ana.get(place).links.allSatisfy { !$0.hasPrefix("/reminders/0") })
    _ = confirm(sent)
    let made: [String] = try site.owner.rows(Query(column: "SELECT '/reminders/' || id FROM reminders"))
    #expect(made.count == 2 && Set(made).isSubset(of: ana.get(place).links))
    #expect(ana.post(made[0] + "/deletion").status == 303)
    #expect(!ana.get(place).links.contains(made[0]) && ana.get(place).links.contains(made[1]))
  }

  @Test func `taking it back deletes what nobody has touched`() throws {
    let sent = try id(send())
    _ = confirm(sent)
    let rent = try site.text("SELECT id::text FROM reminders WHERE title = 'Pay the rent'").unwrapped
    #expect(ana.post("/reminders/\(rent)", ["title": "Rent", "at": "2027-05-01T09:00", "version": "1"]).status == 303)
    #expect(ana.post("/reminders/import/\(sent)/deletion").status == 303)
    #expect(try site.text("SELECT string_agg(title, ' ') FROM reminders") == "Rent")
    #expect(ana.get("/reminders/import/\(sent)").text.contains("This import was taken back."))
    #expect(ana.post("/reminders/import/\(sent)/deletion").status == 303)
    #expect(ana.get("/reminders/import/\(sent)").text.contains("This import was taken back already."))
    #expect(try count() == 1 && site.count("SELECT count(*) FROM audit_log WHERE action = 'reminder_import.undone'") == 1)
  }

  @Test func `a discarded preview is gone`() throws {
    let sent = try id(send())
    #expect(ana.post("/reminders/import/\(sent)/deletion").location == "/reminders/import")
    #expect(confirm(sent).status == 404)
    #expect(try count() == 0)
    #expect(try site.count("SELECT count(*) FROM reminder_import_rows") == 0)
  }

  @Test func `what has passed between preview and confirmation is left out`() throws {
    let sent = try id(send())
    site.pass(hours: 24 * 200)
    try ana.openSession()
    _ = confirm(sent)
    #expect(try site.text("SELECT string_agg(title, ' ') FROM reminders") == "Stand-up")
  }

  @Test func `Todoist's rows, with words for their times`() throws {
    let page = ana.importing(
      Array("TYPE,CONTENT,PRIORITY,DATE,DATE_LANG\r\ntask,Water,1,every monday at 9,en\r\ntask,\"Bro\"ken,4,tomorrow,en\r\n".utf8),
      as: "a.csv")
    #expect(page.text.lowercased().contains("every monday at 09:00") && page.text.contains("The quotation marks of this line are broken."))
    _ = confirm(try id(page))
    #expect(try site.text("SELECT words FROM schedules") == "every monday at 9")
  }

  @Test(arguments: [
    ("", "This file is empty."), ("%PDF-1.7", "neither an iCalendar file"), ("BEGIN:VCALENDAR\u{0}", "This file is not text."),
    (String(repeating: "BEGIN:VTODO\nEND:VTODO\n", count: 50_000), "at most 10 MB and 5,000 entries"),
    (String(repeating: "x", count: 10_000_001), "at most 10 MB and 5,000 entries"),
  ])
  func `a file that is not read says why, and nothing is stored`(text: String, says: String) throws {
    let page = send(text.hasPrefix("BEGIN:VTODO") ? "BEGIN:VCALENDAR\n" + text : text)
    #expect(page.status == 422 && page.text.contains(says))
    #expect(try site.count("SELECT count(*) FROM reminder_imports") == 0)
  }

  @Test func `no file, and a body that breaks off`() throws {
    #expect(ana.post("/reminders/import").text.contains("Choose a file."))
    let broken = ana.post("/reminders/import", raw: Array("--XX\r\n".utf8), ["content-type": "multipart/form-data; boundary=XX"])
    #expect(broken.status == 422)
  }

  @Test func `too many for the person's bound make none`() throws {
    let site = try Site(quota: Quota(reminders: 1, megabytes: 1))
    let bob = try site.person("bob@x.test")
    let sent = try id(bob.importing(Array(Self.calendar.utf8)))
    #expect(confirm(sent, by: bob).status == 409)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
  }

  @Test func `strangers and housemates see none of it`() throws {
    let sent = try id(send())
    for browser in [try site.person("bob@x.test", sharing: ana), try site.person("eve@x.test")] {
      #expect(browser.get("/reminders/import/\(sent)").status == 404)
      #expect(confirm(sent, by: browser).status == 404)
      #expect(browser.post("/reminders/import/\(sent)/deletion").status == 404)
    }
    #expect(confirm(sent).status == 303)
  }

  @Test func `hostile titles are shown as they are written`() throws {
    let page = send(
      "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:x\nSUMMARY:<script>alert(1)</script>\nDUE:20270401T090000\nEND:VTODO\nEND:VCALENDAR\n")
    #expect(page.text.contains("&lt;script&gt;alert(1)") && !page.text.contains("<script>alert"))
  }

  @Test func `Heed's own file for calendars is read as the reminder it was made of`() throws {
    let eva = try site.person("eva@x.test", zone: "Europe/Berlin")
    let id = try eva.remind([
      "title": "Rent, \u{1F3E0}; \\", "schedule": "recurring", "cron": "every 2 weeks on friday at 17:00", "exclude_dates": "2026-12-25",
    ])
    let page = ana.importing(eva.get("/reminders/\(id).ics").response.body)
    _ = confirm(try self.id(page))
    let same = try site.count(
      """
      SELECT count(DISTINCT (r.title, r.next_at, s.rule, s.rule_from, s.timezone, s.exclude_dates)) * 10 + count(*)
      FROM reminders r JOIN schedules s ON s.reminder_id = r.id
      """)
    #expect(same == 12)
  }

  @Test func `a Brazilian reads all of it in Portuguese, whatever the browser asks for`() throws {
    let rui = try site.person("rui@x.test", zone: "America/Sao_Paulo", language: .portuguese)
    #expect(rui.get("/reminders/import", ["accept-language": "en"]).text.contains("<h1>Importar lembretes</h1>"))
    let page = rui.importing(Array(Self.calendar.utf8))
    #expect(page.text.contains("Nada foi guardado ainda. Lembretes a criar: 2. Deixados de fora: 1."))
    #expect(page.text.contains("A hora já passou."))
  }

  @Test func `a calendar with nothing in it says so, and offers another file`() throws {
    let page = ana.importing(Array("BEGIN:VCALENDAR\nEND:VCALENDAR\n".utf8))
    #expect(page.status == 200 && page.text.contains("This file holds neither a task nor an event."))
    #expect(!page.text.contains("<table") && page.links.contains("/reminders/import"))
    #expect(!page.text.contains("/confirmation"))
  }

  @Test func `the empty form says what can be imported, and the list leads there`() {
    let page = ana.get("/reminders/import")
    #expect(page.status == 200 && page.text.contains("What can be imported") && page.text.contains("enctype=\"multipart/form-data\""))
    #expect(ana.get("/reminders").links.contains("/reminders/import"))
  }
}
