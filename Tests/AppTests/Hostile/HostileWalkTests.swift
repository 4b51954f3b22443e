import Testing
import Web

@testable import App
@testable import Domain

/// Every route of the table, with what no browser would send, as everybody there is: the answer is SITEMAP's, nothing unforeseen happens, and
/// what is refused leaves no trace. Every request runs in a transaction that is rolled back, so each meets the same house.
@Suite struct HostileWalkTests {
  private let house: House

  init() throws {
    house = try House()
    try house.site.noteWrites()
  }

  @Test func `hostile forms of one's own are answered as SITEMAP says, and refused ones store nothing`() throws {
    try house.walk(house.ownForms)
  }

  @Test func `every post is refused in SITEMAP's order before its fields are looked at`() throws {
    let large = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_001)
    for route in routeTable where route.method == .post && route.access != .hook {
      let target = house.path(route.pattern)
      let place: Comment = "\(route.pattern)"
      #expect(house.ask(house.guests[3], .other, target, []).status == 405, place)
      #expect(house.ask(house.guests[3], .post, target, large, type: "application/json").status == 413, place)
      for type in ["application/json", "text/plain"] {
        #expect(house.ask(house.guests[3], .post, target, [], type: type).status == 415, place)
      }
      if route.access >= .member {
        #expect(house.ask(house.guests[3], .post, target, []).status == 401, place)
        // The form's origin comes before the row: a stranger learns nothing from it.
        for guest in house.guests.dropLast() { #expect(house.ask(guest, .post, target, []).status == 403, place) }
      }
    }
  }

  @Test func `every form of the table is walked with its fields`() throws {
    for route in routeTable where route.method == .post && route.access != .hook {
      #expect(Footprint.all(\.posts)[route.pattern] != nil, "\(route.pattern)")
    }
    // What is right is taken: else the walk would find refusals for the wrong reason.
    for request in house.ownForms where request.place.hasSuffix("csrf rightFirst") {
      #expect(request.status == House.success(String(request.place.prefix { $0 != " " })), "\(request.place)")
    }
  }
}

/// The walk of those to whom nothing belongs, and of addresses: beside the owner's, as it takes as long.
@Suite struct HostileVisitTests {
  private let house: House

  init() throws {
    house = try House()
    try house.site.noteWrites()
  }

  @Test func `hostile forms of a housemate, a stranger and nobody touch nothing`() throws { try house.walk(house.formsOfOthers) }

  @Test func `hostile addresses lead nowhere`() throws { try house.walk(house.addresses) }

  @Test func `hostile queries are answered as SITEMAP says`() throws { try house.walk(house.queries) }
}

/// What is left out of a walk for its length is spread over all of it.
@Suite struct HostileChoiceTests {
  private struct Place {
    let field: Int
    let rule: String
    let value: Hostile
  }

  private func thinned(_ places: [Place], isWhole: Bool) -> [Place] {
    HostileChoice.thinned(places, isWhole: isWhole, by: \.rule, name: { "/things field\($0.field) \($0.value)" }, value: \.value)
  }

  @Test func `each place meets what breaks most, and each rule every value in a third of its places, three at least`() {
    let rules = [(name: "line", fields: 0..<90), (name: "rare", fields: 90..<94), (name: "single", fields: 94..<95)]
    let places = rules.flatMap { rule in
      rule.fields.flatMap { field in Hostile.allCases.map { Place(field: field, rule: rule.name, value: $0) } }
    }
    let chosen = thinned(places, isWhole: false)
    for rule in rules {
      for value in Hostile.allCases {
        let count = chosen.filter { $0.rule == rule.name && $0.value == value }.count
        let isEverywhere = HostileChoice.everywhere.contains(value)
        #expect(
          count == (isEverywhere ? rule.fields.count : min(rule.fields.count, max(3, rule.fields.count / 3))), "\(rule.name) \(value)")
      }
    }
    // The same in each run, and not the same fields for each value.
    #expect(thinned(places, isWhole: false).map(\.field) == chosen.map(\.field))
    let met = Hostile.allCases.filter { !HostileChoice.everywhere.contains($0) }.map { value in
      Set(chosen.filter { $0.rule == "line" && $0.value == value }.map(\.field))
    }
    #expect(Set(met).count == met.count)
    #expect(met.reduce(into: Set<Int>()) { $0.formUnion($1) }.count > 85)
    #expect(thinned(places, isWhole: true).count == places.count)
  }
}

/// The table, under a name that a property of the tests cannot hide.
private let routeTable = App.site
