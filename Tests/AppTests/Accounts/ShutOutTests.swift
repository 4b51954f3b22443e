import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What strangers may do to somebody's way in: nothing.
@Suite struct ShutOutTests {
  private func letters(_ site: Site, _ kind: String, minutes: Int = 60) throws -> Int {
    let since = site.now.advanced(minutes: Int64(-minutes))
    return try site.count("SELECT count(*) FROM account_mails WHERE kind = \(kind) AND created_at > \(since)")
  }

  @Test func `a stranger who asks again and again does not stop the letters`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let stranger = site.browser(address: "198.51.100.7")
    // Every 11 minutes for five hours: in each hour letters are written.
    for round in 0..<28 {
      #expect(stranger.post("/password/forgotten", ["email": "ana@x.test"]).status == 200)
      if round > 5 { #expect(try (4...5).contains(letters(site, "reset")), "\(round)") }
      site.now = site.now.advanced(minutes: 11)
    }
  }

  @Test func `what a network has used up is there for the owner elsewhere`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let stranger = site.browser(address: "198.51.100.7")
    for _ in 0..<30 { stranger.post("/password/forgotten", ["email": "ana@x.test"]) }
    #expect(try letters(site, "reset") == 5)
    site.browser().post("/password/forgotten", ["email": "ana@x.test"])
    #expect(try letters(site, "reset") == 6)
  }

  @Test func `many networks fill no mailbox, and the owner gets a letter all the same`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    #expect(site.browser().signIn("ana@x.test").status == 303)
    for network in 1...40 { site.browser(address: "198.51.100.\(network)").post("/password/forgotten", ["email": "ana@x.test"]) }
    #expect(try letters(site, "reset") == 10)
    // Neighbours use up what the network has.
    for number in 0..<60 { site.browser().post("/password/forgotten", ["email": "nobody\(number)@x.test"]) }
    let refused = site.browser().post("/password/forgotten", ["email": "eve@x.test"])
    #expect(refused.status == 429 && refused.text.contains("href=\"/password/forgotten\">Back to the form</a>"))
    let before = try site.count("SELECT count(*) FROM account_mails WHERE email = 'ana@x.test'")
    for _ in 0..<3 { site.browser().post("/password/forgotten", ["email": "Ana@x.test"]) }
    #expect(try site.count("SELECT count(*) FROM account_mails WHERE email = 'ana@x.test'") == before + 1)
  }

  @Test func `sign-ups with a taken address leave its reset alone`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    for number in 0..<8 { site.browser(address: "198.51.100.\(number)").signUp("ana@x.test", password: "some other walrus") }
    #expect(try letters(site, "sign_up") == 5)
    site.browser().post("/password/forgotten", ["email": "ana@x.test"])
    #expect(try letters(site, "reset") == 1)
  }

  @Test func `the letter about a sign-up leads to a new password, once and for an hour`() throws {
    let site = try Site()
    let ana = try site.person("Ana@x.test")
    site.browser().signUp("ANA@x.test", password: "some other walrus")
    let letter: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails WHERE kind = 'sign_up'").unwrapped
    #expect(try site.text("SELECT email FROM account_mails") == "Ana@x.test")
    let link = "/password/reset/" + AccountMail.token(letter, site.services.keys)
    try site.work()
    #expect(try site.mails().joined().replacingOccurrences(of: "=\r\n", with: "").contains(link))
    #expect(site.browser().fill(link, [("password", "a brand new walrus")]).location == "/sign-in")
    #expect(!ana.isSignedIn)
    #expect(site.browser().post(link, ["password": "another new walrus"]).status == 422)
    #expect(site.browser().signIn("ana@x.test", password: "a brand new walrus").status == 303)
    #expect(site.browser().get("/email/verify/" + AccountMail.token(letter, site.services.keys)).status == 404)
    site.now = site.now.advanced(hours: 1)
    site.browser(address: "192.0.2.50").signUp("ana@x.test", password: "some other walrus")
    let newest: SQL = "SELECT id FROM account_mails WHERE kind = 'sign_up' ORDER BY id DESC LIMIT 1"
    let late: ID<AccountMail> = try site.owner.value(newest).unwrapped
    site.now = site.now.advanced(hours: 1)
    #expect(
      site.browser().post("/password/reset/" + AccountMail.token(late, site.services.keys), ["password": "a third new walrus"]).status
        == 422)
  }

  @Test func `sign-up is no way round the limit of sign-in`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let thief = site.browser(address: "198.51.100.7")
    for _ in 0..<10 { #expect(thief.signIn("ana@x.test", password: "not this walrus").status == 422) }
    let refused = thief.signUp("ANA@x.test")
    #expect(refused.status == 429)
    #expect(refused.header("Retry-After") == "900")
    #expect(!thief.isSignedIn)
    // A new address can still be signed up from there.
    #expect(thief.signUp("new@x.test").status == 303)
    #expect(site.browser().signUp("ana@x.test").status == 303)
  }

  @Test func `a wrong password at sign-up counts as a wrong sign-in`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let thief = site.browser(address: "198.51.100.7")
    for _ in 0..<10 { #expect(thief.signUp("ana@x.test", password: "not this walrus").status == 422) }
    #expect(thief.signUp("ana@x.test").status == 429)
    #expect(thief.signIn("ana@x.test").status == 429)
    #expect(try site.count("SELECT count(*) FROM event_log WHERE kind = 'sign-in.failed'") == 10)
    site.now = site.now.advanced(seconds: 900)
    #expect(thief.signIn("ana@x.test").status == 303)
  }

  @Test func `neighbours who guess shut out nobody who signed in from there before`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    _ = try site.person("bob@x.test")
    #expect(site.browser().signIn("ana@x.test").status == 303)
    // Who signed up there chose the password there.
    #expect(site.browser().signUp("new@x.test").status == 303)
    let key = site.services.keys.mac(.attempt, Array("sign-in-network\u{0}192.0.2.1".utf8))
    for _ in 0..<100 { try site.owner.run("INSERT INTO attempts (kind, key, at) VALUES ('sign-in-network', \(key), \(site.now))") }
    #expect(site.browser().signIn("bob@x.test").status == 429)
    #expect(site.browser().signIn("ana@x.test").status == 303)
    #expect(site.browser().signIn("new@x.test").status == 303)
    // Her own limit stands.
    for _ in 0..<10 { #expect(site.browser().signIn("ana@x.test", password: "not this walrus").status == 422) }
    #expect(site.browser().signIn("ana@x.test").status == 429)
  }

  @Test func `where somebody signed in from is remembered for 90 days`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    #expect(site.browser().signIn("ana@x.test").status == 303)
    func remembered() throws -> Int { try site.count("SELECT count(*) FROM attempts WHERE kind = 'signed-in'") }
    site.now = site.now.advanced(days: 89)
    try site.work()
    #expect(try remembered() == 1)
    site.now = site.now.advanced(days: 2)
    try site.work()
    #expect(try remembered() == 0)
  }
}
