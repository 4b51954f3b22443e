import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What the two roles that serve may do to the database as a whole, beside rows: change columns, lock tables, fill the disk.
@Suite struct RightsTests {
  /// Columns that requests change. Not among them: whose a row is and which, roles, accounts, addresses, hashes of tokens.
  private static let changed = Footprint.all(\.changed)
  /// Of these a person changes all but what says whose and which they are.
  private static let ownWhole = footprints.reduce([] as Set<String>) { $0.union($1.whole) }
  /// No role that serves changes these, in any table.
  private static let fixed: Set<String> = [
    "id", "user_id", "account_id", "reminder_id", "escalation_id", "subject_id", "message_id", "created_at", "role", "email", "email_key",
    "token_hash", "revision",
  ]

  @Test func `the web role changes the columns that requests change`() throws {
    let site = try Site()
    let columns: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT c.relname || ' ' || string_agg(a.attname, ' ' ORDER BY a.attname) FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_column_privilege('heed_web', c.oid, a.attnum, 'UPDATE')
          GROUP BY c.relname ORDER BY 1
          """))
    var tables: Set<String> = []
    for line in columns {
      let words = line.split(separator: " ").map(String.init)
      tables.insert(words[0])
      // A draft learns by which message it left; those whom somebody knows have whatever address they have; of a source it is noted which revision of
      // its thing it left.
      let own = ["drafts": "message_id", "people": "email", "entity_sources": "revision"][words[0]].map { [$0] } ?? []
      #expect(RightsTests.fixed.subtracting(own).isDisjoint(with: words.dropFirst()), "\(line)")
      if RightsTests.ownWhole.contains(words[0]) { continue }
      // zone_…: what zone data was when a person's times were computed.
      let named = words.dropFirst().filter { !$0.hasPrefix("zone_") }.joined(separator: " ")
      #expect(named == RightsTests.changed[words[0]], "\(line)")
    }
    #expect(tables == RightsTests.ownWhole.union(RightsTests.changed.keys))
  }

  @Test func `the worker may do what it does and no more`() throws {
    let site = try Site()
    let granted: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT relname || ' ' || string_agg(left(p, 1), '' ORDER BY p)
          FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
          WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege('heed_work', oid, p)
          GROUP BY relname ORDER BY 1
          """))
    // Delete, insert, select, update. Of users and sessions it reads single columns.
    #expect(Set(granted) == Set(Footprint.all(\.worked).map { "\($0.key) \($0.value)" }))
  }

  @Test func `nobody who serves gives roles or moves people, and the worker has nothing to do with passwords`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test", role: .viewer), try site.person("eve@x.test"))
    let before = try site.fingerprint()
    for role in ["heed_web", "heed_work"] {
      let db = try site.connection(role)
      for theft: SQL in [
        "UPDATE users SET role = 'owner'", "UPDATE users SET account_id = \(eve.account)", "UPDATE users SET id = \(eve.user)",
        "UPDATE users SET email = 'x@x.test'", "UPDATE accounts SET name = 'x'", "UPDATE web_sessions SET user_id = \(eve.user)",
        "UPDATE web_sessions SET token_hash = sha256('x')", "DELETE FROM users", "TRUNCATE users CASCADE",
      ] {
        let error = #expect(throws: PostgresError.self) {
          try db.transaction {
            try db.run(
              "SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
            try db.run(theft)
          }
        }
        #expect(error?.sqlstate == "42501", "\(role)")
      }
    }
    let work = try site.connection("heed_work")
    for sql: SQL in [
      "UPDATE users SET password_hash = ''", "SELECT password_hash FROM users", "SELECT token_hash FROM web_sessions",
      "INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at) SELECT id, id, sha256('x'), created_at, created_at FROM users",
    ] { #expect(throws: PostgresError.self) { try work.run(sql) } }
    #expect(try site.fingerprint() == before)
  }

  @Test func `who serves calls the functions at the door that it needs and no others`() throws {
    let site = try Site()
    let open: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT p.proname || ' ' || string_agg(substr(r, 6), ' ' ORDER BY r) FROM pg_proc p, unnest(ARRAY['heed_web', 'heed_work']) r
          WHERE p.pronamespace = 'door'::regnamespace AND has_function_privilege(r, p.oid, 'EXECUTE') GROUP BY p.oid, p.proname ORDER BY 1
          """))
    #expect(Set(open) == Set(footprints.flatMap(\.doors)))
  }

  @Test func `a person signs up into the account the request acts for`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = ID<User>.new(at: site.now)
    let error = #expect(throws: PostgresError.self) {
      try site.web.transaction {
        try site.web.run(
          "SELECT set_config('heed.user_id', \(id.text), true), set_config('heed.account_id', \(ID<Account>.new(at: site.now).text), true)")
        try site.web.run(
          """
          INSERT INTO users (id, account_id, role, email, email_key, password_hash, display_name, timezone, language, week_start, created_at, updated_at)
          VALUES (\(id), \(ana.account), 'owner', 'x@x.test', 'x@x.test', '', 'X', 'UTC', 'en', 1, \(site.now), \(site.now))
          """)
      }
    }
    #expect(error?.sqlstate == "42501")
  }

  @Test func `the web role locks no table against others`() throws {
    let site = try Site()
    let tables: [String] = try site.owner.rows(
      Query(column: "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"))
    #expect(tables.count > 15)
    for table in tables {
      for mode: Columns in ["ROW SHARE", "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"] {
        let error = #expect(throws: PostgresError.self, "\(table) \(mode)") {
          try site.web.transaction { try site.web.run("LOCK TABLE \(name: table) IN \(mode) MODE") }
        }
        #expect(error?.sqlstate == "42501")
      }
    }
  }

  @Test func `nobody who serves makes anything but rows`() throws {
    let site = try Site()
    for role in ["heed_web", "heed_work"] {
      let db = try site.connection(role)
      for sql: SQL in [
        "CREATE TEMP TABLE x (a int)", "CREATE TABLE public.x (a int)", "CREATE SCHEMA x", "SELECT lo_create(0)", "SELECT lo_creat(0)",
        "SELECT lo_from_bytea(0, '')", "SELECT lo_put(1, 0, '')", "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      ] {
        let error = #expect(throws: PostgresError.self) { try db.run(sql) }
        #expect(error?.sqlstate == "42501", "\(role)")
      }
    }
  }

  /// Not in a copy of the tests' template, which takes over no rights of a database.
  @Test func `the migrations themselves take the right to temporary tables away`() throws {
    let cluster = try Cluster.shared.get()
    try cluster.createRoles()
    let name = try cluster.createDatabase(owner: "heed_owner")
    defer { try? cluster.dropDatabase(name) }
    let owner = try Connection(url: cluster.url(name, role: "heed_owner"), options: .migrating)
    #expect(try owner.value("SELECT has_database_privilege('heed_web', current_database(), 'TEMP')", as: Bool.self) == true)
    try Migrator(folder: repository + "/migrations").migrate(owner)
    for role in ["heed_web", "heed_work"] {
      #expect(try owner.value("SELECT has_database_privilege(\(role), current_database(), 'TEMP')", as: Bool.self) == false)
    }
  }

  /// PostgreSQL lets a role change its own defaults. None of them opens a wall: without row-level security queries fail, and who is acted for
  /// cannot be a default.
  @Test func `a role that changes its own settings gets to see nothing more`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind()
    let web = try site.connection("heed_web")
    #expect(throws: PostgresError.self) {
      try web.transaction {
        try web.run("SET LOCAL row_security = off")
        return try web.value("SELECT count(*) FROM reminders", as: Int.self)
      }
    }
    for setting: Columns in ["heed.user_id", "session_preload_libraries", "session_replication_role"] {
      let error = #expect(throws: PostgresError.self) {
        try web.transaction { try web.run("ALTER ROLE heed_web SET \(setting) = 'x'") }
      }
      #expect(error?.sqlstate == "42501", "\(setting)")
    }
  }

  @Test func `a housemate sees nothing of another's, in any table`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    for browser in [ana, bob] {
      for footprint in footprints { try footprint.rows(browser) }
    }
    // Tables with a column for a person, and what of them belongs to none. Of some an account's people see who it was.
    let shared = ["channel_failures", "channel_tests", "decisions", "desk_late", "desk_reminders"]
    let personal: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT c.relname || ' ' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND has_table_privilege('heed_web', c.oid, 'SELECT')
            AND (a.attname = 'user_id' OR c.relname = 'users' AND a.attname = 'id') AND c.relname <> ALL (\(shared)) ORDER BY 1
          """))
    #expect(personal.count > 12)
    let web = try site.connection("heed_web")
    for line in personal {
      let words = line.split(separator: " ").map(String.init)
      let (table, column) = (words[0], words[1])
      let mine = try site.count("SELECT count(*) FROM \(name: table) WHERE \(name: column) = \(bob.user)")
      #expect(mine > 0, "\(table)")
      try web.transaction {
        try web.run("SELECT set_config('heed.user_id', \(bob.user.text), true), set_config('heed.account_id', \(bob.account.text), true)")
        // Of the audit log what the account shares besides.
        #expect(try web.value("SELECT count(*) FROM \(name: table) WHERE \(name: column) IS NOT NULL", as: Int.self) == mine, "\(table)")
        #expect(try web.value("SELECT count(*) FROM \(name: table) WHERE \(name: column) = \(ana.user)", as: Int.self) == 0, "\(table)")
      }
    }
  }
}
