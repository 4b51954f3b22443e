import Domain
import Postgres
import TestSupport
import Testing

@testable import App

/// What firing writes and asks: each row of a reminder costs its index entries and its checks of foreign keys, so none is written that others tell.
@Suite struct FiringRowsTests {
  /// The row that firing wrote last of an escalation, as an older program wrote it: with entries and an occurrence of its own.
  private func store(_ id: ID<Escalation>, _ site: Site) throws {
    try site.owner.run(
      """
      INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, actor, actor_name, data)
      SELECT gen_random_uuid(), user_id, escalation_id, at, kind, run, tier, round, actor, actor_name, data
      FROM escalation_timeline WHERE escalation_id = \(id)
      """)
    try site.owner.run(
      """
      INSERT INTO occurrences (user_id, reminder_id, due_at, fired_at, reason, missed, missed_from, escalation_id)
      SELECT user_id, reminder_id, due_at, fired_at, reason, missed, missed_from, escalation_id FROM fired WHERE escalation_id = \(id)
      """)
    // Its revision is in the page.
    try site.owner.run("ALTER TABLE escalations DISABLE TRIGGER USER")
    try site.owner.run("UPDATE escalations SET reason = NULL, missed = 0, missed_from = NULL, first_told = NULL WHERE id = \(id)")
    try site.owner.run("ALTER TABLE escalations ENABLE TRIGGER USER")
  }

  @Test func `a reminder that fires is its own row, an escalation and a message`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let watch = try StatementWatch(site.url("heed_work"))
    let worker = try site.worker(nil, watch.db)
    for number in 1...40 { _ = try ana.remind(.interval(minutes: 10), .high, title: "Number \(number)") }
    site.pass(minutes: 10)
    watch.forget()
    try worker.run("fire", at: site.now)
    let written = watch.statements.filter { !$0.hasPrefix("SELECT ") && $0 != "BEGIN" && $0 != "COMMIT" }
    let tables = written.map { $0.split(separator: " ").prefix($0.hasPrefix("UPDATE") ? 2 : 3).joined(separator: " ") }
    #expect(Set(tables).isDisjoint(with: ["INSERT INTO occurrences", "INSERT INTO escalation_events"]), "\(tables)")
    #expect(tables.count == Set(tables).count, "a table is written twice: \(tables)")
    #expect(watch.statements.filter { $0.hasPrefix("SELECT ") }.count <= 5, "\(watch.statements)")
    #expect(!watch.statements.contains { $0.contains("description") && $0.contains("FROM reminders") })
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 40)
    #expect(try site.count("SELECT count(*) FROM fired") == 40)
    #expect(try site.count("SELECT (SELECT count(*) FROM occurrences) + (SELECT count(*) FROM escalation_events)") == 0)
  }

  @Test func `a timeline whose beginning is told by its row says what stored entries say`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    // Late, after others that were missed; the first tier has agents that are not set up.
    let id = try ana.remind(.recurring(try Cron("0 * * * *")), .high)
    site.pass(hours: 5, seconds: 1_800)
    try site.work()
    let escalation = try ana.newest(id).unwrapped.id
    #expect(try ana.events(id) == ["started", "escalated 1"])
    let told = ana.get("/escalations/\(escalation.text)").unmasked
    #expect(told.contains("It is due.") && told.contains("Tier 1 told.") && told.contains("Not set up:"))
    #expect(told.contains("4 before it were missed, the first on"))
    let page = ana.get("/reminders/\(id.text)").unmasked
    try store(escalation, site)
    #expect(try site.count("SELECT count(*) FROM escalation_events") == 2)
    #expect(try ana.events(id) == ["started", "escalated 1"])
    #expect(ana.get("/escalations/\(escalation.text)").unmasked == told)
    #expect(ana.get("/reminders/\(id.text)").unmasked == page)
  }

  @Test func `what was told first stays as it was when the plan changes`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.interval(minutes: 10), .high)
    site.pass(minutes: 10)
    try site.work()
    let escalation = try ana.newest(id).unwrapped.id
    func first() throws -> String? {
      try site.text("SELECT data->>'not_set_up' FROM escalation_timeline WHERE escalation_id = \(escalation) AND kind = 'escalated'")
    }
    let before = try first()
    #expect(before != nil)
    try site.owner.run("UPDATE escalations SET plan = jsonb_set(plan, '{tiers,0,agents}', '[\"email\"]') WHERE id = \(escalation)")
    #expect(try first() == before)
  }

  @Test func `entries of one instant stand after those that the row tells`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.interval(minutes: 10), .high)
    site.pass(minutes: 10)
    try site.work()
    // The clock stands still.
    try ana.desk(id) { _ = try $0.acknowledge() }
    #expect(try ana.events(id) == ["started", "escalated 1", "acknowledged"])
  }

  @Test func `what was rung by hand is told by whom`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .high)
    #expect(ana.post("/reminders/\(id.text)/run").status == 303)
    #expect(try site.text("SELECT actor FROM escalation_timeline WHERE kind = 'started'") == "user")
    #expect(try ana.events(id) == ["started", "escalated 1"])
    #expect(try site.count("SELECT count(*) FROM fired WHERE reason = 'by_hand'") == 1)
  }

  /// A clock that goes back after it has rung.
  @Test func `an occurrence that has begun an escalation does not fire again`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.interval(minutes: 10), .high)
    site.pass(minutes: 10)
    try site.work()
    try ana.desk(id) { _ = try $0.acknowledge() }
    try site.owner.run("UPDATE reminders SET next_at = \(site.now) WHERE id = \(id)")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM fired") == 1)
    #expect(try site.count("SELECT count(*) FROM escalations") == 1)
  }
}
