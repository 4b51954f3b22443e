import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Nothing but letters goes to an address that nobody verified.
@Suite struct UnverifiedTests {
  private func worker(_ site: Site, _ server: Sink) throws -> Worker {
    try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
  }

  private func mails(_ server: Sink) throws -> [String] {
    try server.messages().map { String(decoding: $0, as: UTF8.self).replacingOccurrences(of: "=\r\n", with: "") }
  }

  @Test func `what is due waits, and comes as one mail after the verification`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    let server = try Sink("smtp_sink.py")
    let worker = try worker(site, server)
    for number in 1...60 { _ = try ana.remind(nil, .high, title: "Number \(number)") }
    let answered = try ana.remind(nil, .high, title: "Answered meanwhile")
    site.pass(hours: 1)
    _ = try worker.runOnce { site.now }
    #expect(try mails(server).isEmpty)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND reason = 'unverified'") == 61)
    // Nothing to wake up for, and nothing late.
    #expect(try worker.look(at: site.now, canSend: true).next(of: "delivery").map { $0 > site.now.advanced(days: 1_000) } == true)
    #expect(try site.owner.value("SELECT work FROM door.overdue(\(site.now.advanced(hours: 9))) WHERE work = 'mail'") as String? == nil)
    try ana.desk(answered) { _ = try $0.acknowledge() }
    try site.owner.run("UPDATE users SET verified_at = \(site.now)")
    _ = try worker.runOnce { site.now }
    let sent = try mails(server)
    #expect(sent.count == 1)
    #expect(sent.first?.contains("60 reminders waited for you") == true)
    #expect(sent.first?.contains("Answered meanwhile") == false)
  }

  @Test(arguments: [
    (Language.english, "Tier 1 waits to be told.", "held until your address is verified", "mails about your reminders wait"),
    (.portuguese, "O nível 1 ainda não foi avisado.", "em espera até que seu e-mail seja confirmado", "estão em espera"),
  ])
  func `pages say why, with a button for the letter`(language: Language, step: String, line: String, reason: String) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false, language: language)
    let server = try Sink("smtp_sink.py")
    let id = try ana.remind(nil)
    site.pass(hours: 1)
    _ = try worker(site, server).runOnce { site.now }
    let escalation = try ana.newest(id).unwrapped.id
    let timeline = ana.get("/escalations/\(escalation.text)").text
    #expect(timeline.contains("<data data-fact=\"delivery\" value=\"held\">\(line)</data>") && timeline.contains(step))
    for page in [timeline, ana.get("/").text, ana.get("/reminders/\(id.text)").text] {
      #expect(page.contains(reason))
      #expect(page.contains("action=\"/email/verification\""))
    }
    try site.owner.run("UPDATE users SET verified_at = \(site.now)")
    #expect(!ana.get("/").text.contains(reason))
  }

  @Test func `in a mail folder every address counts as verified`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    _ = try ana.remind(nil)
    site.pass(hours: 1)
    #expect(try site.work().sent == 1)
  }

  @Test func `a link to a new password goes there once an hour, however often strangers ask, and its owner always has one`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    let bob = try site.person("bob@x.test")
    let server = try Sink("smtp_sink.py")
    func sent(_ address: String) throws -> Int {
      try site.count("SELECT count(*) FROM outbox WHERE subject = 'account' AND address = \(address) AND state = 'sent'")
    }
    for round in 1...24 {
      for kind in [AccountMail.Kind.reset, .signUp] {
        try AccountMail.ask(kind, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
        try AccountMail.ask(kind, for: bob.user, to: "bob@x.test", at: site.now, site.owner)
      }
      // Four at once in each other round: what is claimed together counts together.
      if round.isMultiple(of: 2) { _ = try worker(site, server).runOnce { site.now } }
      site.pass(minutes: 15)
    }
    #expect(try sent("ana@x.test") == 6 && sent("bob@x.test") == 48)
    // Those that wait since long ago and work no longer are in no other's way.
    for _ in 1...12 { try AccountMail.ask(.reset, for: ana.user, to: "ana@x.test", at: site.now, site.owner) }
    site.pass(hours: 2)
    try AccountMail.ask(.reset, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    _ = try worker(site, server).runOnce { site.now }
    #expect(try sent("ana@x.test") == 7)
  }

  @Test func `ten times a day the letter that verifies can be sent again`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    for _ in 1...10 {
      #expect(ana.post("/email/verification").status == 303)
      site.pass(minutes: 20)
    }
    let refused = ana.post("/email/verification")
    #expect(refused.status == 429 && Int(refused.header("Retry-After") ?? "") ?? 0 > 70_000)
    #expect(try site.count("SELECT count(*) FROM account_mails WHERE kind = 'verification'") == 10)
  }

  @Test func `a letter to an address that nobody verified holds nothing that its writer chose`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: false)
    try site.owner.run("UPDATE users SET display_name = 'Win at evil.example'")
    let server = try Sink("smtp_sink.py")
    for kind in [AccountMail.Kind.verification, .reset, .signUp, .passwordChanged] {
      try AccountMail.ask(kind, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    }
    _ = try worker(site, server).runOnce { site.now }
    let sent = try mails(server)
    #expect(sent.count == 2)
    #expect(sent.allSatisfy { !$0.contains("evil") })
  }
}
