import Testing

@testable import Domain

@Suite struct EventFileTests {
  @Test func `times are read by their zones, and ends by DTEND, else DURATION, else not at all`() throws {
    let rows: [(String, String)] = [
      (
        "DTSTART;TZID=Europe/Berlin:20270312T090000\nDTEND;TZID=Europe/Berlin:20270312T100000",
        "2027-03-12T09:00 Europe/Berlin to 2027-03-12T10:00"
      ),
      // A flight: each end by its own clocks.
      (
        "DTSTART;TZID=America/Sao_Paulo:20270310T220000\nDTEND;TZID=Europe/Lisbon:20270311T123000",
        "2027-03-10T22:00 America/Sao_Paulo to 2027-03-11T12:30 Europe/Lisbon"
      ),
      ("DTSTART:20270312T140000Z\nDTEND:20270312T150000Z", "2027-03-12T14:00 UTC to 2027-03-12T15:00"),
      // The Z holds whatever zone stands beside it; an end in UTC is one of the start's clocks.
      ("DTSTART;TZID=Europe/Berlin:20270312T140000Z", "2027-03-12T14:00 UTC"),
      ("DTSTART;TZID=America/New_York:20270312T090000\nDTEND:20270312T150000Z", "2027-03-12T09:00 America/New_York to 2027-03-12T10:00"),
      ("DTSTART:20270312T090000\nDTEND:20270312T100000\nDURATION:PT5H", "2027-03-12T09:00 America/New_York to 2027-03-12T10:00"),
      ("DTSTART:20270312T090000\nDURATION:PT90M", "2027-03-12T09:00 America/New_York to 2027-03-12T10:30"),
      ("DTSTART:20270312T090000", "2027-03-12T09:00 America/New_York"),
      ("DTSTART:20270312T090000\nDTEND:20270312T090000", "2027-03-12T09:00 America/New_York to 2027-03-12T09:00"),
      // Hours are hours in the night in which the clocks go forward, and days are days; of a series the end is the same time every day.
      ("DTSTART:20270313T220000\nDURATION:PT8H", "2027-03-13T22:00 America/New_York to 2027-03-14T07:00"),
      ("DTSTART:20270313T220000\nDURATION:PT8H\nRRULE:FREQ=DAILY", "2027-03-13T22:00 America/New_York to 2027-03-14T06:00"),
      ("DTSTART:20270313T120000\nDURATION:P1D", "2027-03-13T12:00 America/New_York to 2027-03-14T12:00"),
      // A gap makes no end before its start, nor does the hour that comes twice.
      ("DTSTART:20270314T023000\nDTEND:20270314T030000", "2027-03-14T02:30 America/New_York to 2027-03-14T03:00"),
      ("DTSTART:20271107T014500\nDURATION:PT30M", "2027-11-07T01:45 America/New_York to 2027-11-07T06:15 UTC"),
      // All day: the end of a file is the day after.
      ("DTSTART;VALUE=DATE:20270310", "2027-03-10…2027-03-10"),
      ("DTSTART;VALUE=DATE:20270310\nDTEND;VALUE=DATE:20270313", "2027-03-10…2027-03-12"),
      ("DTSTART;VALUE=DATE:20270310\nDTEND;VALUE=DATE:20270310", "2027-03-10…2027-03-10"),
      ("DTSTART;VALUE=DATE:20270310\nDURATION:P3D", "2027-03-10…2027-03-12"),
      ("DTSTART;VALUE=DATE:20270310\nDTEND:20270312T000000", "2027-03-10…2027-03-11"),
      ("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20280102", "2027-01-01…2028-01-01"),
      // Which one is cancelled is enough.
      ("RECURRENCE-ID;TZID=Europe/Berlin:20270312T090000", "2027-03-12T09:00 Europe/Berlin"),
    ]
    for (lines, expected) in rows {
      #expect(try EventFiles.said(EventFiles.one(lines).times) == expected, "\(lines)")
    }
  }

  /// Hard case 15, as far as it comes by files.
  @Test func `one broken event is refused with its line and the reason, and the rest is taken`() throws {
    let dates = (0..<2_001).map { Day(20_900 + $0).basic + "T090000" }.joined(separator: ",")
    let rows: [(String, EventFile.Reason)] = [
      ("DTSTART:20270312T090000\nDTEND:20270312T080000", .endsBeforeStart),
      ("DTSTART;VALUE=DATE:20270312\nDTEND;VALUE=DATE:20270311", .endsBeforeStart),
      ("DTSTART:20270312T090000\nDURATION:-PT1H", .endsBeforeStart),
      ("DTSTART;TZID=America/Sao_Paulo:20270310T220000\nDTEND;TZID=Europe/Lisbon:20270311T003000", .endsBeforeStart),
      ("LOCATION:Nowhere", .noStart), ("DTSTART:20270230T090000", .value("DTSTART", "20270230T090000")),
      ("DTSTART:20270312T090000\nDTEND:soon", .value("DTEND", "soon")),
      ("DTSTART:20270312T090000\nDURATION:1h", .value("DURATION", "1h")),
      ("DTSTART:20270312T090000\nRECURRENCE-ID:x", .value("RECURRENCE-ID", "x")),
      ("DTSTART:20270101T000000\nDTEND:20280103T000000", .tooLong),
      ("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20280103", .tooLong),
      ("DTSTART:20270312T090000\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", .exceptionRule),
      ("DTSTART:20270312T090000\nRDATE:" + dates, .tooMany("RDATE")),
    ]
    for (lines, reason) in rows {
      let file = try EventFiles.read(
        EventFiles.calendar(
          EventFiles.event("UID:a", "SUMMARY:A", lines), EventFiles.event("UID:b", "SUMMARY:B", "DTSTART:20270312T090000")))
      #expect(file.entries.map(\.uid) == ["b"], "\(lines.prefix(100))")
      #expect(file.refused.map(\.reason) == [reason], "\(lines.prefix(100))")
      #expect(file.refused.first?.line == 3 && file.refused.first?.title == "A")
    }
    let cut = try EventFiles.read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20270312T090000\nBEGIN:VALARM\nEND:VCALENDAR\n")
    #expect(cut.refused.map(\.reason) == [.brokenOff])
    let answer = try EventFiles.read(EventFiles.calendar("METHOD:REPLY", EventFiles.event("UID:a", "DTSTART:20270312T090000")))
    #expect(answer.refused.map(\.reason) == [.answer("REPLY")] && answer.entries.isEmpty)
  }

  /// Hard case 28.
  @Test func `a file that is too large, cut in its middle or a page to sign in is refused whole`() throws {
    let whole = EventFiles.calendar(EventFiles.event("UID:a", "DTSTART:20270312T090000"))
    let rows: [(String, EventFile.Refusal)] = [
      ("", .empty), (" \r\n", .empty), ("<!DOCTYPE html>\n<title>Sign in</title>", .webPage), ("\n <html>", .webPage),
      ("title,due\nA,tomorrow\n", .unknown), ("a\u{0}b", .notText), (String(whole.dropLast(15)), .cut(line: 6)),
      ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:2027", .cut(line: 4)),
    ]
    for (text, refusal) in rows {
      #expect(throws: refusal, "\(text)") { try EventFiles.read(text) }
    }
    let many = String(repeating: "BEGIN:VEVENT\nDTSTART:20270312\nEND:VEVENT\n", count: 20_001)
    #expect(throws: EventFile.Refusal.tooMany) { try EventFiles.read("BEGIN:VCALENDAR\n" + many + "END:VCALENDAR\n") }
    #expect(throws: EventFile.Refusal.tooLarge) { try EventFiles.read([UInt8](repeating: 0x20, count: 10_000_001)) }
    #expect(throws: EventFile.Refusal.tooLong) { try EventFiles.read(Array(whole.utf8), mayGoOn: { false }) }
    let none = try EventFiles.read(EventFiles.calendar("X-WR-CALNAME:Empty\\, so far", "BEGIN:VTODO", "UID:t", "END:VTODO"))
    #expect(none.entries.isEmpty && none.refused.isEmpty && none.tasks == 1 && none.name == "Empty, so far")
  }

  @Test func `what is said beside the times is kept, and what is not is said`() throws {
    let entry = try EventFiles.one(
      """
      DTSTART:20270312T090000Z
      SEQUENCE:4
      LAST-MODIFIED:20270101T101112Z
      DTSTAMP:20270102T000000Z
      CREATED:20260101T000000Z
      DESCRIPTION:One\\nTwo\\; three\\, four
      LOCATION:Room 5\\, first floor
      URL:https://x.example/e/1
      X-GOOGLE-CONFERENCE:https://meet.x.example/abc
      STATUS:TENTATIVE
      CLASS:CONFIDENTIAL
      TRANSP:TRANSPARENT
      CATEGORIES:Work,A\\, B,B
      CATEGORIES:Work
      GEO:37.386013;-122.0829321999
      X-APPLE-TRAVEL:PT30M
      BEGIN:VALARM
      TRIGGER:-PT5M
      END:VALARM
      ATTACH:https://x.example/a.pdf
      """)
    #expect(entry.title == "Stand-up" && entry.description == "One\nTwo; three, four" && entry.location == "Room 5, first floor")
    let (modified, stamp) = (try instant("2027-01-01T10:11:12Z"), try instant("2027-01-02T00:00:00Z"))
    #expect(entry.order == EventOrder(sequence: 4, modified: modified, stamp: stamp))
    #expect(entry.url == "https://meet.x.example/abc" && entry.link == "https://x.example/e/1")
    #expect(entry.status == .tentative && entry.visibility == .confidential && entry.isBusy == false && entry.tags == ["Work", "B"])
    #expect(entry.coordinates == EventEntry.Coordinates(latitude: 3_738_601_300, longitude: -12_208_293_220))
    #expect(entry.metadata == [EventEntry.Field("X-APPLE-TRAVEL", "PT30M")])
    #expect(entry.remarks == [.tags, .alarms(1), .attachments(1)])
    let plain = try EventFiles.one("DTSTART:20270312T090000Z")
    #expect(plain.visibility == nil && plain.isBusy == nil && plain.order == EventOrder() && plain.remarks.isEmpty)
  }

  @Test func `an address is http or https, a place is on earth, a text fits, or it is left out and said`() throws {
    let page = "https://x.example/" + String(repeating: "a", count: 2_000)
    let (accents, letters) = (String(repeating: "é", count: 9_000), String(repeating: "x", count: 60_001))
    let rows: [(String, EventRemark)] = [
      ("URL:javascript:alert(1)", .value("URL", "javascript:alert(1)")), ("URL:https://", .value("URL", "https://")),
      ("URL:" + page, .value("URL", String(page.prefix(80)))), ("GEO:91;0", .value("GEO", "91;0")), ("GEO:1", .value("GEO", "1")),
      ("GEO:1;0x1", .value("GEO", "1;0x1")), ("DESCRIPTION:\(accents)", .cut("DESCRIPTION")),
      ("LOCATION:\(accents)", .cut("LOCATION")), ("CATEGORIES:\(letters)", .tags), ("X-BIG:\(letters)", .metadata),
      ("EXDATE:never", .value("EXDATE", "never")),
      ("RDATE;VALUE=PERIOD:20270401T090000Z/PT2H", .periods), ("RECURRENCE-ID;RANGE=THISANDFUTURE:20270312T090000Z", .range),
    ]
    for (lines, remark) in rows {
      let entry = try EventFiles.one("DTSTART:20270312T090000Z\n" + lines)
      #expect(entry.remarks == [remark], "\(lines.prefix(60))")
      #expect(entry.url.isEmpty && entry.coordinates == nil && entry.tags.isEmpty && entry.metadata.isEmpty && entry.exdates.isEmpty)
    }
    let long = String(repeating: "é", count: 300)
    let file = try EventFiles.read(
      EventFiles.calendar(EventFiles.event("SUMMARY:" + long, "DTSTART:20270312T090000Z", "DESCRIPTION:More")))
    let entry = try #require(file.entries.first)
    #expect(entry.title.unicodeScalars.count == 200 && entry.description == long + "\n\nMore" && entry.remarks == [.cut("SUMMARY")])
    let untitled = try EventFiles.read(EventFiles.calendar(EventFiles.event("UID:a", "DTSTART:20270312T090000Z")))
    #expect(untitled.entries.first?.remarks == [.noTitle])
    let pole = try EventFiles.one("DTSTART:20270312T090000Z\nGEO:-0.0;+180")
    #expect(pole.coordinates == EventEntry.Coordinates(latitude: 0, longitude: 18_000_000_000))
  }

  /// Hard case 28: 500 attendees.
  @Test func `200 people of a meeting are kept, and the others counted`() throws {
    let people = (0..<3_000).map { "ATTENDEE;CN=P\($0);PARTSTAT=ACCEPTED:mailto:p\($0)@x.example" }
    for count in [200, 500, 3_000] {
      let entry = try EventFiles.one("DTSTART:20270312T090000Z\n" + people.prefix(count).joined(separator: "\n"))
      #expect(entry.attendees.count == 200 && entry.remarks == (count == 200 ? [] : [.attendees(count - 200)]))
      #expect(entry.attendees.last == EventEntry.Person(mail: "p199@x.example", name: "P199", answer: .accepted))
    }
    let few = try EventFiles.one(
      """
      DTSTART:20270312T090000Z
      ORGANIZER;CN="Ana ^'A^' Souza":MAILTO:Ana@X.example
      ATTENDEE;CN=Room 5;CUTYPE=ROOM;EMAIL=room@x.example:/principals/5/
      ATTENDEE;PARTSTAT=X-MAYBE:mailto:b@x.example
      ATTENDEE:invalid:nomail
      """)
    #expect(few.organizer == EventEntry.Person(mail: "Ana@X.example", name: "Ana \"A\" Souza"))
    #expect(
      few.attendees == [
        EventEntry.Person(mail: "room@x.example", name: "Room 5", isPerson: false), EventEntry.Person(mail: "b@x.example"),
      ])
  }
}
