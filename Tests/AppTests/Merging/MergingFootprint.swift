import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let merging = Footprint(
    parameters: [":otherPerson": { browser in try MergingFootprint.other(browser) }],
    posts: posts,
    queries: [
      "/people/:person/merge": [
        // Nobody of one's own is called so.
        House.Field(name: "with", right: "", rule: .choice), House.Field(name: "q", right: "mine", rule: .optionalLine),
      ],
      "/people/export.vcf": filters + [House.Field(name: "version", right: "4", rule: .choice)], "/people/export.csv": filters,
    ],
    rows: { browser in
      let (stays, goes) = (try browser.known(["name": "Stays"]), try browser.known(["name": "Goes", "phone": "+1 212 555 0199"]))
      #expect(browser.post("/people/\(stays)/merge", ["other": goes]).status == 303)
    },
    changed: ["merges": "undone_at"], worked: ["merges": "S"], doors: ["duplicate_people web"])

  private static let filters = [
    House.Field(name: "q", right: "mine", rule: .question), House.Field(name: "type", right: "", rule: .choice),
    House.Field(name: "tag", right: "home", rule: .optionalLine),
  ]

  private static let posts = [
    "/people/:person/merge": Post(
      entry: "person.merged",
      fields: [House.Field(name: "other", right: ":otherPerson", rule: .exactly)]
        + PersonMergePlan.Field.allCases.map { House.Field(name: "keep_" + $0.rawValue, right: "this", rule: .choice) })
  ]
}

enum MergingFootprint {
  /// Somebody beside the one whom addresses name.
  static func other(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM people WHERE user_id = \(browser.user) AND name = 'The same' AND deleted_at IS NULL ORDER BY id LIMIT 1")
    return try known ?? browser.known(["name": "The same", "notes": "Theirs."])
  }
}
