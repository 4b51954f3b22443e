import Foundation
import Net
import Testing

@testable import App
@testable import Domain

/// What travelled in a mail with others tells its end as the mail itself does.
@Suite struct CarriedTests {
  let site: Site
  let ana: Browser
  let server: Sink
  let worker: Worker

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    server = try Sink("smtp_sink.py")
    worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    site.now = try Instant(iso: "2026-11-21T12:00:00Z").unwrapped
  }

  /// Three reminders that quiet hours held, let go as one mail to a server that does what the word says.
  private func digest(_ word: String) throws -> [ID<Reminder>] {
    let from = Int(site.now.seconds % 86_400)
    try site.owner.run("UPDATE users SET quiet_from = \(from + 300), quiet_until = \(from + 1_800)")
    let ids = try (0..<3).map { _ in try ana.remind(.once(at: site.now.advanced(minutes: 10)), .low) }
    site.pass(minutes: 10)
    _ = try worker.runOnce { site.now }
    try server.control(word)
    site.pass(minutes: 30)
    _ = try worker.runOnce { site.now }
    return ids
  }

  @Test func `a refused mail is why each of them failed`() throws {
    let ids = try digest("reject554")
    #expect(try site.deliveries() == Array(repeating: "1 failed 554", count: 3))
    for id in ids {
      let page = ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text
      #expect(page.contains("failed: 554 5.6.0 the message is refused") && !page.contains("failed: with others"))
    }
  }

  @Test func `a refused mail is one refusal of its address, two switch it off`() throws {
    let muted = { try site.count("SELECT count(*) FROM muted_addresses") }
    for id in try digest("refuse550") { try ana.desk(id) { try $0.complete() } }
    #expect(try site.deliveries() == Array(repeating: "1 failed refused", count: 3))
    #expect(try muted() == 0)
    _ = try digest("refuse550")
    #expect(try muted() == 1)
  }

  /// On a clock that stands still, all of a failed attempt is of one moment.
  @Test func `a message is being sent before it waits again`() throws {
    try server.control("busy452")
    let ids = try (0..<8).map { _ in try ana.remind(nil, .low) }
    site.pass(hours: 1)
    _ = try worker.runOnce { site.now }
    for id in ids {
      let page = ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text
      let begun = try page.range(of: "being sent").unwrapped
      #expect(try begun.lowerBound < page.range(of: "452 4.2.2 mailbox full").unwrapped.lowerBound)
    }
  }
}
