import Domain
import Postgres

/// A table whose rows are messages: leased, with their `detail` besides. A feature that sends has one.
struct Outbox: Sendable {
  /// In `detail` of a row that carries others.
  static let digest = "digest"

  let name: String
  let table: LeasedTable<Outbox>
  /// Whether the table keeps where a message went, and when.
  var keepsAddress = false
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
    var also: [BatchColumn] = [.each("detail", results.map(\.rowDetail))]
    if keepsAddress { also += [.each("address", results.map(\.transfer.address)), .each("sent_at", results.map(\.sentAt))] }
    let changed = Set(
      try bench.db.rows(table.end(results.map { .init(hold: $0.transfer.hold, state: $0.rowState, dueAt: $0.dueAt) }, also: also)))
    for result in results where !changed.contains(result.id) { bench.log("work.late_result", ["id": result.id.text]) }
    return results.filter { changed.contains($0.id) }
  }
}
