import Domain
import Postgres

/// A table whose rows workers claim, each for a while: what is the same for all such tables, from the claim to the end.
///
/// It has the columns `id`, `user_id` (NULL where a row is nobody's), `state`, `due_at`, `lease_until`, `fence`, `attempts` and `lost`. Whoever claims
/// a row makes its `fence` grow and has it until `lease_until`, longer for each time that it says so. A row whose lease is over is taken up by
/// another worker; what the first one then says of it changes nothing, because the fence is another. Leases are the one thing that the
/// database's own clock measures, since workers' clocks may differ.
struct LeasedTable<Entity>: Sendable {
  let name: Columns
  /// The state of a row in a worker's hands, in quotes: a literal, because the indexes of leases ask for it.
  let underway: Columns
  /// Which of its rows are meant, where not all.
  var among: SQL = "true"

  /// Who and what is not looked at.
  struct Passed {
    var users: [ID<User>] = []
    var rows: [ID<Entity>] = []
  }

  /// What a claim makes of a row.
  struct Claim {
    let id: ID<Entity>
    /// Whose it is: a number alone is unique in its table only beside that.
    let user: ID<User>?
    /// Only ``LeasedTable/underway`` begins a lease.
    let state: String
    let dueAt: Instant
    /// How many claims in a row have ended without a result, this one included.
    let lost: Int
  }

  /// What a worker has in hands.
  struct Hold {
    let id: ID<Entity>
    let user: ID<User>?
    /// As the claim left it.
    let fence: Int
  }

  /// How a row in hands ends: in a state that is an end, or in one that waits.
  struct End {
    let hold: Hold
    let state: String
    let dueAt: Instant
  }

  /// Whether a row is given up after so many claims without a result: what it is, or what it carries, ends each worker that takes it up.
  static func isGivenUp(lost: Int) -> Bool { lost >= 3 }

  private var later: SQL { "clock_timestamp() + interval '60 seconds'" }

  private func others(than passed: Passed) -> SQL {
    "(user_id IS NULL OR user_id <> ALL (\(passed.users))) AND id <> ALL (\(passed.rows))"
  }

  /// When the first lease is over, for ``DueTime/lease``.
  func firstLease(passing passed: Passed = Passed()) -> SQL {
    "SELECT min(lease_until) FROM \(name) WHERE \(among) AND state = \(underway) AND \(others(than: passed))"
  }

  /// What was in the hands of a worker that died, locked until the transaction ends; what others hold is passed over.
  func lost(_ columns: Columns, limit: Int, passing passed: Passed = Passed()) -> SQL {
    """
    SELECT \(columns) FROM \(name)
    WHERE \(among) AND state = \(underway) AND lease_until < clock_timestamp() AND \(others(than: passed))
    ORDER BY lease_until LIMIT \(limit) FOR UPDATE SKIP LOCKED
    """
  }

  /// Writes claims down, of rows that the same transaction has locked.
  ///
  /// - Parameter also: further columns, of as many values.
  func claim(_ claims: [Claim], also: [BatchColumn] = []) -> SQL {
    .update(
      name,
      set: [
        .each("state", claims.map(\.state)), .each("due_at", claims.map(\.dueAt)), .each("lost", claims.map(\.lost)),
        .all("fence", "d.fence + 1"),
        .all("attempts", "d.attempts + (t.state = \(underway))::int"),
        .all("lease_until", "CASE WHEN t.state = \(underway) THEN \(later) END"),
      ] + also,
      by: [.each("id", claims.map(\.id)), .each("user_id", claims.map(\.user))],
      where: "d.id = t.id AND d.user_id IS NOT DISTINCT FROM t.user_id")
  }

  /// The heartbeat: what is still under way stays whose it is.
  func renew(_ holds: [Hold]) -> SQL { .update(name, set: [.all("lease_until", later)], by: keys(holds), where: isHeld) }

  /// Writes ends down, of the rows that still carry the fence of their claim, and returns the ids of those.
  ///
  /// - Parameter also: further columns, of as many values.
  func end(_ ends: [End], also: [BatchColumn] = []) -> Query<ID<Entity>> {
    let update: SQL = .update(
      name,
      set: [
        .each("state", ends.map(\.state)), .each("due_at", ends.map(\.dueAt)), .all("lease_until", "NULL"), .all("lost", "0"),
      ] + also, by: keys(ends.map(\.hold)), where: isHeld)
    return Query(column: "\(update) RETURNING d.id")
  }

  private func keys(_ holds: [Hold]) -> [BatchColumn] {
    [.each("id", holds.map(\.id)), .each("user_id", holds.map(\.user)), .each("fence", holds.map(\.fence))]
  }

  private var isHeld: SQL {
    "d.id = t.id AND d.user_id IS NOT DISTINCT FROM t.user_id AND d.fence = t.fence AND d.state = \(underway)"
  }
}
