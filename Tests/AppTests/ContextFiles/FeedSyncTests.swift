import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Feeds, with issue 13's hard cases 26 and 29: what whoever fetches one gives to ``FeedSync``.
@Suite struct FeedSyncTests {
  private let made: Imported
  private var site: Site { made.site }

  init() throws { made = try Imported() }

  /// As a worker does it.
  private func sync(_ events: [String]) throws -> FeedSync.Outcome {
    let mailer = Mailer(.maildir(.init(path: "/nonexistent")), from: try Mailer.sender("heed@heed.test"))
    let bench = try WorkBench(site.services, site.connection("heed_work"), mailer) { _, _ in }
    return try bench.db.transaction {
      let person = try Person.acting(made.ana.user, bench).unwrapped
      let planner = PlannerWriting(person: person, now: site.now, request: "", db: bench.db)
      let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
      let with = DeadlineWriting(planner: planner, services: bench.services, actor: actor)
      let zones = bench.services.zones
      let file = try EventFile(
        Array(Imported.calendar(events.joined()).utf8), own: person.zone, now: site.now, zone: { zones.zone($0) }, names: zones.names)
      return try FeedSync(source: "calendar:1", with: with).apply(file)
    }
  }

  private static func event(_ uid: String, _ number: Int, title: String? = nil) -> String {
    Imported.event(uid, "SUMMARY:\(title ?? "E\(number)")", "DTSTART:202703\(number % 20 + 10)T\(number / 20 + 10)0000Z")
  }

  private func live() throws -> Int { try site.count("SELECT count(*) FROM events WHERE deleted_at IS NULL") }

  @Test func `Hard case 29: a feed that lost nearly all is believed the second time, and what comes back is there once`() throws {
    let all = (0..<150).map { Self.event("u\($0)", $0) }
    let few = Array(all.prefix(10))
    #expect(try sync(all).new == 150)
    #expect(try sync(all).same == 150)
    #expect(try live() == 150)
    let first = try sync(few)
    #expect(first.isDoubted && first.vanished == 0)
    #expect(try live() == 150)
    site.pass(minutes: 5)
    #expect(try sync(few).isDoubted)
    site.pass(minutes: 5)
    let second = try sync(few)
    #expect(!second.isDoubted && second.vanished == 140)
    #expect(try live() == 10)
    #expect(try site.count("SELECT count(*) FROM deletions") == 1)
    // One by hand would bring all of them back; here it is the feed, and neither makes them twice.
    let returned = try sync(all)
    #expect(returned.returned == 140 && returned.new == 0)
    #expect(try live() == 150)
    #expect(try site.count("SELECT count(*) FROM event_instances") == 150)
    // Gone again, brought back by hand: an event of one's own, which the feed does not take and does not make twice.
    #expect(try sync(Array(all.dropFirst())).vanished == 1)
    #expect(made.ana.get("/activity").text.contains("No longer in its calendar"))
    let id = try site.text("SELECT id::text FROM events WHERE deleted_at IS NOT NULL").unwrapped
    #expect(made.ana.post("/trash/event/\(id)/restoration").status == 303)
    #expect(made.ana.get("/events/\(id)").text.contains("no longer in that calendar"))
    #expect(try site.text("SELECT source FROM events WHERE id = \(id)::uuid") == "manual")
    #expect(try sync(Array(all.dropFirst())).vanished == 0)
    #expect(try live() == 150)
    let last = try sync(all)
    #expect(last.new == 0 && last.returned == 0)
    #expect(try live() == 150)
    // What a person threw away does not come back.
    #expect(made.ana.post("/events/\(id)/deletion").status == 303)
    #expect(try sync(all).trashed == 1)
    #expect(try live() == 149)
  }

  @Test func `Hard case 26: a feed that makes up new names each time says the same events`() throws {
    let first = (0..<12).map { Self.event("a\($0)", $0) }
    #expect(try sync(first).new == 12)
    let id = try made.event("E3")
    let again = try sync((0..<12).map { Self.event("b\($0)", $0) })
    #expect(again.new == 0 && again.vanished == 0)
    #expect(try live() == 12)
    #expect(try made.event("E3") == id)
    // What somebody changed by hand stays, whatever the feed says then.
    let edit: KeyValuePairs = ["title": "Mine", "starts": "2027-03-13T05:00", "version": "1"]
    #expect(made.ana.post("/events/\(id)", edit).status == 303)
    let newer = (0..<12).map {
      $0 == 3 ? Imported.event("b3", "SUMMARY:Other", "DESCRIPTION:New", "DTSTART:20270313T100000Z", sequence: 1) : Self.event("b\($0)", $0)
    }
    #expect(try sync(newer).updated == 1)
    let stored: SQL = "SELECT title || ' ' || description FROM events WHERE id = \(id)::uuid"
    #expect(try site.text(stored) == "Mine New")
    // However often.
    let newest = newer.map {
      $0.replacingOccurrences(of: "DESCRIPTION:New", with: "DESCRIPTION:Newest").replacingOccurrences(of: "SEQUENCE:1", with: "SEQUENCE:2")
    }
    #expect(try sync(newest).updated == 1)
    #expect(try site.text(stored) == "Mine Newest")
    let page = made.ana.get("/events/\(id)")
    #expect(page.fact("source") == "calendar:1" && page.text.contains("Changed by hand, and therefore kept: title"))
    #expect(!page.text.contains("no longer in that calendar"))
  }
}
