import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Issue 10, part 1 and hard case 26: who shares an account, who may change that, and what goes along with whoever leaves.
@Suite struct MembersTests {
  private func roles(_ site: Site, of account: ID<Account>) throws -> [String] {
    try site.owner.rows(
      Query(column: "SELECT split_part(email, '@', 1) || ' ' || role FROM users WHERE account_id = \(account) ORDER BY email"))
  }

  @Test func `Hard case 26: only owner and admin see the members' page, all of a team see the team's`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for (role, status) in [(Role.viewer, 403), (.agent, 403), (.admin, 200), (.owner, 200)] {
      let person = try site.person("\(role.rawValue)@x.test", sharing: ana, role: role)
      #expect(person.get("/settings/members").status == status, "\(role)")
      let team = person.get("/settings/team")
      #expect(team.status == 200 && team.text.contains("viewer@x.test"), "\(role)")
      #expect(team.text.contains("action=\"/settings/members\"") == (status == 200), "\(role)")
    }
    let eve = try site.person("eve@x.test")
    #expect(!eve.get("/settings/members").text.contains("ana@x.test"))
  }

  @Test(arguments: [
    // who, on whom, what they get, status, role afterwards
    ("owner", "viewer", "owner", 303, "owner"), ("owner", "admin", "viewer", 303, "viewer"), ("admin", "viewer", "admin", 303, "admin"),
    ("admin", "viewer", "owner", 403, "viewer"), ("admin", "second", "viewer", 403, "owner"), ("agent", "viewer", "agent", 403, "viewer"),
    ("viewer", "viewer", "owner", 403, "viewer"), ("admin", "admin", "agent", 303, "agent"), ("owner", "viewer", "king", 422, "viewer"),
    ("eve", "viewer", "agent", 404, "viewer"),
  ]) func `Hard case 26: who gives which role to whom`(who: String, whom: String, role: String, status: Int, after: String) throws {
    let site = try Site()
    let owner = try site.person("owner@x.test")
    var people = [
      "owner": owner, "eve": try site.person("eve@x.test"), "second": try site.person("second@x.test", sharing: owner, role: .owner),
    ]
    for role in [Role.admin, .agent, .viewer] {
      people[role.rawValue] = try site.person("\(role.rawValue)@x.test", sharing: owner, role: role)
    }
    let target = try people[whom].unwrapped.user
    #expect(try people[who].unwrapped.post("/settings/members/\(target.text)/role", ["role": role]).status == status)
    #expect(try site.text("SELECT role FROM users WHERE id = \(target)") == after)
  }

  @Test func `Hard case 26: the last owner can neither be lowered nor leave, and of two who lower each other one stays`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    #expect(ana.post("/settings/members/\(ana.user.text)/removal").status == 409)
    let bob = try site.person("bob@x.test", sharing: ana, role: .owner)
    #expect(ana.post("/settings/members/\(bob.user.text)/role", ["role": "agent"]).status == 303)
    let refused = ana.post("/settings/members/\(ana.user.text)/role", ["role": "admin"])
    #expect(refused.status == 409 && refused.text.contains("An account needs an owner"))
    #expect(ana.post("/settings/members/\(ana.user.text)/removal").status == 409)
    #expect(try roles(site, of: ana.account) == ["ana owner", "bob agent"])
  }

  @Test func `Hard case 26: whoever is taken out goes on in an account of their own with all that is theirs`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana, role: .agent)
    let reminder = try bob.remind()
    let page = ana.post("/settings/members/\(bob.user.text)/removal")
    #expect(page.status == 303 && page.location == "/settings/members")
    #expect(try roles(site, of: ana.account) == ["ana owner"])
    let own: ID<Account> = try site.owner.value("SELECT account_id FROM users WHERE id = \(bob.user)").unwrapped
    #expect(own != ana.account)
    #expect(try roles(site, of: own) == ["bob owner"])
    #expect(bob.get("/reminders/\(reminder)").status == 200)
    #expect(bob.get("/settings/members").status == 200 && !bob.get("/settings/members").text.contains("ana@x.test"))
    #expect(bob.get("/settings/audit").text.contains("Account made for bob@x.test."))
    #expect(ana.get("/settings/audit").text.contains("Ana was taken out of the team."))
    #expect(ana.post("/settings/members/\(bob.user.text)/removal").status == 404)
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: rows, accounts: 2))
  }

  @Test func `whoever leaves takes sealed settings along, which open with the key of the new account`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana, role: .viewer)
    let (column, place) = try bob.seal("a token of another service", at: site.now)
    #expect(bob.post("/settings/members/\(bob.user.text)/removal").status == 303)
    let own: ID<Account> = try site.owner.value("SELECT account_id FROM users WHERE id = \(bob.user)").unwrapped
    let sealed: [UInt8] = try site.owner.value("SELECT \(raw: column.column) FROM \(raw: column.table) WHERE user_id = \(bob.user)")
      .unwrapped
    let vault = Vault(masters: site.services.masters, db: site.owner)
    #expect(try vault.open(sealed, of: own, at: place) == Array("a token of another service".utf8))
    #expect(throws: VaultError.self) { try vault.open(sealed, of: ana.account, at: place) }
  }

  @Test func `a member is away until a time in words, and back; others are sent away by an admin alone`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana, role: .agent)
    let mine = "/settings/members/\(bob.user.text)/absence"
    #expect(bob.post(mine, ["until": "in 3 days"]).location == "/settings/team")
    #expect(try site.text("SELECT away_until::text FROM users WHERE id = \(bob.user)") == "2026-11-24 09:00:00+00")
    #expect(ana.get("/settings/members").text.contains("away until"))
    let refused = bob.post(mine, ["until": "blue"])
    #expect(refused.status == 422 && refused.text.contains("value=\"blue\""))
    #expect(bob.post(mine, ["until": ""]).status == 422)
    #expect(bob.post("/settings/members/\(ana.user.text)/absence", ["until": "in 3 days"]).status == 403)
    #expect(ana.post(mine, ["back": "on"]).location == "/settings/members")
    #expect(try site.count("SELECT count(*) FROM users WHERE away_until IS NOT NULL") == 0)
    let entries = try site.count("SELECT count(*) FROM audit_log WHERE action = 'member.absence'")
    #expect(ana.post(mine, ["back": "on"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'member.absence'") == entries)
  }
}

extension Browser {
  /// Seals something of this person's where the first feature that keeps a secret of people keeps it.
  fileprivate func seal(_ secret: String, at now: Instant) throws -> (SecretColumn, VaultPlace) {
    let column = ChannelSettings.column
    let row = try site.text("SELECT (\(raw: column.row))::text FROM \(raw: column.table) WHERE user_id = \(user) LIMIT 1").unwrapped
    let vault = Vault(masters: site.services.masters, db: site.owner)
    let sealed = try vault.seal(Array(secret.utf8), of: account, at: column.place(row), now: now)
    try site.owner.run("UPDATE \(raw: column.table) SET \(raw: column.column) = \(sealed) WHERE user_id = \(user)")
    return (column, column.place(row))
  }
}
