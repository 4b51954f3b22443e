import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// The functions at the door that change something, asked by themselves, as somebody who is past the program would: each changes what is its person's
/// alone, and of that no more than what it was asked for.
@Suite struct DoorTests {
  private let site: Site
  private let ana, eve: Browser
  /// Ana's, each with a reminder, two goals, two pauses and another frequency since January; the third was deleted.
  private let habits: [ID<Habit>]
  private let goals: [ID<Goal>]

  private typealias Kept = (site: Site.Kept, ana: Browser.Kept, eve: Browser.Kept, habits: [ID<Habit>], goals: [ID<Goal>])

  init() throws {
    let kept = try Self.kept.get()
    site = try Site(copying: kept.site)
    (ana, eve, habits, goals) = (Browser(site, kept.ana), Browser(site, kept.eve), kept.habits, kept.goals)
  }

  private static let kept = Result<Kept, any Error> {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let goals = try ["G", "H"].map { try ana.goal(["title": $0]) }
    let habits = try ["A", "B", "C"].map { name in
      let id = try ana.habit(["name": name, "goal": goals[0], "goal": goals[1], "reminder": "on", "preferred_time": "22:00"])
      for (from, until) in [(3, 5), (8, 9)] {
        #expect(ana.post("/habits/\(id)/pause", ["from": ana.date(from), "until": ana.date(until)]).status == 303)
      }
      return id
    }
    #expect(ana.post("/habits/\(habits[2])/deletion").status == 303)
    _ = try ana.habit(["name": "Imported walk"])
    // Of each kind one that was replaced, one that was confirmed and one that is looked at.
    for (path, send) in [("habits", HabitsFootprint.importing), ("reminders", RemindersFootprint.importing)] {
      _ = try send(ana)
      #expect(try ana.post("/\(path)/import/\(send(ana))/confirmation").status == 303)
      _ = try send(ana)
    }
    _ = try site.visit(as: ana)
    let habitIDs = try habits.map { try ID<Habit>($0).unwrapped }
    let goalIDs = try goals.map { try ID<Goal>($0).unwrapped }
    try site.owner.run(
      """
      INSERT INTO habit_frequencies (habit_id, user_id, from_date, frequency, days, times, direction, period)
      SELECT id, user_id, '2026-01-01', 'daily', 0, 0, 'at_least', 'day' FROM habits WHERE id = ANY (\(habitIDs))
      """)
    try site.owner.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      SELECT \(ana.user), agent, address, 'refused', \(site.now) FROM (VALUES ('email', 'a'), ('email', 'b'), ('sms', 'a')) t (agent, address)
      """)
    try site.owner.run(
      """
      INSERT INTO push_devices (id, user_id, label, service, endpoint_hash, subscription, created_at)
      SELECT gen_random_uuid(), \(ana.user), 'A', 'push.test', sha256(n::text::bytea), '', \(site.now) FROM generate_series(1, 2) n
      """)
    try site.owner.run(
      "INSERT INTO contact_stops (user_id, address_key, at) SELECT \(ana.user), a, \(site.now) FROM (VALUES ('a'), ('b')) t (a)")
    return (try site.keep(), ana.kept, eve.kept, habitIDs, goalIDs)
  }

  /// What a door is asked for: an id of a row of Ana's.
  private func id(_ query: SQL) throws -> ID<Int> { try site.owner.value(query).unwrapped }

  private func doors() throws -> [(name: String, call: SQL)] {
    let pause = try id("SELECT id FROM habit_pauses WHERE habit_id = \(habits[0]) ORDER BY from_date LIMIT 1")
    let session = try id("SELECT id FROM web_sessions WHERE user_id = \(ana.user) LIMIT 1")
    let history = try id("SELECT id FROM habit_imports WHERE confirmed_at IS NOT NULL")
    let preview = try id("SELECT id FROM habit_imports WHERE confirmed_at IS NULL AND replaced_at IS NULL")
    let file = try id("SELECT id FROM reminder_imports WHERE confirmed_at IS NOT NULL")
    let reminder = try id("SELECT id FROM reminders WHERE habit_id = \(habits[0])")
    let device = try id("SELECT id FROM push_devices WHERE user_id = \(ana.user) LIMIT 1")
    return [
      ("delete_habit_frequency", "door.delete_habit_frequency(\(habits[0]), '2026-11-21')"),
      ("delete_habit_pause", "door.delete_habit_pause(\(pause))"), ("delete_push_device", "door.delete_push_device(\(device))"),
      ("delete_reminder", "door.delete_reminder(\(reminder))"),
      ("discard_habit_import", "door.discard_habit_import(\(preview))"), ("discard_reminder_imports", "door.discard_reminder_imports()"),
      ("drop_habit_goals", "door.drop_habit_goals(\(habits[0]), \([goals[0]]))"), ("end_sessions", "door.end_sessions(\([session]))"),
      ("hide_habit_reminders", "door.hide_habit_reminders(\([habits[0]]))"),
      ("replace_habit_imports", "door.replace_habit_imports(\(site.now))"),
      ("replace_reminder_imports", "door.replace_reminder_imports(\(site.now))"),
      ("resume_contact", "door.resume_contact('a')"),
      ("return_habit_reminders", "door.return_habit_reminders(\(habits))"), ("undo_habit_import", "door.undo_habit_import(\(history))"),
      ("undo_reminder_import", "door.undo_reminder_import(\(file))"), ("unmute", "door.unmute('email', 'a')"),
    ]
  }

  /// Looks at what doors leave behind, and takes it back.
  private func after<Value>(_ calls: [SQL], as person: Browser, _ look: () throws -> Value) throws -> Value {
    var seen: Value?
    try rolledBack(site.owner) {
      try site.owner.run("SELECT set_config('heed.user_id', \(person.user.text), true)")
      for call in calls { try site.owner.run(call) }
      seen = try look()
    }
    return try seen.unwrapped
  }

  /// The text that a query makes of what they leave behind.
  private func left(_ query: SQL, after calls: [SQL], as person: Browser? = nil) throws -> String? {
    try after(calls, as: person ?? ana) { try site.text(query) }
  }

  /// Hidden with a habit that was deleted, and shown again since: what a door finds to return.
  private var hidden: SQL { "UPDATE reminders SET status = 'deleted', next_at = NULL WHERE habit_id = ANY (\(habits))" }

  @Test func `no door does anything to what is somebody else's`() throws {
    for (name, call) in try doors() {
      let before = name == "return_habit_reminders" ? [hidden] : []
      for person in [eve, ana] {
        let isAsItWas = try after(before, as: person) {
          let start = try site.fingerprint()
          try site.owner.run("SELECT \(call)")
          return try site.fingerprint() == start
        }
        #expect(isAsItWas == (person === eve), "\(name)")
      }
    }
  }

  @Test func `every door that requests may open and that changes something is asked here, or in tests of its own`() throws {
    let all: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT proname::text FROM pg_proc WHERE pronamespace = 'door'::regnamespace AND provolatile = 'v'
            AND has_function_privilege('heed_web', oid, 'EXECUTE') ORDER BY 1
          """))
    // In tests of their features. ReminderOfferTests, MembersTests, InvitationTests: who asks matters as much as whom it is about.
    let others = [
      "api_key", "audit_append", "audit_heads", "cancel_job", "decide_offer", "delete_profile", "discard_context_import",
      "discard_planner_import", "drop_addresses", "drop_contact", "drop_feed", "drop_golden_questions", "drop_guests", "drop_instances",
      "drop_links", "drop_next_task", "drop_overrides", "drop_relationships", "drop_rota", "drop_tags", "enter", "erase_customer",
      "erase_more", "erase_person", "erase_person_later", "erase_person_more", "index_passages", "join_sessions", "join_team", "notify",
      "offer_reminder", "overdue", "purge_deadline", "purge_event", "purge_goal", "purge_habit", "purge_person", "purge_place",
      "purge_problem", "purge_task", "purge_tasks", "remove_member", "replace_context_imports", "replace_planner_imports", "retry_job",
      "set_absence", "set_role", "undo_context_import", "undo_planner_import", "vault_key",
    ]
    #expect(try Set(all).subtracting(others) == Set(doors().map(\.name)))
  }

  @Test func `a frequency goes by its date, and never the first of a habit`() throws {
    let rules: SQL = """
      SELECT string_agg(h.name || ' ' || f.from_date, ', ' ORDER BY h.name, f.from_date) FROM habit_frequencies f JOIN habits h ON h.id = f.habit_id
      WHERE h.name < 'C'
      """
    let all = "A 2026-01-01, A 2026-11-21, B 2026-01-01, B 2026-11-21"
    for (date, expected) in [
      ("2026-11-21", "A 2026-01-01, B 2026-01-01, B 2026-11-21"), ("2026-01-01", all), ("2026-06-01", all),
    ] {
      #expect(try left(rules, after: ["SELECT door.delete_habit_frequency(\(habits[0]), \(date)::text::date)"]) == expected)
    }
  }

  @Test func `a pause, a session and a muted address go alone`() throws {
    for (name, rows, count) in [
      ("delete_habit_pause", "habit_pauses", 5), ("end_sessions", "web_sessions", 2), ("unmute", "muted_addresses", 2),
      ("resume_contact", "contact_stops", 1),
      ("delete_reminder", "reminders WHERE status <> 'deleted'", 2),
    ] as [(String, Columns, Int)] {
      let call = try doors().first { $0.name == name }.unwrapped.call
      #expect(try left("SELECT count(*)::text FROM \(rows)", after: ["SELECT \(call)"]) == "\(count)", "\(name)")
    }
    let muted: SQL = "SELECT string_agg(agent || ' ' || address, ', ' ORDER BY agent) FROM muted_addresses"
    #expect(try left(muted, after: ["SELECT door.unmute('email', 'a')"]) == "email b, sms a")
  }

  @Test func `of a habit's goals those go that are not named, and of no other habit`() throws {
    let served: SQL = """
      SELECT string_agg(h.name || g.title, ' ' ORDER BY h.name, g.title)
      FROM habit_goals l JOIN habits h ON h.id = l.habit_id JOIN goals g ON g.id = l.goal_id
      """
    #expect(try left(served, after: ["SELECT door.drop_habit_goals(\(habits[0]), \([goals[1]]))"]) == "AH BG BH CG CH")
  }

  @Test func `a habit's reminder is hidden with all that is planned, and comes back where its habit is there`() throws {
    let reminders: SQL = """
      SELECT string_agg(h.name || ' ' || r.status || CASE WHEN r.next_at IS NULL THEN '' ELSE ' rings' END, ', ' ORDER BY h.name)
      FROM reminders r JOIN habits h ON h.id = r.habit_id
      """
    let asleep: SQL =
      "UPDATE reminders SET status = 'snoozed', snoozed_until = \(site.now.advanced(hours: 1)) WHERE habit_id = \(habits[0])"
    let hide: SQL = "SELECT door.hide_habit_reminders(\([habits[0]]))"
    #expect(try left(reminders, after: [asleep, hide]) == "A deleted, B active rings, C deleted")
    let all: SQL = "SELECT door.return_habit_reminders(\(habits))"
    #expect(try left(reminders, after: [all]) == "A active rings, B active rings, C deleted")
    let two: SQL = "SELECT door.return_habit_reminders(\([habits[0], habits[2]]))"
    #expect(try left(reminders, after: [hidden, two]) == "A archived, B deleted, C deleted")
  }

  @Test(arguments: ["habit", "reminder"]) func `a preview goes, and what was confirmed or replaced stays as it was`(kind: String) throws {
    let (imports, discard, replace) = try (
      kind == "habit" ? "habit_imports" : "reminder_imports" as Columns,
      call(kind == "habit" ? "discard_habit_import" : "discard_reminder_imports"), call("replace_\(kind)_imports")
    )
    let old = site.now.advanced(days: -1)
    let states: SQL = """
      SELECT string_agg(CASE WHEN confirmed_at IS NOT NULL THEN 'confirmed' WHEN replaced_at = \(old) THEN 'before' WHEN replaced_at IS NULL
        THEN 'looked at' ELSE 'replaced' END, ' ' ORDER BY id) FROM \(imports)
      """
    let aged: SQL = "UPDATE \(imports) SET replaced_at = \(old) WHERE replaced_at IS NOT NULL"
    // Their ids are of one millisecond.
    func sorted(_ text: String?) -> [String] { (text ?? "").split(separator: " ").map(String.init).sorted() }
    #expect(try sorted(left(states, after: [aged, discard])) == ["before", "confirmed"])
    #expect(try sorted(left(states, after: [aged, replace])) == ["before", "confirmed", "replaced"])
    #expect(try sorted(left(states, after: [aged])) == ["at", "before", "confirmed", "looked"])
  }

  @Test(arguments: ["habit", "reminder"]) func `the ten newest of what was replaced are kept, each person's`(kind: String) throws {
    let imports: Columns = kind == "habit" ? "habit_imports" : "reminder_imports"
    let word = kind == "habit" ? "table" : "calendar"
    func many(_ person: Browser, _ column: Columns) -> SQL {
      """
      INSERT INTO \(imports) (id, user_id, kind, created_at, \(column))
      SELECT new_id(\(site.now)::timestamptz - n * interval '1 day'), \(person.user), \(word), \(site.now), \(site.now) FROM generate_series(1, 14) n
      """
    }
    // Two of today and those of the last eight days.
    let oldest = ID<Int>.first(from: site.now.advanced(days: -9))
    let counts: SQL = """
      SELECT concat_ws(' ', count(*) FILTER (WHERE user_id = \(ana.user) AND replaced_at IS NOT NULL),
        count(*) FILTER (WHERE user_id = \(ana.user) AND replaced_at IS NOT NULL AND id >= \(oldest)),
        count(*) FILTER (WHERE user_id = \(ana.user) AND confirmed_at IS NOT NULL),
        count(*) FILTER (WHERE user_id = \(eve.user) AND replaced_at IS NOT NULL)) FROM \(imports)
      """
    let kept = try left(
      counts, after: [many(ana, "replaced_at"), many(ana, "confirmed_at"), many(eve, "replaced_at"), call("replace_\(kind)_imports")])
    #expect(kept == "10 10 15 14")
  }

  private func call(_ name: String) throws -> SQL { "SELECT \(try doors().first { $0.name == name }.unwrapped.call)" }

  // MARK: - Doors that look

  @Test func `a session is let in strictly after both bounds`() throws {
    let hash: [UInt8] = try site.owner.value("SELECT token_hash FROM web_sessions WHERE user_id = \(eve.user)").unwrapped
    let (made, seen) = (site.now.advanced(days: -9), site.now.advanced(days: -2))
    try site.owner.run("UPDATE web_sessions SET created_at = \(made), seen_at = \(seen) WHERE user_id = \(eve.user)")
    let web = try site.connection("heed_web")
    for (after, since, count) in [
      (seen.advanced(microseconds: -1), made.advanced(microseconds: -1), 1), (seen, made.advanced(microseconds: -1), 0),
      (seen.advanced(microseconds: -1), made, 0),
    ] {
      #expect(try web.value("SELECT count(*) FROM door.enter(\(hash), \(after), \(since))", as: Int.self) == count)
    }
  }

  @Test func `attempts are of one kind and key, after a time and up to another, the newest first`() throws {
    let key: [UInt8] = [1, 2, 3]
    let times = (0...3).map { site.now.advanced(minutes: $0) }
    for (kind, other) in [("a", key), ("b", key), ("a", [1, 2])] {
      try site.owner.run(.insert(into: "attempts", .each("at", times), .all("kind", "\(kind)"), .all("key", "\(other)")))
    }
    let web = try site.connection("heed_web")
    for (most, found) in [(9, [times[2], times[1]]), (1, [times[2]])] as [(Int64, [Instant])] {
      #expect(try web.rows(Query<Instant>(column: "SELECT at FROM door.attempts('a', \(key), \(times[0]), \(times[2]), \(most))")) == found)
    }
  }

  @Test func `of a search as many are named as were asked for`() throws {
    for _ in 0..<3 { _ = try eve.remind(["title": "Zebra"]) }
    let web = try site.connection("heed_web")
    try web.run("SELECT set_config('heed.user_id', \(eve.user.text), false)")
    for (most, count) in [(2, 2), (3, 3), (9, 3)] as [(Int64, Int)] {
      #expect(try web.rows(Query<ID<Reminder>>(column: "SELECT * FROM door.holding('zebra', \(most))")).count == count)
    }
  }

  @Test func `lost zones are told ten at most, with who and what still goes by them`() throws {
    _ = try eve.remind(["title": "R"])
    try site.owner.run("UPDATE schedules SET timezone = 'Mars', zone_lost = true FROM reminders r WHERE r.id = reminder_id AND title = 'R'")
    try site.owner.run("UPDATE users SET timezone = 'Mars', zone_lost = true WHERE id = \(eve.user)")
    func told() throws -> [String] {
      try site.owner.rows(Query(column: "SELECT timezone || ' ' || reminders || ' ' || people FROM door.lost_zones()"))
    }
    #expect(try told() == ["Mars 1 1"])
    try site.owner.run("UPDATE reminders SET status = 'snoozed', snoozed_until = \(site.now) WHERE title = 'R'")
    #expect(try told() == ["Mars 1 1"])
    try site.owner.run("UPDATE reminders SET status = 'archived', snoozed_until = NULL WHERE title = 'R'")
    #expect(try told() == ["Mars 0 1"])
    for number in 10..<22 { _ = try site.person("p\(number)@x.test") }
    try site.owner.run("UPDATE users SET timezone = 'Z' || substr(email, 2, 2), zone_lost = true WHERE email LIKE 'p%'")
    #expect(try told() == ["Mars 0 1"] + (10..<19).map { "Z\($0) 0 1" })
  }

  @Test func `only who has not verified is named, in order`() throws {
    let bob = try site.person("bob@x.test", verified: false)
    let cyd = try site.person("cyd@x.test", verified: false)
    _ = try site.person("dan@x.test", verified: false)
    let work = try site.connection("heed_work")
    let people = [cyd.user, ana.user, bob.user]
    let found = try work.rows(Query<ID<User>>(column: "SELECT door.unverified(\(people))"))
    #expect(found == [bob.user, cyd.user].sorted { $0.text < $1.text })
  }
}
