import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

@Suite struct PasswordTests {
  /// The link of the newest letter that resets a password.
  private func link(_ site: Site) throws -> String {
    try site.work()
    let id: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails WHERE kind = 'reset' ORDER BY id DESC LIMIT 1").unwrapped
    return "/password/reset/" + AccountMail.token(id, site.services.keys)
  }

  @Test func `asking for a new password answers the same for every address`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    let known = browser.post("/password/forgotten", ["email": "ana@x.test"])
    let unknown = browser.post("/password/forgotten", ["email": "eve@x.test"])
    #expect(known.status == 200)
    #expect(known.text == unknown.text)
    #expect(browser.post("/password/forgotten", ["email": "nope"]).status == 422)
    #expect(try site.text("SELECT string_agg(kind || ' ' || email, ', ') FROM account_mails") == "reset ana@x.test, reset eve@x.test")
    try site.work()
    let sent: SQL = "SELECT string_agg(concat_ws(' ', kind, email, state), ', ') FROM account_mails m JOIN outbox o ON o.subject_id = m.id"
    #expect(try site.text(sent) == "reset ana@x.test sent")
    #expect(
      try site.text("SELECT string_agg(action || ' ' || actor || ' ' || address, ', ') FROM audit_log WHERE action LIKE 'password%'")
        == "password.reset_asked link 192.0.2.1")
    #expect(try site.count("SELECT count(*) FROM account_mails WHERE asked_from IS NOT NULL") == 0)
  }

  @Test func `a form that was sent before tries no password again`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run", ["nonce": "n"]).status == 303)
    let watch = try site.watchRequests()
    /// Whether a post reads whose password it is.
    func tries(_ nonce: String) -> Bool {
      watch.forget()
      ana.post("/settings/password", ["current": "not this walrus", "password": "another old walrus", "nonce": nonce])
      return watch.statements.contains { $0.contains("door.credentials") }
    }
    // Else they could be tried without end: what undoes the rest would undo the count of them, too.
    #expect(tries("m") && !tries("n"))
  }

  @Test func `an address with an account costs the same statements as one without`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let watch = try site.watchRequests()
    let browser = site.browser()
    /// What the server carries out while `body` runs.
    func statements(_ body: () -> Void) -> [String] {
      watch.forget()
      body()
      return watch.statements
    }
    _ = browser.token()
    for target in ["/password/forgotten", "/sign-in"] {
      func asked(_ email: String) -> [String] {
        statements { browser.post(target, ["email": email, "password": "not this walrus"]) }
      }
      // The first one's statements are prepared on the way.
      _ = asked("eva@x.test")
      let (known, unknown) = (asked("ana@x.test"), asked("eve@x.test"))
      #expect(known.count > 4 && known.contains { $0.hasPrefix("INSERT INTO attempts") })
      #expect(known == unknown)
    }
    for _ in 0..<6 { browser.post("/password/forgotten", ["email": "ana@x.test"]) }
    for _ in 0..<6 { browser.post("/password/forgotten", ["email": "eve@x.test"]) }
    // Quiet by now.
    let known = statements { browser.post("/password/forgotten", ["email": "ana@x.test"]) }
    #expect(known == statements { browser.post("/password/forgotten", ["email": "eve@x.test"]) })
    #expect(!known.contains { $0.hasPrefix("INSERT INTO account_mails") })
  }

  @Test func `a letter nobody had addressed yet is used up by a reset too`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let browser = site.browser()
    browser.post("/password/forgotten", ["email": "ana@x.test"])
    let first = try link(site)
    site.now = site.now.advanced(minutes: 1)
    browser.post("/password/forgotten", ["email": "ana@x.test"])
    #expect(browser.post(first, ["password": "another green kettle"]).status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM account_mails WHERE user_id = \(ana.user) AND kind = 'reset' AND used_at IS NULL") == 0)
    let sent: SQL = "SELECT count(*) FROM account_mails m JOIN outbox o ON o.subject_id = m.id WHERE m.kind = 'reset' AND o.state = 'sent'"
    #expect(try site.count(sent) == 1)
  }

  @Test func `a letter is addressed once, whatever the case of its letters`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for email in ["Ana@X.test", "nobody@x.test", "ana@x.test"] { site.browser().post("/password/forgotten", ["email": email]) }
    try site.work()
    try site.work()
    #expect(try site.count("SELECT count(*) FROM outbox WHERE user_id = \(ana.user) AND subject = 'account' AND state = 'sent'") == 2)
    #expect(try site.count("SELECT count(*) FROM account_mails") == 2)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'password.reset_asked'") == 2)
  }

  @Test func `a mailbox gets at most five such letters an hour`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let pages = (0..<7).map { _ in site.browser().post("/password/forgotten", ["email": "ana@x.test"]).status }
    #expect(Set(pages) == [200])
    #expect(try site.count("SELECT count(*) FROM account_mails") == 5)
  }

  @Test func `the link works once, for an hour, and ends every session`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    site.browser().post("/password/forgotten", ["email": "ana@x.test"])
    let first = try link(site)
    site.browser().post("/password/forgotten", ["email": "ana@x.test"])
    let second = try link(site)
    let mailbox = site.browser()
    #expect(mailbox.get(first).status == 200)
    #expect(mailbox.fill(first, [("password", "short")]).complaints == ["password"])
    #expect(ana.isSignedIn)
    #expect(mailbox.fill(first, [("password", "a brand new walrus")]).location == "/sign-in")
    #expect(mailbox.get("/sign-in").text.contains("role=\"status\""))
    #expect(!mailbox.get("/sign-in").text.contains("role=\"status\""))
    #expect(!ana.isSignedIn)
    // Neither this one again nor another that was on its way.
    for link in [first, second] { #expect(mailbox.post(link, ["password": "yet another walrus"]).status == 422) }
    #expect(site.browser().signIn("ana@x.test").status == 422)
    #expect(site.browser().signIn("ana@x.test", password: "a brand new walrus").status == 303)
    #expect(try site.count("SELECT count(*) FROM users WHERE verified_at IS NOT NULL") == 1)
  }

  @Test func `after an hour the link is too old`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let browser = site.browser()
    browser.post("/password/forgotten", ["email": "ana@x.test"])
    let link = try link(site)
    site.now = site.now.advanced(seconds: 3_599)
    #expect(browser.get(link).text.contains("name=\"password\""))
    site.now = site.now.advanced(seconds: 1)
    #expect(!browser.get(link).text.contains("name=\"password\""))
    #expect(browser.post(link, ["password": "a brand new walrus"]).status == 422)
    #expect(site.browser().signIn("ana@x.test").status == 303)
  }

  @Test(arguments: ["", "x", "AAAA", "0192f000-0000-7000-8000-000000000000", "%00", "../../"])
  func `links that are none of ours are not there`(token: String) throws {
    let browser = try Site().browser()
    #expect(browser.get("/password/reset/" + token).status == 404)
    #expect(browser.post("/password/reset/" + token, ["password": "a brand new walrus"]).status == 404)
  }

  @Test func `changing the password needs the old one and ends the other sessions`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let phone = site.browser()
    phone.signIn("ana@x.test")
    let wrong = ana.post("/settings/password", ["current": "not this walrus", "password": "short"])
    #expect(wrong.status == 422)
    #expect(wrong.complaints == ["current", "password"])
    #expect(phone.isSignedIn)
    #expect(ana.post("/settings/password", ["current": Site.password, "password": "a brand new walrus"]).status == 303)
    #expect(ana.isSignedIn)
    #expect(!phone.isSignedIn)
    #expect(site.browser().signIn("ana@x.test", password: "a brand new walrus").status == 303)
    #expect(try site.text("SELECT string_agg(kind, ' ') FROM account_mails") == "password_changed")
  }

  @Test func `no password is ever in a page, a log or an audit row`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    ana.post("/settings/password", ["current": Site.password, "password": "a brand new walrus"])
    #expect(!ana.get("/settings/audit").text.contains("walrus"))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE payload LIKE '%walrus%'") == 0)
    #expect(try site.count("SELECT count(*) FROM event_log WHERE payload::text LIKE '%walrus%'") == 0)
  }
}
