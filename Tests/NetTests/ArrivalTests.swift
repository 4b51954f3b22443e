import Domain
import Testing

@testable import Net

/// Of a request without an answer it is known whether a byte of it left: what may have arrived is not sent twice where that matters.
@Suite struct ArrivalTests {
  private func failure(_ url: String, _ addresses: AddressGuard, milliseconds: Int = 5_000) throws -> HTTPFailure {
    let transfers = try Transfers<Int>()
    transfers.add(try HTTPRequest(.post, url, body: Array("x".utf8), milliseconds: milliseconds, addresses: addresses), 1)
    guard case .web(.failed(let failure)) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "answered") }
    return failure
  }

  @Test(arguments: [("/drop", 5_000), ("/garbage", 5_000), ("/hang", 500)])
  func `what a server has read may have arrived`(path: String, milliseconds: Int) throws {
    let sink = try Sink("http_sink.py")
    #expect(try failure("http://127.0.0.1:\(sink.port)\(path)", .operators, milliseconds: milliseconds).mayHaveArrived)
    #expect(try sink.log().count == 1)
  }

  @Test func `what could not be connected has not`() throws {
    #expect(try !failure("http://127.0.0.1:9/", .operators).mayHaveArrived)
    #expect(try !failure("http://127.0.0.1:9/", AddressGuard()).mayHaveArrived)
    #expect(try !failure("http://nowhere.invalid/", .operators).mayHaveArrived)
  }

  @Test func `a time that runs out while TLS is spoken is no arrival`() throws {
    let sink = try Sink("http_sink.py")
    // It waits for a line of HTTP and gets the beginning of TLS.
    #expect(try !failure("https://127.0.0.1:\(sink.port)/", .operators, milliseconds: 500).mayHaveArrived)
  }
}
