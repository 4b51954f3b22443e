import Testing

@testable import Web

/// Requests as nginx passes them on, and what goes back with every answer.
@Suite struct RequestTests {
  private func request(_ target: String, _ headers: [String: String] = [:]) -> Request {
    Request(method: .get, target: Array(target.utf8), headers: headers.mapValues { Array($0.utf8) })
  }

  @Test(
    arguments: [
      ("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a//b", ["a", "", "b"]), ("//", ["", ""]), ("/%2e%2e/x", ["..", "x"]),
      ("/a%2Fb", ["a/b"]),
      ("/a%00", nil), ("/%ff", nil), ("a", nil), ("", nil), ("*", nil), ("http://x/a", nil), ("/%C3%A9", ["é"]), ("/a+b", ["a+b"]),
      ("/a%", ["a%"]),
      ("/x?y=/z", ["x"]),
    ] as [(String, [String]?)])
  func `a path is decoded once, segment by segment`(target: String, segments: [String]?) {
    #expect(request(target).segments == segments)
  }

  @Test func `a path of 2,048 bytes is read and a longer one is not`() {
    #expect(request("/" + String(repeating: "a", count: 2_047)).segments?.count == 1)
    #expect(request("/" + String(repeating: "a", count: 2_048)).segments == nil)
  }

  @Test func `the query is kept as sent for links back, and read for filters`() {
    let found = request("/reminders?status=all&q=a%20b&q=c&x=%00")
    #expect(String(decoding: found.target, as: UTF8.self) == "/reminders?status=all&q=a%20b&q=c&x=%00")
    #expect(found.query.text("q") == "a b" && found.query.first("x") == .unreadable)
    #expect(request("/reminders?").target.elementsEqual("/reminders".utf8))
  }

  @Test(
    arguments: [
      ("Mozilla/5.0", "Mozilla/5.0"), ("a\u{1B}[31mb\u{7F}", "a[31mb"), ("", ""),
      (String(repeating: "x", count: 900), String(repeating: "x", count: 400)),
    ])
  func `a browser's name goes into the log without control characters and cut`(sent: String, kept: String) {
    #expect(request("/", ["user-agent": sent]).agent == kept)
  }

  @Test func `a header that is no text is there as bytes only`() {
    let request = Request(method: .get, target: [0x2F], headers: ["x": [0xFF]])
    #expect(request.header("x") == [0xFF] && request.headerText("x") == nil && request.header("y") == nil)
  }
}

@Suite struct CookiesTests {
  @Test(
    arguments: [
      ("heed=a", "a"), ("x=1; heed=a", "a"), ("x=1;heed=a", "a"), ("x=1;\theed=a", "a"), ("heed=a; heed=b", "a"), ("heed=", ""),
      ("heed=a=b", "a=b"),
      ("heedx=1", nil), ("Heed=1", nil), ("xheed=1", nil), ("heed", nil), ("", nil), (";;;", nil), ("heed =1", nil),
    ] as [(String, String?)])
  func `the first cookie of exactly that name counts`(header: String, value: String?) {
    #expect(Cookies(Array(header.utf8))["heed"] == value)
  }

  @Test func `a value that is no text is none`() {
    #expect(Cookies(Array("heed=".utf8) + [0xFF])["heed"] == nil)
    #expect(Cookies(nil)["heed"] == nil)
  }

  @Test func `what is set is for this site alone and out of reach of scripts`() {
    #expect(Cookies.set("heed", "v", seconds: 60, secure: true) == "heed=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
    #expect(Cookies.set("heed", "", seconds: 0, secure: false) == "heed=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    #expect(Cookies.set("heed", "v", seconds: nil, secure: false) == "heed=v; Path=/; HttpOnly; SameSite=Lax")
  }
}

@Suite struct SecurityHeadersTests {
  private func completed(_ response: Response, https: Bool) -> Response {
    var response = response
    SecurityHeaders.complete(&response, requestID: "n1", https: https)
    return response
  }

  @Test(arguments: [200, 303, 304, 404, 500])
  func `every answer carries the walls, whatever a handler set`(status: Int) {
    let sent = completed(Response(status: status, headers: [("Content-Security-Policy", "default-src *")]), https: true)
    #expect(sent.headers.filter { $0.name == "Content-Security-Policy" }.map(\.value) == [SecurityHeaders.contentSecurityPolicy])
    #expect(sent.header("X-Content-Type-Options") == "nosniff" && sent.header("Referrer-Policy") == "same-origin")
    #expect(sent.header("Cross-Origin-Opener-Policy") == "same-origin" && sent.header("X-Request-Id") == "n1")
    #expect(sent.header("Cache-Control") == "no-store" && sent.header("Strict-Transport-Security")?.hasPrefix("max-age=63072000") == true)
  }

  @Test(arguments: [
    SecurityHeaders.framingPolicy, SecurityHeaders.workerPolicy, SecurityHeaders.framedPolicy, SecurityHeaders.picturedPolicy,
    SecurityHeaders.filePolicy,
  ])
  func `a policy of ours for what a stranger sent stays`(policy: String) {
    let sent = completed(Response(status: 200, headers: [("Content-Security-Policy", policy)]), https: true)
    #expect(sent.headers.filter { $0.name == "Content-Security-Policy" }.map(\.value) == [policy])
  }

  @Test func `a page with a tag keeps its own caching, and http promises no https`() {
    let sent = completed(Response(status: 200, headers: [("Cache-Control", "private, no-cache")]), https: false)
    #expect(sent.headers.filter { $0.name == "Cache-Control" }.map(\.value) == ["private, no-cache"])
    #expect(sent.header("Strict-Transport-Security") == nil)
  }
}

@Suite struct KeysTests {
  let keys = Keys(secret: Array("an installation's secret of 32 bytes".utf8))

  @Test func `no two purposes share a key`() {
    #expect(Set(Keys.Purpose.allCases.map { keys.tag($0, "message") }).count == Keys.Purpose.allCases.count)
  }

  @Test func `a tag is of its message, purpose and installation`() {
    let tag = keys.tag(.link, "reminder 1")
    #expect(tag.utf8.count == 32 && tag == keys.tag(.link, "reminder 1"))
    #expect(tag != keys.tag(.link, "reminder 2") && tag != keys.tag(.csrf, "reminder 1"))
    #expect(tag != Keys(secret: Array("another installation's secret, too".utf8)).tag(.link, "reminder 1"))
  }

  @Test func `SHA-256 is the standard's`() {
    // FIPS 180-2, appendix B.1.
    #expect(Bytes.hex(Keys.sha256(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
