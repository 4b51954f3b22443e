import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// An installation with data learns what the times that it has stored meant.
@Suite struct StoredTimesTests {
  private let db: Connection
  private let name: String

  /// The schema as it was before times were kept on the wall.
  init() throws {
    let cluster = try Cluster.shared.get()
    name = try cluster.createDatabase(before: "0013")
    db = try Connection(url: cluster.url(name, role: "heed_owner"), options: .migrating)
    try db.runAll([
      "INSERT INTO accounts (id, name, created_at) VALUES (gen_random_uuid(), 'A', '2026-11-01Z')",
      """
      INSERT INTO users (id, account_id, role, email, email_key, password_hash, display_name, timezone, language, week_start, created_at, updated_at)
      SELECT gen_random_uuid(), id, 'owner', z, z, '', z, z, 'en', 1, '2026-11-01Z', '2026-11-01Z'
      FROM accounts, unnest(ARRAY['Asia/Beirut', 'Asia/Kolkata', 'America/St_Johns', 'Atlantis/Poseidonis']) z
      """,
      """
      INSERT INTO profiles (id, user_id, name, tiers, created_at, updated_at)
      SELECT gen_random_uuid(), id, 'P', '[]', '2026-11-01Z', '2026-11-01Z' FROM users
      """,
    ])
  }

  /// A reminder of the person in a zone, snoozed or not.
  private func remind(_ title: String, _ zone: String, at: String, snoozed: (from: String, until: String)? = nil) throws {
    let status = snoozed == nil ? "active" : "snoozed"
    try db.run(
      """
      WITH made AS (
        INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, snoozed_until, sort_at, created_at, updated_at)
        SELECT gen_random_uuid(), u.id, p.id, \(title), 'low', \(status), \(at)::text::timestamptz, \(snoozed?.until)::text::timestamptz,
          \(at)::text::timestamptz, '2026-11-01Z', '2026-11-01Z'
        FROM users u JOIN profiles p ON p.user_id = u.id WHERE u.timezone = \(zone) RETURNING id, user_id
      ), slept AS (
        INSERT INTO snoozes (id, user_id, reminder_id, from_time, until_time, words)
        SELECT gen_random_uuid(), user_id, id, \(snoozed?.from)::text::timestamptz, \(snoozed?.until)::text::timestamptz, 'x' FROM made
        WHERE \(snoozed != nil)
      )
      INSERT INTO schedules (reminder_id, user_id, kind, timezone, at, zone_version)
      SELECT id, user_id, 'once', \(zone), \(at)::text::timestamptz, '2026f' FROM made
      """)
  }

  private func migrate() throws {
    _ = try Migrator(folder: repository + "/migrations").migrate(db)
  }

  private func wall(_ title: String, _ table: Columns = "schedules") throws -> String? {
    let wall: String?? = try db.value(
      "SELECT t.wall::text FROM \(table) t JOIN reminders r ON r.id = t.reminder_id WHERE r.title = \(title)")
    return wall ?? nil
  }

  @Test func `single times and snoozes get what the wall showed, durations stay, and an unknown zone hinders nothing`() throws {
    try remind("summer", "Asia/Beirut", at: "2027-03-30T06:00Z")
    try remind("lost", "Atlantis/Poseidonis", at: "2027-03-30T06:00Z")
    try remind("infinite", "Asia/Beirut", at: "-infinity")
    try remind("named", "Asia/Beirut", at: "2027-01-01Z", snoozed: ("2026-11-20T10:11:12.345Z", "2027-03-30T06:00Z"))
    try remind("elapsed", "Asia/Beirut", at: "2027-01-01Z", snoozed: ("2026-11-20T10:11:12.345Z", "2026-11-27T10:11:12.345Z"))
    try remind("unclear", "Asia/Beirut", at: "2027-01-01Z", snoozed: ("2026-11-20T10:00Z", "2026-11-27T10:00Z"))
    try migrate()
    #expect(try wall("summer") == "2027-03-30 09:00:00" && wall("lost") == nil && wall("infinite") == nil)
    #expect(try wall("named", "snoozes") == "2027-03-30 09:00:00")
    #expect(try wall("elapsed", "snoozes") == nil && wall("unclear", "snoozes") == nil)
    // Everything is computed afresh once.
    #expect(try db.value("SELECT count(*) FROM schedules WHERE zone_version <> ''", as: Int.self) == 0)
  }

  @Test func `until the worker has read the files, each zone's offset is kept`() throws {
    try remind("x", "Asia/Kolkata", at: "2027-03-30T06:00Z")
    try migrate()
    func rule(_ zone: String) throws -> String? { try db.value("SELECT zone_rule FROM users WHERE timezone = \(zone)") }
    #expect(try rule("Asia/Kolkata") == "<-00>-05:30:00" && rule("Atlantis/Poseidonis") == "")
    #expect(try db.value("SELECT zone_rule FROM schedules", as: String.self) == "<-00>-05:30:00")
    let newfoundland = try #require(Zone(lost: "America/St_Johns", rule: try rule("America/St_Johns").unwrapped))
    #expect([-9_000, -12_600].contains(newfoundland.offset(at: try Instant(iso: "2026-11-21T09:00:00Z").unwrapped)))
  }

  @Test func `the worker completes what an older program stored`() throws {
    try remind("old", "Asia/Beirut", at: "2027-03-30T06:00Z")
    try migrate()
    try db.run("UPDATE schedules SET wall = NULL, zone_rule = ''")
    let services = Services(
      origin: "https://heed.test", secret: Site.secret, zones: try Zones(folder: "/usr/share/zoneinfo"), assets: Assets(folder: nil))
    let work = try Connection(url: Cluster.shared.get().url(name, role: "heed_work"))
    try db.run("UPDATE schedules SET zone_version = '2020a'")
    let worker = try Worker(
      services, work, Mailer(.maildir(Maildir(path: "/nowhere")), from: Mail.Mailbox("Heed", try MailAddress("h@heed.test").unwrapped))
    ) { _, _ in }
    _ = try worker.runOnce { Instant(iso: "2026-11-21T09:00:00Z") ?? .distantPast }
    #expect(try wall("old") == "2027-03-30 09:00:00")
    let rules: [String] = try db.rows(Query(column: "SELECT zone_rule FROM schedules UNION SELECT zone_rule FROM users ORDER BY 1"))
    #expect(rules.contains("EET-2EEST,M3.5.0/0,M10.5.0/0") && rules.contains("IST-5:30"))
    #expect(try db.value("SELECT count(*) FROM users WHERE zone_lost AND timezone = 'Atlantis/Poseidonis'", as: Int.self) == 1)
  }
}
