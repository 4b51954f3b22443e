import Domain
import Testing

@testable import Net

/// The head of a mail, line by line: what other programs read is in `MailTests`; here stands what the standards ask of the bytes.
@Suite struct MailHeaderTests {
  private func mail(subject: String = "Subject", from name: String = "Heed", to: [Mail.Mailbox]? = nil) throws -> Mail {
    let from = Mail.Mailbox(name, try #require(MailAddress("heed@x.test")))
    let people = try to ?? [Mail.Mailbox("", #require(MailAddress("ana@y.test")))]
    return Mail(
      from: from, to: people, subject: subject, text: "now", messageID: try #require(MessageID("r1@heed.test")),
      date: Instant(seconds: 1_800_000_000))
  }

  /// The lines of the head as they are written, without their ends.
  private func head(_ mail: Mail) throws -> [String] {
    let text = String(decoding: try mail.bytes(), as: UTF8.self)
    let end = try #require(text.range(of: "\r\n\r\n"))
    return text[..<end.lowerBound].split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// A header with its further lines joined as RFC 5322, 2.2.3 joins them; nil: there is none; more than one is a mistake.
  private func field(_ name: String, _ mail: Mail) throws -> String? {
    var fields: [String] = []
    for line in try head(mail) {
      if line.utf8.first == 32 { fields[fields.count - 1] += line } else { fields.append(line) }
    }
    let found = fields.filter { $0.lowercased().hasPrefix(name.lowercased() + ":") }
    #expect(found.count <= 1, "\(found)")
    return found.first.map { String($0.dropFirst(name.count + 2)) }
  }

  /// Of a text that stands in encoded words: each of them, decoded.
  private func decoded(_ value: String) throws -> [[UInt8]] {
    try value.split(separator: " ").map { word in
      #expect(word.utf8.count <= 75 && word.hasPrefix("=?utf-8?B?") && word.hasSuffix("?="), "RFC 2047, 2: \(word)")
      return try #require(base64(word.dropFirst(10).dropLast(2)))
    }
  }

  private func base64(_ text: Substring) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var (out, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      (buffer, bits) = ((buffer << 6 | value) & 0xFFFF, bits + 6)
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    return out
  }

  @Test(arguments: ["é", "漢", "🎉", "e\u{301}", "👩‍👩‍👧‍👦"], [1, 5, 9, 12, 13, 18, 19, 36, 37, 200])
  func `encoded words are short, each of whole characters, and together say all`(piece: String, count: Int) throws {
    let subject = String(repeating: piece, count: count)
    let words = try decoded(try #require(try field("Subject", mail(subject: subject))))
    #expect(words.allSatisfy { String(validating: $0, as: UTF8.self) != nil }, "a character is cut in two")
    #expect(words.flatMap { $0 } == Array(subject.utf8))
    #expect(words.dropLast().allSatisfy { $0.count > 32 }, "words are filled")
  }

  /// What a reader would take for an encoded word, or would not get back from folding, is encoded itself.
  @Test(arguments: [
    "=?utf-8?B?YQ==?=", "a =?x", "=?", "two  blanks", " blank first", "blank last ", String(repeating: "x", count: 61), "tab\u{7F}é",
  ])
  func `what would not come back as it is goes as encoded words`(subject: String) throws {
    let words = try decoded(try #require(try field("Subject", mail(subject: subject))))
    #expect(words.flatMap { $0 } == Array(Mail.oneLine(subject).utf8))
  }

  @Test(arguments: ["plain", "a=?b", "?=", "100% \"sure\" <x>, (y); z: @", String(repeating: "x", count: 60)])
  func `what is plain goes as it is`(subject: String) throws {
    #expect(try field("Subject", mail(subject: subject)) == subject)
  }

  /// Word lengths about the width at which a line is folded.
  @Test(arguments: 1...60)
  func `lines are folded before they are too wide and nowhere else`(length: Int) throws {
    let word = String(repeating: "w", count: length)
    let subject = Array(repeating: word, count: 12).joined(separator: " ")
    let lines = MailWords.folded(HeaderField("Subject", subject)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last == "" && lines.dropLast().allSatisfy { $0.hasPrefix(" ") })
    #expect(lines.joined() == " " + subject)
    for (index, line) in lines.dropLast().enumerated() {
      let width = line.utf8.count + (index == 0 ? "Subject:".utf8.count : 0)
      #expect(width <= 78)
      if index < lines.count - 2 { #expect(width + 1 + length > 78, "there was room for another word") }
    }
  }

  @Test func `a word too long for a line stands alone on the one it begins`() {
    let long = String(repeating: "x", count: 200)
    #expect(MailWords.folded(HeaderField("X", long)) == " \(long)\n")
    #expect(MailWords.folded(HeaderField("X", "a \(long) b")) == " a\n \(long)\n b\n")
    #expect(MailWords.folded(HeaderField("X", "")) == "\n")
  }

  static let names: [(String, String)] = [
    ("Ana", "\"Ana\" <heed@x.test>"), ("", "heed@x.test"), (" \r\n ", "\"   \" <heed@x.test>"), ("\r\n\t", "heed@x.test"),
    ("Ana, Bia", "\"Ana, Bia\" <heed@x.test>"), ("a\"b", "\"a\\\"b\" <heed@x.test>"), ("a\\", "\"a\\\\\" <heed@x.test>"),
    ("\\\"", "\"\\\\\\\"\" <heed@x.test>"), ("x <y@z.test>", "\"x <y@z.test>\" <heed@x.test>"),
    ("Ana\r\nBcc: x@y.test", "\"Ana Bcc: x@y.test\" <heed@x.test>"),
  ]

  @Test(arguments: names) func `a name in quotes cannot end them`(name: String, field: String) throws {
    let written = try self.field("From", mail(from: name))
    if name == " \r\n " {
      // Blanks alone are no plain words: they are encoded.
      #expect(try decoded(String(try #require(written).split(separator: " <")[0])) == [Array(Mail.oneLine(name).utf8)])
    } else {
      #expect(written == field)
    }
  }

  @Test func `several recipients stand in one field, each with its own name`() throws {
    let people = [("Ana", "ana@x.test"), ("Zoë", "zoe@bücher.test"), ("", "no@name.test")].compactMap { name, address in
      MailAddress(address).map { Mail.Mailbox(name, $0) }
    }
    #expect(people.count == 3)
    let to = try field("To", mail(to: people))
    #expect(to == "\"Ana\" <ana@x.test>, =?utf-8?B?Wm/Dqw==?= <zoe@xn--bcher-kva.test>, no@name.test")
  }

  @Test(arguments: [(1, 1, 0), (19, 19, 0), (20, 20, 0), (21, 20, 2), (100, 20, 81)])
  func `of a thread the first and the newest nineteen are named`(count: Int, kept: Int, second: Int) throws {
    var mail = try mail()
    mail.references = (0..<count).compactMap { MessageID("m\($0)@x.test") }
    let named = try #require(try field("References", mail)).split(separator: " ")
    #expect(named.count == kept && Set(named).count == kept)
    #expect(named.first == "<m0@x.test>" && named.last == "<m\(count - 1)@x.test>")
    if second > 0 { #expect(named[1] == "<m\(second)@x.test>") }
  }

  @Test func `without a thread, a way out or a machine behind it, a mail says nothing of them`() throws {
    var mail = try mail()
    mail.isAutomatic = false
    for name in ["References", "In-Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"] {
      #expect(try field(name, mail) == nil, "\(name)")
    }
  }

  @Test(arguments: [
    "<https://x.test/>", "https://x.test/<a>", "https://x.test/a,b", "https://x.test/\"a\"", "https://x.test/\u{7F}", "http://", "",
    "/a/stop",
    "https://x.test/" + String(repeating: "u", count: 886),
  ])
  func `what could end the address of List-Unsubscribe is refused`(address: String) throws {
    var mail = try mail()
    mail.unsubscribe = address
    #expect(throws: NetError.badHeader("List-Unsubscribe")) { try mail.bytes() }
  }

  @Test func `the longest address of List-Unsubscribe is 900 bytes`() throws {
    var mail = try mail()
    mail.unsubscribe = "https://x.test/" + String(repeating: "u", count: 885)
    #expect(try field("List-Unsubscribe", mail)?.utf8.count == 902)
  }

  @Test(arguments: [
    "From", "To", "Cc", "Bcc", "Sender", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
  ])
  func `a header that is ours is not set beside ours, in whatever case`(name: String) throws {
    var mail = try mail()
    for name in [name, name.uppercased(), name.lowercased()] {
      mail.extra = [HeaderField(name, "v")]
      #expect(throws: NetError.badHeader(name)) { try mail.bytes() }
    }
  }

  @Test func `a further header is ASCII, and its name a token of at most 100 bytes`() throws {
    var mail = try mail()
    for (name, value, isGood) in [
      ("X-A", "v", true), ("X-A", "é", false), (String(repeating: "x", count: 100), "v", true),
      (String(repeating: "x", count: 101), "v", false),
      ("X_a.b!#$%&'*+^`|~", "v", true), ("X(a)", "v", false), ("X/a", "v", false), ("X-A", "", true),
    ] {
      mail.extra = [HeaderField(name, value)]
      if isGood {
        #expect(try head(mail).contains { $0.hasPrefix(name + ":") }, "\(name)")
      } else {
        #expect(throws: NetError.badHeader(name)) { try mail.bytes() }
      }
    }
  }

  @Test(arguments: [
    ("a", "a"), ("a\u{85}b", "a b"), ("a\u{2028}\u{2029}\r\n\0b", "a b"), ("\na\n", "a"), ("a b", "a b"), ("\t", ""),
    ("a\u{A0}b", "a\u{A0}b"),
  ])
  func `a line is one line`(text: String, line: String) {
    #expect(Mail.oneLine(text).utf8.elementsEqual(line.utf8))
  }

  @Test func `every message of every kind ends its last line`() throws {
    for text in ["", "a", "a\n", "a\r", "a\r\n", "\n\n", "a\r\rb"] {
      var mail = try mail()
      for html in [nil, "<p>\(text)"] {
        (mail.text, mail.html) = (text, html)
        let bytes = try mail.bytes()
        #expect(bytes.suffix(2) == [13, 10], "\(text.debugDescription)")
        #expect(!zip(bytes, bytes.dropFirst()).contains { ($0 == 13) != ($1 == 10) }, "\(text.debugDescription)")
      }
    }
  }
}

/// Where names and addresses end.
@Suite struct AddressBoundTests {
  @Test(arguments: [(254, true), (255, false)]) func `an address has at most 254 bytes`(length: Int, isAddress: Bool) {
    // 64 before the @, labels of 60 and what is left behind it.
    let local = String(repeating: "a", count: 64)
    let labels = Array(repeating: String(repeating: "b", count: 60), count: 3).joined(separator: ".") + "."
    let domain = labels + String(repeating: "c", count: length - 65 - labels.utf8.count)
    #expect("\(local)@\(domain)".utf8.count == length && (MailAddress("\(local)@\(domain)") != nil) == isAddress)
  }

  @Test(arguments: [(1, true), (64, true), (65, false)]) func `the part before the at sign has at most 64`(length: Int, isAddress: Bool) {
    #expect((MailAddress(String(repeating: "a", count: length) + "@b.test") != nil) == isAddress)
    // Bytes, not characters.
    #expect((MailAddress(String(repeating: "é", count: length / 2) + (length % 2 == 1 ? "a" : "") + "@b.test") != nil) == isAddress)
  }

  @Test(arguments: [(1, true), (63, true), (64, false)]) func `a label of the domain has at most 63`(length: Int, isAddress: Bool) {
    #expect((MailAddress("a@" + String(repeating: "b", count: length) + ".test") != nil) == isAddress)
  }

  @Test(arguments: ["a@b-", "a@-", "a@b.-", "a@-b", "a@b.c-", "a@bü-.test", "a@b\u{200D}ü.test", "a@ü\u{AD}-.test"])
  func `a label neither begins nor ends with a hyphen`(text: String) {
    #expect(MailAddress(text).map(\.wire) == nil)
  }

  @Test(arguments: [
    "a\u{200D}b@c.test", "a\u{202E}b@c.test", "a\u{85}b@c.test", "a\u{E000}b@c.test", "a\u{3000}b@c.test", "a\u{FEFF}@c.test",
  ])
  func `nothing that is not seen stands before the at sign`(text: String) {
    #expect(MailAddress(text) == nil)
  }

  @Test(arguments: [(200, true), (201, false)]) func `an id has at most 200 bytes`(length: Int, isID: Bool) {
    let text = String(repeating: "a", count: length - 2) + "@b"
    #expect((MessageID(text) != nil) == isID && (MessageID("<\(text)>") != nil) == isID)
  }

  @Test func `fingerprints are 32 digits, leading zeros too, and differ with every byte`() throws {
    let ids = try (0..<2_000).map { try #require(MessageID("m\($0)@x.test")) }
    #expect(ids.allSatisfy { $0.fingerprint.utf8.count == 32 && $0.fingerprint.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) } })
    #expect(Set(ids.map(\.fingerprint)).count == ids.count)
  }

  /// A date that is further away than a week, or than any retry, is a week.
  @Test(arguments: [
    ("604800", 604_800), ("604801", 604_800), ("9223372036854775807", 604_800), ("Fri, 22 Jan 2027 07:59:59 GMT", 604_799),
    ("Fri, 22 Jan 2027 08:00:01 GMT", 604_800), ("Fri, 31 Dec 9999 23:59:59 GMT", 604_800), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("0", 0),
    ("00", 0),
  ])
  func `nobody waits longer than a week`(value: String, seconds: Int64) {
    #expect(RetryAfter.seconds(value, now: Instant(seconds: 1_800_000_000)) == seconds)
  }
}
