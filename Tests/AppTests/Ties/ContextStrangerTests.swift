import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Hard case 53 of issues 13 and 14: what one keeps of people, places, events and relationships, and what the assistant said, proposed and took for true,
/// nobody else is told, not even that it is there.
@Suite struct ContextStrangerTests {
  private static let missing = "0192f000-0000-7000-8000-000000000000"

  /// The address of a route with somebody's things in it; nil: it names none.
  private func path(_ pattern: String, of browser: Browser, missing: Bool) throws -> String? {
    var isNamed = false
    let parts = try pattern.split(separator: "/").map { part in
      guard part.hasPrefix(":"), let value = try Footprint.value(String(part), browser) else { return String(part) }
      if ID<Thing>(value) == nil { return value }
      isNamed = true
      return missing ? Self.missing : value
    }
    return isNamed ? "/" + parts.joined(separator: "/") : nil
  }

  @Test func `Hard case 53: on every route a housemate and a stranger get the same 404 as for nothing at all`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let guests = [try site.person("bob@x.test", sharing: ana, role: .viewer), try site.person("eve@x.test")]
    var walked = 0
    for route in contextRoutes + assistantRoutes where route.access >= .member {
      guard let there = try path(route.pattern, of: ana, missing: false), let gone = try path(route.pattern, of: ana, missing: true) else {
        continue
      }
      walked += 1
      for guest in guests {
        let answers = [there, gone].map { route.method == .get ? guest.get($0) : guest.post($0) }
        #expect(answers.map(\.status) == [404, 404], "\(route.method) \(route.pattern)")
        #expect(answers[0].unmasked == answers[1].unmasked, "\(route.pattern)")
      }
    }
    #expect(walked >= 35)
    // What a field or a question names is as missing as what an address names.
    let hers = try ana.known("Zebedee Quux")
    for guest in guests {
      let own = try guest.known("Own")
      for (from, to) in [(own, hers), (hers, own)] {
        #expect(guest.relating("person:" + from, "knows", "person:" + to).status == 404)
      }
      for target in ["/people/\(own)/path?to=\(hers)", "/relationships/new?from=person:\(hers)"] {
        #expect(guest.get(target).status == 404)
      }
    }
    #expect(
      try site.count("SELECT count(*) FROM entity_relationships r JOIN people p ON p.id IN (r.from_id, r.to_id) WHERE p.name = 'Own'") == 0)
  }

  @Test func `Hard case 53: no list, search, suggestion, drawing or file tells others of it`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let guests = [try site.person("bob@x.test", sharing: ana, role: .viewer), try site.person("eve@x.test")]
    let (hers, place) = (try ana.known("Zebedee Quux"), try ana.place(named: "Zebedee Quux's house"))
    let event = try ana.happening("Zebedee Quux turns fifty")
    try ana.relate("person:" + hers, "lives_at", "place:" + place)
    try ana.relate("person:" + hers, "attends", "event:" + event)
    for guest in guests {
      // Somebody of the same name and address is no suggestion to be one.
      let own = try guest.known("Zebedee")
      for target in [
        "/", "/people", "/people?q=quux", "/people/duplicates", "/people/export.vcf", "/people/export.csv", "/places", "/places?q=quux",
        "/places/export.csv", "/calendar", "/calendar?view=month", "/free", "/events/export.ics", "/search?q=quux", "/trash",
        "/people/\(own)/graph", "/people/\(own)/path?q=quux", "/relationships/new?from=person:\(own)&q=quux", "/connections",
      ] {
        let page = guest.get(target)
        // The words that were looked for stand in the field that they were typed into.
        #expect(page.status == 200 && !page.text.contains("Quux"), "\(target) \(page.status)")
      }
    }
    #expect(site.logged.isEmpty, "\(site.logged)")
  }
}
