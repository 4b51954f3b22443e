import Testing

@testable import Domain

@Suite struct EventPublishingTests {
  private func published(
    _ entry: EventEntry, changes: [EventEntry] = [], _ options: EventPublishing.Options = .export
  ) throws -> [String] {
    var file = EventPublishing(options, now: try instant(EventFiles.now))
    file.add(entry, changes: changes)
    return EventFiles.lines(file.bytes)
  }

  private func clock(_ starts: String, _ zoneName: String, _ ends: String?, _ endZone: String? = nil) throws -> EventEntry {
    let ends = try ends.map { try local($0) }
    return EventEntry(
      .clock(EventEntry.Clock(starts: try local(starts), zone: try zone(zoneName), ends: ends, endZone: try endZone.map { try zone($0) })))
  }

  private func days(_ first: String, _ last: String) throws -> EventEntry {
    let (first, last) = (try day(first), try day(last))
    return EventEntry(.days(first...last))
  }

  private func series() throws -> (EventEntry, [EventEntry]) {
    let newYork = try zone("America/New_York")
    var entry = try clock("2027-03-08T09:00", "America/New_York", "2027-03-08T10:00")
    (entry.uid, entry.title, entry.description) = ("secret-1@x", "Secret; stand-up, \\ daily", "One\nTwo")
    (entry.location, entry.url, entry.link) = ("Room, 5", "https://meet.x.example/secret", "https://x.example/a,b;c")
    entry.order = EventOrder(sequence: 3, modified: try instant("2027-03-02T01:02:03Z"), stamp: try instant("2027-03-02T01:02:04Z"))
    (entry.visibility, entry.isBusy, entry.status) = (.private, true, .tentative)
    (entry.tags, entry.metadata) = (["Work", "A; B"], [EventEntry.Field("X-SECRET", "a;b")])
    entry.coordinates = EventEntry.Coordinates(latitude: 4_115_000_000, longitude: -861_000_001)
    entry.organizer = EventEntry.Person(mail: "ana@secret.example", name: "Ana \"A\" Souza")
    entry.attendees = [EventEntry.Person(mail: "room@secret.example", answer: .accepted, isPerson: false)]
    entry.rule = try Recurrence("FREQ=DAILY;UNTIL=20270331T130000Z")
    entry.exdates = [.wall(try local("2027-03-10T09:00"), newYork)]
    entry.rdates = [.wall(try local("2027-04-02T18:00"), newYork)]
    var moved = try clock("2027-03-12T15:00", "Europe/Lisbon", "2027-03-12T16:00")
    (moved.uid, moved.title, moved.instance) = (entry.uid, "Secret, moved", .wall(try local("2027-03-12T09:00"), newYork))
    moved.order = entry.order
    return (entry, [moved])
  }

  @Test func `a series goes out with its changed times, what it leaves out and each zone once`() throws {
    let (entry, changes) = try series()
    let lines = try published(entry, changes: changes)
    for line in [
      "UID:secret-1@x", "DTSTAMP:20270302T010204Z", "LAST-MODIFIED:20270302T010203Z", "SEQUENCE:3",
      "DTSTART;TZID=America/New_York:20270308T090000",
      "DTEND;TZID=America/New_York:20270308T100000", "RRULE:FREQ=DAILY;UNTIL=20270331T130000Z",
      "EXDATE;TZID=America/New_York:20270310T090000",
      "RDATE;TZID=America/New_York:20270402T180000", "SUMMARY:Secret\\; stand-up\\, \\\\ daily", "DESCRIPTION:One\\nTwo",
      "LOCATION:Room\\, 5",
      "URL:https://x.example/a,b;c", "CONFERENCE;VALUE=URI:https://meet.x.example/secret", "STATUS:TENTATIVE", "CLASS:PRIVATE",
      "TRANSP:OPAQUE",
      "GEO:41.15;-8.61000001", "ORGANIZER;CN=\"Ana A Souza\":mailto:ana@secret.example",
      "ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED:mailto:room@secret.example", "X-SECRET:a\\;b",
      "RECURRENCE-ID;TZID=America/New_York:20270312T090000", "DTSTART;TZID=Europe/Lisbon:20270312T150000", "STATUS:CONFIRMED",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(lines.filter { $0.utf8.starts(with: "TZID:".utf8) } == ["TZID:America/New_York", "TZID:Europe/Lisbon"])
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
    // A feed: no description, nobody, nothing of others, unless it is asked for.
    let feed = try published(entry, changes: changes, EventPublishing.Options(.full))
    let without = ["DESCRIPTION", "ATTENDEE", "ORGANIZER", "X-SECRET"]
    #expect(!feed.contains { line in without.contains { line.utf8.starts(with: $0.utf8) } } && feed.contains("LOCATION:Room\\, 5"))
  }

  @Test func `what goes out comes back as it was`() throws {
    let (first, changes) = try series()
    var entry = first
    entry.organizer = EventEntry.Person(mail: "ana@secret.example", name: "Ana Souza")
    var holidays = try days("2027-03-10", "2027-03-12")
    (holidays.uid, holidays.title, holidays.status) = ("days", "Férias 🎂", .cancelled)
    holidays.rule = try Recurrence("FREQ=YEARLY;UNTIL=20300101")
    (holidays.exdates, holidays.rdates) = ([.day(try day("2028-03-10"))], [.day(try day("2027-06-01"))])
    var flight = try clock("2027-03-10T22:00", "America/Sao_Paulo", "2027-03-11T12:30", "Europe/Lisbon")
    (flight.uid, flight.title) = ("flight", "Flight")
    var point = try clock("2027-03-10T22:00", "America/New_York", nil)
    (point.uid, point.title) = ("point", "Point")
    point.times = .clock(EventEntry.Clock(starts: try local("2027-03-10T22:00"), zone: .utc))
    var file = EventPublishing(.export, name: "Ana", now: try instant(EventFiles.now))
    file.add(entry, changes: changes)
    for one in [holidays, flight, point] { file.add(one) }
    let read = try EventFiles.read(file.bytes)
    #expect(read.refused.isEmpty && read.name == "Ana")
    func plain(_ entry: EventEntry) -> EventEntry {
      var entry = entry
      entry.line = 0
      // What is not said of a stamp is the first instant.
      if entry.order.stamp == Instant(seconds: 0) { entry.order.stamp = nil }
      return entry
    }
    #expect(read.entries.map { plain($0) } == [entry] + changes + [holidays, flight, point])
  }

  @Test func `a calendar that tells only when one is busy has no word of a title, and lines of 75 bytes that are text`() throws {
    let (first, changes) = try series()
    var entry = first
    entry.title = "Secret " + String(repeating: "ção 🎂", count: 60)
    var busy = EventPublishing(EventPublishing.Options(.busy), name: "Secret", now: try instant(EventFiles.now))
    busy.add(entry, changes: changes)
    let berlin = try zone("Europe/Berlin")
    let now = try instant(EventFiles.now)
    let reminder = PublishedSeries(Schedule(once: now.advanced(days: 1), zone: berlin), after: now, last: nil, past: now)
    busy.add(reminder, uid: "r@heed", title: "Secret", notes: "Secret", url: "https://secret.example", version: 2, stamp: now)
    let lines = EventFiles.lines(busy.bytes)
    let text = lines.joined(separator: "\n").lowercased()
    for word in ["secret", "room", "one", "work", "meet", "ana", "geo", "valarm"] {
      #expect(!text.replacing("vtimezone", with: "").contains(word), "\(word)")
    }
    #expect(lines.filter { $0 == "SUMMARY:Busy" }.count == 3 && Set(lines.filter { $0.utf8.starts(with: "UID:".utf8) }).count == 2)
    #expect(lines.contains("DTSTART;TZID=America/New_York:20270308T090000"))
    #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20270311T160000"))
    var full = EventPublishing(.export, now: now)
    full.add(entry, changes: changes)
    full.add(reminder, uid: "r@heed", title: "Rent", notes: "Pay", url: "https://x.example", version: 2, stamp: now)
    for line in full.bytes.split(separator: 0x0A) {
      #expect(line.last == 0x0D && line.count <= 76 && String(validating: line, as: UTF8.self) != nil)
    }
    #expect(EventFiles.lines(full.bytes).contains("SUMMARY:" + entry.title) && EventFiles.lines(full.bytes).contains("BEGIN:VALARM"))
  }

  /// Hard case 24.
  @Test func `when the data of a zone changes the wall stays, and what is told of the zone moves`() throws {
    let changed = try Zone(name: "Europe/Berlin", tzif: SystemZones.bytes("Europe/Moscow"))
    let before = try clock("2027-07-12T09:00", "Europe/Berlin", "2027-07-12T10:00")
    let after = EventEntry(.clock(EventEntry.Clock(starts: before.start, zone: changed, ends: try local("2027-07-12T10:00"))))
    let (old, new) = (try published(before), try published(after))
    for line in ["DTSTART;TZID=Europe/Berlin:20270712T090000", "DTEND;TZID=Europe/Berlin:20270712T100000"] {
      #expect(old.contains(line) && new.contains(line))
    }
    #expect(old.contains("TZOFFSETTO:+0200") && new.contains("TZOFFSETTO:+0300") && !new.contains("TZOFFSETTO:+0200"))
    #expect(before.hash == after.hash)
  }

  /// Hard cases 13, 19 and 20, as others are to read them.
  @Test func `ends and dates go out in the one form that all understand`() throws {
    var gap = try clock("2027-03-14T02:30", "America/New_York", "2027-03-14T03:00")
    #expect(try published(gap).contains("DTEND:20270314T080000Z"))
    gap = try clock("2027-03-10T09:00", "America/New_York", "2027-03-10T10:00")
    let rules: [(String, String)] = [
      ("FREQ=DAILY;COUNT=3;UNTIL=20270401", "FREQ=DAILY;COUNT=3"),
      ("FREQ=DAILY;COUNT=30;UNTIL=20270312T090000", "FREQ=DAILY;UNTIL=20270312T140000Z"),
      // The start counts as the first, also where the rule does not give it.
      ("FREQ=WEEKLY;BYDAY=MO;COUNT=3;UNTIL=20270322", "FREQ=WEEKLY;COUNT=3;BYDAY=MO"),
      ("FREQ=WEEKLY;BYDAY=MO;COUNT=4;UNTIL=20270322", "FREQ=WEEKLY;UNTIL=20270323T035959Z;BYDAY=MO"),
      ("FREQ=DAILY;UNTIL=20270401", "FREQ=DAILY;UNTIL=20270402T035959Z"),
    ]
    for (rule, expected) in rules {
      gap.rule = try Recurrence(ofFile: rule)
      #expect(try published(gap).contains("RRULE:" + expected), "\(rule)")
    }
    gap.rule = try Recurrence("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0")
    gap.exdates = [
      .day(try day("2027-03-11")), .instant(try instant("2027-03-12T14:00:00Z")),
      .wall(try local("2027-03-12T15:00"), try zone("Europe/Berlin")),
    ]
    #expect(try published(gap).contains("EXDATE;TZID=America/New_York:20270311T090000,20270311T150000,20270312T090000"))
    var single = try days("2027-03-10", "2027-03-10")
    single.rule = try Recurrence("FREQ=DAILY;UNTIL=20270401T120000Z")
    single.exdates = [.instant(try instant("2027-03-12T00:00:00Z"))]
    let lines = try published(single)
    for line in [
      "DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270311", "RRULE:FREQ=DAILY;UNTIL=20270401", "EXDATE;VALUE=DATE:20270312",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }
}
