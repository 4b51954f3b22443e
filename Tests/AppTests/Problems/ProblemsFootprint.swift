import Testing

@testable import App
@testable import Domain

extension Footprint {
  /// Its table is named by the tasks' footprint, whose links lead to it.
  static let problems = Footprint(
    parameters: [":problem": { browser in try ProblemsFootprint.problem(browser) }],
    owned: [":problem"], posts: posts,
    queries: [
      "/problems": [
        House.Field(name: "status", right: "", rule: .choice), House.Field(name: "q", right: "damp", rule: .question),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    rows: { browser in _ = try ProblemsFootprint.problem(browser) })

  private static let posts = [
    "/problems": Post(entry: "problem.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/problems/:problem": Post(entry: "problem.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/problems/:problem/resolution": Post(
      entry: "problem.resolved", fields: [House.Field(name: "tasks", right: "done", rule: .choice)]),
    "/problems/:problem/monitoring": Post(entry: "problem.watched"),
    "/problems/:problem/reopening": Post(entry: "problem.reopened", after: "/problems/:problem/resolution"),
    "/problems/:problem/archival": Post(entry: "problem.archived"),
    "/problems/:problem/deletion": Post(entry: "problem.deleted"),
    "/trash/problem/:problem/restoration": Post(entry: "problem.restored", after: "/problems/:problem/deletion"),
  ]

  private static let fields = [
    House.Field(name: "title", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
    House.Field(name: "severity", right: "4", rule: .optionalNumber), House.Field(name: "horizon", right: "month", rule: .choice),
    House.Field(name: "tags", right: "home", rule: .optionalLine), House.Field(name: "private", right: "on", rule: .flag),
  ]
}

enum ProblemsFootprint {
  /// The first of somebody's problems, made where there is none.
  static func problem(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM problems WHERE user_id = \(browser.user) AND title = 'Damp' ORDER BY id LIMIT 1")
    if let known { return known }
    let page = browser.post("/problems", ["title": "Damp", "description": "*Mine.*"])
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }
}
