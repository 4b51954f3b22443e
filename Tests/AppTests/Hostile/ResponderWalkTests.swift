import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import App
@testable import Domain

/// The walk through the real socket, with real responders: none of them dies of anything.
@Suite struct ResponderWalkTests {
  /// As nginx would never send them, or as it passes on what a browser made up: name and value of one parameter.
  private static let parameters: [(String, [UInt8])] = {
    var all: [(String, [UInt8])] = [
      ("REQUEST_URI", [255]), ("REQUEST_URI", [47, 255, 254]), ("REQUEST_URI", [47, 0]), ("REQUEST_URI", [47, 0xED, 0xA0, 0x80]),
      ("HTTP_COOKIE", [255, 61, 0, 59, 128]), ("HTTP_USER_AGENT", [UInt8](repeating: 255, count: 20_000)), ("HTTP_ORIGIN", [0]),
      ("HTTP_SEC_FETCH_SITE", [255]), ("HTTP_", []), ("", []),
    ]
    func add(_ name: String, _ values: [String]) { all += values.map { (name, Array($0.utf8)) } }
    add("REQUEST_URI", ["", "x", "*", "//", "/\\", "?", "/?", "/%", "/%zz", "/%00", "http://evil.example/", "/reminders?\u{0}"])
    add("REQUEST_URI", ["/" + String(repeating: "a/", count: 5_000), "/reminders?status=" + String(repeating: "%", count: 9_000)])
    add("REQUEST_URI", ["/reminders?" + String(repeating: "a=b&", count: 5_000)])
    add("REQUEST_METHOD", ["", "get", "GET ", "PUT", "TRACE", "\r\n", String(repeating: "G", count: 9_000)])
    add("CONTENT_LENGTH", ["-1", "+5", "x", "", "9223372036854775808", "99999999999999999999999999", "1 1"])
    add("REMOTE_ADDR", ["", ":", "::", ":::", "::::::::::", "1.2.3.4.5", "::ffff:1.2", "a:b:c:d:e:f:g:h:i:j", "\u{0}"])
    add("REMOTE_ADDR", [String(repeating: ":", count: 9_000)])
    add("HTTP_COOKIE", ["=", ";", "heed", "__Host-heed=", "__Host-heed=%00", "__Host-heed=" + String(repeating: "A", count: 43)])
    add("HTTP_COOKIE", ["heed_flash=AAAA; heed_door=%", "__Host-heed_flash=AAAA"])
    add("HTTP_ACCEPT_LANGUAGE", ["", ";q", "pt;q=99999999999999999999", ",,,;;;===", "pt;q=-1", "pt;q=0.99999999999"])
    add("HTTP_IF_NONE_MATCH", ["*", "\"", "W/", String(repeating: "\"x\",", count: 9_000)])
    return all
  }()

  @Test func `no responder dies of hostile fields, addresses and queries, and their answers are the same`() throws {
    let house = try House()
    let before = try house.site.fingerprint()
    let responders = try Responders(house.site)
    // What is refused changes nothing, so it needs no rollback; a prime step meets every kind of value. An address that fills a responder's
    // limit of parameters, which hold it twice, is dropped without an answer.
    let all = house.ownForms + house.formsOfOthers + house.addresses + house.queries
    let refused = all.filter { ($0.method == .get || $0.status >= 400) && $0.target.utf8.count < 60_000 }
    var throttled: Set<String> = []
    for request in stride(from: 0, to: refused.count, by: 13).map({ refused[$0] }) where request.status != 429 {
      let answer = responders.ask(request)
      // Ten wrong passwords from one network are throttled here, where nothing is rolled back.
      if answer?.status == 429 {
        throttled.insert("\(request.method) " + request.target.prefix { $0 != "?" })
      } else {
        #expect(answer?.status == request.status, "\(request.place)")
      }
    }
    #expect(throttled.isSubset(of: ["post /sign-in", "post /settings/password"]))
    try check(responders, house.site, before)
  }

  @Test func `no responder dies of hostile parameters`() throws {
    let house = try House()
    let before = try house.site.fingerprint()
    let responders = try Responders(house.site)
    for (name, value) in ResponderWalkTests.parameters {
      for target in ["/reminders", "/sign-in", "/settings/password"] {
        for method in ["GET", "POST"] {
          let usual = [
            ("REQUEST_METHOD", method), ("REQUEST_URI", target), ("HTTP_COOKIE", house.guests[0].cookie), ("REMOTE_ADDR", "192.0.2.1"),
            ("CONTENT_TYPE", "application/x-www-form-urlencoded"),
          ].filter { $0.0 != name }.map { ($0.0, Array($0.1.utf8)) }
          let answer = responders.ask(usual + [(name, value)], Array("csrf=x&email=a%40x.test".utf8))
          // A request that FastCGI itself does not allow may be dropped.
          if let answer {
            #expect(
              [200, 303, 304, 400, 401, 403, 404, 405, 413, 414, 422, 431].contains(answer.status), "\(name) \(value.prefix(40)) \(target)")
          }
        }
      }
    }
    try check(responders, house.site, before)
  }

  @Test func `while the database is away pages say so and when to come back, and then all is as before`() throws {
    let house = try House()
    let responders = try Responders(house.site, count: 1)
    let page = HostileRequest(guest: house.guests[0], method: .get, target: "/reminders", body: "", status: 200, place: "")
    let body = "title=A&csrf=" + house.guests[0].csrf
    let post = HostileRequest(guest: house.guests[0], method: .post, target: "/reminders", body: body, status: 303, place: "")
    func health(_ target: String) -> Gateway? {
      responders.ask(HostileRequest(guest: house.guests[3], method: .get, target: target, body: "", status: 200, place: ""))
    }
    #expect(responders.ask(page)?.status == 200)
    try house.site.setReachable(false)
    for request in [page, post, page] {
      let answer = responders.ask(request)
      #expect(answer?.status == 503)
      #expect(answer?.text.contains("\r\nRetry-After: 2\r\n") == true)
      #expect(answer?.text.contains("\r\nX-Content-Type-Options: nosniff\r\n") == true)
    }
    #expect(health("/healthz")?.status == 200)
    #expect(health("/readyz")?.status == 503)
    try house.site.setReachable(true)
    #expect(responders.ask(page)?.status == 200)
    #expect(responders.ask(post)?.status == 303)
    #expect(health("/readyz")?.status == 200)
    #expect(responders.count("child.ended") == 0)
  }

  @Test func `a form that is sent twice at the same moment makes one thing`() throws {
    let house = try House()
    let responders = try Responders(house.site)
    let (owner, socket) = (house.guests[0], responders.socket)
    for round in 0..<20 {
      let body = "title=Twice&nonce=n\(round)&csrf=" + owner.csrf
      let request = HostileRequest(guest: owner, method: .post, target: "/reminders", body: body, status: 303, place: "")
      let answers = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        let text = Responders.ask(socket, request)?.text ?? "none"
        let place = text.components(separatedBy: "\r\n").first { $0.hasPrefix("Location:") } ?? text
        answers.withLock { $0.append(place) }
      }
      let places = answers.withLock { Set($0) }
      #expect(places.count == 1 && places.first?.hasPrefix("Location: /reminders/") == true, "\(places)")
    }
    #expect(try house.site.count("SELECT count(*) FROM reminders WHERE title = 'Twice'") == 20)
    #expect(responders.count("child.ended") == 0)
  }

  private func check(_ responders: Responders, _ site: Site, _ before: String) throws {
    #expect(responders.count("child.started") == 2)
    #expect(responders.count("child.ended") == 0)
    #expect(
      responders.count("request.failed") == 0, "\(responders.log.split(separator: "\n").last { $0.contains("request.failed") } ?? "")")
    #expect(try site.fingerprint() == before)
  }
}

extension Site {
  /// Lets nobody connect to the database any more, and ends the connections of the web role; or lets them again.
  func setReachable(_ isReachable: Bool) throws {
    let cluster = try Connection(url: Cluster.shared.get().url())
    try cluster.run("ALTER DATABASE \(name: name) ALLOW_CONNECTIONS \(raw: isReachable ? "true" : "false")")
    if !isReachable {
      _ = try cluster.value("SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = \(name)", as: Int.self)
    }
  }
}
