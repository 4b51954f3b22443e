import Domain
import Foundation
import Testing

@testable import Net

@Suite struct HTTPTests {
  private static let lan = (try? AddressGuard(opening: "127.0.0.0/8")) ?? AddressGuard()

  private func answer(_ request: HTTPRequest, _ addresses: AddressGuard = HTTPTests.lan) throws -> HTTPOutcome {
    let transfers = try Transfers<Int>(addresses: addresses)
    transfers.add(request, 1)
    guard case .web(let outcome) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "not web") }
    return outcome
  }

  private func response(_ request: HTTPRequest) throws -> HTTPResponse {
    guard case .response(let response) = try answer(request) else { throw Sink.NoStart(text: "no response") }
    return response
  }

  private func failure(_ outcome: HTTPOutcome) -> HTTPFailure.Kind? {
    if case .failed(let failure) = outcome { failure.kind } else { nil }
  }

  @Test(arguments: [HTTPRequest.Method.get, .post, .put, .patch, .delete])
  func sendsWhatItWasGivenAndNothingElse(method: HTTPRequest.Method) throws {
    let sink = try Sink("http_sink.py")
    let body = method == .get ? [] : Array(#"{"é": 1}"#.utf8)
    let headers = [HeaderField("webhook-id", "msg_1"), HeaderField("X-Empty", "")]
    let request = try HTTPRequest(method, "http://127.0.0.1:\(sink.port)/status/200?a=b", headers: headers, body: body)
    let got = try response(request)
    #expect(got.status == 200 && got.body == Array("seen".utf8) && !got.isTruncated && got.verdict == .accepted)
    #expect(got.header("content-LENGTH") == "4")
    let line = try #require(try sink.log().first)
    #expect(line["method"] as? String == method.rawValue && line["path"] as? String == "/status/200?a=b")
    #expect(line["body"] as? String == String(decoding: body, as: UTF8.self))
    var seen = try #require(line["headers"] as? [String: String])
    #expect(seen.removeValue(forKey: "content-length") == (body.isEmpty ? nil : "\(body.count)"))
    let rest = ["host": "127.0.0.1:\(sink.port)", "user-agent": "Heed", "accept": "*/*", "webhook-id": "msg_1", "x-empty": ""]
    #expect(seen == rest)
  }

  @Test func anEmptyPostHasAnEmptyBody() throws {
    let sink = try Sink("http_sink.py")
    #expect(try response(HTTPRequest(.post, "http://127.0.0.1:\(sink.port)/status/204")).status == 204)
    #expect(try (sink.log().first?["headers"] as? [String: String])?["content-length"] == "0")
  }

  @Test(arguments: [
    (200, HTTPResponse.Verdict.accepted), (204, .accepted), (301, .permanent), (308, .permanent), (400, .permanent), (401, .permanent),
    (403, .permanent), (404, .permanent), (405, .temporary), (408, .temporary), (409, .temporary), (410, .permanent), (422, .temporary),
    (429, .temporary), (500, .temporary), (503, .temporary), (599, .temporary),
  ])
  func judgesByStatus(status: Int, verdict: HTTPResponse.Verdict) {
    #expect(HTTPResponse(status: status, headers: [], body: [], isTruncated: false).verdict == verdict)
  }

  @Test func followsNoRedirect() throws {
    let sink = try Sink("http_sink.py")
    let got = try response(HTTPRequest(.post, "http://127.0.0.1:\(sink.port)/redirect", body: [1]))
    #expect(got.status == 302 && got.verdict == .permanent && got.header("Location") == "/status/200")
    #expect(try sink.log().count == 1)
  }

  @Test func readsRetryAfter() throws {
    let sink = try Sink.shared("http_sink.py")
    let got = try response(HTTPRequest(.get, "http://127.0.0.1:\(sink.port)/status/503?retry-after=120"))
    #expect(got.verdict == .temporary && got.retryAfter(now: Instant(seconds: 0)) == 120)
  }

  @Test(arguments: ["huge", "endless"])
  func readsAtMostTheLimit(path: String) throws {
    let sink = try Sink.shared("http_sink.py")
    let got = try response(HTTPRequest(.get, "http://127.0.0.1:\(sink.port)/\(path)"))
    #expect(got.status == 200 && got.isTruncated && got.body.count == HTTPResponse.limit)
  }

  @Test(arguments: [
    ("hang", HTTPFailure.Kind.timeout), ("trickle", .timeout), ("drop", .broken), ("garbage", .broken), ("cut", .broken),
  ])
  func survivesAPeerThatMisbehaves(path: String, kind: HTTPFailure.Kind) throws {
    let sink = try Sink.shared("http_sink.py")
    #expect(failure(try answer(HTTPRequest(.get, "http://127.0.0.1:\(sink.port)/\(path)", seconds: 1))) == kind)
  }

  @Test func keepsHeadersUpToTheLimitAndBodiesAsTheyCome() throws {
    let sink = try Sink.shared("http_sink.py")
    switch try answer(HTTPRequest(.get, "http://127.0.0.1:\(sink.port)/headers")) {
    case .response(let got): #expect(got.headers.count < 70)
    case .failed(let failure): #expect(failure.kind == .broken)
    }
    #expect(try response(HTTPRequest(.get, "http://127.0.0.1:\(sink.port)/gzip")).body == Array("not gzip at all".utf8))
  }

  @Test(arguments: [
    "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://127.1:PORT/", "http://0x7f000001:PORT/", "http://2130706433:PORT/",
    "http://0177.0.0.1:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::1]:PORT/", "http://0:PORT/", "http://%31%32%37.0.0.1:PORT/",
    "http://169.254.169.254/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]:PORT/",
  ])
  func dialsNoAddressOfOurOwnHoweverItIsSpelt(url: String) throws {
    let sink = try Sink.shared("http_sink.py")
    let request = try HTTPRequest(.get, String(url.replacing("PORT", with: "\(sink.port)")), seconds: 5)
    #expect(failure(try answer(request, AddressGuard())) == .refused)
    #expect(try sink.log().allSatisfy { $0["path"] as? String != "/" })
  }

  @Test func noServerAndNoNameAreTold() throws {
    #expect(failure(try answer(HTTPRequest(.get, "http://127.0.0.1:1/"))) == .connecting)
    #expect(failure(try answer(HTTPRequest(.get, "http://no-such-name.invalid/"))) == .resolving)
  }

  @Test func manyAtOnceAndTheSlowHoldUpNobody() throws {
    let sink = try Sink.shared("http_sink.py")
    let transfers = try Transfers<String>(addresses: Self.lan)
    let base = "http://127.0.0.1:\(sink.port)"
    for path in ["hang", "trickle", "slow"] {
      for number in 0..<20 { transfers.add(try HTTPRequest(.get, "\(base)/\(path)", seconds: 4), "\(path) \(number)") }
    }
    for number in 0..<200 { transfers.add(try HTTPRequest(.post, "\(base)/status/200", body: [1]), "ok \(number)") }
    #expect(transfers.count == 260)
    let finished = transfers.finish(260)
    #expect(Set(finished.map(\.key)).count == 260)
    let good = finished.filter { if case .web(.response) = $0.outcome { true } else { false } }
    #expect(good.count == 220)
    #expect(finished.suffix(40).allSatisfy { $0.key.hasPrefix("hang") || $0.key.hasPrefix("trickle") })
  }

  @Test func cancelEndsEverything() throws {
    let sink = try Sink("http_sink.py")
    let transfers = try Transfers<Int>(addresses: Self.lan)
    for number in 0..<3 { transfers.add(try HTTPRequest(.get, "http://127.0.0.1:\(sink.port)/hang"), number) }
    while try sink.log().count < 3 { _ = transfers.wait(milliseconds: 20) }
    transfers.cancelAll()
    let kinds: [HTTPFailure.Kind?] = transfers.harvest().map { if case .web(let outcome) = $0.outcome { failure(outcome) } else { nil } }
    #expect(kinds == [.cancelled, .cancelled, .cancelled])
  }

  @Test(arguments: [
    "", "ftp://x.test/", "file:///etc/passwd", "http://", "x.test", "http://me:secret@x.test/", "http://me@x.test/", "http://x.test/a b",
    "http://x.test/\r\nX: y", "http://x.test/\0", "javascript:alert(1)", "http://x.test:99999/", "gopher://x.test",
    "http://x.test/" + String(repeating: "a", count: 2048),
  ])
  func refusesWhatIsNoWebAddress(url: String) {
    #expect(throws: NetError.badURL) { try HTTPRequest(.get, url) }
  }

  @Test(arguments: [
    HeaderField("X-A", "a\r\nX-B: b"), HeaderField("X-A", "a\nb"), HeaderField("X-A", "\0"), HeaderField("X A", "a"),
    HeaderField("", "a"), HeaderField("X-A:", "a"), HeaderField("X-A\r\n", "a"), HeaderField("É", "a"),
  ])
  func refusesHeadersThatWouldBreakOut(header: HeaderField) {
    #expect(throws: NetError.badHeader(header.name)) { try HTTPRequest(.get, "http://x.test/", headers: [header]) }
  }
}
