import Domain
import Testing

@testable import Net

/// Who or what wrote (RULES 6.15, 6.25).
@Suite struct MailKindTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let kind: MailKind
    let head: [String]
    let subject: String
    init(_ kind: MailKind, _ subject: String = "Order 17", _ head: String...) {
      (self.kind, self.subject, self.head) = (kind, subject, head)
    }
    var testDescription: String { "\(kind.rawValue): \(subject) \(head)" }
  }

  @Test(arguments: [
    Row(.person), .init(.person, "Re: Order 17", "Auto-Submitted: no"), .init(.person, "Order 17", "Auto-Submitted: NO (really)"),
    .init(.person, "Order 17", "X-Auto-Response-Suppress: All"), .init(.person, "My out of office reply does not work"),
    .init(.person, "Re: Automatic reply: Order 17"), .init(.person, "How do I set up an automatic reply?"),
    .init(.person, "Dúvida sobre resposta automática"), .init(.person, "You sent me the wrong order"),
    .init(.person, "Delivery delayed by a week?"),
    .init(.person, "Order 17", "Precedence: first-class"), .init(.person, "Order 17", "Return-Path: <dana@customers.example>"),
    .init(.person, "Order 17", "X-Autoreply: no"), .init(.person, "Message delivery question"),
    .init(.automatic, "Automatic reply: Order 17"), .init(.automatic, "Auto Reply: x"), .init(.automatic, "Out of Office: back on Monday"),
    .init(.automatic, "AUTOMATIC REPLY: Order 17"), .init(.automatic, "Resposta automática: Order 17"),
    .init(.automatic, "Resposta automatica: Order 17"), .init(.automatic, "Ausência temporária: Re: Order 17"),
    .init(.automatic, "Fora do escritório: Order 17"), .init(.automatic, "=?utf-8?Q?Resposta_autom=C3=A1tica:_Order?="),
    .init(.automatic, "Order 17", "Auto-Submitted: auto-replied"),
    .init(.automatic, "Order 17", "auto-submitted: auto-generated (rejected)"),
    .init(.automatic, "Order 17", "Auto-Submitted: auto-notified; owner-email=\"x@y.example\""),
    .init(.automatic, "Order 17", "Return-Path: <>"),
    .init(.automatic, "Order 17", "Precedence: auto_reply"), .init(.automatic, "Order 17", "Precedence: junk"),
    .init(.automatic, "Order 17", "X-Autoreply: yes"), .init(.automatic, "Order 17", "X-Autorespond: 1"),
    .init(.automatic, "Hello", "From: Postmaster <postmaster@isp.example>"), .init(.automatic, "Hello", "From: <>"),
    .init(.bounce, "Hello", "From: MAILER-DAEMON@isp.example"), .init(.bounce, "Undelivered Mail Returned to Sender"),
    .init(.bounce, "Mensagem não entregue: Order 17"), .init(.bounce, "Order 17", "X-Failed-Recipients: dana@customers.example"),
    .init(.bounce, "Delivery report", "From: postmaster@isp.example"), .init(.bounce, "Undeliverable: Order 17"),
    .init(.list, "[dev] patch", "List-Id: Development <dev.lists.example>"), .init(.list, "News", "Precedence: bulk"),
    .init(.list, "News", "Precedence: list", "List-Post: <mailto:dev@lists.example>"),
    .init(.person, "Order 17", "List-Id: <support.desk.example>", "Precedence: list"),
    .init(.person, "Order 17", "Precedence: list", "Mailing-list: list support@desk.example; contact support+owners@desk.example"),
    .init(.person, "Order 17", "List-Id: x <y.z.example>", "List-Post: <mailto:support@desk.example>"),
    .init(.list, "Order 17", "List-Id: <support.desk.example.other.example>"),
    .init(.list, "Order 17", "List-Id: <mysupport.desk.example>"),
    .init(.own, "Order 17", "From: Support <support@desk.example>"), .init(.own, "Order 17", "From: support+vip@desk.example"),
    .init(.own, "Order 17", "Message-ID: <x.key@desk.example>"),
    .init(.own, "Order 17", "From: web@desk.example", "Reply-To: support@desk.example"),
    .init(.person, "Order 17", "From: web@desk.example", "Reply-To: dana@customers.example"),
    .init(.person, "Order 17", "From: 'Dana' via Support <support@desk.example>", "X-Original-From: Dana <dana@customers.example>"),
  ])
  func `Hard case 12: a mail's kind is told by its head`(_ row: Row) throws {
    #expect(try incoming("words", head: row.head, subject: row.subject).kind == row.kind)
  }

  // MARK: - Bounces

  private func report(_ fields: String, returned: String, kind: String = "delivery-status") throws -> IncomingMail {
    try incoming(
      parts(
        "Content-Type: text/plain\n\nI could not deliver it.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\(fields)\n",
        "Content-Type: message/rfc822\n\nMessage-ID: \(returned)\nFrom: support@desk.example\nSubject: Order 17\n\nhello"),
      head: ["From: MAILER-DAEMON@mx.example"], subject: "Undelivered", type: "multipart/report; report-type=\(kind); boundary=b")
  }

  @Test func `Hard case 12: a failure with our keyed id marks the message that came back`() throws {
    let mail = try report(
      "Final-Recipient: rfc822; dana@customers.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n  User unknown",
      returned: "<17.key@desk.example>")
    let bounce = try #require(mail.bounce)
    #expect(mail.kind == .bounce && bounce.marksMessage && bounce.isOurs && bounce.action == .failed)
    #expect(bounce.status == "5.1.1" && bounce.recipient == "dana@customers.example" && bounce.returnedID == "<17.key@desk.example>")
    #expect(bounce.diagnostic == "smtp; 550 5.1.1 User unknown")
    #expect(mail.text == "I could not deliver it.")
  }

  @Test func `Hard case 12: a report that anybody could have written marks nothing`() throws {
    let mail = try report(
      "Final-Recipient: rfc822; dana@customers.example\nAction: failed\nStatus: 5.1.1", returned: "<guessed-17@desk.example>")
    let bounce = try #require(mail.bounce)
    #expect(!bounce.marksMessage && !bounce.isOurs && bounce.returnedID == "<guessed-17@desk.example>")
  }

  @Test(arguments: [
    ("Action: delayed\nStatus: 4.4.1", BounceReport.Action.delayed), ("Action: failed\nStatus: 4.4.7", .failed),
    ("Action: delivered\nStatus: 2.0.0", .delivered),
    ("Action: failed (too often)\nStatus: 4.0.0", .failed), ("Status: 5.0.0", .unknown),
  ])
  func `Hard case 12: what may still arrive marks nothing`(_ fields: String, action: BounceReport.Action) throws {
    let bounce = try #require(try report("Final-Recipient: rfc822; d@x.example\n\(fields)", returned: "<17.key@desk.example>").bounce)
    #expect(!bounce.marksMessage && bounce.action == action)
  }

  @Test func `of several recipients the one that failed counts`() throws {
    let fields =
      "Final-Recipient: rfc822; a@x.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 5.2.2"
    let bounce = try #require(try report(fields, returned: "<17.key@desk.example>").bounce)
    #expect(bounce.recipient == "b@x.example" && bounce.status == "5.2.2" && bounce.marksMessage)
  }

  @Test(
    arguments: [
      ("Action: failed\nStatus: 5.1.1", [], "", ""),
      ("Action: failed\nStatus: 5.1.1", [], "To: Dana <d@x.example>, e@x.example\n", "d@x.example"),
      ("Action: failed\nStatus: 5.1.1", ["X-Failed-Recipients: e@x.example"], "To: d@x.example\n", "e@x.example"),
      ("Final-Recipient: rfc822; f@x.example\nAction: failed", ["X-Failed-Recipients: e@x.example"], "To: d@x.example\n", "f@x.example"),
      ("Action: failed\nStatus: 5.1.1", ["X-Failed-Recipients: somebody"], "To: d@x.example\n", "d@x.example"),
    ] as [(String, [String], String, String)])
  func `Hard case 12: whom a report is about stands in its fields, its head, or that of what came back`(
    fields: String, head: [String], returned: String, recipient: String
  ) throws {
    let mail = try incoming(
      parts(
        "Content-Type: text/plain\n\nSorry.", "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\(fields)\n",
        "Content-Type: text/rfc822-headers\n\n\(returned)Message-ID: <17.key@desk.example>\n"),
      head: ["From: MAILER-DAEMON@mx.example"] + head, subject: "Undelivered",
      type: "multipart/report; report-type=delivery-status; boundary=b")
    #expect(mail.bounce?.recipient == recipient && mail.bounce?.isOurs == true)
  }

  @Test func `a report without parts says what it can`() throws {
    let body =
      "Hi. This is the qmail-send program.\n<d@x.example>:\n550 5.1.1 no such user\n\n--- Below this line\nMessage-ID: <17.key@desk.example>\n"
    let mail = try incoming(body, head: ["From: MAILER-DAEMON@mx.example"], subject: "failure notice")
    let bounce = try #require(mail.bounce)
    #expect(bounce.status == "5.1.1" && bounce.returnedID == "<17.key@desk.example>" && bounce.isOurs)
    // No field says that it failed for good: shown, and nothing is marked.
    #expect(bounce.action == .unknown && !bounce.marksMessage)
  }

  @Test(arguments: ["disposition-notification", "feedback-report"])
  func `Hard case 12: receipts and complaints are automatic, no bounces`(_ kind: String) throws {
    let mail = try incoming(
      parts("Content-Type: text/plain\n\nIt was read.", "Content-Type: message/\(kind)\n\nDisposition: manual; displayed\n"),
      subject: "Read: Order 17", type: "multipart/report; report-type=\(kind); boundary=b")
    #expect(mail.kind == .automatic && mail.bounce == nil && mail.attachments.isEmpty)
  }

  @Test func `a report that holds no words for people is shown itself`() throws {
    let mail = try incoming(
      parts("Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; d@x.example\nAction: failed\n"),
      head: ["From: postmaster@mx.example"], type: "multipart/report; report-type=delivery-status; boundary=b")
    #expect(mail.kind == .bounce && mail.text.contains("Action: failed") && mail.notice == nil)
  }
}
