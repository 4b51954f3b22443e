import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Line breaks and encoded words wherever somebody writes what a head of a mail is made of. Another program reads what left.
@Suite struct HardCasesHeadTests {
  /// What another program finds in a mail.
  private struct Reading: Decodable {
    /// Names of the heads of all parts, in small letters.
    let heads: [String]
    let subject: String
    /// The name of whoever sent it.
    let from: String
    let topic: String
    let defects: [String]

    static let script = """
      import sys, json, email, email.utils
      from email.header import decode_header, make_header
      mail = email.message_from_bytes(sys.stdin.buffer.read())
      flat = lambda v: (v or "").replace("\\r\\n", "").replace("\\n", "")
      plain = lambda v: str(make_header(decode_header(flat(v))))
      heads = [k.lower() for p in mail.walk() for k in p.keys()]
      sender = plain(email.utils.getaddresses([flat(mail["From"])])[0][0])
      defects = [repr(d) for p in mail.walk() for d in p.defects]
      print(json.dumps({"heads": heads, "subject": plain(mail["Subject"]), "from": sender, "topic": plain(mail["Thread-Topic"]), "defects": defects}))
      """

    /// Heads that an answer may have.
    static let known: Set<String> = [
      "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "thread-index", "thread-topic", "mime-version",
      "content-type", "content-transfer-encoding", "content-disposition",
    ]
  }

  /// Ends a head and begins two others.
  private static let order = "\r\nBcc: eve@evil.example\r\nX-Odd: 1"
  /// Does so once it is decoded, and a second time where it is decoded twice.
  private static let encoded = "=?utf-8?q?Hi=0D=0ABcc:_eve@evil.example?="

  /// The only answer whose undo is over leaves: as another program reads it, and whom its server was told.
  private func sent(_ site: Site, _ server: Sink) throws -> (mail: Reading, to: [String]) {
    site.pass(seconds: 31)
    let before = try server.messages().count
    _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)"))).runOnce { site.now }
    let messages = try server.messages()
    try #require(messages.count == before + 1)
    let mail = try JSONDecoder().decode(Reading.self, from: Data(Sink.python(Reading.script, messages[before]).utf8))
    return (mail, try server.log("stored").last?["to"] as? [String] ?? [])
  }

  // MARK: - What strangers write

  private struct Odd {
    let place: String
    var from = "Ana Souza <ana@customer.example>"
    var subject = "Delivery"
    var heads = ""
    var copies: [String] = []
    var said = "Re: Delivery"
    var topic = ""
  }

  private static let odd = [
    Odd(place: "a name", from: "=?utf-8?q?Ana=0D=0ABcc:_eve@evil.example?= <ana@customer.example>"),
    Odd(place: "a quoted name", from: "\"Ana =?utf-8?q?=0D=0ABcc:_eve@evil.example?=\" <ana@customer.example>"),
    Odd(place: "a subject", subject: encoded, said: "Re: Hi Bcc: eve@evil.example"),
    Odd(
      place: "a subject in a subject", subject: "=?utf-8?q?=3D=3Futf-8=3Fq=3FHi=3D0D=3D0ABcc:=5Feve@evil.example=3F=3D?=",
      said: "Re: " + encoded),
    Odd(
      place: "a topic",
      heads: "Thread-Index: AdGHYcRtTjVxZMLzQmSd4d6mqcGkdw==\nThread-Topic: =?utf-8?b?RGVsaXZlcnkNCkJjYzogZXZlQGV2aWwuZXhhbXBsZQ==?=\n",
      topic: "Delivery Bcc: eve@evil.example"),
    Odd(place: "a reply address", heads: "Reply-To: =?utf-8?q?Ana=0D=0ABcc:_eve@evil.example?= <ana@customer.example>\n"),
    Odd(
      place: "a copy", heads: "Cc: =?utf-8?q?Dave=0D=0ABcc:_eve@evil.example?= <dave@customer.example>\n",
      copies: ["dave@customer.example"]),
    Odd(place: "references", heads: "References: <a@x.example> \(encoded) <b@x.example>\n"),
  ]

  @Test func `Bad input: nothing that a stranger writes begins a head of the answer`() throws {
    let server = try Sink("smtp_sink.py")
    for odd in Self.odd {
      let box = try Mailbox()
      let id = try box.take(Mailbox.mail(from: odd.from, subject: odd.subject, heads: odd.heads))
      let draft = try box.desk.draft(id)
      #expect(box.desk.approve(draft).status == 303, "\(odd.place)")
      let (mail, to) = try sent(box.site, server)
      #expect(Set(mail.heads).subtracting(Reading.known).isEmpty && mail.defects.isEmpty, "\(odd.place): \(mail.heads)")
      #expect(to.sorted() == ["ana@customer.example"] + odd.copies, "\(odd.place)")
      #expect(mail.subject == odd.said && mail.topic == odd.topic && mail.from == "Support", "\(odd.place): \(mail.subject)")
    }
  }

  // MARK: - What we write

  @Test func `Bad input: neither the name of a channel nor that of a file nor a subject of ours begins a head`() throws {
    let (box, server) = (try Mailbox(), try Sink("smtp_sink.py"))
    for (name, shown) in [("Shop" + Self.order, "Shop Bcc: eve@evil.example X-Odd: 1"), (Self.encoded, Self.encoded)] {
      try box.site.owner.run("UPDATE channels SET name = \(name)")
      let made = box.desk.send(
        "/conversations",
        ["channel": box.desk.channel.text, "to": "ana@customer.example", "subject": Self.encoded, "text": "It is ready.", "nonce": shown],
        files: [(name: "a.pdf", type: "application/pdf", text: "x")])
      #expect(made.status == 303, "\(made.complaints)")
      try box.site.owner.run("UPDATE attachments SET name = \("a" + Self.order + ".pdf")")
      let (mail, to) = try sent(box.site, server)
      #expect(Set(mail.heads).subtracting(Reading.known).isEmpty && mail.defects.isEmpty, "\(mail.heads)")
      #expect(mail.heads.contains("content-disposition") && to == ["ana@customer.example"])
      #expect(mail.subject == Self.encoded && mail.from == shown, "\(mail.subject), \(mail.from)")
    }
    let refused = box.desk.owner.post(
      "/conversations", ["channel": box.desk.channel.text, "to": "ana@customer.example", "subject": "Hi" + Self.order, "text": "Ready."])
    #expect(refused.status == 422 && refused.complaints == ["subject"])
  }

  // MARK: - Whom we write to

  private static let recipients = [
    "ana@customer.example" + order, "ana@customer.example\r\n", "\nana@customer.example", "ana@customer.example\rbia@customer.example",
    "ana@customer.example,\r\nbia@customer.example", "ana@customer.example\u{0B}", "=?utf-8?q?ana?=@customer.example",
    "=?utf-8?b?YW5h?= <ana@customer.example>", "Ana <ana@customer.example>", "ana", "@customer.example", "ana@@customer.example",
    "ana@customer.example;bia@customer.example", "ana@customer.example bia@customer.example",
  ]

  @Test func `Bad input: line breaks, encoded words and what is no address are said beside the field, and nobody gets anything`() throws {
    let box = try Mailbox()
    let (desk, owner) = (box.desk, box.desk.owner)
    let id = try box.take(Mailbox.mail())
    let draft = try desk.draft(id)
    let form = desk.fields(draft)
    for address in Self.recipients {
      for (field, other) in [("to", "cc"), ("cc", "to")] {
        let fields: KeyValuePairs = [
          "version": form.version, "seen": form.seen, "channel": desk.channel.text, "subject": "Delivery", "text": "Two days.",
          field: address, other: other == "to" ? "ana@customer.example" : "",
        ]
        for path in ["/drafts/\(draft)/approval", "/conversations/\(id)/reply", "/conversations"] {
          let refused = owner.post(path, fields)
          #expect(refused.status == 422 && refused.complaints == [field], "\(path) \(field) \(address)")
          #expect(refused.area("text") == "Two days.")
        }
      }
    }
    #expect(try box.site.count("SELECT count(*) FROM messages WHERE direction = 'outbound'") == 0)
    #expect(desk.state(draft) == "pending")
  }
}
