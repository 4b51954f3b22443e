import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Messages that a later one of the same escalation makes pointless: only the highest that is still wanted leaves, once.
@Suite struct OvertakenTests {
  /// Minute by minute, as a worker's nights are.
  private func wait(_ minutes: Int, _ site: Site, _ worker: Worker) throws {
    for _ in 0..<minutes {
      site.pass(minutes: 1)
      _ = try worker.runOnce { site.now }
    }
  }

  @Test(arguments: [false, true])
  func afterAnHourOfNoMailServerOnlyTheHighestTierLeavesAndNoneThatIsAnswered(isAnswered: Bool) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let server = try Sink("smtp_sink.py")
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    try server.control("defer421")
    let ids = [try ana.remind(nil, .high), try ana.remind(nil, .high, title: "Call the bank")]
    try wait(120, site, worker)
    #expect(try server.messages().isEmpty)
    #expect(try ids.map(ana.state) == ["active 4 0 1", "active 4 0 1"])
    if isAnswered { try ana.desk(ids[0]) { _ = try $0.acknowledge() } }
    try server.control("")
    try wait(120, site, worker)
    let subjects = try server.messages().map { message in
      String(decoding: message, as: UTF8.self).split(separator: "\r\n").first { $0.hasPrefix("Subject: ") } ?? ""
    }
    #expect(subjects.sorted() == ["Subject: Tier 4 of 4: Call the bank"] + (isAnswered ? [] : ["Subject: Tier 4 of 4: Pay the rent"]))
    let left = try site.count("SELECT count(*) FROM outbox WHERE state IN ('pending', 'held', 'sending')")
    #expect(left == 0)
    // Of the one that nobody answered all that was overtaken says so; what an answer withdrew first may say that.
    let overtaken: SQL = """
      SELECT count(*) FROM outbox WHERE reminder_id = \(ids[1]) AND tier < 4 AND state = 'cancelled' AND reason = 'superseded'
      """
    #expect(try site.count(overtaken) == 3)
    let page = ana.get("/escalations/\(try ana.newest(ids[1]).unwrapped.id.text)").text
    #expect(page.components(separatedBy: "a later tier was told instead").count > 3)
  }

  @Test(arguments: [0, 30, 300])
  func aTierThatIsDueWhenQuietHoursEndAndTheHeldOneAreOneMessage(secondsLate: Int) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    site.now = try Instant(iso: "2026-11-22T05:00:00Z").unwrapped
    // Gentle: its second tier comes after sixty minutes.
    let id = try ana.remind(.once(at: site.now.advanced(hours: 1)), .low)
    site.pass(hours: 1)
    try site.work()
    #expect(try site.deliveries() == ["1 held quiet"])
    site.now = try Instant(iso: "2026-11-22T06:59:59Z").unwrapped
    #expect(try site.work().sent == 0)
    site.now = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped.advanced(seconds: secondsLate)
    let worker = try site.worker()
    for _ in 1...5 {
      _ = try worker.runOnce { site.now }
      site.pass(seconds: 2)
    }
    #expect(try site.mails().count == 1)
    #expect(try site.deliveries().map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == ["1 cancelled", "2 sent"])
    let page = ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text
    #expect(page.contains("a later tier was told instead"))
  }

  @Test(
    arguments: [
      ("Europe/Berlin", "22:00", "07:00", "2026-11-21T22:00:00Z", "2026-11-22T06:00:00Z"),
      // 02:30 is skipped: over when the clocks show 03:00.
      ("Europe/Berlin", "22:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"),
      ("Europe/Berlin", "22:00", "02:30", "2026-03-29T01:00:00Z", nil),
      // 02:30 comes twice: over when it has come once.
      ("Europe/Berlin", "22:00", "02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z"),
      ("Europe/Berlin", "22:00", "02:30", "2026-10-25T01:10:00Z", nil),
      // Midnight is skipped.
      ("America/Havana", "22:00", "00:30", "2026-03-08T04:00:00Z", "2026-03-08T05:00:00Z"),
    ] as [(String, String, String, String, String?)])
  func quietHoursEndByTheClocksThere(zone name: String, from: String, until: String, now: String, end: String?) throws {
    let zone = try Zones(folder: "/usr/share/zoneinfo").zone(name).unwrapped
    let quiet = QuietHours(usual: .init(from: try TimeOfDay(text: from).unwrapped, until: try TimeOfDay(text: until).unwrapped))
    #expect(quiet.end(zone, at: try Instant(iso: now).unwrapped)?.iso == end)
  }
}
