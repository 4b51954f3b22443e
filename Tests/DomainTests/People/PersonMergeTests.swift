import Testing

@testable import Domain

/// Two people who are one (RULES 9.16).
@Suite struct PersonMergeTests {
  private func person(_ name: String, _ emails: [String], _ set: (inout PersonFields) -> Void = { _ in }) throws -> PersonFields {
    var person = PersonFields(name)
    person.emails = try emails.map { try #require(PersonAddress(email: $0)) }
    set(&person)
    return person
  }

  @Test func `each field that says something stays unless the other is chosen, and addresses, tags and notes unite`() throws {
    let ana = try person("Ana", ["ana@x.example"]) {
      ($0.company, $0.notes, $0.tags, $0.importance) = ("Acme", "Mine", ["a", "b"], 5)
      $0.metadata = [.init("URL", .string("1"))]
    }
    let other = try person("A. *Souza*", ["ANA@x.example", "b@x.example"]) {
      ($0.company, $0.title, $0.notes, $0.tags, $0.importance) = ("Other", "Chief", "Its", ["b", "c"], 7)
      ($0.birthday, $0.isPrivate, $0.metadata) = (Birthday(stored: "1985"), true, [.init("URL", .string("2")), .init("X", .string("3"))])
      if let phone = PersonAddress(phone: "+5511987654321", in: nil) { $0.phones = [phone] }
    }
    let plan = try PersonMergePlan(this: ana, other: other)
    #expect(plan.result.name == "Ana" && plan.result.company == "Acme" && plan.result.title == "Chief" && plan.result.importance == 5)
    #expect(plan.result.emails.map(\.value) == ["ana@x.example", "b@x.example"] && plan.aliases.map(\.value) == ["b@x.example"])
    #expect(plan.result.phones.map(\.value) == ["+5511987654321"] && plan.result.birthday?.text == "1985" && plan.result.isPrivate)
    #expect(plan.result.tags == ["a", "b", "c"] && plan.result.notes == "Mine\n\n---\n\n**A. \\*Souza\\***\n\nIts")
    #expect(plan.result.metadata == [.init("URL", .string("1")), .init("X", .string("3"))])
    let chosen = try PersonMergePlan(
      this: ana, other: other, keep: [.name: .other, .email: .other, .company: .other, .title: .this, .birthday: .this])
    #expect(chosen.result.name == "A. *Souza*" && chosen.result.company == "Other" && chosen.result.title.isEmpty)
    #expect(chosen.result.birthday == nil && chosen.result.emails.map(\.key) == ["ana@x.example", "b@x.example"])
    #expect(PersonMergePlan.differences(ana, other) == [.name, .importance, .company])
    #expect(PersonMergePlan.standard(.title, ana) == .other && PersonMergePlan.standard(.name, ana) == .this)
  }

  @Test func `what would go beyond a limit is refused and named, and nothing is cut`() throws {
    let long = String(repeating: "x", count: 10_000)
    let many = (0..<15).map { "a\($0)@x.example" }
    let cases: [(PersonMergePlan.Problem, PersonFields, PersonFields)] = [
      (.notes, try person("A", []) { $0.notes = long }, try person("B", []) { $0.notes = long }),
      (.tags, try person("A", []) { $0.tags = (0..<11).map { "a\($0)" } }, try person("B", []) { $0.tags = (0..<11).map { "b\($0)" } }),
      (.addresses, try person("A", many), try person("B", many.map { "b" + $0 })),
      (
        .metadata, try person("A", []) { $0.metadata = [.init("a", .string(long + long + long))] },
        try person("B", []) { $0.metadata = [.init("b", .string(long + long + long + "y"))] }
      ),
    ]
    // Two bytes of a file are three in a database.
    func numbers(_ count: Int) -> [String] {
      StoredMetadata.text([.init("a", .array(Array(repeating: .number(1), count: count)))]).left
    }
    #expect(numbers(25_000) == ["a"] && numbers(15_000).isEmpty)
    for (problem, this, other) in cases { #expect(throws: problem) { try PersonMergePlan(this: this, other: other) } }
    #expect(try PersonMergePlan(this: person("A", []), other: person("B", []) { $0.notes = long }).result.notes == long)
  }

  @Test func `pairs that were found more than once are one suggestion with all reasons, strongest first`() {
    let found: [(Int, Int, DuplicateReason)] = [
      (2, 1, .name), (3, 4, .phone), (1, 2, .email), (5, 5, .email), (1, 2, .email), (6, 1, .name),
    ]
    let all = DuplicateSuggestion.all(found)
    #expect(all == DuplicateSuggestion.all(found.reversed()))
    #expect(
      all.map { "\($0.first)-\($0.second) \($0.reasons.map(\.rawValue))" } == [
        #"1-2 ["email", "name"]"#, #"3-4 ["phone"]"#, #"1-6 ["name"]"#,
      ])
  }
}
