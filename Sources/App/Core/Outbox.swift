import Domain
import Postgres

/// The table of everything that leaves: from the results of transfers to its rows. How they are claimed: ``OutboxWork``.
enum Outbox {
  /// Messages of all subjects.
  private static let table = LeasedTable<OutboxMessage>(name: "outbox", underway: "'sending'")

  /// Writes results down in one transaction. Only rows that still carry the fence of their claim change: a worker whose lease was taken over finds
  /// another.
  ///
  /// - Returns: how many counted.
  static func write(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws -> Int {
    let written = try bench.db.transaction {
      let written = try end(results, bench)
      if written.isEmpty { return written }
      try bench.db.runAll([attempts(written, now)] + written.filter(\.transfer.isDigest).map { carried(by: $0, now) })
      let subjects = Dictionary(grouping: written) { $0.transfer.subject.noun }
      for (_, results) in subjects.sorted(by: { $0.key < $1.key }) { try results.first?.transfer.subject.follow(results, now, bench) }
      return written
    }
    for result in written where result.state == .sent { bench.tally.add(result.transfer.subject.counted) }
    bench.tally.add("failed", written.count { $0.state == .failed })
    return written.count
  }

  /// The heartbeat of what is under way.
  static func renewing(_ transfers: [OutboxTransfer]) -> SQL { table.renew(transfers.map(\.hold)) }

  /// Gives claims back of which nothing was begun: anybody's again, waiting. That they were claimed stays written down.
  static func givingBack(_ messages: [OutboxMessage]) -> Query<ID<OutboxMessage>> {
    let ends = messages.map {
      // Never under way, which nobody would take up without a lease that ends.
      let state = $0.state == .sending ? MessageState.pending : $0.state
      let hold = LeasedTable<OutboxMessage>.Hold(id: $0.id, user: $0.user, fence: $0.fence + 1)
      return LeasedTable<OutboxMessage>.End(hold: hold, state: state.rawValue, dueAt: $0.dueAt)
    }
    return table.end(ends, also: [.all("attempts", "d.attempts - 1")])
  }

  private static func end(_ results: [OutboxResult], _ bench: WorkBench) throws(PostgresError) -> [OutboxResult] {
    let ends = results.map { LeasedTable.End(hold: $0.transfer.hold, state: $0.rowState.rawValue, dueAt: $0.dueAt) }
    let also: [BatchColumn] = [
      .each("reason", results.map(\.rowReason)), .each("code", results.map(\.judgement.code)),
      .each("detail", results.map(\.judgement.detail)),
      .each("address", results.map(\.transfer.address)), .each("sent_at", results.map(\.sentAt)),
    ]
    let changed = Set(try bench.db.rows(table.end(ends, also: also)))
    for result in results where !changed.contains(result.transfer.message.id) {
      bench.log("work.late_result", ["id": result.transfer.message.id.text])
    }
    return results.filter { changed.contains($0.transfer.message.id) }
  }

  private static func attempts(_ results: [OutboxResult], _ now: Instant) -> SQL {
    .insert(
      into: "outbox_attempts", .all("id", "new_id(\(now))"), .each("user_id", results.map(\.transfer.message.user)),
      .each("subject_id", results.map(\.transfer.message.subject)), .each("message_id", results.map(\.transfer.message.id)),
      .all("at", "\(now)"), .each("state", results.map(\.state)), .each("attempt", results.map(\.transfer.attempt)),
      .each("reason", results.map(\.judgement.reason)), .each("code", results.map(\.judgement.code)),
      .each("detail", results.map(\.judgement.detail)))
  }

  /// What travelled in a mail shares its end.
  private static func carried(by result: OutboxResult, _ now: Instant) -> SQL {
    let (message, said) = (result.transfer.message, result.judgement)
    return """
      WITH carried AS (
        UPDATE outbox SET state = \(result.rowState), due_at = \(result.dueAt), lost = 0, address = \(result.transfer.address), sent_at = \(result.sentAt),
          reason = \(result.rowReason), code = \(said.code), detail = \(said.detail)
        WHERE user_id = \(message.user) AND state = 'held' AND carrier_id = \(message.id) RETURNING id, user_id, subject_id, state
      )
      INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, reason, code, detail)
      SELECT new_id(\(now)), user_id, subject_id, id, \(now), state, \(said.reason), \(said.code), \(said.detail) FROM carried
      """
  }
}
