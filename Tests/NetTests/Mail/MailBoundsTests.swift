import Domain
import Testing

@testable import Net

/// No mail stops a mailbox (RULES 6.22): hostile ones end, in time that grows with their size alone. One that took the square of it would run into
/// the limit of the test run.
@Suite struct MailBoundsTests {
  /// A piece of text many times over.
  struct Hostile: Sendable, CustomTestStringConvertible {
    let piece: String
    let count: Int
    let end: String

    init(_ piece: String, _ count: Int, then end: String = "") { (self.piece, self.count, self.end) = (piece, count, end) }

    var text: String { String(repeating: piece, count: count) + end }
    var testDescription: String { "\(count) times \(piece)" }
  }

  private func fault(_ bytes: [UInt8]) -> IncomingMail.Fault? {
    do {
      _ = try incoming(bytes)
      return nil
    } catch {
      return error as? IncomingMail.Fault
    }
  }

  @Test func `what cannot be read says why`() {
    #expect(fault([]) == .empty)
    #expect(fault(Array(" \r\n\n\t".utf8)) == .empty)
    #expect(fault([UInt8](repeating: 0x61, count: IncomingMail.mostBytes + 1)) == .tooLarge)
    let lines = String(repeating: "--b\n\nx\n", count: 20_000)
    #expect(fault(mailBytes(lines, type: "multipart/mixed; boundary=b")) == .tooManyParts)
    let quoted = String(repeating: "-- b\n", count: 50_000)
    #expect(fault(mailBytes(quoted, type: "multipart/mixed; boundary=\" b\"")) == .tooManyParts)
    #expect(
      fault(mailBytes("--a\nContent-Type: multipart/mixed; Boundary = \"b\"\n\n" + lines, type: "multipart/mixed; boundary=a"))
        == .tooManyParts)
    #expect(fault(mailBytes(lines, type: "multipart/mixed; boundary*0=b")) == .tooManyParts)
  }

  @Test func `a long file with comments of SQL is no multitude of parts`() throws {
    let body = parts(
      "Content-Type: text/plain\n\nThe dump.",
      "Content-Type: text/plain; name=dump.sql\n\n" + String(repeating: "--\n-- Data\n", count: 50_000))
    let mail = try incoming(body, type: "multipart/mixed; boundary=b")
    #expect(mail.text == "The dump." && mail.attachments.map(\.name) == ["dump.sql"])
  }

  @Test func `Hard case 10: a mail of 40 MB is read`() throws {
    let file = "Content-Type: application/pdf; name=large.pdf\n\n" + String(repeating: "All work and no play.\n", count: 1_900_000)
    let bytes = mailBytes(parts("Content-Type: text/plain\n\nSee the file.", file), type: "multipart/mixed; boundary=b")
    #expect((39 * 1_048_576...IncomingMail.mostBytes).contains(bytes.count))
    let mail = try incoming(bytes)
    #expect(mail.text == "See the file." && mail.attachments.map(\.isKept) == [false])
    #expect(mail.attachments.first?.size == 22 * 1_900_000)
  }

  @Test func `a text of a megabyte is read whole`() throws {
    let text = String(repeating: "All work and no play makes Jack a dull boy.\n", count: 25_000)
    #expect(try incoming(text).text.utf8.count == text.utf8.count - 1)
  }

  @Test(arguments: [1, 10, 100, 1_000, 5_000])
  func `Hard case 10: parts in parts in parts`(_ depth: Int) throws {
    let open = (0..<depth).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }.joined()
    let mail = try incoming(open + "--b\(depth)\n\nThe core.\n", type: "multipart/mixed; boundary=b0")
    #expect(mail.subject.text == "Order 17")
    #expect(mail.text.contains("The core.") || depth > 1_000)
  }

  @Test(arguments: [
    Hostile("<div>", 20_000), .init("<b><i>", 10_000, then: String(repeating: "</p>", count: 20_000)),
    .init("<table><tr><td>x", 10_000),
    .init("<", 50_000), .init("&", 50_000), .init("<!--", 20_000), .init("<p style=\"", 10_000), .init("<script>", 10_000),
    .init("<a b='", 10_000), .init("<blockquote>x", 10_000), .init("</", 30_000), .init("<div hidden>", 10_000, then: "x"),
    .init("<a href=", 10_000), .init("<p style='display:none/*", 50_000),
  ])
  func `HTML that nobody wrote`(_ html: Hostile) throws {
    _ = try incoming(html.text, type: "text/html")
  }

  @Test(arguments: [
    Hostile(">", 50_000), .init("> \n", 50_000), .init("On 1/1/2027 x@y.example wrote:\n", 50_000), .init("From: x@y.example\n", 50_000),
    .init("From: a\nSent: b\n", 50_000), .init("-- \n", 50_000), .init(":\n", 50_000), .init("1:1 ", 50_000),
    .init("Sent from my \n", 50_000), .init("\n", 50_000), .init("5.", 50_000), .init("a b\n> c\n", 25_000),
    .init("1", 100_000, then: ":"),
    .init("----\n", 50_000), .init("-- \n\nx\n", 20_000), .init("On x@y.example\n", 40_000),
  ])
  func `text that nobody wrote`(_ body: Hostile) throws {
    let mail = try incoming(body.text, head: ["From: mailer-daemon@x.example"])
    let sections = mail.sections.map(\.text).joined(separator: "\n").utf8.filter { $0 > 0x20 }
    #expect(sections == body.text.utf8.filter { $0 > 0x20 }, "nothing is lost")
  }

  @Test(arguments: [
    Hostile("=?utf-8?Q?", 20_000), .init("=?a?b?=", 20_000), .init("a,", 100_000), .init("<", 100_000), .init("(", 100_000),
    .init("<a@b>", 20_000),
    .init(";a=b", 20_000), .init("x*0*=x;", 10_000), .init("Re: ", 20_000), .init("[a] ", 20_000), .init("a@", 50_000), .init("\"", 50_001),
    .init("a <b@c>, ", 20_000), .init("=?utf-8?B?YQ==?= ", 10_000),
  ])
  func `heads that nobody wrote`(_ value: Hostile) throws {
    let fields = ["Subject", "To", "References", "List-Id", "Auto-Submitted", "Date", "X-Odd", "Thread-Topic", "Content-ID"].map {
      "\($0): \(value.text)"
    }
    let mail = try incoming("words", head: fields + ["Content-Type: text/plain; \(value.text)"])
    #expect(mail.text == "words" && mail.people.to.count <= 1_000 && mail.references.count <= 1_000)
    _ = mail.subject.threadKey
  }

  @Test func `a head of many fields is read to its end`() throws {
    let mail = try incoming("words", head: [String(repeating: "X: y\n", count: 50_000) + "X: y"])
    #expect(mail.text == "words" && mail.subject.text == "Order 17")
  }

  @Test func `every mail that is cut anywhere is read`() throws {
    let body = parts(
      "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p style=3D\"x\">Ol=C3=A1<br>&amp;",
      "Content-Type: application/pdf; name*=utf-8''a%C3%A7.pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=",
      "Content-Type: message/rfc822\n\nSubject: x\n\ninner")
    let bytes = mailBytes(body, head: ["Subject: =?utf-8?B?UmVjbGFtYcOnw6Nv?="], type: "multipart/mixed; boundary=\"b\"")
    for end in 1...bytes.count {
      let mail = try incoming(Array(bytes[..<end]))
      #expect(mail.text.isEmpty == (mail.notice != nil))
    }
  }
}
