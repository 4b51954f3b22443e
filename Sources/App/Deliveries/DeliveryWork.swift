import Domain
import Net
import Postgres

/// What a transfer was for; comes back with its outcome.
public struct DeliveryTransfer {
  enum Kind { case delivery, letter }

  let kind: Kind
  let high: UInt64
  let low: UInt64
  let user: ID<User>
  /// A result counts only while the row still carries this number.
  let fence: Int
  let attempt: Int
  let firstAt: Instant
  let address: String
  /// It carries others.
  var isDigest = false
  /// A worker died with it before.
  var isSuspect = false

  var id: ID<ClaimedDelivery> { ID(high: high, low: low) }
}

extension Worker {
  /// How many mails to claim at most: as many as begin at once. What is not claimed can still be withdrawn by an answer (RULES 3.8), be taken
  /// by another worker, and waits behind nothing.
  var capacity: Int {
    switch mailer.transport {
    case .smtp(let server): transfers.room(for: server)
    // Each is synced to the disk before the next, and meanwhile nothing fires.
    case .maildir: 20
    }
  }

  /// Whom to pass over in claiming: people of whom this many messages wait long for an answer. The fourth would take a place and hang, too.
  var stalledUsers: [ID<User>] {
    Dictionary(grouping: transfers.slow, by: \.user).filter { $0.value.count >= 3 }.map(\.key)
  }

  /// Whether a message is in our hands that a worker died with before. One whose server does not answer for long has done us no harm by now, and
  /// holds up nobody else's.
  var isTrying: Bool { transfers.underway.count(where: \.isSuspect) > transfers.slow.count(where: \.isSuspect) }

  /// Claims what is due, decides about each row and hands what is to be sent to the network, after the claim is committed: a few at a time, as
  /// many as are composed in a moment, so that no claim waits long for its turn and none is lost to our own slowness. When a claim fails it is
  /// done row by row, and a row that fails on its own is put off for ten minutes, logged, and stops nothing.
  ///
  /// - Returns: how many rows were claimed.
  func claimDeliveries(_ now: Instant, limit: Int) throws -> Int {
    let end = Ticks.now + 500
    var total = 0
    while total < limit {
      let size = min(sliceSize, limit - total)
      let began = Ticks.now
      let count = try slice(now, limit: size)
      total += count
      sliceSize = Ticks.now - began > 100 ? max(1, sliceSize / 2) : min(16, sliceSize * 2)
      if count < size || Ticks.now >= end { break }
      try renewLeases()
      _ = transfers.wait(milliseconds: 0)
      try writeEnded(now)
    }
    return total
  }

  private func slice(_ now: Instant, limit: Int) throws -> Int {
    let order = ClaimOrder(after: turn, now: now, stalledUsers: stalledUsers, late: Array(deferredMail.keys))
    do {
      return try claim(now) { () throws(PostgresError) in try next(order, limit: limit) }
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      let all = try db.transaction { () throws(PostgresError) in try next(order, limit: limit) }
      return try all.reduce(0) { try $0 + one($1.id, order, now) }
    }
  }

  private func one(_ id: ID<ClaimedDelivery>, _ order: ClaimOrder, _ now: Instant) throws -> Int {
    do {
      return try claim(now) { () throws(PostgresError) in try db.rows(order.only(id)) }
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      deferredMail[id] = now.advanced(minutes: 10)
      log("work.delivery_failed", ["delivery": id.text, "error": "\(error)"])
      return 0
    }
  }

  /// Whose turn it is; the next claim begins after them.
  private func next(_ order: ClaimOrder, limit: Int) throws(PostgresError) -> [Claimable] {
    let (due, lost) = try db.read(Query<Claimable>(order.rows(limit: limit)), Query<Claimable>(order.lost(limit: limit)))
    let found = Claimable.together(due + lost, isTrying: isTrying)
    if let last = due.last { turn = last.user }
    if !found.isEmpty { return found }
    turn = try db.value(order.end) ?? turn
    return Claimable.together(try db.rows(order.oldest(limit: limit)), isTrying: isTrying)
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
      tally.failed += 1
      log("work.delivery_given_up", ["delivery": delivery.id.text, "claims": String(delivery.fence)])
    }
    // In the order of their turns, but what is critical is not made to wait until a slice of long mails is composed.
    // Between two the network is served, so that the dialogue of the first does not wait for the composing of the last.
    for (delivery, others) in mails.filter({ $0.0.importance == .critical }) + mails.filter({ $0.0.importance != .critical }) {
      try send(delivery, others, now)
      _ = transfers.wait(milliseconds: 0)
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
            AND state IN ('pending', 'held') AND id <> ALL (\(ids + Array(deferredMail.keys)))
          ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED
          """))
    return more.isEmpty ? deliveries : try db.rows(ClaimedDelivery.query(ids + more, services.zones))
  }

  /// The rows that a digest carries which was in the hands of a worker that died.
  private func members(of deliveries: [ClaimedDelivery]) throws -> [ClaimedDelivery] {
    let carriers = deliveries.filter { $0.state == "sending" && $0.detail == DeliveryClaim.digest }
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
    let job = DeliveryTransfer(
      kind: .delivery, high: delivery.id.high, low: delivery.id.low, user: delivery.user, fence: delivery.fence + 1,
      attempt: delivery.attempts + 1,
      firstAt: delivery.firstAt ?? now, address: delivery.email, isDigest: !others.isEmpty,
      isSuspect: delivery.state == "sending" || delivery.lost > 0)
    let mail = ReminderMail(delivery, others, services, mailer, at: now)
    post(mail.composed, to: delivery.email, job)
  }

  /// Whose address nobody has verified, their rows locked by the door: a verification at this moment waits, and then finds what is held here. In a folder
  /// of this machine mail reaches no stranger, and every address counts as verified.
  private func unverified(of deliveries: [ClaimedDelivery]) throws -> Set<ID<User>> {
    guard case .smtp = mailer.transport else { return [] }
    let people = Set(deliveries.filter { !$0.isVerified }.map(\.user))
    if people.isEmpty { return [] }
    let ids: [ID<User>] = try db.rows(
      Query(column: "SELECT id FROM door.unverified(\(Array(people))) AS id"))
    return Set(ids)
  }

  /// Hands a mail over. What cannot be made into a mail has failed for good.
  func post(_ mail: Mail?, to address: String, _ job: DeliveryTransfer) {
    do {
      guard let mail, let recipient = MailAddress(address) else { throw NetError.badHeader("To") }
      let bytes = try mail.bytes()
      switch mailer.transport {
      case .smtp(let server):
        transfers.add(
          MailTransfer(through: server, from: mailer.from.address, to: recipient, message: bytes, attempt: job.attempt), job)
      case .maildir(let box):
        try box.deliver(bytes, id: mail.messageID)
        ended.append((job, .delivered(MailReply(stage: .message, code: nil, enhanced: nil, text: "kept in the Maildir"))))
      }
    } catch {
      let reply = MailReply(stage: .message, code: nil, enhanced: nil, text: "\(error)")
      if case NetError.file = error { ended.append((job, .temporary(reply))) } else { ended.append((job, .permanent(reply))) }
    }
  }
}
