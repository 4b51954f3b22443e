@testable import Domain

extension Target {
  /// Calendars with events: whatever they hold, no end is before its start, everything keeps to its bounds, and what is written again is read as the
  /// same.
  static let eventFiles = Target(
    "eventFiles", longest: 6_000,
    seeds: bytes(eventSeeds),
    words: [
      "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VTIMEZONE\nTZID:X\n", "END:VTIMEZONE\n", "BEGIN:STANDARD\n", "END:STANDARD\n",
      "BEGIN:DAYLIGHT\n",
      "END:DAYLIGHT\n", "UID:a\n", "UID:\n", "SUMMARY:S\n", "DTSTART:20270401T090000\n", "DTSTART;VALUE=DATE:20270401\n",
      "DTEND:20270401T100000Z\n",
      "DURATION:P1D\n", "RRULE:FREQ=DAILY\n", "RRULE:FREQ=HOURLY;INTERVAL=5\n", ";COUNT=3", ";UNTIL=20270601", ";BYDAY=-1FR", ";BYSETPOS=2",
      ";BYHOUR=9,15", "EXDATE:20270401\n", "RDATE:20270402T090000\n", "RECURRENCE-ID:20270402T090000\n", "STATUS:CANCELLED\n",
      "METHOD:CANCEL\n",
      "SEQUENCE:9\n", "\r\n ", ";TZID=X", ";TZID=\"", "\\n", "TZOFFSETFROM:+0100\n", "TZOFFSETTO:+0230\n", "16010101T000000", "Z",
      "GEO:0;0\n",
      "ATTENDEE;CN=A:mailto:a@x\n", "URL:https://x.example/\n", "X-B;C=d:e\n", "END:VCALENDAR\n",
    ]
  ) { input in
    var kinds: Set<String> = []
    for own in Readers.zones.prefix(2) {
      guard let file = read(input, own) else {
        kinds.insert("refused")
        continue
      }
      for entry in file.entries { try check(entry) }
      try hold(
        file.groups.map { ($0.event == nil ? 0 : 1) + $0.changes.count + $0.passed.count }.reduce(0, +) == file.entries.count, "one is lost"
      )
      for detail in EventPublishing.Detail.allCases {
        let options = EventPublishing.Options(detail, hasDescriptions: true, hasPeople: true, hasMetadata: true)
        var published = EventPublishing(options, now: Readers.all[0].now)
        for entry in file.entries { published.add(entry) }
        let bytes = published.bytes
        try hold(bytes.split(separator: 0x0A).allSatisfy { $0.count <= 76 && $0.last == 0x0D }, "a line is too long")
        guard let again = read(bytes, own) else { throw Broken(description: "what was written is not read: \(shown(bytes))") }
        try hold(again.entries.count + again.refused.count == file.entries.count, "written, there are other events")
        if again.refused.isEmpty { for (one, other) in zip(file.entries, again.entries) { try compare(one, other, detail) } }
      }
      for entry in file.entries { kinds.insert("\(entry.remarks.count) \(entry.rule == nil) \(entry.exdates.count + entry.rdates.count)") }
      for refused in file.refused { kinds.insert(String("\(refused.reason)".prefix(12))) }
    }
    return kinds.sorted().joined(separator: ", ")
  }

  private static let eventSeeds = [
    """
    BEGIN:VCALENDAR
    METHOD:PUBLISH
    X-WR-TIMEZONE:Europe/Berlin
    BEGIN:VEVENT
    UID:a
    SEQUENCE:2
    DTSTAMP:20270101T000000Z
    SUMMARY:A\\, b
    DTSTART:20270312T090000
    DURATION:PT1H
    RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=9;UNTIL=20270601
    EXDATE;VALUE=DATE:20270315
    ATTENDEE;CN="B^'";PARTSTAT=ACCEPTED:mailto:b@x.example
    GEO:41.15;-8.61
    CLASS:PRIVATE
    END:VEVENT
    BEGIN:VEVENT
    UID:a
    RECURRENCE-ID;TZID=America/New_York:20270322T040000
    DTSTART;VALUE=DATE:20270323
    STATUS:CANCELLED
    END:VEVENT
    END:VCALENDAR
    """,
    """
    BEGIN:VCALENDAR
    BEGIN:VTIMEZONE
    TZID:Customized Time Zone
    BEGIN:STANDARD
    DTSTART:16010101T020000
    TZOFFSETFROM:-0400
    TZOFFSETTO:-0500
    RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:-0500
    TZOFFSETTO:-0410
    RDATE:20270314T020000,20280312T020000
    END:DAYLIGHT
    END:VTIMEZONE
    BEGIN:VEVENT
    DTSTART;TZID=Customized Time Zone:20270712T090000
    DTEND;TZID=Eastern Standard Time:20270712T100000
    SUMMARY:C
    RDATE;VALUE=PERIOD:20270801T090000Z/PT2H
    X-A:1
    URL:https://x.example/
    END:VEVENT
    END:VCALENDAR
    """,
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:d\r\nDTSTART;VALUE=DATE:20280229\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "<html>",
  ]

  private static func read(_ input: [UInt8], _ own: Zone) -> EventFile? {
    // Refused is an answer.
    try? EventFile(
      input, own: own, now: Readers.all[0].now, zone: { name in Readers.zones.first { $0.name == name } }, names: Readers.zones.map(\.name))
  }

  private static func check(_ entry: EventEntry) throws {
    let texts = entry.title.unicodeScalars.count <= 200 && entry.description.utf8.count <= 16_384 && entry.uid.utf8.count <= 1_000
    try hold(texts && entry.attendees.count <= 200 && entry.tags.count <= 20 && entry.line > 0, "line \(entry.line) is too long")
    guard case .clock(let clock) = entry.times, let ends = clock.ends else { return }
    let isInOrder = clock.endZone == clock.zone ? clock.starts <= ends : clock.zone.instant(clock.starts) <= clock.endZone.instant(ends)
    try hold(isInOrder, "line \(entry.line) ends before it starts")
  }

  private static func compare(_ one: EventEntry, _ other: EventEntry, _ detail: EventPublishing.Detail) throws {
    // Beyond the ends of the calendar everything is its last moment.
    guard (3...9_997).contains(one.start.day.year) else { return }
    try hold(one.start == other.start && one.zone == other.zone, "line \(one.line) starts at \(other.start.text) when it is written")
    try hold(one.status == other.status && one.isBusy == other.isBusy, "line \(one.line) has another state when it is written")
    if detail == .full { try hold(one.title == other.title && one.location == other.location, "line \(one.line) is called otherwise") }
    if detail == .busy {
      try hold(other.title == "Busy" && other.location.isEmpty && other.attendees.isEmpty, "line \(one.line) tells more")
    }
  }
}
