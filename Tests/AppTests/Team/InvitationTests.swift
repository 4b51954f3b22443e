import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Issue 10, part 1: invitations by mail, seven days, once, for somebody new and for somebody who is here.
@Suite struct InvitationTests {
  private func link(_ site: Site) throws -> String {
    try site.work()
    let mail = try site.mails().last.unwrapped.replacing("=\r\n", with: "").replacing("=3D", with: "=")
    let start = try mail.firstRange(of: "https://heed.test/invitations/").unwrapped
    return "/invitations/" + mail[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
  }

  @Test func `somebody new opens the link, chooses a name, and is in the team`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    #expect(ana.post("/settings/members", ["email": "New@x.test", "role": "agent"]).status == 303)
    #expect(ana.get("/settings/members").text.contains("New@x.test"))
    let link = try link(site)
    let new = site.browser()
    let page = new.get(link)
    #expect(page.status == 200 && page.text.contains("ana@x.test asks you to join the account “Ana” as agent"))
    let short = new.fill(link, [("password", "short"), ("display_name", "Nina"), ("timezone", "UTC"), ("language", "en")])
    #expect(short.status == 422 && short.text.contains("value=\"Nina\""))
    let joined = new.fill(
      link, [("password", "a good new walrus"), ("display_name", "Nina"), ("timezone", "America/Sao_Paulo"), ("language", "pt-BR")])
    #expect(joined.status == 303 && joined.location == "/" && new.isSignedIn)
    #expect(
      try site.text(
        "SELECT role || ' ' || (verified_at IS NOT NULL) || ' ' || (account_id = \(ana.account)) FROM users WHERE email = 'New@x.test'")
        == "agent true true")
    #expect(site.browser().signIn("new@x.test", password: "a good new walrus").status == 303)
    #expect(new.get("/settings/members").status == 403)
    // Once.
    let again = site.browser().get(link)
    #expect(again.status == 200 && again.text.contains("was used, taken back, or is too old"))
    #expect(try site.count("SELECT count(*) FROM invitations WHERE accepted_at IS NOT NULL") == 1)
  }

  @Test func `somebody who is here presses, leaves their account, and keeps what is theirs`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", verified: false)
    let reminder = try bob.remind()
    let token = Invitation.token(try ana.invite("Bob@x.test", as: .viewer), site.services.keys)
    let link = "/invitations/" + token
    // Signed out: led to sign-in and back; posts are refused.
    let nobody = site.browser()
    #expect(nobody.get(link).text.contains("/sign-in?next="))
    #expect(nobody.get(link).field("csrf", ofForm: link) == nil)
    let page = bob.get(link)
    #expect(page.text.contains("comes along"))
    #expect(bob.post(link).location == "/")
    #expect(
      try site.text("SELECT role FROM users WHERE id = \(bob.user) AND account_id = \(ana.account) AND verified_at IS NOT NULL") == "viewer"
    )
    #expect(bob.get("/reminders/\(reminder)").status == 200)
    #expect(bob.post(link).location == "/")
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action IN ('member.joined', 'member.left')") == 2)
    #expect(try site.count("SELECT count(DISTINCT account_id) FROM audit_log WHERE action IN ('member.joined', 'member.left')") == 2)
    #expect(rows > 2)
  }

  @Test func `an invitation is for its address alone`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let eve = try site.person("eve@x.test")
    _ = try site.person("bob@x.test")
    let bobs = "/invitations/" + Invitation.token(try ana.invite("bob@x.test"), site.services.keys)
    #expect(eve.get(bobs).text.contains("It is for bob@x.test, and you are signed in as eve@x.test."))
    #expect(eve.post(bobs, ["password": "a good new walrus"]).status == 403)
    #expect(try site.count("SELECT count(*) FROM users WHERE account_id = \(ana.account)") == 1)
    // Whoever holds the link of an address that nobody has is taken for its owner: somebody else from then on.
    let news = "/invitations/" + Invitation.token(try ana.invite("new@x.test"), site.services.keys)
    #expect(eve.get(news).text.contains("You are signed in as eve@x.test until then."))
    #expect(eve.post(news, ["password": "a good new walrus"]).status == 303)
    #expect(try site.text("SELECT email FROM users WHERE account_id = \(ana.account) AND id <> \(ana.user)") == "new@x.test")
    #expect(try site.count("SELECT count(*) FROM users WHERE id = \(eve.user) AND account_id = \(eve.account)") == 1)
    #expect(eve.get("/invitations/nonsense").status == 404)
  }

  @Test func `it works for seven days, until it is taken back, and until the address is invited again`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let first = try ana.invite("new@x.test")
    func isOver(_ id: ID<Invitation>) -> Bool {
      site.browser().get("/invitations/" + Invitation.token(id, site.services.keys)).text.contains("was used, taken back, or is too old")
    }
    #expect(!isOver(first))
    let second = try ana.invite("NEW@x.test")
    #expect(isOver(first) && !isOver(second))
    #expect(ana.post("/settings/invitations/\(second.text)/revocation").status == 303)
    #expect(isOver(second))
    let third = try ana.invite("new@x.test")
    site.pass(hours: 7 * 24 - 1)
    #expect(!isOver(third))
    site.pass(hours: 1)
    #expect(isOver(third))
    #expect(!ana.get("/settings/members").text.contains("new@x.test"))
  }

  @Test func `the last owner of others does not join elsewhere and leave them alone`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test")
    _ = try site.person("carl@x.test", sharing: bob, role: .admin)
    let link = "/invitations/" + Invitation.token(try ana.invite("bob@x.test"), site.services.keys)
    let refused = bob.post(link)
    #expect(refused.status == 409 && refused.text.contains("An account needs an owner"))
    #expect(try site.count("SELECT count(*) FROM invitations WHERE accepted_at IS NOT NULL") == 0)
  }

  @Test func `nobody lowers an owner by inviting them`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let refused = ana.post("/settings/members", ["email": "ANA@x.test", "role": "viewer"])
    #expect(refused.status == 422 && refused.text.contains("belongs to somebody of the team already"))
    let link = "/invitations/" + Invitation.token(try ana.invite("ana@x.test", as: .viewer), site.services.keys)
    #expect(ana.post(link).status == 303)
    #expect(try site.text("SELECT role FROM users WHERE id = \(ana.user)") == "owner")
  }

  @Test func `what is typed wrongly is said at once, and whoever is not verified invites nobody`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let refused = ana.post("/settings/members", ["email": "nobody", "role": "king"])
    #expect(refused.status == 422 && refused.text.contains("value=\"nobody\""))
    #expect(refused.text.components(separatedBy: "aria-invalid").count == 3)
    let bob = try site.person("bob@x.test", verified: false)
    let untrusted = bob.post("/settings/members", ["email": "new@x.test", "role": "agent"])
    #expect(untrusted.status == 422 && untrusted.text.contains("Verify your own address first"))
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'invitation'") == 0)
  }

  @Test func `a day's fourth mail to one address is not sent`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for _ in 0..<3 { #expect(ana.post("/settings/members", ["email": "new@x.test", "role": "agent"]).status == 303) }
    #expect(ana.post("/settings/members", ["email": "new@x.test", "role": "agent"]).status == 429)
    #expect(try site.count("SELECT count(*) FROM invitations WHERE revoked_at IS NULL") == 1)
    try site.work()
    // Those that were taken back before they left are not sent.
    #expect(try site.mails().count == 1)
  }

  @Test func `a second press of whoever has just joined leads in, a form that is sent twice invites once`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test")
    let link = "/invitations/" + Invitation.token(try ana.invite("bob@x.test"), site.services.keys)
    for _ in 0..<2 { #expect(bob.post(link).location == "/") }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'member.joined'") == 1)
    let new = site.browser()
    let other = "/invitations/" + Invitation.token(try ana.invite("carl@x.test"), site.services.keys)
    #expect(new.fill(other, [("password", "a good new walrus")]).location == "/")
    #expect(new.post(other, ["password": "a good new walrus"]).location == "/")
    #expect(try site.person("eve@x.test").post(other).status == 422)
    for _ in 0..<2 {
      #expect(ana.post("/settings/members", ["email": "new@x.test", "role": "agent", "nonce": "n"]).location == "/settings/members")
    }
    #expect(try site.count("SELECT count(*) FROM invitations WHERE email = 'new@x.test'") == 1)
  }

  @Test func `how an invitation's mail fares is seen by the other admin, too`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    #expect(ana.post("/settings/members", ["email": "new@x.test", "role": "agent"]).status == 303)
    #expect(bob.get("/settings/members").text.contains("mail on its way"))
    try site.work()
    #expect(bob.get("/settings/members").text.contains("mail sent"))
    // Of another account nothing.
    #expect(try !site.person("eve@x.test").get("/settings/members").text.contains("mail sent"))
  }

  @Test func `nobody leaves sources behind that no one could reach, and no invitation to an empty account`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test")
    let toBob = try bob.invite("carl@x.test")
    #expect(bob.post("/sources", ["title": "Returns", "text": "Send it back within 30 days."]).status == 303)
    let link = "/invitations/" + Invitation.token(try ana.invite("bob@x.test"), site.services.keys)
    let refused = bob.post(link)
    #expect(refused.status == 409 && refused.text.contains("has sources"))
    let source = try site.text("SELECT id::text FROM sources").unwrapped
    #expect(bob.post("/sources/\(source)/deletion").status == 303)
    #expect(bob.post(link).status == 303)
    let carl = site.browser().get("/invitations/" + Invitation.token(toBob, site.services.keys))
    #expect(carl.text.contains("was used, taken back, or is too old"))
  }

  @Test(arguments: [true, false])
  func `whoever changes accounts leaves both logs whole, in whichever order they were made`(first: Bool) throws {
    let site = try Site()
    let one = try site.person("one@x.test")
    site.pass(minutes: 1)
    let other = try site.person("other@x.test")
    let (host, guest) = first ? (one, other) : (other, one)
    let email = first ? "other@x.test" : "one@x.test"
    let link = "/invitations/" + Invitation.token(try host.invite(email), site.services.keys)
    #expect(guest.post(link).status == 303)
    for (account, entry) in [(host.account, "member.joined"), (guest.account, "member.left")] {
      #expect(try site.count("SELECT count(*) FROM audit_log WHERE account_id = \(account) AND action = \(entry)") == 1)
    }
    // Who joined is told, from where is not.
    let page = host.get("/settings/audit")
    #expect(page.text.contains("Ana joined the team.") && !page.text.contains("192.0.2.1"))
  }

  @Test func `whoever is taken out or invites no more has invited nobody`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for (email, post, fields) in [
      ("bob@x.test", "removal", [:] as KeyValuePairs<String, String>), ("carl@x.test", "role", ["role": "agent"]),
    ] {
      let admin = try site.person(email, sharing: ana, role: .admin)
      let link = "/invitations/" + Invitation.token(try admin.invite("of-\(email)", as: .admin), site.services.keys)
      #expect(ana.post("/settings/members/\(admin.user.text)/\(post)", fields).status == 303)
      #expect(site.browser().get(link).text.contains("was used, taken back, or is too old"))
    }
  }

  @Test func `two links of two teams at once: each log says what happened to it`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let bob = try site.person("bob@x.test")
    let links = try [ana, eve].map { "/invitations/" + Invitation.token(try $0.invite("bob@x.test"), site.services.keys) }
    // The first goes through while the second is on its way: what the second knows of its person is of before.
    let cookies = Array(bob.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ").utf8)
    let request = Request(method: .post, target: Array(links[1].utf8), headers: ["cookie": cookies])
    let second = Context(site.services, request, now: site.now, site.web)
    _ = try second.person
    #expect(bob.post(links[0]).status == 303)
    try site.web.transaction {
      try second.read()
      let change = try Invitations.accept(second, String(links[1].dropFirst("/invitations/".count)))
      _ = try second.carryOut(change, nil)
    }
    for (account, entries) in [(bob.account, "member.left"), (ana.account, "member.joined member.left"), (eve.account, "member.joined")] {
      let found = try site.text(
        "SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log WHERE account_id = \(account) AND action LIKE 'member.%'")
      #expect(found == entries)
    }
  }
}
