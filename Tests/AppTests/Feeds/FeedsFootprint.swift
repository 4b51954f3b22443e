import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let feeds = Footprint(
    parameters: [":feed": { browser in try browser.feed() }],
    posts: [
      // Without its nonce: a feed is made anew each time.
      "/settings/feed": Post(
        entry: "feed.made",
        fields: [
          House.Field(name: "include", right: "events", rule: .anyBoxes), House.Field(name: "detail", right: "busy", rule: .choice),
          House.Field(name: "descriptions", right: "on", rule: .flag),
        ], status: 200),
      "/settings/feed/deletion": Post(entry: "feed.deleted", after: "/settings/feed"),
    ],
    rows: { browser in _ = try browser.feed() },
    changed: ["feeds": "body etag read_at stamp"], worked: ["feeds": "S"], doors: ["drop_feed web", "feed web"])
}

extension Browser {
  /// Makes the person's feed, or another in its place.
  ///
  /// - Returns: the token of its address.
  func feed(_ fields: KeyValuePairs<String, String> = ["include": "reminders"]) throws -> String {
    let page = post("/settings/feed", fields)
    #expect(page.status == 200, "\(page.complaints)")
    let address = try page.fact("secret").unwrapped
    let start = site.services.origin + "/ics/"
    #expect(address.hasPrefix(start) && address.hasSuffix(".ics"))
    return String(address.dropFirst(start.count).dropLast(4))
  }
}
