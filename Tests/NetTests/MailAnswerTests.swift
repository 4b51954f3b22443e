import Domain
import Foundation
import Testing

@testable import Net

/// A mail that answers somebody's: whom it goes to, what it answers, and the files that go along, as other programs read them.
@Suite struct MailAnswerTests {
  private struct Reading: Decodable {
    struct Part: Decodable {
      let type: String
      let name: String?
      let file: String?
      let disposition: String?
      let bytes: String
    }
    let heads: [[String]]
    let cc: [[String]]
    let parts: [Part]
    let defects: [String]

    /// Both of Python's readers: names of files by the old one, which reads `name` and `filename` each as it stands.
    private static let script = """
      import sys, json, email, email.policy, email.header, email.utils, base64
      data = sys.stdin.buffer.read()
      new = email.message_from_bytes(data, policy=email.policy.default)
      old = email.message_from_bytes(data)
      plain = lambda v: None if v is None else email.utils.collapse_rfc2231_value(v) if isinstance(v, tuple) else \\
        str(email.header.make_header(email.header.decode_header(v.replace("\\n", ""))))
      defects = [repr(d) for p in new.walk() for d in p.defects] + [repr(d) for v in new.values() for d in v.defects]
      parts = [{"type": p.get_content_type(), "name": plain(p.get_param("name")), "file": plain(p.get_param("filename", header="content-disposition")),
                "disposition": p.get_content_disposition(), "bytes": base64.b64encode(p.get_payload(decode=True)).decode()}
               for p in old.walk() if not p.is_multipart()]
      cc = [[str(email.header.make_header(email.header.decode_header(n))), a] for n, a in email.utils.getaddresses(old.get_all("Cc", []))]
      print(json.dumps({"heads": [[k, str(v)] for k, v in new.items()], "cc": cc, "parts": parts, "defects": defects}))
      """

    init(_ mail: Mail) throws {
      self = try JSONDecoder().decode(Reading.self, from: Data(Sink.python(Self.script, mail.bytes()).utf8))
    }

    func head(_ name: String) -> String? { heads.first { $0[0] == name }?[1] }
  }

  private func mail(html: String? = "<p>now</p>") throws -> Mail {
    let from = Mail.Mailbox("Desk", try #require(MailAddress("desk@x.test")))
    return Mail(
      from: from, to: [Mail.Mailbox("Ana", try #require(MailAddress("ana@y.test")))], subject: "Re: hello", text: "now", html: html,
      messageID: try #require(MessageID("r1@heed.test")), date: Instant(seconds: 1_800_000_000))
  }

  private func lines(_ mail: Mail) throws -> [String] {
    String(decoding: try mail.bytes(), as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func severalAreNamed() throws {
    var mail = try mail()
    mail.to.append(Mail.Mailbox("Zoë\r\nBcc: x@y.test", try #require(MailAddress("zoe@y.test"))))
    mail.cc = [
      Mail.Mailbox("=?utf-8?q?a?=", try #require(MailAddress("b@y.test"))),
      Mail.Mailbox("C\u{2028}D", try #require(MailAddress("c@y.test"))),
    ]
    mail.replyTo = Mail.Mailbox("", try #require(MailAddress("answers@x.test")))
    let read = try Reading(mail)
    #expect(read.defects.isEmpty)
    #expect(read.cc == [["=?utf-8?q?a?=", "b@y.test"], ["C D", "c@y.test"]])
    #expect(read.head("Reply-To") == "answers@x.test" && read.head("Bcc") == nil)
    #expect(read.heads.map { $0[0] }.filter { $0 == "To" }.count == 1)
  }

  @Test func withoutRecipientsNoEmptyFieldsStand() throws {
    var mail = try mail()
    mail.to = []
    let read = try Reading(mail)
    #expect(!["To", "Cc", "Reply-To"].contains { read.head($0) != nil })
  }

  @Test func hugeNamesMakeLongHeadsOfShortLines() throws {
    var mail = try mail()
    mail.cc = [Mail.Mailbox(String(repeating: "漢\r\nX: y\u{2029}", count: 5_000), try #require(MailAddress("b@y.test")))]
    #expect(try lines(mail).allSatisfy { $0.utf8.count <= 78 } && !lines(mail).contains { $0.hasPrefix("X:") })
  }

  @Test func idsOfOtherProgramsAreNamedAsTheyNameThemselves() throws {
    var mail = try mail()
    let ids = ["<1@a.test>", "<17.[x]$@b..c>", "<\"q\"(c)@d>", "<a@b@c>", "<" + String(repeating: "x", count: 970) + "@y.test>"]
    mail.references = ids.compactMap { MessageID(foreign: $0) }
    mail.inReplyTo = MessageID(foreign: ids[4])
    let heads = try lines(mail).prefix { !$0.isEmpty }
    #expect(heads.contains("In-Reply-To: \(ids[4])"))
    let start = try #require(heads.firstIndex { $0.hasPrefix("References:") })
    let words = heads[start...].prefix { $0.hasPrefix("References:") || $0.hasPrefix(" ") }.joined().split(separator: " ").dropFirst()
    #expect(words.map(String.init) == ids)
    #expect(heads.allSatisfy { $0.utf8.count <= 998 })
  }

  @Test(arguments: [
    "", "a@b", "<>", "<@>", "<a@>", "<@b>", "<ab>", "<a b@c>", "<a@b", "a@b>", "<a@b>\r\nBcc: x@y.test", "<a\r\n@b>", "<a\t@b>", "<é@b>",
    "<a@b\u{2028}>", "<a@b>c>", "<<a@b>", "<a@b> <c@d>", "<\0@b>", "<\u{7F}@b>", "<" + String(repeating: "x", count: 977) + "@y>",
  ])
  func whatIsNoIDStaysOut(text: String) {
    #expect(MessageID(foreign: text) == nil)
  }

  @Test func onlyAutomaticMailSaysSo() throws {
    var mail = try mail()
    for (automatic, submitted, suppress) in [(nil, nil, nil), (.generated, "auto-generated", nil), (.replied, "auto-replied", "All")]
      as [(Mail.Automatic?, String?, String?)]
    {
      mail.automatic = automatic
      let read = try Reading(mail)
      #expect(read.head("Auto-Submitted") == submitted && read.head("X-Auto-Response-Suppress") == suppress)
      #expect(mail.isAutomatic == (automatic != nil))
    }
    mail.isAutomatic = true
    #expect(mail.automatic == .replied, "what is automatic stays of its kind")
    mail.isAutomatic = false
    #expect(mail.automatic == nil)
  }

  @Test func outlookFindsItsThread() throws {
    var mail = try mail()
    let theirs = [UInt8](repeating: 1, count: 22)
    mail.threadIndex = ThreadIndex(Data(theirs).base64EncodedString())
    mail.threadTopic = "Reclamação\r\nBcc: x@y.test"
    let read = try Reading(mail)
    let index = try #require(read.head("Thread-Index").flatMap { Data(base64Encoded: $0) })
    #expect(index.count == 27 && index.prefix(22) == Data(theirs))
    #expect(read.head("Thread-Topic") == "Reclamação Bcc: x@y.test" && read.head("Bcc") == nil)
    #expect(try mail.bytes() == mail.bytes())
    var other = mail
    other.messageID = try #require(MessageID("r2@heed.test"))
    #expect(try Reading(other).head("Thread-Index") != read.head("Thread-Index"))
    mail.threadTopic = " \r\n"
    mail.threadIndex = nil
    #expect(try Reading(mail).head("Thread-Topic") == nil && Reading(mail).head("Thread-Index") == nil)
  }

  @Test(arguments: ["Reply-To", "Thread-Index", "thread-topic", "X-Auto-Response-Suppress", "content-disposition"])
  func theseAreOursToo(name: String) throws {
    var mail = try mail()
    mail.extra = [HeaderField(name, "v")]
    #expect(throws: NetError.badHeader(name)) { try mail.bytes() }
  }

  @Test func aFurtherHeaderMayStandTwice() throws {
    var mail = try mail()
    mail.extra = [HeaderField("X-A", "1"), HeaderField("X-A", "2")]
    #expect(try Reading(mail).heads.filter { $0[0] == "X-A" }.map { $0[1] } == ["1", "2"])
  }

  // MARK: Files

  static let names: [(String, String)] = [
    ("bill.pdf", "bill.pdf"), ("my bill.pdf", "my bill.pdf"), ("Reclamação (1).pdf", "Reclamação (1).pdf"), ("漢字.txt", "漢字.txt"),
    ("a\"b\\c.pdf", "c.pdf"), ("../../etc/passwd", "passwd"), ("a\r\nBcc: x@y.test", "a Bcc x@y.test"),
    ("=?utf-8?B?YQ==?=.pdf", "=utf-8BYQ===.pdf"),
    ("a;b=c'd%20.pdf", "a;b=c'd%20.pdf"), (String(repeating: "é", count: 116) + ".pdf", String(repeating: "é", count: 116) + ".pdf"),
    (String(repeating: "x", count: 116) + ".pdf", String(repeating: "x", count: 116) + ".pdf"), ("😀.png", "😀.png"),
    ("two  blanks.txt", "two blanks.txt"),
  ]

  @Test(arguments: names) func namesOfFilesComeThrough(given: String, read: String) throws {
    var mail = try mail()
    mail.attachments = [Mail.Attachment(name: given, type: "application/pdf", bytes: [1, 2, 3])]
    let reading = try Reading(mail)
    let file = try #require(reading.parts.last)
    #expect(file.name.map { Array($0.utf8) } == Array(read.utf8) && file.file.map { Array($0.utf8) } == Array(read.utf8))
    #expect(file.type == "application/pdf" && file.disposition == "attachment")
    #expect(reading.head("Bcc") == nil && reading.parts.count == 3)
    #expect(try lines(mail).allSatisfy { $0.utf8.count <= 140 && $0.utf8.allSatisfy { $0 < 128 } })
    // And as we read them ourselves.
    let own = try MailReader.read(mail.bytes(), channel: MailChannel(addresses: []) { _ in false })
    #expect(own.attachments.map { Array($0.name.utf8) } == [Array(read.utf8)])
  }

  @Test(arguments: [nil, "<p>now</p>"]) func filesStandAfterTheText(html: String?) throws {
    var mail = try mail(html: html)
    let all = (0...255).map { UInt8($0) }
    mail.attachments = [
      Mail.Attachment(name: "", type: "image/png", bytes: all + all), Mail.Attachment(name: "empty.txt", type: "text/plain", bytes: []),
      Mail.Attachment(name: "line ends.txt", type: "text/plain", bytes: Array("a\r\nb\nc\r.\r\nFrom x\r\n--=_m".utf8)),
    ]
    let read = try Reading(mail)
    #expect(read.defects.isEmpty, "\(read.defects)")
    #expect(read.parts.map(\.type) == ["text/plain"] + (html == nil ? [] : ["text/html"]) + ["image/png", "text/plain", "text/plain"])
    let bytes = read.parts.suffix(3).map { Data(base64Encoded: $0.bytes).map { [UInt8]($0) } }
    #expect(bytes == mail.attachments.map(\.bytes))
    #expect(read.head("Content-Type")?.hasPrefix("multipart/mixed") == true)
    #expect(try mail.bytes() == mail.bytes())
    #expect(try lines(mail).allSatisfy { $0.utf8.count <= 78 })
  }

  @Test(arguments: [
    ("application/pdf", "application/pdf"), ("Image/PNG", "image/png"), ("", "application/octet-stream"),
    ("text", "application/octet-stream"),
    ("a/b/c", "application/octet-stream"), ("a/", "application/octet-stream"), ("text/html; charset=x", "application/octet-stream"),
    ("text/x\r\nBcc: y", "application/octet-stream"), ("message/rfc822", "application/octet-stream"),
    ("multipart/mixed", "application/octet-stream"), ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    ("é/x", "application/octet-stream"),
  ])
  func typesAreTokens(given: String, written: String) throws {
    #expect(AttachmentHead.kind(given) == written)
    var mail = try mail()
    mail.attachments = [Mail.Attachment(name: "x", type: given, bytes: [1])]
    #expect(try Reading(mail).parts.last?.type == written)
  }

  @Test func aLargeFileIsWrittenInTime() throws {
    var mail = try mail()
    mail.attachments = [Mail.Attachment(name: "x.bin", type: "application/zip", bytes: [UInt8](repeating: 0xA5, count: 8_000_000))]
    #expect(try mail.bytes().count > 8_000_000 * 4 / 3)
  }
}
