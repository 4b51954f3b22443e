import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Quiet hours that differ by weekday, that hold what is critical too, and "not until …" for now: by the clock alone.
@Suite struct QuietSpanTests {
  private static func span(_ text: String) throws -> QuietHours.Span {
    let ends = try text.split(separator: "-").map { try TimeOfDay(text: $0).unwrapped }
    return QuietHours.Span(from: ends[0], until: ends[1])
  }

  @Test func `hours are those of the day on which they begin`() throws {
    for (usual, days, other, now, end) in [
      // 21 November 2026 is a Saturday.
      ("22:00-07:00", [], nil, "2026-11-20T23:00:00Z", "2026-11-21T07:00:00Z"),
      ("22:00-07:00", [.friday, .saturday], "23:00-10:00", "2026-11-20T22:30:00Z", nil),
      ("22:00-07:00", [.friday, .saturday], "23:00-10:00", "2026-11-20T23:00:00Z", "2026-11-21T10:00:00Z"),
      ("22:00-07:00", [.friday, .saturday], "23:00-10:00", "2026-11-22T09:59:59Z", "2026-11-22T10:00:00Z"),
      ("22:00-07:00", [.friday, .saturday], "23:00-10:00", "2026-11-22T22:00:00Z", "2026-11-23T07:00:00Z"),
      // None begin on Saturdays; what began on Friday lasts into it.
      ("22:00-07:00", [.saturday], nil, "2026-11-21T06:00:00Z", "2026-11-21T07:00:00Z"),
      ("22:00-07:00", [.saturday], nil, "2026-11-21T23:00:00Z", nil),
      // Only on a Sunday, by day.
      (nil, [.sunday], "09:00-18:00", "2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z"),
      (nil, [.sunday], "09:00-18:00", "2026-11-21T12:00:00Z", nil),
      // Hours that begin before others end go on in them.
      ("22:00-07:00", [.saturday], "06:00-12:00", "2026-11-20T23:00:00Z", "2026-11-21T12:00:00Z"),
      ("20:00-19:59", [.saturday], "19:00-21:00", "2026-11-20T20:00:00Z", "2026-11-21T21:00:00Z"),
    ] as [(String?, WeekdaySet, String?, String, String?)] {
      let quiet = QuietHours(usual: try usual.map(Self.span), days: days, other: try other.map(Self.span))
      #expect(quiet.end(.utc, at: try Instant(iso: now).unwrapped)?.iso == end, "\(days) at \(now)")
    }
  }

  @Test func `what is critical breaks through unless somebody said otherwise, and a pause goes on in the hours it ends in`() throws {
    for (holds, isCritical, end) in [
      (false, false, "2026-11-21T12:00:00Z"), (false, true, nil), (true, false, "2026-11-21T12:00:00Z"),
      (true, true, "2026-11-21T12:00:00Z"),
    ] as [(Bool, Bool, String?)] {
      var quiet = QuietHours(usual: try Self.span("11:00-12:00"), holdsCritical: holds)
      let now = try Instant(iso: "2026-11-21T09:00:00Z").unwrapped
      #expect(quiet.end(.utc, at: now, critical: isCritical) == nil)
      quiet.pausedUntil = try Instant(iso: "2026-11-21T11:30:00Z").unwrapped
      #expect(quiet.end(.utc, at: now, critical: isCritical)?.iso == end, "\(holds) \(isCritical)")
    }
  }

  @Test(
    arguments: [
      (nil, "2026-11-22T02:30:00Z"), ("2026-11-20T00:00:00Z", "2026-11-22T02:30:00Z"), ("2026-12-01T23:00:00Z", "2026-12-03T02:30:00Z"),
    ] as [(String?, String)])
  func `what a dry check takes for the middle of the quiet hours is no middle of a pause`(paused: String?, middle: String) throws {
    var quiet = QuietHours(usual: try Self.span("22:00-07:00"))
    quiet.pausedUntil = try paused.map { try Instant(iso: $0).unwrapped }
    #expect(quiet.middle(.utc, after: try Instant(iso: "2026-11-21T12:00:00Z").unwrapped)?.iso == middle)
  }

  @Test func `no week is quiet from its beginning to its end, whatever the hours`() throws {
    let texts = ["00:00-23:59", "12:00-11:59", "23:59-00:00", "22:00-07:00", "07:00-06:59"]
    let begin = try Instant(iso: "2026-11-16T00:00:00Z").unwrapped
    for usual in texts {
      for other in texts {
        for bits in [UInt8(1), 0b0101010, 0b1100000, 0b1010101] {
          let quiet = QuietHours(usual: try Self.span(usual), days: WeekdaySet(bits: bits), other: try Self.span(other))
          var now = begin
          while now < begin.advanced(days: 7) {
            if let end = quiet.end(.utc, at: now) {
              #expect(quiet.end(.utc, at: end) == nil && end <= now.advanced(days: 7), "\(usual) \(bits) \(other) at \(now.iso)")
              now = end
            }
            now = now.advanced(minutes: 61)
          }
        }
      }
    }
  }
}

/// What quiet hours hold, and when they let go of it.
@Suite struct QuietHoursTests {
  private let site: Site
  private let ana: Browser

  /// Saturday evening in Berlin, where the clocks go back that night, from 03:00 to 02:00.
  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2026-10-24T20:30:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.email])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  private func settle(_ fields: KeyValuePairs<String, String>) throws {
    let version = try site.text("SELECT version::text FROM users WHERE id = \(ana.user)").unwrapped
    let body = ([("csrf", ana.token()), ("version", version)] + fields.map { ($0.key, $0.value) })
      .map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    let page = ana.post("/settings/quiet", raw: Array(body.utf8))
    #expect(page.status == 303, "\(page.complaints)")
  }

  private func go(to time: String) throws {
    site.now = try Instant(iso: time).unwrapped
    try site.work()
  }

  private func night() throws {
    try settle(["quiet_from": "22:00", "quiet_until": "07:00"])
    let begin = site.now
    // 23:00 and 23:30 on the wall, then 00:30, the second 02:30, and 05:00.
    for (title, importance, minutes) in [
      ("Rent", Importance.medium, 30), ("Pills", .critical, 60), ("Milk", .low, 120), ("Bread", .low, 300), ("Bins", .medium, 450),
    ] {
      _ = try ana.remind(.once(at: begin.advanced(minutes: minutes)), importance, title: title, preset: "gentle")
    }
  }

  @Test func `Hard case 6: quiet hours hold, critical goes, and the end by the wall lets one digest go, though the clocks change`() throws {
    try night()
    for time in ["21:00", "21:30", "22:30"] { try go(to: "2026-10-24T\(time):00Z") }
    for time in ["01:30", "04:00", "05:59"] { try go(to: "2026-10-25T\(time):00Z") }
    #expect(try site.mails().count == 1)
    #expect(try site.mails().first?.contains("Pills") == true)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND reason = 'quiet' AND due_at = '2026-10-25T06:00Z'") == 4)
    #expect(ana.get("/settings/quiet").text.contains("4 messages wait for the quiet to end."))
    // 07:00 in Berlin, an hour later than the evening before would have it.
    try go(to: "2026-10-25T06:00:00Z")
    let mails = try site.mails()
    #expect(mails.count == 2)
    let digest = try mails.first { !$0.contains("Pills") }.unwrapped
    for title in ["Rent", "Milk", "Bread", "Bins"] { #expect(digest.contains(title), "\(title)") }
  }

  @Test func `Hard case 6: quiet hours that are switched off at 03:00 let go of what they hold at 03:00`() throws {
    try night()
    for time in ["21:00", "21:30", "22:30"] { try go(to: "2026-10-24T\(time):00Z") }
    try go(to: "2026-10-25T01:59:00Z")
    #expect(try site.mails().count == 1)
    site.now = try Instant(iso: "2026-10-25T02:00:00Z").unwrapped
    try settle(["quiet_from": "", "quiet_until": ""])
    try site.work()
    #expect(try site.mails().count == 2)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND carrier_id IS NULL") == 0)
  }

  @Test func `who changes their hours waits for whoever decides about a message by those before`() throws {
    try settle(["quiet_from": "22:00", "quiet_until": "07:00"])
    _ = try ana.remind(.once(at: site.now.advanced(minutes: 30)), .medium, preset: "gentle")
    try go(to: "2026-10-24T21:00:00Z")
    try site.owner.run("UPDATE outbox SET state = 'pending', reason = NULL")
    let (worker, settings) = (try site.connection("heed_owner"), try site.connection("heed_owner"))
    try settings.run("SET lock_timeout = 200")
    try worker.transaction {
      try worker.run("UPDATE outbox SET state = 'held', reason = 'quiet'")
      #expect(throws: PostgresError.self) { try settings.run("UPDATE users SET quiet_from = NULL, quiet_until = NULL") }
    }
    try settings.run("UPDATE users SET quiet_from = NULL, quiet_until = NULL")
    try site.work()
    #expect(try site.deliveries() == ["1 sent kept"])
  }

  @Test func `Hard case 7: what was held of a reminder that was completed at 06:00 is never sent`() throws {
    try settle(["quiet_from": "22:00", "quiet_until": "07:00"])
    let id = try ana.remind(.once(at: site.now.advanced(minutes: 30)), .medium, preset: "gentle")
    try go(to: "2026-10-24T21:00:00Z")
    #expect(try site.deliveries() == ["1 held quiet"])
    site.now = try Instant(iso: "2026-10-25T05:00:00Z").unwrapped
    #expect(ana.post("/reminders/\(id.text)/completion").status == 303)
    for time in ["06:00", "12:00"] { try go(to: "2026-10-25T\(time):00Z") }
    #expect(try site.mails().isEmpty && site.deliveries() == ["1 cancelled "])
  }

  @Test func `Hard case 7: of a ladder that climbed in quiet hours only the highest tier is told`() throws {
    let ladder = try Ladder(tiers: [0, 60, 180].map { Tier(delayMinutes: $0, agents: [.email]) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    try settle(["quiet_from": "22:00", "quiet_until": "07:00"])
    _ = try ana.remind(.once(at: site.now.advanced(minutes: 30)), .medium, preset: "gentle")
    try go(to: "2026-10-24T21:00:00Z")
    try go(to: "2026-10-24T22:00:00Z")
    try go(to: "2026-10-25T00:00:00Z")
    try go(to: "2026-10-25T06:00:00Z")
    #expect(try site.mails().count == 1)
    #expect(try site.deliveries() == ["1 cancelled superseded", "2 cancelled superseded", "3 sent kept"])
  }

  @Test(arguments: [(true, ["1 held quiet"]), (false, ["1 sent kept"])])
  func `who holds critical ones too is told of them when the quiet is over`(holds: Bool, expected: [String]) throws {
    try settle(
      holds ? ["quiet_from": "22:00", "quiet_until": "07:00", "quiet_critical": "on"] : ["quiet_from": "22:00", "quiet_until": "07:00"])
    _ = try ana.remind(.once(at: site.now.advanced(minutes: 30)), .critical, preset: "gentle")
    try go(to: "2026-10-24T21:00:00Z")
    #expect(try site.deliveries() == expected)
    try go(to: "2026-10-25T06:00:00Z")
    #expect(try site.deliveries() == ["1 sent kept"])
  }

  @Test func `a contact's hours that are taken away let go at once, and nobody else's`() throws {
    site.now = try Instant(iso: "2026-10-24T10:00:00Z").unwrapped
    try site.owner.run("UPDATE users SET quiet_from = 0, quiet_until = 86340")
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.email], includesContacts: true)])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    let hours = [("timezone", "UTC"), ("quiet_from", "09:00"), ("quiet_until", "20:00")]
    let rui = try ana.agreed("Rui", "rui@x.test", hours)
    _ = try ana.remind(.once(at: site.now.advanced(minutes: 30)), .medium, preset: "gentle")
    site.pass(minutes: 30)
    try site.work()
    #expect(try site.deliveries().sorted() == ["1 held quiet", "1 held quiet"])
    site.pass(minutes: 1)
    #expect(ana.post("/contacts/\(rui.text)", ["name": "Rui", "email": "rui@x.test", "notify_email": "on", "version": "1"]).status == 303)
    try site.work()
    #expect(try site.deliveries().sorted() == ["1 held quiet", "1 sent kept"])
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND recipient_kind = 'user'") == 1)
  }

  @Test func `timeline and dry check say what would be held`() throws {
    try settle([
      "quiet_from": "22:00", "quiet_until": "07:00", "quiet_days": "sun", "quiet_days_from": "20:00", "quiet_days_until": "09:00",
    ])
    let tiers = [0, 60].map { Tier(delayMinutes: $0, agents: [.email]) } + [Tier(delayMinutes: 90, agents: [], includesContacts: true)]
    let ladder = try Ladder(tiers: tiers)
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    site.now = try Instant(iso: "2026-10-24T19:30:00Z").unwrapped
    try ana.agreed("Rui", "rui@x.test")
    let id = try ana.remind(.once(at: site.now.advanced(minutes: 1)), .medium, preset: "gentle")
    site.pass(minutes: 1)
    try site.work()
    // Tier 2 at 22:31 in Berlin; tier 3 tells Rui alone, whose hours are others.
    let path = "/escalations/\(try ana.newest(id).unwrapped.id.text)"
    #expect(ana.get(path).text.components(separatedBy: "Your quiet hours hold it until").count == 2)
    // As what begins again in them: it rings at 23:31, or asks then.
    for (answer, field, says) in [("snoozes", "until", "The snooze ends"), ("acknowledgement", "again_in", "Asks again from tier 1")] {
      #expect(ana.post("\(path)/\(answer)", [field: "2 hours"]).status == 303)
      let page = ana.get(path).text
      #expect(page.contains(says) && page.contains("Your quiet hours hold it until"))
    }
    let profiles = ana.get("/profiles").text
    #expect(profiles.contains("Between 22:00 and 07:00 messages wait, except those of critical reminders."))
    #expect(profiles.contains("On Sunday they wait between 20:00 and 09:00."))
    // Where there are no others, these say what waits; and no form says that what is critical does not, beside the box that holds it.
    try settle(["quiet_days": "sun", "quiet_days_from": "20:00", "quiet_days_until": "09:00", "quiet_critical": "on"])
    #expect(ana.get("/profiles").text.contains("On Sunday messages wait between 20:00 and 09:00, those of critical reminders too."))
    for form in ["/contacts/new", "/settings/profile"] { #expect(!ana.get(form).text.contains("critical reminders do not")) }
  }
}
