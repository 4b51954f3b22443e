import Testing

@testable import Web

@Suite struct RouteTests {
  private static let router = Router<Void, String>([
    .get("/", .member) { _ in .text("today") },
    .get("/reminders", .member) { _ in .text("list") },
    .get("/reminders/new", .member) { _ in .text("new") },
    .get("/reminders/:id", .member) { (_: Void, id: String) in .text("show \(id)") },
    .post("/reminders/:id", .member) { (_: Void, id: String) in "save \(id)" },
    .get("/reminders/:id.ics", .member) { (_: Void, id: String) in .text("file \(id)") },
    .post("/reminders/bulk", .member) { _ in "bulk" },
    .ask("/reminders/preview", .member) { _ in .text("preview") },
  ])

  private func answer(_ method: Method, _ target: String) throws -> String? {
    switch Self.router.match(Request(method: method, target: Array(target.utf8))) {
    case .unknown: nil
    case .otherMethods(let allowed): "405 " + allowed
    case .route(let route, let texts):
      switch route.action {
      case .show(let handler), .ask(let handler), .receive(let handler):
        try handler((), texts).map { String(decoding: $0.body, as: UTF8.self) }
      case .change(let handler): try handler((), texts)
      }
    }
  }

  @Test(arguments: [
    ("/", "today"), ("/?x=1", "today"), ("/reminders", "list"), ("/reminders/new", "new"), ("/reminders/7", "show 7"),
    ("/reminders/%37", "show 7"), ("/reminders/a%2Fb", "show a/b"), ("/reminders/7.ics", "file 7"), ("/reminders/7.ics.ics", "file 7.ics"),
    ("/reminders/.ics", "show .ics"), ("/reminders/7.ICS", "show 7.ICS"),
  ])
  func `a path leads to its row`(target: String, body: String) throws {
    #expect(try answer(.get, target) == body)
    #expect(try answer(.head, target) == body)
  }

  @Test(arguments: [
    "", "reminders", "//", "/reminders/", "//reminders", "/Reminders", "/reminders/7/x", "/reminders/%00", "/reminders/%ff", "/nothing",
  ])
  func `other paths lead nowhere`(target: String) throws {
    #expect(try answer(.get, target) == nil)
  }

  @Test func `a known path with another method tells which it has`() throws {
    #expect(try answer(.post, "/reminders") == "405 GET, HEAD")
    #expect(try answer(.other, "/reminders/7") == "405 GET, HEAD, POST")
    #expect(try answer(.post, "/reminders/7") == "save 7")
    #expect(try answer(.post, "/reminders/7.ics") == "405 GET, HEAD")
  }

  @Test func `a fixed word is never taken for an id, whatever the order and the method`() throws {
    #expect(try answer(.post, "/reminders/bulk") == "bulk")
    #expect(try answer(.post, "/reminders/preview") == "preview")
    #expect(try answer(.get, "/reminders/bulk") == "405 POST")
    #expect(try answer(.post, "/reminders/new") == "405 GET, HEAD")
  }
}

@Suite struct CSRFTests {
  let csrf = CSRF(keys: Keys(secret: Array("an installation's secret of 32 bytes".utf8)), publicOrigin: "https://heed.example")

  @Test(
    arguments: [
      ([:], true), (["sec-fetch-site": "same-origin"], true), (["sec-fetch-site": "none"], true), (["sec-fetch-site": "same-site"], false),
      (["sec-fetch-site": "cross-site"], false), (["sec-fetch-site": ""], false), (["origin": "https://heed.example"], true),
      (["origin": "https://heed.example:443"], false), (["origin": "null"], false), (["origin": "https://evil.example"], false),
      (["origin": "https://heed.example", "sec-fetch-site": "cross-site"], false),
    ] as [([String: String], Bool)])
  func `posts come from our own pages only`(headers: [String: String], allowed: Bool) {
    let request = Request(method: .post, target: Array("/".utf8), headers: headers.mapValues { Array($0.utf8) })
    #expect(csrf.allowsOrigin(of: request) == allowed)
  }

  @Test func `the field must be the session's own`() {
    let token = csrf.token(session: "a")
    #expect(csrf.allows(Form([("csrf", token)]), token: token))
    #expect(!csrf.allows(Form([("csrf", csrf.token(session: "b"))]), token: token))
    #expect(!csrf.allows(Form(), token: token))
    #expect(!csrf.allows(Form([("csrf", "")]), token: nil))
  }
}
