import HTML
import Testing
import Web

@testable import App
@testable import Domain
@testable import Postgres

/// What is sent again: which forms are known by their nonce, and what is told before it.
@Suite struct RepeatedPostTests {
  private struct Refused: Refusal {
    func sentence(_ words: Words) -> String { "No more." }
  }

  private let site: Site
  private let ana: Browser
  private let own: OwnRoutes

  /// Each post counts; a second one of a thing is refused by its commands.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    own = OwnRoutes(
      site,
      [
        .post("/count", .member) { web in
          try web.db.run("INSERT INTO attempts (kind, key, at) VALUES ('test', ''::bytea, \(web.now))")
          return Change(to: "/counted", says: nil, did: [])
        },
        .post("/end/:id", .member) { (web: Context, id: ID<Reminder>) in
          let ended = try web.db.run("UPDATE reminders SET status = 'completed' WHERE id = \(id) AND status = 'active'")
          if ended == 0 { throw Refused() }
          return Change(to: "/ended", says: nil, did: [])
        },
      ])
  }

  private func post(_ path: String, nonce: String) -> Page { own.post(path, [("csrf", ana.token()), ("nonce", nonce)], by: ana) }

  @Test(arguments: [("x", 1), ("x", 100), ("é", 100), ("👩‍👩‍👧", 20), (" ", 1)])
  func `a nonce has up to a hundred characters of any kind`(character: String, count: Int) throws {
    let nonce = String(repeating: character, count: count)
    for _ in 0..<2 { #expect(post("/count", nonce: nonce).location == "/counted") }
    #expect(try site.count("SELECT count(*) FROM attempts WHERE kind = 'test'") == 1)
  }

  @Test(arguments: [("", 1), ("x", 101), ("é", 101), ("x", 5_000), ("👩‍👩‍👧", 21)])
  func `what cannot be a nonce makes a new thing each time`(character: String, count: Int) throws {
    let nonce = String(repeating: character, count: count)
    for _ in 0..<2 { #expect(post("/count", nonce: nonce).location == "/counted") }
    #expect(try site.count("SELECT count(*) FROM attempts WHERE kind = 'test'") == 2)
    #expect(try site.count("SELECT count(*) FROM idempotency_keys") == 0)
  }

  @Test func `a nonce of one person is nobody else's`() throws {
    let eve = try site.person("eve@x.test")
    let bob = try site.person("bob@x.test", sharing: ana)
    for person in [ana, eve, bob] {
      #expect(own.post("/count", [("csrf", person.token()), ("nonce", "a")], by: person).location == "/counted")
    }
    #expect(try site.count("SELECT count(*) FROM attempts WHERE kind = 'test'") == 3)
    #expect(try site.count("SELECT count(DISTINCT user_id) FROM idempotency_keys WHERE key = 'a'") == 3)
  }

  @Test func `a form that was sent before leads where it led, though its thing would refuse it now`() throws {
    let path = "/end/\(try ana.remind(nil).text)"
    #expect(post(path, nonce: "a").location == "/ended")
    let again = post(path, nonce: "a")
    #expect(again.status == 303 && again.location == "/ended")
    // Another form is refused, in the commands' words.
    let other = post(path, nonce: "b")
    #expect(other.status == 409 && other.text.contains("No more."))
    #expect(post(path, nonce: "b").status == 409)
  }

  @Test func `a link's answer is its recipient's, whoever is signed in where it is opened`() throws {
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    let link = ActionLink(escalation, to: .user(ana.user), sentAt: site.now).token(site.services.keys)
    for (person, action) in [
      (try site.person("eve@x.test"), "acknowledgement"), (try site.person("bob@x.test", sharing: ana), "completion"),
    ] {
      let answer = person.post("/a/\(link)", ["action": action])
      #expect(answer.status == 303, "\(action)")
      let who = try site.text(
        """
        SELECT concat_ws(' ', actor, actor_id = \(ana.user), user_id = \(ana.user), account_id = \(ana.account)) FROM audit_log ORDER BY at DESC, number DESC LIMIT 1
        """)
      #expect(who == "link t t t")
      #expect(person.isSignedIn)
    }
  }

  @Test func `a letter's link changes its recipient's password, as done by them, whoever is signed in where it is opened`() throws {
    let eve = try site.person("eve@x.test")
    #expect(site.browser().post("/password/forgotten", ["email": "ana@x.test"]).status == 200)
    try site.work()
    let mail: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails WHERE kind = 'reset'").unwrapped
    let link = "/password/reset/" + AccountMail.token(mail, site.services.keys)
    #expect(eve.post(link, ["password": "four other words here"]).location == "/sign-in")
    let who = try site.text(
      "SELECT concat_ws(' ', actor, actor_id = \(ana.user), user_id = \(ana.user)) FROM audit_log WHERE action = 'password.reset'")
    #expect(who == "link t t")
    #expect(!ana.isSignedIn && eve.isSignedIn)
    #expect(site.browser().signIn("ana@x.test", password: "four other words here").status == 303)
  }
}
