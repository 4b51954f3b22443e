import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What is counted beside reminders is what counting them gives, whatever statement changed them.
@Suite struct CountsTests {
  /// How many people's counts are not those of their reminders.
  static func wrong(_ db: Connection) throws -> Int {
    try db.value(
      """
      SELECT count(*) FROM reminder_counts c LEFT JOIN (
        SELECT user_id, count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status = 'snoozed') AS snoozed,
          count(*) FILTER (WHERE status = 'completed') AS completed, count(*) FILTER (WHERE status = 'archived') AS archived,
          sum(octet_length(title) + octet_length(description)) AS bytes
        FROM reminders GROUP BY user_id) r ON r.user_id = c.user_id
      WHERE (c.active, c.snoozed, c.completed, c.archived, c.bytes) IS DISTINCT FROM
        (coalesce(r.active, 0), coalesce(r.snoozed, 0), coalesce(r.completed, 0), coalesce(r.archived, 0), coalesce(r.bytes, 0))
      """) ?? -1
  }

  /// Each of many people's rows, chosen by chance.
  private static let statements: [SQL] = [
    """
    INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, snoozed_until, created_at, updated_at)
    SELECT gen_random_uuid(), x.user_id, x.id, repeat('é', x.n), repeat('x', x.n * 90), 'low', x.status,
      CASE WHEN x.status = 'snoozed' THEN '2027-01-01Z'::timestamptz END, '2026-11-21Z', '2026-11-21Z'
    FROM (SELECT user_id, id, n, (ARRAY['active', 'snoozed', 'completed', 'archived'])[1 + floor(random() * 4)] AS status
      FROM profiles, generate_series(1, 9) n WHERE preset = 'gentle' AND random() < 0.3) x
    """,
    """
    UPDATE reminders SET status = x.status, snoozed_until = CASE WHEN x.status = 'snoozed' THEN '2027-01-01Z'::timestamptz END
    FROM (SELECT id, (ARRAY['active', 'snoozed', 'completed', 'archived'])[1 + floor(random() * 4)] AS status FROM reminders) x
    WHERE x.id = reminders.id AND random() < 0.3
    """,
    "UPDATE reminders SET title = title || 'ö', description = '' WHERE random() < 0.2",
    """
    UPDATE reminders SET status = 'completed', snoozed_until = NULL, description = description || description
    WHERE octet_length(description) < 8000 AND random() < 0.1
    """,
    "UPDATE reminders SET next_at = '2027-01-01Z', last_at = next_at WHERE random() < 0.5",
    "DELETE FROM reminders WHERE random() < 0.15",
    "DELETE FROM reminders WHERE false",
    """
    WITH gone AS (DELETE FROM reminders WHERE random() < 0.1 RETURNING *)
    INSERT INTO reminders (id, user_id, profile_id, title, importance, status, created_at, updated_at)
    SELECT gen_random_uuid(), user_id, profile_id, title, importance, 'active', created_at, updated_at FROM gone
    """,
  ]

  @Test func `counts and bytes are those of the rows after any statement about anybody's`() throws {
    let site = try Site()
    for number in 0..<5 { _ = try site.person("p\(number)@x.test") }
    var told: [Int] = []
    for _ in 0..<150 {
      // The first fills; what chance does afterwards is told when something is wrong.
      let number = told.isEmpty ? 0 : Int.random(in: 0..<CountsTests.statements.count)
      told.append(number)
      if Int.random(in: 0..<8) == 0 { try rolledBack(site.owner) { try site.owner.run(CountsTests.statements[number]) } }
      try site.owner.run(CountsTests.statements[number])
      #expect(try CountsTests.wrong(site.owner) == 0, "\(told)")
    }
    #expect(try site.count("SELECT sum(active + snoozed + completed + archived) FROM reminder_counts") > 0)
  }

  @Test func `an installation's counts are right after the migration, whatever they were`() throws {
    let cluster = try Cluster.shared.get()
    let name = try cluster.createDatabase(before: "0009")
    defer { try? cluster.dropDatabase(name) }
    try cluster.run(script: OldInstallationTests.dump, on: name)
    let owner = try Connection(url: cluster.url(name, role: "heed_owner"), options: .migrating)
    try owner.run("UPDATE reminder_counts SET active = 70, archived = 0")
    try Migrator(folder: repository + "/migrations").migrate(owner)
    #expect(try CountsTests.wrong(owner) == 0)
  }

  @Test func `whoever serves counts by writing reminders and not otherwise`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind()
    for role in ["heed_web", "heed_work"] {
      let db = try site.connection(role)
      let error = #expect(throws: PostgresError.self) {
        try db.transaction {
          try db.run("SELECT set_config('heed.user_id', \(ana.user.text), true)")
          try db.run("UPDATE reminder_counts SET bytes = 0")
        }
      }
      #expect(error?.sqlstate == "42501", "\(role)")
    }
    #expect(try CountsTests.wrong(site.owner) == 0)
  }
}
