import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What `/readyz` waits for, by the functions of the schema `overdue` alone: each kind of work from the instant at which it is due, and nothing else.
@Suite struct OverdueTests {
  private let site: Site
  private let ana: Browser
  private let due = Instant(iso: "2026-11-21T09:00:00Z") ?? .distantPast

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "A", "at": "2027-01-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    try Desk(site, as: ana).write("Hello")
    try site.owner.run("DELETE FROM jobs")
    try site.owner.run("DELETE FROM outbox")
    try site.owner.run("UPDATE escalations SET next_step_at = NULL, again_at = NULL, state = 'completed'")
  }

  private func message(_ subject: String, _ state: String, lease: SQL = "NULL") -> SQL {
    """
    INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, state, due_at, created_at, lease_until)
    VALUES (gen_random_uuid(), \(ana.user), \(subject), gen_random_uuid(), 'email', 'user', \(ana.user), \(state), \(due), \(due), \(lease))
    """
  }

  private func job(_ state: String, of account: ID<Account>?) -> SQL {
    """
    INSERT INTO jobs (id, kind, account_id, state, due_at, created_at, lease_until, finished_at)
    VALUES (gen_random_uuid(), 'x', \(account), \(state), \(due), \(due), CASE WHEN \(state)::text = 'running' THEN \(due)::timestamptz END,
      CASE WHEN \(state)::text IN ('done', 'failed', 'cancelled') THEN \(due)::timestamptz END)
    """
  }

  private func letter(_ user: ID<User>?) -> SQL {
    """
    INSERT INTO account_mails (id, user_id, kind, email, created_at, expires_at)
    VALUES (gen_random_uuid(), \(user), 'reset', 'ana@x.test', \(due), \(due)::timestamptz + interval '1 hour')
    """
  }

  /// The kinds that are overdue at an instant after one statement, with since when.
  private func overdue(_ change: SQL, at times: Instant...) throws -> [[String: Instant]] {
    let kinds: [String] = try site.owner.rows(
      Query(column: "SELECT proname::text FROM pg_proc WHERE pronamespace = 'overdue'::regnamespace"))
    var found: [[String: Instant]] = []
    try rolledBack(site.owner) {
      try site.owner.run(change)
      for time in times {
        var now: [String: Instant] = [:]
        for kind in kinds { now[kind] = try site.owner.value("SELECT overdue.\(name: kind)(\(time))", as: Instant?.self) ?? nil }
        found.append(now)
      }
    }
    return found
  }

  @Test func `work is overdue from its time on, and says since when`() throws {
    let past: SQL = "clock_timestamp() - interval '1 second'"
    // What a task says of people is looked at later.
    let later = due.advanced(days: 30)
    let waiting: [(String, SQL)] = [
      ("reminders", "UPDATE reminders SET next_at = \(due)"),
      ("reminders", "UPDATE reminders SET status = 'snoozed', snoozed_until = \(due)"),
      ("escalations", "UPDATE escalations SET state = 'active', next_step_at = \(due)"),
      ("escalations", "UPDATE escalations SET state = 'acknowledged', again_at = \(due)"),
      ("coach", "INSERT INTO coach_rounds (user_id, looked_on, due_at) VALUES (\(ana.user), '2026-11-20', \(due))"),
      ("weeks", "INSERT INTO weekly_reviews (user_id, due_at) VALUES (\(ana.user), \(due))"),
      ("weeks", message("week", "pending")), ("weeks", message("week", "held")),
      ("invitations", message("invitation", "pending")), ("invitations", message("invitation", "held")),
      ("contacts", message("contact", "pending")), ("contacts", message("contact", "held")),
      ("codes", message("phone", "pending")), ("codes", message("phone", "held")),
      ("closings", message("closing", "pending")), ("closings", message("closing", "held")),
      ("tests", message("test", "pending")), ("tests", message("test", "held")),
      ("mail", message("account", "pending")), ("mail", message("account", "held")), ("mail", letter(nil)),
      ("mail", message("test", "sending", lease: past)), ("mail", message("week", "sending", lease: past)),
      ("jobs", job("pending", of: ana.account)),
      ("answers", message("answer", "pending")), ("answers", message("answer", "held")),
      ("channel_tests", message("channel_test", "pending")), ("channel_tests", message("channel_test", "held")),
      ("mailboxes", "UPDATE channels SET inbound = 'maildir', folder = 'x', created_at = \(due)"),
      ("desk_reminders", "UPDATE conversations SET state = 'snoozed', snoozed_until = \(due)"),
      ("late", "UPDATE conversations SET late_at = \(due)"),
      ("people", "INSERT INTO contact_rounds (user_id, due_at) VALUES (\(ana.user), \(due))"),
      ("memory", "INSERT INTO memory_rounds (user_id, since, due_at) VALUES (\(ana.user), \(due), \(due))"),
      ("assumptions", "INSERT INTO assumption_rounds (user_id, due_at) VALUES (\(ana.user), \(due))"),
      ("vectors", "INSERT INTO embedding_rounds (user_id, due_at) VALUES (\(ana.user), \(due))"),
      (
        "tasks",
        """
        INSERT INTO tasks (id, user_id, title, status, deferred_until, wake_at, created_at, updated_at)
        VALUES (gen_random_uuid(), \(ana.user), 'A', 'deferred', '2026-11-21', \(due), \(later), \(later))
        """
      ),
      (
        "deadlines",
        """
        INSERT INTO deadlines (id, user_id, title, due_at, created_at, updated_at)
        VALUES (gen_random_uuid(), \(ana.user), 'A', \(due), \(due), \(due))
        """
      ),
      (
        "events",
        """
        INSERT INTO events (id, user_id, title, starts, zone, starts_at, ends_at, bell_at, created_at, updated_at)
        VALUES (gen_random_uuid(), \(ana.user), 'A', '2026-11-21', 'UTC', \(due), \(due), \(due), \(due), \(due))
        """
      ),
    ]
    for (kind, change) in waiting {
      let found = try overdue(change, at: due.advanced(microseconds: -1), due, due.advanced(days: 9))
      #expect(found == [[:], [kind: due], [kind: due]], "\(kind): \(change.text)")
    }
    let kinds = try site.count("SELECT count(*) FROM pg_proc WHERE pronamespace = 'overdue'::regnamespace")
    #expect(Set(waiting.map(\.0)).count == kinds)
  }

  @Test func `what is over, under way or nobody's is not waited for`() throws {
    var over: [SQL] = [
      "UPDATE reminders SET status = 'completed', next_at = \(due)", "UPDATE escalations SET state = 'active', again_at = \(due)",
      letter(ana.user), job("pending", of: nil),
    ]
    for state in ["acknowledged", "snoozed", "completed", "expired", "cancelled"] {
      over.append("UPDATE escalations SET state = \(state), next_step_at = \(due)")
    }
    for state in ["running", "done", "failed", "cancelled"] { over.append(job(state, of: ana.account)) }
    for subject in ["account", "test", "week"] {
      over += ["sent", "delivered", "failed", "cancelled"].map { message(subject, $0) }
      over.append(message(subject, "sending", lease: "clock_timestamp() + interval '1 minute'"))
    }
    for change in over { #expect(try overdue(change, at: due.advanced(days: 9)) == [[:]], "\(change.text)") }
  }
}
