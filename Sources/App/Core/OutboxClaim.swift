import Domain
import Postgres

/// What a claim makes of a row of an outbox: `sending` for one that is sent now.
struct OutboxClaim {
  let id: ID<Outbox>
  /// Whose it is: a number alone is unique in its table only beside that.
  let user: ID<User>
  let state: String
  let dueAt: Instant
  let detail: String
  /// How many claims in a row have ended without a result, this one included.
  let lost: Int
}

extension Outbox {
  /// Whether a row is given up after so many claims without a result: what it is, or what it carries, ends each worker that takes it up.
  static func isGivenUp(lost: Int) -> Bool { lost >= 3 }

  /// When the first lease is over, of people and rows that are not passed over (``DueTime/lease``).
  func firstLease(_ passedUsers: [ID<User>], _ passed: [ID<Outbox>] = []) -> SQL {
    "SELECT min(lease_until) FROM \(table) WHERE state = 'sending' AND user_id <> ALL (\(passedUsers)) AND id <> ALL (\(passed))"
  }

  /// What was in the hands of a worker that died, locked until the transaction ends; what others hold is passed over.
  func lost(_ columns: Columns, limit: Int, _ passedUsers: [ID<User>], _ passed: [ID<Outbox>] = []) -> SQL {
    """
    SELECT \(columns) FROM \(table)
    WHERE state = 'sending' AND lease_until < clock_timestamp() AND user_id <> ALL (\(passedUsers)) AND id <> ALL (\(passed))
    ORDER BY lease_until LIMIT \(limit) FOR UPDATE SKIP LOCKED
    """
  }

  /// Writes a claim down. The lease is the one thing that the database's own clock measures, because workers' clocks may differ.
  func claim(_ rows: [OutboxClaim]) -> SQL {
    """
    UPDATE \(table) d SET state = t.state, due_at = t.due_at, detail = t.detail, fence = d.fence + 1, lost = t.lost,
      attempts = d.attempts + (t.state = 'sending')::int,
      lease_until = CASE WHEN t.state = 'sending' THEN clock_timestamp() + interval '60 seconds' END
    FROM unnest(\(rows.map(\.id)), \(rows.map(\.user)), \(rows.map(\.state)), \(rows.map(\.dueAt)), \(rows.map(\.detail)), \(rows.map(\.lost)))
      AS t(id, user_id, state, due_at, detail, lost)
    WHERE d.id = t.id AND d.user_id = t.user_id
    """
  }
}
