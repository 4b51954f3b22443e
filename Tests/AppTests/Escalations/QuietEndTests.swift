import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// The minute in which quiet hours end: what they held and a tier that is due then are one message.
@Suite struct QuietEndTests {
  private let site: Site
  private let ana: Browser
  private let end: Instant

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 79200, quiet_until = 25200")  // 22:00 to 07:00
    site.now = try Instant(iso: "2026-11-22T05:00:00Z").unwrapped
    end = try Instant(iso: "2026-11-22T07:00:00Z").unwrapped
  }

  /// A reminder that rang at 06:00, by default Gentle (second tier after an hour), and whose second tier is due so many seconds after the end.
  private func held(_ importance: Importance = .low, second: Int = 0) throws -> ID<Reminder> {
    site.now = try Instant(iso: "2026-11-22T05:00:00Z").unwrapped
    let id = try ana.remind(.once(at: site.now.advanced(hours: 1)), importance)
    site.pass(hours: 1)
    try site.work()
    try site.owner.run("UPDATE escalations SET next_step_at = \(end.advanced(seconds: second)) WHERE reminder_id = \(id)")
    return id
  }

  private func timeline(_ id: ID<Reminder>) throws -> String {
    ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text
  }

  /// Workers take turns at the parts of their rounds in either order: one sends while the other has not come to the step yet.
  @Test(arguments: [true, false], [(0, 0), (0, 30), (0, 300), (30, 0), (30, 30), (30, 300), (59, 0), (180, 300)])
  func oneMessageInWhicheverOrderWorkersCome(climbsFirst: Bool, seconds: (second: Int, late: Int)) throws {
    let id = try held(second: seconds.second)
    #expect(try site.deliveries() == ["1 held quiet"])
    let worker = try site.worker()
    site.now = end.advanced(seconds: seconds.late)
    for _ in 0..<70 {
      if climbsFirst { try worker.run("step", at: site.now) }
      try worker.run("send", at: site.now)
      if !climbsFirst { try worker.run("step", at: site.now) }
      try worker.bench.writeEnded(site.now)
      site.pass(seconds: 1)
    }
    #expect(try site.mails().count == 1)
    #expect(try site.mails().first?.contains("Subject: Tier 2 of 3") == true)
    #expect(try site.deliveries() == ["1 cancelled superseded", "2 sent kept"])
    #expect(try timeline(id).contains("not sent: a later tier was told instead"))
  }

  /// Each message has an id of chance, which ordered those that were held at one instant.
  @Test func `what one digest tells stands in the person's order of habits, and else as it was made`() throws {
    site.now = try Instant(iso: "2026-11-21T12:00:00Z").unwrapped
    let habits = try ["Water", "Apples", "Reading"].map { try ana.habit(["name": $0, "reminder": "on", "preferred_time": "06:00"]) }
    #expect(ana.post("/habits/\(habits[2])/position", ["position": "1"]).status == 303)
    site.now = try Instant(iso: "2026-11-22T05:00:00Z").unwrapped
    let due = site.now.advanced(hours: 1)
    for title in ["Rent", "Alarm", "Milk"] {
      _ = try ana.remind(.once(at: due), .low, title: title)
      site.pass(seconds: 1)
    }
    site.now = due
    try site.work()
    site.now = end
    try site.work()
    let mail = try site.mails().first.unwrapped
    let titles = ["Reading", "Water", "Apples", "Rent", "Alarm", "Milk"]
    let places = try titles.map { try mail.range(of: $0).unwrapped.lowerBound }
    #expect(try site.mails().count == 1 && places == places.sorted(), "\(mail)")
  }

  @Test func aTierAfterThatMinuteIsAMessageOfItsOwn() throws {
    _ = try held(second: 60)
    for second in [0, 60] {
      site.now = end.advanced(seconds: second)
      try site.work()
    }
    #expect(try site.deliveries() == ["1 sent kept", "2 sent kept"])
  }

  @Test func whatIsCriticalBreaksThrough() throws {
    _ = try held(.critical)
    #expect(try site.deliveries() == ["1 sent kept"])
    site.now = end
    try site.work()
    #expect(try site.mails().count == 2)
  }

  @Test(arguments: [-1_800, 0, 15])
  func anAnswerBeforeItLeavesSendsNothing(second: Int) throws {
    let id = try held(second: 30)
    for moment in [second, max(second, 0), 30, 90] {
      site.now = end.advanced(seconds: moment)
      if moment >= 0, moment != second || second > 0 { try site.work() }
      if moment == second, try ana.newest(id)?.course.state == .active { try ana.desk(id) { _ = try $0.acknowledge() } }
    }
    #expect(try site.mails().isEmpty)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state <> 'cancelled'") == 0)
  }

  @Test func theEndByTheClocksThere() throws {
    for (name, from, until, now, end) in [
      // Ordinary nights, to the second.
      ("UTC", "22:00", "07:00", "2026-11-21T21:59:59Z", nil), ("UTC", "22:00", "07:00", "2026-11-21T22:00:00Z", "2026-11-22T07:00:00Z"),
      ("UTC", "22:00", "07:00", "2026-11-22T06:59:59Z", "2026-11-22T07:00:00Z"), ("UTC", "22:00", "07:00", "2026-11-22T07:00:00Z", nil),
      // Within a day, at the end of a year, east and west of Greenwich.
      ("UTC", "13:00", "14:30", "2026-11-21T14:29:59Z", "2026-11-21T14:30:00Z"), ("UTC", "13:00", "14:30", "2026-11-21T12:59:59Z", nil),
      ("UTC", "22:00", "07:00", "2026-12-31T23:30:00Z", "2027-01-01T07:00:00Z"),
      ("Asia/Kolkata", "22:00", "07:00", "2026-11-21T17:00:00Z", "2026-11-22T01:30:00Z"),
      ("America/Sao_Paulo", "22:00", "07:00", "2026-11-22T02:00:00Z", "2026-11-22T10:00:00Z"),
      // A night of nine hours that lasts eight, and one that lasts ten.
      ("Europe/Berlin", "22:00", "07:00", "2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"),
      ("Europe/Berlin", "22:00", "07:00", "2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"),
      // An end that is skipped, asked the evening before, and at the instant before.
      ("Europe/Berlin", "22:00", "02:30", "2026-03-28T21:00:00Z", "2026-03-29T01:00:00Z"),
      ("Europe/Berlin", "22:00", "02:30", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"),
      ("Europe/Berlin", "01:00", "02:00", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"),
      // A beginning that is skipped.
      ("Europe/Berlin", "02:30", "07:00", "2026-03-29T00:59:59Z", nil),
      ("Europe/Berlin", "02:30", "07:00", "2026-03-29T01:00:00Z", "2026-03-29T05:00:00Z"),
      // An end that comes twice: after the first they are over, also while the clocks show an earlier time again.
      ("Europe/Berlin", "22:00", "02:30", "2026-10-25T00:29:59Z", "2026-10-25T00:30:00Z"),
      ("Europe/Berlin", "22:00", "02:30", "2026-10-25T00:30:00Z", nil), ("Europe/Berlin", "22:00", "02:30", "2026-10-25T01:00:00Z", nil),
      // A beginning that comes twice: after the first they have begun, also while the clocks show an earlier time again.
      ("Europe/Berlin", "02:30", "07:00", "2026-10-25T00:29:59Z", nil),
      ("Europe/Berlin", "02:30", "07:00", "2026-10-25T00:30:00Z", "2026-10-25T06:00:00Z"),
      ("Europe/Berlin", "02:30", "07:00", "2026-10-25T01:10:00Z", "2026-10-25T06:00:00Z"),
      // Both ends are skipped: there is nothing in between.
      ("Europe/Berlin", "02:10", "02:50", "2026-03-29T01:00:00Z", nil),
      // Midnight itself is skipped.
      ("America/Havana", "22:00", "00:00", "2026-03-08T03:00:00Z", "2026-03-08T05:00:00Z"),
      ("America/Havana", "22:00", "00:00", "2026-03-08T05:00:00Z", nil),
      ("America/Havana", "00:00", "06:00", "2026-03-08T05:00:00Z", "2026-03-08T10:00:00Z"),
    ] as [(String, String, String, String, String?)] {
      let place: Comment = "\(name), \(from), \(until), \(now), \(end ?? "none")"
      let zone = try site.services.zones.zone(name).unwrapped
      let quiet = QuietHours(usual: .init(from: try TimeOfDay(text: from).unwrapped, until: try TimeOfDay(text: until).unwrapped))
      #expect(quiet.end(zone, at: try Instant(iso: now).unwrapped)?.iso == end, place)
    }
  }

  /// Whoever waits for an end finds no other end there that lies before, and the clocks at or past it.
  @Test(arguments: ["Europe/Berlin", "America/Havana", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"])
  func anEndLiesAheadAndIsOver(name: String) throws {
    let zone = try site.services.zones.zone(name).unwrapped
    for (from, until) in [("22:00", "07:00"), ("22:00", "02:30"), ("23:30", "00:00"), ("00:30", "02:00"), ("01:45", "03:15")] {
      let span = QuietHours.Span(from: try TimeOfDay(text: from).unwrapped, until: try TimeOfDay(text: until).unwrapped)
      let quiet = QuietHours(usual: span)
      var now = try Instant(iso: "2026-01-01T00:07:00Z").unwrapped
      while now < (try Instant(iso: "2027-01-01T00:00:00Z").unwrapped) {
        if let end = quiet.end(zone, at: now) {
          #expect(end > now && end <= now.advanced(hours: 11), "\(name) \(from) to \(until) at \(now.iso)")
          #expect(quiet.end(zone, at: end) == nil, "\(name) \(from) to \(until) at \(now.iso)")
          #expect(zone.local(end).time >= span.until, "\(name) \(from) to \(until) at \(now.iso)")
        }
        now = now.advanced(minutes: 31)
      }
    }
  }
}
