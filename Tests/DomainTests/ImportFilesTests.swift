import Testing

@testable import Domain

/// Whole files as other programs export them, with invented content, read on Wednesday 10 March 2027, 10:00 in New York.
@Suite struct ImportFilesTests {
  /// "line title: local time zone", or why not.
  private func read(_ text: String) throws -> [String] {
    try ImportCalendarTests.read(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")).map { entry in
      let head = "\(entry.line) \(entry.title): "
      switch entry.outcome {
      case .leftOut(let reason): return head + "\(reason)"
      case .planned(let plan):
        let zone = plan.schedule.zone
        let time = head + zone.local(plan.next).text + " " + zone.name
        if case .rule(let rule, _) = plan.schedule.kind { return time + " " + rule.text }
        return time
      }
    }
  }

  @Test func `Apple Reminders, by iCloud`() throws {
    let file = """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Apple Inc.//macOS 14.6.1//EN
      CALSCALE:GREGORIAN
      X-WR-CALNAME:House
      X-APPLE-CALENDAR-COLOR:#1BADF8
      BEGIN:VTIMEZONE
      TZID:America/New_York
      BEGIN:DAYLIGHT
      TZOFFSETFROM:-0500
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
      DTSTART:20070311T020000
      TZNAME:EDT
      TZOFFSETTO:-0400
      END:DAYLIGHT
      END:VTIMEZONE
      BEGIN:VTODO
      UID:0F1E2D3C-AAAA-4B5C-8D6E-000000000001
      CREATED:20270301T101500Z
      DTSTAMP:20270301T101501Z
      SUMMARY:Put the bins out
      DTSTART;TZID=America/New_York:20270304T190000
      DUE;TZID=America/New_York:20270304T190000
      RRULE:FREQ=WEEKLY;INTERVAL=1
      STATUS:NEEDS-ACTION
      PRIORITY:5
      X-APPLE-SORT-ORDER:762345678
      BEGIN:VALARM
      UID:0F1E2D3C-AAAA-4B5C-8D6E-0000000000A1
      X-WR-ALARMUID:0F1E2D3C-AAAA-4B5C-8D6E-0000000000A1
      ACTION:DISPLAY
      DESCRIPTION:Reminder
      TRIGGER;VALUE=DATE-TIME:20270304T000000Z
      END:VALARM
      END:VTODO
      BEGIN:VTODO
      UID:0F1E2D3C-AAAA-4B5C-8D6E-000000000002
      SUMMARY:Library books
      DUE;VALUE=DATE:20270320
      X-APPLE-DEFAULT-ALARM:TRUE
      END:VTODO
      BEGIN:VTODO
      UID:0F1E2D3C-AAAA-4B5C-8D6E-000000000003
      SUMMARY:When I get home
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER;VALUE=DATE-TIME:19760401T005545Z
      X-APPLE-PROXIMITY:ARRIVE
      X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Home, sweet: home":geo:40.7,-74.0
      END:VALARM
      END:VTODO
      BEGIN:VTODO
      UID:0F1E2D3C-AAAA-4B5C-8D6E-000000000004
      SUMMARY:Milk
      STATUS:COMPLETED
      COMPLETED:20270302T080000Z
      PERCENT-COMPLETE:100
      END:VTODO
      END:VCALENDAR

      """
    let found = try read(file)
    #expect(
      found == [
        "17 Put the bins out: 2027-03-11T19:00 America/New_York FREQ=WEEKLY;BYDAY=TH;BYHOUR=19;BYMINUTE=0",
        "36 Library books: 2027-03-20T09:00 America/New_York", "42 When I get home: noTime", "52 Milk: completed",
      ])
  }

  @Test func `Google Calendar, with a zone that is not described, a moved and a cancelled time`() throws {
    let file = """
      BEGIN:VCALENDAR
      PRODID:-//Google Inc//Google Calendar 70.9054//EN
      VERSION:2.0
      METHOD:PUBLISH
      X-WR-TIMEZONE:America/Sao_Paulo
      BEGIN:VEVENT
      DTSTART;TZID=America/Sao_Paulo:20270301T083000
      DTEND;TZID=America/Sao_Paulo:20270301T090000
      RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20271231T025959Z;BYDAY=MO,WE,FR
      EXDATE;TZID=America/Sao_Paulo:20270315T083000
      DTSTAMP:20270302T111213Z
      UID:2f4k8c1abc@google.com
      SUMMARY:Reunião diária
      BEGIN:VALARM
      ACTION:EMAIL
      DESCRIPTION:This is an event reminder
      ATTENDEE:mailto:ana@example.com
      TRIGGER:-P0DT0H10M0S
      END:VALARM
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;TZID=America/Sao_Paulo:20270312T160000
      UID:2f4k8c1abc@google.com
      RECURRENCE-ID;TZID=America/Sao_Paulo:20270312T083000
      SUMMARY:Reunião diária (à tarde)
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-PT10M
      END:VALARM
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;TZID=America/Sao_Paulo:20270317T083000
      UID:2f4k8c1abc@google.com
      RECURRENCE-ID;TZID=America/Sao_Paulo:20270317T083000
      STATUS:CANCELLED
      SUMMARY:Reunião diária
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;VALUE=DATE:20270420
      DTEND;VALUE=DATE:20270421
      UID:allday@google.com
      SUMMARY:Aniversário da Bia
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-P0DT15H0M0S
      END:VALARM
      END:VEVENT
      END:VCALENDAR

      """
    let found = try read(file)
    #expect(
      found == [
        "6 Reunião diária: 2027-03-19T08:20 America/Sao_Paulo FREQ=WEEKLY;UNTIL=20271231T024959Z;BYDAY=MO,WE,FR;BYHOUR=8;BYMINUTE=20",
        "21 Reunião diária (à tarde): 2027-03-12T15:50 America/Sao_Paulo", "31 Reunião diária: cancelled",
        "38 Aniversário da Bia: 2027-04-19T09:00 America/New_York",
      ])
  }

  @Test func `Outlook, with Windows' names of zones`() throws {
    let file = """
      BEGIN:VCALENDAR
      PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
      VERSION:2.0
      METHOD:PUBLISH
      X-MS-OLK-FORCEINSPECTOROPEN:TRUE
      BEGIN:VTIMEZONE
      TZID:W. Europe Standard Time
      BEGIN:STANDARD
      DTSTART:16011028T030000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VTODO
      CLASS:PUBLIC
      UID:040000008200E00074C5B7101A82E00800000000B0
      SUMMARY;LANGUAGE=de:Steuererklärung
      DTSTART;TZID="W. Europe Standard Time":20270501T090000
      DUE;TZID="W. Europe Standard Time":20270531T180000
      PRIORITY:1
      X-MICROSOFT-CDO-IMPORTANCE:2
      BEGIN:VALARM
      TRIGGER;RELATED=START:-PT30M
      ACTION:DISPLAY
      DESCRIPTION:Reminder
      END:VALARM
      BEGIN:VALARM
      TRIGGER;RELATED=END:-P1D
      ACTION:DISPLAY
      END:VALARM
      END:VTODO
      BEGIN:VEVENT
      UID:040000008200E00074C5B7101A82E00800000000C1
      SUMMARY:Staff meeting
      DTSTART;TZID=Nowhere Standard Time:20270501T090000
      BEGIN:VALARM
      TRIGGER:-PT15M
      ACTION:DISPLAY
      END:VALARM
      END:VEVENT
      END:VCALENDAR

      """
    let found = try read(file)
    #expect(
      found == [
        "15 Steuererklärung: 2027-05-01T08:30 Europe/Berlin", "33 Staff meeting: zone(\"Nowhere Standard Time\")",
      ])
  }

  @Test func `Nextcloud and Thunderbird`() throws {
    let file = """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Nextcloud Tasks v0.16.1
      BEGIN:VTODO
      UID:4b0c
      CREATED:20270301T080000
      SUMMARY:Buy paint
      RELATED-TO:4b0b
      PERCENT-COMPLETE:40
      STATUS:IN-PROCESS
      DUE:20270311T120000Z
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER;RELATED=END:-PT1H
      END:VALARM
      END:VTODO
      BEGIN:VTODO
      UID:moz-1
      SUMMARY:Water filter
      DTSTART;TZID=Europe/Lisbon:20270201T080000
      DURATION:PT2H
      RRULE:FREQ=MONTHLY;BYMONTHDAY=-1
      EXDATE;TZID=Europe/Lisbon:20270331T080000
      X-MOZ-GENERATION:3
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER;RELATED=END:PT0S
      END:VALARM
      END:VTODO
      BEGIN:VTODO
      UID:moz-2
      SUMMARY:Not any more
      STATUS:CANCELLED
      DUE:20270401T080000Z
      END:VTODO
      BEGIN:VJOURNAL
      UID:j
      SUMMARY:A diary
      END:VJOURNAL
      END:VCALENDAR

      """
    let found = try read(file)
    #expect(
      found == [
        "4 Buy paint: 2027-03-11T11:00 UTC",
        "17 Water filter: 2027-04-30T10:00 Europe/Lisbon FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=10;BYMINUTE=0", "30 Not any more: cancelled",
      ])
  }
}
