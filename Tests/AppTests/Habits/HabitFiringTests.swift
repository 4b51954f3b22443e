import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// What habits cost the worker, what two of them do at once, and what leaves as one message.
@Suite struct HabitFiringTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test")
  }

  private func habits(_ count: Int, at time: String = "22:00") throws -> [String] {
    try (1...count).map { try ana.habit(["name": "Habit \($0)", "reminder": "on", "preferred_time": time]) }
  }

  @Test func `forty habits cost two statements more than forty reminders, whatever they are`() throws {
    func statements(_ make: () throws -> Void) throws -> Int {
      let watch = try StatementWatch(site.url("heed_work"))
      let worker = try site.worker(nil, watch.db)
      try make()
      site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
      watch.forget()
      try worker.run("fire", at: site.now)
      let count = watch.statements.count
      site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
      return count
    }
    let due = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    let plain = try statements { for number in 1...40 { _ = try ana.remind(.once(at: due), .medium, title: "Number \(number)") } }
    try site.owner.run("DELETE FROM reminders")
    let ofHabits = try statements { _ = try habits(40) }
    #expect(ofHabits == plain + 2)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE habit_date = '2027-01-04'") == 40)
  }

  @Test func `habits of one minute come as one message, with a link for each; others come alone`() throws {
    _ = try habits(3)
    _ = try ana.habit(["name": "Later", "reminder": "on", "preferred_time": "22:01"])
    _ = try ana.remind(.once(at: Instant(iso: "2027-01-04T22:00:00Z").unwrapped), .medium, title: "Rent")
    site.now = try Instant(iso: "2027-01-04T22:00:30Z").unwrapped
    try site.work()
    let mails = try site.mails().map { $0.replacing("=\r\n", with: "").replacing("=\n", with: "") }
    #expect(mails.count == 2)
    let together = try mails.first { $0.contains("3 habits: Habit 1, Habit 2, Habit 3") }.unwrapped
    #expect(Set(together.matches(of: /\/a\/[A-Za-z0-9_-]{40,}/).map { String($0.output) }).count == 3)
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.mails().count == 3 && site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 5)
  }

  @Test func `what is claimed by one leaves with all of its minute, however many they are`() throws {
    _ = try habits(20)
    site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    let worker = try site.worker()
    try worker.run("fire", at: site.now)
    #expect(try worker.kinds.first { $0.name == "send" }.unwrapped.run(site.now, 1) == 1)
    _ = try worker.runOnce { site.now }
    #expect(try site.mails().count == 1 && site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 20)
  }

  @Test func `one that is ticked before the message leaves is not in it`() throws {
    let ids = try habits(3)
    site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    let worker = try site.worker()
    try worker.run("fire", at: site.now)
    #expect(ana.post("/habits/\(ids[1])/completions").status == 303)
    _ = try worker.runOnce { site.now }
    let mail = try site.mails().first.unwrapped
    #expect(try site.mails().count == 1 && mail.contains("2 habits: Habit 1, Habit 3"))
  }

  @Test func `two workers ring each habit once`() throws {
    _ = try habits(30)
    site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    let group = DispatchGroup()
    let now = site.now
    for _ in 0..<2 {
      nonisolated(unsafe) let worker = try site.worker()
      DispatchQueue.global().async(group: group) {
        do { try worker.run("fire", at: now) } catch { Issue.record(error) }
      }
    }
    group.wait()
    #expect(try site.count("SELECT count(*) FROM escalations") == 30)
  }

  @Test func `a tick and a ring that cross leave nothing ringing, twenty-five times`() throws {
    let id = try ana.habit(["name": "Read", "reminder": "on", "preferred_time": "22:00"])
    nonisolated(unsafe) let worker = try site.worker()
    for round in 0..<25 {
      site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped.advanced(days: Int64(round))
      let now = site.now
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) {
        do { try worker.run("fire", at: now) } catch { Issue.record(error) }
      }
      #expect(ana.post("/habits/\(id)/completions").status == 303)
      group.wait()
      #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 0, "\(round)")
      try worker.run("fire", at: now)
      #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 0, "\(round)")
    }
  }

  /// What the reminder's row says may be older than what the habit says: then the habit is right.
  @Test func `a row that was not told rings nothing that is done, and goes on`() throws {
    let id = try ana.habit(["name": "Read", "reminder": "on", "preferred_time": "22:00"])
    try site.owner.run(
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
      VALUES (\(id)::text::uuid, \(ana.user), '2027-01-04', 'done', '', 'import', 'UTC', \(site.now))
      """)
    site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations") == 0)
    #expect(try site.text("SELECT next_at::date::text FROM reminders") == "2027-01-05")
  }

  @Test func `a worker that dies after it has rung, and before the message leaves, loses nothing`() throws {
    _ = try habits(2)
    site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    let dying = try site.worker()
    try dying.run("fire", at: site.now)
    // Dead in the middle of sending: the lease is over.
    try site.owner.run(
      """
      UPDATE outbox SET state = 'sending', reason = CASE WHEN id = (SELECT min(id::text)::uuid FROM outbox) THEN 'digest' END, attempts = 1, fence = 1,
        lease_until = clock_timestamp() - interval '1 minute' WHERE id = (SELECT min(id::text)::uuid FROM outbox)
      """)
    try site.owner.run(
      """
      UPDATE outbox SET state = 'held', reason = 'digest', carrier_id = (SELECT id FROM outbox WHERE state = 'sending'),
        due_at = \(site.now.advanced(minutes: 5)) WHERE state = 'pending'
      """)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 2 && site.mails().count == 1)
  }

  @Test func `a habit and its link are locked in one order, by page and by link, fifty times`() throws {
    let id = try ana.habit(["name": "Read", "reminder": "on", "preferred_time": "22:00"])
    site.now = try Instant(iso: "2027-01-04T22:00:00Z").unwrapped
    try site.work()
    let escalation: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    let token = ActionLink(escalation, to: .user(ana.user), sentAt: site.now).token(site.services.keys)
    nonisolated(unsafe) let other = try site.connection("heed_web")
    nonisolated(unsafe) let services = site.services
    let now = site.now
    for _ in 0..<50 {
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) {
        let request = Request(
          method: .post, target: Array("/a/\(token)".utf8), headers: ["content-type": Array("application/x-www-form-urlencoded".utf8)],
          body: Array("action=completion".utf8), address: "192.0.2.9")
        #expect(Dispatcher(services) { _, _ in }.respond(to: request, now: now, other).status == 303)
      }
      #expect(ana.post("/habits/\(id)/completions").status == 303)
      group.wait()
    }
    #expect(try site.count("SELECT count(*) FROM habit_days") == 1 && site.count("SELECT count(*) FROM escalations WHERE open") == 0)
  }
}
