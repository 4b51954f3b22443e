import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Keys of other programs: how they are made, shown, stored and revoked, and what is asked of them at the door.
@Suite struct APIKeyTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func make(_ expires: String = "30", password: String = Site.password, nonce: String = "n", scope: String = "notifications:pull")
    -> Page
  {
    ana.post(
      "/settings/keys", ["name": "Kitchen", "scope": scope, "expires": expires, "password": password, "nonce": nonce])
  }

  private func ask(_ authorization: String?, by browser: Browser? = nil) -> Page {
    (browser ?? site.browser()).get("/api/v1/notifications/pending?agent=pull", authorization.map { ["authorization": $0] } ?? [:])
  }

  private func keys() throws -> Int { try site.count("SELECT count(*) FROM api_keys") }

  @Test func `a key is shown once, works at once, and no row, page or log holds it`() throws {
    #expect(ana.get("/settings/keys").text.contains("No keys yet"))
    let made = make()
    let key = try made.fact("secret").unwrapped
    #expect(made.status == 200 && key.hasPrefix("heed_") && key.utf8.count == APIKey.length)
    #expect(ask("Bearer \(key)").status == 200)
    let stored = try site.owner.row(
      Query<(String, [UInt8], Instant?)>(tuple: "SELECT prefix, key_hash, expires_at FROM api_keys")
    ).unwrapped
    #expect(stored.0 == String(key.prefix(13)) && stored.1 == APIKey.hash(key))
    #expect(stored.2 == site.now.advanced(days: 30))
    let list = ana.get("/settings/keys")
    #expect(list.text.contains(stored.0 + "…") && !list.text.contains(key))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'key.made' AND payload::text LIKE '%' || \(key) || '%'") == 0)
    let audit = ana.get("/settings/audit").text
    #expect(audit.contains("API key “Kitchen” made.") && !audit.contains(key))
    #expect(site.logged.isEmpty)
  }

  @Test(arguments: [("30", 30), ("90", 90), ("365", 365), ("", 90)])
  func `it works for so many days and no longer`(expires: String, days: Int) throws {
    let key = try make(expires).fact("secret").unwrapped
    site.now = site.now.advanced(days: days).advanced(seconds: -1)
    #expect(ask("Bearer \(key)").status == 200)
    site.pass(seconds: 1)
    #expect(ask("Bearer \(key)").status == 401)
    #expect(try site.visit(as: ana).get("/settings/keys").text.contains("Expired"))
  }

  @Test func `one without an end works for years`() throws {
    let key = try make("never").fact("secret").unwrapped
    site.pass(hours: 24 * 2_000)
    #expect(ask("Bearer \(key)").status == 200)
  }

  @Test func `everything that is wrong is told at once, and nothing is made`() throws {
    let page = ana.post("/settings/keys", ["name": " ", "scope": "everything", "expires": "7", "password": "wrong"])
    #expect(page.status == 422 && page.complaints.sorted() == ["expires", "name", "password", "scope"])
    #expect(page.text.contains("This is not your password."))
    let none = ana.post("/settings/keys", ["name": "Kitchen", "password": Site.password])
    #expect(none.status == 422 && none.complaints == ["scope"] && none.text.contains("value=\"Kitchen\""))
    #expect(try keys() == 0)
  }

  @Test func `a password is not guessed here without end`() throws {
    for _ in 0..<10 { #expect(make(password: "wrong walrus here").status == 422) }
    #expect(make().status == 429)
    #expect(try keys() == 0)
  }

  @Test func `sent twice it is made once, and the second answer does not hold it`() throws {
    #expect(make().status == 200)
    let again = make()
    #expect(again.location == "/settings/keys" && again.fact("secret") == nil)
    #expect(try keys() == 1)
    #expect(make(nonce: "other").status == 200)
    #expect(try keys() == 2)
  }

  @Test func `fifty that work are enough`() throws {
    for _ in 0..<APIKey.most { _ = try ana.apiKey() }
    let page = make()
    #expect(page.status == 422 && page.complaints == ["name"] && page.text.contains("You have 50 keys that work."))
    try site.owner.run("UPDATE api_keys SET revoked_at = \(site.now) WHERE id = (SELECT id FROM api_keys ORDER BY id LIMIT 1)")
    #expect(make().status == 200)
  }

  @Test func `revoked it is dead at once, and twice is once`() throws {
    let key = try ana.apiKey()
    let id = try site.text("SELECT id::text FROM api_keys").unwrapped
    #expect(ask("Bearer \(key)").status == 200)
    for _ in 0..<2 { #expect(ana.post("/settings/keys/\(id)/revocation").location == "/settings/keys") }
    #expect(ask("Bearer \(key)").status == 401)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'key.revoked'") == 1)
    let list = ana.get("/settings/keys")
    #expect(list.text.contains("Revoked") && list.form("/settings/keys/\(id)/revocation") == nil)
  }

  @Test func `the page says when it was used last, to the minute`() throws {
    let key = try ana.apiKey()
    #expect(ana.get("/settings/keys").text.contains("never used"))
    site.pass(minutes: 5)
    #expect(ask("Bearer \(key)").status == 200)
    #expect(ana.get("/settings/keys").text.contains("datetime=\"2026-11-21T09:05:00Z\""))
    site.pass(seconds: 59)
    #expect(ask("Bearer \(key)").status == 200)
    #expect(try site.text("SELECT to_char(used_at AT TIME ZONE 'UTC', 'HH24:MI:SS') FROM api_keys") == "09:05:00")
    site.pass(seconds: 1)
    #expect(ask("Bearer \(key)").status == 200)
    #expect(try site.text("SELECT to_char(used_at AT TIME ZONE 'UTC', 'HH24:MI:SS') FROM api_keys") == "09:06:00")
  }

  @Test func `without a good key it is 401, in JSON`() throws {
    let key = try ana.apiKey()
    for sent in [
      nil, "", "Bearer", "Bearer ", "Basic KEY", "KEY", "Bearer KEY KEY", "Bearer KEYx", "Bearer heed_", "Bearer \u{e9}", "Bearer OTHER",
      "Bearer: KEY",
    ] {
      let page = ask(sent?.replacingOccurrences(of: "KEY", with: key).replacingOccurrences(of: "OTHER", with: APIKey.newKey()))
      let place: Comment = "\(sent ?? "none")"
      #expect(page.status == 401 && page.header("WWW-Authenticate") == "Bearer", place)
      #expect(page.header("Content-Type") == "application/json", place)
      let json = try JSONSerialization.jsonObject(with: Data(page.text.utf8)) as? [String: String]
      #expect(json?["request"] == "test" && json?["error"]?.isEmpty == false)
      #expect(try site.count("SELECT count(*) FROM api_keys WHERE used_at IS NOT NULL") == 0)
    }
  }

  @Test(arguments: ["Bearer KEY", "bearer KEY", "BEARER  KEY"]) func `the scheme has any letter case`(sent: String) throws {
    #expect(try ask(sent.replacingOccurrences(of: "KEY", with: ana.apiKey())).status == 200)
  }

  @Test func `without the scope it is 403, and a session is no key`() throws {
    let key = try ana.apiKey(["something:else"])
    #expect(ask("Bearer \(key)").status == 403 && ask("Bearer \(key)", by: ana).status == 403)
    #expect(ask(nil, by: ana).status == 401)
    // Who is signed in where it is asked for does not matter.
    #expect(try ask("Bearer \(site.person("bob@x.test").apiKey())", by: ana).status == 200)
  }

  @Test func `refusals of the API are JSON, whatever is wrong`() throws {
    let key = try ["authorization": "Bearer \(ana.apiKey())"]
    let pages = [
      ("404", ana.get("/api/v1/nothing", key)), ("404", ana.post("/api/v1/notifications/x/receipt", raw: [], key)),
      ("405", ana.post("/api/v1/notifications/pending", raw: [], key)),
      ("422", ana.get("/api/v1/notifications/pending?limit=0", key)), ("422", ana.get("/api/v1/notifications/pending?limit=101", key)),
      ("422", ana.get("/api/v1/notifications/pending?agent=email", key)),
    ]
    for (status, page) in pages {
      #expect(String(page.status) == status && page.header("Content-Type") == "application/json", "\(status) \(page.text)")
      #expect(page.text.contains("\"error\":\"") && page.text.contains("\"request\":\"test\""))
    }
    #expect(pages[2].1.header("Allow") == "GET, HEAD")
  }

  @Test func `keys that work no more go after ninety days`() throws {
    for end in [site.now.advanced(days: 1), nil] { _ = try ana.apiKey(until: end) }
    let revoked = try ana.apiKey()
    try site.owner.run("UPDATE api_keys SET revoked_at = \(site.now) WHERE key_hash = \(APIKey.hash(revoked))")
    site.pass(hours: 24 * 89)
    try site.work()
    #expect(try keys() == 3)
    site.pass(hours: 24 * 3)
    try site.work()
    #expect(try site.text("SELECT string_agg(concat_ws(' ', expires_at, revoked_at), ';') FROM api_keys") == "")
  }

  @Test func `it is said in Portuguese`() throws {
    let rui = try site.person("rui@x.test", language: .portuguese)
    #expect(rui.get("/settings/keys").text.contains("Nenhuma chave ainda"))
    let made = rui.post("/settings/keys", ["name": "Cozinha", "scope": "notifications:pull", "password": Site.password])
    #expect(made.status == 200 && made.text.contains("ela só aparece desta vez"))
  }
}
