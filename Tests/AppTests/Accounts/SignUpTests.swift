import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct SignUpTests {
  @Test func `a new person is signed in, has presets, an agent and a letter to verify the address`() throws {
    let site = try Site()
    let browser = site.browser()
    let page = browser.signUp("Ana@X.test", [("timezone", "america/NEW_york"), ("language", "pt-BR")])
    #expect(page.status == 303)
    #expect(page.location == "/")
    #expect(browser.isSignedIn)
    #expect(
      try site.text("SELECT email || ' ' || email_key || ' ' || timezone || ' ' || week_start FROM users")
        == "Ana@X.test ana@x.test America/New_York 7")
    #expect(try site.text("SELECT string_agg(preset, ' ' ORDER BY preset) FROM profiles") == "critical gentle urgent")
    #expect(try site.text("SELECT string_agg(type, ' ') FROM agents WHERE enabled") == "email")
    #expect(try site.text("SELECT string_agg(kind, ' ') FROM account_mails") == "verification")
    #expect(try site.text("SELECT string_agg(role, ' ') FROM users WHERE verified_at IS NULL") == "owner")
    #expect(try site.count("SELECT count(*) FROM users WHERE password_hash LIKE '$argon2id$%'") == 1)
  }

  @Test func `the name and the time zone have defaults`() throws {
    let site = try Site()
    #expect(site.browser().signUp("walter.k@x.test").status == 303)
    #expect(try site.text("SELECT display_name || ' ' || timezone || ' ' || language FROM users") == "walter.k UTC en")
  }

  @Test(arguments: [
    ("", Site.password, ["email"]), ("ana", Site.password, ["email"]), ("a@b@c.test", Site.password, ["email"]),
    ("a@x.test\r\nBcc: b@x.test", Site.password, ["email"]), ("ä@x.test", Site.password, ["email"]),
    (String(repeating: "a", count: 65) + "@x.test", Site.password, ["email"]), ("ana@x.test", "123456789", ["password"]),
    ("ana@x.test", "password123", ["password"]), ("ana@x.test", "ana@x.test", ["password"]),
    ("ana@x.test", "aaaaaaaaaaaaaaa", ["password"]),
    ("ana@x.test", String(repeating: "ab c", count: 257), ["password"]), ("", "", ["email", "password"]),
  ])
  func `a form that is wrong is told all at once and makes nothing`(email: String, password: String, complaints: [String]) throws {
    let site = try Site()
    let before = try site.fingerprint()
    let page = site.browser().signUp(email, password: password)
    #expect(page.status == 422)
    #expect(page.complaints == complaints)
    let fields = page.text.components(separatedBy: "<").filter { $0.contains("name=\"password\"") }
    #expect(fields.count == 1 && fields[0].contains(" value=\"\" "), "\(fields)")
    #expect(try site.fingerprint() == before)
  }

  @Test func `what was typed is kept, but for the password`() throws {
    let page = try Site().browser().signUp(
      "nope", password: "a walrus, unseen", [("display_name", "A\"na <b>"), ("timezone", "Mars/Olympus")])
    #expect(page.status == 422)
    #expect(page.complaints == ["email", "timezone"])
    #expect(page.text.contains("value=\"A&quot;na &lt;b&gt;\""))
    #expect(page.text.contains("Mars/Olympus"))
    #expect(page.text.contains("aria-invalid=\"true\""))
    #expect(!page.text.contains("walrus"))
  }

  @Test func `a password of exactly 10 and of exactly 1,024 bytes is taken`() throws {
    let site = try Site()
    #expect(site.browser().signUp("a@x.test", password: "walrus att").status == 303)
    #expect(site.browser().signUp("b@x.test", password: String(repeating: "walruses", count: 128)).status == 303)
    #expect(site.browser().signUp("c@x.test", password: String(repeating: "walruses", count: 128) + "x").status == 422)
  }

  @Test func `a taken address with its password signs in, in any letter case`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    #expect(browser.signUp("ANA@x.test").status == 303)
    #expect(browser.isSignedIn)
    #expect(try site.count("SELECT count(*) FROM users") == 1)
  }

  @Test func `a taken address without its password makes nothing and its owner gets a letter`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    let page = browser.signUp("ana@x.test", password: "some other walrus")
    #expect(page.status == 422)
    #expect(page.complaints == ["email"])
    #expect(!browser.isSignedIn)
    #expect(try site.text("SELECT string_agg(kind || ' ' || email, ', ') FROM account_mails") == "sign_up ana@x.test")
    #expect(try site.count("SELECT count(*) FROM users") == 1)
    // The owner's mailbox is not flooded.
    for _ in 0..<10 { browser.signUp("ana@x.test", password: "some other walrus") }
    #expect(try site.count("SELECT count(*) FROM account_mails") == 5)
  }

  @Test func `an installation may be closed`() throws {
    let site = try Site(signUpIsOpen: false)
    #expect(site.browser().get("/sign-up").status == 404)
    #expect(site.browser().post("/sign-up", ["email": "ana@x.test", "password": Site.password]).status == 404)
    #expect(!site.browser().get("/sign-in").text.contains("/sign-up"))
  }

  @Test func `a network makes at most 100 accounts an hour`() throws {
    let site = try Site()
    let key = site.services.keys.mac(.attempt, Array("sign-up\u{0}192.0.2.1".utf8))
    for _ in 0..<100 { try site.owner.run("INSERT INTO attempts (kind, key, at) VALUES ('sign-up', \(key), \(site.now))") }
    let refused = site.browser().signUp("ana@x.test")
    #expect(refused.status == 429)
    #expect(refused.header("Retry-After") == "3600")
    #expect(site.browser(address: "192.0.2.2").signUp("ana@x.test").status == 303)
    site.now = site.now.advanced(hours: 1)
    #expect(site.browser().signUp("bob@x.test").status == 303)
  }

  @Test func `the address is verified by a button, once, and not by opening the link`() throws {
    let site = try Site()
    let browser = site.browser()
    browser.signUp("ana@x.test")
    let id: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails").unwrapped
    let link = "/email/verify/" + AccountMail.token(id, site.services.keys)
    let mailbox = site.browser()
    #expect(mailbox.get(link).status == 200)
    #expect(try site.count("SELECT count(*) FROM users WHERE verified_at IS NOT NULL") == 0)
    #expect(mailbox.fill(link, []).status == 303)
    #expect(try site.count("SELECT count(*) FROM users WHERE verified_at IS NOT NULL") == 1)
    #expect(mailbox.get(link).status == 200)
    #expect(mailbox.post(link).status == 200)
    #expect(mailbox.get(link + "A").status == 404)
    #expect(mailbox.get("/password/reset/" + AccountMail.token(id, site.services.keys)).status == 404)
  }

  @Test func `a verification link works for seven days`() throws {
    let site = try Site()
    let browser = site.browser()
    browser.signUp("ana@x.test")
    let id: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails").unwrapped
    let link = "/email/verify/" + AccountMail.token(id, site.services.keys)
    site.now = site.now.advanced(days: 7)
    #expect(browser.post(link).status == 422)
    #expect(try site.count("SELECT count(*) FROM users WHERE verified_at IS NOT NULL") == 0)
    #expect(browser.post("/email/verification").location == "/settings/profile")
    #expect(try site.count("SELECT count(*) FROM account_mails WHERE kind = 'verification'") == 2)
  }

  @Test func `the letter can be asked for five times an hour and not at all once verified`() throws {
    let site = try Site()
    let browser = try site.person("ana@x.test", verified: false)
    for _ in 0..<5 { #expect(browser.post("/email/verification").status == 303) }
    #expect(browser.post("/email/verification").status == 429)
    #expect(try site.count("SELECT count(*) FROM account_mails") == 5)
    let bob = try site.person("bob@x.test")
    #expect(bob.post("/email/verification").status == 303)
    #expect(try site.count("SELECT count(*) FROM account_mails") == 5)
  }

  @Test func `an operator makes a second person of an account`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try Operator.makeUser(
      email: "bob@x.test", password: Site.password, timezone: "utc", language: "en", role: "agent", account: ana.account.text,
      site.services,
      at: site.now, site.owner)
    #expect(site.browser().signIn("bob@x.test").status == 303)
    #expect(try site.count("SELECT count(DISTINCT account_id) FROM users") == 1)
    #expect(throws: Operator.Complaint.self) {
      try Operator.makeUser(
        email: "BOB@x.test", password: Site.password, timezone: "UTC", language: "en", role: "agent", account: nil, site.services,
        at: site.now,
        site.owner)
    }
  }
}
