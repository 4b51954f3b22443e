import Glibc
import Testing

private let start = Wire.begin() + Wire.stream(4, Wire.parameters("/hello"))
private let values = (0..<20).flatMap { _ in Wire.pair("FCGI_MAX_CONNS", "") + Wire.pair("FCGI_MPXS_CONNS", "") }

/// Bytes with a name: without one a failed test would print megabytes.
struct Attack: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: [UInt8]

  init(_ name: String, _ bytes: [UInt8]) { (testDescription, self.bytes) = (name, bytes) }
}

/// Each of these either crashed libfcgi 2.4.2, held it, or slipped something past it.
private let attacks: [Attack] = [
  Attack("another protocol", Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
  Attack("zeros", [UInt8](repeating: 0, count: 4096)),
  Attack("ones", [UInt8](repeating: 0xFF, count: 4096)),
  Attack("version 2", Wire.record(1, [0, 1, 0, 0, 0, 0, 0, 0], version: 2)),
  Attack("20 names in a question", Wire.record(9, values, id: 0)),
  Attack("a question in the middle", start + Wire.record(9, values, id: 0) + Wire.record(5)),
  Attack("an unknown question with parameters in it", Wire.begin() + Wire.record(77, Wire.pair("REMOTE_USER", "admin"), id: 0)),
  Attack("an unknown type", Wire.begin() + Wire.record(200, [1, 2, 3])),
  Attack("an unknown type after the parameters", start + Wire.record(11, [1, 2, 3])),
  Attack("no beginning", Wire.stream(4, Wire.parameters("/hello"))),
  Attack("two beginnings", Wire.begin() + Wire.begin() + Wire.stream(4, Wire.parameters("/hello"))),
  Attack("a short beginning", Wire.record(1, [0, 1])),
  Attack("an authorizer", Wire.begin(role: 2)),
  Attack("another request's empty record", start + Wire.record(5, [], id: 2) + Wire.record(5)),
  Attack("another request's parameters", Wire.begin() + Wire.record(4, Wire.pair("REMOTE_USER", "admin"), id: 9)),
  Attack("an abort", start + Wire.record(2)),
  Attack("an abort in the body", start + Wire.record(5, [1, 2, 3]) + Wire.record(2)),
  Attack("a name of 2 GB", Wire.begin() + Wire.stream(4, [0xFF, 0xFF, 0xFF, 0xFF, 0, 65]) + Wire.record(5)),
  Attack("a name of 2 GB less one", Wire.begin() + Wire.stream(4, [0xFF, 0xFF, 0xFF, 0xFE, 0, 65]) + Wire.record(5)),
  Attack("a name and a value of 2 GB", Wire.begin() + Wire.stream(4, [UInt8](repeating: 0xFF, count: 8)) + Wire.record(5)),
  Attack("60 values of 1 GB", Wire.begin() + Wire.stream(4, (0..<60).flatMap { _ in [1, 0xC0, 0, 0, 0, 65] as [UInt8] }) + Wire.record(5)),
  Attack("a length cut off", Wire.begin() + Wire.stream(4, [0x80, 0]) + Wire.record(5)),
  Attack("a value past the end", Wire.begin() + Wire.stream(4, [1, 100, 65, 66]) + Wire.record(5)),
  Attack("320,000 parameters", Wire.begin() + Wire.stream(4, (0..<320_000).flatMap { _ in [1, 0, 65] as [UInt8] }) + Wire.record(5)),
  Attack("padding without end", start + (0..<100_000).flatMap { _ in Wire.record(5, [1], padding: 255) }),
]

extension Processes {
  /// Who can write to the socket can send anything. Nothing of it may end a responder or keep it from the next request.
  @Suite final class HostileTests {
    let site: Site

    init() throws { site = try Site() }

    private func expectUnharmed(_ responders: Set<Int32>) {
      #expect(site.answersPromptly())
      #expect(site.responders == responders)
      #expect(!site.log.contains("child.ended"))
    }

    @Test(arguments: attacks)
    func whatIsNoRequestIsDroppedWithoutAnAnswer(attack: Attack) throws {
      let before = site.responders
      for _ in 0..<4 {
        let link = try #require(Link(site.socket))
        link.send(attack.bytes)
        // Closed at once, long before any time limit.
        #expect(link.readAll(seconds: 3) == [])
      }
      expectUnharmed(before)
      #expect(site.waitFor("connection.dropped"))
    }

    @Test(
      arguments: [
        ("CONTENT_LENGTH", 400), ("REMOTE_USER", 400), ("REMOTE_ADDR", 400), ("HTTP_COOKIE", 400), ("HTTP_HOST", 400), ("HTTP_ORIGIN", 400),
        ("SCRIPT_NAME", 400), ("HTTP_ACCEPT", 200),
      ])
    func forgedDuplicatesAreRefused(name: String, status: Int) throws {
      let before = site.responders
      let answer = try #require(site.send(Wire.request("/hello", more: [(name, "0"), ("HTTP_X", "1"), (name, "0")])))
      #expect(answer.status == status)
      expectUnharmed(before)
    }

    @Test func aNulOrAnEqualsSignInANameIsRefused() {
      for more in [("A\0B", "c"), ("A", "b\0c"), ("REMOTE_USER=admin", "x"), ("", "x")] {
        #expect(site.send(Wire.request("/hello", more: [more]))?.status == 400)
      }
    }

    @Test(arguments: [(990, 200), (1001, 431), (9000, 431)])
    func parametersAreCounted(count: Int, status: Int) {
      #expect(site.send(Wire.request("/hello", more: (0..<count).map { ("HTTP_N\($0)", "") }))?.status == status)
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7], [1, 8, 100])
    func randomChangesOfARequestHarmNobody(seed: Int, changes: Int) throws {
      let before = site.responders
      var random = SeededGenerator(UInt64(seed * 1000 + changes))
      for _ in 0..<25 {
        var bytes = Wire.request("/body", body: Array("hello".utf8), more: [("HTTP_COOKIE", "a=b")])
        for _ in 0..<changes { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
        let link = try #require(Link(site.socket))
        link.send(bytes)
        // Closed by us: what looks unfinished would otherwise wait for the rest.
      }
      expectUnharmed(before)
    }
  }

  /// Connections that say nothing, or not enough.
  @Suite struct SilenceTests {
    /// Two responders: with a blocking read this would take 200 / 2 × 10 s.
    @Test(arguments: [0, 1, 8, 20, 200])
    func normalRequestsAreAnsweredWhile200ConnectionsStall(bytesSent: Int) throws {
      let site = try Site()
      let request = Wire.request("/hello", more: [("A", String(repeating: "x", count: 300))])
      let unfinished = Array(request.prefix(bytesSent))
      let stalled = (0..<200).compactMap { _ in Link(site.socket) }
      #expect(stalled.count == 200)
      for link in stalled { link.send(unfinished) }
      for _ in 0..<50 { #expect(site.answersPromptly()) }
      withExtendedLifetime(stalled) {}
      #expect(!site.log.contains("child.ended"))
    }

    @Test func aBodyThatStallsHoldsNobody() throws {
      let site = try Site(responders: 1)
      let half =
        Wire.begin() + Wire.stream(4, Wire.parameters("/body", length: 100_000)) + Wire.record(5, [UInt8](repeating: 1, count: 50_000))
      let stalled = (0..<20).compactMap { _ in Link(site.socket) }
      for link in stalled { link.send(half) }
      for _ in 0..<10 { #expect(site.answersPromptly()) }
      // And it is still good for an answer when the rest comes.
      stalled[7].send(Wire.record(5, [UInt8](repeating: 1, count: 50_000)) + Wire.record(5))
      #expect(stalled[7].readAll().map(Answer.init)?.body.count == 100_000)
    }

    @Test func aSilentConnectionIsDroppedAfterItsTime() throws {
      let site = try Site(responders: 1, ["IDLE": "1"])
      let began = ContinuousClock.now
      let silent = try #require(Link(site.socket))
      let half = try #require(Link(site.socket))
      half.send(Wire.begin())
      #expect(silent.readAll() == [])
      #expect(half.readAll() == [])
      let waited = ContinuousClock.now - began
      #expect(waited >= .milliseconds(900) && waited < .seconds(4))
      // Together on one line, or each on its own.
      #expect(until { site.total("connection.dropped", "reason=late") == 2 })
      #expect(site.answersPromptly())
    }

    @Test func aDripDoesNotKeepAConnection() throws {
      let site = try Site(responders: 1, ["IDLE": "1", "ARRIVAL": "2"])
      let began = ContinuousClock.now
      let link = try #require(Link(site.socket))
      // A zero every tenth of a second would be a valid body for hours.
      link.send(Wire.begin() + Wire.stream(4, Wire.parameters("/body", length: 100_000)))
      while link.send(Wire.record(5, [0])), ContinuousClock.now - began < .seconds(8) { usleep(100_000) }
      let waited = ContinuousClock.now - began
      #expect(waited >= .milliseconds(1900) && waited < .seconds(6))
    }

    @Test func whenThereIsNoRoomTheOldestGivesWay() throws {
      let site = try Site(responders: 1, ["WAITING": "10"])
      let stalled = (0..<30).compactMap { _ in Link(site.socket) }
      #expect(site.answersPromptly())
      #expect(stalled[0].readAll(seconds: 2) == [])
      #expect(site.answersPromptly())
      // The youngest is still welcome.
      stalled[29].send(Wire.request("/hello"))
      #expect(stalled[29].readAll().map(Answer.init)?.status == 200)
    }

    @Test func aThousandConnectionsThatCloseAtOnceCostNothing() throws {
      let site = try Site(responders: 1)
      for _ in 0..<1000 { _ = Link(site.socket) }
      #expect(site.answersPromptly())
      #expect(site.responders.count == 1)
    }
  }
}
