import Testing

@testable import Domain

/// iCalendar files as Apple, Google, Outlook and Thunderbird write them, read on Wednesday 10 March 2027, 10:00 in New York.
@Suite struct ImportCalendarTests {
  static let now = "2027-03-10T15:00:00Z"

  static func read(_ text: String, mayGoOn: () -> Bool = { true }) throws -> [ImportEntry] {
    try read(Array(text.utf8), mayGoOn: mayGoOn)
  }

  static func read(_ bytes: [UInt8], mayGoOn: () -> Bool = { true }) throws -> [ImportEntry] {
    let reader = try PhraseReader(
      zone: zone("America/New_York"), language: .english, defaultHour: #require(TimeOfDay(hour: 9, minute: 0)), now: instant(now))
    // What no zone is called is none; the tests' zones are this machine's.
    return try ImportFile(bytes, reader: reader, zone: { try? zone($0) }, mayGoOn: mayGoOn).entries
  }

  static func calendar(_ lines: String...) -> String {
    (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
  }

  private func one(_ kind: String = "VTODO", _ lines: String) throws -> ImportEntry {
    let body = lines.split(separator: "\n").joined(separator: "\r\n")
    return try #require(Self.read(Self.calendar("BEGIN:\(kind)", "UID:u1", "SUMMARY:Pay the rent", body, "END:\(kind)")).first)
  }

  private func next(_ entry: ImportEntry) -> String? {
    guard case .planned(let plan) = entry.outcome else { return nil }
    return plan.schedule.zone.local(plan.next).text
  }

  @Test func `a to-do of Apple's with its alarm, folded and escaped`() throws {
    let entry = try #require(
      Self.read(
        Self.calendar(
          "BEGIN:VTODO", "UID:5A1D", "SUMMARY:Water the plants\\, all of t", " hem", "DESCRIPTION:Kitchen\\nBalcony\\;", "PRIORITY:1",
          "DUE;TZID=America/New_York:20270311T180000", "BEGIN:VALARM", "ACTION:DISPLAY",
          "TRIGGER;VALUE=DATE-TIME:20270311T220000Z", "END:VALARM", "END:VTODO")
      ).first)
    #expect(entry.title == "Water the plants, all of them" && entry.notes == "Kitchen\nBalcony;" && entry.importance == .high)
    #expect(entry.line == 3 && next(entry) == "2027-03-11T17:00")
  }

  @Test(arguments: [
    ("VTODO", "DUE:20270312T090000", "2027-03-12T09:00"), ("VTODO", "DUE;VALUE=DATE:20270312", "2027-03-12T09:00"),
    ("VTODO", "DTSTART:20270312T080000", "2027-03-12T08:00"), ("VTODO", "DUE:20270312T140000Z", "2027-03-12T14:00"),
    ("VTODO", "DUE;TZID=Europe/Berlin:20270312T140000", "2027-03-12T14:00"),
    ("VTODO", "DUE;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20270312T140000", "2027-03-12T14:00"),
    ("VTODO", "DUE;TZID=\"W. Europe Standard Time\":20270312T140000", "2027-03-12T14:00"),
    ("VEVENT", "DTSTART:20270312T090000\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM", "2027-03-12T08:45"),
    ("VEVENT", "DTSTART:20270312T090000\nDTEND:20270312T100000\nBEGIN:VALARM\nTRIGGER;RELATED=END:-PT15M\nEND:VALARM", "2027-03-12T09:45"),
    ("VEVENT", "DTSTART;VALUE=DATE:20270312\nBEGIN:VALARM\nTRIGGER:-PT15H\nEND:VALARM", "2027-03-11T09:00"),
    // The first alarm has passed, the second has not; then none, but the event is still ahead.
    (
      "VEVENT", "DTSTART:20270310T120000\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM\nBEGIN:VALARM\nTRIGGER:-PT10M\nEND:VALARM",
      "2027-03-10T11:50"
    ),
    ("VEVENT", "DTSTART:20270310T120000\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM", "2027-03-10T12:00"),
    // The clocks skip 02:30 on 14 March.
    ("VTODO", "DUE;TZID=America/New_York:20270314T023000", "2027-03-14T03:30"),
  ])
  func `single times`(kind: String, lines: String, expected: String) throws {
    let entry = try one(kind, lines)
    #expect(next(entry) == expected, "\(entry.outcome)")
  }

  @Test(arguments: [
    ("VTODO", "DUE:20270301T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO", "2027-03-15T09:00"),
    ("VTODO", "DUE:20260305T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2", "2027-03-18T09:00"),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=DAILY;COUNT=4", "2027-03-11T09:00"),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=DAILY\nEXDATE:20270311T090000,20270312T090000", "2027-03-13T09:00"),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:20270311", "2027-03-12T09:00"),
    ("VTODO", "DUE;VALUE=DATE:20200304\nRRULE:FREQ=YEARLY", "2028-03-04T09:00"),
    ("VTODO", "DUE;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY", "2028-02-29T09:00"),
    ("VEVENT", "DTSTART:20270308T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\nBEGIN:VALARM\nTRIGGER:-PT30M\nEND:VALARM", "2027-03-15T08:30"),
    ("VEVENT", "DTSTART:20270308T000000\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM", "2027-03-11T23:00"),
    ("VEVENT", "DTSTART;VALUE=DATE:20200320\nRRULE:FREQ=YEARLY\nBEGIN:VALARM\nTRIGGER:-PT15H\nEND:VALARM", "2027-03-19T09:00"),
    ("VEVENT", "DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=MONTHLY\nBEGIN:VALARM\nTRIGGER:-PT15H\nEND:VALARM", "2027-04-01T09:00"),
  ])
  func `series go on from now`(kind: String, lines: String, expected: String) throws {
    let entry = try one(kind, lines)
    #expect(next(entry) == expected, "\(entry.outcome)")
  }

  @Test func `an alarm on the day before the first of the month stays with its day, and says so`() throws {
    let lines = "DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=MONTHLY\nBEGIN:VALARM\nTRIGGER:-PT15H\nEND:VALARM"
    #expect(try one("VEVENT", lines).remarks == [.atItsOwnTime])
  }

  @Test func `one moved time of a series is an entry of its own, and the series leaves it out`() throws {
    let entries = try Self.read(
      Self.calendar(
        "BEGIN:VTODO", "UID:s", "SUMMARY:Stand-up", "DTSTART:20270308T100000", "RRULE:FREQ=DAILY", "END:VTODO", "BEGIN:VTODO", "UID:s",
        "SUMMARY:Stand-up, later", "RECURRENCE-ID:20270311T100000", "DUE:20270311T160000", "END:VTODO"))
    #expect(entries.map(next) == ["2027-03-12T10:00", "2027-03-11T16:00"])
    #expect(entries[0].key != entries[1].key)
  }

  @Test(arguments: [
    ("VTODO", "DUE:20270310T095900", ImportEntry.Reason.past), ("VTODO", "", .noTime), ("VEVENT", "DTSTART:20270401T090000", .noAlarm),
    ("VTODO", "DUE:20270401T090000\nSTATUS:COMPLETED", .completed),
    ("VTODO", "DUE:20270401T090000\nCOMPLETED:20270301T090000Z", .completed),
    ("VEVENT", "DTSTART:20270401T090000\nSTATUS:CANCELLED", .cancelled),
    ("VTODO", "DUE;TZID=Mars/Olympus:20270401T090000", .zone("Mars/Olympus")),
    ("VTODO", "DUE;TZID=America/Sao_Paulo:99991231T235900", .never),
    ("VEVENT", "DTSTART;TZID=America/Sao_Paulo:99991231T235900\nBEGIN:VALARM\nTRIGGER:PT0S\nEND:VALARM", .never),
    ("VTODO", "DUE:20270231T090000", .value("DUE")), ("VTODO", "DUE:tomorrow", .value("DUE")),
    ("VTODO", "DUE:20270101T090000\nRRULE:FREQ=DAILY;COUNT=3", .over),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=DAILY;COUNT=0", .rule(.rule(.outOfRange(.count, value: 0, allowed: 1...5_000)))),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=SECONDLY", .rule(.rule(.tooFine("SECONDLY")))),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", .rule(.rule(.neverComes))),
    ("VTODO", "DUE:20270308T090000\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", .rule(.rule(.neverComes))),
  ])
  func `what becomes no reminder says why`(kind: String, lines: String, reason: ImportEntry.Reason) throws {
    #expect(try one(kind, lines).outcome == .leftOut(reason))
  }

  @Test func `what breaks off, has no title or stands twice is left out, the rest is read`() throws {
    let entries = try Self.read(
      "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nSUMMARY:A\nDUE:20270401T090000\nEND:VTODO\n"
        + "BEGIN:VTODO\nUID:a\nSUMMARY:A\nDUE:20270401T090000\nEND:VTODO\nBEGIN:VTODO\nUID:b\nDUE:20270401T090000\nEND:VTODO\n"
        + "BEGIN:VTODO\nUID:c\nSUMMARY:C\nDUE:20270401T090000")
    #expect(entries.map(\.line) == [2, 7, 12, 16])
    #expect(next(entries[0]) == "2027-04-01T09:00")
    #expect(entries.dropFirst().map(\.outcome) == [.leftOut(.repeated(line: 2)), .leftOut(.noTitle), .leftOut(.brokenOff)])
  }

  @Test func `the same entry has the same key, edited or not`() throws {
    let first = try one("VTODO", "DUE:20270401T090000")
    let edited = try one("VTODO", "DUE:20270501T090000\nDESCRIPTION:Later")
    #expect(first.key == edited.key)
  }

  @Test func `a title too long goes on in the notes`() throws {
    let long = String(repeating: "é", count: 300)
    let entry = try #require(
      Self.read(Self.calendar("BEGIN:VTODO", "UID:l", "SUMMARY:\(long)", "DUE:20270401T090000", "END:VTODO")).first)
    #expect(entry.title.unicodeScalars.count == 200 && entry.notes == long && entry.remarks == [.cut])
  }

  // MARK: - Bytes

  @Test func `files in other charsets are read`() throws {
    let text = Self.calendar("BEGIN:VTODO", "UID:é", "SUMMARY:Remédio – já", "DUE:20270401T090000", "END:VTODO")
    let utf16 = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let latin = text.unicodeScalars.map { $0 == "–" ? 0x96 : UInt8($0.value) }
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + utf16, latin] {
      #expect(try Self.read(bytes).map(\.title) == ["Remédio – já"])
    }
  }

  @Test func `NUL, nothing and something else are refused`() {
    #expect(throws: ImportRefusal.notText) { try Self.read(Array("BEGIN:VCALENDAR\u{0}".utf8)) }
    #expect(throws: ImportRefusal.notText) { try Self.read([0xFF, 0xFE, 0x41]) }
    #expect(throws: ImportRefusal.empty) { try Self.read(" \r\n") }
    #expect(throws: ImportRefusal.unknown) { try Self.read("%PDF-1.7") }
    #expect(throws: ImportRefusal.unknown) { try Self.read("BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD") }
  }

  // MARK: - Hostile files

  @Test func `50 thousand components are refused`() {
    let one = "BEGIN:VTODO\r\nUID:x\r\nSUMMARY:x\r\nDUE:20280401T090000\r\nEND:VTODO\r\n"
    #expect(throws: ImportRefusal.tooMany) { try Self.read(Self.calendar(String(repeating: one, count: 50_000))) }
  }

  @Test func `one line of a megabyte, folded or not, is read in its turn`() throws {
    let folded = String(repeating: "aaaaaaaaaaaaaaaaaaaa\r\n ", count: 50_000)
    let entries = try Self.read(
      Self.calendar("BEGIN:VTODO", "UID:m", "SUMMARY:M", "DESCRIPTION:\(folded)", "X-JUNK:\(folded)", "DUE:20270401T090000", "END:VTODO"))
    #expect(entries.first?.notes.utf8.count == 16_384)
    #expect(entries.first.flatMap(next) == "2027-04-01T09:00")
  }

  @Test func `an iCalendar file of 10 MB is read, whatever fills it`() throws {
    let toDo = "UID:big\r\nSUMMARY:Big\r\nDUE:20270401T090000\r\n"
    let padding = String(repeating: "X-PADDING:" + String(repeating: "a", count: 998) + "\r\n", count: 6_000)
    let folded = "DESCRIPTION:" + String(repeating: "b\r\n ", count: 950_000) + "\r\n"
    let file = Self.calendar("BEGIN:VTODO\r\n\(padding)\(toDo)\(folded)END:VTODO")
    #expect((9_500_000...ImportFile.mostBytes).contains(file.utf8.count))
    let entries = try Self.read(file)
    #expect(entries.map(next) == ["2027-04-01T09:00"] && entries.map(\.notes.utf8.count) == [16_384])
  }

  @Test func `nesting without end is refused, and ends without beginnings are passed over`() throws {
    #expect(throws: ImportRefusal.unknown) { try Self.read("BEGIN:VCALENDAR\n" + String(repeating: "BEGIN:VTODO\n", count: 100_000)) }
    #expect(try Self.read("BEGIN:VCALENDAR\n" + String(repeating: "END:VTODO\n", count: 1_000)).isEmpty)
  }

  @Test func `whoever waits no longer is told so`() {
    #expect(throws: ImportRefusal.tooLong) {
      try Self.read(Self.calendar("BEGIN:VTODO", "UID:x", "SUMMARY:x", "END:VTODO"), mayGoOn: { false })
    }
  }
}
