import Domain
import Net
import Postgres

/// What a transfer was for; comes back with its outcome.
public struct SendJob {
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

  var id: ID<Parcel> { ID(high: high, low: low) }
}

extension Worker {
  /// How many mails to claim at most: as many as begin at once. What is not claimed can still be withdrawn by an answer (RULES 3.8), be taken
  /// by another worker, and waits behind nothing.
  var room: Int {
    switch mailer.transport {
    case .smtp(let server): transfers.room(for: server)
    // Each is synced to the disk before the next, and meanwhile nothing fires.
    case .maildir: 20
    }
  }

  /// Whom to pass over in claiming: people of whom this many messages wait long for an answer. The fourth would take a place and hang, too.
  var stuck: [ID<User>] {
    Dictionary(grouping: transfers.slow, by: \.user).filter { $0.value.count >= 3 }.map(\.key)
  }

  /// Claims what is due, decides about each row and hands what is to be sent to the network, after the claim is committed. When that fails it is
  /// done row by row, and a row that fails on its own is put off for ten minutes, logged, and stops nothing.
  ///
  /// - Returns: how many rows were claimed.
  func claimDeliveries(_ now: Instant, limit: Int) throws -> Int {
    do {
      return try claim(now, Claimable(self, now), limit: limit)
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      let all = Claimable(self, now)
      let ids: [ID<Parcel>] = try db.rows(Query(column: "\(all.due) LIMIT \(limit)")) + db.rows(Query(column: "\(all.lost) LIMIT \(limit)"))
      return try ids.reduce(0) { try $0 + one($1, now) }
    }
  }

  private func one(_ id: ID<Parcel>, _ now: Instant) throws -> Int {
    do {
      return try claim(now, Claimable(self, now, only: id), limit: 1)
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      putOffMail[id] = now.advanced(minutes: 10)
      log("work.delivery_failed", ["delivery": id.text, "error": "\(error)"])
      return 0
    }
  }

  private func claim(_ now: Instant, _ rows: Claimable, limit: Int) throws -> Int {
    let (count, mails) = try db.transaction { () -> (Int, [(Parcel, [Parcel])]) in
      let (first, second) = try db.read(
        Query<ID<Parcel>>(column: "\(rows.due) LIMIT \(limit) FOR UPDATE SKIP LOCKED"),
        Query<ID<Parcel>>(column: "\(rows.lost) LIMIT \(limit) FOR UPDATE SKIP LOCKED"))
      if first.isEmpty, second.isEmpty { return (0, []) }
      let parcels = try withCompanions(try db.rows(Parcel.query(first + second, services.zones, at: now)), now)
      var claim = ClaimBatch(at: now)
      let mails = try claim.sort(parcels, members: members(of: parcels))
      try claim.write(db)
      return (parcels.count, mails)
    }
    for (parcel, others) in mails { try send(parcel, others, now) }
    return count
  }

  /// What was held for the same people comes along, however much it is: it leaves as one mail.
  private func withCompanions(_ parcels: [Parcel], _ now: Instant) throws -> [Parcel] {
    let held = parcels.filter { $0.state == "held" }
    if held.isEmpty { return parcels }
    let ids = parcels.map(\.id)
    let more: [ID<Parcel>] = try db.rows(
      Query(
        column: """
          SELECT id FROM deliveries WHERE state = 'held' AND due_at <= \(now) AND user_id = ANY (\(held.map(\.user)))
            AND id <> ALL (\(ids + Array(putOffMail.keys)))
          ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED
          """))
    return more.isEmpty ? parcels : try db.rows(Parcel.query(ids + more, services.zones, at: now))
  }

  /// The rows that a digest carries which was in the hands of a worker that died.
  private func members(of parcels: [Parcel]) throws -> [Parcel] {
    let carriers = parcels.filter { $0.state == "sending" && $0.detail == ClaimBatch.digest }
    if carriers.isEmpty { return [] }
    let marks = carriers.map { ClaimBatch.mark($0.id) }
    let ids: [ID<Parcel>] = try db.rows(
      Query(
        column: """
          SELECT id FROM deliveries WHERE user_id = ANY (\(carriers.map(\.user))) AND state = 'held' AND detail = ANY (\(marks))
          FOR UPDATE SKIP LOCKED
          """))
    return try db.rows(Parcel.query(ids, services.zones, at: .distantPast))
  }

  private func send(_ parcel: Parcel, _ others: [Parcel], _ now: Instant) throws {
    let job = SendJob(
      kind: .delivery, high: parcel.id.high, low: parcel.id.low, user: parcel.user, fence: parcel.fence + 1, attempt: parcel.attempts + 1,
      firstAt: parcel.firstAt ?? now, address: parcel.email, isDigest: !others.isEmpty)
    let verification = parcel.isVerified ? nil : try verificationLink(for: parcel, now)
    let mail = ReminderMail(parcel, others, verification: verification, services, mailer, at: now)
    post(mail.composed, to: parcel.email, job)
  }

  /// A letter's link without a letter: the mail that carries it is this one. One that works is used again.
  private func verificationLink(for parcel: Parcel, _ now: Instant) throws -> String {
    let found: [ID<Letter>] = try db.rows(
      Query(
        column: """
          SELECT id FROM letters WHERE user_id = \(parcel.user) AND kind = 'verification' AND email = \(parcel.email) AND used_at IS NULL
            AND expires_at > \(now.advanced(days: 1)) ORDER BY created_at DESC LIMIT 1
          """))
    if let id = found.first { return services.origin + Paths.verify(Letter.token(id, services.keys)).text }
    let id = ID<Letter>.new(at: now)
    try db.run(
      """
      INSERT INTO letters (id, user_id, kind, email, state, due_at, created_at, expires_at)
      VALUES (\(id), \(parcel.user), 'verification', \(parcel.email), 'sent', \(now), \(now),
        \(now.advanced(seconds: Letter.Kind.verification.seconds)))
      """)
    return services.origin + Paths.verify(Letter.token(id, services.keys)).text
  }

  /// Hands a mail over. What cannot be made into a mail has failed for good.
  func post(_ mail: Mail?, to address: String, _ job: SendJob) {
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

/// What may be claimed: due, or in the hands of a worker that died, of people who are not passed over.
private struct Claimable {
  let due: SQL
  let lost: SQL

  init(_ worker: Worker, _ now: Instant, only: ID<Parcel>? = nil) {
    let which: SQL =
      if let only { "id = \(only)" } else { "user_id <> ALL (\(worker.stuck)) AND id <> ALL (\(Array(worker.putOffMail.keys)))" }
    due = "SELECT id FROM deliveries WHERE state IN ('pending', 'held') AND due_at <= \(now) AND \(which) ORDER BY due_at"
    lost = "SELECT id FROM deliveries WHERE state = 'sending' AND lease_until < clock_timestamp() AND \(which) ORDER BY lease_until"
  }
}
