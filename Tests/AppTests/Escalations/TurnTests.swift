import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// People take turns, what is critical goes first.
@Suite struct TurnTests {
  private let site: Site
  private let ana: Browser
  private let bob: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    bob = try site.person("bob@x.test")
  }

  /// The recipients and titles in the order in which they arrived.
  private func arrived(_ sink: Sink) throws -> [String] {
    try sink.messages().map { message in
      let lines = String(decoding: message, as: UTF8.self).components(separatedBy: "\r\n")
      let to = lines.first { $0.hasPrefix("To:") }?.contains("bob") == true ? "bob" : "ana"
      let subject = lines.first { $0.hasPrefix("Subject:") }.map { String($0.dropFirst(9)) } ?? ""
      return to + " " + subject
    }
  }

  private func one(_ sink: Sink) throws -> Worker {
    try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 1)))
  }

  @Test func onePersonsHundredsDoNotHoldUpAnothersOne() throws {
    let sink = try Sink("smtp_sink.py")
    let worker = try one(sink)
    let due = site.now.advanced(hours: 1)
    for number in 1...120 { _ = try ana.remind(.once(at: due), .low, title: "Many \(number)") }
    _ = try bob.remind(.once(at: due.advanced(seconds: 2)), .low, title: "Alone")
    site.pass(hours: 1, seconds: 5)
    _ = try worker.runOnce { site.now }
    let mails = try arrived(sink)
    #expect(mails.count == 121)
    // As the second at the latest, though 120 have been due for longer; a worker's first look may have begun with Ana.
    #expect((mails.firstIndex(of: "bob Alone") ?? 121) <= 2)
  }

  @Test func whatIsCriticalLeavesBeforeThePersonsOthersAndThenTheOldest() throws {
    let sink = try Sink("smtp_sink.py")
    let worker = try one(sink)
    let due = site.now.advanced(hours: 1)
    for number in 1...6 { _ = try ana.remind(.once(at: due.advanced(seconds: number)), .low, title: "Low \(number)") }
    _ = try ana.remind(.once(at: due.advanced(seconds: 30)), .critical, title: "Fire")
    // The others have waited for longer when it comes.
    site.pass(hours: 1, seconds: 10)
    try worker.run("fire", at: site.now)
    site.pass(seconds: 20)
    _ = try worker.runOnce { site.now }
    let mails = try arrived(sink)
    #expect(mails.first == "ana Fire")
    #expect(mails.count == 7)
  }

  @Test func lettersTakeTurns() throws {
    let sink = try Sink("smtp_sink.py")
    let worker = try one(sink)
    for _ in 1...30 { try AccountMail.ask(.verification, for: ana.user, to: "ana@x.test", at: site.now, site.owner) }
    site.pass(seconds: 1)
    try AccountMail.ask(.reset, for: bob.user, to: "bob@x.test", at: site.now, site.owner)
    #expect(try worker.runOnce { site.now }.letters == 31)
    #expect((try arrived(sink).firstIndex { $0.hasPrefix("bob") } ?? 31) <= 2)
  }

  @Test func everybodyIsServedWhereverTheCircleBegins() throws {
    var people = [ana, bob]
    for number in 1...20 { people.append(try site.person("p\(number)@x.test")) }
    for _ in 1...3 { for person in people { _ = try person.remind(nil, .low) } }
    site.pass(hours: 1)
    #expect(try site.work().sent == 66)
  }

  @Test func theClaimIsFlatForALongQueue() throws {
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try site.work()
    let now = site.now
    // 100,000 rows: half of one person, half of a thousand others; as many again wait for the end of quiet hours.
    try site.owner.runAll([
      "SET statement_timeout = 0",  // Filling in takes as long as a busy machine needs.
      "ALTER TABLE outbox DROP CONSTRAINT outbox_escalation_fkey",
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, due_at, created_at)
      SELECT gen_random_uuid(), u, 'escalation', gen_random_uuid(), gen_random_uuid(), 1, 1, 0, 'email', 'user', u, s.state, s.due, \(now)
      FROM generate_series(1, 100000) n,
        LATERAL (SELECT CASE WHEN n % 2 = 0 THEN \(ana.user) ELSE md5((n % 1000)::text)::uuid END AS u) x,
        (VALUES ('pending', \(now)::timestamptz - interval '1 minute'), ('held', \(now)::timestamptz + interval '1 hour')) s(state, due)
      """,
      "ANALYZE outbox",
    ])
    let order = OutboxOrder(subject: .deliveries, after: ID(high: 1, low: 1), now: now, stalledUsers: [], late: [])
    for (sql, index) in [
      (order.rows(limit: 16), "outbox_by_turn"), (order.oldest(limit: 16), "outbox_due"),
      (order.lost(limit: 16), "outbox_leased"),
    ] {
      let lines: [String] = try site.owner.rows(Query(column: "EXPLAIN (ANALYZE, BUFFERS) \(sql)"))
      let plan = lines.joined(separator: "\n")
      #expect(plan.contains(index), "\(plan)")
      #expect(!plan.contains("Seq Scan on outbox"), "\(plan)")
      // Pages, not milliseconds: the same on a busy machine.
      let pages = lines.first { $0.contains("Buffers:") }.map { line in
        line.split { !$0.isNumber }.compactMap { Int($0) }.reduce(0, +)
      }
      #expect((pages ?? .max) < 4_000, "\(plan)")
    }
    let began = Date()
    let rows = try site.owner.rows(order.rows(limit: 16), into: OutboxCandidate.init)
    #expect(Set(rows.map(\.user)).count == 16)
    #expect(Date().timeIntervalSince(began) < 1)
  }

  @Test func whoComesBehindManyWhoseQuietHoursLastIsServedBeforeAnothersQueueEnds() throws {
    let sink = try Sink("smtp_sink.py")
    let worker = try one(sink)
    let last = try site.person("bob2@x.test", user: ID(high: .max, low: 1))
    let due = site.now.advanced(hours: 1)
    for number in 1...120 { _ = try ana.remind(.once(at: due), .low, title: "Many \(number)") }
    _ = try last.remind(.once(at: due.advanced(seconds: 2)), .low, title: "Alone")
    site.pass(hours: 1, seconds: 5)
    let later = site.now.advanced(hours: 5)
    try site.owner.runAll([
      "ALTER TABLE outbox DROP CONSTRAINT outbox_escalation_fkey",
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, due_at, created_at)
      SELECT gen_random_uuid(), u, 'escalation', gen_random_uuid(), gen_random_uuid(), 1, 1, 0, 'email', 'user', u, 'held', \(later), \(site.now)
      FROM generate_series(1, 400) n, LATERAL (SELECT overlay(md5(n::text) PLACING 'f0' FROM 1)::uuid AS u) x
      """,
    ])
    _ = try worker.runOnce { site.now }
    let mails = try arrived(sink)
    #expect(mails.count == 121)
    #expect((mails.firstIndex(of: "bob Alone") ?? 121) <= 40)
  }
}
