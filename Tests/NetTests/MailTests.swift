import Domain
import Foundation
import Testing

@testable import Net

/// What Python's reader makes of a message, and what it complains about.
private struct Reading: Decodable {
  struct Part: Decodable {
    let type: String
    let charset: String
    let text: String
  }
  struct Address: Decodable {
    let name: String
    let address: String
  }
  let headers: [[String]]
  let from: [Address]
  let to: [Address]
  let parts: [Part]
  let defects: [String]
  let date: Int

  private static let script = """
    import sys, json, email, email.policy
    from email.header import decode_header, make_header
    data = sys.stdin.buffer.read()
    message = email.message_from_bytes(data, policy=email.policy.default)
    defects = [repr(d) for p in message.walk() for d in p.defects] + [repr(d) for v in message.values() for d in v.defects]
    # Python 3.11's new parser puts a blank between the encoded words of a name (RFC 2047, 6.2 says none); its old one does not.
    old = email.message_from_bytes(data)
    people = lambda name: [{"name": str(make_header(decode_header(n))), "address": a} for n, a in email.utils.getaddresses([old[name]])]
    parts = [{"type": p.get_content_type(), "charset": p.get_content_charset(), "text": p.get_content().replace("\\r\\n", "\\n")}
             for p in message.walk() if not p.is_multipart()]
    print(json.dumps({"headers": [[k, str(v)] for k, v in message.items()], "from": people("From"), "to": people("To"),
                      "parts": parts, "defects": defects, "date": int(message["Date"].datetime.timestamp())}))
    """

  init(_ message: [UInt8]) throws {
    self = try JSONDecoder().decode(Reading.self, from: Data(Sink.python(Self.script, message).utf8))
  }

  func header(_ name: String) -> String? { headers.first { $0[0] == name }?[1] }
}

@Suite struct MailTests {
  private func mail(
    from name: String = "Heed", subject: String = "Water the plants", text: String = "now", html: String? = "<p>now</p>"
  ) throws -> Mail {
    let from = Mail.Mailbox(name, try #require(MailAddress("heed@x.test")))
    let to = Mail.Mailbox("", try #require(MailAddress("ana@y.test")))
    return Mail(
      from: from, to: [to], subject: subject, text: text, html: html, messageID: try #require(MessageID("r1.2@heed.test")),
      date: Instant(seconds: 1_800_000_000))
  }

  @Test func saysWhatItWasGiven() throws {
    var mail = try mail(text: "Olá\n.\nFrom me\n  two\t\n", html: "<p>Olá</p>\r\n<p>=_é</p>")
    mail.references = ["a@x.test", "b@x.test"].compactMap { MessageID($0) }
    mail.inReplyTo = MessageID("b@x.test")
    mail.unsubscribe = "https://heed.test/a/stop?k=1"
    mail.extra = [HeaderField("X-Heed-Reminder", "42")]
    let read = try Reading(mail.bytes())
    #expect(read.defects.isEmpty)
    #expect(read.from.map(\.address) == ["heed@x.test"] && read.to.map(\.address) == ["ana@y.test"])
    #expect(read.header("Subject") == "Water the plants" && read.date == 1_800_000_000)
    #expect(read.header("Message-Id") == "<r1.2@heed.test>")
    #expect(read.header("References") == "<a@x.test> <b@x.test>" && read.header("In-Reply-To") == "<b@x.test>")
    #expect(read.header("Auto-Submitted") == "auto-generated")
    #expect(read.header("List-Unsubscribe") == "<https://heed.test/a/stop?k=1>")
    #expect(read.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
    #expect(read.header("X-Heed-Reminder") == "42" && read.header("MIME-Version") == "1.0")
    #expect(read.parts.map(\.type) == ["text/plain", "text/html"] && read.parts.allSatisfy { $0.charset == "utf-8" })
    #expect(read.parts.map(\.text) == ["Olá\n.\nFrom me\n  two\t\n", "<p>Olá</p>\n<p>=_é</p>\n"])
  }

  @Test func withoutHTMLIsOneText() throws {
    let read = try Reading(mail(html: nil).bytes())
    #expect(read.defects.isEmpty && read.parts.map(\.type) == ["text/plain"] && read.parts.map(\.text) == ["now\n"])
  }

  private static let hard: [(String, String)] = [
    ("plain", "plain"), ("Olá, mundo — 漢字 🎉", "Olá, mundo — 漢字 🎉"), ("a\r\nBcc: evil@x.test", "a Bcc: evil@x.test"),
    ("a\nb\rc\0d\u{B}e\u{85}f\u{2028}g\u{2029}h", "a b c d e f g h"), ("\r\n\r\nbody", "body"), ("tab\there", "tab here"),
    ("quote \" back \\ paren ( colon : at @ semi ; angle <x>", "quote \" back \\ paren ( colon : at @ semi ; angle <x>"),
    (String(repeating: "word ", count: 300) + "end", String(repeating: "word ", count: 300) + "end"),
    (String(repeating: "é", count: 500), String(repeating: "é", count: 500)),
    (String(repeating: "👩‍👩‍👧‍👦", count: 60), String(repeating: "👩‍👩‍👧‍👦", count: 60)),
    (String(repeating: "x", count: 3000), String(repeating: "x", count: 3000)),
    ("100% = done? yes_no", "100% = done? yes_no"), ("e\u{301} stays decomposed", "e\u{301} stays decomposed"),
  ]

  @Test(arguments: hard)
  func subjectsComeThrough(given: String, read: String) throws {
    let bytes = try mail(subject: given).bytes()
    let reading = try Reading(bytes)
    #expect(reading.header("Subject").map { Array($0.utf8) } == Array(read.utf8))
    #expect(reading.headers.map { $0[0] }.filter { $0 == "Bcc" }.isEmpty && reading.parts.count == 2)
    checkFormat(bytes)
  }

  @Test(arguments: hard)
  func namesOfSendersComeThrough(given: String, read: String) throws {
    let bytes = try mail(from: given).bytes()
    let reading = try Reading(bytes)
    #expect(reading.from.map(\.name) == [read] && reading.from.map(\.address) == ["heed@x.test"])
    checkFormat(bytes)
  }

  @Test(arguments: hard)
  func bodiesComeThrough(given: String, read: String) throws {
    let bytes = try mail(text: given, html: "<p>\(given)").bytes()
    checkFormat(bytes)
    // Only line ends are made alike; every other byte stays.
    let lines = given.replacing("\r\n", with: "\n").replacing("\r", with: "\n") + "\n"
    #expect(try Reading(bytes).parts.map { Array($0.text.utf8) } == [lines, "<p>" + lines].map { Array($0.utf8) })
  }

  /// ASCII, CRLF alone, no line over 998 bytes, header lines folded near 78.
  private func checkFormat(_ bytes: [UInt8]) {
    #expect(bytes.allSatisfy { $0 < 128 && $0 != 0 })
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    #expect(lines.dropLast().allSatisfy { $0.last == 13 && !$0.dropLast().contains(13) } && lines.last?.isEmpty == true)
    #expect(lines.allSatisfy { $0.count <= 79 })
  }

  @Test func aRetryIsTheSameToTheByte() throws {
    #expect(try mail().bytes() == mail().bytes())
    var other = try mail()
    other.messageID = try #require(MessageID("r1.3@heed.test"))
    #expect(try other.bytes() != mail().bytes())
    #expect(other.messageID.fingerprint != (try mail().messageID.fingerprint))
  }

  @Test func aLongThreadKeepsItsFirstAndNewest() throws {
    var mail = try mail()
    let name = String(repeating: "n", count: 150)
    mail.references = (0..<50).compactMap { MessageID("\(name)\($0)@x.test") }
    let kept = try #require(try Reading(mail.bytes()).header("References")).split(separator: " ")
    #expect(kept.count == 20 && kept.first == "<\(name)0@x.test>" && kept.last == "<\(name)49@x.test>")
  }

  @Test func aLongUnsubscribeAddressStaysWhole() throws {
    var mail = try mail()
    let url = "https://heed.test/" + String(repeating: "u", count: 800)
    mail.unsubscribe = url
    #expect(String(decoding: try mail.bytes(), as: UTF8.self).contains("List-Unsubscribe: <\(url)>\r\n"))
  }

  @Test(arguments: [
    "mailto:x@y.test", "javascript:1", "https://x.test/>,<mailto:evil@x.test", "https://x.test/\r\nX: y", "https://é.test/",
  ])
  func refusesAnUnsubscribeThatIsNoWebAddress(url: String) throws {
    var mail = try mail()
    mail.unsubscribe = url
    #expect(throws: NetError.badHeader("List-Unsubscribe")) { try mail.bytes() }
  }

  @Test(arguments: ["Subject", "bcc", "CONTENT-type", "X Y", "", "X:", "X\r\nY", "Xé"])
  func refusesExtraHeadersThatAreOursOrNoNames(name: String) throws {
    var mail = try mail()
    mail.extra = [HeaderField(name, "v")]
    #expect(throws: NetError.badHeader(name)) { try mail.bytes() }
  }

  @Test func extraValuesCannotBreakOut() throws {
    var mail = try mail()
    mail.extra = [HeaderField("X-A", "a\r\nBcc: b\n\n<p>"), HeaderField("X-B", String(repeating: "word ", count: 500))]
    let bytes = try mail.bytes()
    let read = try Reading(bytes)
    #expect(read.header("X-A") == "a Bcc: b <p>" && read.header("Bcc") == nil && read.parts.count == 2)
    checkFormat(bytes)
    mail.extra = [HeaderField("X-C", String(repeating: "c", count: 1000))]
    #expect(throws: NetError.unencodable("X-C: " + String(repeating: "c", count: 15))) { try mail.bytes() }
  }
}
