import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// A change of importance reaches what was written before and has not left.
@Suite struct ImportanceTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func change(_ id: ID<Reminder>, to importance: Importance) throws {
    let answer = ana.post(
      "/reminders/\(id.text)", ["title": "Changed", "at": "2026-12-24T10:00", "importance": importance.rawValue, "version": "1"])
    #expect(answer.status == 303)
    #expect(try ana.reminder(id).importance == importance)
  }

  @Test(arguments: [(Importance.low, Importance.critical, 0), (.critical, .low, 5), (.critical, .medium, 5), (.low, .high, 5)])
  func whatWaitsTakesItsNewPlace(before: Importance, after: Importance, place: Int) throws {
    let sink = try Sink("smtp_sink.py")
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 1)))
    let due = site.now.advanced(hours: 1)
    for number in 1...5 { _ = try ana.remind(.once(at: due.advanced(seconds: number)), .low, title: "Low \(number)") }
    let id = try ana.remind(.once(at: due.advanced(seconds: 30)), before, title: "Before")
    // Each is written at its own instant, and none is sent yet.
    for second in [1, 2, 3, 4, 5, 30] {
      site.now = due.advanced(seconds: second)
      try worker.run("fire", at: site.now)
    }
    try change(id, to: after)
    _ = try worker.runOnce { site.now }
    let subjects = try sink.messages().map { String(decoding: $0, as: UTF8.self) }
    #expect(subjects.count == 6)
    #expect(subjects.firstIndex { $0.contains("Changed") } == place)
  }

  @Test func whatQuietHoursHoldLeavesWhenItBecomesCritical() throws {
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    site.now = try Instant(iso: "2026-11-21T21:30:00Z").unwrapped
    let (id, other) = (try ana.remind(nil, .low), try ana.remind(nil, .low, title: "Another"))
    site.pass(hours: 1)
    try site.work()
    #expect(try site.deliveries() == ["1 held quiet", "1 held quiet"])
    site.pass(minutes: 10)
    try change(id, to: .critical)
    try site.work()
    #expect(try site.deliveries().sorted() == ["1 held quiet", "1 sent kept"])
    #expect(try site.mails().count == 1)
    // The other one becomes more important, but not critical: it waits on.
    try change(other, to: .high)
    try site.work()
    #expect(try site.mails().count == 1)
  }
}
