import Foundation
import Net
import TestSupport
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// What a message's row says on its way: since when it is due, which attempt it is, when it is tried again and when no more.
@Suite struct OutboxFateTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func worker(_ server: Sink, connections: Int = 4, patience: SMTPPatience = SMTPPatience()) throws -> Worker {
    try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)", connections: connections, patience: patience)))
  }

  /// A reminder that is due now.
  @discardableResult
  private func due(_ importance: Importance = .low, title: String = "Pay the rent") throws -> ID<Reminder> {
    try ana.remind(.once(at: site.now), importance, title: title, next: site.now)
  }

  /// One message that waits, tried so often since then.
  private func waiting(attempts: Int, hours: Int) throws {
    try due()
    try site.worker().run("fire", at: site.now)
    try site.owner.run("UPDATE outbox SET attempts = \(attempts)")
    try site.owner.run(
      """
      INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, attempt)
      SELECT gen_random_uuid(), user_id, subject_id, id, \(site.now.advanced(hours: -hours)), 'sending', 1 FROM outbox
      """)
  }

  @Test func `what is being sent says since when it was due, so that it is known how late it is`() throws {
    let server = try Sink("smtp_sink.py")
    try server.control("hang")
    try due()
    try site.worker().run("fire", at: site.now)
    let then = site.now
    site.pass(minutes: 7)
    let worker = try worker(server)
    try worker.cycle(site.now)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sending' AND due_at = \(then)") == 1)
    // It was taken over from a worker that died: still the same.
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second'")
    site.pass(minutes: 7)
    try self.worker(server).cycle(site.now)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sending' AND fence = 2 AND due_at = \(then)") == 1)
  }

  @Test func `attempts are numbered, each with its result`() throws {
    let server = try Sink("smtp_sink.py")
    let worker = try worker(server)
    try due()
    for word in ["busy452", "busy452", ""] {
      try server.control(word)
      _ = try worker.runOnce { site.now }
      site.pass(minutes: 3)
    }
    #expect(
      try site.text("SELECT string_agg(concat_ws(' ', state, attempt), ', ' ORDER BY attempt, state = 'sending' DESC) FROM outbox_attempts")
        == "sending 1, pending 1, sending 2, pending 2, sending 3, sent 3")
  }

  @Test func `where the server is not there at all a message does not wait longer than two minutes`() throws {
    try waiting(attempts: 9, hours: 2)
    // A port that nobody listens on.
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:1")))
    _ = try worker.runOnce { site.now }
    let seconds = try site.count(
      "SELECT extract(epoch FROM due_at - \(site.now))::int FROM outbox WHERE state = 'pending' AND attempts = 10")
    #expect((108...132).contains(seconds))
  }

  @Test func `where the server answers it is asked again less and less often`() throws {
    let server = try Sink("smtp_sink.py")
    try server.control("busy452")
    try waiting(attempts: 9, hours: 2)
    _ = try worker(server).runOnce { site.now }
    #expect(
      (3_240...3_960).contains(try site.count("SELECT extract(epoch FROM due_at - \(site.now))::int FROM outbox WHERE state = 'pending'")))
  }

  @Test(arguments: [(22, "pending"), (24, "failed")]) func `a day after the first attempt it is given up`(hours: Int, state: String) throws
  {
    let server = try Sink("smtp_sink.py")
    try server.control("busy452")
    try waiting(attempts: 30, hours: hours)
    _ = try worker(server).runOnce { site.now }
    #expect(try site.text("SELECT concat_ws(' ', state, attempts, code, lease_until) FROM outbox") == "\(state) 31 452 4.2.2")
  }

  @Test func `a folder that cannot be written to is tried again`() throws {
    try due()
    #expect(try site.worker(.maildir(Maildir(path: "/proc/nowhere"))).runOnce { site.now }.failed == 0)
    #expect(try site.text("SELECT concat_ws(' ', state, attempts) FROM outbox") == "pending 1")
    site.pass(seconds: 6)
    #expect(try site.worker().runOnce { site.now }.sent == 1)
    #expect(try site.mails().count == 1)
  }

  @Test func `a mail that carries others is tried again as one, and says of each when it was sent`() throws {
    let server = try Sink("smtp_sink.py")
    let worker = try worker(server)
    try site.owner.run("UPDATE users SET quiet_from = 43500, quiet_until = 45600")  // 12:05 to 12:40
    site.now = try Instant(iso: "2026-11-21T12:10:00Z").unwrapped
    for number in 0..<3 { try due(title: "Number \(number)") }
    _ = try worker.runOnce { site.now }
    site.pass(minutes: 30)
    try server.control("busy452")
    _ = try worker.runOnce { site.now }
    #expect(
      try site.text(
        "SELECT string_agg(concat_ws(' ', state, reason, code, carrier_id IS NULL), ', ' ORDER BY carrier_id NULLS FIRST) FROM outbox")
        == "held digest 452 4.2.2 t, held digest 452 4.2.2 f, held digest 452 4.2.2 f")
    #expect(try site.count("SELECT count(DISTINCT due_at) FROM outbox WHERE sent_at IS NULL") == 1)
    try server.control("")
    site.pass(seconds: 10)
    #expect(try worker.runOnce { site.now }.sent == 1)
    #expect(try server.messages().count == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent' AND sent_at = \(site.now) AND address = 'ana@x.test'") == 3)
  }

  @Test func `what is critical is taken first, though everything else has been due for longer`() throws {
    let worker = try site.worker()
    for number in 0..<6 { try due(title: "Low \(number)") }
    try worker.run("fire", at: site.now)
    site.pass(minutes: 1)
    let fire = try due(.critical, title: "Fire")
    try worker.run("fire", at: site.now)
    let order = OutboxOrder(subject: .deliveries, after: ID(high: 0, low: 0), now: site.now, stalledUsers: [], late: [])
    let first = try worker.bench.db.transaction { try worker.bench.db.rows(order.rows(limit: 3), into: OutboxCandidate.init).map(\.id) }
    #expect(first.count == 3)
    let owners: [ID<Reminder>] = try site.owner.rows(
      Query(column: "SELECT reminder_id FROM outbox WHERE id = ANY (\(first)) ORDER BY array_position(\(first), id)"))
    #expect(owners.first == fire)
    // Then what has been due for longest.
    #expect(try site.count("SELECT count(*) FROM outbox WHERE id = ANY (\(Array(first.dropFirst()))) AND due_at < \(site.now)") == 2)
  }

  @Test func `of what is held only what waited for a verification is let go where mail stays on this machine`() throws {
    for _ in 0..<3 { try due() }
    let worker = try site.worker()
    try worker.run("fire", at: site.now)
    let later = site.now.advanced(hours: 3)
    for (reason, offset) in [("quiet", 0), ("unverified", 1), ("digest", 2)] {
      try site.owner.run(
        "UPDATE outbox SET state = 'held', reason = \(reason), due_at = \(later) WHERE id = (SELECT id FROM outbox ORDER BY id OFFSET \(offset) LIMIT 1)"
      )
    }
    try worker.bench.releaseUnverified(site.now)
    #expect(
      try site.text("SELECT string_agg(reason || ' ' || (due_at = \(later)), ', ' ORDER BY reason) FROM outbox")
        == "digest true, quiet true, unverified false")
  }

  @Test func `a person is passed over with the third message that hangs, not before`() throws {
    try site.owner.run("UPDATE users SET email = 'hang@x.test', email_key = 'hang@x.test'")
    let server = try Sink("smtp_sink.py")
    var patience = SMTPPatience()
    patience.slow = 100
    let worker = try worker(server, connections: 8, patience: patience)
    for count in 1...4 {
      try due(title: "Number \(count)")
      try worker.run("fire", at: site.now)
      if count <= 3 {
        #expect(try worker.run("send", at: site.now) == 1)
        try #require(
          until {
            _ = worker.bench.outbound.transfers.wait(milliseconds: 20)
            return worker.bench.outbound.transfers.slow.count == count
          })
      }
      #expect(worker.bench.outbound.stalledUsers == (count < 3 ? [] : [ana.user]), "\(count)")
    }
    #expect(try worker.run("send", at: site.now) == 0)
    #expect(try worker.look(at: site.now, canSend: true).next(of: "delivery") == nil, "nothing to wake up for")
  }

  @Test(arguments: [("57014", 600), ("40001", 30), ("55P03", 30), ("57P01", 30), ("23505", 600), ("22012", 600)])
  func `a row is passed over for as long as what befell it may last`(sqlstate: String, seconds: Int) throws {
    let rows = RowWork<Escalation>("escalation", try site.worker().bench)
    let id = ID<Escalation>.new(at: site.now)
    rows.passOver(id, for: PostgresError(.server, "no", fields: .init(sqlstate: sqlstate)), at: site.now)
    #expect(rows.passed(at: site.now.advanced(seconds: seconds - 1)) == [id])
    #expect(rows.passed(at: site.now.advanced(seconds: seconds)).isEmpty)
    #expect(site.workLogged == ["work.escalation_failed"])
  }
}
