import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Who did it, beside whose it is; one append for many accounts; and what nothing but the walk can see since numbers are no key.
@Suite struct AuditVersionTests {
  private let site: Site
  private let (ana, eve): (Browser, Browser)

  init() throws {
    site = try Site()
    (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    for browser in [ana, eve] { _ = try browser.remind() }
  }

  private var verdict: AuditVerification.Outcome { get throws { try AuditVerification.verify(site.services.keys, site.owner) } }

  @Test func `an entry names the person who did it, or whom a link was sent to, and nobody where Heed did it`() throws {
    let id = try ana.remind(["title": "A", "at": "2026-11-21T09:01"])
    site.now = site.now.advanced(minutes: 2)
    try site.work()
    let escalation: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    let link = ActionLink(escalation, to: nil, sentAt: site.now).token(site.services.keys)
    #expect(site.browser().post("/a/\(link)", ["action": "acknowledgement"]).status == 303)
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    // The last tier, and a day later the end.
    for _ in 0..<2 {
      site.now = site.now.advanced(days: 2)
      try site.work()
    }
    let who: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT DISTINCT actor || ' ' || version || ' ' || CASE actor_id WHEN user_id THEN 'itself' ELSE coalesce(actor_id::text, '-') END
          FROM audit_log ORDER BY 1
          """))
    #expect(who == ["link 1 itself", "system 1 -", "user 1 itself"])
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try verdict == .whole(rows: rows, accounts: 2))
  }

  @Test func `entries of many accounts are appended at once, each to its own chain`() throws {
    let records = [eve, ana, eve, ana, ana].map {
      AuditRecord(user: $0.user, account: $0.account, entry: AuditEntry("escalation.expired", "escalation"))
    }
    try Audit.append(records, by: .system, at: site.now, site.services.keys, site.connection("heed_work"))
    #expect(try verdict == .whole(rows: 7, accounts: 2))
    for (person, count) in [(ana, 4), (eve, 3)] as [(Browser, Int)] {
      #expect(try site.count("SELECT number FROM audit_heads WHERE account_id = \(person.account)") == count)
    }
    // All or none: one of the accounts is not there.
    let unknown = AuditRecord(user: ana.user, account: .new(at: site.now), entry: AuditEntry("x", "x"))
    #expect(throws: PostgresError.self) {
      try Audit.append(records + [unknown], by: .system, at: site.now, site.services.keys, site.owner)
    }
    #expect(try verdict == .whole(rows: 7, accounts: 2))
  }

  @Test func `what many people did not answer is written down in two round trips`() throws {
    for browser in [ana, eve] { _ = try browser.remind(.once(at: site.now), .low, next: site.now) }
    for _ in 0..<2 {
      try site.work()
      site.pass(hours: 4)
    }
    try site.work()
    site.pass(hours: 25)
    let watch = try StatementWatch(site.url("heed_work"))
    let worker = try site.worker(nil, watch.db)
    _ = try worker.runOnce { site.now }
    #expect(watch.statements.count { $0.contains("door.audit_") } == 2, "\(watch.statements)")
    #expect(try site.count("SELECT count(DISTINCT account_id) FROM audit_log WHERE action = 'escalation.expired'") == 2)
  }

  @Test func `a row that is there twice is named, also where the walk goes on after a thousand`() throws {
    for _ in 0..<20 {
      let records = (0..<50).map { _ in AuditRecord(user: ana.user, account: ana.account, entry: AuditEntry("x", "x")) }
      try Audit.append(records, by: .system, at: site.now, site.services.keys, site.owner)
    }
    #expect(try verdict == .whole(rows: 1_002, accounts: 2))
    for number in [1, 1_000, 1_001] as [Int64] {
      try site.owner.run(
        """
        INSERT INTO audit_log (id, account_id, number, at, actor, action, subject, payload_sha256, version, mac)
        SELECT 'ffffffff-0000-7000-8000-000000000000', account_id, number, at, actor, action, subject, payload_sha256, version, mac
        FROM audit_log WHERE account_id = \(ana.account) AND number = \(number)
        """)
      #expect(try verdict == .broken(account: ana.account.text, number: number, why: "it is there twice"))
      try site.owner.run("DELETE FROM audit_log WHERE id::text LIKE 'ffffffff%'")
    }
    #expect(try verdict == .whole(rows: 1_002, accounts: 2))
  }

  @Test func `a row of a later program is not called forged`() throws {
    try site.owner.run("UPDATE audit_log SET version = 2 WHERE account_id = \(ana.account)")
    #expect(
      try verdict == .broken(account: ana.account.text, number: 1, why: "it is of version 2, which this program does not know"))
  }
}
