import Domain
import Postgres

/// What claiming decides about a batch of messages: collected, then written in one round trip.
struct OutboxClaim {
  let now: Instant
  private var rows: [Decision] = []
  /// What was claimed again and again without a result, and has failed.
  private(set) var givenUp: [OutboxMessage] = []

  private struct Decision {
    let message: OutboxMessage
    let state: MessageState
    let dueAt: Instant
    let lost: Int
    let reason: OutboxReason?
    let carrier: ID<OutboxMessage>?

    /// It has its turn later than was thought (RULES 4.7): no other state.
    var goesOnWaiting: Bool { state == .held && reason == .limited && message.state == .held && message.reason == .limited }
  }

  init(at now: Instant) { self.now = now }

  /// - Parameters:
  ///   - carrier: in whose mail it travels.
  ///   - due: when it is looked at next; nil: now, or, when it is sent, as it was, so that it is known how late it is.
  ///   - lost: nil: one more than before for a message that a worker died with.
  mutating func set(
    _ message: OutboxMessage, _ state: MessageState, _ reason: OutboxReason? = nil, carrier: ID<OutboxMessage>? = nil, due: Instant? = nil,
    lost: Int? = nil
  ) {
    let losses = message.lost + (state == .sending && message.state == .sending ? 1 : 0)
    rows.append(
      Decision(
        message: message, state: state, dueAt: due ?? (state == .sending ? message.dueAt : now), lost: lost ?? losses, reason: reason,
        carrier: carrier))
  }

  /// It has failed: begun too often without an end.
  mutating func giveUp(_ message: OutboxMessage) {
    givenUp.append(message)
    set(message, .failed, .noResult)
  }

  func write(_ subject: OutboxSubject, _ db: Connection) throws(PostgresError) {
    if rows.isEmpty { return }
    let claims = rows.map {
      LeasedTable<OutboxMessage>.Claim(
        id: $0.message.id, user: $0.message.user, state: $0.state.rawValue, dueAt: $0.dueAt, lost: $0.lost)
    }
    let also: [BatchColumn] = [
      .each("reason", rows.map(\.reason)), .each("carrier_id", rows.map(\.carrier)), .all("code", "NULL"), .all("detail", "''"),
    ]
    let changed = rows.filter { !$0.goesOnWaiting }
    let attempts: SQL = .insert(
      into: "outbox_attempts", .all("id", "new_id(\(now))"), .each("user_id", changed.map(\.message.user)),
      .each("subject_id", changed.map(\.message.subject)), .each("message_id", changed.map(\.message.id)), .all("at", "\(now)"),
      .each("state", changed.map(\.state)), .each("attempt", changed.map { $0.message.attempts + 1 }),
      .each("reason", changed.map(\.reason)))
    try db.runAll([subject.table.claim(claims, also: also), attempts])
  }
}
