import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Events out of files, with issue 13's hard cases 16 to 21 and 26 to 28.
@Suite struct EventImportTests {
  private let made: Imported
  private var site: Site { made.site }
  private var ana: Browser { made.ana }

  init() throws { made = try Imported() }

  /// The instances of an event that begin from March 2027 on, by the clock of New York.
  private func walls(_ title: String) throws -> String {
    try site.text(
      """
      SELECT string_agg(to_char(i.starts_at AT TIME ZONE CASE WHEN i.all_day THEN 'UTC' ELSE 'America/New_York' END, 'DD"T"HH24:MI'), ' '
        ORDER BY i.starts_at, i.instance)
      FROM event_instances i JOIN events e ON e.id = i.event_id WHERE e.title = \(title) AND e.deleted_at IS NULL
      """) ?? ""
  }

  private static let zone = "America/New_York"

  @Test func `Hard cases 16 to 20: series of files come on the days that their rules mean`() throws {
    let file = Imported.calendar(
      Imported.event("a", "SUMMARY:Mondays", "DTSTART;TZID=\(Self.zone):20270107T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"),
      Imported.event("b", "SUMMARY:Month ends", "DTSTART;VALUE=DATE:20270131", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3"),
      Imported.event("c", "SUMMARY:Until a day", "DTSTART;TZID=\(Self.zone):20270301T090000", "RRULE:FREQ=DAILY;UNTIL=20270303"),
      Imported.event(
        "d", "SUMMARY:Left out", "DTSTART;TZID=\(Self.zone):20270301T090000", "RRULE:FREQ=DAILY;COUNT=6", "EXDATE;VALUE=DATE:20270302",
        "EXDATE:20270303T140000Z", "EXDATE;TZID=Europe/Berlin:20270304T150000", "EXDATE:20280101T000000Z"),
      Imported.event("e", "SUMMARY:Hourly", "DTSTART:20270301T090000Z", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"))
    let preview = made.look("events", file)
    #expect(preview.fact("new") == "4" && preview.fact("refused") == "1")
    let taken = try made.take("events", file)
    // Hard case 17: the line is listed with the parts that never meet.
    #expect(made.figures(taken) == "4 0 0 0 0 0 1" && taken.text.contains("BYMONTH, BYMONTHDAY never come together"))
    #expect(try walls("Mondays") == "07T10:00 11T10:00 18T10:00")
    #expect(try walls("Month ends") == "31T00:00 31T00:00 31T00:00")
    #expect(try walls("Until a day") == "01T09:00 02T09:00 03T09:00")
    #expect(try walls("Left out") == "01T09:00 05T09:00 06T09:00")
    #expect(try site.text("SELECT exdates[4] FROM events WHERE title = 'Left out'") == "20280101T000000Z")
    #expect(made.figures(try made.take("events", file)) == "0 4 0 0 0 0 1")
    #expect(site.logged.isEmpty)
  }

  @Test func `Hard cases 21 and 26: of two tellings the later stands, cancelled ones are marked, an instance joins its series`() throws {
    let start = "DTSTART;TZID=\(Self.zone):20270308T090000"
    let rule = "RRULE:FREQ=DAILY;COUNT=4"
    let two = Imported.calendar(
      Imported.event("u", "SUMMARY:Newer", "DTSTART:20270310T150000Z", sequence: 2),
      Imported.event("u", "SUMMARY:Older", "DTSTART:20270310T150000Z", sequence: 1),
      Imported.event("", "SUMMARY:Nameless", "DTSTART:20270311T150000Z"),
      Imported.event("off", "SUMMARY:Off", "STATUS:CANCELLED", "DTSTART:20270312T150000Z"))
    #expect(made.figures(try made.take("events", two)) == "3 0 0 0 0 0 1")
    // One without a name is known by what it says.
    #expect(made.figures(try made.take("events", two)) == "0 3 0 0 0 0 1")
    #expect(
      try made.events() == "Nameless 03-11T15:00 confirmed 1, Newer 03-10T15:00 confirmed 1, Off 03-12T15:00 cancelled 1")
    let old = Imported.calendar(Imported.event("u", "SUMMARY:Older", "DTSTART:20270310T160000Z", sequence: 1))
    #expect(made.figures(try made.take("events", old)) == "0 0 1 0 0 0 0")
    let later = Imported.calendar(
      Imported.event("u", "SUMMARY:Newest", "DTSTART:20270310T150000Z", sequence: 2, stamp: "20270201T000000Z"))
    #expect(made.figures(try made.take("events", later)) == "0 0 0 1 0 0 0")
    let cancel = Imported.calendar(
      Imported.event("u", "DTSTART:20270310T150000Z", sequence: 3), head: "METHOD:CANCEL\r\n")
    #expect(made.figures(try made.take("events", cancel)) == "0 0 0 1 0 0 0")
    #expect(try made.events().contains("Newest 03-10T15:00 cancelled 1"))
    // An instance of a series that is not here yet; then the series.
    let moved = "RECURRENCE-ID;TZID=\(Self.zone):20270309T090000"
    let alone = Imported.calendar(Imported.event("s", "SUMMARY:Moved", moved, "DTSTART;TZID=\(Self.zone):20270309T140000"))
    #expect(made.figures(try made.take("events", alone)) == "1 0 0 0 0 0 0")
    #expect(try walls("Moved") == "09T14:00")
    let series = Imported.calendar(Imported.event("s", "SUMMARY:Daily", start, rule))
    #expect(made.figures(try made.take("events", series)) == "1 0 0 0 0 0 0")
    #expect(try walls("Daily") == "08T09:00 09T14:00 10T09:00 11T09:00")
    #expect(try walls("Moved") == "")
    #expect(try site.text("SELECT title FROM event_overrides") == "Moved")
    #expect(made.figures(try made.take("events", series)) == "0 1 0 0 0 0 0")
    // Two on one time, and one that is left out although it is changed.
    let more = Imported.calendar(
      Imported.event("s", "SUMMARY:Daily", start, rule, "EXDATE;TZID=\(Self.zone):20270311T090000", sequence: 1),
      Imported.event(
        "s", "SUMMARY:Onto", "RECURRENCE-ID;TZID=\(Self.zone):20270310T090000", "DTSTART;TZID=\(Self.zone):20270308T090000", sequence: 1),
      Imported.event("s", "SUMMARY:Gone", "RECURRENCE-ID:20270311T140000Z", "DTSTART;TZID=\(Self.zone):20270311T180000", sequence: 1))
    #expect(made.figures(try made.take("events", more)) == "0 0 0 1 0 0 0")
    #expect(try walls("Daily") == "08T09:00 08T09:00 09T14:00")
    // A change that comes alone, once the series is there.
    let change = Imported.calendar(
      Imported.event(
        "s", "SUMMARY:Later", "RECURRENCE-ID;TZID=\(Self.zone):20270308T090000", "DTSTART;TZID=\(Self.zone):20270308T200000", sequence: 2))
    let changed = try made.take("events", change)
    #expect(made.figures(changed) == "0 0 0 1 0 0 0")
    #expect(try walls("Daily") == "08T09:00 08T20:00 09T14:00")
    #expect(made.figures(try made.take("events", change)) == "0 0 1 0 0 0 0")
    let back = try made.undo("events", changed)
    #expect(back.fact("undone") == "1")
    #expect(try walls("Daily") == "08T09:00 08T09:00 09T14:00")
    #expect(site.logged.isEmpty)
  }

  @Test func `Hard case 27: zones of files are read, and what was guessed is said`() throws {
    let offsets =
      "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n"
      + "TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\n"
      + "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    let file = Imported.calendar(
      Imported.event("1", "SUMMARY:Windows", "DTSTART;TZID=Eastern Standard Time:20270701T090000"),
      Imported.event("2", "SUMMARY:Long", "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20270701T090000"),
      Imported.event("3", "SUMMARY:Matched", "DTSTART;TZID=Customized Time Zone:20270701T090000"),
      Imported.event("4", "SUMMARY:Unknown", "DTSTART;TZID=Nowhere:20270701T090000"),
      Imported.event("5", "SUMMARY:Floating", "DTSTART:20270701T090000"), head: offsets)
    let page = try made.take("events", file)
    #expect(made.figures(page) == "5 0 0 0 0 0 0")
    let zones = try site.text("SELECT string_agg(title || ' ' || zone, ', ' ORDER BY title) FROM events")
    #expect(
      zones == "Floating America/New_York, Long Europe/Berlin, Matched America/New_York, Unknown America/New_York, Windows America/New_York"
    )
    for words in ["is taken for America/New_York", "“Nowhere” is not known", "says no zone"] {
      #expect(page.text.contains(words), "\(words)")
    }
  }

  @Test func `Hard case 28: the same file again changes nothing, and what was done by hand stays`() throws {
    let guests = (1...500).map { "ATTENDEE;CN=G\($0);PARTSTAT=ACCEPTED:mailto:g\($0)@x.example" }.joined(separator: "\r\n")
    let asked = Imported.event("g", "SUMMARY:Many", "DTSTART:20270310T150000Z", guests)
    let plain = Imported.event("p", "SUMMARY:Plain", "DTSTART:20270311T150000Z", "LOCATION:Room 7")
    let file = Imported.calendar(asked, plain)
    let page = try made.take("events", file, people: true)
    #expect(made.figures(page) == "2 0 0 0 0 0 0" && page.text.contains("300 of those who are asked"))
    #expect(try site.count("SELECT count(*) FROM event_guests") == 200)
    #expect(try site.count("SELECT count(*) FROM people") == 200)
    #expect(try site.count("SELECT count(*) FROM entity_relationships WHERE relationship = 'attends'") == 200)
    #expect(made.figures(try made.take("events", file, people: true)) == "0 2 0 0 0 0 0")
    #expect(try site.count("SELECT count(*) FROM people") == 200)
    let id = try made.event("Plain")
    let edit: KeyValuePairs = ["title": "Mine", "starts": "2027-03-11T10:00", "location": "Room 7", "version": "1"]
    #expect(!ana.get("/events/\(id)").text.contains("Changed by hand"))
    #expect(ana.post("/events/\(id)", edit).status == 303)
    // Said on its page at once, not only when the file comes again.
    #expect(ana.get("/events/\(id)").text.contains("Changed by hand, and therefore kept: title"))
    let again = try made.take("events", file)
    #expect(made.figures(again) == "0 1 1 0 0 0 0" && again.text.contains("Kept as you changed it: Title"))
    let newer = Imported.calendar(asked, Imported.event("p", "SUMMARY:Other", "DTSTART:20270311T150000Z", "LOCATION:Room 8", sequence: 1))
    let updated = try made.take("events", newer)
    #expect(made.figures(updated) == "0 1 0 1 0 0 0" && updated.text.contains("Kept as you changed it: Title"))
    #expect(try site.text("SELECT title || ' ' || location FROM events WHERE id = \(id)::uuid") == "Mine Room 8")
    #expect(try made.undo("events", updated).fact("undone") == "1")
    #expect(try site.text("SELECT title || ' ' || location FROM events WHERE id = \(id)::uuid") == "Mine Room 7")
    // What was hers before is hers after it was taken back.
    #expect(made.figures(try made.take("events", file)) == "0 1 1 0 0 0 0")
    #expect(ana.post("/events/\(id)/deletion").status == 303)
    let trashed = made.look("events", newer)
    #expect(trashed.fact("trashed") == "1" && trashed.text.contains("name=\"trash\""))
    let restored = try made.take("events", newer, ["trash": "restore"])
    #expect(made.figures(restored) == "0 1 0 0 0 1 0")
    // Taken back, what it brought back lies in the trash again.
    #expect(try made.undo("events", restored).fact("undone") == "1")
    #expect(try !made.events().contains("Mine"))
    #expect(ana.post("/trash/event/\(id)/restoration").status == 303)
    // Taken back: what was edited stays, and so do the people whom it is about.
    let back = try made.undo("events", page)
    #expect(back.fact("kept") == "1")
    #expect(try made.events().hasPrefix("Mine"))
    #expect(try site.count("SELECT count(*) FROM people") == 0)
    #expect(site.logged.isEmpty)
  }

  @Test func `Hard case 28: a file that is too large, cut or no calendar is refused whole, with words`() throws {
    let cut = String(Imported.calendar(Imported.event("1", "SUMMARY:A", "DTSTART:20270310T150000Z")).dropLast(40))
    let refusals = [
      (cut, 422, "ends in its middle"), ("<!DOCTYPE html><title>Sign in</title>", 422, "page of the web"), ("x", 422, "no calendar"),
      (String(repeating: "x", count: 10_000_001), 413, "at most 10 MB"),
      (
        Imported.calendar((0...20_000).map { "BEGIN:VEVENT\r\nUID:\($0)\r\nDTSTART:20270310T150000Z\r\nEND:VEVENT\r\n" }.joined()), 413,
        "20,000"
      ),
    ]
    for (text, status, words) in refusals {
      let page = made.look("events", text)
      #expect(page.status == status && page.text.contains(words), "\(words)")
    }
    #expect(try site.count("SELECT count(*) FROM context_imports") == 0)
    // The highest SEQUENCE that there is leaves room for changes here.
    try made.take("events", Imported.calendar(Imported.event("most", "SUMMARY:Most", "DTSTART:20270310T150000Z", sequence: 2_147_483_647)))
    let most = try made.event("Most")
    #expect(ana.post("/events/\(most)", ["title": "Most", "starts": "2027-03-10T16:00", "version": "1"]).status == 303)
    #expect(ana.get("/events/\(most)").fact("source") == "import:ics")
  }
}
