import Postgres
import Testing

@testable import App
@testable import Domain

/// What people answer by SMS.
@Suite struct SMSInboundTests {
  private let texting: Texting

  init() throws { texting = try Texting() }

  private func state(_ id: ID<Reminder>) throws -> String { try String(texting.ana.state(id).prefix { $0 != " " }) }

  @Test func `Hard case 12: of two that are open the newest is meant, and the reply says which`() throws {
    let (old, new) = (try texting.ring("Pay the rent"), try texting.ring("Water the <plants>"))
    let page = try texting.receive("1")
    #expect(page.status == 200 && page.header("Content-Type") == "text/xml; charset=utf-8")
    #expect(page.text.contains("<Message>You are on it: Water the &lt;plants&gt;</Message>"))
    #expect(try state(old) == "active" && state(new) == "acknowledged")
    // Then the other.
    #expect(try texting.receive("2").text.contains("Done: Pay the rent"))
    #expect(try state(old) == "completed")
  }

  @Test(arguments: [
    ("1", "acknowledged"), ("ok obrigado!", "acknowledged"), ("On it", "acknowledged"), ("2", "completed"), ("Feito.", "completed"),
    ("3 depois de amanhã", "snoozed"), ("3 until friday", "snoozed"), ("3 hours", "snoozed"), ("amanhã às 9h", "snoozed"),
    ("2h", "snoozed"),
    ("não", "active"), ("3 bananas", "active"), ("what?", "active"), ("", "active"),
  ])
  func `Hard case 12: numbers and words in both languages do what a press does`(says: String, becomes: String) throws {
    let id = try texting.ring()
    let page = try texting.receive(says)
    #expect(page.status == 200 && page.text.contains("<Message>"), "\(page.text)")
    #expect(try state(id) == becomes, "\(page.text)")
    let site = texting.site
    if becomes != "active" {
      #expect(try site.text("SELECT actor FROM audit_log ORDER BY number DESC LIMIT 1") == "sms")
      #expect(try site.text("SELECT actor || ' ' || actor_name FROM escalation_events WHERE kind = \(becomes)") == "sms An SMS")
      #expect(texting.ana.get("/settings/audit").text.contains("An SMS"))
    }
    if says.hasPrefix("3 depois") {
      #expect(try texting.ana.newest(id)?.course.snoozedUntil == Instant(iso: "2026-11-23T09:00:00Z"))
    }
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: rows, accounts: 1))
    #expect(site.logged.isEmpty)
  }

  @Test func `Hard case 12: an unknown number gets no answer, and nothing changes`() throws {
    try texting.ring()
    let before = try texting.site.fingerprint()
    for from in ["+351910000000", "nobody", ""] {
      let page = try texting.receive("1", from: from)
      #expect(page.status == 200 && page.text.hasSuffix("<Response></Response>"))
    }
    #expect(try texting.receive("1", token: "another token").status == 403)
    #expect(try texting.site.fingerprint() == before)
  }

  @Test func `a message that the gateway posts twice counts once`() throws {
    let id = try texting.ring()
    #expect(try texting.receive("3 2 hours", sid: "SM9").text.contains("Later, "))
    let before = try texting.site.fingerprint()
    #expect(try texting.receive("2", sid: "SM9").text.hasSuffix("<Response></Response>"))
    #expect(try texting.site.fingerprint() == before)
    #expect(try state(id) == "snoozed")
  }

  @Test(arguments: ["STOP", "parar", "Stop."]) func `STOP ends SMS and mail comes instead, and START brings them back`(word: String) throws
  {
    #expect(try texting.receive(word).text.hasSuffix("<Response></Response>"))
    try texting.ring()
    #expect(try texting.messages() == ["email sent 1 kept"])
    #expect(texting.ana.get("/agents/sms").fact("phone") == "stopped")
    #expect(texting.ana.post("/agents/sms/test").status == 409)
    try texting.receive("START")
    try texting.ring("Water the plants")
    #expect(try texting.messages().last == "sms sent 1 201")
    let audit = texting.ana.get("/settings/audit").text
    #expect(audit.contains("STOP came by SMS") && audit.contains("START came by SMS"))
  }

  @Test func `Hard case 12: of two who told one number, whoever was told of something is meant`() throws {
    let id = try texting.ring()
    let eve = try texting.site.person("eve@x.test")
    texting.site.pass(hours: 4)
    try texting.setUp(eve)
    texting.site.pass(minutes: 2)
    // The newest of all, and nothing to answer.
    #expect(eve.post("/agents/sms/test").status == 303)
    try texting.site.work()
    #expect(try texting.receive("1", sid: "SM1").text.contains("You are on it: Pay the rent"))
    #expect(try state(id) == "acknowledged")
    #expect(try texting.receive("2", sid: "SM1").text.hasSuffix("<Response></Response>"))
    #expect(try state(id) == "acknowledged")
  }

  @Test func `machines that answer each other fall silent`() throws {
    try texting.ring()
    for number in 0..<7 {
      #expect(try texting.receive("what?").text.contains("<Message>") == (number < 5), "\(number)")
    }
  }

  @Test func `what is done already is answered, and nothing that rings is not`() throws {
    #expect(try texting.receive("1").text.hasSuffix("<Response></Response>"))
    let id = try texting.ring()
    try texting.receive("2")
    #expect(try texting.receive("1").text.hasSuffix("<Response></Response>"))
    #expect(try state(id) == "completed")
  }
}
