import Postgres
import Testing

@testable import App
@testable import Domain

/// What the gateway tells of messages that it has taken.
@Suite struct SMSStatusTests {
  private let texting: Texting

  init() throws { texting = try Texting() }

  @Test func `Hard case 11: taken and then undelivered is failed, and its person is told by mail at once`() throws {
    let id = try texting.ring()
    #expect(try texting.report("undelivered", "30003").status == 204)
    #expect(try texting.messages() == ["sms failed 1 30003", "email pending 0"])
    try texting.site.work()
    #expect(try texting.messages() == ["sms failed 1 30003", "email sent 1 kept"])
    let escalation = try texting.ana.newest(id).unwrapped.id.text
    #expect(texting.ana.get("/escalations/\(escalation)").text.contains("failed: 30003 unreachable destination handset"))
    #expect(texting.site.logged.isEmpty)
  }

  @Test func `an undelivered SMS beside a mail that was sent brings no other`() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.sms, .email])])
    try texting.site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    try texting.ring()
    try texting.report("undelivered", "30003")
    try texting.site.work()
    #expect(try texting.messages() == ["sms failed 1 30003", "email sent 1 kept"])
  }

  @Test func `Hard case 11: STOP that a report tells of mutes the number, and mail comes in its place from then on`() throws {
    try texting.ring()
    let target = try texting.callback()
    #expect(try texting.report("failed", "21610").status == 204)
    try texting.ring("Water the plants")
    #expect(try texting.messages().map { String($0.prefix(10)) } == ["sms failed", "email sent", "email sent"])
    #expect(texting.ana.get("/agents/sms").fact("phone") == "stopped")
    #expect(texting.ana.get("/settings/audit").text.contains("STOP came by SMS: nothing more is sent there."))
    // The same once more, when START has come since.
    try texting.receive("START")
    #expect(try texting.report("failed", "21610", to: target).status == 204)
    #expect(texting.ana.get("/agents/sms").fact("phone") == "verified")
  }

  @Test func `a report of STOP is about the number that it names, whatever stands there by now`() throws {
    try texting.ring()
    #expect(texting.ana.post("/agents/sms", ["enabled": "on", "phoneNumber": "+351910000001"]).status == 303)
    let target = try texting.callback()
    #expect(try texting.report("failed", "21610", to: target).status == 204)
    #expect(texting.ana.get("/agents/sms").fact("phone") == "unverified")
  }

  @Test func `Hard case 11: reports that come twice count once, and an older one changes nothing`() throws {
    try texting.ring()
    for status in ["queued", "delivered", "sent", "delivered", "sending", "undelivered"] {
      #expect(try texting.report(status, status == "undelivered" ? "30003" : nil).status == 204)
    }
    #expect(try texting.messages() == ["sms delivered 1"])
    #expect(try texting.site.count("SELECT count(*) FROM outbox_attempts WHERE state = 'delivered'") == 1)
    #expect(try texting.site.text("SELECT message_state FROM reminders") == "delivered")
  }

  @Test func `Hard case 11: of an unknown end a report tells what became of it`() throws {
    try texting.sink.control("drop")
    try texting.ring()
    #expect(try texting.messages().first == "sms failed 1 unknown")
    try texting.report("sent")
    #expect(try texting.messages().first == "sms sent 1")
    try texting.report("delivered")
    #expect(try texting.messages().first == "sms delivered 1")
  }

  @Test func `a report that comes before the gateway's own answer is written stands`() throws {
    try texting.ring()
    try texting.site.owner.run(
      "UPDATE outbox SET state = 'sending', code = NULL, sent_at = NULL WHERE channel = 'sms' AND subject = 'escalation'")
    try texting.report("delivered")
    #expect(try texting.messages() == ["sms delivered 1"])
  }

  @Test func `Hard case 11: what is forged is refused, and changes nothing`() throws {
    try texting.ring()
    let target = try texting.callback()
    let before = try texting.site.fingerprint()
    #expect(try texting.report("undelivered", "30003", token: "another token").status == 403)
    let browser = texting.site.browser()
    #expect(browser.post(target, raw: Array("MessageStatus=undelivered".utf8)).status == 403)
    #expect(browser.post(target, raw: Array("MessageStatus=undelivered".utf8), ["x-twilio-signature": "AAAA"]).status == 403)
    #expect(browser.post(target, raw: Array(repeating: 65, count: 70_000)).status == 413)
    // Without its name it is about none.
    #expect(try texting.report("delivered", to: "/hooks/sms/status").status == 204)
    #expect(try texting.site.fingerprint() == before)
    // No gateway, nobody to believe.
    #expect(try Site().browser().post("/hooks/sms/status", raw: []).status == 403)
    #expect(browser.get("/hooks/sms/status").status == 405)
  }

  @Test(arguments: ["/hooks/sms/status", "/hooks/sms/status?message=x", "/hooks/sms/status?message=00000000-0000-7000-8000-000000000000"])
  func `Hard case 11: of an unknown message it is ignored and counted`(target: String) throws {
    try texting.ring()
    let before = try texting.site.fingerprint()
    #expect(try texting.report("delivered", to: target).status == 204)
    #expect(try texting.site.fingerprint() == before)
    #expect(try texting.site.count("SELECT count(*) FROM event_log WHERE kind = 'sms.unknown_message'") == 1)
  }

  @Test func `a message by mail is not the gateway's to tell of`() throws {
    try texting.ring()
    try AgentTest.ask(.email, for: texting.ana.user, at: texting.site.now, texting.site.owner)
    let mail = try texting.site.text("SELECT id::text FROM outbox WHERE channel = 'email'").unwrapped
    let before = try texting.site.fingerprint()
    #expect(try texting.report("undelivered", "30003", to: "/hooks/sms/status?message=\(mail)").status == 204)
    #expect(try texting.site.fingerprint() == before)
  }
}
