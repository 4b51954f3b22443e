import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// How much mail goes to an address (RULES 4.7).
@Suite struct MailLimitTests {
  private let site: Site
  private let ana: Browser
  private let sink: Sink

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    sink = try Sink("smtp_sink.py")
  }

  /// A worker whose mails to one address are a minute apart.
  private func worker(_ db: Connection? = nil) throws -> Worker {
    let from = Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped)
    let mailer = Mailer(.smtp(try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)")), from: from, secondsBetween: 60)
    return Worker(try WorkBench(site.services, db ?? site.connection("heed_work"), mailer) { _, _ in }, features)
  }

  /// Reminders of all importances by turns, due in a minute.
  private func fill(_ count: Int) throws {
    let due = site.now.advanced(minutes: 1)
    try site.owner.runAll([
      """
      INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
      SELECT md5('r' || n)::uuid, \(ana.user), (SELECT id FROM profiles WHERE user_id = \(ana.user) AND preset = 'gentle'), 'Number ' || n,
        (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], 'active', \(due), \(site.now), \(site.now)
      FROM generate_series(1, \(count)) n
      """,
      """
      INSERT INTO schedules (reminder_id, user_id, kind, timezone, every_minutes, zone_version)
      SELECT id, user_id, 'interval', 'UTC', 525600, \(site.services.zones.version) FROM reminders
      """,
    ])
  }

  /// "importance count" of the messages in a state, the most important first.
  private func messages(_ state: String) throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT r.importance || ' ' || count(*) FROM outbox o JOIN reminders r ON r.id = o.reminder_id WHERE o.state = \(state)
          GROUP BY r.importance ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], r.importance)
          """))
  }

  /// More than a mail holds: the bench has 10,000.
  @Test func `Hard case 15: of many at once one mail a minute leaves, the most important first, and nothing is lost`() throws {
    try fill(1_300)
    let worker = try worker()
    site.pass(minutes: 1)
    _ = try worker.runOnce { site.now }
    #expect(try sink.messages().count == 1)
    #expect(try messages("sent") == ["critical 1"])
    #expect(try messages("held") == ["critical 324", "high 325", "medium 325", "low 325"])
    let waiting = try site.text("SELECT escalation_id::text FROM outbox WHERE state = 'held' LIMIT 1").unwrapped
    let page = ana.get("/escalations/\(waiting)").text
    #expect(page.contains("waits until Sat 21 Nov 2026, 09:02: mails to one address leave some time apart"))
    site.pass(seconds: 59)
    _ = try worker.runOnce { site.now }
    #expect(try sink.messages().count == 1)
    site.pass(seconds: 1)
    _ = try worker.runOnce { site.now }
    #expect(try sink.messages().count == 2)
    #expect(try messages("sent").prefix(3) == ["critical 325", "high 325", "medium 325"])
    #expect(try messages("held").map { $0.hasPrefix("low ") } == [true])
    site.pass(minutes: 1)
    _ = try worker.runOnce { site.now }
    #expect(try sink.messages().count == 3)
    #expect(try messages("sent") == ["critical 325", "high 325", "medium 325", "low 325"])
    // However often its turn was put off, it waited once.
    let most = try site.count(
      "SELECT max(n) FROM (SELECT count(*) AS n FROM outbox_attempts WHERE reason = 'limited' GROUP BY message_id) t")
    #expect(most == 1)
  }

  @Test func `what a server did not take is not held up by itself, and what came meanwhile waits for it`() throws {
    let worker = try worker()
    try sink.control("busy452")
    _ = try ana.remind(nil, .low, title: "One")
    site.pass(hours: 1)
    _ = try worker.runOnce { site.now }
    #expect(try site.deliveries() == ["1 pending 452"])
    try sink.control("")
    _ = try ana.remind(.once(at: site.now.advanced(seconds: 5)), .low, title: "Two")
    site.pass(seconds: 10)
    _ = try worker.runOnce { site.now }
    #expect(try site.deliveries() == ["1 sent 250", "1 held limited"])
    site.pass(seconds: 59)
    _ = try worker.runOnce { site.now }
    #expect(try sink.messages().count == 1)
    site.pass(seconds: 1)
    _ = try worker.runOnce { site.now }
    #expect(try site.deliveries() == ["1 sent 250", "1 sent 250"])
  }

  @Test func `a claim asks once of all its addresses, by an index, and people do not wait for each other`() throws {
    let people = try [ana] + (1...15).map { try site.person("p\($0)@x.test") }
    for person in people { _ = try person.remind(nil, .low) }
    site.pass(hours: 1)
    let watch = try StatementWatch(site.url("heed_work"), usesIndexes: true)
    _ = try worker(watch.db).runOnce { site.now }
    #expect(try sink.messages().count == 16)
    let asked = watch.statements.count { $0.contains("FROM address_sends a WHERE") }
    #expect(asked > 0 && asked < 16)
    #expect(!watch.plans.contains { $0.contains("Seq Scan on address_sends") })
    #expect(try site.count("SELECT count(DISTINCT address_key) FROM address_sends WHERE channel = 'email'") == 16)
  }
}
