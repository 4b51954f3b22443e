import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let profiles = Footprint(
    parameters: [
      ":profile": { browser in
        try browser.site.text("SELECT id::text FROM profiles WHERE user_id = \(browser.user) AND preset = 'urgent'").unwrapped
      },
      ":ladder": { browser in
        try browser.site.text("SELECT id::text FROM profiles WHERE user_id = \(browser.user) AND preset IS NULL ORDER BY id LIMIT 1")
          ?? browser.ladder()
      },
    ],
    owned: [":ladder"], posts: posts,
    roots: ["profiles"], changed: ["profiles": "description name repeat_limit repeat_minutes tiers updated_at version"],
    worked: ["profiles": "S"], doors: ["delete_profile web", "profile_uses web"])

  private static let posts = [
    "/profiles": Post(entry: "profile.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    // It changes nothing.
    "/profiles/preview": Post(entry: nil, fields: fields + [House.Field(name: "profile", right: "", rule: .row)], status: 200),
    "/profiles/:ladder": Post(entry: "profile.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/profiles/:ladder/copy": Post(entry: "profile.made", fields: [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    // Nothing climbs it, so nothing takes its place.
    "/profiles/:ladder/deletion": Post(
      entry: "profile.deleted", fields: [House.Field(name: "profile", right: ":profile", rule: .ignored)]),
  ]

  private static let fields = [
    House.Field(name: "name", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
    House.Field(name: "tiers", right: "1", rule: .exactly), House.Field(name: "tier_1_delay", right: "5", rule: .optionalNumber),
    House.Field(name: "tier_1_agent", right: "email", rule: .boxes), House.Field(name: "tier_1_contacts", right: "off", rule: .flag),
    House.Field(name: "repeat_minutes", right: "30", rule: .optionalNumber),
    House.Field(name: "repeat_limit", right: "3", rule: .optionalNumber),
  ]
}

extension Browser {
  /// Makes a ladder of their own: by default one that mails at once and after ten minutes.
  @discardableResult
  func ladder(
    _ fields: KeyValuePairs<String, String> = [
      "name": "Mine", "tiers": "2", "tier_1_agent": "email", "tier_2_delay": "10", "tier_2_agent": "email",
    ]
  ) throws -> String {
    let page = post("/profiles", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").dropLast().last.map { String($0) })
  }
}
