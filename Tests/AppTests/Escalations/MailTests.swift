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
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE detail = 'superseded'") == 4 || tally.sent == 1)
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

  @Test func anUnverifiedAddressGetsTwentyADayEachWithTheLink() throws {
    let world = try World(verified: false)
    for number in 0..<22 { _ = try world.remind(nil, .high, title: "Number \(number)") }
    world.pass(hours: 1)
    let tally = try world.work()
    #expect(tally.sent <= 22)
    let mails = try world.mails()
    #expect(mails.allSatisfy { $0.contains("/email/verify/") })
    #expect(try world.count("SELECT count(*) FROM letters") == 1)
    world.pass(minutes: 5)
    #expect(try world.work().sent == 0)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE detail = 'unverified_limit'") >= 22)
  }

  @Test func lettersLeaveByTheSameDoor() throws {
    let world = try World()
    for kind in [Letter.Kind.verification, .reset, .signUp, .passwordChanged, .agentOff] {
      try Letter.ask(kind, for: world.user, to: "ana@x.test", at: world.now, world.db)
    }
    #expect(try world.work().letters == 5)
    #expect(try world.mails().count == 5)
    #expect(try world.work() == Worker.Tally())
  }

  private func sink(_ world: World, _ sink: Sink) throws -> Worker {
    try world.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)")))
  }

  @Test func aTemporaryRefusalIsTriedAgainWithTheSameMessageID() throws {
    let world = try World()
    let server = try Sink("smtp_sink.py")
    let worker = try sink(world, server)
    _ = try world.remind(nil, .low)
    world.pass(hours: 1)
    try server.control("busy452")
    #expect(try worker.runOnce { world.now }.sent == 0)
    #expect(try world.deliveries().first?.hasPrefix("1 pending 452") == true)
    try server.control("dropstored")
    world.pass(seconds: 10)
    #expect(try worker.runOnce { world.now }.sent == 0)
    try server.control("")
    world.pass(minutes: 2)
    #expect(try worker.runOnce { world.now }.sent == 1)
    let ids = try server.messages().compactMap { message in
      String(decoding: message, as: UTF8.self).split(separator: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
    }
    #expect(ids.count == 2 && Set(ids).count == 1)
  }

  @Test func anAddressThatIsRefusedTwiceIsWrittenToNoMore() throws {
    let world = try World()
    try world.db.run("UPDATE users SET email = 'refuse550@x.test', email_key = 'refuse550@x.test'")
    let server = try Sink("smtp_sink.py")
    let worker = try sink(world, server)
    let id = try world.remind(nil, .high)
    world.pass(hours: 1)
    for expected in [1, 1, 0] {
      #expect(try worker.runOnce { world.now }.failed == expected)
      world.pass(minutes: 10)
    }
    #expect(try world.count("SELECT count(*) FROM muted_addresses WHERE reason = 'refused'") == 1)
    #expect(try world.count("SELECT count(*) FROM audit_log WHERE action = 'agent.off'") == 1)
    #expect(try world.deliveries().last == "4 cancelled refused" || world.state(id) == "active 3 0 1" || world.state(id) == "active 4 0 1")
  }

  @Test func aWorkerThatDiesIsTakenOverOnceItsLeaseIsOver() throws {
    let world = try World()
    let server = try Sink("smtp_sink.py")
    _ = try world.remind(nil, .low)
    world.pass(hours: 1)
    try server.control("hang")
    var dead: Worker? = try sink(world, server)
    try dead?.cycle(world.now, isFirst: true)
    dead = nil
    #expect(try world.deliveries() == ["1 sending "])
    try server.control("")
    let heir = try sink(world, server)
    #expect(try heir.runOnce { world.now } == Worker.Tally())
    try world.db.run("UPDATE deliveries SET lease_until = clock_timestamp() - interval '1 second'")
    #expect(try heir.runOnce { world.now }.sent == 1)
    #expect(try world.count("SELECT count(*) FROM deliveries WHERE state = 'sent' AND attempts = 2 AND fence = 2") == 1)
  }

  @Test func aLateResultOfAnOldLeaseChangesNothing() throws {
    let world = try World()
    _ = try world.remind(nil, .low)
    world.pass(hours: 1)
    try world.work()
    let id: ID<Parcel> = try #require(try world.db.value("SELECT id FROM deliveries"))
    let job = SendJob(
      kind: .delivery, high: id.high, low: id.low, user: world.user, fence: 0, attempt: 1, firstAt: world.now, address: "ana@x.test")
    try world.worker().complete(job, .permanent(MailReply(stage: .recipient, code: 550, enhanced: nil, text: "no")), world.now)
    #expect(try world.deliveries() == ["1 sent kept"])
    #expect(world.logged == ["work.late_result"])
  }
}
