import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Hard case 17: a person is erased with an escalation open, messages under way, contacts and keys.
@Suite struct PersonErasureTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func erase(_ browser: Browser) -> Page { browser.post("/settings/deletion", ["password": Site.password]) }

  /// Where an id stands, in any column of any table that can hold it.
  private func places(_ user: ID<User>) throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT x.place FROM (
            SELECT c.relname || '.' || a.attname AS place, query_to_xml(
              format('SELECT 1 AS x FROM %I t WHERE t.%I = %L LIMIT 1', c.relname, a.attname, \(user.text)), true, true, '')::text AS found
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.atttypid = 'uuid'::regtype) x
          WHERE x.found LIKE '%<row%' ORDER BY 1
          """))
  }

  @Test func `Hard case 17: all is dead at once, nothing is sent after, and the chain verifies`() throws {
    try ana.agreed("Tia", "tia@x.test")
    // All but what brings colleagues along, or another password.
    for footprint in footprints where footprint.worked["reminder_offers"] == nil && footprint.worked["account_mails"] == nil {
      try footprint.rows(ana)
    }
    let reminder = try ana.remind(["title": "Pay the rent"])
    #expect(ana.post("/reminders/\(reminder)/run").status == 303)
    let elsewhere = try site.visit(as: ana)
    // A message that is due, one that is held by a worker who hangs, and a ladder with steps to come.
    try site.owner.run("UPDATE outbox SET state = 'sending', lease_until = \(site.now.advanced(hours: 1)) WHERE subject = 'escalation'")
    let before = try site.mails().count
    let page = erase(ana)
    #expect(page.status == 303 && page.location == "/sign-in")
    for browser in [ana, elsewhere] { #expect(!browser.isSignedIn) }
    #expect(site.browser().signIn("ana@x.test").status == 422)
    for _ in 0..<4 {
      site.pass(hours: 3)
      try site.work()
    }
    #expect(try site.mails().count == before)
    // Whose entry it was stays in the log, without what it said.
    #expect(try Set(places(ana.user)).isSubset(of: ["audit_log.actor_id", "audit_log.subject_id", "audit_log.user_id"]))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE user_id = \(ana.user) AND payload IS NOT NULL") == 0)
    #expect(try site.count("SELECT count(*) FROM users") == 0 && site.count("SELECT count(*) FROM search_documents") == 0)
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: rows, accounts: 1))
    // The address is free.
    #expect(site.browser().signUp("ana@x.test").status == 303)
  }

  @Test func `Hard case 17: with more than a request deletes, all is dead at once and the worker takes the rest away`() throws {
    try site.owner.run(
      """
      INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
      SELECT gen_random_uuid(), p.user_id, p.id, 'Many', 'low', 'active', \(site.now), \(site.now), \(site.now)
      FROM profiles p, generate_series(1, 2500) WHERE p.user_id = \(ana.user) AND p.preset = 'gentle'
      """)
    _ = try ana.invite("new@x.test")
    let id = try ana.remind(["title": "Back up", "at": "2026-12-01T09:00", "criteria": "webhook"])
    let address = try ana.post("/reminders/\(id)/completion-secret").fact("webhook").unwrapped
    #expect(erase(ana).status == 303, "\(site.logged)")
    // Nobody can come into an account that nobody has, and no invitation leaves.
    #expect(try site.count("SELECT count(*) FROM invitations WHERE revoked_at IS NULL") == 0)
    #expect(try site.count("SELECT count(*) FROM outbox") == 0)
    #expect(site.browser().post(String(address.dropFirst("https://heed.test".count)), raw: []).status == 404)
    #expect(try site.count("SELECT count(*) FROM users") == 1 && site.browser().signIn("ana@x.test").status == 422)
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status <> 'archived' OR next_at IS NOT NULL") == 0)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM users") == 0 && site.count("SELECT count(*) FROM accounts") == 0)
    #expect(try site.mails().isEmpty)
  }

  @Test func `Hard case 17: what comes of a message that was under way when its person was erased changes nothing`() throws {
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try site.work()
    let message = try site.owner.row("SELECT \(OutboxMessage.columns) FROM outbox d", into: OutboxMessage.init).unwrapped
    try site.owner.run("UPDATE outbox SET state = 'sending', lease_until = \(site.now.advanced(hours: 1))")
    #expect(erase(ana).status == 303, "\(site.logged)")
    let transfer = OutboxTransfer(subject: .deliveries, channel: .email, message: message, firstAt: site.now, address: "ana@x.test")
    let outcome = MailOutcome.permanent(MailReply(stage: .recipient, code: 550, enhanced: nil, text: "no"))
    #expect(try Outbox.write([OutboxResult(Judgement(outcome), transfer, site.now)], site.now, site.worker().bench) == 0)
    #expect(site.workLogged == ["work.late_result"])
    #expect(try site.count("SELECT count(*) FROM outbox") == 0 && site.count("SELECT count(*) FROM outbox_attempts") == 0)
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == 0)
  }

  @Test func `a wrong password erases nothing, and is asked for at most ten times`() throws {
    _ = try ana.remind()
    let page = ana.post("/settings/deletion", ["password": "not this walrus"])
    #expect(page.status == 422 && page.complaints == ["password"])
    #expect(ana.post("/settings/deletion").status == 422)
    for _ in 0..<8 { _ = ana.post("/settings/deletion", ["password": "x"]) }
    #expect(erase(ana).status == 429)
    #expect(try site.count("SELECT count(*) FROM reminders") == 1)
  }

  @Test func `the last owner of a team stays, anybody else goes and the team's things stay`() throws {
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    _ = try bob.remind(["title": "Bob's own"])
    try site.owner.run(
      """
      INSERT INTO invitations (id, account_id, email, email_key, role, language, invited_by, created_at, expires_at, accepted_at)
      VALUES (gen_random_uuid(), \(ana.account), 'bob@x.test', 'bob@x.test', 'admin', 'en', 'ana@x.test', \(site.now), \(site.now), \(site.now))
      """)
    _ = (try bob.invite("bobs@x.test"), try ana.invite("anas@x.test"))
    try site.owner.run(
      "INSERT INTO address_sends (user_id, channel, address_key, at) VALUES (\(bob.user), 'sms', 'of a stranger', \(site.now))")
    #expect(erase(ana).status == 409)
    #expect(erase(bob).status == 303)
    try site.work()
    // Accounts that are made and erased would else have a stranger's telephone rung without end.
    #expect(try site.count("SELECT count(*) FROM address_sends WHERE address_key = 'of a stranger' AND user_id <> \(bob.user)") == 1)
    #expect(try site.text("SELECT string_agg(email, ' ') FROM users") == "ana@x.test")
    #expect(try site.text("SELECT string_agg(email, ' ') FROM invitations WHERE revoked_at IS NULL") == "anas@x.test")
    #expect(try site.count("SELECT count(*) FROM invitations WHERE 'bob@x.test' IN (email, email_key, invited_by)") == 0)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    #expect(ana.get("/settings/audit").text.contains("Somebody of the team erased their account."))
    #expect(!ana.get("/settings/team").text.contains("bob@x.test"))
  }

  @Test func `Hard case 17: a planner goes little by little, what stands below others first`() throws {
    let parent = try ana.task(["title": "P"])
    for _ in 0..<3 { _ = try ana.task(["title": "C", "parent": parent]) }
    _ = try ana.deadline(["title": "L", "due": "2026-12-01 09:00"])
    #expect(ana.post("/inbox", ["text": "one\ntwo"]).status == 303)
    let left: SQL = """
      SELECT concat_ws(' ', (SELECT string_agg(title, '' ORDER BY title) FROM tasks), (SELECT count(*) FROM deadlines),
        (SELECT count(*) FROM inbox_items))
      """
    var seen: [String] = []
    try site.owner.transaction {
      try site.owner.run("DELETE FROM reminders")
      try site.owner.run("UPDATE users SET email_key = erased_key(id) WHERE id = \(ana.user)")
      for _ in 0..<5 {
        #expect(try site.owner.value("SELECT door.erase_person_more(\(ana.user), 2)", as: Bool.self) == true)
        seen.append(try site.text(left) ?? "")
      }
      try site.owner.run("UPDATE users SET email_key = email WHERE id = \(ana.user)")
    }
    #expect(seen == ["CP 1 2", "P 1 2", "1 2", "0 2", "0 0"])
  }

  @Test func `Hard case 17: the calendar is not read by others any more, and what people and events have by the thousand goes before them`()
    throws
  {
    let address = "/ics/" + (try ana.feed(["include": "events"])) + ".ics"
    let person = try ana.known(["name": "Bea"])
    let event = try ana.event([
      "title": "E", "starts": "2026-12-01T09:00", "repeat": "daily", "repeat_times": "3", "remind": "1 hour before",
    ])
    try ana.relate("person:" + person, "attends", "event:" + event)
    #expect(ana.post("/people/\(person)/contacts-log", ["at": "yesterday"]).status == 303)
    let left: SQL = """
      SELECT concat_ws(' ', (SELECT count(*) FROM entity_relationships), (SELECT count(*) FROM event_instances), (SELECT count(*) FROM contact_log),
        (SELECT count(*) FROM events), (SELECT count(*) FROM people))
      """
    #expect(try site.text(left) == "1 3 1 1 1")
    // No worker has come by yet, and nobody reads what others could until now.
    #expect(site.browser().get(address).status == 200 && erase(ana).status == 303 && site.browser().get(address).status == 404)
    #expect(try site.count("SELECT count(*) FROM events WHERE bell_at IS NOT NULL") == 0)
    var seen: [String] = []
    try site.owner.transaction {
      try site.owner.run("DELETE FROM reminders")
      for _ in 0..<5 {
        #expect(try site.owner.value("SELECT door.erase_person_more(\(ana.user), 2)", as: Bool.self) == true)
        seen.append(try site.text(left) ?? "")
      }
    }
    #expect(seen == ["0 3 1 1 1", "0 0 1 1 1", "0 0 0 1 1", "0 0 0 0 1", "0 0 0 0 0"])
  }

  @Test func `somebody alone with a desk takes all of it along`() throws {
    let desk = try Desk(site)
    _ = try desk.draft(try desk.write("Where is my parcel?"))
    for number in 0..<2 { try desk.write("And mine?", in: "more-\(number)", email: "c\(number)@customer.example") }
    // A desk may be large: its conversations go little by little.
    func conversations() throws -> Int { try site.count("SELECT count(*) FROM conversations") }
    var steps = 0
    try site.owner.transaction {
      try site.owner.run("UPDATE users SET email_key = erased_key(id) WHERE id = \(desk.owner.user)")
      while try conversations() == 3, steps < 10 {
        #expect(try site.owner.value("SELECT door.erase_person_more(\(desk.owner.user), 3)", as: Bool.self) == true)
        steps += 1
      }
      #expect(try conversations() == 2)
      try site.owner.run("UPDATE users SET email_key = email WHERE id = \(desk.owner.user)")
    }
    #expect(erase(desk.owner).status == 303, "\(site.logged)")
    try site.work()
    #expect(try conversations() == 0 && site.count("SELECT count(*) FROM customers") == 0)
    #expect(try site.count("SELECT count(*) FROM accounts") == 1)
  }
}
