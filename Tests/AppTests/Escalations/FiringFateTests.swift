import Postgres
import Testing

@testable import App
@testable import Domain

/// What stays beside what fires: the order of entries, the place in lists, snoozes that are over, what is kept.
@Suite struct FiringFateTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  @Test func `on a clock that stands still every entry has its own moment, in the order in which it was written`() throws {
    let id = try ana.remind(.interval(minutes: 10), .high)
    site.pass(minutes: 10)
    try site.work()
    let worker = try site.worker()
    for _ in 0..<3 {
      try ana.desk(id) { _ = try $0.acknowledge() }
      try site.owner.run("UPDATE escalations SET again_at = \(site.now)")
      #expect(try worker.run("again", at: site.now) == 1)
    }
    let again = Array(repeating: ["acknowledged", "resumed", "escalated 1"], count: 3).flatMap { $0 }
    #expect(try ana.events(id) == ["started", "escalated 1"] + again)
    #expect(try site.count("SELECT count(*) - count(DISTINCT at) FROM escalation_timeline") == 0)
    #expect(try site.count("SELECT count(*) FROM escalation_timeline WHERE at >= \(site.now.advanced(seconds: 1))") == 0)
  }

  @Test func `a list keeps a reminder where it began to ring, however often it rings meanwhile, until nobody answered`() throws {
    let id = try ana.remind(.interval(minutes: 10), .high)
    site.pass(minutes: 10)
    let first = site.now
    for _ in 0..<3 {
      try site.work()
      #expect(try site.count("SELECT count(*) FROM reminders WHERE open_since = \(first) AND sort_at = \(first) AND id = \(id)") == 1)
      site.pass(minutes: 10)
    }
    #expect(try site.count("SELECT count(*) FROM escalations") == 1)
    let once = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE open_since = \(site.now) AND id = \(once)") == 1)
    for _ in 0..<2 {
      site.pass(hours: 25)
      try site.work()
    }
    #expect(try ana.state(once).hasPrefix("expired"))
    #expect(try site.count("SELECT count(*) FROM reminders WHERE open_since IS NULL AND id = \(once)") == 1)
  }

  @Test func `a snooze that is over stays as it was when a later one is cut short`() throws {
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "1 hour"]).status == 303)
    site.pass(hours: 2)
    try site.work()
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "5 hours"]).status == 303)
    site.pass(hours: 1)
    #expect(ana.post("/reminders/\(id)/completion").status == 303)
    let lengths = try site.text(
      "SELECT string_agg((extract(epoch FROM until_time - from_time)::int / 60)::text, ' ' ORDER BY from_time) FROM snoozes")
    #expect(lengths == "60 60")
  }

  @Test(arguments: [[60, 3_600], [3_600, 60], [60, 60, 3_600]]) func `of several snoozes the one that ends first wakes the worker`(
    seconds: [Int]
  ) throws {
    let id = try ana.remind(nil)
    let reminder = try ana.reminder(id)
    var batch = ReminderBatch(of: ana.user, at: site.now)
    #expect(batch.due == nil)
    for each in seconds { batch.sleep(reminder, until: site.now.advanced(seconds: each), meant: nil, words: "", reason: "") }
    #expect(batch.due == site.now.advanced(seconds: 60))
  }

  /// As newer zone data leaves a single time that was stored by older: its row says an hour too early.
  @Test(arguments: [false, true])
  func `a time that came too early by older zone data rings when it is time, and the end of a snooze rings all the same`(
    isSnoozed: Bool
  ) throws {
    let time = site.now.advanced(hours: 2)
    let early = time.advanced(hours: -1)
    let id = try ana.remind(.once(at: time), .low)
    try site.owner.run("UPDATE schedules SET at = \(early) WHERE reminder_id = \(id)")
    try site.owner.run("UPDATE reminders SET next_at = \(early) WHERE id = \(id)")
    if isSnoozed {
      try site.owner.run("UPDATE reminders SET status = 'snoozed', snoozed_until = \(early.advanced(minutes: 5)) WHERE id = \(id)")
    }
    site.now = early.advanced(minutes: 10)
    // Before anything else of the worker's has mended it.
    #expect(try site.worker().run(isSnoozed ? "wake" : "fire", at: site.now) == 1)
    #expect(try site.text("SELECT concat_ws(' ', status, next_at = \(time), snoozed_until) FROM reminders") == "active t")
    #expect(try site.count("SELECT count(*) FROM escalations") == (isSnoozed ? 1 : 0))
    #expect(try site.worker().run("fire", at: site.now) == 0)
    site.now = time
    #expect(try site.worker().run("fire", at: site.now) == 1)
    #expect(try site.count("SELECT count(*) FROM fired WHERE due_at = \(time)") == 1)
  }

  @Test func `an escalation is kept for ninety days after its end, however long ago it began`() throws {
    let id = try ana.remind(nil)
    site.pass(hours: 1)
    try site.work()
    try ana.desk(id) { _ = try $0.acknowledge() }
    site.pass(hours: 24 * 95)
    try ana.desk(id) { _ = try $0.complete() }
    for (days, kept) in [(0, 1), (89, 1), (2, 0)] {
      site.pass(hours: 24 * days)
      try site.work()
      #expect(try site.count("SELECT count(*) FROM escalations") == kept, "\(days)")
    }
  }

  @Test func `a snooze is kept for ninety days after its end, however long ago it began`() throws {
    let id = try ana.remind(.once(at: site.now.advanced(days: 200)))
    let began = site.now.advanced(days: -100)
    for days in [-91, -89, 30] {
      try site.owner.run(
        """
        INSERT INTO snoozes (id, user_id, reminder_id, from_time, until_time, words, reason)
        VALUES (\(ID<ReminderBatch.Snooze>.new(at: began)), \(ana.user), \(id), \(began), \(site.now.advanced(days: Int64(days))), '', '')
        """)
    }
    try site.work()
    #expect(try site.count("SELECT count(*) FROM snoozes") == 2)
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time < \(site.now.advanced(days: -90))") == 0)
  }
}
