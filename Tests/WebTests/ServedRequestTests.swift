import Domain
import FastCGI
import Testing

@testable import Web

/// From what nginx sends (`nginx/fastcgi_params`) to a request.
@Suite struct ServedRequestTests {
  private func served(_ parameters: (name: String, value: String)..., body: String = "") -> Request {
    Request(RawRequest(parameters: parameters, body: Array(body.utf8)), id: "n1")
  }

  @Test func `every part is where nginx puts it`() {
    let request = served(
      ("REQUEST_METHOD", "POST"), ("REQUEST_URI", "/reminders/7?undo=1"), ("QUERY_STRING", "undo=2"), ("CONTENT_TYPE", "text/plain"),
      ("REMOTE_ADDR", "2001:db8::7"), ("HTTP_ACCEPT_LANGUAGE", "pt"), ("HTTP_X_ODD_NAME", "1"), body: "title=A")
    #expect(request.method == .post && request.segments == ["reminders", "7"])
    // The query is the one of the address: two sources could differ.
    #expect(request.query.text("undo") == "1")
    #expect(request.headerText("content-type") == "text/plain" && request.headerText("accept-language") == "pt")
    #expect(request.headerText("x-odd-name") == "1")
    #expect(request.address == "2001:db8::7" && request.id == "n1" && request.body == Array("title=A".utf8))
  }

  @Test(
    arguments: [
      ("GET", .get), ("HEAD", .head), ("POST", .post), ("get", .other), ("PUT", .other), ("OPTIONS", .other), ("", .other),
      ("GET ", .other),
      ("ＧＥＴ", .other),
    ] as [(String, Method)])
  func `a method is known by its exact name`(name: String, method: Method) {
    #expect(served(("REQUEST_METHOD", name), ("REQUEST_URI", "/")).method == method)
  }

  @Test func `of a header that came twice the first counts, as it does below`() {
    let parameters = [(name: "HTTP_IF_NONE_MATCH", value: "\"a\""), (name: "HTTP_IF_NONE_MATCH", value: "\"b\"")]
    let raw = RawRequest(parameters: parameters)
    #expect(Request(raw, id: "n").headerText("if-none-match") == "\"a\"")
    #expect(raw.parameter("HTTP_IF_NONE_MATCH") == Array("\"a\"".utf8))
  }

  @Test func `only what the browser sent is a header`() {
    let request = served(("SERVER_PROTOCOL", "HTTP/1.1"), ("HTTPS", "on"), ("CONTENT_TYPE", ""), ("http_cookie", "a=b"))
    for name in ["server-protocol", "https", "s", "content-type", "cookie", ""] { #expect(request.header(name) == nil, "\(name)") }
  }

  @Test func `nothing sent is a request for nothing, and no trap`() {
    let request = served()
    #expect(
      request.method == .other && request.segments == nil && request.address.isEmpty && request.target.isEmpty && request.agent.isEmpty)
  }
}

/// The small tools over bytes.
@Suite struct ByteToolTests {
  @Test func `hexadecimal is lower case, two digits a byte`() {
    #expect(Bytes.hex([]).isEmpty)
    #expect(Bytes.hex([0, 9, 10, 0x7F, 0xFF]) == "00090a7fff")
  }

  @Test(arguments: [
    ([], "", true), ([1], "01", true), ([1, 2], "0102", true), ([1], "02", false), ([1, 2], "01", false), ([], "00", false),
    ([0x80, 1], "0001", false), ([1, 0x80], "0100", false),
  ])
  func `bytes are equal when all are`(a: [UInt8], hex: String, isEqual: Bool) {
    let digits = Array(hex.utf8)
    let b = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16) }
    #expect(Bytes.equalInConstantTime(a, b) == isEqual)
    #expect(Bytes.equalInConstantTime(b, a) == isEqual)
  }

  @Test func `only ASCII letters have a lower case`() {
    #expect(Bytes.lowercased("AZaz@[`{09".utf8) == Array("azaz@[`{09".utf8))
    #expect(Bytes.lowercased("ÀÉ".utf8) == Array("ÀÉ".utf8))
    #expect((UInt8.min...UInt8.max).allSatisfy { byte in Bytes.lowercased([byte]) == [(65...90).contains(byte) ? byte + 32 : byte] })
  }

  @Test func `every byte comes back from its escape, whichever case its digits have`() {
    for byte in UInt8.min...UInt8.max {
      let hex = Bytes.hex([byte])
      #expect(ASCII.percentDecoded(Array("%\(hex)".utf8)) == [byte])
      #expect(ASCII.percentDecoded(Array("%\(hex.uppercased())".utf8), plusIsBlank: true) == [byte])
    }
  }

  @Test(arguments: [
    ("%2525", "%25"), ("%2B+", "++"), ("%%%", "%%%"), ("%4%", "%4%"), ("%g1%1g", "%g1%1g"), ("a%2", "a%2"), ("%20%2", " %2"),
  ])
  func `what was decoded is not decoded again`(text: String, decoded: String) {
    #expect(ASCII.percentDecoded(Array(text.utf8)).elementsEqual(decoded.utf8))
  }

  @Test(arguments: [[0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x61, 0xFF]] as [[UInt8]])
  func `bytes that are no text are not repaired`(bytes: [UInt8]) {
    #expect(Bytes.validText(bytes) == nil)
  }

  @Test func `a byte of zero is text, and what cannot be stored is refused where it is read`() {
    #expect(Bytes.validText([0x61, 0]) == "a\0")
    #expect(Form(urlEncoded: Array("a=%00".utf8)).first("a") == .unreadable)
  }
}
