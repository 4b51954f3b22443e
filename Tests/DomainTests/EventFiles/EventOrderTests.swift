import Testing

@testable import Domain

/// Hard case 26.
@Suite struct EventOrderTests {
  private func groups(_ events: String..., method: String = "PUBLISH") throws -> [EventGroup] {
    try EventFiles.read(EventFiles.calendar("METHOD:" + method, events.joined(separator: "\n"))).groups
  }

  private func event(_ uid: String, _ title: String, _ lines: String..., start: String = "20270312T090000Z") -> String {
    let id = uid.isEmpty ? "X-NONE:1" : "UID:" + uid
    return EventFiles.event(id, "SUMMARY:" + title, "DTSTART:" + start, lines.isEmpty ? "X-NONE:1" : lines.joined(separator: "\n"))
  }

  @Test func `the higher sequence stands, else what was modified later, else what was stamped later, and the other is listed`() throws {
    let rows: [(String, String, Bool)] = [
      ("SEQUENCE:1", "SEQUENCE:2", true), ("SEQUENCE:2", "SEQUENCE:1", false), ("SEQUENCE:9", "SEQUENCE:10", true),
      ("DTSTAMP:20270101T000000Z", "DTSTAMP:20270101T000001Z", true), ("DTSTAMP:20270102T000000Z", "DTSTAMP:20270101T000000Z", false),
      ("LAST-MODIFIED:20270101T000000Z\nDTSTAMP:20270103T000000Z", "LAST-MODIFIED:20270102T000000Z\nDTSTAMP:20270101T000000Z", true),
      ("SEQUENCE:3\nDTSTAMP:20270101T000000Z", "SEQUENCE:2\nDTSTAMP:20280101T000000Z", false), ("SEQUENCE:1", "SEQUENCE:1", false),
      ("X-A:1", "X-A:2", false), ("SEQUENCE:-1", "SEQUENCE:1", true),
    ]
    for (first, second, isSecond) in rows {
      let group = try #require(groups(event("u", "One", first), event("u", "Two", second)).first)
      #expect(group.event?.title == (isSecond ? "Two" : "One"), "\(first), \(second)")
      #expect(group.passed.map(\.entry.title) == [isSecond ? "One" : "Two"] && group.line == group.event?.line)
      #expect(group.passed.first?.line == group.event?.line)
    }
    let same = EventOrder(sequence: 1, modified: nil, stamp: try instant("2027-01-01T00:00:00Z"))
    #expect(!(same < same) && same == same && EventOrder() < same)
  }

  @Test func `a cancellation marks, it does not delete`() throws {
    let told = try groups(event("u", "One", "SEQUENCE:1"), event("u", "One", "SEQUENCE:2", "STATUS:CANCELLED"))
    #expect(told.map { $0.event?.status } == [.cancelled])
    #expect(try groups(event("u", "One"), method: "CANCEL").first?.event?.status == .cancelled)
  }

  /// Hard cases 21 and 22, as far as a file says them.
  @Test func `changed times belong to their series however they name it, and without a series are there alone`() throws {
    let series = EventFiles.event("UID:s", "SUMMARY:S", "DTSTART;TZID=Europe/Berlin:20270310T090000", "RRULE:FREQ=DAILY")
    let found = try groups(
      event("s", "By instant", "RECURRENCE-ID:20270312T080000Z"), event("t", "Alone", "RECURRENCE-ID:20270312T080000Z"), series,
      event("s", "By wall", "RECURRENCE-ID;TZID=Europe/Berlin:20270312T090000", "SEQUENCE:1"),
      event("s", "Other", "RECURRENCE-ID;TZID=America/New_York:20270313T030000"))
    #expect(found.map(\.uid) == ["s", "t"])
    #expect(found[0].event?.title == "S" && found[0].changes.map(\.title) == ["By wall", "Other"])
    #expect(found[0].passed.map(\.entry.title) == ["By instant"])
    #expect(found[1].event == nil && found[1].changes.map(\.title) == ["Alone"])
  }

  @Test func `without a UID an event is known by start, end, title and place`() throws {
    let file = try groups(
      event("", "One"), event("", "One"), event("", "Two"), event("", "One", start: "20270313T090000Z"),
      event("", "One", "LOCATION:Here"))
    #expect(file.count == 4 && file[0].passed.count == 1)
    let hashes = file.compactMap { $0.event?.hash.text }
    #expect(Set(hashes).count == 4 && hashes.allSatisfy { $0.utf8.count == 32 })
    // The same on every machine and in every build.
    #expect(try groups(event("", "One", "DESCRIPTION:Other")).first?.event?.hash.text == hashes[0])
    #expect(EventHash(["a", "bc"]) != EventHash(["ab", "c"]))
  }

  @Test func `a feed that makes up new UIDs has the same events`() throws {
    let (a, b) = (EventHash(["a"]), EventHash(["b"]))
    #expect(EventRenaming.found(known: ["1": a, "2": b], feed: [("3", a), ("2", b)]) == ["3": "1"])
    // Its old UID is still there: another event that is alike.
    #expect(EventRenaming.found(known: ["1": a], feed: [("1", a), ("3", a)]).isEmpty)
    #expect(EventRenaming.found(known: ["1": a], feed: [("3", b)]).isEmpty)
    // Two alike, each once, in an order that stays; one more is new.
    #expect(EventRenaming.found(known: ["2": a, "1": a], feed: [("5", a), ("4", a), ("6", a)]) == ["5": "1", "4": "2"])
    #expect(EventRenaming.found(known: ["1": a], feed: [("", a), ("3", a), ("3", a)]) == ["3": "1"])
  }
}
