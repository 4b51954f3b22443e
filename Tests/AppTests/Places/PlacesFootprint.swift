import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let places = Footprint(
    parameters: [
      ":place": { browser in try PlacesFootprint.place(browser) },
      ":trashedPlace": { browser in
        let place = try browser.placed(["name": "Thrown away"])
        #expect(browser.post("/places/\(place)/deletion").status == 303)
        return place
      },
    ],
    owned: [":place", ":trashedPlace"], posts: posts,
    queries: [
      "/places": filters + [House.Field(name: "after", right: "", rule: .rowAfter)], "/places/export.csv": filters,
    ],
    rows: { browser in _ = try PlacesFootprint.place(browser) },
    roots: ["places"],
    changed: [
      "places":
        "address city country deleted_at deletion_id latitude longitude metadata name notes private state timezone type updated_at version"
    ],
    worked: ["places": "S"], doors: ["purge_place web"])

  private static let filters = [
    House.Field(name: "q", right: "mine", rule: .optionalLine), House.Field(name: "type", right: "", rule: .choice),
  ]

  private static let posts = [
    "/places": Post(entry: "place.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/places/:place": Post(entry: "place.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/places/:place/deletion": Post(entry: "place.deleted"),
    "/trash/place/:place/restoration": Post(entry: "place.restored", after: "/places/:place/deletion"),
    "/trash/place/:trashedPlace/purge": Post(entry: "trash.purged"),
  ]

  /// But for latitude and longitude: of those many numbers are right, and neither alone.
  private static let fields = [
    House.Field(name: "name", right: "B", rule: .line), House.Field(name: "type", right: "office", rule: .choice),
    House.Field(name: "address", right: "Street+1", rule: .optionalLine), House.Field(name: "city", right: "Lisbon", rule: .optionalLine),
    House.Field(name: "state", right: "Lisbon", rule: .optionalLine), House.Field(name: "country", right: "Portugal", rule: .optionalLine),
    House.Field(name: "timezone", right: "Europe/Lisbon", rule: .optionalNumber),
    House.Field(name: "notes", right: "b", rule: .markdown), House.Field(name: "tags", right: "home", rule: .optionalLine),
    House.Field(name: "private", right: "on", rule: .flag),
  ]
}

enum PlacesFootprint {
  /// The first of somebody's places, made where there is none.
  static func place(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM places WHERE user_id = \(browser.user) AND name = 'Mine' AND deleted_at IS NULL ORDER BY id LIMIT 1")
    return try known ?? browser.placed(["name": "Mine", "notes": "*Mine.*", "tags": "mine"])
  }
}

extension Browser {
  /// Keeps a place.
  @discardableResult
  func placed(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/places", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }
}
