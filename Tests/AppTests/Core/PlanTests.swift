import Testing
import Web

@testable import App
@testable import Domain
@testable import Postgres

/// The hottest queries reach an index: EXPLAIN says so, with the rows of many people in the tables.
@Suite struct PlanTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let others = try (0..<3).map { try site.person("p\($0)@x.test") }
    for person in [ana] + others {
      try site.owner.run(
        """
        INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, sort_at, created_at, updated_at)
        SELECT gen_random_uuid(), \(person.user), (SELECT id FROM profiles WHERE user_id = \(person.user) AND preset = 'gentle'), 'A', 'low',
          CASE WHEN n % 4 = 0 THEN 'completed' ELSE 'active' END, t, t, t, t
        FROM generate_series(1, 3000) n, LATERAL (SELECT \(site.now)::timestamptz + n * interval '1 minute' AS t) x
        """)
    }
    try site.owner.run(
      """
      INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
      SELECT gen_random_uuid(), \(ana.user), sha256(n::text::bytea), \(site.now), \(site.now) FROM generate_series(1, 3000) n
      """)
    try site.owner.run("ANALYZE")
  }

  /// The plan as the role makes it, with Ana as the owner.
  private func plan(_ sql: SQL, role: String) throws -> String {
    let db = try site.connection(role)
    return try db.transaction {
      try db.run("SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
      let lines: [String] = try db.rows(Query(column: "EXPLAIN \(sql)"))
      return lines.joined(separator: "\n")
    }
  }

  private func filter(_ query: String) throws -> ReminderFilter {
    try ReminderFilter(Form(urlEncoded: Array(query.utf8)), site.services.words(.english))
  }

  @Test(arguments: [
    ("", "reminders_open"), ("status=completed", "reminders_by_status"), ("status=active", "reminders_"),
    ("importance=low", "reminders_open"),
  ])
  func `a list reads its page from an index, in order`(query: String, index: String) throws {
    let plan = try plan(ReminderRow.list(filter(query)).sql, role: "heed_web")
    #expect(plan.contains(index), "\(plan)")
    #expect(!plan.contains("Seq Scan on reminders"), "\(plan)")
  }

  @Test func `the next page begins where the index says`() throws {
    let after = Cursor(key: String(site.now.microseconds), id: ID(high: 1, low: 1)).text
    let plan = try plan(ReminderRow.list(filter("after=" + after)).sql, role: "heed_web")
    #expect(plan.contains("reminders_open"), "\(plan)")
    #expect(plan.contains("ROW(sort_at, id) >") || plan.contains("ROW(r.sort_at, r.id) >"), "\(plan)")
  }

  @Test func `Today reads an index`() throws {
    for query in [ReminderRow.due(before: site.now.advanced(hours: 3), limit: 101), ReminderRow.planned(from: site.now)] {
      let plan = try plan(query.sql, role: "heed_web")
      #expect(plan.contains("reminders_open") || plan.contains("reminders_by_status"), "\(plan)")
      #expect(!plan.contains("Seq Scan on reminders"), "\(plan)")
    }
  }

  @Test func `the door finds a session by its hash`() throws {
    // The body of door.session: EXPLAIN does not look into functions. It runs as its owner.
    let plan = try plan(
      """
      SELECT s.id FROM web_sessions s JOIN users u ON u.id = s.user_id
      WHERE s.token_hash = \([UInt8](repeating: 0, count: 32)) AND s.seen_at > \(site.now) AND s.created_at > \(site.now)
      """, role: "heed_owner")
    #expect(plan.contains("web_sessions_token_hash"), "\(plan)")
  }

  @Test func `the worker finds what is due by an index`() throws {
    let now = site.now
    let queries: [(SQL, String)] = [
      ("SELECT r.id FROM reminders r WHERE r.status = 'active' AND r.next_at <= \(now) ORDER BY r.next_at LIMIT 500", "reminders_due"),
      (
        "SELECT id FROM reminders r WHERE r.status = 'snoozed' AND r.snoozed_until <= \(now) ORDER BY r.snoozed_until LIMIT 500",
        "reminders_waking"
      ),
      (
        "SELECT id FROM escalations e WHERE e.state = 'active' AND e.next_step_at <= \(now) ORDER BY e.next_step_at LIMIT 500",
        "escalations_due"
      ),
      ("SELECT id FROM deliveries WHERE state IN ('pending', 'held') AND due_at <= \(now) ORDER BY due_at LIMIT 200", "deliveries_due"),
      ("SELECT id FROM letters WHERE state = 'pending' AND due_at <= \(now) ORDER BY due_at LIMIT 200", "letters_due"),
    ]
    let db = try site.connection("heed_work")
    // Most of these tables are small here; what counts is that an index fits.
    try db.run("SET enable_seqscan = off")
    for (sql, index) in queries {
      let lines: [String] = try db.rows(Query(column: "EXPLAIN \(sql)"))
      #expect(lines.joined().contains(index), "\(lines.joined(separator: "\n"))")
    }
  }
}
