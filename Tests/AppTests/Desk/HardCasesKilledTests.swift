import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Workers that are killed with an answer in hands: real processes, ended as the kernel ends them, at each step of a transfer.
@Suite struct HardCasesKilledTests {
  let site: Site
  let desk: Desk
  let server: Sink
  let draft: String

  /// An answer whose undo is over.
  init() throws {
    site = try Site()
    desk = try Desk(site)
    server = try Sink("smtp_sink.py")
    try desk.write("How long?")
    draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    site.pass(seconds: 31)
  }

  private func run() throws { _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)"))).runOnce { site.now } }

  private func sending() -> String? { desk.owner.get("/drafts/\(draft)").fact("sending") }

  /// The Message-IDs of what its server has stored; a long line may be folded.
  private func ids() throws -> [String] {
    try server.messages().compactMap { message in
      let lines = String(decoding: message, as: UTF8.self).replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n")
      let head = lines.first { $0.lowercased().hasPrefix("message-id:") }
      return head.map { $0.dropFirst("message-id:".count).trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What becomes of it after its worker was killed: nothing until the lease is over; what may have arrived is not sent again by itself, and by people
  /// under the same id.
  private func check(_ outcome: String, stored: Int) throws {
    #expect(sending() == "sending")
    try server.control("")
    try run()
    #expect(try server.messages().count == stored && sending() == "sending")
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE subject = 'answer'")
    for _ in 0..<2 { try run() }
    #expect(sending() == outcome)
    #expect(try server.messages().count == (outcome == "sent" ? 1 : stored))
    if outcome == "unknown" {
      #expect(desk.state(draft) == "failed")
      #expect(try site.count("SELECT count(*) FROM notifications WHERE words = 'unknown'") == 1)
      #expect(desk.owner.post("/drafts/\(draft)/retry").status == 303)
      try run()
    }
    #expect(sending() == "sent" && desk.state(draft) == "sent")
    let own = try site.text("SELECT message_id FROM messages WHERE direction = 'outbound'").unwrapped
    #expect(try ids() == [String](repeating: own, count: stored + 1))
    #expect(try site.count("SELECT count(*) FROM learning_samples") == 1)
  }

  @Test(arguments: [("hanggreeting", "connect", "sent"), ("hangrcpt", "rcpt", "sent"), ("hang", "hanging", "unknown")])
  func `Hard case 6: killed while its server is greeting, asked for a recipient, or has the text`(
    word: String, step: String, outcome: String
  )
    throws
  {
    try server.control(word)
    let worker = try WorkerProcess(site, server)
    let hasCome = try until { try !server.log(step).isEmpty }
    worker.kill()
    try #require(hasCome, "\(worker.log)")
    try check(outcome, stored: 0)
  }

  @Test func `Hard case 6: killed behind the 250, before its result is stored`() throws {
    let (lock, watcher) = (try site.connection("heed_owner"), try Connection(url: Cluster.shared.get().url()))
    var backend: Int?
    try server.control("held")
    let worker = try WorkerProcess(site, server)
    try #require(try until { try !server.log("held").isEmpty })
    try lock.transaction {
      // Whoever writes a result down locks the conversation first.
      _ = try lock.rows(Query<String>(column: "SELECT id::text FROM conversations FOR UPDATE"))
      try server.control("")
      let waiting: SQL =
        "SELECT pid FROM pg_stat_activity WHERE datname = \(site.name) AND usename = 'heed_work' AND wait_event_type = 'Lock'"
      _ = try until {
        backend = try watcher.value(waiting)
        return try backend != nil && !server.log("stored").isEmpty
      }
      worker.kill()
      try #require(backend != nil, "\(worker.log)")
    }
    #expect(try server.messages().count == 1)
    // What the server does for a client that is gone ends by itself.
    try #require(try until { try watcher.value("SELECT count(*) FROM pg_stat_activity WHERE pid = \(backend)", as: Int.self) == 0 })
    try check("unknown", stored: 1)
  }
}
