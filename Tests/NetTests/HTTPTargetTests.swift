import Testing

@testable import Net

/// Where an address leads, as libcurl reads it.
@Suite struct HTTPTargetTests {
  @Test(arguments: [
    ("https://example.org/hook", "example.org", 443), ("http://example.org", "example.org", 80),
    ("http://example.org:8080/", "example.org", 8080),
    ("http://0x7f.1/", "127.0.0.1", 80), ("http://2130706433/", "127.0.0.1", 80), ("http://0177.0.0.1/", "127.0.0.1", 80),
    ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1", 80), ("HTTPS://example.org/", "example.org", 443),
  ])
  func `host and port are those that are dialled`(url: String, host: String, port: Int) throws {
    let target = try #require(HTTPTarget(url))
    #expect(target.port == port)
    #expect(target.host == host || target.address == IPAddress(host))
  }

  @Test(arguments: ["http://a@b@c/", "http://me@example.org/", "ftp://example.org/", "http://", "example.org", "http://x.test:99999/"])
  func `what is no web address leads nowhere`(url: String) { #expect(HTTPTarget(url) == nil) }

  @Test(arguments: [(22, true), (25, true), (6667, true), (443, false), (8080, false)])
  func `ports of other protocols are known`(port: Int, isForeign: Bool) throws {
    #expect(try #require(HTTPTarget("http://example.org:\(port)/")).isForeignPort == isForeign)
  }
}
