import Domain
import Foundation
import Testing

@testable import Net

/// What a request says about its own bounds, whatever others have.
@Suite struct HTTPBoundTests {
  private let sink: Sink
  private let transfers: Transfers<Int>

  init() throws {
    sink = try Sink.shared("http_sink.py")
    // The public Internet only, unless a request says else.
    transfers = try Transfers()
  }

  private func request(_ path: String, milliseconds: Int = 5_000, bytes: Int = 1_000) throws -> HTTPRequest {
    try HTTPRequest(.get, "http://localhost:\(sink.port)/\(path)", milliseconds: milliseconds, bytes: bytes, addresses: .operators)
  }

  private func outcome(_ request: HTTPRequest, after wait: Int = 0) throws -> HTTPOutcome {
    transfers.add(request, 1, after: wait)
    guard case .web(let outcome) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "not web") }
    return outcome
  }

  @Test(arguments: [1, 1_000, 256_000]) func `as much of an answer is kept as the request says`(bytes: Int) throws {
    guard case .response(let got) = try outcome(request("huge", bytes: bytes)) else { throw Sink.NoStart(text: "no response") }
    #expect(got.isTruncated && got.body.count == bytes)
  }

  @Test func `an address of the operator's own may be dialled, and is told`() throws {
    guard case .response(let got) = try outcome(request("status/200")) else { throw Sink.NoStart(text: "no response") }
    #expect(got.status == 200 && got.address.map { "\($0)" } == "127.0.0.1")
  }

  @Test func `nobody else goes the way that was opened for the operator`() throws {
    for _ in 1...2 {
      guard case .response(let got) = try outcome(request("status/200")) else { throw Sink.NoStart(text: "no response") }
      #expect(got.address != nil)
      let person = try HTTPRequest(.get, "http://localhost:\(sink.port)/status/200")
      guard case .failed(let failure) = try outcome(person) else { throw Sink.NoStart(text: "answered") }
      #expect(failure.kind == .refused)
    }
  }

  @Test(arguments: ["169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "100.100.100.200"])
  func `where clouds hand out credentials nobody dials, not even for the operator`(host: String) throws {
    guard case .failed(let failure) = try outcome(HTTPRequest(.get, "http://\(host)/", milliseconds: 5_000, addresses: .operators)) else {
      throw Sink.NoStart(text: "answered")
    }
    #expect(failure.kind == .refused)
  }

  @Test func `its time is reckoned in milliseconds, and ends what drips`() throws {
    for path in ["hang", "trickle"] {
      guard case .failed(let failure) = try outcome(request(path, milliseconds: 300)) else { throw Sink.NoStart(text: "answered") }
      #expect(failure.kind == .timeout)
    }
  }

  @Test func `one that begins later has all of its time, and counts as under way meanwhile`() throws {
    let start = Ticks.now
    transfers.add(try request("status/200", milliseconds: 5_000), 1, after: 400)
    #expect(transfers.count == 1 && transfers.underway == [1])
    #expect(transfers.finish(1).count == 1)
    #expect(Ticks.now - start >= 400)
  }

  @Test func `one that has not begun can be cancelled`() throws {
    transfers.add(try request("status/200"), 1, after: 600_000)
    transfers.cancelAll()
    #expect(transfers.harvest().map(\.outcome) == [.web(.failed(HTTPFailure(kind: .cancelled, text: "cancelled")))])
    #expect(transfers.count == 0)
  }
}
