import Domain
import Postgres

/// What claiming decides about a batch of messages: collected, then written in one round trip.
struct ClaimBatch {
  /// In `detail` of a row that carries others, and of those that are carried, with the carrier's id.
  static let digest = "digest"
  /// In `detail` of a row that waits for its address to be verified; the trigger `users_verified` looks for it.
  static let unverified = "unverified"

  let now: Instant
  /// Of whom nobody has shown that the address is theirs.
  let unverified: Set<ID<User>>
  private var rows: [(id: ID<Parcel>, user: ID<User>, state: String, due: Instant, detail: String, attempt: Int, lost: Int)] = []
  /// What was claimed again and again without a result, and has failed.
  private(set) var givenUp: [Parcel] = []

  init(at now: Instant, unverified: Set<ID<User>>) { (self.now, self.unverified) = (now, unverified) }

  /// The mark of a row that travels in the mail of another.
  static func mark(_ carrier: ID<Parcel>) -> String { digest + " " + carrier.text }

  /// Decides about each.
  ///
  /// - Parameter members: rows that travel with a digest that is taken over.
  /// - Returns: what is to be sent, each with what it carries besides itself.
  mutating func sort(_ parcels: [Parcel], members: [Parcel]) -> [(Parcel, [Parcel])] {
    var mails: [(Parcel, [Parcel])] = []
    var released: [ID<User>: [Parcel]] = [:]
    var order: [ID<User>] = []
    let waited = Set(parcels.filter { $0.state == "held" }.map(\.escalation))
    for parcel in parcels {
      switch parcel.decision(at: now, mayReceive: !unverified.contains(parcel.user)) {
      case .drop(let reason): set(parcel, "cancelled", reason)
      case .hold(let end): set(parcel, "held", "quiet", due: end)
      case .holdUnverified: set(parcel, "held", Self.unverified, due: Parcel.never)
      case .send where parcel.isGivenUp: giveUp(parcel, members)
      case .send where parcel.lost > 0 && parcel.state == "held": set(parcel, "pending", "singly")
      case .send where parcel.state == "held" || parcel.state == "pending" && waited.contains(parcel.escalation):
        if released[parcel.user] == nil { order.append(parcel.user) }
        released[parcel.user, default: []].append(parcel)
      case .send:
        let carried = members.filter { $0.detail == Self.mark(parcel.id) && $0.isWanted }
        set(parcel, "sending", carried.isEmpty ? "" : Self.digest)
        for other in carried { set(other, "held", Self.mark(parcel.id), due: now.advanced(minutes: 5)) }
        mails.append((parcel, carried))
      }
    }
    for user in order {
      if let mail = release(released[user] ?? []) { mails.append(mail) }
    }
    return mails
  }

  /// What was held for a person goes out once: of an escalation only its newest message, those of several as one mail.
  private mutating func release(_ held: [Parcel]) -> (Parcel, [Parcel])? {
    var newest: [ID<Escalation>: Parcel] = [:]
    for parcel in held { newest[parcel.escalation] = parcel }
    for parcel in held where newest[parcel.escalation]?.id != parcel.id { set(parcel, "cancelled", "superseded") }
    let kept = held.filter { newest[$0.escalation]?.id == $0.id }
    guard let carrier = kept.first else { return nil }
    let others = Array(kept.dropFirst())
    set(carrier, "sending", others.isEmpty ? "" : Self.digest)
    // Should the carrier be answered before it is sent, they come due on their own.
    for other in others { set(other, "held", Self.mark(carrier.id), due: now.advanced(minutes: 5)) }
    return (carrier, others)
  }

  /// A message fails; of a digest each is sent alone from now on, so that the one to blame fails and the others do not.
  private mutating func giveUp(_ parcel: Parcel, _ members: [Parcel]) {
    let carried = members.filter { $0.detail == Self.mark(parcel.id) }
    if carried.isEmpty {
      givenUp.append(parcel)
      set(parcel, "failed", "no_result")
    }
    for each in carried.isEmpty ? [] : [parcel] + carried { set(each, "pending", "singly", lost: 1) }
  }

  private mutating func set(_ parcel: Parcel, _ state: String, _ detail: String, due: Instant? = nil, lost: Int? = nil) {
    // What is sent keeps its time, so that it is known how late it is.
    let time = due ?? (state == "sending" ? parcel.dueAt : now)
    let losses = parcel.lost + (state == "sending" && parcel.state == "sending" ? 1 : 0)
    rows.append((parcel.id, parcel.user, state, time, detail, parcel.attempts + 1, lost ?? losses))
  }

  /// The lease is the one thing that the database's own clock measures, because workers' clocks may differ.
  func write(_ db: Connection) throws(PostgresError) {
    let changes: [SQL] = [
      """
      UPDATE deliveries d SET state = t.state, due_at = t.due_at, detail = t.detail, fence = d.fence + 1, lost = t.lost,
        attempts = d.attempts + (t.state = 'sending')::int,
        lease_until = CASE WHEN t.state = 'sending' THEN clock_timestamp() + interval '60 seconds' END
      FROM unnest(\(rows.map(\.id)), \(rows.map(\.state)), \(rows.map(\.due)), \(rows.map(\.detail)),
        \(rows.map(\.lost))) AS t(id, state, due_at, detail, lost)
      WHERE d.id = t.id
      """,
      """
      INSERT INTO delivery_attempts (id, user_id, delivery_id, at, state, attempt, detail)
      SELECT gen_random_uuid(), t.user_id, t.id, \(now), t.state, t.attempt, t.detail
      FROM unnest(\(rows.map(\.id)), \(rows.map(\.user)), \(rows.map(\.state)), \(rows.map(\.attempt)), \(rows.map(\.detail)))
        AS t(id, user_id, state, attempt, detail)
      """,
    ]
    try db.runAll(changes)
  }
}
