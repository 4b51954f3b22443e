import Domain
import Postgres

/// What claiming decides about a batch of messages: collected, then written in one round trip.
struct DeliveryClaim {
  /// In `detail` of a row that waits for its address to be verified; the trigger `users_verified` looks for it.
  static let unverified = "unverified"

  let now: Instant
  /// Of whom nobody has shown that the address is theirs.
  let unverified: Set<ID<User>>
  private var rows: [(delivery: ClaimedDelivery, state: String, due: Instant, detail: String, lost: Int)] = []
  /// What was claimed again and again without a result, and has failed.
  private(set) var givenUp: [ClaimedDelivery] = []

  init(at now: Instant, unverified: Set<ID<User>>) { (self.now, self.unverified) = (now, unverified) }

  /// In `detail` of a row that travels in the mail of another.
  static func mark<Row>(_ carrier: ID<Row>) -> String { Outbox.digest + " " + carrier.text }

  /// Decides about each.
  ///
  /// - Parameter members: rows that travel with a digest that is taken over.
  /// - Returns: what is to be sent, each with what it carries besides itself.
  mutating func sort(_ deliveries: [ClaimedDelivery], members: [ClaimedDelivery]) -> [(ClaimedDelivery, [ClaimedDelivery])] {
    var mails: [(ClaimedDelivery, [ClaimedDelivery])] = []
    var released: [ID<User>: [ClaimedDelivery]] = [:]
    var order: [ID<User>] = []
    let waited = Set(deliveries.filter { $0.state == "held" }.map(\.escalation))
    for delivery in deliveries {
      switch delivery.decision(at: now, mayReceive: !unverified.contains(delivery.user)) {
      case .drop(let reason): set(delivery, "cancelled", reason)
      case .hold(let end): set(delivery, "held", "quiet", due: end)
      case .holdUnverified: set(delivery, "held", Self.unverified, due: ClaimedDelivery.never)
      case .send where delivery.isGivenUp: giveUp(delivery, members)
      case .send where delivery.lost > 0 && delivery.state == "held": set(delivery, "pending", "singly")
      case .send where delivery.state == "held" || delivery.state == "pending" && waited.contains(delivery.escalation):
        if released[delivery.user] == nil { order.append(delivery.user) }
        released[delivery.user, default: []].append(delivery)
      case .send:
        let carried = members.filter { $0.detail == Self.mark(delivery.id) && $0.isWanted }
        set(delivery, "sending", carried.isEmpty ? "" : Outbox.digest)
        for other in carried { set(other, "held", Self.mark(delivery.id), due: now.advanced(minutes: 5)) }
        mails.append((delivery, carried))
      }
    }
    for user in order {
      if let mail = release(released[user] ?? []) { mails.append(mail) }
    }
    return mails
  }

  /// What was held for a person goes out once: of an escalation only its newest message, those of several as one mail.
  private mutating func release(_ held: [ClaimedDelivery]) -> (ClaimedDelivery, [ClaimedDelivery])? {
    var newest: [ID<Escalation>: ClaimedDelivery] = [:]
    for delivery in held { newest[delivery.escalation] = delivery }
    for delivery in held where newest[delivery.escalation]?.id != delivery.id { set(delivery, "cancelled", "superseded") }
    let kept = held.filter { newest[$0.escalation]?.id == $0.id }
    guard let carrier = kept.first else { return nil }
    let others = Array(kept.dropFirst())
    set(carrier, "sending", others.isEmpty ? "" : Outbox.digest)
    // Should the carrier be answered before it is sent, they come due on their own.
    for other in others { set(other, "held", Self.mark(carrier.id), due: now.advanced(minutes: 5)) }
    return (carrier, others)
  }

  /// A message fails; of a digest each is sent alone from now on, so that the one to blame fails and the others do not.
  private mutating func giveUp(_ delivery: ClaimedDelivery, _ members: [ClaimedDelivery]) {
    let carried = members.filter { $0.detail == Self.mark(delivery.id) }
    if carried.isEmpty {
      givenUp.append(delivery)
      set(delivery, "failed", "no_result")
    }
    for each in carried.isEmpty ? [] : [delivery] + carried { set(each, "pending", "singly", lost: 1) }
  }

  private mutating func set(_ delivery: ClaimedDelivery, _ state: String, _ detail: String, due: Instant? = nil, lost: Int? = nil) {
    // What is sent keeps its time, so that it is known how late it is.
    let time = due ?? (state == "sending" ? delivery.dueAt : now)
    let losses = delivery.lost + (state == "sending" && delivery.state == "sending" ? 1 : 0)
    rows.append((delivery, state, time, detail, lost ?? losses))
  }

  func write(_ db: Connection) throws(PostgresError) {
    let claims = rows.map {
      LeasedTable<Outbox>.Claim(
        id: ID(high: $0.delivery.id.high, low: $0.delivery.id.low), user: $0.delivery.user, state: $0.state, dueAt: $0.due, lost: $0.lost)
    }
    let attempts: SQL = .insert(
      into: "delivery_attempts", .all("id", "new_id(\(now))"), .each("user_id", rows.map(\.delivery.user)),
      .each("escalation_id", rows.map(\.delivery.escalation)), .each("delivery_id", rows.map(\.delivery.id)), .all("at", "\(now)"),
      .each("state", rows.map(\.state)), .each("attempt", rows.map { $0.delivery.attempts + 1 }), .each("detail", rows.map(\.detail)))
    try db.runAll([Outbox.deliveries.table.claim(claims, also: [.each("detail", rows.map(\.detail))]), attempts])
  }
}
