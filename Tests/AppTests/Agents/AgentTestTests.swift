import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// The button that sends a test message, and what the page says of it.
@Suite struct AgentTestTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private var nonce: String { ana.get("/agents/email").field("nonce", ofForm: "/agents/email/test") ?? "" }

  private func press(_ browser: Browser? = nil) -> Page { (browser ?? ana).post("/agents/email/test", ["nonce": nonce]) }

  private func tests() throws -> Int { try site.count("SELECT count(*) FROM agent_tests") }

  @Test func `the message leaves at once, and the page says what became of it`() throws {
    #expect(ana.get("/agents").text.contains("Never tested."))
    let answer = press()
    #expect(answer.status == 303 && answer.location == "/agents/email")
    let waiting = ana.get("/agents/email")
    #expect(waiting.fact("delivery") == "pending" && waiting.text.contains("The test message of Sat 21 Nov 2026, 09:00 is waiting."))
    #expect(try site.work()["tests"] == 1)
    let sent = ana.get("/agents/email")
    #expect(sent.fact("delivery") == "sent")
    #expect(sent.text.contains("A test message was sent Sat 21 Nov 2026, 09:00: kept in the mail folder."))
    let mail = try site.mails().joined()
    #expect(mail.contains("Subject: A test message from Heed") && mail.contains("<ana@x.test>"))
    #expect(mail.contains("https://heed.test/agents/email"))
    #expect(try site.text("SELECT string_agg(action, ' ') FROM audit_log") == "agent.tested")
    #expect(ana.get("/settings/audit").text.contains("Asked for a test message by e-mail."))
    #expect(site.logged.isEmpty && !site.workLogged.contains { $0.contains("failed") || $0.contains("given_up") })
  }

  @Test(arguments: [
    ("", "sent", "A test message was sent Sat 21 Nov 2026, 09:00: 250 2.0.0 stored as 000001."),
    ("refuse550", "failed", "failed: 550 5.1.1"), ("busy452", "pending", "has not left yet: 452 4.2.2"),
    ("dropgreeting", "pending", "has not left yet: the server could not be reached."),
  ])
  func `a real server delivers, refuses and puts off`(word: String, state: String, says: String) throws {
    let server = try Sink("smtp_sink.py")
    try server.control(word)
    _ = press()
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    _ = try worker.runOnce { site.now }
    let page = ana.get("/agents/email")
    #expect(page.fact("delivery") == state)
    #expect(page.text.contains(says))
    // A refused test switches nothing off: it is there to be tried again.
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == 0)
    #expect(press().status == 303)
    #expect(try tests() == 2 && ana.get("/agents/email").fact("delivery") == "pending")
  }

  @Test func `pressed twice it sends one, and pressed again on the next page another`() throws {
    let first = nonce
    for _ in 0..<2 { #expect(ana.post("/agents/email/test", ["nonce": first]).location == "/agents/email") }
    #expect(try tests() == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log") == 1)
    #expect(nonce != first && press().status == 303)
    #expect(try tests() == 2)
  }

  @Test func `five an hour and ten a day, each for oneself`() throws {
    let eve = try site.person("eve@x.test")
    for hour in 0..<2 {
      for _ in 0..<5 { #expect(press().status == 303) }
      let refused = press()
      #expect(refused.status == 429 && refused.header("Retry-After") != nil, "\(hour)")
      site.pass(hours: 1, seconds: 1)
    }
    #expect(press().status == 429)
    #expect(try tests() == 10)
    #expect(eve.post("/agents/email/test").status == 303)
    site.pass(hours: 22)
    #expect(press().status == 303)
  }

  @Test func `an address that is not verified gets none, and the page says what to do`() throws {
    let bob = try site.person("bob@x.test", verified: false)
    let page = bob.get("/agents/email")
    #expect(page.form("/agents/email/test") == nil)
    #expect(page.text.contains("Nobody has verified bob@x.test yet.") && page.links.contains("/settings/profile"))
    let refused = bob.post("/agents/email/test")
    #expect(refused.status == 409 && refused.text.contains("Open the link in our mail"))
    #expect(try tests() == 0)
  }

  /// Asked for while the address was verified, which it is no more when the message is claimed.
  @Test func `what nobody has verified by then is not sent`() throws {
    _ = press()
    try site.owner.run("UPDATE users SET verified_at = NULL")
    #expect(try site.work()["tests"] == 0)
    #expect(try site.mails().isEmpty)
    #expect(ana.get("/agents/email").text.contains("failed: nobody has verified the address yet."))
  }

  @Test func `an agent that is off is tested all the same, and the mail says that it is off`() throws {
    #expect(ana.post("/agents/email", ["enabled": "off"]).status == 303)
    try site.owner.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(ana.user), 'email', 'ana@x.test', 'refused', \(site.now))
      """)
    _ = press()
    #expect(try site.work()["tests"] == 1)
    #expect(try site.mails().joined().contains("switched off at the moment"))
    #expect(ana.get("/agents/email").fact("delivery") == "sent")
  }

  @Test func `housemates, strangers and nobody see nothing of it`() throws {
    _ = press()
    for browser in [try site.person("bob@x.test", sharing: ana, role: .viewer), try site.person("eve@x.test")] {
      let page = browser.get("/agents/email")
      #expect(page.status == 200 && page.text.contains("Never tested.") && page.fact("delivery") == nil)
    }
    #expect(site.browser().post("/agents/email/test", csrf: false).status == 401)
    #expect(ana.post("/agents/email/test", csrf: false).status == 403)
    #expect(ana.post("/agents/sms/test").status == 409 && ana.post("/agents/fax/test").status == 404)
    #expect(ana.get("/agents/email/test").status == 405)
  }

  @Test func `it is said in Portuguese`() throws {
    let rui = try site.person("rui@x.test", language: .portuguese)
    #expect(rui.get("/agents").text.contains("Nunca testado."))
    #expect(rui.post("/agents/email/test").status == 303)
    try site.work()
    #expect(rui.get("/agents/email").text.contains("guardada na pasta de e-mails"))
    #expect(try site.mails().joined().contains("Uma_mensagem_de_teste") || site.mails().joined().contains("Uma mensagem de teste"))
  }

  @Test func `old tests go, and the newest of each agent stays`() throws {
    for _ in 0..<3 { _ = press() }
    try site.work()
    let newest = try site.text("SELECT id::text FROM agent_tests ORDER BY number DESC LIMIT 1")
    site.pass(hours: 31 * 24)
    try site.work()
    #expect(try tests() == 1 && site.text("SELECT id::text FROM agent_tests") == newest)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'test'") == 1)
    #expect(try site.visit(as: ana).get("/agents/email").fact("delivery") == "sent")
  }

  @Test func `one that waits for long is late`() throws {
    _ = press()
    site.pass(minutes: 4)
    #expect(site.readiness == "ready\nlate: tests by 240 s\n")
  }
}
