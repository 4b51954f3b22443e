import Glibc
import Testing

extension Processes {
  /// What a handler gets, and what gets back.
  @Suite final class RequestTests {
    let site: Site

    init() throws { site = try Site(responders: 1, ["BODY": "1000000"]) }

    @Test func parametersArriveInOrderByteForByte() {
      let more = [
        ("HTTP_COOKIE", "a=b; c=d"), ("HTTP_ODD", "ã\u{1}\u{7F}\r\n=;"), ("EMPTY", ""), ("LONG", String(repeating: "x", count: 40_000)),
      ]
      let answer = site.send(Wire.request("/parameters", query: "5", more: more))
      let expected = [("SCRIPT_NAME", "/parameters"), ("QUERY_STRING", "5"), ("CONTENT_LENGTH", "")] + more
      #expect(answer?.body == expected.flatMap { Array("\($0.0)=\($0.1)\n".utf8) })
    }

    @Test func bytesThatAreNoTextArriveToo() {
      let parameters = Wire.parameters("/parameters") + Wire.pair(Array("HTTP_RAW".utf8), [0xFF, 0xFE, 0x80])
      let answer = site.send(Wire.begin() + Wire.stream(4, parameters) + Wire.record(5))
      #expect(answer?.body.suffix(13) == Array("HTTP_RAW=".utf8) + [0xFF, 0xFE, 0x80, 0x0A])
    }

    @Test(arguments: [0, 1, 8, 8191, 8192, 8193, 65_535, 65_536, 1_000_000], [65_535, 1000])
    func aBodyArrivesWhole(length: Int, chunk: Int) {
      let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let request = Wire.begin() + Wire.stream(4, Wire.parameters("/body", length: length)) + Wire.stream(5, body, chunk: chunk, padding: 3)
      #expect(site.send(request)?.body == body)
    }

    @Test(arguments: [(10, 9, 400), (10, 11, 400), (0, 10, 400), (10, 0, 400), (10, 10, 200)])
    func aBodyMustBeAsLongAsItSays(declared: Int, sent: Int, status: Int) {
      let body = [UInt8](repeating: 1, count: sent)
      #expect(site.send(Wire.begin() + Wire.stream(4, Wire.parameters("/body", length: declared)) + Wire.stream(5, body))?.status == status)
    }

    @Test(arguments: ["x", "-1", "10x", "99999999999999999999"])
    func aLengthThatIsNoNumberIsRefused(text: String) {
      let parameters = Wire.pair("SCRIPT_NAME", "/body") + Wire.pair("CONTENT_LENGTH", text)
      #expect(site.send(Wire.begin() + Wire.stream(4, parameters) + Wire.stream(5, [1, 2, 3]))?.status == 400)
    }

    @Test func aBodyWithoutALengthIsRefused() {
      #expect(site.send(Wire.begin() + Wire.stream(4, Wire.parameters("/body")) + Wire.stream(5, [1, 2, 3]))?.status == 400)
    }

    @Test func aBodyCutOffByAClosedConnectionNeverReachesTheHandler() {
      do {
        let link = Link(site.socket)
        link?.send(Wire.begin() + Wire.stream(4, Wire.parameters("/crash", length: 10)) + Wire.record(5, [1, 2, 3]))
      }
      #expect(site.waitFor("reason=closed"))
      #expect(site.answersPromptly())
      #expect(!site.log.contains("child.ended"))
    }

    @Test func aBodyOverTheLimitIsAnswered413() {
      #expect(site.send(Wire.request("/body", body: [UInt8](repeating: 1, count: 1_000_001)))?.status == 413)
      #expect(site.send(Wire.request("/body", body: [UInt8](repeating: 1, count: 3_000_000)))?.status == 413)
      #expect(site.answersPromptly())
    }

    /// Around the library's record, ours, and sixteen of ours, which go with one call.
    @Test(arguments: [0, 1, 7_900, 8_000, 8_001, 8_184, 8_185, 65_528, 65_529, 65_536, 16 * 65_528, 16 * 65_528 + 1, 5_000_000])
    func anAnswerOfAnyLengthGetsThrough(length: Int) {
      let answer = site.get("/big", query: String(length))
      #expect(answer?.isComplete == true)
      #expect(answer?.body == (0..<length).map { UInt8(truncatingIfNeeded: $0 % 251) })
    }

    @Test(arguments: [0, 7_000, 20_000, 200_000])
    func partsKeepTheirOrderWhicheverWayTheyGo(length: Int) {
      let answer = site.get("/page", query: String(length))
      #expect(answer?.isComplete == true)
      #expect(answer?.body == [UInt8](repeating: 0x79, count: length) + Array("the end".utf8))
    }

    @Test func aReaderThatLeavesInTheMiddleHarmsNobody() throws {
      for _ in 0..<5 {
        let link = try #require(Link(site.socket))
        link.send(Wire.request("/big", query: "5000000"))
        #expect(link.readSome() != nil)
      }
      // Who waited for them would wait for half a minute; a busy machine may take a second to make what they asked for.
      #expect(site.answersPromptly(within: 10))
      #expect(site.waitFor("response.lost"))
      #expect(!site.log.contains("child.ended"))
    }

    @Test func aReaderThatDoesNotReadIsGivenUp() throws {
      let slow = try Site(responders: 1, ["IDLE": "1"])
      let link = try #require(Link(slow.socket))
      link.send(Wire.request("/big", query: "5000000"))
      #expect(slow.waitFor("response.lost"))
      #expect(slow.answersPromptly())
      withExtendedLifetime(link) {}
    }

    @Test func theConnectionIsClosedAlthoughTheWebServerOfferedToKeepIt() {
      let request = Wire.begin(flags: 1) + Wire.stream(4, Wire.parameters("/hello")) + Wire.record(5)
      #expect(site.send(request + request)?.body == Array("hello\n".utf8))
    }

    @Test func anyRequestNumberIsEchoed() throws {
      for (id, path) in [(1, "/hello"), (255, "/big"), (256, "/hello"), (65_535, "/big")] as [(UInt16, String)] {
        let link = try #require(Link(site.socket))
        let parameters = Wire.parameters(path, query: "70000")
        link.send(Wire.begin(id: id) + Wire.record(4, parameters, id: id) + Wire.record(4, id: id) + Wire.record(5, id: id))
        let bytes = try #require(link.readAll())
        #expect(Array(bytes[2..<4]) == [UInt8(id >> 8), UInt8(id & 255)])
        #expect(Answer(bytes).status == 200)
      }
    }
  }
}
