import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What a mail server may do to an answer, what people do then, and workers that die.
@Suite struct HardCasesSendingTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func worker(_ server: Sink, connections: Int = 4) throws -> Worker {
    try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)", connections: connections)))
  }

  private func run(_ server: Sink) throws { _ = try worker(server).runOnce { site.now } }

  /// An answer whose undo is over.
  private func approved() throws -> String {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    site.pass(seconds: 31)
    return draft
  }

  private func sending(_ draft: String) -> String? { desk.owner.get("/drafts/\(draft)").fact("sending") }

  /// The state of the only conversation.
  private func conversation() throws -> String? { try site.text("SELECT state FROM conversations") }

  /// The ids of the messages that a server has stored.
  private func ids(_ server: Sink) throws -> [String] {
    try server.messages().compactMap { message in
      // A long line may be folded.
      let whole = String(decoding: message, as: UTF8.self).replacingOccurrences(of: "\r\n ", with: " ")
      let head = whole.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
      return head.map { $0.dropFirst("message-id:".count).trimmingCharacters(in: .whitespaces) }
    }
  }

  private func ownID() throws -> String { try site.text("SELECT message_id FROM messages WHERE direction = 'outbound'").unwrapped }

  // MARK: - 5

  struct End: Sendable, CustomTestStringConvertible {
    /// What the server does.
    let word: String
    let sending: String
    let draft: String
    let conversation: String
    /// How many it has, and how many once it is well again.
    let stored: (Int, Int)
    var testDescription: String { word }
  }

  @Test(arguments: [
    End(word: "closestored", sending: "sent", draft: "sent", conversation: "waiting", stored: (1, 1)),
    End(word: "dropstored", sending: "unknown", draft: "failed", conversation: "open", stored: (1, 1)),
    End(word: "drop", sending: "unknown", draft: "failed", conversation: "open", stored: (0, 0)),
    End(word: "dropdata", sending: "queued", draft: "approved", conversation: "open", stored: (0, 1)),
    End(word: "defer451", sending: "queued", draft: "approved", conversation: "open", stored: (0, 1)),
    End(word: "busy452", sending: "queued", draft: "approved", conversation: "open", stored: (0, 1)),
    End(word: "refuse552", sending: "failed", draft: "failed", conversation: "open", stored: (0, 0)),
    End(word: "reject554", sending: "failed", draft: "failed", conversation: "open", stored: (0, 0)),
  ])
  func `Hard case 5: an answer is sent, unknown, tried again or failed, as its server ends`(_ end: End) throws {
    let server = try Sink("smtp_sink.py")
    try server.control(end.word)
    let draft = try approved()
    try run(server)
    #expect(sending(draft) == end.sending && desk.state(draft) == end.draft)
    #expect(try conversation() == end.conversation)
    #expect(try server.messages().count == end.stored.0)
    let isTold = end.draft == "failed"
    #expect(try site.count("SELECT count(*) FROM notifications WHERE kind = 'send_failed' AND words = \(end.sending)") == (isTold ? 1 : 0))
    #expect((desk.owner.get("/drafts/\(draft)").form("/drafts/\(draft)/retry") != nil) == isTold)
    try server.control("")
    site.pass(minutes: 3)
    try run(server)
    #expect(try ids(server) == [String](repeating: ownID(), count: end.stored.1))
    #expect(sending(draft) == (end.sending == "queued" ? "sent" : end.sending))
  }

  @Test(arguments: [
    ("closestored", "It was sent today ", true), ("defer451", "it is being handed over.", false),
    ("dropstored", "it is being handed over.", false),
  ])
  func `Hard case 4: what cannot be taken back any more was sent only where a server has it`(word: String, told: String, isSent: Bool)
    throws
  {
    let server = try Sink("smtp_sink.py")
    try server.control(word)
    let draft = try approved()
    try run(server)
    let page = desk.owner.post("/drafts/\(draft)/undo")
    #expect(page.status == 409 && page.fact("conflict") == "sent")
    #expect(page.text.contains(told) && page.text.contains("It was sent today ") == isSent)
  }

  @Test func `Hard case 5: a server that closes in the middle of ten gets the rest with another try, each once`() throws {
    let all = try desk.waiting(10) { $0 == 4 ? "close421" : "h\($0)" }
    for waiting in all { #expect(desk.approve(waiting.draft).status == 303) }
    site.pass(seconds: 31)
    let server = try Sink("smtp_sink.py")
    _ = try worker(server, connections: 1).runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'sent'") == server.messages().count)
    let closed = try all.first { $0.conversation == "close421" }.unwrapped
    #expect(sending(closed.draft) == "queued")
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending IN ('failed', 'unknown')") == 0)
    try server.control("ok")
    for _ in 0..<5 {
      site.pass(minutes: 3)
      try run(server)
    }
    let got = try server.log("stored").flatMap { $0["to"] as? [String] ?? [] }
    #expect(got.sorted() == all.map(\.email).sorted())
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'sent'") == 10)
  }

  @Test func `Hard case 5: what a server that is away for a day did not get has failed, is told, and leaves by a Retry`() throws {
    let draft = try approved()
    for hour in 0...25 {
      #expect(sending(draft) == (hour == 0 ? "waiting" : hour <= 24 ? "queued" : "failed"), "\(hour)")
      // A port that nobody listens on.
      _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:1"))).runOnce { site.now }
      site.pass(hours: 1)
    }
    #expect(desk.state(draft) == "failed")
    #expect(try conversation() == "open")
    #expect(try site.text("SELECT string_agg(words, ', ' ORDER BY at) FROM notifications WHERE kind = 'send_failed'") == "deferred, failed")
    #expect(desk.owner.get("/drafts?state=attention").text.contains("data-draft=\"\(draft)\""))
    let server = try Sink("smtp_sink.py")
    #expect(desk.owner.post("/drafts/\(draft)/retry").status == 303)
    try run(server)
    #expect(desk.state(draft) == "sent")
    #expect(try conversation() == "waiting")
    #expect(try ids(server) == [ownID()])
  }

  // MARK: - 6

  @Test func `Hard case 6: Retry, Change recipient and Edit make another attempt each of what failed, none of what was sent`() throws {
    let all = try desk.waiting(3)
    for waiting in all { #expect(desk.approve(waiting.draft).status == 303) }
    site.pass(seconds: 31)
    let server = try Sink("smtp_sink.py")
    try server.control("refuse552")
    try run(server)
    for waiting in all { #expect(sending(waiting.draft) == "failed") }
    try server.control("")
    let paths = all.map { "/drafts/\($0.draft)" }
    #expect(desk.owner.post(paths[0] + "/retry").status == 303)
    #expect(desk.owner.post(paths[1] + "/retry", ["to": "other@customer.example"]).status == 303)
    #expect(desk.owner.post(paths[2] + "/undo").status == 303)
    #expect(desk.state(all[2].draft) == "pending")
    #expect(desk.approve(all[2].draft, "Another text.", nonce: "again").status == 303)
    site.pass(seconds: 31)
    try run(server)
    let got = try server.log("stored").flatMap { $0["to"] as? [String] ?? [] }
    #expect(got.sorted() == [all[0].email, all[2].email, "other@customer.example"].sorted())
    #expect(try server.messages().count { String(decoding: $0, as: UTF8.self).contains("Another text.") } == 1)
    #expect(try Set(ids(server)).count == 3)
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'sent' AND attempts = 2") == 2)
    for (waiting, path) in zip(all, paths) {
      #expect(desk.state(waiting.draft) == "sent")
      let refused = desk.owner.post(path + "/retry")
      #expect(refused.status == 409 && refused.fact("conflict") == "sent")
    }
    site.pass(minutes: 5)
    try run(server)
    #expect(try server.messages().count == 3)
  }

  @Test(arguments: [("hanggreeting", "connect", "sent"), ("hangrcpt", "rcpt", "sent"), ("hang", "hanging", "unknown")])
  func `Hard case 6: of a worker that is killed nothing leaves twice without the same id`(word: String, step: String, outcome: String)
    throws
  {
    let draft = try approved()
    let server = try Sink("smtp_sink.py")
    try server.control(word)
    try die(server, at: step)
    #expect(sending(draft) == "sending")
    try server.control("")
    // It is another's once the lease is over, and not before.
    try run(server)
    #expect(try server.messages().isEmpty)
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE subject = 'answer'")
    try run(server)
    #expect(sending(draft) == outcome)
    #expect(try server.messages().count == (outcome == "sent" ? 1 : 0))
    if outcome == "unknown" {
      #expect(desk.state(draft) == "failed")
      #expect(desk.owner.post("/drafts/\(draft)/retry").status == 303)
      try run(server)
    }
    #expect(sending(draft) == "sent")
    #expect(try ids(server) == [ownID()])
  }

  @Test func `Hard case 6: what its server took without a word and somebody sends again has the same id`() throws {
    let draft = try approved()
    let server = try Sink("smtp_sink.py")
    try server.control("dropstored")
    try run(server)
    #expect(sending(draft) == "unknown")
    try server.control("")
    #expect(desk.owner.post("/drafts/\(draft)/retry").status == 303)
    #expect(desk.owner.post("/drafts/\(draft)/retry").status == 409)
    try run(server)
    #expect(sending(draft) == "sent")
    #expect(try ids(server) == [String](repeating: ownID(), count: 2))
  }

  @Test func `Hard case 5: where somebody closed the conversation before its answer failed, the customer waits again`() throws {
    _ = try approved()
    let id = try site.text("SELECT id::text FROM conversations").unwrapped
    #expect(desk.owner.post("/conversations/\(id)/closure").status == 303)
    let server = try Sink("smtp_sink.py")
    try server.control("refuse552")
    try run(server)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE state = 'open' AND waiting_since IS NOT NULL") == 1)
  }

  @Test func `Hard case 6: a Retry does not leave over what the customer wrote since`() throws {
    let draft = try approved()
    let server = try Sink("smtp_sink.py")
    try server.control("refuse552")
    try run(server)
    #expect(sending(draft) == "failed")
    try server.control("")
    try desk.write("Any news?")
    #expect(desk.owner.post("/drafts/\(draft)/retry").status == 303)
    try run(server)
    #expect(sending(draft) == "held")
    #expect(try server.messages().isEmpty)
  }

  @Test func `Hard case 2: what was kept back and confirmed leaves once, also when both its places in the outbox are due at once`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    try desk.write("To Norway, I mean.")
    let (form, page) = ("/drafts/\(draft)/confirmation", desk.owner.get("/drafts/\(draft)"))
    let fields: KeyValuePairs = [
      "version": page.field("version", ofForm: form) ?? "", "seen": page.field("seen", ofForm: form) ?? "",
    ]
    #expect(desk.owner.post(form, fields).status == 303)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'answer' AND state = 'pending'") == 2)
    site.pass(seconds: 31)
    let server = try Sink("smtp_sink.py")
    try run(server)
    try run(server)
    #expect(try server.messages().count == 1)
    #expect(sending(draft) == "sent")
  }

  /// A worker that ends once its server has come so far.
  private func die(_ server: Sink, at step: String) throws {
    let worker = try worker(server)
    try #require(
      try until {
        try worker.cycle(site.now)
        _ = worker.bench.outbound.transfers.wait(milliseconds: 20)
        return try !server.log(step).isEmpty
      })
  }
}
