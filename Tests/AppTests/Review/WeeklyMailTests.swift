import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain
@testable import Net

/// The mail about a week that ended, with issue 9's hard case 23: São Paulo, Monday 18 January 2027, 09:00 is noon in UTC.
@Suite struct WeeklyMailTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-05T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func at(_ iso: String) throws { site.now = try Instant(iso: iso).unwrapped }

  /// The weeks that were told, and what became of their messages.
  private func told() throws -> String {
    try site.text(
      """
      SELECT coalesce(string_agg(m.week || ' ' || o.state || coalesce(' ' || o.reason, ''), ', ' ORDER BY m.week), '')
      FROM weekly_mails m JOIN outbox o ON o.subject_id = m.id AND o.user_id = m.user_id
      """) ?? ""
  }

  @Test func `a week is told once, on the first day of the next at the person's hour, with its figures and a link`() throws {
    let id = try ana.habit(["name": "Read"])
    try site.work()
    #expect(try site.text("SELECT due_at::text FROM weekly_reviews") == "2027-01-11 12:00:00+00")
    try at("2027-01-11T11:59:59Z")
    try site.work()
    #expect(try told() == "")
    site.pass(seconds: 1)
    #expect(try site.work()["reviews"] == 1)
    #expect(try told() == "2027-W01 sent kept")
    let mail = try site.mails().joined()
    #expect(mail.contains("Read") && mail.contains("0 / 6") && mail.contains("/review/2027-W01"))
    for hours in [1, 5, 24, 48] {
      site.pass(hours: hours)
      try site.work()
    }
    #expect(try told() == "2027-W01 sent kept")
    #expect(try site.text("SELECT due_at::text FROM weekly_reviews") == "2027-01-18 12:00:00+00")
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    try at("2027-01-18T12:00:00Z")
    try site.work()
    #expect(try told() == "2027-W01 sent kept, 2027-W02 sent kept")
  }

  @Test func `hard case 23: no habits: none; a habit that is younger than the week: none; in the archive: none`() throws {
    try at("2027-01-11T12:00:00Z")
    try site.work()
    let id = try ana.habit(["name": "Read"])
    site.pass(minutes: 1)
    try site.work()
    #expect(try told() == "")
    #expect(ana.post("/habits/\(id)/archival").status == 303)
    try at("2027-01-18T12:00:00Z")
    try site.work()
    #expect(try told() == "" && site.mails().isEmpty)
    #expect(try site.count("SELECT count(*) FROM weekly_reviews WHERE due_at = '2027-01-25T12:00:00Z'") == 1)
  }

  @Test func `hard case 23: all paused: a short one`() throws {
    let id = try ana.habit(["name": "Read"])
    try site.owner.run(
      """
      INSERT INTO habit_pauses (id, habit_id, user_id, from_date, kind)
      VALUES (gen_random_uuid(), \(id)::uuid, \(ana.user), '2027-01-05', 'pause')
      """)
    try at("2027-01-18T12:00:00Z")
    try site.work()
    let mail = try site.mails().joined()
    #expect(try told() == "2027-W02 sent kept")
    #expect(mail.contains("Everything was paused.") && !mail.contains("0 / 0"))
  }

  @Test func `hard case 23: two workers at the moment, 20 people: one mail each`() throws {
    struct Box: @unchecked Sendable { let worker: Worker, now: Instant }
    try ana.habit(["name": "Read"])
    for number in 0..<19 {
      let person = try site.person("p\(number)@x.test", zone: "America/Sao_Paulo")
      try person.habit(["name": "Walk"])
    }
    try at("2027-01-11T12:00:00Z")
    let boxes = try (0..<2).map { _ in Box(worker: try site.worker(), now: site.now) }
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      do { _ = try boxes[number].worker.runOnce { boxes[number].now } } catch { Issue.record(error) }
    }
    #expect(try site.count("SELECT count(*) FROM weekly_mails") == 20 && site.mails().count == 20)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'week' AND state = 'sent' AND attempts = 1") == 20)
  }

  @Test(arguments: [
    // Late rather than never within the day, and not after it.
    ("2027-01-11T23:00:00Z", "2027-W01 sent kept", "2027-01-18 12:00:00+00"),
    ("2027-01-12T02:59:59Z", "2027-W01 sent kept", "2027-01-18 12:00:00+00"),
    ("2027-01-12T03:00:00Z", "", "2027-01-18 12:00:00+00"), ("2027-01-15T15:00:00Z", "", "2027-01-18 12:00:00+00"),
    ("2027-03-01T15:00:00Z", "2027-W08 sent kept", "2027-03-08 12:00:00+00"),
  ])
  func `hard case 23: the clock jumps over it: one, late; the next day: none`(now: String, told: String, next: String) throws {
    try ana.habit(["name": "Read"])
    try site.work()
    try at(now)
    try site.work()
    #expect(try self.told() == told)
    #expect(try site.text("SELECT due_at::text FROM weekly_reviews") == next)
    // Back again: nothing is told twice.
    try at("2027-01-11T10:00:00Z")
    try site.work()
    #expect(try self.told() == told)
  }

  @Test func `hard case 23: switched off at 08:59: none, also of one that waits; switched on: the next`() throws {
    try ana.habit(["name": "Read"])
    try at("2027-01-11T11:59:00Z")
    let stop = "/u/" + UnsubscribeLink(ana.user, "ana@x.test", weekly: true).token(site.services.keys)
    let asks = site.browser().get(stop)
    #expect(asks.text.contains("No more weekly mails?") && asks.text.contains("Reminders go on as before."))
    for _ in 0..<2 {
      let done = site.browser().post(stop, ["List-Unsubscribe": "One-Click"], csrf: false)
      #expect(done.status == 200 && done.text.contains("Heed sends no more mails about your weeks."))
    }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'review.mail_off'") == 1)
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == 0)
    site.pass(minutes: 1)
    try site.work()
    #expect(try told() == "" && site.mails().isEmpty)
    try site.owner.run("UPDATE users SET weekly_mail = true")
    try at("2027-01-18T12:00:00Z")
    let worker = try site.worker()
    try worker.run("weeks", at: site.now)
    #expect(try told() == "2027-W02 pending")
    try site.owner.run("UPDATE users SET weekly_mail = false")
    _ = try worker.runOnce { site.now }
    #expect(try told() == "2027-W02 cancelled switched_off" && site.mails().isEmpty)
    #expect(ana.get("/settings/audit").text.contains("Switched the weekly mail off by the link in it."))
  }

  @Test func `through a real mail server: two parts, a link that ends it with one click, and nothing after the day`() throws {
    try ana.habit(["name": "Ler 10 páginas"])
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    let server = try Sink("smtp_sink.py")
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    try at("2027-01-11T12:00:00Z")
    try server.control("busy452")
    #expect(try worker.runOnce { site.now }["reviews"] == 0)
    #expect(try told().hasPrefix("2027-W01 pending"))
    try server.control("")
    site.pass(minutes: 10)
    #expect(try worker.runOnce { site.now }["reviews"] == 1)
    let mail = String(decoding: try #require(try server.messages().last), as: UTF8.self)
    #expect(mail.contains("text/plain") && mail.contains("text/html") && mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
    let header = mail.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "List-Unsubscribe: <https://heed.test").last
    let link = try header.unwrapped.components(separatedBy: ">")[0]
    #expect(site.browser().post(link, ["List-Unsubscribe": "One-Click"], csrf: false).status == 200)
    #expect(try site.count("SELECT count(*) FROM users WHERE weekly_mail") == 0)
    // A server that is away until Tuesday: that week stays untold.
    try site.owner.run("UPDATE users SET weekly_mail = true")
    try at("2027-01-18T12:00:00Z")
    try server.control("busy452")
    _ = try worker.runOnce { site.now }
    try server.control("")
    try at("2027-01-19T12:00:00Z")
    _ = try worker.runOnce { site.now }
    #expect(try told().hasSuffix("2027-W02 cancelled no_use"))
  }

  @Test func `to an address that nobody verified, or that wants no mail, none goes`() throws {
    try ana.habit(["name": "Read"])
    let server = try Sink("smtp_sink.py")
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    try site.owner.run("UPDATE users SET verified_at = NULL")
    try at("2027-01-11T12:00:00Z")
    _ = try worker.runOnce { site.now }
    #expect(try told() == "2027-W01 cancelled unverified")
    try site.owner.run("UPDATE users SET verified_at = created_at")
    try site.owner.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(ana.user), 'email', 'ana@x.test', 'unsubscribed', \(site.now))
      """)
    try at("2027-01-18T12:00:00Z")
    _ = try worker.runOnce { site.now }
    #expect(try told() == "2027-W01 cancelled unverified, 2027-W02 cancelled unsubscribed")
    #expect(try server.messages().isEmpty)
  }

  @Test func `another zone, week or hour is another moment, and still one mail a week`() throws {
    try ana.habit(["name": "Read"])
    try site.work()
    func due() throws -> String? {
      try site.work()
      return try site.text("SELECT due_at::text FROM weekly_reviews")
    }
    let fields: KeyValuePairs = [
      "display_name": "Ana", "timezone": "Europe/Berlin", "language": "en", "week_start": "sunday", "day_start": "0",
      "default_hour": "07:30",
      "personality": "general", "theme": "system", "version": "1",
    ]
    #expect(ana.post("/settings/profile", fields).status == 303)
    #expect(try due() == "2027-01-10 06:30:00+00")
    try at("2027-01-10T06:30:00Z")
    try site.work()
    #expect(try told() == "2027-W01 sent kept")
    // Weeks from Monday again: W01 was told already.
    try site.owner.run("UPDATE users SET week_start = 1, updated_at = \(site.now)")
    #expect(try due() == "2027-01-11 06:30:00+00")
    try at("2027-01-11T06:30:00Z")
    try site.work()
    #expect(try told() == "2027-W01 sent kept")
  }

  /// What is asked for their words; results are written as they come in, one by one where the machine is busy.
  @Test func `sixteen mails ask as often as one`() throws {
    let watch = try StatementWatch(site.url("heed_work"))
    let worker = try site.worker(nil, watch.db)
    func count(_ people: Int, _ monday: String) throws -> Int {
      for number in 0..<people {
        let person = try site.person("\(monday)\(number)@x.test", zone: "America/Sao_Paulo")
        for name in ["Read", "Walk", "Rest"] { try person.habit(["name": name]) }
      }
      let others: SQL = "id NOT IN (SELECT id FROM users WHERE email LIKE \(monday + "%"))"
      try site.owner.run("UPDATE users SET weekly_mail = false WHERE \(others)")
      try at(monday + "T12:00:00Z")
      try worker.run("weeks", at: site.now)
      watch.forget()
      try worker.run("reviews", at: site.now)
      return watch.statements.count { statement in
        ["habits h", "goals g", "habit_days d", "coach_messages m"].contains { statement.contains($0) }
      }
    }
    _ = try count(1, "2027-01-11")
    let one = try count(1, "2027-01-18")
    let many = try count(12, "2027-01-25")
    #expect(try site.count("SELECT count(*) FROM weekly_mails WHERE week = '2027-W03'") == 12)
    // A busy machine may end a round before all of them are claimed, and go on in another.
    #expect(one == 5 && many.isMultiple(of: one) && many <= 3 * one, "\(many) statements for twelve, \(one) for one")
  }
}
