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
}

extension Worker {
  /// Claims what is due, decides about each row and hands what is to be sent to the network, after the claim is committed.
  ///
  /// - Returns: how many rows were claimed.
  func claimDeliveries(_ now: Instant) throws -> Int {
    var total = 0
    while transfers.count < Worker.mostInFlight {
      let (count, mails) = try db.transaction { () -> (Int, [(Parcel, [Parcel])]) in
        let due: SQL = """
          SELECT id FROM deliveries WHERE state IN ('pending', 'held') AND due_at <= \(now)
          ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED
          """
        let lost: SQL = """
          SELECT id FROM deliveries WHERE state = 'sending' AND lease_until < clock_timestamp() LIMIT 200 FOR UPDATE SKIP LOCKED
          """
        let (first, second) = try db.read(Query<ID<Parcel>>(column: due), Query<ID<Parcel>>(column: lost))
        if first.isEmpty, second.isEmpty { return (0, []) }
        let parcels = try db.rows(Parcel.query(first + second, services.zones, at: now))
        var claim = ClaimBatch(at: now)
        let mails = try claim.sort(parcels, members: members(of: parcels))
        try claim.write(db)
        return (parcels.count, mails)
      }
      if count == 0 { return total }
      total += count
      for (parcel, others) in mails { try send(parcel, others, now) }
      if count < 200 { return total }
    }
    return total
  }

  static let mostInFlight = 500

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
      firstAt: parcel.firstAt ?? now, address: parcel.email)
    let verification = parcel.isVerified ? nil : try verificationLink(for: parcel, now)
    let mail = ReminderMail(parcel, others, verification: verification, services, mailer, at: now)
    post(mail.composed, to: parcel.email, job, now)
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
  func post(_ mail: Mail?, to address: String, _ job: SendJob, _ now: Instant) {
    do {
      guard let mail, let recipient = MailAddress(address) else { throw NetError.badHeader("To") }
      let bytes = try mail.bytes()
      switch mailer.transport {
      case .smtp(let server):
        transfers.add(MailTransfer(through: server, from: mailer.from.address, to: recipient, message: bytes), job)
      case .maildir(let box):
        try box.deliver(bytes, id: mail.messageID)
        try complete(job, .delivered(MailReply(stage: .message, code: nil, enhanced: nil, text: "kept in the Maildir")), now)
      }
    } catch {
      let isOurs: Bool
      if case NetError.file = error { isOurs = true } else { isOurs = false }
      let reply = MailReply(stage: .message, code: nil, enhanced: nil, text: "\(error)")
      do {
        try complete(job, isOurs ? .temporary(reply) : .permanent(reply), now)
      } catch {
        // The lease runs out and the message is taken up again.
        log("work.completion_failed", ["error": "\(error)"])
      }
    }
  }
}
