import Testing

@testable import Domain

/// Files as the programs of others write them.
@Suite struct EventFileSampleTests {
  private func read(_ text: String) throws -> EventFile {
    // As they leave: lines end by CR LF.
    try EventFiles.read(text.replacing("\n", with: "\r\n"))
  }

  @Test func `Google, with a series, a changed time, a deleted one and times in UTC`() throws {
    let file = try read(
      """
      BEGIN:VCALENDAR
      PRODID:-//Google Inc//Google Calendar 70.9054//EN
      VERSION:2.0
      CALSCALE:GREGORIAN
      METHOD:PUBLISH
      X-WR-CALNAME:ana@x.example
      X-WR-TIMEZONE:America/Sao_Paulo
      BEGIN:VTIMEZONE
      TZID:America/Sao_Paulo
      X-LIC-LOCATION:America/Sao_Paulo
      BEGIN:STANDARD
      TZOFFSETFROM:-0300
      TZOFFSETTO:-0300
      TZNAME:-03
      DTSTART:19700101T000000
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VEVENT
      DTSTART;TZID=America/Sao_Paulo:20270301T100000
      DTEND;TZID=America/Sao_Paulo:20270301T103000
      RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=20270630T025959Z;BYDAY=MO
      EXDATE;TZID=America/Sao_Paulo:20270315T100000
      DTSTAMP:20270310T120000Z
      ORGANIZER;CN=Ana Souza:mailto:ana@x.example
      UID:4n3k@google.com
      ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Bob
       ;X-NUM-GUESTS=0:mailto:bob@x.example
      X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij
      CREATED:20270101T090000Z
      DESCRIPTION:<b>Agenda</b>
      LAST-MODIFIED:20270301T090000Z
      SEQUENCE:2
      STATUS:CONFIRMED
      SUMMARY:Reunião
      TRANSP:OPAQUE
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;TZID=America/Sao_Paulo:20270323T110000
      DTEND;TZID=America/Sao_Paulo:20270323T113000
      DTSTAMP:20270310T120000Z
      UID:4n3k@google.com
      RECURRENCE-ID;TZID=America/Sao_Paulo:20270322T100000
      SEQUENCE:3
      SUMMARY:Reunião (terça)
      END:VEVENT
      BEGIN:VEVENT
      DTSTART:20270312T120000Z
      DTEND:20270312T130000Z
      DTSTAMP:20270310T120000Z
      UID:once@google.com
      SUMMARY:Once
      END:VEVENT
      END:VCALENDAR
      """)
    #expect(file.refused.isEmpty && file.name == "ana@x.example" && file.groups.count == 2)
    let group = file.groups[0]
    let series = try #require(group.event)
    #expect(EventFiles.said(series.times) == "2027-03-01T10:00 America/Sao_Paulo to 2027-03-01T10:30")
    #expect(series.rule?.text == "FREQ=WEEKLY;UNTIL=20270630T025959Z;BYDAY=MO;WKST=SU" && series.order.sequence == 2)
    #expect(series.exdates.map { EventFiles.said($0) } == ["2027-03-15T10:00 America/Sao_Paulo"])
    #expect(series.attendees == [EventEntry.Person(mail: "bob@x.example", name: "Bob", answer: .tentative)])
    #expect(series.url == "https://meet.google.com/abc-defg-hij" && series.remarks.isEmpty)
    #expect(group.changes.map(\.title) == ["Reunião (terça)"])
    #expect(EventFiles.said(group.changes.first?.instance) == "2027-03-22T10:00 America/Sao_Paulo")
    #expect(file.groups[1].event.map { EventFiles.said($0.times) } == "2027-03-12T12:00 UTC to 2027-03-12T13:00")
  }

  @Test func `Outlook, with a zone of Windows, one of its own, an alarm and a meeting online`() throws {
    let file = try read(
      """
      BEGIN:VCALENDAR
      PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
      VERSION:2.0
      METHOD:REQUEST
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
      \(EventFileZoneTests.outlook("Customized Time Zone"))
      BEGIN:VEVENT
      ATTENDEE;CN="Souza, Ana";RSVP=TRUE:mailto:ana@x.example
      CLASS:PUBLIC
      DTEND;TZID="W. Europe Standard Time":20270312T103000
      DTSTAMP:20270301T080000Z
      DTSTART;TZID="W. Europe Standard Time":20270312T100000
      LOCATION:Microsoft Teams Meeting
      PRIORITY:5
      SEQUENCE:0
      SUMMARY;LANGUAGE=de:Besprechung
      TRANSP:OPAQUE
      UID:040000008200E00074C5B7101A82E00800000000
      X-ALT-DESC;FMTTYPE=text/html:<html></html>
      X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
      X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/1
      BEGIN:VALARM
      TRIGGER:-PT15M
      ACTION:DISPLAY
      END:VALARM
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;TZID=Customized Time Zone:20270712T090000
      DTEND;TZID=Customized Time Zone:20270712T100000
      UID:custom
      SUMMARY:Abroad
      END:VEVENT
      END:VCALENDAR
      """)
    #expect(file.refused.isEmpty)
    #expect(
      file.entries.map { EventFiles.said($0.times) } == [
        "2027-03-12T10:00 Europe/Berlin to 2027-03-12T10:30", "2027-07-12T09:00 America/Los_Angeles to 2027-07-12T10:00",
      ])
    #expect(file.entries[0].attendees.first?.name == "Souza, Ana" && file.entries[0].visibility == .public)
    #expect(file.entries[0].url == "https://teams.microsoft.com/l/meetup-join/1" && file.entries[0].remarks == [.alarms(1)])
    #expect(file.entries[0].metadata == [EventEntry.Field("X-MICROSOFT-CDO-BUSYSTATUS", "TENTATIVE")])
    let losAngeles = try zone("America/Los_Angeles")
    #expect(file.entries[1].remarks == [.zoneMatched("Customized Time Zone", losAngeles)])
  }

  @Test func `Apple and Nextcloud, with days, birthdays on 29 February, and dates left out in lines of their own`() throws {
    let file = try read(
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Apple Inc.//macOS 14.4//EN
      X-APPLE-CALENDAR-COLOR:#1BADF8
      BEGIN:VEVENT
      UID:1C0D-APPLE
      SUMMARY:Férias
      DTSTART;VALUE=DATE:20270310
      DTEND;VALUE=DATE:20270313
      TRANSP:TRANSPARENT
      X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Porto":geo:41.15,-8.61
      END:VEVENT
      BEGIN:VEVENT
      UID:birthday
      SUMMARY:🎂 Bob (*2000)
      DTSTART;VALUE=DATE:20000229
      DTEND;VALUE=DATE:20000301
      RRULE:FREQ=YEARLY
      CLASS:X-FAMILY
      X-NEXTCLOUD-BC-FIELD-TYPE:BDAY
      END:VEVENT
      BEGIN:VEVENT
      UID:yoga
      SUMMARY:Yoga
      DTSTART;TZID=Europe/Lisbon:20270301T190000
      DURATION:PT1H
      RRULE:FREQ=WEEKLY;BYDAY=MO,WE
      EXDATE;TZID=Europe/Lisbon:20270303T190000
      EXDATE;TZID=Europe/Lisbon:20270308T190000
      EXDATE;VALUE=DATE:20270310
      CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://cloud.x.example/call/abc
      URL:https://cloud.x.example/apps/calendar/1
      END:VEVENT
      END:VCALENDAR
      """)
    #expect(file.refused.isEmpty && file.entries.map(\.remarks) == [[], [], []])
    #expect(
      file.entries.map { EventFiles.said($0.times) } == [
        "2027-03-10…2027-03-12", "2000-02-29…2000-02-29", "2027-03-01T19:00 Europe/Lisbon to 2027-03-01T20:00",
      ])
    #expect(file.entries[0].metadata.map(\.text) == ["geo:41.15,-8.61"] && file.entries[0].isBusy == false)
    #expect(file.entries[1].rule?.text == "FREQ=YEARLY" && file.entries[1].visibility == .private)
    #expect(file.entries[2].exdates.count == 3 && file.entries[2].link == "https://cloud.x.example/apps/calendar/1")
  }

  /// Hard case 26: UIDs that are new each time.
  @Test func `a published feed of Office 365, told twice`() throws {
    func feed(_ uid: String) -> String {
      """
      BEGIN:VCALENDAR
      METHOD:PUBLISH
      PRODID:Microsoft Exchange Server 2010
      VERSION:2.0
      X-WR-CALNAME:Kalender
      \(EventFileZoneTests.fixed("(UTC+05:30) Chennai\\, Kolkata", "+0530"))
      BEGIN:VEVENT
      UID:\(uid)
      SUMMARY:Busy
      DTSTART;TZID="(UTC+05:30) Chennai, Kolkata":20270312T110000
      DTEND;TZID="(UTC+05:30) Chennai, Kolkata":20270312T113000
      CLASS:PRIVATE
      TRANSP:OPAQUE
      STATUS:CONFIRMED
      X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
      END:VEVENT
      END:VCALENDAR
      """
    }
    let first = try #require(read(feed("A1")).entries.first)
    let second = try #require(read(feed("B2")).entries.first)
    #expect(EventFiles.said(first.times) == "2027-03-12T11:00 Asia/Kolkata to 2027-03-12T11:30")
    #expect(EventRenaming.found(known: [first.uid: first.hash], feed: [(second.uid, second.hash)]) == ["B2": "A1"])
  }
}
