import Testing

@testable import Web

/// What is written for a response, byte by byte.
@Suite struct WrittenResponseTests {
  private func head(_ response: Response) -> String { String(decoding: response.written(withBody: true).head, as: UTF8.self) }

  @Test(arguments: [
    (200, "200 OK"), (303, "303 See Other"), (401, "401 Unauthorized"), (403, "403 Forbidden"), (404, "404 Not Found"),
    (405, "405 Method Not Allowed"), (409, "409 Conflict"), (413, "413 Content Too Large"), (415, "415 Unsupported Media Type"),
    (422, "422 Unprocessable Content"), (429, "429 Too Many Requests"), (431, "431 Request Header Fields Too Large"),
    (500, "500 Internal Server Error"), (503, "503 Service Unavailable"), (204, "204 OK"), (418, "418 Error"),
  ])
  func `the first line names the status`(status: Int, line: String) {
    #expect(head(Response(status: status)).hasPrefix("Status: \(line)\r\n"))
  }

  @Test func `the length is that of the body in bytes, for HEAD too, and not told with 304`() {
    var response = Response.html(Array("é<b>".utf8))
    #expect(head(response).contains("Content-Length: 5\r\n"))
    #expect(String(decoding: response.written(withBody: false).head, as: UTF8.self) == head(response))
    response.status = 304
    #expect(!head(response).contains("Content-Length"))
  }

  @Test func `headers stand in the order in which they were added, then a blank line`() {
    var response = Response.text("x")
    response.add("Set-Cookie", "a=1")
    response.add("Set-Cookie", "b=2")
    #expect(
      head(response) == """
        Status: 200 OK\r
        Content-Type: text/plain; charset=utf-8\r
        Set-Cookie: a=1\r
        Set-Cookie: b=2\r
        Content-Length: 1\r
        \r

        """)
  }

  @Test func `setting a header takes the place of all of its name, adding does not`() {
    var response = Response(status: 200, headers: [("Vary", "Cookie"), ("Vary", "Accept"), ("X", "1")])
    #expect(response.header("Vary") == "Cookie" && response.header("vary") == nil)
    response.set("Vary", "Accept-Language")
    #expect(response.headers.map(\.name) == ["X", "Vary"] && response.header("Vary") == "Accept-Language")
    let other = response.adding("Vary", "Cookie")
    #expect(other.headers.count == 3 && response.headers.count == 2)
  }

  @Test(arguments: ["\r\n", "\n", "\r", "\u{0}", "\u{7F}", "\u{1B}", "\t"])
  func `no control character gets into a header, wherever it stands`(text: String) {
    let line = head(Response(status: 303, headers: [("Location", "\(text)/a\(text)b\(text)")])).components(of: "\r\n")[1]
    #expect(line == "Location: /ab")
  }

  @Test func `letters beyond ASCII stay as they are`() {
    #expect(head(Response(status: 200, headers: [("X", "ação")])).contains("X: ação\r\n"))
  }
}

extension String {
  /// The pieces between a separator, compared byte by byte: for Swift, CR LF is one character.
  fileprivate func components(of separator: String) -> [String] {
    var pieces: [[UInt8]] = [[]]
    let (bytes, mark) = (Array(utf8), Array(separator.utf8))
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: mark) {
        pieces.append([])
        index += mark.count
      } else {
        pieces[pieces.count - 1].append(bytes[index])
        index += 1
      }
    }
    return pieces.map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Who may is written in the table, and a path's parameters are checked before a handler sees them.
@Suite struct RouteAccessTests {
  @Test func `roles contain each other, and a path that is a secret asks for none`() {
    let order: [Access] = [.anyone, .bearer, .bearerFromAnywhere, .member, .agent, .admin]
    #expect(order == order.sorted())
    #expect(order.filter { $0 >= .member } == [.member, .agent, .admin])
  }

  /// A number, as an id is one.
  private struct Number: PathParameter {
    let value: Int
    init?(path text: String) {
      guard let value = Int(text) else { return nil }
      self.value = value
    }
  }

  private static let router = Router<Void, Int>([
    .get("/a/:number", .member) { (_: Void, number: Number) in .text("a \(number.value)") },
    .post("/a/:number/b", .agent, files: true) { (_: Void, number: Number) in number.value },
    .get("/t/:token", .bearer) { (_: Void, token: String) in .text(String(token.utf8.count)) },
    .get("/a/:number/:other", .admin) { (_: Void, number: Number) in .text("other of \(number.value)") },
  ])

  private func answer(_ method: Method, _ target: String) throws -> String? {
    guard case .route(let route, let texts) = Self.router.match(Request(method: method, target: Array(target.utf8))),
      case .show(let handler) = route.action
    else { return "no route" }
    return try handler((), texts).map { String(decoding: $0.body, as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("/a/7", "a 7"), ("/a/x", nil), ("/a/", nil), ("/a/7x", nil), ("/a/7/c", "other of 7"), ("/a/x/c", nil), ("/a", "no route"),
    ]
      as [(String, String?)])
  func `a parameter that cannot be one leads to no handler`(target: String, body: String?) throws {
    #expect(try answer(.get, target) == body)
  }

  @Test(arguments: [(0, nil), (1, "1"), (500, "500"), (501, nil)] as [(Int, String?)])
  func `a token has 1 to 500 bytes`(length: Int, body: String?) throws {
    #expect(try answer(.get, "/t/" + String(repeating: "x", count: length)) == body)
  }

  @Test func `a row keeps who may, and whether files are taken`() throws {
    guard case .route(let route, let texts) = Self.router.match(Request(method: .post, target: Array("/a/7/b".utf8))) else {
      Issue.record("no route")
      return
    }
    #expect(route.access == .agent && route.takesFiles && route.pattern == "/a/:number/b" && texts == ["7"])
    #expect(Self.router.routes.filter(\.takesFiles).count == 1)
  }

  @Test func `a fixed word wins over an id, and only its methods are told`() {
    guard case .otherMethods(let allowed) = Self.router.match(Request(method: .get, target: Array("/a/7/b".utf8))) else {
      Issue.record("the row with the fewest parameters is meant")
      return
    }
    #expect(allowed == "POST")
  }
}
