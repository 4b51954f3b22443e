import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What changes many rows takes them in the order of their keys: two that do then wait for each other, and never in a circle.
@Suite struct LockOrderTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// Holds the row with the lowest key, lets `act` run until it waits for that, and looks whether it has taken any other by then.
  ///
  /// - Parameter rows: lies in the table so that whoever does not sort takes the highest key first.
  private func takesNothingBefore(the rows: (table: Columns, key: Columns), _ act: @escaping @Sendable () throws -> Void) throws {
    let holder = try site.connection("heed_owner")
    let ended = DispatchSemaphore(value: 0)
    var hasBegun = false
    defer { if hasBegun { ended.wait() } }
    try holder.transaction {
      try holder.run("SELECT FROM \(rows.table) WHERE \(rows.key) = (SELECT \(rows.key) FROM \(rows.table) ORDER BY 1 LIMIT 1) FOR UPDATE")
      // A thread of its own: the queue's may all be busy.
      Thread.detachNewThread {
        do { try act() } catch { Issue.record(error) }
        ended.signal()
      }
      hasBegun = true
      let watcher = try Connection(url: Cluster.shared.get().url())
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == 1 })
      let others = try holder.value("SELECT count(*) FROM (SELECT FROM \(rows.table) FOR UPDATE NOWAIT) x", as: Int.self)
      #expect(others ?? 0 > 5)
    }
  }

  @Test func `counts of many people`() throws {
    // Everybody has one, or the lowest row may be of somebody whose counts stay as they are: one run in thirteen.
    _ = try ana.remind()
    for number in 0..<12 { _ = try site.person("p\(number)@x.test").remind() }
    let url = try site.url("heed_owner")
    try takesNothingBefore(the: ("reminder_counts", "user_id")) {
      try Connection(url: url).run("UPDATE reminders SET status = 'archived'")
    }
  }

  @Test func `the zones of people`() throws {
    for number in 0..<12 {
      site.now = site.now.advanced(days: -1)
      _ = try site.person("p\(number)@x.test", zone: "Europe/Berlin")
    }
    try site.owner.run("UPDATE users SET zone_rule = 'another' WHERE timezone = 'Europe/Berlin'")
    try site.owner.run("DELETE FROM users WHERE timezone <> 'Europe/Berlin'")
    nonisolated(unsafe) let services = site.services
    let url = try site.url("heed_work")
    try takesNothingBefore(the: ("users", "id")) {
      try Worker.idle(services, Connection(url: url)).bench.noteZonesOfPeople()
    }
    #expect(try site.count("SELECT count(*) FROM users WHERE zone_rule = 'another'") == 0)
  }

  /// Twelve messages of one reminder that wait for a verification.
  private func hold() throws {
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    try site.owner.run(
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, reason, due_at, created_at)
      SELECT ('00000000-0000-7000-8000-' || lpad((100 - n)::text, 12, '0'))::uuid, user_id, subject, subject_id, reminder_id, 1, 1, n, channel,
        recipient_kind, recipient_id,
        'held', 'unverified', \(site.now)::timestamptz + n * interval '1 second', created_at
      FROM outbox, generate_series(1, 12) n
      """)
    try site.owner.run("DELETE FROM outbox WHERE state = 'pending'")
  }

  @Test func `what waits for a verification, when mail goes to a folder from now on`() throws {
    try hold()
    nonisolated(unsafe) let services = site.services
    let (url, now) = (try site.url("heed_work"), site.now)
    try takesNothingBefore(the: ("outbox", "id")) {
      try Worker.idle(services, Connection(url: url)).bench.releaseUnverified(now)
    }
    #expect(try site.count("SELECT count(*) FROM outbox WHERE due_at <> \(site.now)") == 0)
  }

  @Test(arguments: ["verified_at = '2026-11-22Z'", "importance = 'critical'"])
  func `what follows a person or a reminder`(change: String) throws {
    try hold()
    try site.owner.run("UPDATE users SET verified_at = NULL")
    let url = try site.url("heed_owner")
    try takesNothingBefore(the: ("outbox", "id")) {
      let db = try Connection(url: url)
      if change.hasPrefix("verified") {
        try db.run("UPDATE users SET verified_at = '2026-11-22Z'")
      } else {
        try db.run("UPDATE reminders SET importance = 'critical'")
      }
    }
  }
}

extension Worker {
  /// One that is asked for single parts of its work.
  static func idle(_ services: Services, _ db: Connection) throws -> Worker {
    try Worker(services, db, Mailer(.maildir(Maildir(path: "/nowhere")), from: try Mailer.sender("heed@heed.test"))) { _, _ in }
  }
}
