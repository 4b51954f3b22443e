import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let apiKeys = Footprint(
    parameters: [
      ":key": { browser in
        let good: ID<APIKey>? = try browser.site.owner.value(
          "SELECT id FROM api_keys WHERE user_id = \(browser.user) AND revoked_at IS NULL ORDER BY id DESC LIMIT 1")
        if let good { return good.text }
        _ = try browser.apiKey()
        return try browser.site.text("SELECT id::text FROM api_keys WHERE user_id = \(browser.user) ORDER BY id DESC LIMIT 1").unwrapped
      }
    ],
    owned: [":key"],
    posts: [
      // Without its nonce: beside a wrong password, which counts, that would be kept too.
      "/settings/keys": Post(
        entry: "key.made",
        fields: [
          House.Field(name: "name", right: "Kitchen", rule: .line),
          House.Field(name: "scope", right: "notifications%3Apull", rule: .boxes),
          House.Field(name: "expires", right: "30", rule: .choice),
          House.Field(name: "password", right: Browser.encoded(Site.password), rule: .exactly),
        ], status: 200),
      "/settings/keys/:key/revocation": Post(entry: "key.revoked"),
    ],
    rows: { browser in _ = try browser.apiKey() },
    changed: ["api_keys": "revoked_at used_at"], worked: ["api_keys": "DS"], doors: ["api_key web"])
}

extension Browser {
  /// A key of this person, made past the form.
  func apiKey(_ scopes: [String] = ["notifications:pull"], until end: Instant? = nil) throws -> String {
    let key = APIKey.newKey()
    try site.owner.run(
      """
      INSERT INTO api_keys (id, user_id, name, prefix, key_hash, scopes, expires_at, created_at)
      VALUES (\(ID<APIKey>.new(at: site.now)), \(user), 'Kitchen', \(String(key.prefix(13))), \(APIKey.hash(key)), \(scopes), \(end), \(site.now))
      """)
    return key
  }
}
