import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Messages and letters as they stood before migration 0018 become one outbox: what their text decided, columns decide.
@Suite struct OutboxMigrationTests {
  private let site: Site

  /// What `detail` said of a delivery, and in which state; letters below.
  private static let deliveries: [(state: String, detail: String)] = [
    ("held", "quiet"), ("held", "unverified"), ("sending", "digest"), ("held", "digest 00000000-0000-7000-8000-000000000003"),
    ("pending", "singly"), ("cancelled", "answered"), ("sent", "kept in the Maildir"), ("failed", "550 5.1.1 no such user"),
    ("failed", "550 no such user"), ("failed", "550 5.7.1 relaying denied"), ("pending", "451 4.3.0 try again"),
    ("pending", "Connection refused"),
    ("failed", "no_result"), ("sent", "250 2.0.0 Ok"), ("pending", ""), ("sent", "250 Ok"),
  ]

  /// Made once: the migrations take longer than what is asked of them.
  private static let migrated = Result<Site.Kept, any Error> {
    let cluster = try Cluster.shared.get()
    let name = try cluster.createDatabase(before: "0018")
    let owner = try Connection(url: cluster.url(name, role: "heed_owner"), options: .migrating)
    let ana = ID<User>(high: 7, low: 1)
    let profile = ID<EscalationProfile>(high: 7, low: 2)
    try owner.runAll([
      "INSERT INTO accounts (id, name, created_at) VALUES (\(ana), 'A', '2026-11-01Z')",
      """
      INSERT INTO users (id, account_id, role, email, email_key, password_hash, display_name, timezone, language, week_start, verified_at, created_at, updated_at)
      VALUES (\(ana), \(ana), 'owner', 'ana@x.test', 'ana@x.test', '', 'Ana', 'UTC', 'en', 1, '2026-11-01Z', '2026-11-01Z', '2026-11-01Z')
      """,
      "INSERT INTO reminder_counts (user_id) VALUES (\(ana)) ON CONFLICT DO NOTHING",
      """
      INSERT INTO profiles (id, user_id, name, preset, tiers, created_at, updated_at) VALUES (\(profile), \(ana), 'Gentle', 'gentle', '[]', '2026-11-01Z', '2026-11-01Z')
      """,
      """
      INSERT INTO reminders (id, user_id, profile_id, title, importance, status, created_at, updated_at)
      VALUES (\(ana), \(ana), \(profile), 'A', 'low', 'archived', '2026-11-01Z', '2026-11-01Z')
      """,
      """
      INSERT INTO escalations (id, user_id, reminder_id, occurrence_at, profile_id, profile_name, profile_version, plan, state, started_at, created_at)
      VALUES (\(ana), \(ana), \(ana), '2026-11-01Z', \(profile), 'Gentle', 1, '{"tiers":[],"repeat":0,"limit":0}', 'active', '2026-11-01Z', '2026-11-01Z')
      """,
      """
      INSERT INTO deliveries (id, user_id, escalation_id, reminder_id, run, tier, round, agent, recipient, state, detail, due_at, created_at)
      SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, \(ana), \(ana), \(ana), 1, 1, n, 'email', 'owner', state, detail, '2026-11-02Z',
        '2026-11-01Z'
      FROM unnest(\(deliveries.map(\.state)), \(deliveries.map(\.detail))) WITH ORDINALITY t(state, detail, n)
      """,
      """
      INSERT INTO delivery_attempts (id, user_id, escalation_id, delivery_id, at, state, detail)
      SELECT new_id(created_at), user_id, escalation_id, id, created_at, state, detail FROM deliveries
      """,
      """
      INSERT INTO letters (id, user_id, kind, email, state, detail, due_at, created_at, expires_at, lost, fence)
      SELECT ('00000000-0000-7000-8000-00000000010' || n)::uuid, CASE WHEN n < 4 THEN \(ana) END, 'reset', 'Ana@x.test', state, detail, '2026-11-02Z', '2026-11-01Z',
        '2026-12-02Z', 1, 2
      FROM (VALUES (1, 'sent', '250 2.0.0 Ok'), (2, 'cancelled', 'no use any more'), (3, 'pending', '452 busy'), (4, 'pending', '')) l(n, state, detail)
      """,
    ])
    try Migrator(folder: repository + "/migrations").migrate(owner)
    return try Site(database: name).keep()
  }

  init() throws { site = try Site(copying: Self.migrated.get()) }

  @Test func `the text is taken apart, and nothing of it is lost`() throws {
    let of: SQL = "SELECT concat_ws(' | ', state, reason, right(carrier_id::text, 2), code, nullif(detail, '')) FROM"
    let messages: [String] = try site.owner.rows(Query(column: "\(of) outbox WHERE subject = 'escalation' ORDER BY round"))
    #expect(
      messages == [
        "held | quiet", "held | unverified", "sending | digest", "held | digest | 03", "pending | singly", "cancelled | answered",
        "sent | kept", "failed | refused | 550 5.1.1 | no such user", "failed | refused | 550 | no such user",
        "failed | 550 5.7.1 | relaying denied", "pending | 451 4.3.0 | try again", "pending | Connection refused", "failed | no_result",
        "sent | 250 2.0.0 | Ok", "pending", "sent | 250 | Ok",
      ])
    let attempts: SQL = "(SELECT a.*, NULL::uuid AS carrier_id, o.round FROM outbox_attempts a JOIN outbox o ON o.id = a.message_id) a"
    let tried: [String] = try site.owner.rows(Query(column: "\(of) \(attempts) ORDER BY round"))
    #expect(tried == messages.map { $0.replacing(" | 03", with: "") })
  }

  @Test func `letters are messages about an account, and what was asked for by an address is none yet`() throws {
    let letters: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' | ', right(m.id::text, 3), m.kind, m.email, o.address, o.state, o.reason, o.code, nullif(o.detail, ''), o.lost, o.fence)
          FROM account_mails m LEFT JOIN outbox o ON o.subject = 'account' AND o.subject_id = m.id ORDER BY m.id
          """))
    #expect(
      letters == [
        "101 | reset | Ana@x.test | Ana@x.test | sent | 250 2.0.0 | Ok | 1 | 2",
        "102 | reset | Ana@x.test | Ana@x.test | cancelled | no_use | 1 | 2",
        "103 | reset | Ana@x.test | Ana@x.test | pending | 452 | busy | 1 | 2", "104 | reset | Ana@x.test",
      ])
  }

  @Test func `a link that was sent goes on working`() throws {
    let id = try ID<AccountMail>("00000000-0000-7000-8000-000000000101").unwrapped
    let page = site.browser().get("/password/reset/" + AccountMail.token(id, site.services.keys))
    #expect(page.status == 200 && page.text.contains("name=\"password\""))
  }

  @Test func `a digest that a worker died with goes on with what it carries`() throws {
    try site.owner.run("DELETE FROM outbox WHERE round NOT IN (3, 4) OR subject = 'account'")
    try site.owner.run("DELETE FROM account_mails")
    try site.owner.run("UPDATE outbox SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'sending'")
    // All are of one escalation here; what is for somebody else overtakes nothing.
    try site.owner.run("UPDATE outbox SET recipient_id = \(ID<User>(high: 8, low: 1)) WHERE round = 4")
    try site.work()
    #expect(try site.text("SELECT string_agg(state || ' ' || reason, ', ' ORDER BY round) FROM outbox") == "sent kept, sent kept")
    #expect(try site.mails().count == 1)
  }

  @Test func `what is deleted takes its messages along`() throws {
    try site.owner.run("DELETE FROM account_mails WHERE id::text LIKE '%101'")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'account'") == 2)
    try site.owner.run("DELETE FROM users")
    #expect(try site.count("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM outbox_attempts)") == 0)
  }
}
