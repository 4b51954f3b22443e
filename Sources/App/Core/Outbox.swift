import Domain
import Postgres

/// A table whose rows are messages, with the columns `id`, `user_id`, `state`, `due_at`, `lease_until`, `fence`, `attempts`, `lost` and `detail`:
/// what is the same for all such tables, from the lease to the result. A feature that sends has one.
struct Outbox: Sendable {
  /// In `detail` of a row that carries others.
  static let digest = "digest"

  let name: String
  let table: Columns
  /// What a result sets besides, of `t.address` and `t.sent_at`: begins with a comma.
  var sets: Columns = ""
  /// What is counted of those that were sent (``Feature/counts``).
  let counted: String
  /// What else follows from results that were written, in the same transaction.
  var follow: @Sendable (_ results: [OutboxResult], _ now: Instant, WorkBench) throws -> Void = { _, _, _ in }

  /// Those of each outbox, always in the same order.
  static func grouped<Item>(_ items: [Item], by outbox: (Item) -> Outbox) -> [(Outbox, [Item])] {
    Dictionary(grouping: items) { outbox($0).name }.sorted { $0.key < $1.key }.compactMap { _, items in
      items.first.map { (outbox($0), items) }
    }
  }

  /// Writes results down in one transaction. Only rows that still carry the fence of their claim change: a worker whose lease was taken over finds
  /// another.
  ///
  /// - Returns: how many counted.
  static func write(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws -> Int {
    let written = try bench.db.transaction {
      try grouped(results, by: \.transfer.outbox).flatMap { outbox, results in
        let changed = try outbox.end(results, bench)
        if !changed.isEmpty { try outbox.follow(changed, now, bench) }
        return changed
      }
    }
    for result in written where result.state == "sent" { bench.tally.add(result.transfer.outbox.counted) }
    bench.tally.add("failed", written.count { $0.state == "failed" })
    return written.count
  }

  private func end(_ results: [OutboxResult], _ bench: WorkBench) throws(PostgresError) -> [OutboxResult] {
    let ids: [ID<Outbox>] = try bench.db.rows(
      Query(
        column: """
          UPDATE \(table) d SET state = t.state, due_at = t.due_at, lease_until = NULL, lost = 0, detail = t.detail\(sets)
          FROM unnest(\(results.map(\.id)), \(results.map(\.transfer.user)), \(results.map(\.transfer.fence)), \(results.map(\.rowState)), \(results.map(\.dueAt)),
            \(results.map(\.rowDetail)), \(results.map(\.transfer.address)), \(results.map(\.sentAt)))
            AS t(id, user_id, fence, state, due_at, detail, address, sent_at)
          WHERE d.id = t.id AND d.user_id = t.user_id AND d.fence = t.fence AND d.state = 'sending' RETURNING d.id
          """))
    let changed = Set(ids)
    for result in results where !changed.contains(result.id) { bench.log("work.late_result", ["id": result.id.text]) }
    return results.filter { changed.contains($0.id) }
  }
}
