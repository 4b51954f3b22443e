import Foundation
import Net
import Testing

@testable import App
@testable import Domain

/// What leaves, when it is held, and what happens when a server misbehaves.
@Suite struct MailTests {
  @Test func theMailHoldsWhatItIsAndHowToAnswer() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", zone: "America/Sao_Paulo", language: .portuguese)
    let id = try ana.remind(nil, .high, title: "Pagar o aluguel é já")
    site.pass(hours: 1)
    try site.work()
    let mail = try #require(try site.mails().first).replacingOccurrences(of: "\r\n ", with: " ")
    for piece in [
      "Auto-Submitted: auto-generated", "List-Unsubscribe: <https://heed.test/u/", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "To: \"Ana\" <ana@x.test>", "text/plain; charset=utf-8", "text/html; charset=utf-8",
    ] { #expect(mail.contains(piece), "\(piece)") }
    site.pass(minutes: 5)
    try site.work()
    let mails = try site.mails()
    let roots = try mails.map { mail in try mail.components(separatedBy: "References: ").dropFirst().first.unwrapped.prefix(60) }
    #expect(roots.count == 2 && Set(roots).count == 1)
    #expect(try ana.newest(id)?.course.tier == 2)
  }

  @Test func quietHoursHoldDeliveryAndReleaseOnceAsOneMail() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    site.now = Instant(iso: "2026-11-21T21:30:00Z") ?? site.now
    let rent = try ana.remind(nil, .high, title: "Rent")
    _ = try ana.remind(nil, .high, title: "Bins")
    let fire = try ana.remind(nil, .critical, title: "Fire")
    site.pass(hours: 1)
    #expect(try site.work().sent == 1)
    #expect(try ana.state(fire) == "active 1 0 1")
    try ana.desk(fire) { _ = try $0.complete() }
    site.pass(minutes: 6)
    #expect(try site.work().sent == 0)
    #expect(try ana.state(rent) == "active 2 0 1")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND due_at = '2026-11-22T07:00:00Z'") == 4)
    site.now = Instant(iso: "2026-11-22T06:59:59Z") ?? site.now
    #expect(try site.work().sent == 0)
    site.now = Instant(iso: "2026-11-22T07:00:00Z") ?? site.now
    let tally = try site.work()
    #expect(tally.sent == 1)
    let digest = try #require(try site.mails().first { $0.contains("Bins") })
    #expect(digest.contains("Rent") && digest.contains("2 reminders waited for you"))
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held'") == 0)
    // Each reminder's highest step overtook the others that were held, and only that one was sent.
    #expect(try site.count("SELECT count(*) FROM outbox WHERE reason = 'superseded' AND tier = 1") == 2)
    #expect(try site.count("SELECT count(DISTINCT reminder_id) FROM outbox WHERE state = 'sent' AND tier > 1") == 2)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 3)
  }

  @Test(
    arguments: [
      ("21:59", nil), ("22:00", "2026-11-22T07:00:00Z"), ("23:59", "2026-11-22T07:00:00Z"), ("00:00", "2026-11-21T07:00:00Z"),
      ("06:59", "2026-11-21T07:00:00Z"), ("07:00", nil),
    ] as [(String, String?)])
  func quietHoursSpanMidnight(time: String, end: String?) throws {
    let from = try #require(TimeOfDay(text: "22:00"))
    let until = try #require(TimeOfDay(text: "07:00"))
    let now = try #require(Instant(iso: "2026-11-21T\(time):00Z"))
    #expect(QuietHours(usual: .init(from: from, until: until)).end(.utc, at: now)?.iso == end)
  }

  @Test func lettersLeaveByTheSameDoor() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for kind in [AccountMail.Kind.verification, .reset, .signUp, .passwordChanged, .agentOff] {
      try AccountMail.ask(kind, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    }
    #expect(try site.work().letters == 5)
    #expect(try site.mails().count == 5)
    #expect(try site.work() == Worker.Tally())
  }

  @Test func whatWasHeldLeavesAsOneMailHoweverMuchItIs() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    site.now = Instant(iso: "2026-11-21T21:30:00Z") ?? site.now
    // More than are claimed at a time.
    for number in 1...45 { _ = try ana.remind(nil, .low, title: "Number \(number)") }
    site.pass(hours: 1)
    #expect(try site.work().sent == 0)
    for time in ["06:59:59", "07:00:00"] {
      site.now = Instant(iso: "2026-11-22T\(time)Z") ?? site.now
      try site.work()
    }
    #expect(try site.mails().count == 1)
    #expect(try site.mails().first?.contains("45 reminders waited for you") == true)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 45)
  }
}
