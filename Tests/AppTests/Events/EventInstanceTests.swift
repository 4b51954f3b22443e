import Postgres
import Testing

@testable import App
@testable import Domain

/// One instance of a series alone (RULES 9.23). Monday 1 March 2027, noon in New York.
@Suite struct EventInstanceTests {
  @Test func `one alone has no place, stays called off since then, and its form comes back when it was left out meanwhile`() throws {
    let planned = try Planned()
    let (site, ana) = (planned.site, planned.ana)
    func version(_ event: String) throws -> String {
      try site.text("SELECT version::text FROM events WHERE id = \(event)::uuid").unwrapped
    }
    let event = try ana.event(["title": "S", "starts": "2027-03-05T09:00", "repeat": "daily", "repeat_times": "10"])
    // One that was left out meanwhile: what was typed stands for the whole series, without the time of a date that is none.
    let open = try version(event)
    #expect(ana.post("/events/\(event)/deletion", ["scope": "this", "instance": "20270307T090000"]).status == 303)
    let out = ana.post(
      "/events/\(event)",
      ["title": "Typed", "starts": "2027-03-07T10:00", "version": open, "scope": "this", "instance": "20270307T090000"])
    #expect(out.status == 409 && out.text.contains("This date has gone") && out.text.contains("value=\"Typed\""))
    #expect(out.text.contains("value=\"2027-03-05 09:00\"") && !out.text.contains("2027-03-07T10:00"))
    // One instance alone is at no place though its series has one; and once called off it stays so since then, whatever else is edited.
    let room = try ana.placed(["name": "Room"])
    let there = try ana.event([
      "title": "There", "starts": "2027-04-01T09:00", "repeat": "daily", "repeat_times": "3", "place": room, "remind": "1 hour before",
    ])
    func told() throws -> String? { try site.text("SELECT title || ': ' || description FROM reminders WHERE next_at IS NOT NULL") }
    #expect(try told()?.contains("Where: Room") == true)
    // RULES 9.29: its reminder tells of the one that it rings for, which has a place, a name and words of its own, or no place.
    let hall = try ana.placed(["name": "Hall"])
    let own: [(place: String, title: String, line: String?)] = [("", "Nowhere", nil), (hall, "Concert", "Where: Hall")]
    for (place, title, line) in own {
      let fields: KeyValuePairs = [
        "title": title, "starts": "2027-04-01T09:00", "place": place, "version": try version(there), "scope": "this",
        "instance": "20270401T090000",
      ]
      #expect(ana.post("/events/\(there)", fields).status == 303)
      let text = try told().unwrapped
      #expect(text.hasPrefix(title + ": ") && !text.contains("Room") && text.contains("Where:") == (line != nil), "\(text)")
      if let line { #expect(text.contains(line), "\(text)") }
    }
    let nowhere: KeyValuePairs = [
      "title": "There", "starts": "2027-04-02T09:00", "place": "", "status": "cancelled", "version": try version(there), "scope": "this",
      "instance": "20270402T090000",
    ]
    #expect(ana.post("/events/\(there)", nowhere).status == 303)
    let alone = ana.get("/events/\(there)/on/20270402T090000").text.components(separatedBy: "/places/\(room)")
    #expect(alone.count == 1, "\(alone[0].suffix(300))")
    #expect(ana.get("/events/\(there)/on/20270403T090000").text.contains("/places/\(room)"))
    let since = try site.text("SELECT cancelled_at::text FROM event_overrides WHERE no_place AND status = 'cancelled'")
    site.pass(hours: 1)
    let renamed: KeyValuePairs = [
      "title": "Renamed", "starts": "2027-04-01T09:00", "place": room, "version": try version(there), "scope": "all",
    ]
    #expect(ana.post("/events/\(there)", renamed).status == 303)
    #expect(
      try site.text("SELECT cancelled_at::text FROM event_overrides WHERE no_place AND status = 'cancelled'") == since && since != nil)
  }
}
