import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

@Suite struct SignInTests {
  @Test func `an unknown address, a wrong and a long password are answered alike`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    func page(_ email: String, _ password: String) -> (Int, String) {
      let page = site.browser().signIn(email, password: password)
      return (page.status, page.unmasked.replacingOccurrences(of: email, with: ""))
    }
    let wrong = page("ana@x.test", "not this walrus")
    #expect(wrong.0 == 422)
    for other in [
      page("eve@x.test", "not this walrus"), page("ana@x.test", ""), page("ana@x.test", String(repeating: "w", count: 2_000)),
      page("", "x"),
    ] {
      #expect(other == wrong)
    }
  }

  @Test(arguments: [
    ("ana@x.test", Site.password, 303), ("ana@x.test", "not this walrus", 422), ("eve@x.test", "not this walrus", 422), ("", "", 422),
    ("ana@x.test", "short", 422), ("eve@x.test", "short", 422), ("ana@x.test", String(repeating: "w", count: 2_000), 422),
  ])
  func `every sign-in compares one password, so that no address is answered faster`(email: String, password: String, status: Int) throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    var comparisons = 0
    let form = "email=\(Browser.encoded(email))&password=\(Browser.encoded(password))"
    let context = Context(
      site.services, Request(method: .post, target: Array("/sign-in".utf8), body: Array(form.utf8)), now: site.now, site.web)
    let response = try site.web.transaction {
      try SignIn.enter(context) { typed, encoded in
        comparisons += 1
        return Password.matches(typed, encoded)
      }
    }
    #expect(response.status == status)
    #expect(comparisons == 1)
  }

  @Test(
    arguments: [
      (nil, "/"), ("", "/"), ("/reminders?status=all", "/reminders?status=all"), ("/reminders/new", "/reminders/new"),
      ("//evil.example", "/"),
      ("https://evil.example/", "/"), ("/\\evil.example", "/"), ("\\\\evil.example", "/"), ("/\tevil", "/"), ("/a\r\nSet-Cookie: x=1", "/"),
      ("javascript:alert(1)", "/"), ("//", "/"), ("/%0d%0aX:1", nil), ("/%5cevil.example", nil), ("/%2f%2fevil.example", nil),
      ("%2f%2fevil.example", "/"), ("/%2fevil.example", nil), ("/\u{FF0F}evil.example", nil), ("/;//evil.example", nil), ("reminders", "/"),
      (" /reminders", "/"),
      ("/é", nil), ("/" + String(repeating: "a", count: 70_000), nil), ("/..//evil.example", nil), ("/.//evil.example", nil),
      ("/@evil.example", nil),
      ("http:/evil.example", "/"), ("/\u{0}", "/"),
    ] as [(String?, String?)])
  func `next stays on this site`(next: String?, place: String?) throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let page = site.browser().signIn("ana@x.test", next: next)
    #expect(page.status == 303)
    // nil: either home or a path that is safe; the check of headers says so.
    if let place { #expect(page.location == place) }
    Headers.check(page, https: true)
    let form = site.browser().get("/sign-in?next=" + Browser.encoded(next ?? ""))
    #expect(form.status == 200)
    if let kept = form.field("next", ofForm: "/sign-in") { #expect(kept.hasPrefix("/") && !kept.hasPrefix("//")) }
  }

  @Test func `a page that needs somebody leads to sign-in and back`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    let asked = browser.get("/reminders?status=all&q=a%20b")
    #expect(asked.status == 303)
    let form = try asked.location.unwrapped
    #expect(form.hasPrefix("/sign-in?next=%2Freminders%3Fstatus%3Dall"))
    let next = try browser.get(form).field("next", ofForm: "/sign-in").unwrapped.replacingOccurrences(of: "&amp;", with: "&")
    #expect(browser.signIn("ana@x.test", next: next).location == "/reminders?status=all&q=a%20b")
  }

  @Test func `ten wrong passwords throttle that network for that address, not the owner elsewhere`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    _ = try site.person("bob@x.test")
    let thief = site.browser(address: "198.51.100.7")
    for _ in 0..<10 { #expect(thief.signIn("ana@x.test", password: "not this walrus").status == 422) }
    let refused = thief.signIn("Ana@x.test")
    #expect(refused.status == 429)
    #expect(refused.header("Retry-After") == "900")
    #expect(refused.text.contains("href=\"/sign-in\">Back to the form</a>"))
    #expect(site.browser(address: "192.0.2.9").signIn("ana@x.test").status == 303)
    #expect(thief.signIn("bob@x.test").status == 303)
    #expect(try site.count("SELECT count(*) FROM event_log WHERE kind = 'sign-in.failed'") == 10)
    site.now = site.now.advanced(seconds: 900)
    #expect(site.browser(address: "198.51.100.7").signIn("ana@x.test").status == 303)
  }

  @Test func `a network that tries many addresses is throttled, neighbours in IPv6 with it`() throws {
    let site = try Site()
    let key = site.services.keys.mac(.attempt, Array("sign-in-network\u{0}2001:db8:0:1::/64".utf8))
    for _ in 0..<100 { try site.owner.run("INSERT INTO attempts (kind, key, at) VALUES ('sign-in-network', \(key), \(site.now))") }
    _ = try site.person("ana@x.test")
    #expect(site.browser(address: "2001:db8:0:1:a:b:c:d").signIn("ana@x.test").status == 429)
    #expect(site.browser(address: "2001:db8:0:1::7").signIn("ana@x.test").status == 429)
    #expect(site.browser(address: "2001:db8:0:2::7").signIn("ana@x.test").status == 303)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::6", "2001:db8:1:2::/64"),
    ("2001:db8::6", "2001:db8:0:0::/64"), ("2001:db8::2:3:4:5:6", "2001:db8:0:2::/64"), ("::1", "0:0:0:0::/64"), ("::", "0:0:0:0::/64"),
    ("::ffff:192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.2", "192.0.2.2"), ("fe80::1", "fe80:0:0:0::/64"),
  ])
  func `an address belongs to a network`(address: String, network: String) throws {
    let request = Request(method: .get, target: Array("/".utf8), address: address)
    #expect(request.network == network)
  }
}

@Suite struct SessionTests {
  @Test func `every sign-in makes another token, and the one before is worth nothing`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    browser.signIn("ana@x.test")
    let first = try browser.cookies["__Host-heed"].unwrapped
    browser.signIn("ana@x.test")
    browser.post("/sign-in", ["email": "ana@x.test", "password": Site.password])
    let second = try browser.cookies["__Host-heed"].unwrapped
    #expect(first != second)
    let thief = site.browser()
    thief.setCookie("__Host-heed", first)
    #expect(!thief.isSignedIn)
    #expect(browser.isSignedIn)
  }

  @Test func `signing in as somebody else ends the session that the browser had`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try site.person("bob@x.test")
    let token = try ana.cookies["__Host-heed"].unwrapped
    #expect(ana.post("/sign-in", ["email": "bob@x.test", "password": Site.password]).status == 303)
    let thief = site.browser()
    thief.setCookie("__Host-heed", token)
    #expect(!thief.isSignedIn)
  }

  @Test func `a token that the browser brought along is never taken over`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    let planted = SessionCookie.newToken()
    browser.setCookie("__Host-heed", planted)
    browser.signIn("ana@x.test")
    #expect(browser.cookies["__Host-heed"] != planted)
    #expect(try site.count("SELECT count(*) FROM web_sessions WHERE token_hash = \(SessionCookie.hash(planted))") == 0)
  }

  @Test func `only a hash of the token is stored`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let token = try ana.cookies["__Host-heed"].unwrapped
    let stored: [UInt8] = try site.owner.value("SELECT token_hash FROM web_sessions").unwrapped
    #expect(stored == SessionCookie.hash(token))
  }

  @Test(arguments: [
    ("https://heed.test", "__Host-heed", true), ("http://127.0.0.1:8080", "heed", false), ("http://localhost", "heed", false),
  ])
  func `cookies carry what keeps them`(origin: String, name: String, secure: Bool) throws {
    let site = try Site(origin: origin)
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    let form = browser.get("/sign-in")
    #expect(form.cookies.count == 1)
    let page = browser.signIn("ana@x.test")
    let made = try page.cookies.first { $0.hasPrefix(name + "=") }.unwrapped
    #expect(made.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Max-Age=7776000" + (secure ? "; Secure" : "")))
    for cookie in page.cookies + form.cookies {
      #expect(cookie.contains("; Path=/; HttpOnly; SameSite=Lax"))
      #expect(cookie.contains("Secure") == secure)
      #expect(!cookie.contains("Expires") && !cookie.contains("Domain"))
    }
    browser.readToken(on: "/settings/password", form: "/settings/password")
    let left = browser.post("/sign-out")
    #expect(left.status == 303)
    #expect(left.header("Clear-Site-Data") == "\"cache\"")
    #expect(left.cookies.contains { $0.hasPrefix(name + "=;") && $0.contains("Max-Age=0") })
    // The other scheme's name opens nothing.
    let other = try site.person("bob@x.test")
    other.setCookie(secure ? "heed" : "__Host-heed", other.cookies[name])
    other.setCookie(name, nil)
    #expect(!other.isSignedIn)
  }

  @Test func `sign-out ends the session on the server`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let token = ana.cookies["__Host-heed"]
    #expect(ana.post("/sign-out").location == "/sign-in")
    ana.setCookie("__Host-heed", token)
    #expect(!ana.isSignedIn)
    #expect(try site.count("SELECT count(*) FROM web_sessions") == 0)
  }

  @Test func `a session unused for 30 days has ended, a used one after 90`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    site.now = site.now.advanced(days: 30).advanced(seconds: -1)
    #expect(ana.isSignedIn)
    site.now = site.now.advanced(days: 29)
    #expect(ana.isSignedIn)
    site.now = site.now.advanced(days: 29)
    #expect(ana.isSignedIn)
    // Ninety days after it began, to the second.
    site.now = site.now.advanced(days: 2).advanced(seconds: 1)
    #expect(!ana.isSignedIn)
    let bob = try site.person("bob@x.test")
    site.now = site.now.advanced(days: 30)
    #expect(!bob.isSignedIn)
  }

  @Test func `a session made in the future of now is valid`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    site.now = site.now.advanced(days: -3)
    #expect(ana.isSignedIn)
  }

  @Test func `a session is noted as seen at most every 15 minutes`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let start = site.now
    func seen() throws -> Int64 {
      let at: Instant = try site.owner.value("SELECT seen_at FROM web_sessions").unwrapped
      return at.seconds(since: start)
    }
    for (minutes, expected) in [(14, 0), (15, 900), (29, 900), (30, 1_800)] as [(Int, Int64)] {
      site.now = start.advanced(minutes: minutes)
      ana.get("/")
      #expect(try seen() == expected)
    }
  }

  @Test func `an ended session ends at once, wherever it is used`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let phone = site.browser()
    #expect(phone.signIn("ana@x.test").status == 303)
    let id = try site.text("SELECT id::text FROM web_sessions ORDER BY address DESC LIMIT 1").unwrapped
    let page = ana.get("/settings/sessions")
    #expect(page.text.contains(id))
    #expect(ana.post("/settings/sessions/\(id)/revocation").location == "/settings/sessions")
    #expect(!phone.isSignedIn)
    #expect(ana.isSignedIn)
    #expect(ana.post("/settings/sessions/\(id)/revocation").status == 404)
  }

  @Test func `ending one's own session signs out`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try site.text("SELECT id::text FROM web_sessions").unwrapped
    #expect(ana.post("/settings/sessions/\(id)/revocation").location == "/sign-in")
    #expect(ana.cookies["__Host-heed"] == nil)
  }

  @Test func `sessions of others are not there, not even to a housemate`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try site.text("SELECT id::text FROM web_sessions").unwrapped
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    let eve = try site.person("eve@x.test")
    let missing = bob.post("/settings/sessions/0192f000-0000-7000-8000-000000000000/revocation")
    for other in [bob, eve] {
      let page = other.post("/settings/sessions/\(id)/revocation")
      #expect(page.status == 404)
      #expect(page.response.body == missing.response.body)
      #expect(!other.get("/settings/sessions").text.contains(id))
    }
    #expect(ana.isSignedIn)
  }
}
