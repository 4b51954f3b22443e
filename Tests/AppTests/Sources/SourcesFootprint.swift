import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let sources = Footprint(
    parameters: [":source": { try $0.someSource() }],
    shared: [":source"],
    posts: [
      "/sources": Post(
        entry: "source.made",
        fields: [
          House.Field(name: "title", right: "B", rule: .optionalLine), House.Field(name: "url", right: "", rule: .optionalNumber),
          House.Field(name: "text", right: "Text+of+ours.", rule: .document), House.Field(name: "language", right: "en", rule: .choice),
          House.Field(name: "refresh", right: "", rule: .choice), House.Field(name: "nonce", right: "n", rule: .ignored),
        ]),
      "/sources/golden": Post(
        entry: "golden.run",
        fields: [House.Field(name: "file", right: "How+long?,https://shop.example/delivery", rule: .exactly)]),
      "/sources/:source": Post(
        entry: "source.changed",
        fields: [
          House.Field(name: "title", right: "B", rule: .optionalLine),
          House.Field(name: "url", right: "https%3A%2F%2Fshop.example%2Fb", rule: .optionalNumber),
          House.Field(name: "text", right: "Another+text.", rule: .document), House.Field(name: "language", right: "en", rule: .choice),
          House.Field(name: "refresh", right: "", rule: .choice), House.Field(name: "enabled", right: "on", rule: .flag),
          House.Field(name: "version", right: "1", rule: .exactly),
        ]),
      "/sources/:source/refresh": Post(entry: "source.refreshed"),
      "/sources/:source/deletion": Post(entry: "source.deleted"),
      "/sources/:source/restoration": Post(entry: "source.restored", after: "/sources/:source/deletion"),
    ],
    queries: [
      "/sources": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "q", right: "deliver", rule: .optionalLine),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/sources/trial": [
        House.Field(name: "q", right: "deliver", rule: .question), House.Field(name: "language", right: "", rule: .choice),
      ],
    ],
    rows: { browser in
      _ = try browser.someSource()
      #expect(browser.post("/sources/golden", ["file": "How long?,https://shop.example/delivery"]).status == 303)
    },
    roots: ["sources"],
    changed: [
      "golden_questions": "place",
      "sources":
        "asked_at deleted_at enabled error etag failing_since language modified refresh text title updated_at url version",
    ],
    worked: ["golden_questions": "SU", "golden_runs": "DIS", "passages": "S", "sources": "DSU"],
    asked: ["passages": "S"],
    doors: ["drop_golden_questions web", "find_passages web work", "index_passages web work"])
}

extension Browser {
  /// The first source of somebody's account, made where there is none.
  func someSource() throws -> String {
    let known = try site.text("SELECT id::text FROM sources WHERE account_id = \(account) ORDER BY id LIMIT 1")
    if let known { return known }
    return try source(["title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe *deliver* within 3 days."])
  }

  /// Makes a source.
  @discardableResult
  func source(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/sources", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  /// Makes all of the demo's.
  func demoSources() throws {
    for page in SourcesDemo.english + SourcesDemo.portuguese {
      try source(["title": page.title, "url": page.url, "text": page.text])
    }
  }
}
