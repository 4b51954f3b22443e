import Foundation
import Net
import Testing

@testable import App
@testable import Domain

/// What leaves, when it is held, and what happens when a server misbehaves.
@Suite struct MailTests {
  @Test func theMailHoldsWhatItIsAndHowToAnswer() throws {
    let world = try World(zone: "America/Sao_Paulo", language: .portuguese)
    let id = try world.remind(nil, .high, title: "Pagar o aluguel é já")
    world.pass(hours: 1)
    try world.work()
    let mail = try #require(try world.mails().first).replacingOccurrences(of: "\r\n ", with: " ")
    for piece in [
      "Auto-Submitted: auto-generated", "List-Unsubscribe: <https://heed.test/u/", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "To: \"Ana\" <ana@x.test>", "text/plain; charset=utf-8", "text/html; charset=utf-8",
    ] { #expect(mail.contains(piece), "\(piece)") }
    world.pass(minutes: 5)
    try world.work()
    let roots = Set(try world.mails().map { mail in mail.components(separatedBy: "References: ").last?.prefix(60) ?? "" })
    #expect(roots.count == 1)
    #expect(try world.newest(id)?.course.tier == 2)
  }

  @Test func quietHoursHoldDeliveryAndReleaseOnceAsOneMail() throws {
    let world = try World()
    try world.db.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    world.now = Instant(iso: "2026-11-21T21:30:00Z") ?? world.now
    let rent = try world.remind(nil, .high, title: "Rent")
    _ = try world.remind(nil, .high, title: "Bins")
    let fire = try world.remind(nil, .critical, title: "Fire")
    world.pass(hours: 1)
    #expect(try world.work().sent == 1)
    #expect(try world.state(fire) == "active 1 0 1")
    try world.desk(fire) { _ = try $0.complete() }
    world.pass(minutes: 6)
    #expect(try world.work().sent == 0)
    #expect(try world.state(rent) == "active 2 0 1")
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'held' AND due_at = '2026-11-22T07:00:00Z'") == 4)
    world.now = Instant(iso: "2026-11-22T06:59:59Z") ?? world.now
    #expect(try world.work().sent == 0)
    world.now = Instant(iso: "2026-11-22T07:00:00Z") ?? world.now
    let tally = try world.work()
    #expect(tally.sent == 1)
    let digest = try #require(try world.mails().first { $0.contains("Bins") })
    #expect(digest.contains("Rent") && digest.contains("2 reminders waited for you"))
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'held'") == 0)
    // Each reminder's highest step overtook the others that were held, and only that one was sent.
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE detail = 'superseded' AND tier = 1") == 2)
    #expect(try world.count("SELECT count(DISTINCT reminder_id) FROM deliveries WHERE state = 'sent' AND tier > 1") == 2)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'sent'") == 3)
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
    #expect(Quiet.end((from, until), .utc, at: now)?.iso == end)
  }

  @Test func lettersLeaveByTheSameDoor() throws {
    let world = try World()
    for kind in [AccountMail.Kind.verification, .reset, .signUp, .passwordChanged, .agentOff] {
      try AccountMail.ask(kind, for: world.user, to: "ana@x.test", at: world.now, world.db)
    }
    #expect(try world.work().letters == 5)
    #expect(try world.mails().count == 5)
    #expect(try world.work() == Worker.Tally())
  }

  @Test func whatWasHeldLeavesAsOneMailHoweverMuchItIs() throws {
    let world = try World()
    try world.db.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")
    world.now = Instant(iso: "2026-11-21T21:30:00Z") ?? world.now
    // More than are claimed at a time.
    for number in 1...45 { _ = try world.remind(nil, .low, title: "Number \(number)") }
    world.pass(hours: 1)
    #expect(try world.work().sent == 0)
    for time in ["06:59:59", "07:00:00"] {
      world.now = Instant(iso: "2026-11-22T\(time)Z") ?? world.now
      try world.work()
    }
    #expect(try world.mails().count == 1)
    #expect(try world.mails().first?.contains("45 reminders waited for you") == true)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'sent'") == 45)
  }
}
