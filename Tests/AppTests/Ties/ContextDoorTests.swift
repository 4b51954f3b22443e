import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// The functions at the door that take something of people, places, events and relationships away, asked by themselves: each does it for whose it is, and
/// for nobody else.
@Suite struct ContextDoorTests {
  @Test func `none of them does anything to what is somebody else's`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let person = try ana.known(["name": "Bea", "email": "bea@x.example", "phone": "+1 212 555 0100"])
    #expect(ana.post("/people/\(person)/contacts-log", ["at": "yesterday", "words": "Tea"]).status == 303)
    let (gone, place) = (try ana.known(["name": "Cy"]), try PlacesFootprint.place(ana))
    #expect(ana.post("/people/\(gone)/deletion").status == 303 && ana.post("/places/\(place)/deletion").status == 303)
    let series = try ana.event(["title": "S", "starts": "2027-06-01T09:00", "repeat": "daily", "repeat_times": "3"])
    let over = try ana.event(["title": "O", "starts": "2027-06-01T12:00"])
    #expect(ana.post("/events/\(over)/deletion").status == 303)
    let doors: [SQL] = [
      "door.drop_addresses(\(person)::uuid, '{}')", "door.drop_contact((SELECT id FROM contact_log LIMIT 1))",
      "door.drop_relationships(ARRAY(SELECT id FROM entity_relationships))", "door.purge_person(\(gone)::uuid)",
      "door.purge_place(\(place)::uuid)", "door.drop_instances(ARRAY[\(series)::uuid])", "door.purge_event(\(over)::uuid)",
    ]
    let dan = try ana.known(["name": "Dan"])
    #expect(ana.post("/relationships", ["from": "person:\(person)", "to": "person:\(dan)", "relationship": "knows"]).status == 303)
    for door in doors {
      for (who, changes) in [(eve, false), (ana, true)] {
        try rolledBack(site.owner) {
          let before = try site.fingerprint()
          try site.owner.run("SELECT set_config('heed.user_id', \(who.user.text), true)")
          try site.owner.run("SELECT \(door)")
          let isOther = try site.fingerprint() != before
          #expect(isOther == changes, "\(door)")
        }
      }
    }
  }
}
