import Foundation
import TestSupport
import Testing

@testable import App
@testable import Domain

/// As many as a file may hold: made and taken back in a moment, and stored as a form stores one.
@Suite struct ImportManyTests {
  private static func calendar(_ count: Int) -> [UInt8] {
    let parts = (0..<count).map { number in
      let repeats = number % 5 == 0 ? "RRULE:FREQ=WEEKLY;BYDAY=MO\r\nEXDATE:20270405T090000\r\n" : ""
      let notes = number % 10 == 0 ? "DESCRIPTION:Bring *all* of it\r\n" : ""
      return "BEGIN:VTODO\r\nUID:\(number)\r\nSUMMARY:Task \(number)\r\nDUE:20270401T090000\r\n\(repeats)\(notes)END:VTODO\r\n"
    }
    return Array("BEGIN:VCALENDAR\r\n\(parts.joined())END:VCALENDAR\r\n".utf8)
  }

  /// Far from what rows of their own, or a join that reads all for each, take (8 s and more here), and far from what a busy machine adds.
  @Test func `5,000 are made and taken back, each as one request that others can wait for`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let clock = ContinuousClock()
    var sent = ""
    let read = try clock.measure { sent = try ana.importing(Self.calendar(5_000)).fact("import").unwrapped }
    let made = clock.measure { #expect(ana.post("/reminders/import/\(sent)/confirmation").status == 303) }
    #expect(try site.count("SELECT count(*) FROM reminders r JOIN schedules s ON s.reminder_id = r.id") == 5_000)
    #expect(try site.count("SELECT active FROM reminder_counts WHERE active > 0") == 5_000)
    #expect(try site.count("SELECT count(*) FROM reminder_texts") == 500)
    let again = try clock.measure { _ = try ana.importing(Self.calendar(5_000)).fact("import").unwrapped }
    let undone = clock.measure { #expect(ana.post("/reminders/import/\(sent)/deletion").status == 303) }
    print("import of 5,000: read \(read), made \(made), read again \(again), undone \(undone)")
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    #expect(made < .seconds(8) && undone < .seconds(6), "made \(made), undone \(undone)")
    #expect(site.logged.isEmpty)
  }

  @Test func `undoing looks up each reminder by its key, however little the planner knows`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sent = try ana.importing(Self.calendar(2_000)).fact("import").unwrapped
    #expect(ana.post("/reminders/import/\(sent)/confirmation").status == 303)
    let read: Int64? = try site.owner.transaction {
      try site.owner.run("SELECT set_config('heed.user_id', user_id::text, true) FROM reminder_imports")
      let undone: Int64? = try site.owner.value("SELECT door.undo_reminder_import(id) FROM reminder_imports")
      #expect(undone == 2_000)
      return try site.owner.value(
        """
        SELECT sum(pg_stat_get_xact_tuples_returned(indexrelid))::bigint FROM pg_index
        WHERE indrelid IN ('reminders'::regclass, 'reminder_sources'::regclass)
        """)
    }
    let entries = try read.unwrapped
    #expect((4_000..<100_000).contains(entries), "\(entries) entries of indexes were read")
  }

  @Test func `a reminder of a file is stored as one of the form`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", zone: "Europe/Berlin")
    _ = try ana.remind(["title": "A", "description": "*n*", "at": "2027-04-01T09:00"])
    _ = try ana.remind([
      "title": "B", "description": "", "schedule": "recurring", "cron": "RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
      "exclude_dates": "2027-04-05\n2027-04-12",
    ])
    let sent = try ana.importing(
      Array(
        """
        BEGIN:VCALENDAR
        BEGIN:VTODO
        UID:a
        SUMMARY:A
        DESCRIPTION:*n*
        DUE:20270401T090000
        END:VTODO
        BEGIN:VTODO
        UID:b
        SUMMARY:B
        DUE:20260101T090000
        RRULE:FREQ=WEEKLY;BYDAY=MO
        EXDATE:20270405T090000,20270412T090000
        END:VTODO
        END:VCALENDAR

        """.utf8)
    ).fact("import").unwrapped
    #expect(ana.post("/reminders/import/\(sent)/confirmation").status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders") == 4)
    let kinds = try site.count(
      """
      SELECT count(DISTINCT to_jsonb(r) - '{id,created_at,updated_at}'::text[] || (to_jsonb(s) - '{reminder_id,rule_from,words}'::text[])
        || coalesce(to_jsonb(t) - 'reminder_id', '{}')) FROM reminders r JOIN schedules s ON s.reminder_id = r.id
        LEFT JOIN reminder_texts t ON t.reminder_id = r.id
      """)
    #expect(kinds == 2)
  }
}
