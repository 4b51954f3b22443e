import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Weekly mails by the hundred: claimed together, sent as fast as the server takes them, and in nobody's way.
@Suite struct WeeklyManyTests {
  private let site: Site
  private let sink: Sink

  init() throws {
    site = try Site()
    sink = try Sink("smtp_sink.py")
    site.now = try Instant(iso: "2027-01-11T12:00:00Z").unwrapped
  }

  /// So many people with a habit each, whose week has ended.
  private func crowd(_ count: Int) throws {
    let began = site.now.advanced(hours: -24 * 9)
    let numbers: SQL = "FROM generate_series(1, \(count)) n"
    try site.owner.runAll([
      "INSERT INTO accounts SELECT md5('account ' || n)::uuid, 'A', \(began) \(numbers)",
      """
      INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start, default_time,
        created_at, updated_at)
      SELECT md5('user ' || n)::uuid, md5('account ' || n)::uuid, 'owner', 'ok+' || n || '@x.test', 'ok+' || n || '@x.test', \(began), 'none',
        'P' || n, 'UTC', 'en', 1, 0, \(began), \(began) \(numbers)
      """,
      """
      INSERT INTO habits (id, user_id, name, description, status, kind, unit, step, colour, habit_group, position, created_on, created_at, updated_at)
      SELECT md5('habit ' || n)::uuid, md5('user ' || n)::uuid, 'Read', '', 'active', 'tick', '', 1000, 1, '', 1, '2027-01-02', \(began), \(began)
      \(numbers)
      """,
    ])
  }

  private func worker(_ db: Connection? = nil, connections: Int = 16) throws -> Worker {
    try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: connections)), db)
  }

  private func count(_ which: SQL) throws -> Int { try site.count("SELECT count(*) FROM outbox WHERE subject = 'week' AND \(which)") }

  @Test func `hundreds leave, one each, and nothing is read again and again to find them`() throws {
    var options = ConnectionOptions()
    options.scansTables = false
    let db = try Connection(url: site.url("heed_work"), options: options)
    let worker = try worker(db)
    // With plans of a time when there was nothing.
    for _ in 0..<8 { _ = try worker.runOnce { site.now } }
    try crowd(600)
    func read() throws -> Int {
      try db.run("SELECT pg_stat_force_next_flush()")
      try db.run("SELECT 1")
      return try site.count("SELECT sum(idx_tup_read)::bigint FROM pg_stat_all_indexes WHERE relname = 'outbox'")
    }
    let before = try read()
    #expect(try worker.runOnce { site.now }["reviews"] == 600)
    let entries = try read() - before
    #expect(try count("state = 'sent' AND attempts = 1 AND lost = 0") == 600)
    #expect(try sink.messages().count == 600)
    #expect(entries < 60_000, "\(entries) entries of the outbox's indexes were read for 600 mails")
    #expect(site.workLogged.isEmpty)
  }

  @Test func `a claim that is given back waits for anybody, also of what a worker died with`() throws {
    try crowd(2)
    let worker = try worker()
    try worker.run("weeks", at: site.now)
    // One worker died with the first; another has both in hands now, and no room for them.
    try site.owner.run(
      """
      UPDATE outbox SET state = 'sending', fence = 1, attempts = 1, lease_until = \(site.now)
      WHERE id = (SELECT id FROM outbox WHERE subject = 'week' ORDER BY id LIMIT 1)
      """)
    let messages = try site.owner.rows(
      Query("SELECT \(OutboxMessage.columns) FROM outbox d WHERE d.subject = 'week' ORDER BY d.id", into: OutboxMessage.init))
    #expect(messages.map(\.state) == [.sending, .pending])
    try site.owner.run(
      """
      UPDATE outbox SET state = 'sending', fence = fence + 1, attempts = attempts + 1, lease_until = clock_timestamp() + interval '60 s'
      WHERE subject = 'week'
      """)
    #expect(try site.connection("heed_work").rows(Outbox.givingBack(messages)).count == 2)
    #expect(try count("state = 'pending' AND lease_until IS NULL AND attempts IN (0, 1)") == 2)
    #expect(try worker.runOnce { site.now }["reviews"] == 2)
  }

  @Test func `what a slow server does not take at once is given back, and somebody else's reminder is not behind it`() throws {
    try crowd(60)
    let worker = try worker()
    try worker.run("weeks", at: site.now)
    try sink.control("slow")
    // Each claims more than the last one, as long as they go fast.
    for _ in 0..<4 { try worker.run("reviews", at: site.now) }
    let begun = try count("state IN ('sending', 'sent')")
    let outbound = worker.bench.outbound
    #expect(begun > 0 && outbound.transfers.underway.count <= 12 && outbound.capacity >= 4, "four places are others'")
    #expect(try count("state = 'pending' AND attempts = 0 AND lost = 0 AND lease_until IS NULL") == 60 - begun)
    #expect(try count("fence > 0 AND attempts = 0") > 0, "some were claimed and given back")
    // Switched off meanwhile: those that were given back are decided anew.
    let back = try site.count("SELECT count(DISTINCT user_id) FROM outbox WHERE state = 'pending'")
    try site.owner.run("UPDATE users SET weekly_mail = false WHERE id IN (SELECT user_id FROM outbox WHERE state = 'pending')")
    try sink.control("")
    _ = try worker.runOnce { site.now }
    #expect(try count("state = 'sent' AND attempts = 1") == begun && count("state = 'cancelled' AND reason = 'switched_off'") == back)
    #expect(try sink.messages().count == begun && begun + back == 60)
  }

  @Test func `a server that was away gets them when it is back, without anybody else's mail to find it`() throws {
    try crowd(40)
    let away = try SMTPServer(url: "smtp://127.0.0.1:1")
    let worker = try site.worker(.smtp(away))
    _ = try worker.runOnce { site.now }
    #expect(try count("state = 'sending'") == 0 && count("state = 'pending'") == 40)
    // Whoever tries it does so by one at a time, until there is a connection.
    #expect(try (1..<40).contains(count("attempts > 0")))
    site.pass(hours: 2)
    #expect(try self.worker().runOnce { site.now }["reviews"] == 40)
    #expect(try count("state = 'sent'") == 40)
  }

  @Test func `a worker that dies with many in hands: each is sent once by the next`() throws {
    try crowd(100)
    try sink.control("hang")
    do {
      let worker = try worker()
      try worker.run("weeks", at: site.now)
      for _ in 0..<3 { try worker.run("reviews", at: site.now) }
    }
    let lost = try count("state = 'sending'")
    #expect(lost > 0)
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'")
    try sink.control("")
    let before = try sink.messages().count
    #expect(try worker().runOnce { site.now }["reviews"] == 100)
    #expect(try count("state = 'sent'") == 100 && sink.messages().count - before == 100)
  }
}
