import Domain
import Net
import Postgres
import Web

/// An answer as it goes over the network.
enum AnswerLetter {
  /// By mail, from the address of the channel that it was written from, which bounces come back to (RULES 6.19).
  static func mail(_ answer: PendingAnswer, through channel: DeskChannel, _ composing: Composing, _ bench: WorkBench) throws -> Letter {
    guard let sender = MailAddress(answer.fromAddress) else { throw NetError.badHeader("From") }
    let (to, cc) = (try answer.recipients.map(address), try answer.copies.map(address))
    guard !to.isEmpty, let id = answer.messageID.flatMap({ MessageID($0) }) else { throw NetError.badHeader("To") }
    var mail = Mail(
      from: Mail.Mailbox(answer.fromName, sender), to: to.map { Mail.Mailbox("", $0) }, subject: answer.subject, text: answer.text,
      html: answer.html, messageID: id, date: answer.arrivedAt)
    mail.automatic = answer.kind == .automatic ? .replied : nil
    mail.cc = cc.map { Mail.Mailbox("", $0) }
    mail.inReplyTo = answer.inReplyTo.flatMap { MessageID(foreign: $0) }
    mail.references = answer.references.compactMap { MessageID(foreign: $0) }
    mail.threadIndex = answer.threadIndex.flatMap { ThreadIndex(Bytes.base64($0)) }
    mail.threadTopic = answer.threadTopic.utf8.isEmpty ? nil : answer.threadTopic
    mail.attachments = try bench.db.rows(AnswerFile.of(answer.id)).map { Mail.Attachment(name: $0.0, type: $0.1, bytes: $0.2) }
    let vault = Vault(masters: bench.services.masters, db: bench.db)
    var envelope = Letter.Envelope(from: sender, to: to + cc)
    if !channel.smtpHost.utf8.isEmpty, case .smtp(let server) = try DeskMailer.mailer(of: channel, vault, composing.mailer).transport {
      envelope.server = server
    }
    // From here on its server may have it: whoever takes this up after a worker died must not send it again.
    envelope.beforeData = { begins(answer, at: composing.now, bench.db) }
    return .mail(mail, envelope)
  }

  /// False: it was taken back, or another worker has begun it anew while this one slept.
  private static func begins(_ answer: PendingAnswer, at now: Instant, _ db: Connection) -> Bool {
    let handing: SQL = """
      UPDATE messages SET handed_at = \(now) WHERE id = \(answer.id) AND sending = 'sending' AND attempts = \(answer.attempts + 1)
      """
    return (try? db.run(handing)) == 1
  }

  private static func address(_ text: String) throws(NetError) -> MailAddress {
    guard let address = MailAddress(text) else { throw .badHeader("To") }
    return address
  }

  /// To the address that a channel of another kind is answered at, signed as what it sends us is.
  static func request(_ answer: PendingAnswer, through channel: DeskChannel, _ bench: WorkBench, at now: Instant) throws -> Letter {
    let files = try bench.db.rows(LinkedFile.of(answer.id))
    let body = JSONText.object([
      ("type", .string("message.send")),
      (
        "message",
        .object([
          ("id", .string(answer.id.text)), ("conversation", .string(answer.externalConversation ?? answer.conversation.text)),
          ("in_reply_to", answer.inReplyToExternal.map { .string($0) } ?? .null), ("text", .string(answer.text)),
          ("html", .string(answer.html)), ("attachments", .array(files.map { $0.json(bench.services, at: now) })),
        ])
      ),
    ])
    return .request(
      try DeskPost.request(body, id: answer.id.text, through: channel, Vault(masters: bench.services.masters, db: bench.db), at: now))
  }
}
