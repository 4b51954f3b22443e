import Foundation
import Glibc
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// A message that is the death of whichever worker takes it up: real processes, ended as the kernel ends them.
@Suite struct PoisonTests {
  private static let hostile = String(repeating: "- ", count: 4_096) + "x\n" + String(repeating: "\n", count: 8_190)

  @Test func oneThatKillsItsWorkersFailsAloneAndTheOthersArrive() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    site.now = try Instant(iso: "2026-11-21T21:30:00Z").unwrapped
    for number in 1...59 { _ = try ana.remind(nil, .low, title: "Number \(number).") }
    let poison = try ana.remind(nil, .low, title: "The poison")
    try site.owner.run("UPDATE reminders SET description = \(Self.hostile)")
    try site.owner.run("DELETE FROM reminder_texts")
    site.pass(hours: 1)
    _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)"))).runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held'") == 60)
    site.now = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped
    try sink.control("hangpoison")
    var kills = 0
    var worker = try WorkerProcess(site, sink)
    let end = Date(timeIntervalSinceNow: 240)
    while worker.isRunning, Date() < end {
      usleep(5_000)
      guard try sink.log("hanging").count > kills else { continue }
      kills += 1
      worker.kill()
      try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'")
      // Ten would be endless.
      if kills == 10 { break }
      worker = try WorkerProcess(site, sink)
    }
    let log = worker.log
    worker.kill()
    // Three times as one mail with the others, and no more than three times alone.
    #expect((4...6).contains(kills), "\(kills) \(log)")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 59, "\(log)")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'failed' AND reminder_id = \(poison)") == 1)
    #expect(log.contains("work.delivery_given_up"), "\(log)")
    let texts = try sink.messages().map { String(decoding: $0, as: UTF8.self) }
    #expect((1...59).allSatisfy { number in texts.contains { $0.contains("Number \(number).") } })
    #expect(!texts.contains { $0.contains("The poison") })
    let page = ana.get("/escalations/\(try ana.newest(poison).unwrapped.id.text)").text
    #expect(page.contains("failed: sending it was begun three times and came to no end"))
  }

  /// What is under suspicion is in a worker's hands alone: with another beside it, both would seem to blame, and both would fail.
  @Test func ofSeveralThatAWorkerDiedWithOneIsInHandsAtATime() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    func worker() throws -> Worker { try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)"))) }
    for number in 1...6 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    try sink.control("hang")
    /// How many were claimed by a worker that dies with all of them.
    func claimedByOneThatDies() throws -> Int {
      let before = try site.count("SELECT coalesce(sum(fence), 0) FROM outbox")
      var worker: Worker? = try worker()
      for _ in 1...8 {
        try worker?.cycle(site.now)
        _ = worker?.bench.outbound.transfers.wait(milliseconds: 50)
      }
      worker = nil
      try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'")
      return try site.count("SELECT sum(fence) FROM outbox") - before
    }
    // Taken over once together, since most deaths have nothing to do with what is in hands; from then on one by one.
    for claimed in [6, 6, 1] { #expect(try claimedByOneThatDies() == claimed) }
    try sink.control("")
    _ = try worker().runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 5)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'failed'") == 1)
  }

  /// And one that only hangs holds up nobody else's.
  @Test func oneThatHangsDoesNotKeepTheOthersWaiting() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let sink = try Sink("smtp_sink.py")
    try site.owner.run("UPDATE users SET email = 'hang@x.test', email_key = 'hang@x.test'")
    let other = try site.person("ok@x.test")
    for person in [ana, other] { _ = try person.remind(nil, .low) }
    site.pass(hours: 1)
    let first = try site.worker()
    try first.run("fire", at: site.now)
    // Two workers have died with both; the one that hangs is looked at first.
    try site.owner.run(
      """
      UPDATE outbox SET state = 'sending', lost = 1, fence = 2, attempts = 2,
        lease_until = clock_timestamp() - CASE WHEN user_id = \(other.user) THEN interval '1 second' ELSE interval '9 seconds' END
      """)
    var patience = SMTPPatience()
    patience.slow = 200
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", patience: patience)))
    let end = Date(timeIntervalSinceNow: 60)
    while try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 0, Date() < end {
      try worker.cycle(site.now)
      _ = worker.bench.outbound.transfers.wait(milliseconds: 50)
    }
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent' AND user_id = \(other.user)") == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sending' AND user_id = \(ana.user)") == 1)
  }
}
