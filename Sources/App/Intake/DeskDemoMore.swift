import Domain
import Net
import Postgres
import Web

extension DeskDemo {
  /// What people decided weeks ago.
  func learnt(_ support: DeskChannel) throws {
    let letters: [(Int64, Letter, String?)] = [
      (
        55,
        .init(
          name: "Joana Pires", address: "joana@pires.example", subject: "Devolução", text: "Olá, posso devolver uma camisa que já lavei?"),
        "Olá Joana,\n\numa peça lavada não pode ser devolvida, mas trocamos se houver defeito.\n\nUm abraço"
      ),
      (
        48, .init(name: "Ben Okoye", address: "ben@okoye.example", subject: "Delivery", text: "How long does delivery to Porto take?"),
        nil
      ),
      (
        34,
        .init(
          name: "Clara Nunes", address: "clara@nunes.example", subject: "Formas de pagamento",
          text: "Quais formas de pagamento vocês aceitam?"), nil
      ),
      (
        20, .init(name: "Ivo Marin", address: "ivo@marin.example", subject: "Return", text: "How do I return a lamp that does not fit?"),
        "Hello Ivo,\n\nsend it back within 30 days; the label is in the parcel.\n\nKind regards"
      ),
    ]
    for (ago, letter, text) in letters {
      let at = stage.now.advanced(days: -ago)
      let conversation = try arrive(letter, support, at: at)
      try decide(conversation, at: at.advanced(minutes: 31)) { try $0.approveAsIs(text) }
      _ = try stage.worker.runOnce { at.advanced(minutes: 33) }
    }
  }

  /// Two mails about one thing.
  func merged(_ support: DeskChannel) throws {
    let at = stage.now.advanced(days: -7)
    func letter(_ subject: String, _ text: String) -> Letter {
      Letter(name: "Nils Berg", address: "nils@berg.example", subject: subject, text: text)
    }
    let first = try arrive(letter("Lamp without a plug", "My lamp came without a plug. Can you send one?"), support, at: at)
    let second = try arrive(
      letter("Order 20377", "I forgot: the lamp is of order 20377."), support, at: at.advanced(minutes: 6))
    try stage.act { person in
      let later = at.advanced(minutes: 20)
      let source = try ConversationCommands.find(second, as: person, at: later, stage.services, db)
      _ = try source.merge(into: ConversationCommands.find(first, as: person, at: later, stage.services, db))
    }
    try decide(first, at: at.advanced(minutes: 34)) { try $0.approveAsIs("Hello Nils,\n\nthe plug is on its way.\n\nKind regards") }
    _ = try stage.worker.runOnce { at.advanced(minutes: 36) }
  }

  /// An answer to an address that there is no more.
  func sent(_ support: DeskChannel) throws -> ID<Conversation> {
    let at = stage.now.advanced(days: -6)
    let conversation = try arrive(
      .init(name: "Rosa Lima", address: "rosa@lima.example", subject: "Second invoice", text: "Can I have my invoice once more?"), support,
      at: at)
    try decide(conversation, at: at.advanced(minutes: 25)) { try $0.approveAsIs("Dear Rosa,\n\nhere it is.\n\nKind regards") }
    _ = try stage.worker.runOnce { at.advanced(minutes: 27) }
    return conversation
  }

  /// Which its server says.
  func returned(_ conversation: ID<Conversation>, _ support: DeskChannel) throws {
    let id: String? = try db.value(
      "SELECT message_id FROM messages WHERE conversation_id = \(conversation) AND direction = 'outbound' AND sending = 'sent'")
    guard let id else { return }
    try take(
      """
      From: Mail Delivery System <mailer-daemon@lima.example>
      To: support@shop.example
      Subject: Undelivered Mail Returned to Sender
      Message-ID: <returned.rosa@lima.example>
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary="report"

      --report
      Content-Type: text/plain; charset=utf-8

      Your message could not be delivered.

      --report
      Content-Type: message/delivery-status

      Reporting-MTA: dns; lima.example

      Final-Recipient: rfc822; rosa@lima.example
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

      --report
      Content-Type: text/rfc822-headers

      Message-ID: \(id)
      Subject: Re: Second invoice

      --report--
      """, support, at: stage.now.advanced(days: -6).advanced(hours: 2))
  }

  /// A customer's mail that is an invitation.
  func invited(_ support: DeskChannel) throws {
    let at = stage.now.advanced(minutes: -50)
    let day = stage.services.zones.zone(support.timezone)?.local(stage.now).day.advanced(by: 5).iso ?? "2027-01-05"
    let conversation = try take(
      """
      From: Nora Weiss <nora@weiss.example>
      To: support@shop.example
      Subject: Fitting
      Message-ID: <fitting@weiss.example>
      MIME-Version: 1.0
      Content-Type: text/calendar; charset=utf-8; method=REQUEST

      BEGIN:VCALENDAR
      VERSION:2.0
      METHOD:REQUEST
      BEGIN:VEVENT
      UID:fitting@weiss.example
      SUMMARY:Fitting of the coat
      DTSTART:\(day.filter { $0 != "-" })T100000Z
      LOCATION:Your shop
      END:VEVENT
      END:VCALENDAR
      """, support, at: at)
    try write(conversation, at: at.advanced(seconds: 5))
  }

  func putOff(_ support: DeskChannel) throws {
    let at = stage.now.advanced(hours: -30)
    let conversation = try arrive(
      .init(
        name: "Lucas Prado", address: "lucas@prado.example", subject: "Azul esgotado",
        text: "Quando o casaco azul volta ao estoque? Posso esperar."), support, at: at)
    let until = stage.now.advanced(days: 5)
    try act(conversation, at: at.advanced(minutes: 12)) { _ = try $0.snooze(until: until, words: "next week") }
  }

  /// A mail that is in quarantine, and a job that gave up.
  func troubled(_ support: DeskChannel) throws {
    let (at, job) = (stage.now.advanced(hours: -9), ID<Job>.new(at: stage.now.advanced(days: -2)))
    let mail = Array("From: rosa@lima.example\nContent-Type: multipart/mixed\n\n".utf8)
    try db.transaction {
      try db.queue(
        QuarantinedMail.keeping(mail, "1795000000.M1.mx", .unreadable, "", size: mail.count, of: support, at: at) + [
          Job.asking(for: JobType.crawl.rawValue, of: support.account, as: job, now: stage.now.advanced(days: -2)),
          """
          UPDATE jobs SET state = 'failed', attempts = 9, failures = 9, failing_since = created_at, started_at = created_at,
            finished_at = \(stage.now.advanced(days: -1)), error = 'shop.example did not answer'
          WHERE id = \(job)
          """,
        ])
    }
  }

  /// A mail comes, as it is.
  @discardableResult
  private func take(_ mail: String, _ channel: DeskChannel, at: Instant) throws -> ID<Conversation> {
    let message = try MailArrival.read(Array(mail.utf8), channel, stage.services.keys)
    return try db.transaction { try Intake(channel: channel, services: stage.services, db: db, now: at).take(message).conversation }
  }
}
