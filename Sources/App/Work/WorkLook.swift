import Domain
import Postgres

/// When each kind of work is due next: one query of index look-ups, so that an idle worker costs next to nothing.
struct WorkLook: FromRow {
  let fire: Instant?
  let wake: Instant?
  let step: Instant?
  let again: Instant?
  let delivery: Instant?
  let letter: Instant?
  /// Whether a worker died with messages in its hands.
  let hasExpired: Bool

  init(row: Row) throws(PostgresError) {
    fire = try row("fire")
    wake = try row("wake")
    step = try row("step")
    again = try row("again")
    delivery = try row("delivery")
    letter = try row("letter")
    hasExpired = try row("expired")
  }

  /// The earliest of all.
  var next: Instant? { [fire, wake, step, again, delivery, letter].compactMap { $0 }.min() }

  /// Whether that time has come.
  func isDue(_ time: Instant?, _ now: Instant) -> Bool { time.map { $0 <= now } ?? false }
}

extension Worker {
  func look() throws -> WorkLook {
    let found: WorkLook? = try db.row(
      """
      SELECT
        (SELECT min(next_at) FROM reminders WHERE status = 'active' AND id <> ALL (\(Array(putOff.keys)))) AS fire,
        (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND id <> ALL (\(Array(putOff.keys)))) AS wake,
        (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND id <> ALL (\(Array(putOffSteps.keys)))) AS step,
        (SELECT min(again_at) FROM escalations
          WHERE state = 'acknowledged' AND again_at IS NOT NULL AND id <> ALL (\(Array(putOffSteps.keys)))) AS again,
        (SELECT min(due_at) FROM deliveries WHERE state IN ('pending', 'held')) AS delivery,
        (SELECT min(due_at) FROM letters WHERE state = 'pending') AS letter,
        EXISTS (SELECT 1 FROM deliveries WHERE state = 'sending' AND lease_until < clock_timestamp())
          OR EXISTS (SELECT 1 FROM letters WHERE state = 'sending' AND lease_until < clock_timestamp()) AS expired
      """)
    guard let found else { throw PostgresError.value("a look without a row") }
    return found
  }
}
