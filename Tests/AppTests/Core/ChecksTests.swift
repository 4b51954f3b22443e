import Testing
import Web

@testable import App

/// The order of checks that the site map promises, the walls against posts from elsewhere, and what every answer carries.
@Suite struct ChecksTests {
  @Test func `each check is made before the next one`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let nobody = site.browser()
    let id = try ana.remind()
    let missing = "/reminders/0192f000-0000-7000-8000-000000000000"
    let large = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_001)
    let json = ["content-type": "application/json"]

    #expect(nobody.post("/nowhere", raw: large, json).status == 404)
    #expect(nobody.get("/reminders/\(id)/completion", method: .get).status == 405)
    #expect(nobody.send(.other, Array("/reminders".utf8), json, large).status == 405)
    #expect(nobody.post("/reminders", raw: large, json).status == 413)
    #expect(nobody.post("/reminders", raw: Array("{}".utf8), json).status == 415)
    #expect(nobody.post("/reminders", raw: []).status == 401)
    #expect(ana.post(missing, ["version": "x"], csrf: false).status == 403)
    #expect(ana.post(missing, ["version": "x"]).status == 404)
    #expect(ana.post("/reminders/\(id)", ["title": "", "version": "99"]).status == 422)
    #expect(ana.post("/reminders/\(id)", ["title": "Other", "at": "2027-01-01T09:00", "version": "99"]).status == 409)
    let first = ana.post("/reminders", ["title": "Once", "nonce": "n"])
    // The nonce comes before the fields: an empty title is not looked at any more.
    let second = ana.post("/reminders", ["title": "", "nonce": "n"])
    #expect(second.status == 303)
    #expect(second.location == first.location)
  }

  @Test func `who is not signed in learns that before what is wrong with the address`() throws {
    let site = try Site()
    for (number, (target, status))
      in ([
        ("/reminders/x", 404), ("/reminders/0192f000-0000-7000-8000-000000000000/edit", 404), ("/reminders?status=odd", 422),
        ("/settings/audit?after=x", 422), ("/escalations?state=odd", 422), ("/agents/fax", 404),
      ] as [(String, Int)]).enumerated()
    {
      let place: Comment = "\(target), \(status)"
      let page = site.browser().get(target)
      #expect(page.status == 303, place)
      #expect(page.location?.hasPrefix("/sign-in?next=") == true, place)
      #expect(try site.person("ana\(number)@x.test").get(target).status == status, place)
    }
  }

  @Test func `a wrong method is told which ones there are`() throws {
    let nobody = try Site().browser()
    for (path, allowed) in [
      ("/reminders", "GET, HEAD, POST"), ("/sign-out", "POST"), ("/settings/audit", "GET, HEAD"), ("/", "GET, HEAD"),
    ] {
      let page = nobody.send(.other, Array(path.utf8), [:], [])
      #expect(page.status == 405)
      #expect(page.header("Allow") == allowed, "\(path)")
    }
  }

  @Test func `only forms are taken`() throws {
    let ana = try Site().person("ana@x.test")
    for (type, status) in [
      ("application/x-www-form-urlencoded", 303), ("Application/X-WWW-Form-Urlencoded; charset=utf-8", 303), ("application/json", 415),
      ("multipart/form-data; boundary=x", 415), ("text/plain", 415), ("", 415), ("application/x-www-form-urlencodedx", 415),
    ] as [(String, Int)] {
      let place: Comment = "\(type), \(status)"
      #expect(ana.post("/reminders", ["title": "A"], ["content-type": type]).status == status, place)
    }
  }

  @Test(
    arguments: [
      ([:], 303), (["sec-fetch-site": "same-origin"], 303), (["sec-fetch-site": "none"], 303), (["sec-fetch-site": "same-site"], 403),
      (["sec-fetch-site": "cross-site"], 403), (["sec-fetch-site": ""], 403), (["origin": "https://heed.test"], 303),
      (["origin": "null"], 403), (["origin": "https://heed.test:444"], 403), (["origin": "http://heed.test"], 403),
      (["origin": "https://heed.test.evil.example"], 403), (["origin": "https://HEED.test"], 403), (["origin": ""], 403),
      (["sec-fetch-site": "same-origin", "origin": "https://evil.example"], 403),
    ] as [([String: String], Int)])
  func `a post from another site is refused`(headers: [String: String], status: Int) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let before = try site.fingerprint()
    #expect(ana.post("/reminders", ["title": "A"], headers).status == status)
    if status == 403 { #expect(try site.fingerprint() == before) }
    let nobody = site.browser()
    let secret = nobody.token()
    let body = Array("csrf=\(secret)&email=ana%40x.test".utf8)
    #expect(nobody.post("/password/forgotten", raw: body, headers).status == (status == 403 ? 403 : 200))
  }

  @Test func `the csrf field is always required and is one's own`() throws {
    let site = try Site()
    let (ana, eve, nobody) = (try site.person("ana@x.test"), try site.person("eve@x.test"), site.browser())
    let before = try site.fingerprint()
    for secret in ["", "x", eve.token(), nobody.token(), ana.token().uppercased(), ana.token() + "0", String(ana.token().dropLast())] {
      #expect(ana.post("/reminders", raw: Array("title=A&csrf=\(secret)".utf8)).status == 403)
    }
    #expect(ana.post("/reminders", raw: Array("title=A".utf8)).status == 403)
    #expect(ana.post("/reminders?csrf=\(ana.token())", raw: Array("title=A".utf8)).status == 403)
    #expect(ana.post("/reminders", raw: Array("title=A&csrf=%00".utf8)).status == 403)
    // The first of two counts, as everywhere.
    #expect(ana.post("/reminders", raw: Array("csrf=x&title=A&csrf=\(ana.token())".utf8)).status == 403)
    for secret in ["", eve.token(), site.browser().token()] {
      #expect(nobody.post("/password/forgotten", raw: Array("email=ana%40x.test&csrf=\(secret)".utf8)).status == 403)
    }
    #expect(try site.fingerprint() == before)
    #expect(ana.post("/reminders", ["title": "A"]).status == 303)
  }

  @Test func `a form opened before somebody signed in elsewhere is still good`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    let secret = browser.token()
    #expect(browser.signIn("ana@x.test").status == 303)
    #expect(browser.post("/password/forgotten", raw: Array("csrf=\(secret)&email=ana%40x.test".utf8)).status == 200)
  }

  @Test(arguments: ["https://heed.test", "http://127.0.0.1:8080"])
  func `every answer carries the headers, errors too`(origin: String) throws {
    let site = try Site(origin: origin)
    let ana = try site.person("ana@x.test")
    let id = try ana.remind()
    let pages = [
      ana.get("/"), ana.get("/reminders"), ana.get("/reminders/\(id)"), ana.get("/nowhere"), ana.get("/sign-out"), ana.get("/healthz"),
      ana.post("/reminders", csrf: false), ana.post("/reminders", ["title": ""]), ana.post("/reminders", raw: [], ["content-type": "a/b"]),
      ana.post("/reminders/\(id)/completion"), site.browser().get("/reminders"), site.browser().post("/reminders"),
      site.browser().get("/sign-in"),
    ]
    for page in pages { Headers.check(page, https: origin.hasPrefix("https")) }
    #expect(Set(pages.map(\.status)) == [200, 303, 401, 403, 404, 405, 415, 422])
  }

  @Test func `a body of one megabyte is read, a byte more is not`() throws {
    let ana = try Site().person("ana@x.test")
    let form = "csrf=\(ana.token())&title=A&x="
    for (size, status) in [(1_000_000, 303), (1_000_001, 413)] {
      let body = form + String(repeating: "a", count: size - form.utf8.count)
      #expect(ana.post("/reminders", raw: Array(body.utf8)).status == status)
    }
  }

  @Test func `a form cannot choose another method`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind()
    let headers = ["x-http-method-override": "GET", "x-http-method": "DELETE"]
    #expect(ana.post("/reminders/\(id)/completion", ["_method": "DELETE"], headers).status == 303)
    #expect(try site.text("SELECT status FROM reminders") == "completed")
    #expect(ana.post("/settings/audit", ["_method": "GET"]).status == 405)
    #expect(ana.get("/reminders/\(id)/deletion?_method=POST").status == 405)
  }

  @Test func `before sign-in a form makes no row, and its cookie is random each time`() throws {
    let site = try Site()
    let before = try site.fingerprint()
    let doors = (0..<3).map { _ in
      let browser = site.browser()
      for page in ["/sign-in", "/sign-up", "/password/forgotten"] { #expect(browser.get(page).status == 200) }
      return browser.cookies["heed_door"]
    }
    #expect(Set(doors).count == 3 && !doors.contains(nil))
    #expect(try site.fingerprint() == before)
  }

  @Test(arguments: [("completion", "completed"), ("archival", "archived")])
  func `the undo of a flash line is a form that works, shown once`(action: String, state: String) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind()
    ana.get("/reminders")
    let place = try ana.post("/reminders/\(id)/\(action)").location.unwrapped
    let page = ana.get(place)
    let line = try page.text.components(separatedBy: "role=\"status\"").dropFirst().first.unwrapped
    #expect(line.contains("action=\"/reminders/\(id)/reopening\""))
    #expect(page.cookies.contains { $0.hasPrefix("__Host-heed_flash=;") && $0.contains("Max-Age=0") })
    #expect(!ana.get(place).text.contains("class=\"flash\""))
    let secret = try page.field("csrf", ofForm: "/reminders/\(id)/reopening").unwrapped
    #expect(ana.post("/reminders/\(id)/reopening", raw: Array("csrf=\(secret)".utf8)).status == 303)
    #expect(try site.text("SELECT status FROM reminders") == "active")
  }

  @Test func `what is broken gets a number and no details`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("ALTER TABLE schedules RENAME TO somewhere_else")
    let page = ana.get("/reminders/new")
    #expect(page.status == 200)
    let broken = ana.post("/reminders", ["title": "A"])
    #expect(broken.status == 500)
    Headers.check(broken, https: true)
    #expect(!broken.text.contains("schedules"))
    #expect(broken.text.contains("test"))  // The number of the request.
    #expect(site.logged.count == 1)
    #expect(site.logged[0].contains("schedules"))
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
  }
}

/// What every answer carries.
enum Headers {
  static func check(_ page: Page, https: Bool, _ place: Comment? = nil) {
    // A page that shows a mail has a frame of ours.
    let sent = page.header("Content-Security-Policy") ?? ""
    // What a stranger wrote, as a file or in a frame of its own, may do less.
    let isAlone = sent == "default-src 'none'; sandbox" || sent.hasPrefix("sandbox") && sent.contains("default-src 'none'")
    let isStrict = page.status == 200 && isAlone
    #expect(isStrict || [policy, policy + "; frame-src 'self'"].contains(sent), place)
    #expect(page.header("X-Content-Type-Options") == "nosniff", place)
    #expect(page.header("Referrer-Policy") == "same-origin", place)
    #expect(page.header("Cross-Origin-Opener-Policy") == "same-origin", place)
    #expect(page.header("X-Request-Id") != nil, place)
    #expect(page.header("Cache-Control") == (page.header("ETag") == nil ? "no-store" : "private, no-cache"), place)
    #expect((page.header("Strict-Transport-Security") != nil) == https, place)
    if page.status == 303 {
      let location = page.location ?? ""
      #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.contains("\\"), place)
      #expect(location.utf8.allSatisfy { $0 > 32 && $0 < 127 }, place)
      #expect(location.utf8.count <= 4_000, place)
    }
  }

  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
