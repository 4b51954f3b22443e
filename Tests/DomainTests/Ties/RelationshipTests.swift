import Testing

@testable import Domain

/// An end with a small id.
func tieEnd(_ kind: ThingKind, _ number: UInt64) -> ThingRef { ThingRef(kind, ID(high: 0, low: number)) }

/// What relationships say and between what, without a database.
@Suite struct RelationshipTests {
  private let ana = tieEnd(.person, 1)
  private let ben = tieEnd(.person, 2)
  private let cafe = tieEnd(.place, 3)
  private let party = tieEnd(.event, 4)
  private let chore = tieEnd(.task, 5)

  private func word(_ text: String) throws -> RelationshipWord { try #require(RelationshipWord(text), "\(text)") }

  private func said(_ text: String, _ from: ThingRef, _ to: ThingRef) throws -> Relationship {
    try Relationship(try word(text), from: from, to: to)
  }

  @Test func `each word is said between the kinds of the table, and turned round between the same the other way`() throws {
    let table: [(ThingKind, ThingKind, [(String, String)])] = [
      (.person, .person, [("works_with", "works_with"), ("manages", "reports_to"), ("knows", "knows")]),
      (.person, .place, [("works_at", "employs"), ("lives_at", "home_of"), ("frequents", "visited_by")]),
      (.person, .event, [("attends", "attended_by"), ("organizes", "organized_by"), ("declined", "declined_by")]),
      (.person, .task, [("assigned_to", "responsible_for"), ("created_by", "created")]),
      (.event, .place, [("located_at", "hosts")]),
      (.task, .event, [("scheduled_for", "planned_in"), ("discussed_in", "discusses")]),
    ]
    var allowed: Set<String> = []
    for (from, to, pairs) in table {
      for (text, reverse) in pairs {
        allowed.insert("\(text) \(from) \(to)")
        allowed.insert("\(reverse) \(to) \(from)")
      }
    }
    for word in RelationshipWord.all {
      for from in ThingKind.allCases {
        for to in ThingKind.allCases {
          let fits = allowed.contains("\(word.text) \(from) \(to)")
          #expect(word.fits(from: from, to: to) == fits, "\(word.text) \(from) \(to)")
          let isMade = (try? Relationship(word, from: tieEnd(from, 8), to: tieEnd(to, 9))) != nil
          #expect(isMade == fits, "\(word.text) \(from) \(to)")
        }
      }
    }
    let pairs = table.flatMap(\.2)
    #expect(RelationshipKind.allCases.count == pairs.count && RelationshipWord.all.count == 2 * pairs.count - 2)
    for (text, reverse) in pairs { #expect(RelationshipKind(rawValue: text)?.reverse == reverse) }
    #expect(RelationshipWord.choices(from: .person, to: .person).map(\.text) == ["works_with", "knows", "manages", "reports_to"])
    #expect(RelationshipWord.choices(from: .deadline, to: .person).isEmpty)
  }

  @Test func `hard case 32: one relationship in three wordings, its opposite, both ways, itself and ends of the wrong kinds`() throws {
    let first = try said("manages", ana, ben)
    let turned = try said("reports_to", ben, ana)
    #expect(turned == first && first.from == ana && first.words(from: ana.id) == "manages" && first.words(from: ben.id) == "reports_to")
    let read = try RelationshipType.reading("Reports to", from: .person, to: .person)
    let typed = try Relationship(read.type, isTurned: read.isTurned, from: ben, to: ana)
    #expect(typed == first && first.isSame(as: typed))
    let opposite = try said("manages", ben, ana)
    #expect(!opposite.isSame(as: first) && opposite.isOpposite(of: first) && first.isOpposite(of: opposite) && !first.isOpposite(of: typed))
    for text in ["knows", "works_with"] {
      let one = try said(text, ana, ben)
      let other = try said(text, ben, ana)
      #expect(one == other && one.from == ana && !one.isOpposite(of: other) && one.words(from: ben.id) == text)
    }
    #expect(throws: RelationshipError.itself) { try self.said("knows", self.ana, self.ana) }
    #expect(throws: RelationshipError.ends) { try self.said("knows", self.ana, self.cafe) }
    #expect(throws: RelationshipError.ends) { try self.said("works_at", self.cafe, self.ana) }
    #expect(throws: RelationshipError.ends) { try self.said("employs", self.ana, self.cafe) }
    for number in [0, 11, -1, Int.max] { #expect(throws: RelationshipError.strength) { try Relationship.strength(number) } }
    for number in [1, 5, 10] {
      let strength = try Relationship.strength(number)
      #expect(strength == number)
    }
    let (march, april) = (try day("2027-03-01"), try day("2027-04-01"))
    #expect(throws: RelationshipError.dates) { try TieSpan(since: april, until: march) }
  }

  @Test func `hard case 32: a relationship is past behind its last date, and to come before its first`() throws {
    let rows: [(String?, String?, TieState)] = [
      (nil, nil, .standing), ("2027-03-10", nil, .standing), ("2027-03-11", nil, .coming), (nil, "2027-03-10", .standing),
      (nil, "2027-03-09", .past), ("2027-03-10", "2027-03-10", .standing), ("2027-03-11", "2027-03-12", .coming),
      ("2026-01-01", "2026-12-31", .past),
    ]
    let today = try day("2027-03-10")
    for (since, until, state) in rows {
      let span = try TieSpan(since: since.flatMap { Day(iso: $0) }, until: until.flatMap { Day(iso: $0) })
      #expect(span.state(on: today) == state, "\(since ?? "-") \(until ?? "-")")
    }
    #expect(TieSpan.always.state(on: .first) == .standing && TieSpan.always.state(on: .last) == .standing)
  }

  @Test func `who attends has not declined`() throws {
    let attends = try said("attends", ana, party)
    let declined = try said("declined_by", party, ana)
    let others = [
      try said("organizes", ana, party), try said("declined", ben, party), try said("declined", ana, tieEnd(.event, 9)), attends,
    ]
    #expect(attends.excludes(declined) && declined.excludes(attends))
    for other in others { #expect(!attends.excludes(other)) }
  }

  @Test func `words of one's own have 1 to 40 scalars, and a reverse unless both ends say the same`() throws {
    let refused: [(String, String, Bool, RelationshipError)] = [
      ("", "", false, .words), (" \u{A0} ", "", false, .words), (String(repeating: "a", count: 41), "", false, .words),
      ("god\nmother", "", false, .words), ("a\u{0}", "", false, .words),
      ("godmother of", String(repeating: "é", count: 41), false, .reverse),
      ("godmother of", "a\tb", false, .reverse), ("neighbour of", "other", true, .reverse),
    ]
    for (words, reverse, isTwoWay, error) in refused {
      #expect(throws: error) { try OwnRelationship(words, reverse: reverse, isTwoWay: isTwoWay) }
    }
    let own = try OwnRelationship("  godmother of ", reverse: " godchild of")
    #expect(own.words == "godmother of" && own.reverse == "godchild of")
    let longest = try OwnRelationship(String(repeating: "é", count: 40))
    #expect(longest.words.unicodeScalars.count == 40)
    let both = try OwnRelationship("neighbour of", reverse: "neighbour of", isTwoWay: true)
    let plain = try OwnRelationship("neighbour of", isTwoWay: true)
    #expect(both == plain)
  }

  @Test func `words of one's own said again, in either wording, are the first`() throws {
    func own(_ words: String, reverse: String = "", _ from: ThingRef, _ to: ThingRef, isTwoWay: Bool = false) throws -> Relationship {
      try Relationship(.own(try OwnRelationship(words, reverse: reverse, isTwoWay: isTwoWay)), from: from, to: to)
    }
    let first = try own("godmother of", reverse: "godchild of", ana, ben)
    #expect(first.words(from: ana.id) == "godmother of" && first.words(from: ben.id) == "godchild of")
    let same = [
      try own("godmother of", ana, ben), try own("godchild of", reverse: "godmother of", ben, ana), try own("godchild of", ben, ana),
      try own("godmother of", reverse: "ward of", ana, ben),
    ]
    for other in same { #expect(first.isSame(as: other) && other.isSame(as: first)) }
    let others = [try own("godmother of", ben, ana), try own("aunt of", ana, ben), try said("knows", ana, ben)]
    for other in others { #expect(!first.isSame(as: other) && !other.isSame(as: first)) }
    let twoWay = try own("neighbour of", ben, ana, isTwoWay: true)
    let otherWay = try own("neighbour of", ana, ben, isTwoWay: true)
    #expect(twoWay.from == ana && twoWay.isSame(as: otherWay))
    #expect(twoWay.words(from: ben.id) == "neighbour of")
    // Between any kinds that are related at all.
    #expect(throws: RelationshipError.ends) { try own("waits for", tieEnd(.goal, 8), cafe) }
    let deadline = tieEnd(.deadline, 7)
    let anything = try own("waits for", deadline, cafe)
    #expect(anything.to == cafe)
  }

  @Test func `what is typed like a word of the list is that word where it fits`() throws {
    let rows: [(String, ThingKind, ThingKind, String)] = [
      ("works_at", .person, .place, "works_at"), ("Works at", .person, .place, "works_at"), ("home-of", .place, .person, "home_of turned"),
      (" KNOWS ", .person, .person, "knows"), ("works at", .person, .person, "own"), ("works_at", .person, .person, "works_at"),
      ("works  nearby", .person, .place, "own"), ("created", .task, .person, "created turned"), ("Created", .place, .person, "own"),
    ]
    for (text, from, to, expected) in rows {
      let (type, isTurned) = try RelationshipType.reading(text, from: from, to: to)
      let word: String =
        switch type {
        case .listed(let kind): isTurned ? kind.reverse + " turned" : kind.rawValue
        case .own: "own"
        }
      #expect(word == expected, "\(text) \(from) \(to)")
    }
  }

  @Test func `when two people are made one, what was between them goes and the rest moves in its stored form`() throws {
    let between = try said("manages", ana, ben)
    #expect(between.moved(from: ben.id, to: ana.id) == nil)
    let cy = tieEnd(.person, 9)
    let moved = try said("knows", ben, cy).moved(from: cy.id, to: ana.id)
    let expected = try said("knows", ana, ben)
    #expect(moved == expected)
    let works = try said("employs", cafe, ben).moved(from: ben.id, to: ana.id)
    let there = try said("works_at", ana, cafe)
    #expect(works == there)
    let left = try said("assigned_to", ana, chore)
    #expect(left.moved(from: ben.id, to: cy.id) == left)
  }

  @Test func `an end is read as it is written, and nothing else is`() {
    for kind in ThingKind.allCases {
      let end = tieEnd(kind, 77)
      #expect(ThingRef(end.text) == end)
    }
    let id = tieEnd(.person, 1).id.text
    for text in [
      "", "person", "person:", ":\(id)", "Person:\(id)", "habit:\(id)", "person:\(id):", "person:\(id.uppercased())x", " person:\(id)",
    ] {
      #expect(ThingRef(text) == nil, "\(text)")
    }
  }
}
