import Domain
import Net
import Postgres

extension Feature {
  /// The messages of escalations.
  static let deliveries = Feature(
    work: { bench in
      [
        OutboxWork(.deliveries, bench).kind("send", share: .all, follows: true),
        OutboxWork(.closings, bench).kind("closings", share: .half, follows: true),
      ]
    },
    counts: ["sent", "failed"],
    jobs: [
      JobKind("deliveries.unverified", .nightly()) { _, bench, now in
        if case .maildir = bench.outbound.mailer.transport { try bench.releaseUnverified(now) }
        return .done
      }
    ],
    retention: [AddressLimits.retention],
    chores: [
      // The folder is this machine's.
      Chore("deliveries.maildir", [.day]) { bench, _ in
        if case .maildir(let box) = bench.outbound.mailer.transport { box.sweep() }
      }
    ])
}

extension WorkBench {
  /// What waited for a verification while there was a mail server, now that mail stays on this machine: in the order of the ids, as whoever verifies
  /// an address takes them (`release_held`).
  func releaseUnverified(_ now: Instant) throws(PostgresError) {
    try db.run(
      """
      WITH held AS (
        SELECT id FROM outbox WHERE state = 'held' AND reason = 'unverified' AND due_at <> \(now) ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE outbox d SET due_at = \(now) FROM held h WHERE d.id = h.id
      """)
  }
}
