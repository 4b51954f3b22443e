import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Nothing but letters goes to an address that nobody verified.
@Suite struct UnverifiedTests {
  private func worker(_ world: World, _ server: Sink) throws -> Worker {
    try world.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
  }

  private func mails(_ server: Sink) throws -> [String] {
    try server.messages().map { String(decoding: $0, as: UTF8.self).replacingOccurrences(of: "=\r\n", with: "") }
  }

  @Test func `what is due waits, and comes as one mail after the verification`() throws {
    let world = try World(verified: false)
    let server = try Sink("smtp_sink.py")
    let worker = try worker(world, server)
    for number in 1...60 { _ = try world.remind(nil, .high, title: "Number \(number)") }
    let answered = try world.remind(nil, .high, title: "Answered meanwhile")
    world.pass(hours: 1)
    _ = try worker.runOnce { world.now }
    #expect(try mails(server).isEmpty)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'held' AND detail = 'unverified'") == 61)
    // Nothing to wake up for, and nothing late.
    #expect(try worker.look(capacity: true).delivery.map { $0 > world.now.advanced(days: 1_000) } == true)
    #expect(try world.db.value("SELECT work FROM door.overdue(\(world.now.advanced(hours: 9))) WHERE work = 'mail'") as String? == nil)
    try world.desk(answered) { _ = try $0.acknowledge() }
    try world.db.run("UPDATE users SET verified_at = \(world.now)")
    _ = try worker.runOnce { world.now }
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
    let world = try World(language: language, verified: false)
    let server = try Sink("smtp_sink.py")
    let id = try world.remind()
    world.pass(hours: 1)
    _ = try worker(world, server).runOnce { world.now }
    let visitor = try Visitor(world, as: world.user)
    let escalation = try world.newest(id).unwrapped.id
    let timeline = visitor.get("/escalations/\(escalation.text)").body
    #expect(timeline.contains("<data data-fact=\"delivery\" value=\"held\">\(line)</data>") && timeline.contains(step))
    for page in [timeline, visitor.get("/").body, visitor.get("/reminders/\(id.text)").body] {
      #expect(page.contains(reason))
      #expect(page.contains("action=\"/email/verification\""))
    }
    try world.db.run("UPDATE users SET verified_at = \(world.now)")
    #expect(!visitor.get("/").body.contains(reason))
  }

  @Test func `in a mail folder every address counts as verified`() throws {
    let world = try World(verified: false)
    _ = try world.remind()
    world.pass(hours: 1)
    #expect(try world.work().sent == 1)
  }

  @Test func `a letter to an address that nobody verified holds nothing that its writer chose`() throws {
    let world = try World(verified: false)
    try world.db.run("UPDATE users SET display_name = 'Win at evil.example'")
    let server = try Sink("smtp_sink.py")
    for kind in [AccountMail.Kind.verification, .reset, .signUp, .passwordChanged] {
      try AccountMail.ask(kind, for: world.user, to: "ana@x.test", at: world.now, world.db)
    }
    _ = try worker(world, server).runOnce { world.now }
    let sent = try mails(server)
    #expect(sent.count == 3)
    #expect(sent.allSatisfy { !$0.contains("evil") })
  }
}
