import Domain
import Testing

@testable import Web

@Suite struct BytesTests {
  @Test(arguments: [
    ("", ""), ("a%20b", "a b"), ("%41%4a%4A", "AJJ"), ("100%", "100%"), ("%zz", "%zz"), ("%4", "%4"), ("%%41", "%A"), ("%4%41", "%4A"),
    ("%C3%A9", "é"),
  ])
  func `percent decoding leaves what is no escape as it is`(text: String, decoded: String) {
    #expect(ASCII.percentDecoded(Array(text.utf8)).elementsEqual(decoded.utf8))
  }

  @Test func `plus is a blank in forms only`() {
    #expect(ASCII.percentDecoded(Array("a+b%2B".utf8), plusIsBlank: true).elementsEqual("a b+".utf8))
    #expect(ASCII.percentDecoded(Array("a+b".utf8)).elementsEqual("a+b".utf8))
  }

  @Test(arguments: 0..<70)
  func `base64url comes back as it went`(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
    #expect(Bytes.fromBase64url(Bytes.base64url(bytes)) == bytes)
  }

  @Test(arguments: ["A", "AB=", "A B", "AB+/", "AB\n", "AAAAA", "ÄÄ", "AR"])
  func `base64url with another spelling is refused`(text: String) {
    #expect(Bytes.fromBase64url(text) == nil)
  }
}

@Suite struct FormTests {
  @Test(
    arguments: [("until=&until=2+hours", "2 hours"), ("until=noon&until=2+hours", "noon"), ("until=&until=", nil), ("", nil)]
      as [(String, String?)])
  func `a field left empty gives way to the button of its name`(body: String, value: String?) {
    #expect(Form(urlEncoded: Array(body.utf8)).firstFilled("until") == value.map { .text($0) })
  }

  @Test func `fields are read in order and the first of a name counts`() {
    let form = Form(urlEncoded: Array("id=1&id=2&title=a+%26+b&empty=&flag".utf8))
    #expect(form.text("id") == "1")
    #expect(form.all("id") == [.text("1"), .text("2")])
    #expect(form.text("title") == "a & b")
    #expect(form.text("empty") == "")
    #expect(form.text("flag") == "")
    #expect(form.text("missing") == nil)
  }

  @Test(arguments: ["x=%00", "x=a%00b", "x=%ff", "x=%c3", "x=%ed%a0%80"])
  func `bytes that are not text are known as such`(body: String) {
    #expect(Form(urlEncoded: Array(body.utf8)).first("x") == .unreadable)
  }

  @Test func `names are compared byte by byte`() {
    let form = Form(urlEncoded: Array("caf%C3%A9=1".utf8))
    #expect(form.text("cafe\u{301}") == nil)
    #expect(form.text("café") == "1")
  }

  @Test func `a form of endless fields is cut`() {
    let body = Array(repeating: "a=1", count: 5_000).joined(separator: "&")
    #expect(Form(urlEncoded: Array(body.utf8)).all("a").count == Form.mostFields)
  }

  @Test func `what follows the last field that is read is not read as part of it`() {
    let body = "%ff=1&" + String(repeating: "a=1&", count: Form.mostFields - 1) + "b=2&c=3"
    let form = Form(urlEncoded: Array(body.utf8))
    #expect(form.first("b") == .text("2"))
    #expect(form.first("c") == nil)
  }
}

@Suite struct TokenTests {
  let keys = Keys(secret: Array("an installation's secret of 32 bytes".utf8))

  @Test func `a token opens with its key and purpose only`() {
    let token = Token.make([1, 2, 3], .link, keys)
    #expect(Token.read(token, .link, keys) == [1, 2, 3])
    #expect(Token.read(token, .accountMail, keys) == nil)
    #expect(Token.read(token, .link, Keys(secret: Array("another installation's secret, too".utf8))) == nil)
  }

  @Test func `every altered character spoils a token`() {
    let token = Array(Token.make(Array("payload".utf8), .flash, keys).utf8)
    for index in token.indices {
      var altered = token
      altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(Token.read(String(decoding: altered, as: UTF8.self), .flash, keys) == nil)
    }
  }
}

@Suite struct ContentHashTests {
  @Test func `it is XXH3 of 128 bits, high half first`() {
    // The value for no bytes in xxHash's own table.
    #expect(ContentHash.text(of: []) == "maoG0wFHmNhgAcMkRo1Jfw")
  }

  @Test func `one byte more or another makes another`() {
    let page = [UInt8](repeating: 0x61, count: 100_000)
    var other = page
    other[50_000] ^= 1
    #expect(Set([page, page + [0], other, Array(page.dropLast())].map { ContentHash.text(of: $0) }).count == 4)
  }
}

@Suite struct ResponseTests {
  @Test func `a header value cannot end its line`() {
    let response = Response(status: 303, headers: [("Location", "/a\r\nSet-Cookie: evil=1\u{0}")])
    let text = String(decoding: response.written(withBody: true).head, as: UTF8.self)
    #expect(text == "Status: 303 See Other\r\nLocation: /aSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n")
  }

  @Test func `neither HEAD nor 304 carries a body`() {
    let response = Response.text("body")
    #expect(response.written(withBody: true).body == Array("body".utf8))
    #expect(response.written(withBody: false).body == [])
    var unchanged = response
    unchanged.status = 304
    #expect(unchanged.written(withBody: true).body == [])
  }
}

@Suite struct PasswordTests {
  @Test func `a password matches its own hash only`() throws {
    let hash = try #require(Password.hash("correct horse", salt: Array("0123456789abcdef".utf8)))
    #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(Password.matches("correct horse", hash))
    #expect(!Password.matches("correct horsf", hash))
  }

  @Test(arguments: [
    ("correct horse", true, true), ("correct horsf", true, false), ("correct horse", false, false), ("short", true, false),
    ("short", false, false), (String(repeating: "w", count: 2_000), true, false), ("", true, false),
  ])
  func `one comparison is made, of the same cost, whatever is known`(password: String, isKnown: Bool, isRight: Bool) throws {
    let stored = try #require(Password.hash("correct horse"))
    var compared: [String] = []
    let answer = Password.isRight(password, isKnown ? stored : nil) { typed, encoded in
      compared.append(encoded)
      return Password.matches(typed, encoded)
    }
    #expect(answer == isRight)
    #expect(compared.count == 1)
    // The same parameters cost the same.
    func parameters(_ encoded: String) -> [Substring] { Array(encoded.split(separator: "$").prefix(3)) }
    #expect(compared.map(parameters) == [parameters(stored)])
  }

  @Test(arguments: [
    ("password123", true), ("PASSWORD123", true), ("aaaaaaaaaa", true), ("abcabcabcabc", true), ("1234567890", true), ("0987654321", true),
    ("qwertyuiop", true), ("jihgfedcba", true), ("ana@example.org", true), ("four words of mine", false), ("Tr0ub4dor&3x", false),
    ("ção de maçã 1", false), (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 1_024), false),
  ])
  func `what others would try first is refused`(password: String, isCommon: Bool) {
    #expect(Password.isCommon(password, email: "ana@example.org") == isCommon)
  }
}
