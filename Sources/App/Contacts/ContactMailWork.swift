import Domain
import HTML
import Postgres
import Web

/// A letter to a contact that is claimed.
struct PendingContactMail {
  let message: OutboxMessage
  let id: ID<ContactMail>
  let address: String
  let askedBy: String
  /// The contact's.
  let language: Language
  /// Whether they asked for no more mails.
  let isStopped: Bool
  let isUseful: Bool

  static func query(_ ids: [ID<OutboxMessage>], at now: Instant) -> Query<PendingContactMail> {
    Query(
      """
      SELECT \(OutboxMessage.columns), m.id, m.address, m.asked_by, c.language,
        EXISTS (SELECT FROM contact_stops s WHERE s.user_id = c.user_id AND s.address_key = c.address_key) AS is_stopped,
        m.used_at IS NULL AND m.expires_at > \(now) AND c.deleted_at IS NULL AND c.address = m.address AS is_useful
      FROM outbox d JOIN contact_mails m ON m.id = d.subject_id AND m.user_id = d.user_id JOIN contacts c ON c.id = m.contact_id
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingContactMail.init)
  }
}

extension OutboxSubject {
  /// Letters that ask contacts whether they agree.
  static let contactMails = OutboxSubject(name: "'contact'", noun: "contact", counted: "contacts") { ids, round, claim in
    let services = round.bench.services
    var sendings: [OutboxSending] = []
    for mail in try round.bench.db.rows(PendingContactMail.query(ids, at: round.now)) {
      if mail.isStopped {
        claim.set(mail.message, .cancelled, .unsubscribed)
      } else if !mail.isUseful {
        claim.set(mail.message, .cancelled, .noUse)
      } else if mail.message.isGivenUp {
        claim.giveUp(mail.message)
      } else {
        claim.set(mail.message, .sending)
        sendings.append(OutboxSending(message: mail.message) { ContactMailPage(mail, services).content(for: mail) })
      }
    }
    return sendings
  }
}

/// The letter as people read it: by whose address they are asked. Without names: who asks chose theirs, and the address may be anybody's.
struct ContactMailPage {
  let frame: MailFrame
  let title: String
  let message: String
  let hint: String
  let link: SafeURL?
  let label: String

  private let words: Words

  init(_ mail: PendingContactMail, _ services: Services) {
    let words = services.words(mail.language)
    self.words = words
    title = words("Somebody asks for your help")
    message = words(
      "{email} would like you to be a trusted contact: when a reminder rings and {email} does not answer it, you are told by mail.",
      ["email": mail.askedBy])
    hint = words(
      "Nothing else is sent to you before you agree. The link works for seven days. If you do not know {email}, do nothing.",
      ["email": mail.askedBy])
    label = words("Look at it and decide")
    link = SafeURL(services.origin + Paths.consent(ContactMail.token(mail.id, services.keys)).text)
    let stop = UnsubscribeLink(contactOf: mail.message.user, mail.address).token(services.keys)
    frame = MailFrame(
      language: mail.language, title: title, summary: message,
      footer: words(
        "Heed sent this mail because {email} wrote down your address at {origin}.", ["email": mail.askedBy, "origin": services.origin]),
      stopLabel: words("Never write to me for {email} again", ["email": mail.askedBy]),
      stop: SafeURL(services.origin + Paths.unsubscribe(stop).text))
  }

  func content(for mail: PendingContactMail) -> MessageContent {
    MessageContent(
      key: ("contact", mail.id.text), name: "", address: mail.address, subject: title, text: text,
      html: String(decoding: rendered(words), as: UTF8.self), stop: frame.stop?.text)
  }

  /// The same without markup.
  var text: String { frame.text([title, message], label, link, hint) }
}
