import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct AuditTests {
  /// A post of every route for those who are signed in, in an order in which each succeeds; `R` is a reminder, `E` its escalation.
  private static let posts: [(path: String, fields: KeyValuePairs<String, String>)] = [
    ("/email/verification", [:]), ("/settings/profile", ["display_name": "Anna", "version": "1"]),
    ("/settings/sessions/S/revocation", [:]), ("/settings/password", ["current": Site.password, "password": "a brand new walrus"]),
    ("/reminders", ["title": "Another"]), ("/reminders/R", ["title": "Changed", "at": "2026-12-01T09:00", "version": "1"]),
    ("/reminders/R/run", [:]), ("/reminders/R/acknowledgement", [:]), ("/reminders/R/snoozes", ["until": "2 hours"]),
    ("/reminders/R/completion", [:]), ("/reminders/R/reopening", [:]), ("/reminders/R/archival", [:]), ("/reminders/R/deletion", [:]),
    ("/sign-out", [:]),
  ]

  @Test func `every post of somebody who is signed in is written down`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    let phone = site.browser()
    #expect(phone.signIn("ana@x.test").status == 303)
    let session = try site.text("SELECT id::text FROM web_sessions WHERE address <> ''").unwrapped
    let reminder = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    for (path, fields) in AuditTests.posts {
      let path = path.split(separator: "/").map { $0 == "R" ? reminder : $0 == "S" ? session : String($0) }.joined(separator: "/")
      let before = try site.count("SELECT count(*) FROM audit_log")
      let page = ana.post("/" + path, fields)
      #expect(page.status == 303, "\(path)")
      #expect(try site.count("SELECT count(*) FROM audit_log") == before + 1, "\(path)")
      #expect(try site.text("SELECT actor || ' ' || address FROM audit_log ORDER BY number DESC LIMIT 1") == "user 192.0.2.1", "\(path)")
      #expect(try site.count("SELECT count(*) FROM audit_log WHERE user_id <> \(ana.user)") == 0)
    }
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: rows, accounts: 1))
  }

  @Test func `many changes at once are one row each`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let ids = try (0..<3).map { _ in try ana.remind() }
    let before = try site.count("SELECT count(*) FROM audit_log")
    #expect(ana.post("/reminders/bulk", ["id": ids[0], "id": ids[1], "id": ids[2], "action": "completion"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log") == before + 3)
  }

  @Test func `a refused post writes nothing down`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let before = try site.fingerprint()
    ana.post("/reminders", ["title": ""])
    ana.post("/reminders", ["title": "A"], csrf: false)
    ana.post("/settings/profile", ["display_name": "", "version": "1"])
    ana.post("/settings/profile", ["display_name": "B", "version": "7"])
    #expect(try site.fingerprint() == before)
  }

  /// Two accounts with several rows each, all columns filled.
  private static let kept = Result<Site.Kept, any Error> {
    let site = try Site()
    for email in ["ana@x.test", "eve@x.test"] {
      let browser = try site.person(email)
      let id = try browser.remind()
      for words in ["1 hour", "2 hours", "3 hours"] { browser.post("/reminders/\(id)/snoozes", ["until": words], ["user-agent": "Lynx"]) }
    }
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 8, accounts: 2))
    return try site.keep()
  }

  private func filled() throws -> Site { try Site(copying: Self.kept.get()) }

  @Test(arguments: [
    "id = gen_random_uuid()", "at = at + interval '1 microsecond'", "user_id = NULL", "actor = 'system'", "action = 'reminder.made'",
    "subject = 'session'",
    "subject_id = NULL", "payload = payload || ' '", "payload = '{}', payload_sha256 = sha256('{}')", "address = '198.51.100.7'",
    "agent = ''",
    "request_id = ''", "mac = sha256('')", "actor_id = gen_random_uuid()", "version = 0, actor_id = NULL", "version = 2",
    "version = -1, actor_id = NULL",
  ])
  func `a row that was altered is named`(change: String) throws {
    let site = try filled()
    let statement = "UPDATE audit_log SET \(change) WHERE number = 3 AND account_id = (SELECT min(account_id::text)::uuid FROM audit_log)"
    try run(statement, site)
    guard case .broken(_, let number, _) = try AuditVerification.verify(site.services.keys, site.owner) else {
      Issue.record("not noticed")
      return
    }
    // A MAC that was altered with care shows in the row after it.
    #expect(number == 3)
  }

  @Test(arguments: [
    ("DELETE FROM audit_log WHERE number = 2", 2), ("DELETE FROM audit_log WHERE number = 1", 1),
    ("DELETE FROM audit_log WHERE number = 4", 4),
    ("DELETE FROM audit_log WHERE number >= 3", 3), ("DELETE FROM audit_log", 1), ("DELETE FROM audit_heads", 1),
    ("UPDATE audit_heads SET number = 3", 4), ("UPDATE audit_heads SET number = 9", 5), ("UPDATE audit_heads SET mac = ''", 4),
    ("UPDATE audit_heads SET number = 0, mac = ''", 1),
    ("UPDATE audit_heads h SET number = 2, mac = (SELECT mac FROM audit_log l WHERE l.account_id = h.account_id AND number = 2)", 3),
    ("UPDATE audit_log SET number = number + 10 WHERE number = 4", 4),
  ])
  func `a chain that was cut is noticed`(statement: String, number: Int) throws {
    let site = try filled()
    try run(statement, site)
    guard case .broken(_, let found, _) = try AuditVerification.verify(site.services.keys, site.owner) else {
      Issue.record("not noticed")
      return
    }
    #expect(found == Int64(number))
  }

  @Test func `rows that changed places are noticed, another key reads none`() throws {
    let site = try filled()
    let other = try Site()
    #expect(try AuditVerification.verify(other.services.keys, site.owner) == AuditVerification.verify(site.services.keys, site.owner))
    try run("UPDATE audit_log SET number = CASE number WHEN 2 THEN 1003 WHEN 3 THEN 1002 END WHERE number IN (2, 3)", site)
    try run("UPDATE audit_log SET number = number - 1000 WHERE number > 1000", site)
    guard case .broken(_, let number, _) = try AuditVerification.verify(site.services.keys, site.owner) else {
      Issue.record("not noticed")
      return
    }
    #expect(number == 2)
  }

  @Test func `a payload that was erased leaves the chain whole`() throws {
    let site = try filled()
    try run("UPDATE audit_log SET payload = NULL WHERE number = 2", site)
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 8, accounts: 2))
  }

  /// Statements of the tests' tables, which no bind can hold.
  private func run(_ statement: String, _ site: Site) throws {
    try site.owner.run("CREATE OR REPLACE FUNCTION pg_temp.run(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE $1; END $$")
    try site.owner.run("SELECT pg_temp.run(\(statement))")
  }

  @Test func `the page shows one's own rows, newest first, page by page`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana)
    for n in 0..<120 { _ = try (n % 2 == 0 ? ana : bob).remind(["title": "Number \(n)"]) }
    var seen: [Substring] = []
    var target: String? = "/settings/audit"
    while let address = target, seen.count < 500 {
      let page = ana.get(address)
      #expect(page.status == 200)
      // Each sentence stands in its row, and once more behind the link to all that was done to the same.
      let rows = page.text.components(separatedBy: "<th scope=\"row\">").dropFirst()
      seen += rows.compactMap { row in row.firstRange(of: "Number ").map { row[$0.upperBound...].prefix { $0.isNumber } } }
      target = page.links.first { $0.contains("after=") }
    }
    #expect(seen.map { Int($0) } == (0..<60).reversed().map { $0 * 2 })
  }

  @Test(arguments: ["x", "9223372036854775808", "", "-1", "0", "%00", "1;2"])
  func `a page that cannot be is told`(after: String) throws {
    let page = try Site().person("ana@x.test").get("/settings/audit?after=" + after)
    #expect(page.status == (["", "-1", "0"].contains(after) ? 200 : 422))
  }
}
