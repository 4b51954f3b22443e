import Foundation
import Net
import Postgres
import Testing

@testable import App

/// From which of its addresses a channel answers (RULES 6.19).
@Suite struct AliasTests {
  private func box() throws -> Mailbox {
    let box = try Mailbox()
    try box.site.owner.run(
      "UPDATE channels SET aliases = '{help@desk.example,Ajuda@desk.example}', acknowledge_when = 'always', acknowledge = 'It came.'")
    return box
  }

  struct Written: Sendable, CustomTestStringConvertible {
    let to: String
    var heads = ""
    let from: String
    var testDescription: String { to + " " + heads }
  }

  @Test(arguments: [
    Written(to: "support@desk.example", from: "support@desk.example"), Written(to: "Help <HELP@desk.example>", from: "help@desk.example"),
    Written(to: "help+order7@desk.example", from: "help@desk.example"), Written(to: "ajuda@desk.example", from: "Ajuda@desk.example"),
    Written(to: "bea@customer.example", heads: "Cc: help@desk.example\n", from: "help@desk.example"),
    Written(to: "help@desk.example, support@desk.example", from: "help@desk.example"),
    Written(to: "support@desk.example", heads: "Cc: help@desk.example\n", from: "support@desk.example"),
    Written(to: "undisclosed-recipients:;", from: "support@desk.example"),
    Written(to: "help@elsewhere.example", from: "support@desk.example"),
  ])
  func `An answer and an acknowledgement leave from the alias that the customer wrote to, in the envelope too`(_ written: Written) throws {
    let box = try box()
    let site = box.site
    let server = try Sink("smtp_sink.py")
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    try box.put(Mailbox.mail(to: written.to, heads: written.heads))
    for _ in 0..<3 { _ = try worker.runOnce { site.now } }
    let draft = try site.text("SELECT id::text FROM drafts WHERE state = 'pending'").unwrapped
    #expect(box.desk.approve(draft).status == 303)
    site.pass(seconds: 31)
    _ = try worker.runOnce { site.now }
    let kinds = try site.text("SELECT string_agg(kind || ' ' || sending, ', ' ORDER BY number) FROM messages WHERE direction = 'outbound'")
    #expect(kinds == "automatic sent, person sent")
    let heads = try server.messages().map { message in
      String(decoding: message, as: UTF8.self).components(separatedBy: "\r\n").first { $0.hasPrefix("From: ") }
    }
    #expect(heads == [String](repeating: "From: \"Support\" <\(written.from)>", count: 2))
    #expect(try server.log("stored").compactMap { $0["sender"] as? String } == [String](repeating: written.from, count: 2))
  }

  @Test func `The newest message says from which address; one that is the channel's no more is none`() throws {
    let box = try box()
    let id = try box.take(Mailbox.mail(to: "help@desk.example"))
    _ = try box.answer(id)
    #expect(
      try box.take(Mailbox.mail(to: "ajuda@desk.example", id: "a2@customer.example", answering: "<a1@customer.example>", "And now?")) == id)
    _ = try box.answer(id)
    try box.site.owner.run("UPDATE channels SET aliases = '{help@desk.example}'")
    #expect(
      try box.take(Mailbox.mail(to: "ajuda@desk.example", id: "a3@customer.example", answering: "<a2@customer.example>", "Hello?")) == id)
    _ = try box.answer(id)
    let senders = try box.site.text(
      "SELECT string_agg(from_address, ' ' ORDER BY number) FROM messages WHERE direction = 'outbound' AND kind = 'person'")
    #expect(senders == "help@desk.example Ajuda@desk.example support@desk.example")
  }
}
