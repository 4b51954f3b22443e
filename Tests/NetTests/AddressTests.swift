import Testing

@testable import Net

@Suite struct AddressTests {
  @Test(arguments: [
    ("a@b.test", "a@b.test"), ("a.b+c@x-y.test", "a.b+c@x-y.test"), ("O'Hara_{1}@x.test", "O'Hara_{1}@x.test"),
    ("me@localhost", "me@localhost"),
    ("a@BÜCHER.test", "a@xn--bcher-kva.test"), ("a@例え.テスト", "a@xn--r8jz45g.xn--zckzah"), ("grün@x.test", "grün@x.test"),
    ("a@xn--bcher-kva.test", "a@xn--bcher-kva.test"),
  ])
  func readsAddressesAndWritesDomainsInASCII(text: String, wire: String) throws {
    let address = try #require(MailAddress(text))
    #expect(address.wire == wire && address.text == text)
    #expect(address.needsUTF8 == text.hasPrefix("grün"))
  }

  @Test(arguments: [
    "", "@", "a@", "@b", "a", "a@b@c", "a b@c.test", "a@b c", "a@b.test\r\nRCPT TO:<x@y.test>", "a\n@b.test", "a@b.test\0", "\0a@b.test",
    "<a@b.test>", "a@b.test>", "\"a b\"@c.test", "a@[127.0.0.1]", ".a@b.test", "a.@b.test", "a..b@c.test", "a@.b", "a@b.", "a@b..c",
    "a@-b.test", "a@b-.test", "a@b_c.test", "a(c)@b.test", "a,b@c.test", "a@b.test,c@d.test", "a\u{2028}@b.test", "a\u{200B}@b.test",
    "a@b\u{2028}.test", "a@b.test/x", "a@é/x.test", "a@é:80", "a@u:p", "a\u{A0}@b.test",
    String(repeating: "a", count: 65) + "@b.test",
    "a@" + String(repeating: "b", count: 64) + ".test", "a@" + String(repeating: "b.", count: 130) + "test",
  ])
  func refusesWhatWouldBreakAnEnvelopeOrIsNoAddress(text: String) {
    #expect(MailAddress(text) == nil)
  }

  @Test(arguments: ["a@b", "<a.b@c.d>", "r1.2$x@heed.test"])
  func readsMessageIDs(text: String) {
    #expect(MessageID(text) != nil)
  }

  @Test(arguments: [
    "", "a", "<>", "a@", "@b", "<a@b", "a@b>", "a@b c", "a@b\r\n", "a@b\0", "é@b", "a@b@c", "a..b@c", "a@b,",
    String(repeating: "a", count: 200) + "@b",
  ])
  func refusesOtherMessageIDs(text: String) {
    #expect(MessageID(text) == nil)
  }

  @Test(arguments: [
    "", "http://x.test", "mail.test", "smtp://", "smtp://me:secret@x.test", "smtp://x.test:99999", "smtp://x test",
    "smtp://x.test/\r\nQUIT",
    "file:///etc/passwd", "smtp://x.test/\0",
  ])
  func refusesWhatIsNoMailServer(url: String) {
    #expect(throws: NetError.badServer) { try SMTPServer(url: url) }
  }

  @Test func readsMailServers() throws {
    #expect(try SMTPServer(url: "smtps://mail.x.test:465/heed.test", connections: 900).connections == 100)
    #expect(throws: NetError.badServer) { try SMTPServer(url: "smtp://x.test", user: "a\0b") }
  }
}
