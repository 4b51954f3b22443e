import Domain
import Postgres

/// When each kind of work is due next: one query of index look-ups, so that an idle worker costs next to nothing.
struct DueTimes: FromRow {
  let fire: Instant?
  let wake: Instant?
  let step: Instant?
  let again: Instant?
  let delivery: Instant?
  let letter: Instant?
  /// Milliseconds until the first lease of a message is over, by the database's clock: whose worker has died is then taken over.
  let lease: Int?

  init(row: Row) throws(PostgresError) {
    fire = try row("fire")
    wake = try row("wake")
    step = try row("step")
    again = try row("again")
    delivery = try row("delivery")
    letter = try row("letter")
    lease = try row("lease")
  }

  /// Whether a worker died with messages in its hands.
  var hasExpired: Bool { lease.map { $0 <= 0 } ?? false }

  /// The earliest of all.
  var next: Instant? { [fire, wake, step, again, delivery, letter].compactMap { $0 }.min() }

  /// Whether that time has come.
  func isDue(_ time: Instant?, _ now: Instant) -> Bool { time.map { $0 <= now } ?? false }
}

extension Worker {
  /// - Parameter room: whether a message could be sent at all: where not, those that are due are nothing to wake up for.
  func look(capacity: Bool) throws -> DueTimes {
    let (late, lateSteps, stalledUsers) = (Array(deferred.keys), Array(deferredSteps.keys), stalledUsers)
    let lateMail = Array(deferredMail.keys)
    let sending: SQL = "\(capacity) AND state = 'sending' AND user_id <> ALL (\(stalledUsers)) AND id <> ALL (\(lateMail))"
    let found: DueTimes? = try db.row(
      """
      SELECT
        (SELECT min(next_at) FROM reminders WHERE status = 'active' AND id <> ALL (\(late))) AS fire,
        (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND id <> ALL (\(late))) AS wake,
        (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND id <> ALL (\(lateSteps))) AS step,
        (SELECT min(again_at) FROM escalations
          WHERE state = 'acknowledged' AND again_at IS NOT NULL AND id <> ALL (\(lateSteps))) AS again,
        (SELECT min(due_at) FROM deliveries WHERE \(capacity) AND state IN ('pending', 'held') AND user_id <> ALL (\(stalledUsers))
          AND id <> ALL (\(lateMail))) AS delivery,
        (SELECT min(due_at) FROM letters WHERE \(capacity) AND state = 'pending' AND (user_id IS NULL OR user_id <> ALL (\(stalledUsers)))) AS letter,
        (1000 * extract(epoch FROM least((SELECT min(lease_until) FROM deliveries WHERE \(sending)),
          (SELECT min(lease_until) FROM letters WHERE \(sending))) - clock_timestamp()))::bigint AS lease
      """)
    guard let found else { throw PostgresError.value("a look without a row") }
    return found
  }
}
