import Foundation
import Logging
import Net
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// The audit log against somebody who is past the program: as the web role in SQL, and as whoever may write everything.
@Suite struct AuditChainTests {
  /// Two accounts, four rows each.
  private func filled() throws -> (Site, Browser, Browser) {
    let site = try Site()
    let people = try ["ana@x.test", "eve@x.test"].map { email in
      let browser = try site.person(email)
      for title in ["One", "Two", "Three", "Four"] { _ = try browser.remind(["title": title]) }
      return browser
    }
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 8, accounts: 2))
    return (site, people[0], people[1])
  }

  private func act<Value>(_ person: Browser, _ body: (Connection) throws -> Value) throws -> Value {
    try person.site.web.transaction {
      try person.site.web.run(
        "SELECT set_config('heed.user_id', \(person.user.text), true), set_config('heed.account_id', \(person.account.text), true)")
      return try body(person.site.web)
    }
  }

  @Test(arguments: [-1, 0, 1, 5, 6] as [Int64])
  func `the web role puts no row into the log and moves no end`(number: Int64) throws {
    let (site, ana, _) = try filled()
    let before = try site.fingerprint()
    for sql: SQL in [
      """
      INSERT INTO audit_log (id, account_id, number, at, user_id, actor, action, subject, payload_sha256, mac)
      VALUES (gen_random_uuid(), \(ana.account), \(number), \(site.now), \(ana.user), 'user', 'x', 'x', '', sha256(''))
      """,
      "UPDATE audit_heads SET number = \(number)", "DELETE FROM audit_heads", "DELETE FROM audit_log",
      "UPDATE audit_log SET number = \(number)",
      "INSERT INTO audit_heads (account_id, number, mac) VALUES (gen_random_uuid(), \(number), '')",
    ] {
      let error = #expect(throws: PostgresError.self) { try act(ana) { try $0.run(sql) } }
      #expect(error?.sqlstate == "42501")
    }
    #expect(try site.fingerprint() == before)
  }

  @Test func `no row below one is taken, whoever writes it`() throws {
    let (site, ana, _) = try filled()
    let error = #expect(throws: PostgresError.self) {
      try site.owner.run("UPDATE audit_log SET number = 0 WHERE number = 4 AND account_id = \(ana.account)")
    }
    #expect(error?.sqlstate == "23514")
  }

  private struct Entry {
    var account: ID<Account>
    var user: ID<User>?
    var first: Int64 = 5
    var actor = "user"
    var actorID: ID<User>?
    var macs = 1
  }

  private func append(_ entry: Entry, _ db: Connection) throws {
    let (mac, id) = ([UInt8](repeating: 7, count: 32), UUID().uuidString)
    try db.run(
      """
      SELECT door.audit_append('2026-11-21T09:00Z', '', '', '', 1::smallint, ARRAY[\(entry.account)], ARRAY[\(entry.first)]::bigint[],
        ARRAY[\(entry.user)]::uuid[], ARRAY[\(entry.actor)], ARRAY[\(entry.actorID ?? entry.user)]::uuid[], ARRAY[\(id)]::text[]::uuid[],
        ARRAY['x'], ARRAY['x'], ARRAY[NULL]::uuid[], ARRAY['{}'], ARRAY[sha256('{}')], \([[UInt8]](repeating: mac, count: entry.macs)))
      """)
  }

  @Test func `the door appends behind the end, for the account and the person that are acted for`() throws {
    let (site, ana, eve) = try filled()
    let before = try site.fingerprint()
    let good = Entry(account: ana.account, user: ana.user)
    let wrong: [(Entry, String)] = [
      (Entry(account: eve.account, user: ana.user), "42501"), (Entry(account: ana.account, user: eve.user), "42501"),
      (Entry(account: ana.account, user: nil), "42501"), (Entry(account: ana.account, user: ana.user, actor: "operator"), "42501"),
      (Entry(account: ana.account, user: ana.user, actor: "system"), "42501"),
      (Entry(account: ana.account, user: ana.user, first: 0), "55000"), (Entry(account: ana.account, user: ana.user, first: 4), "55000"),
      (Entry(account: ana.account, user: ana.user, first: 6), "55000"), (Entry(account: ana.account, user: ana.user, macs: 0), "23502"),
      (Entry(account: ana.account, user: ana.user, macs: 2), "23502"),
      (Entry(account: ana.account, user: ana.user, actorID: eve.user), "42501"),
      (Entry(account: ana.account, user: ana.user, actor: "webhook", actorID: eve.user), "42501"),
      (Entry(account: ana.account, user: eve.user, actorID: ana.user), "42501"),
    ]
    for (entry, state) in wrong {
      let error = #expect(throws: PostgresError.self) { try act(ana) { try append(entry, $0) } }
      #expect(error?.sqlstate == state, "\(entry)")
    }
    // Acting for nobody.
    #expect(throws: PostgresError.self) { try append(good, site.web) }
    for account in [eve.account, .new(at: site.now)] {
      let error = #expect(throws: PostgresError.self) { try act(ana) { try $0.run("SELECT door.audit_heads(ARRAY[\(account)])") } }
      #expect(error?.sqlstate == "42501")
    }
    #expect(try site.fingerprint() == before)
    // What fits goes in, and its MAC, which nobody without the key can make, gives it away.
    try act(ana) { try append(good, $0) }
    #expect(
      try AuditVerification.verify(site.services.keys, site.owner)
        == .broken(account: ana.account.text, number: 5, why: "it is not as it was written"))
  }

  @Test func `the ends of other accounts' chains are not seen`() throws {
    let (_, ana, eve) = try filled()
    let theirs = try act(ana) { try $0.value("SELECT count(*) FROM audit_heads WHERE account_id = \(eve.account)", as: Int.self) }
    let all = try act(ana) { try $0.value("SELECT count(*) FROM audit_heads", as: Int.self) }
    #expect([theirs, all] == [0, 1])
  }

  @Test func `a housemate's entries are nobody else's, those without a person are everybody's of the account`() throws {
    let (site, ana, eve) = try filled()
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    _ = try bob.remind(["title": "Bob's own"])
    try site.owner.run("UPDATE audit_log SET user_id = NULL WHERE number = 2")
    for (person, numbers) in [(ana, "1 2 3 4"), (bob, "2 5"), (eve, "1 2 3 4")] {
      let seen = try act(person) {
        try $0.value("SELECT string_agg(number::text, ' ' ORDER BY number) FROM audit_log", as: String.self)
      }
      #expect(seen == numbers)
    }
  }

  @Test(arguments: [0, -7] as [Int64])
  func `a row that stands before the first is named`(number: Int64) throws {
    let (site, ana, _) = try filled()
    // As a database may hold it from before the table refused it.
    try site.owner.run("ALTER TABLE audit_log DROP CONSTRAINT audit_log_from_one")
    try site.owner.run(
      """
      INSERT INTO audit_log (id, account_id, number, at, user_id, actor, action, subject, payload_sha256, version, mac)
      VALUES (gen_random_uuid(), \(ana.account), \(number), \(site.now), \(ana.user), 'user', 'x', 'x', '', 1, sha256(''))
      """)
    #expect(
      try AuditVerification.verify(site.services.keys, site.owner)
        == .broken(account: ana.account.text, number: number, why: "it stands before the beginning of the chain"))
  }

  @Test func `every account has its chain`() throws {
    let (site, ana, eve) = try filled()
    try site.owner.run("DELETE FROM audit_log WHERE account_id = \(eve.account)")
    try site.owner.run("DELETE FROM audit_heads WHERE account_id = \(eve.account)")
    let missing = AuditVerification.Outcome.broken(account: eve.account.text, number: 1, why: "the chain, or its recorded end, is missing")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == missing)
    // Nor does an end that says "nothing yet" stand in for one.
    try site.owner.run("INSERT INTO audit_heads (account_id, number, mac) VALUES (\(eve.account), 0, '')")
    #expect(
      try AuditVerification.verify(site.services.keys, site.owner)
        == .broken(account: eve.account.text, number: 1, why: "it is missing: an account's making is written down"))
    // Whoever is made by an operator, or signs up, begins one.
    try site.owner.run("DELETE FROM accounts WHERE id = \(eve.account)")
    try site.owner.run("DELETE FROM audit_heads WHERE account_id = \(eve.account)")
    #expect(site.browser().signUp("new@x.test").status == 303)
    _ = try Operator.makeUser(
      email: "op@x.test", password: Site.password, timezone: "UTC", language: "en", role: "owner", account: nil, site.services,
      at: site.now,
      site.owner)
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 6, accounts: 3))
    _ = ana
  }

  @Test func `nothing is changed where nothing can be written down`() throws {
    let site = try Site()
    let nobody = ID<Account>.new(at: site.now)
    #expect(throws: PostgresError.self) {
      try Audit.append(
        [AuditEntry("x", "x")], user: .new(at: site.now), account: nobody, by: .system, at: site.now,
        site.services.keys,
        site.owner)
    }
    #expect(try site.count("SELECT count(*) FROM audit_heads") == 0)
  }

  /// What workers wrote to their log, as it lies on the disk.
  private func log(_ site: Site, rounds: [Instant]) throws -> [[UInt8]] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("heed-heads-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    let logger = Logger(label: "work-one") { LogLines(source: $0, level: .info, file: handle.fileDescriptor) }
    logger.notice("started", metadata: ["path": "\"message\":\"audit.heads\",\"heads\":\"\(site.name):1:00\""])
    let mailer = Mailer(.maildir(Maildir(path: path + ".mail")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    defer { try? FileManager.default.removeItem(atPath: path + ".mail") }
    let worker = try Worker(site.services, site.connection("heed_work"), mailer) { event, details in
      logger.notice("\(event)", metadata: details.mapValues { .string($0) })
    }
    for now in rounds { _ = try worker.runOnce { now } }
    return try Data(contentsOf: URL(filePath: path)).split(separator: 10).map(Array.init)
  }

  private func read(_ lines: [[UInt8]]) -> LoggedHeads {
    var heads = LoggedHeads()
    for line in lines { heads.read(line: line) }
    return heads
  }

  @Test func `a worker writes the ends of all chains to its log, once a day`() throws {
    let site = try Site()
    for number in 0..<(LoggedHeads.perLine * 2 + 1) {
      let (user, account) = (ID<User>.new(at: site.now), ID<Account>.new(at: site.now))
      try site.owner.run("INSERT INTO accounts (id, name, created_at) VALUES (\(account), \("\(number)"), \(site.now))")
      try Audit.append(
        [AuditEntry("account.made", "user")], user: user, account: account, by: Actor(kind: .operator), at: site.now,
        site.services.keys, site.owner)
    }
    let all = LoggedHeads.perLine * 2 + 1
    #expect(try read(log(site, rounds: [site.now, site.now.advanced(hours: 1)])).count == all)
    // Another worker, on a day that is written down already, and on the next.
    #expect(try read(log(site, rounds: [site.now, site.now.advanced(days: 1)])).count == all)
    let lines = try log(site, rounds: [site.now.advanced(days: 2)])
    #expect(lines.allSatisfy { $0.count < 8_192 })
    #expect(try AuditVerification.verify(site.services.keys, site.owner, against: read(lines)) == .whole(rows: all, accounts: all))
  }

  @Test func `what was cut off or taken out below what the log saw is named`() throws {
    let (site, ana, eve) = try filled()
    let heads = try read(log(site, rounds: [site.now]))
    #expect(heads.count == 2)
    func verdict() throws -> AuditVerification.Outcome { try AuditVerification.verify(site.services.keys, site.owner, against: heads) }
    #expect(try verdict() == .whole(rows: 8, accounts: 2))
    // The chain grows past what the log saw.
    _ = try ana.remind()
    #expect(try verdict() == .whole(rows: 9, accounts: 2))
    // Tail and end together: the chain itself is whole.
    try site.owner.run("DELETE FROM audit_log WHERE account_id = \(eve.account) AND number > 2")
    try site.owner.run(
      "UPDATE audit_heads h SET number = 2, mac = (SELECT mac FROM audit_log l WHERE l.account_id = h.account_id AND number = 2) WHERE account_id = \(eve.account)"
    )
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 7, accounts: 2))
    #expect(
      try verdict() == .broken(account: eve.account.text, number: 3, why: "it is missing: the log saw the chain reach row 4"))
    // It grows again, with other rows.
    for title in ["Five", "Six", "Seven"] { _ = try eve.remind(["title": title]) }
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 10, accounts: 2))
    #expect(
      try verdict() == .broken(account: eve.account.text, number: 4, why: "it is not the row that the log saw at this place"))
    // A whole account is gone, with everything about it.
    try site.owner.run("DELETE FROM accounts WHERE id = \(eve.account)")
    try site.owner.run("DELETE FROM audit_log WHERE account_id = \(eve.account)")
    try site.owner.run("DELETE FROM audit_heads WHERE account_id = \(eve.account)")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 5, accounts: 1))
    #expect(try verdict() == .broken(account: eve.account.text, number: 1, why: "the chain, or its recorded end, is missing"))
  }

  @Test(arguments: [
    "", "audit.heads", "{\"message\":\"audit.heads\"}", "{\"message\":\"audit.heads\",\"heads\":\"\"}",
    "{\"message\":\"audit.heads\",\"heads\":\"0190a1b2-0000-7000-8000-000000000001:4:ab\"}",
    "{\"message\":\"audit.heads\",\"heads\":\"0190a1b2-0000-7000-8000-000000000001:0:\(String(repeating: "ab", count: 32))\"}",
    "{\"message\":\"audit.heads\",\"heads\":\"0190a1b2-0000-7000-8000-000000000001:99999999999999999999:\(String(repeating: "ab", count: 32))\"}",
    "{\"message\":\"x\",\"path\":\"\\\"message\\\":\\\"audit.heads\\\",\\\"heads\\\":\\\"0190a1b2-0000-7000-8000-000000000001:4:\(String(repeating: "ab", count: 32))\\\"\"}",
    "{\"message\":\"audit.heads\",\"heads\":\"0190a1b2-0000-7000-8000-000000000001:4:\(String(repeating: "é", count: 32))\"}",
  ])
  func `other lines of the log are passed over, and so is what was cut off`(line: String) {
    #expect(read([Array(line.utf8)]).count == 0)
  }

  @Test func `lines are read with what a system's logger puts before them`() {
    let word = "0190a1b2-0000-7000-8000-000000000001:4:" + String(repeating: "ab", count: 32)
    let line = "Nov 28 03:00:00 host heed[7]: {\"level\":\"notice\",\"message\":\"audit.heads\",\"heads\":\"\(word) \(word.dropLast())\"}\n"
    #expect(read([Array(line.utf8)]).count == 1)
  }
}
