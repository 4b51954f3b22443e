import Domain
import HTML
import Postgres
import Web

/// The pages of mails that cannot be read, and what is done with them.
enum Quarantine {
  /// GET /quarantine
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try QuarantineFilter(query, words) }
    let (found, counts) = try web.read(filter.rows, QuarantineCounts.ours)
    return web.list(try QuarantinePage(PageOf(found), counts.first ?? .none, filter, web))
  }

  /// GET /quarantine/:quarantined
  static func show(_ web: Context, _ id: ID<QuarantinedMail>) throws -> Response {
    guard let mail = try web.read(QuarantinedMail.ours("q.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try QuarantinedMailPage(mail, web))
  }

  /// GET /quarantine/:quarantined/raw: byte for byte.
  static func raw(_ web: Context, _ id: ID<QuarantinedMail>) throws -> Response {
    guard let bytes = try web.read(bytes(of: id)).first else { throw Failure.notFound }
    return MessageForms.file(bytes, "message/rfc822", "\(id.text).eml")
  }

  /// POST /quarantine/:quarantined/retry: reads it anew, by a newer program or after whatever hindered it is gone.
  static func retry(_ web: Context, _ id: ID<QuarantinedMail>) throws -> Change {
    let mail = try find(id, web)
    if mail.state == .taken, let conversation = mail.conversation {
      return Change(to: Paths.conversation(conversation), says: web.words("This mail was taken already."), did: [])
    }
    guard let bytes = try web.db.row(bytes(of: id)) else { throw QuarantineRefusal.noBytes }
    guard let channel = try web.db.row(DeskChannel.ours("c.id = \(mail.channel)")) else { throw QuarantineRefusal.noChannel }
    do {
      let message = try MailArrival.read(bytes, channel, web.services.keys)
      // What is refused here takes back no more than itself.
      let taken = try web.db.transaction { try Intake(channel: channel, services: web.services, db: web.db, now: web.now).take(message) }
      try web.db.queue([
        """
        UPDATE quarantine SET state = 'taken', conversation_id = \(taken.conversation), raw = NULL, tries = tries + 1, tried_at = \(web.now)
        WHERE id = \(id)
        """
      ])
      return Change(
        to: Paths.conversation(taken.conversation), says: web.words("The mail is in its conversation now."),
        did: [AuditEntry("quarantine.taken", QuarantinedMail.subject, id.text, ["name": mail.name]).shared], wakes: web.now)
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      let reason = (error as? IncomingMail.Fault).map { QuarantineReason($0) } ?? .failed
      let detail = error is IncomingMail.Fault ? "" : Intake.short("\(error)", 300)
      try web.db.queue([
        """
        UPDATE quarantine SET reason = \(reason), detail = \(detail), tries = tries + 1, tried_at = \(web.now) WHERE id = \(id)
        """
      ])
      return Change(
        to: Paths.quarantined(id),
        says: web.words("It still cannot be taken: {reason}", ["reason": reason.sentence(web.words)]),
        did: [AuditEntry("quarantine.retried", QuarantinedMail.subject, id.text, ["name": mail.name]).shared])
    }
  }

  /// POST /quarantine/:quarantined/deletion: its bytes go at once.
  static func delete(_ web: Context, _ id: ID<QuarantinedMail>) throws -> Change {
    let mail = try find(id, web)
    guard mail.state == .waiting else {
      return Change(to: Paths.quarantine, says: web.words("This mail is in quarantine no longer."), did: [])
    }
    try web.db.queue(["UPDATE quarantine SET state = 'deleted', raw = NULL WHERE id = \(id)"])
    return Change(
      to: Paths.quarantine, says: web.words("The mail is deleted."),
      did: [AuditEntry("quarantine.deleted", QuarantinedMail.subject, id.text, ["name": mail.name]).shared])
  }

  private static func bytes(of id: ID<QuarantinedMail>) -> Query<[UInt8]> {
    Query(
      column: """
        SELECT coalesce(f.bytes, '') FROM quarantine q LEFT JOIN files f ON f.account_id = q.account_id AND f.sha256 = q.raw
        WHERE q.id = \(id) AND q.account_id = (SELECT my_account()) AND q.state = 'waiting' AND (f.sha256 IS NOT NULL OR \(QuarantinedMail.isBlank))
        """)
  }

  private static func find(_ id: ID<QuarantinedMail>, _ web: Context) throws -> QuarantinedMail {
    _ = try web.person
    let lock = Query<ID<QuarantinedMail>>(
      column: "SELECT id FROM quarantine WHERE id = \(id) AND account_id = (SELECT my_account()) FOR UPDATE")
    let (_, found) = try web.db.read(lock, QuarantinedMail.ours("q.id = \(id)"))
    guard let mail = found.first else { throw Failure.notFound }
    return mail
  }
}

/// Why a mail cannot be read anew.
enum QuarantineRefusal: Refusal, Equatable {
  case noBytes, noChannel

  func sentence(_ words: Words) -> String {
    switch self {
    case .noBytes: words("Its bytes were never fetched, so there is nothing to read. Look for it in the mailbox itself.")
    case .noChannel: words("Its channel was deleted.")
    }
  }
}
