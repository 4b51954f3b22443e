import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// An installation of commit c732941 is migrated to today with its data: nothing is lost, nothing is filled wrongly, and it goes on.
@Suite struct OldInstallationTests {
  private let owner: Connection
  private let name: String
  /// The columns of every table of that time, and its rows as JSON.
  private let columns: [String: [String]]
  private let rows: [String: [String]]

  /// What migrations write anew in rows that are there: ids that nothing names, and a mark that has all times computed afresh. And what has another
  /// name since: an escalation's `version` is its `revision`. Columns that are gone, nothing had ever written.
  private static let rewritten = [
    "delivery_attempts": ["id"], "occurrences": ["id"], "schedules": ["zone_version"], "escalations": ["version"],
    "agents": ["last_tested_at", "last_result"],
  ]
  /// Where the rows of tables of that time stand now, as they were.
  private static let moved: [String: SQL] = [
    "deliveries": """
    (SELECT id, user_id, subject_id AS escalation_id, reminder_id, run, tier, round, channel AS agent, 'owner' AS recipient, state, due_at,
      attempts, lease_until, fence, address, coalesce(reason, concat_ws(' ', code, nullif(detail, ''))) AS detail, created_at, sent_at
      FROM outbox WHERE subject = 'escalation')
    """,
    "delivery_attempts": """
    (SELECT id, user_id, message_id AS delivery_id, at, state, attempt, coalesce(reason, concat_ws(' ', code, nullif(detail, ''))) AS detail
      FROM outbox_attempts)
    """,
    "letters": """
    (SELECT m.id, m.user_id, m.kind, m.email, coalesce(o.state, 'pending') AS state, coalesce(o.due_at, m.created_at) AS due_at, m.created_at,
      m.expires_at, m.used_at, coalesce(o.attempts, 0) AS attempts, o.lease_until, coalesce(o.fence, 0) AS fence, coalesce(o.detail, '') AS detail,
      m.asked_from
      FROM account_mails m LEFT JOIN outbox o ON o.subject = 'account' AND o.subject_id = m.id AND o.user_id = m.user_id AND o.address = m.email)
    """,
  ]

  /// An installation before migration 0009, with data.
  static let dump = repository + "/Tests/AppTests/Core/Installations/c732941.sql"

  /// The installation after its migration, which takes longer than all tests of it: each has a copy.
  private struct Migrated: Sendable {
    let database: String
    let columns: [String: [String]]
    let rows: [String: [String]]
  }

  private static let migrated = Result<Migrated, any Error> {
    let cluster = try Cluster.shared.get()
    let name = try cluster.createDatabase(before: "0009")
    try cluster.run(script: dump, on: name)
    let owner = try Connection(url: cluster.url(name, role: "heed_owner"), options: .migrating)
    let columns = try OldInstallationTests.columns(owner)
    let rows = try OldInstallationTests.rows(owner, columns)
    try Migrator(folder: repository + "/migrations").migrate(owner)
    return Migrated(database: name, columns: columns, rows: rows)
  }

  init() throws {
    let (cluster, migrated) = (try Cluster.shared.get(), try Self.migrated.get())
    name = try cluster.createCopy(of: migrated.database)
    owner = try Connection(url: cluster.url(name, role: "heed_owner"), options: .migrating)
    (columns, rows) = (migrated.columns, migrated.rows)
  }

  private static func columns(_ db: Connection) throws -> [String: [String]] {
    let all: [String] = try db.rows(
      Query(
        column: """
          SELECT c.relname || ' ' || string_agg(a.attname, ' ' ORDER BY a.attname) FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations' GROUP BY c.relname
          """))
    let lists = all.map { $0.split(separator: " ").map(String.init) }
    return Dictionary(lists.map { ($0[0], Array($0.dropFirst())) }, uniquingKeysWith: { first, _ in first })
  }

  private static func rows(_ db: Connection, _ columns: [String: [String]]) throws -> [String: [String]] {
    var rows: [String: [String]] = [:]
    for (table, names) in columns {
      let kept = names.filter { rewritten[table]?.contains($0) != true }
      let isThere = try db.value("SELECT to_regclass(\(table)) IS NOT NULL", as: Bool.self) == true
      let place: SQL = isThere ? "\(name: table)" : moved[table] ?? "\(name: table)"
      rows[table] = try db.rows(
        Query(
          column: """
            SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) WHERE key = ANY (\(kept)))::text AS row
            FROM \(place) t ORDER BY 1
            """))
    }
    return rows
  }

  @Test func `every row of every table is there, with all that it held`() throws {
    let now = try Self.rows(owner, columns)
    #expect(rows.count >= 20)
    for (table, old) in rows {
      #expect(!old.isEmpty, "the installation has nothing in \(table)")
      #expect(now[table] == old, "\(table)")
    }
  }

  @Test func `what an old reminder says is found`() throws {
    let missing: SQL = """
      SELECT count(*) FROM reminders r FULL JOIN reminder_words w ON w.reminder_id = r.id AND w.user_id = r.user_id
      WHERE w.words IS DISTINCT FROM plain(r.title || chr(10) || r.description)
      """
    #expect(try owner.value(missing, as: Int.self) == 0)
    try owner.run("SELECT set_config('heed.user_id', (SELECT user_id::text FROM reminders WHERE title = 'Água às plantas'), false)")
    #expect(try owner.value("SELECT count(*) FROM door.holding('ÁGUA', 10)", as: Int.self) == 1)
  }

  /// What every column that came since says in the rows of before. Whoever adds one to these tables says here what it is to hold.
  private static let added: [String: (label: Columns, columns: String, rows: Set<String>)] = [
    "reminders": (
      "title", "escalation_state habit_id last_message_id message_agent message_state of_desk open_since revision tier tiers",
      [
        "Old gym membership - - - - - false - 0 - -",
        "Stretch and drink water - - - - - false - 0 - -",
        "Água às plantas - - - - - false - 0 - -",
        "Take the vitamins expired - - - - false - 0 - -",
        "Send the weekly report acknowledged - - - - false 2026-11-20T19:00:00+00:00 0 1 3",
        "Pay the electricity bill completed - 01a1f640-bc00-7000-8000-000000000034 email sent false - 0 - -",
        "Renew the TLS certificate active - 01a1f640-bc00-7000-8000-000000000032 email - false 2026-11-20T22:00:00+00:00 0 2 3",
        "Renew the passport snoozed - 01a1f640-bc00-7000-8000-000000000033 email cancelled false 2026-11-20T12:00:00+00:00 0 2 3",
        "Car insurance renewal active - 01a1f640-bc00-7000-8000-000000000035 email - false 2026-11-21T08:59:00+00:00 0 1 3",
      ]
    ),
    "reminder_counts": ("right(user_id::text, 2)", "bytes", ["a1 310", "b1 45"]),
    "users": (
      "email_key",
      "again_critical again_high again_low again_medium auth_provider auth_subject away_until coach_model coach_notes coach_speak coach_version keeps_events model_kinds personality_chosen quiet_critical quiet_days quiet_days_from quiet_days_until quiet_paused_until quiet_paused_words revision weekly_mail work_days work_from work_until zone_lost zone_rule",
      [
        "demo@heed.example 240 - - - - - - true false all 1 true [] false false 0 - - -  0 true 31 - - false <-00>03:00:00",
        "eve@heed.example 240 - - - - - - true false all 1 true [] false false 0 - - -  0 true 31 - - false <-00>-05:30:00",
      ]
    ),
    "schedules": (
      "right(reminder_id::text, 2)", "first_day rule rule_from wall words zone_lost zone_rule",
      [
        "c1 - - - -  false <-00>03:00:00", "c2 - - - 2026-11-20T19:00:00  false <-00>03:00:00",
        "c3 - - - 2026-11-20T09:00:00  false <-00>03:00:00",
        "c4 - - - 2026-11-18T09:00:00  false <-00>03:00:00", "c5 - - - -  false <-00>03:00:00", "c6 - - - -  false <-00>03:00:00",
        "c7 - - - -  false <-00>03:00:00", "c8 - - - 2026-12-01T17:30:00  false <-00>-05:30:00",
        "c9 - - - 2026-11-21T05:59:00  false <-00>03:00:00",
      ]
    ),
    "snoozes": (
      "words", "before_at before_ended_at before_state before_until press_id timezone wall",
      ["monday 9am - - - - - America/Sao_Paulo 2026-11-23T09:00:00"]
    ),
    "escalations": (
      "right(id::text, 2)", "again_wall again_zone first_told habit_date missed missed_from next_kind reason revision",
      [
        "d1 - - - - 0 - - - 1", "d2 - - - - 0 - tier - 1", "d3 - - - - 0 - waking - 1", "d4 - - - - 0 - - - 1",
        "d6 2026-11-21T10:00:00 America/Sao_Paulo - - 0 - question - 1", "d9 - - - - 0 - tier - 1",
      ]
    ),
    "agents": ("type", "gone_at revision", ["email - 0"]),
    "event_log": ("kind", "request_id thing_id thing_kind", ["sign_in.failed  - -"]),
    "profiles": ("preset", "revision", ["gentle 0"]),
    "audit_log": (
      "action", "actor_id version", ["account.made - 0", "reminder.made - 0", "escalation.snoozed - 0", "escalation.expired - 0"]
    ),
  ]

  @Test func `every column that came since is right for them`() throws {
    let now = try OldInstallationTests.columns(owner)
    for (table, before) in columns where Self.moved[table] == nil {
      let new = Set(now[table] ?? []).subtracting(before).sorted()
      let added = Self.added[table]
      #expect(new.joined(separator: " ") == added?.columns ?? "", "\(table)")
      guard let added else { continue }
      let rows: [String] = try owner.rows(
        Query(
          column: """
            SELECT \(added.label) || ' ' || (
              SELECT string_agg(coalesce(value, '-'), ' ' ORDER BY key) FROM jsonb_each_text(to_jsonb(t)) WHERE key = ANY (\(new)))
            FROM \(name: table) t
            """))
      #expect(Set(rows) == added.rows, "\(table)")
    }
    let late = try owner.value(
      "SELECT count(*) FROM outbox_attempts WHERE left(id::text, 15) <> left(new_id(at)::text, 15)", as: Int.self)
    #expect(late == 0)
    // Of what moved (``moved``).
    let messages: [String] = try owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', right(id::text, 2), subject, right(escalation_id::text, 2), critical, lost, recipient_kind, right(recipient_id::text, 2),
            reason, code) FROM outbox ORDER BY id
          """))
    #expect(
      messages == [
        "31 escalation d2 f 0 user a1 250 2.0.0", "32 escalation d2 f 0 user a1 451 4.3.0", "33 escalation d3 f 0 user a1 answered",
        "34 escalation d4 f 0 user a1 250 2.0.0", "35 escalation d9 t 0 user a1", "41 account f 0 user a1",
      ])
    let attempts = try owner.value(
      "SELECT count(*) FROM outbox_attempts a JOIN outbox o ON (o.id, o.subject_id, o.user_id) = (a.message_id, a.subject_id, a.user_id)",
      as: Int.self)
    #expect(attempts == rows["delivery_attempts"]?.count)
    #expect(try CountsTests.wrong(owner) == 0)
  }

  @Test func `the person signs in and answers, what is due is sent, and one chain holds both times`() throws {
    let site = try Site(database: name)
    #expect(try AuditVerification.verify(site.services.keys, owner) == .whole(rows: 5, accounts: 2))
    let ana = site.browser()
    #expect(ana.signIn("demo@heed.example").status == 303)
    #expect(ana.get("/").text.contains("Renew the TLS certificate"))
    let due = ana.get("/reminders").text
    let order = ["Send the weekly report", "Renew the TLS certificate", "Car insurance renewal", "Stretch", "vitamins", "passport"]
    #expect(order.compactMap { due.range(of: $0)?.lowerBound }.count == 6)
    #expect(order.compactMap { due.range(of: $0)?.lowerBound } == order.compactMap { due.range(of: $0)?.lowerBound }.sorted())
    try site.work()
    // Six in the morning is quiet; the certificate is not critical.
    #expect(try site.mails().count == 1)
    #expect(site.workLogged == ["audit.heads"])
    #expect(
      try site.text("SELECT string_agg(state, ' ' ORDER BY id) FROM outbox WHERE subject = 'escalation'") == "sent held cancelled sent sent"
    )
    let id = "01a1f640-bc00-7000-8000-0000000000"
    for path in ["/escalations/\(id)d2", "/reminders/\(id)c3", "/settings/audit", "/settings/profile", "/agents", "/profiles"] {
      #expect(ana.get(path).status == 200, "\(path)")
    }
    #expect(ana.post("/reminders/\(id)c2/completion").status == 303)
    #expect(ana.post("/reminders/\(id)c3/snoozes", ["until": "2 hours"]).status == 303)
    #expect(site.logged.isEmpty)
    #expect(
      try site.text("SELECT string_agg(version || actor, ' ' ORDER BY number) FROM audit_log WHERE user_id::text LIKE '%a1'")
        == "0operator 0user 0link 0system 1user 1user 1user")
    #expect(try AuditVerification.verify(site.services.keys, owner) == .whole(rows: 8, accounts: 2))
    #expect(try CountsTests.wrong(owner) == 0)
  }
}
