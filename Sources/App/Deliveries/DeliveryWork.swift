import Domain
import Net
import Postgres

/// Claims messages of escalations and sends them.
final class DeliveryWork {
  private let bench: WorkBench
  private let rows: RowWork<ClaimedDelivery>
  /// Whose messages were claimed last, and how many are claimed at a time.
  private var turn = ID<User>(high: 0, low: 0)
  private var sliceSize = 4

  private var db: Connection { bench.db }
  private var outbound: Outbound { bench.outbound }
  private var services: Services { bench.services }

  init(_ bench: WorkBench) {
    self.bench = bench
    rows = RowWork("delivery", bench)
  }

  var kind: WorkKind {
    WorkKind(name: "send", due: DueTime(name: "delivery", next: next, lease: lease), share: .all, follows: true) { now, limit in
      try self.claim(now, limit: limit)
    }
  }

  private func next(_ now: Instant) -> SQL {
    """
    SELECT min(due_at) FROM deliveries
    WHERE state IN ('pending', 'held') AND user_id <> ALL (\(outbound.stalledUsers)) AND id <> ALL (\(rows.passed(at: now)))
    """
  }

  private func lease(_ now: Instant) -> SQL {
    let passed = rows.passed(at: now).map { ID<Outbox>(high: $0.high, low: $0.low) }
    return Outbox.deliveries.table.firstLease(passing: .init(users: outbound.stalledUsers, rows: passed))
  }

  /// Claims what is due, decides about each row and hands what is to be sent to the network, after the claim is committed: a few at a time, as
  /// many as are composed in a moment, so that no claim waits long for its turn and none is lost to our own slowness. When a claim fails it is
  /// done row by row (``RowWork``).
  ///
  /// - Returns: how many rows were claimed.
  func claim(_ now: Instant, limit: Int) throws -> Int {
    let end = Ticks.now + 500
    var total = 0
    while total < limit {
      let size = min(sliceSize, limit - total)
      let began = Ticks.now
      let count = try slice(now, limit: size)
      total += count
      sliceSize = Ticks.now - began > 100 ? max(1, sliceSize / 2) : min(16, sliceSize * 2)
      if count < size || Ticks.now >= end { break }
      try outbound.renewLeases(db)
      _ = outbound.transfers.wait(milliseconds: 0)
      try bench.writeEnded(now)
    }
    return total
  }

  private func slice(_ now: Instant, limit: Int) throws -> Int {
    let order = ClaimOrder(after: turn, now: now, stalledUsers: outbound.stalledUsers, late: rows.passed(at: now))
    return try rows.batch(
      at: now,
      all: { try claim(now) { () throws(PostgresError) in try next(order, limit: limit) } },
      rows: { try db.transaction { () throws(PostgresError) in try next(order, limit: limit) }.map(\.id) },
      one: { id in try claim(now) { () throws(PostgresError) in try db.rows(order.only(id)) } },
      // Row by row such an error could outlast the leases of what is under way.
      isFatal: \.isTransient)
  }

  /// Whose turn it is; the next claim begins after them.
  private func next(_ order: ClaimOrder, limit: Int) throws(PostgresError) -> [Claimable] {
    let (due, lost) = try db.read(Query<Claimable>(order.rows(limit: limit)), Query<Claimable>(order.lost(limit: limit)))
    let found = Claimable.together(due + lost, isTrying: outbound.isTrying)
    if let last = due.last { turn = last.user }
    if !found.isEmpty { return found }
    turn = try db.value(order.end) ?? turn
    return Claimable.together(try db.rows(order.oldest(limit: limit)), isTrying: outbound.isTrying)
  }

  private func claim(_ now: Instant, _ choose: () throws(PostgresError) -> [Claimable]) throws -> Int {
    let (count, claim, mails) = try db.transaction { () -> (Int, DeliveryClaim, [(ClaimedDelivery, [ClaimedDelivery])]) in
      let chosen = try choose().map(\.id)
      if chosen.isEmpty { return (0, DeliveryClaim(at: now, unverified: []), []) }
      let deliveries = try withCompanions(try db.rows(ClaimedDelivery.query(chosen, services.zones)), now)
      var claim = DeliveryClaim(at: now, unverified: try unverified(of: deliveries))
      let members = try members(of: deliveries)
      // What a digest carried is due on its own after five minutes; together with its carrier, it travels with that, once.
      let carried = Set(members.map(\.id))
      let mails = claim.sort(deliveries.filter { !carried.contains($0.id) }, members: members)
      try claim.write(db)
      return (deliveries.count, claim, mails)
    }
    for delivery in claim.givenUp {
      bench.tally.add("failed")
      bench.log("work.delivery_given_up", ["delivery": delivery.id.text, "claims": String(delivery.fence)])
    }
    // In the order of their turns, but what is critical is not made to wait until a slice of long mails is composed.
    // Between two the network is served, so that the dialogue of the first does not wait for the composing of the last.
    for (delivery, others) in mails.filter({ $0.0.importance == .critical }) + mails.filter({ $0.0.importance != .critical }) {
      try send(delivery, others, now)
      _ = outbound.transfers.wait(milliseconds: 0)
    }
    return count
  }

  /// What was held for the same people comes along, however much it is, and what is due of the same escalations: it leaves as one mail.
  private func withCompanions(_ deliveries: [ClaimedDelivery], _ now: Instant) throws -> [ClaimedDelivery] {
    let open = deliveries.filter { $0.state != "sending" }
    if open.isEmpty { return deliveries }
    let ids = deliveries.map(\.id)
    let more: [ID<ClaimedDelivery>] = try db.rows(
      Query(
        column: """
          SELECT id FROM deliveries WHERE id IN (
              SELECT h.id FROM deliveries h WHERE h.state = 'held' AND h.due_at <= \(now) AND h.user_id = ANY (\(open.map(\.user)))
              UNION ALL
              SELECT n.id FROM deliveries h JOIN deliveries n ON n.escalation_id = h.escalation_id AND n.state = 'pending' AND n.due_at <= \(now)
              WHERE h.state = 'held' AND h.due_at <= \(now) AND h.user_id = ANY (\(open.map(\.user))))
            AND state IN ('pending', 'held') AND id <> ALL (\(ids + rows.passed(at: now)))
          ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED
          """))
    return more.isEmpty ? deliveries : try db.rows(ClaimedDelivery.query(ids + more, services.zones))
  }

  /// The rows that a digest carries which was in the hands of a worker that died.
  private func members(of deliveries: [ClaimedDelivery]) throws -> [ClaimedDelivery] {
    let carriers = deliveries.filter { $0.state == "sending" && $0.detail == Outbox.digest }
    if carriers.isEmpty { return [] }
    let marks = carriers.map { DeliveryClaim.mark($0.id) }
    let ids: [ID<ClaimedDelivery>] = try db.rows(
      Query(
        column: """
          SELECT id FROM deliveries WHERE user_id = ANY (\(carriers.map(\.user))) AND state = 'held' AND detail = ANY (\(marks))
          FOR UPDATE SKIP LOCKED
          """))
    return try db.rows(ClaimedDelivery.query(ids, services.zones))
  }

  private func send(_ delivery: ClaimedDelivery, _ others: [ClaimedDelivery], _ now: Instant) throws {
    let transfer = OutboxTransfer(
      outbox: .deliveries, id: ID(high: delivery.id.high, low: delivery.id.low), user: delivery.user, fence: delivery.fence + 1,
      attempt: delivery.attempts + 1, firstAt: delivery.firstAt ?? now, address: delivery.email, isDigest: !others.isEmpty,
      isSuspect: delivery.state == "sending" || delivery.lost > 0)
    let mail = ReminderMail(delivery, others, services, outbound.mailer, at: now)
    outbound.post(mail.composed, to: delivery.email, transfer)
  }

  /// Whose address nobody has verified, their rows locked by the door: a verification at this moment waits, and then finds what is held here. In a folder
  /// of this machine mail reaches no stranger, and every address counts as verified.
  private func unverified(of deliveries: [ClaimedDelivery]) throws -> Set<ID<User>> {
    guard case .smtp = outbound.mailer.transport else { return [] }
    let people = Set(deliveries.filter { !$0.isVerified }.map(\.user))
    if people.isEmpty { return [] }
    let ids: [ID<User>] = try db.rows(
      Query(column: "SELECT id FROM door.unverified(\(Array(people))) AS id"))
    return Set(ids)
  }
}
