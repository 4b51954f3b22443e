import Postgres
import Testing

@testable import App
@testable import Domain

/// Row-level security: a query that forgets its owner still finds nothing of others.
@Suite struct WallTests {
  /// Tables that hold nothing of anybody, and why.
  private static let ownerless = [
    "schema_migrations",  // the schema's versions
    "model_servers",  // how often a host failed
    "embedding_servers",  // how often one that makes vectors did
  ]

  /// What an account shares, and who of it may change it.
  private static let shared = ["viewer", "agent", "admin", "owner"].map {
    "((account_id = ( SELECT my_account() AS my_account)) AND ( SELECT may('\($0)'::text) AS may))"
  }

  /// A database in which two people have a row in every table that requests write.
  private func filled() throws -> (Site, Browser, Browser) {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    for browser in [ana, eve] {
      let id = try browser.remind(["title": "Mine", "description": "*Mine.*", "nonce": "n"])
      #expect(browser.post("/reminders/\(id)/run").status == 303)
      #expect(browser.post("/reminders/\(id)/snoozes", ["until": "2 hours"]).status == 303)
      #expect(browser.post("/settings/password", ["current": Site.password, "password": "another walrus here"]).status == 303)
    }
    return (site, ana, eve)
  }

  private func tables(_ db: Connection) throws -> [String] {
    try db.rows(
      Query(
        column: """
          SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1
          """))
  }

  @Test func `every table has row-level security with a policy for each role`() throws {
    let site = try Site()
    let db = site.owner
    let all = try tables(db)
    #expect(all.count > 15)
    for table in all where !WallTests.ownerless.contains(table) {
      let isOn: Bool? = try db.value("SELECT relrowsecurity FROM pg_class WHERE oid = \(table)::text::regclass")
      #expect(isOn == true, "\(table)")
      let roles: String? = try db.value(
        """
        SELECT string_agg(DISTINCT r::text, ' ' ORDER BY r::text) FROM pg_policies p, unnest(p.roles) r
        WHERE p.schemaname = 'public' AND p.tablename = \(table)
        """)
      #expect(roles == "heed_web heed_work", "\(table)")
    }
  }

  @Test func `policies of the web role know the owner and nothing else`() throws {
    let site = try Site()
    let db = site.owner
    let conditions: [String] = try db.rows(
      Query(
        column: """
          SELECT qual FROM pg_policies WHERE schemaname = 'public' AND 'heed_web' = ANY (roles) AND cmd <> 'INSERT' ORDER BY 1
          """))
    #expect(conditions.count > 10)
    // What may be added is the next test's.
    for condition in conditions where !WallTests.shared.contains(condition) {
      #expect(
        [
          "(user_id = ( SELECT me() AS me))", "(account_id = ( SELECT my_account() AS my_account))", "(id = ( SELECT me() AS me))",
          "(id = ( SELECT my_account() AS my_account))",
          // Reminders of habits that were deleted come back with them, and are seen by nobody until then.
          "(status <> 'deleted'::text)",
          // The audit log: one's own entries, and those of one's account that belong to no person.
          "((account_id = ( SELECT my_account() AS my_account)) AND ((user_id = ( SELECT me() AS me)) OR (user_id IS NULL)))",
        ].contains(condition), "\(condition)")
    }
  }

  @Test func `what the web role writes is held to what it may read, but for four tables`() throws {
    let site = try Site()
    let own: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT tablename || ': ' || with_check FROM pg_policies
          WHERE schemaname = 'public' AND 'heed_web' = ANY (roles) AND with_check IS NOT NULL AND with_check <> ALL (\(WallTests.shared)) ORDER BY 1
          """))
    #expect(
      own == [
        "account_mails: (user_id IS NULL)",  // asked for by an address alone
        "attempts: true",
        "event_log: ((user_id IS NULL) OR (user_id = ( SELECT me() AS me)))",
        "users: ((id = ( SELECT me() AS me)) AND (account_id = ( SELECT my_account() AS my_account)))",
      ])
  }

  @Test func `the web role asks for letters in nobody's name, and sees none of them`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    func ask(_ user: ID<User>?, _ kind: String) throws {
      try site.web.run(
        """
        INSERT INTO account_mails (id, user_id, kind, email, created_at, expires_at)
        VALUES (\(ID<AccountMail>.new(at: site.now)), \(user), \(kind), 'eve@x.test', \(site.now), \(site.now.advanced(hours: 1)))
        """)
    }
    func act(for user: ID<User>?) throws {
      if let user { try site.web.run("SELECT set_config('heed.user_id', \(user.text), true)") }
    }
    for user in [nil, ana.user] as [ID<User>?] {
      try site.web.transaction {
        try act(for: user)
        try ask(nil, "reset")
        #expect(try site.web.run("UPDATE account_mails SET used_at = \(site.now)") == 0)
        #expect(try site.web.value("SELECT count(*) FROM account_mails", as: Int.self) == 0)
      }
      for (owner, kind) in [(nil, "verification"), (eve.user, "reset")] as [(ID<User>?, String)] {
        #expect(throws: PostgresError.self) {
          try site.web.transaction {
            try act(for: user)
            try ask(owner, kind)
          }
        }
      }
    }
  }

  @Test func `the roles that serve own nothing and pass no wall`() throws {
    let site = try Site()
    let db = site.owner
    for role in ["heed_web", "heed_work"] {
      let owned = try db.value("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = \(role)", as: Int.self)
      #expect(owned == 0)
      let lifted: Bool? = try db.value("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = \(role)")
      #expect(lifted == false)
    }
  }

  @Test func `without an owner in the query only one's own rows are there`() throws {
    let (site, ana, eve) = try filled()
    let web = try site.connection("heed_web")
    for table in try tables(site.owner) where !WallTests.ownerless.contains(table) {
      let all = try site.count("SELECT count(*) FROM \(name: table)")
      let allowed: Bool? = try site.owner.value("SELECT has_table_privilege('heed_web', \(table), 'SELECT')")
      guard allowed == true else { continue }
      var seen = 0
      for browser in [ana, eve] {
        try web.transaction {
          try web.run(
            "SELECT set_config('heed.user_id', \(browser.user.text), true), set_config('heed.account_id', \(browser.account.text), true)")
          seen += try web.value("SELECT count(*) FROM \(name: table)", as: Int.self) ?? -1
        }
      }
      let nobody = try web.value("SELECT count(*) FROM \(name: table)", as: Int.self)
      #expect(nobody == 0, "\(table)")
      // What belongs to nobody, such as failed sign-ins, is seen by nobody.
      #expect(table == "event_log" ? seen <= all : seen == all, "\(table)")
    }
  }

  @Test func `nobody writes, changes or removes rows of others`() throws {
    let (site, ana, eve) = try filled()
    let web = try site.connection("heed_web")
    let before = try site.fingerprint()
    func asEve(_ body: () throws -> Void) throws {
      try web.transaction {
        try web.run("SELECT set_config('heed.user_id', \(eve.user.text), true), set_config('heed.account_id', \(eve.account.text), true)")
        try body()
      }
    }
    for theft: SQL in [
      "UPDATE reminders SET title = 'x' WHERE user_id = \(ana.user)", "UPDATE users SET theme = 'dark' WHERE id = \(ana.user)",
      "UPDATE web_sessions SET seen_at = \(site.now) WHERE user_id = \(ana.user)",
    ] {
      var changed = -1
      try asEve { changed = try web.run(theft) }
      #expect(changed == 0)
    }
    // What is deleted goes through doors, which know whose it is by themselves.
    let reminder: ID<Reminder> = try site.owner.value("SELECT id FROM reminders WHERE user_id = \(ana.user)").unwrapped
    let session: ID<WebSession> = try site.owner.value("SELECT id FROM web_sessions WHERE user_id = \(ana.user)").unwrapped
    try asEve {
      try web.run("SELECT door.delete_reminder(\(reminder)), door.unmute('email', 'ana@x.test')")
      #expect(try web.value("SELECT door.end_sessions(\([session]))", as: Int.self) == 0)
    }
    // Giving a row of one's own to somebody else is refused as well.
    for theft: SQL in [
      "UPDATE reminders SET user_id = \(ana.user) WHERE user_id = \(eve.user)", "DELETE FROM reminders WHERE user_id = \(ana.user)",
      "DELETE FROM web_sessions WHERE user_id = \(ana.user)",
      "INSERT INTO reminder_counts (user_id) VALUES (\(ana.user))",
      "INSERT INTO idempotency_keys (user_id, key, location, created_at) VALUES (\(ana.user), 'k', '/', \(site.now))",
    ] {
      #expect(throws: PostgresError.self) { try asEve { try web.run(theft) } }
    }
    #expect(try site.fingerprint() == before)
  }

  @Test func `doors open for an exact key only`() throws {
    let (site, ana, _) = try filled()
    let web = try site.connection("heed_web")
    let past = site.now.advanced(days: -400)
    #expect(try web.value("SELECT count(*) FROM door.credentials('ana@x.test')", as: Int.self) == 1)
    for key in ["", "%", "ana@x.test ", "ANA@x.test", "ana@x.tes_", "' OR true --"] {
      #expect(try web.value("SELECT count(*) FROM door.credentials(\(key))", as: Int.self) == 0, "\(key)")
    }
    let hash: [UInt8] = try site.owner.value("SELECT token_hash FROM web_sessions WHERE user_id = \(ana.user)").unwrapped
    #expect(try web.value("SELECT count(*) FROM door.enter(\(hash), \(past), \(past))", as: Int.self) == 1)
    for wrong in [[], Array(hash.dropLast()), hash + [0], [UInt8](repeating: 0, count: 32)] {
      #expect(try web.value("SELECT count(*) FROM door.enter(\(wrong), \(past), \(past))", as: Int.self) == 0)
    }
    let none = ID<AccountMail>(high: 0, low: 0)
    #expect(try web.value("SELECT count(*) FROM door.account_mail(\(none))", as: Int.self) == 0)
    for door: SQL in [
      "door.account_mail(NULL)", "door.escalation(NULL)", "door.account(NULL)", "door.credentials(NULL)", "door.enter(NULL, NULL, NULL)",
      "door.attempts(NULL, NULL, NULL, NULL, NULL)",
    ] { #expect(try web.value("SELECT count(*) FROM \(door)", as: Int.self) == 0) }
    // Attempts are counted for one exact key.
    #expect(site.browser().signIn("ana@x.test", password: "not this walrus").status == 422)
    let key: [UInt8] = try site.owner.value("SELECT key FROM attempts WHERE kind = 'sign-in'").unwrapped
    for (kind, key, count) in [("sign-in", key, 1), ("sign-up", key, 0), ("sign-in", Array(key.dropLast()), 0), ("sign-in", [], 0)] {
      let found = try web.value("SELECT count(*) FROM door.attempts(\(kind), \(key), \(past), \(Instant.distantFuture), 9)", as: Int.self)
      #expect(found == count)
    }
  }

  @Test func `every door is pinned to its schemas and closed to the public`() throws {
    let site = try Site()
    let db = site.owner
    let doors: [String] = try db.rows(
      Query(
        column: """
          SELECT proname || ' ' || prosecdef || ' '
            || coalesce((SELECT string_agg(s, ',') FROM unnest(proconfig) s WHERE s !~ '^(enable_[a-z]+|work_mem|plan_cache_mode|max_parallel_workers_per_gather)='), '') || ' '
            || has_function_privilege('public', oid, 'EXECUTE')
          FROM pg_proc WHERE pronamespace = 'door'::regnamespace ORDER BY proname
          """))
    #expect(doors.count >= 7)
    for door in doors { #expect(door.hasSuffix(" true search_path=pg_catalog, public, pg_temp false"), "\(door)") }
  }

  @Test func `a temporary view in the place of a table is not what a door opens to`() throws {
    let (site, ana, _) = try filled()
    let web = try site.connection("heed_web")
    // The migrations took this right away; a door holds without them.
    try site.owner.run("GRANT TEMPORARY ON DATABASE \(name: site.name) TO heed_web")
    for view: SQL in [
      "CREATE TEMP VIEW users AS SELECT \(raw: "NULL::uuid AS id, NULL::uuid AS account_id, 'x' AS email_key, current_user::text AS password_hash")",
      "CREATE TEMP VIEW attempts AS SELECT \(raw: "'k'::text AS kind, ''::bytea AS key, now() AS at")",
    ] { try web.run(view) }
    #expect(try web.value("SELECT count(*) FROM door.credentials('x')", as: Int.self) == 0)
    #expect(try web.value("SELECT user_id::text FROM door.credentials('ana@x.test')", as: String.self) == ana.user.text)
    let (past, none) = (site.now.advanced(days: -400), [UInt8]())
    #expect(try web.value("SELECT count(*) FROM door.attempts('k', \(none), \(past), \(Instant.distantFuture), 9)", as: Int.self) == 0)
  }

  @Test func `the web role may do what requests do and no more`() throws {
    let site = try Site()
    let db = site.owner
    let granted: [String] = try db.rows(
      Query(
        column: """
          SELECT relname || ' ' || string_agg(left(p, 1), '' ORDER BY p)
          FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
          WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege('heed_web', oid, p)
          GROUP BY relname ORDER BY 1
          """))
    // Delete, insert, select, update; what a wall gives (``wall_user``), or as its feature says.
    let rights = Footprint.all(\.worked).mapValues { _ in "IS" }.merging(Footprint.all(\.asked)) { $1 }.filter { !$0.value.isEmpty }
    #expect(Set(granted) == Set(rights.map { "\($0.key) \($0.value)" }))
  }
}
