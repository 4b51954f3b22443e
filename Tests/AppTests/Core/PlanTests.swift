import Foundation
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain
@testable import Postgres

/// The hottest queries reach an index: EXPLAIN says so, with the rows of many people in the tables.
@Suite struct PlanTests {
  private let site: Site
  private let ana: Browser

  private struct Kept: Sendable {
    let site: Site.Kept
    let ana: Browser.Kept
  }

  /// So many rows take longer than all plans of them: each test has a copy.
  private static let kept = Result<Kept, any Error> {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let others = try (0..<3).map { try site.person("p\($0)@x.test") }
    for person in [ana] + others {
      try site.owner.run(
        """
        INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
        SELECT gen_random_uuid(), \(person.user), (SELECT id FROM profiles WHERE user_id = \(person.user) AND preset = 'gentle'), 'A',
          (ARRAY['low', 'medium', 'high'])[1 + n % 3],
          CASE WHEN n % 4 = 0 THEN 'completed' ELSE 'active' END, t, t, t
        FROM generate_series(1, 3000) n, LATERAL (SELECT \(site.now)::timestamptz + n * interval '1 minute' AS t) x
        """)
    }
    try site.owner.run(
      """
      INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
      SELECT gen_random_uuid(), \(ana.user), sha256(n::text::bytea), \(site.now), \(site.now) FROM generate_series(1, 3000) n
      """)
    try site.owner.run("ANALYZE")
    return Kept(site: try site.keep(), ana: ana.kept)
  }

  init() throws {
    let kept = try Self.kept.get()
    site = try Site(copying: kept.site)
    ana = Browser(site, kept.ana)
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
    ("importance=low", "reminders_by_importance"), ("status=all&importance=low", "reminders_by_importance"),
    ("sort=title", "reminders_by_title"),
    ("sort=importance", "reminders_by_importance"), ("sort=title&status=all", "reminders_by_title"),
    ("sort=importance&status=completed", "reminders_by_importance"), ("sort=importance&importance=low", "reminders_by_importance"),
  ])
  func `a list reads its page from an index, in order`(query: String, index: String) throws {
    let plan = try plan(ReminderRow.list(filter(query)).sql, role: "heed_web")
    #expect(plan.contains(index), "\(plan)")
    #expect(!plan.contains("Seq Scan on reminders"), "\(plan)")
  }

  @Test(arguments: [
    ("due", "0", "sort_at, id"), ("title", "a", "lower(title), id"),
    ("importance", "low 0", "array_position('{critical,high,medium,low}'::text[], importance), sort_at, id"),
  ])
  func `the next page begins where the index says`(sort: String, key: String, columns: String) throws {
    let after = Cursor(try ReminderFilter.Sort(rawValue: sort).unwrapped, key: key, id: ID(high: 1, low: 1)).text
    let plan = try plan(ReminderRow.list(filter("sort=\(sort)&after=" + after)).sql, role: "heed_web")
    // EXPLAIN names the table where it must.
    let place = plan.split(separator: "\n").first { $0.contains("Index Cond") && $0.contains("ROW(\(columns)) >") }
    #expect(place != nil, "\(plan)")
    #expect(!plan.contains("Seq Scan on reminders"), "\(plan)")
  }

  @Test(arguments: ["", "sort=title", "sort=importance", "status=all", "importance=low"])
  func `a search walks in the order of an index, and what it has found is fetched by id`(query: String) throws {
    let filter = try filter(query + "&q=a")
    let walk = try plan(ReminderRow.walk(filter).sql, role: "heed_web")
    // Whatever is sorted, it is not what is walked through.
    let lines = walk.split(separator: "\n")
    let window = try lines.firstIndex { $0.contains("WindowAgg") }.unwrapped
    #expect(!lines[window...].prefix(3).contains { $0.contains("Sort") }, "\(walk)")
    #expect(!walk.contains("Seq Scan on reminders"), "\(walk)")
    let few = try plan(ReminderRow.list(filter, among: (1...1_500).map { ID(high: $0, low: 1) }).sql, role: "heed_web")
    #expect(few.contains("using reminders_pkey") || few.contains("using reminders_id_user"), "\(few)")
    #expect(!few.contains("Seq Scan on reminders"), "\(few)")
  }

  @Test func `a search looks into the index of its own person's words`() throws {
    let watch = try site.watchRequests()
    #expect(ana.get("/reminders?q=zebra").status == 200)
    let plan = try watch.plans.first { $0.contains("FROM reminder_words w") }.unwrapped
    #expect(plan.contains("Bitmap Index Scan on reminder_words_runs"), "\(plan)")
  }

  @Test func `Today reads an index`() throws {
    for (query, index) in [
      (ReminderRow.due(before: site.now.advanced(hours: 3), limit: 101), "reminders_by_status"),
      (ReminderRow.planned(from: site.now), "reminders_open"),
    ] {
      let plan = try plan(query.sql, role: "heed_web")
      #expect(plan.contains(index), "\(plan)")
      #expect(!plan.contains("Seq Scan on reminders"), "\(plan)")
    }
  }

  @Test func `escalations of each state, and what people said of one, are read from an index`() throws {
    try site.owner.run(
      """
      INSERT INTO escalations (id, user_id, reminder_id, occurrence_at, profile_id, profile_name, profile_version, plan, state, started_at, created_at, ended_at)
      SELECT gen_random_uuid(), user_id, id, \(site.now), profile_id, 'A', 1, '{"tiers": []}',
        CASE WHEN importance = 'low' THEN 'acknowledged' ELSE 'completed' END, \(site.now), \(site.now), \(site.now) FROM reminders
      """)
    try site.owner.run("ANALYZE escalations")
    for (state, index) in [("acknowledged", "escalations_acknowledged"), ("ended", "escalations_ended"), ("all", "escalations_by_user")] {
      let filter = try EscalationFilter(Form(urlEncoded: Array("state=\(state)".utf8)), site.services.words(.english))
      let plan = try plan(EscalationRow.list(filter).sql, role: "heed_web")
      #expect(plan.contains(index) && !plan.contains("Seq Scan on escalations"), "\(plan)")
    }
    let one: ID<Escalation> = try site.owner.value("SELECT id FROM escalations WHERE user_id = \(ana.user) LIMIT 1").unwrapped
    try site.owner.run(
      """
      INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, data)
      SELECT gen_random_uuid(), \(ana.user), \(one), \(site.now)::timestamptz + n * interval '1 minute',
        CASE WHEN n % 1000 = 0 THEN 'note' ELSE 'escalated' END, 1, 1, n, '{}' FROM generate_series(1, 5000) n
      """)
    try site.owner.run("ANALYZE escalation_events")
    let notes = try plan(EscalationDetails.events(one, before: nil, .notes).sql, role: "heed_web")
    #expect(notes.contains("escalation_events_said"), "\(notes)")
  }

  @Test func `the door finds a session by its hash`() throws {
    let watch = try site.watchRequests()
    #expect(ana.get("/settings/sessions").status == 200)
    let plan = try watch.plans.first { $0.contains("WHERE s.token_hash = $1") }.unwrapped
    #expect(plan.contains("Index Scan using web_sessions_token_hash"), "\(plan)")
  }

  @Test(arguments: ["/", "/reminders", "/reminders?status=all", "/reminders?status=completed", "/reminders?importance=low", "/escalations"])
  func `no statement of a page reads all reminders or all sessions`(target: String) throws {
    let watch = try site.watchRequests()
    #expect(ana.get(target).status == 200)
    #expect(watch.plans.count >= 2)
    for plan in watch.plans {
      #expect(!plan.contains("Seq Scan on reminders") && !plan.contains("Seq Scan on web_sessions"), "\(plan)")
    }
  }

  /// A worker that has something of every kind to take, and the plans of what it asked. The tables are small: what counts is that an index fits.
  @Test func `the worker finds what is due by an index`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let watch = try StatementWatch(site.url("heed_work"), usesIndexes: true)
    let worker = try site.worker(nil, watch.db)
    let ids = try [Importance.high, .critical, .high].map { try ana.remind(nil, $0) }
    site.pass(hours: 1)
    #expect(try worker.runOnce { site.now }.fired == 3)
    try ana.desk(ids[1]) { _ = try $0.acknowledge() }  // It asks again in four hours.
    try ana.desk(ids[2]) { _ = try $0.snooze(until: site.now.advanced(hours: 1), words: "1h", reason: "") }
    try AccountMail.ask(.verification, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    site.pass(hours: 4)
    #expect(try worker.runOnce { site.now }.sent == 3)
    let taking = watch.plans.filter { $0.contains("FOR UPDATE") }
    for index in [
      "reminders_due", "reminders_waking", "escalations_due", "escalations_again", "outbox_by_turn", "outbox_by_turn_about",
      "outbox_leased",
    ] { #expect(taking.contains { $0.contains("using " + index) || $0.contains("on " + index) }, "\(index)") }
    for plan in watch.plans {
      for table in ["reminders", "escalations", "outbox"] { #expect(!plan.contains("Seq Scan on \(table) "), "\(plan)") }
    }
  }
}
