import FastCGI
import Testing
import Web

@testable import App
@testable import Domain

/// Many sign-ins: of one person, and at once.
@Suite struct CrowdTests {
  @Test func `of a person's sessions fifty are kept, and the one used least lately goes`() throws {
    let site = try Site()
    _ = try site.person("ana@x.test")
    let first = site.browser()
    first.signIn("ana@x.test")
    var others: [Browser] = []
    for _ in 0..<48 {
      site.now = site.now.advanced(minutes: 1)
      others.append(site.browser())
      others.last?.signIn("ana@x.test")
    }
    // The oldest, but just used.
    site.now = site.now.advanced(minutes: 20)
    #expect(first.isSignedIn)
    #expect(try site.count("SELECT count(*) FROM web_sessions") == 50)
    for _ in 0..<3 {
      site.now = site.now.advanced(minutes: 1)
      #expect(site.browser().signIn("ana@x.test").status == 303)
    }
    #expect(try site.count("SELECT count(*) FROM web_sessions") == 50)
    #expect(first.isSignedIn && !others[0].isSignedIn && !others[1].isSignedIn && others[2].isSignedIn)
    // The third that went is the one that was opened without a browser.
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'session.crowded_out'") == 3)
  }

  @Test func `other people's sessions stay`() throws {
    let site = try Site()
    let bob = try site.person("bob@x.test")
    _ = try site.person("ana@x.test")
    for _ in 0..<51 { #expect(site.browser().signIn("ana@x.test").status == 303) }
    #expect(bob.isSignedIn)
    #expect(try site.count("SELECT count(*) FROM web_sessions") == 51)
  }

  @Test func `with both places taken, whatever works on a password says to come again and counts nothing`() throws {
    let places = HostSlots(name: "test \(UInt64.random(in: 0 ... .max))", count: 2)
    let site = try Site(passwordPlaces: places)
    let ana = try site.person("ana@x.test")
    let stranger = site.browser()
    let before = try site.fingerprint()
    let pages: [Page]?? = places.run(patience: 0) { () -> [Page]? in
      places.run(patience: 0) { () -> [Page] in
        [
          stranger.signIn("ana@x.test"), stranger.signUp("bob@x.test"), stranger.signUp("ana@x.test"),
          ana.post("/settings/password", ["current": Site.password, "password": "four other words here"]),
        ]
      }
    }
    let answers = (pages ?? nil) ?? []
    #expect(answers.map(\.status) == [503, 503, 503, 503])
    #expect(answers.allSatisfy { $0.header("Retry-After") == "1" && $0.text.contains("Nothing is lost. Try again in a few seconds.") })
    #expect(try site.fingerprint() == before)
    #expect(stranger.signIn("ana@x.test").status == 303)
  }

  @Test func `pressing again what is so already is not recorded`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "Pay", "importance": "critical", "schedule": "once", "at": "2026-11-21T10:00"])
    site.now = site.now.advanced(hours: 1)
    try site.work()
    let escalation = try #require(try site.text("SELECT id::text FROM escalations"))
    let link = Paths.action(ActionLink(try #require(ID<Escalation>(escalation)), to: nil, sentAt: site.now).token(site.services.keys)).text
    let count = { try site.count("SELECT count(*) FROM audit_log") }
    for (path, fields) in [
      ("/escalations/\(escalation)/acknowledgement", [:]), (link, ["action": "acknowledgement"]), ("/agents/email", ["enabled": "on"]),
      ("/agents/email", [:]), (link, ["action": "completion"]), ("/reminders/\(id)/completion", [:]),
    ] as [(String, [String: String])] {
      func press() -> Page { fields.first.map { ana.post(path, [$0.key: $0.value]) } ?? ana.post(path) }
      let first = press().status
      #expect(first == 303, "\(path)")
      let once = try count()
      for _ in 0..<3 { #expect(press().status == first, "\(path)") }
      #expect(try count() == once, "\(path)")
    }
    #expect(
      try site.text(
        "SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log WHERE action LIKE 'reminder.%ed' OR action LIKE 'agent.%'")
        == "reminder.acknowledged agent.changed reminder.completed")
  }
}
