import Domain
import HTML
import Postgres
import Web

/// The link of a letter to a contact. Opening it changes nothing, since mail scanners open links; who agrees presses a button.
enum ContactConsent {
  /// GET /c/:token
  static func show(_ web: Context, _ token: String) throws -> Response {
    try web.db.transaction {
      let mail = try ContactMail.open(token, web)
      return web.page(try ContactConsentPage(mail, token, web))
    }
  }

  /// POST /c/:token
  static func agree(_ web: Context, _ token: String) throws -> Change {
    let mail = try ContactMail.open(token, web)
    let place = Paths.consent(token)
    // Pressed twice: the page says how it is.
    if mail.usedAt != nil { return Change(to: place, says: nil, did: [], as: .link) }
    guard mail.isGood(at: web.now) else { return .refused(web.page(try ContactConsentPage(mail, token, web), status: 422)) }
    let key = EmailAddress.key(mail.address)
    try web.db.run("UPDATE contact_mails SET used_at = \(web.now) WHERE id = \(mail.id) AND user_id = \(mail.user)")
    let fresh = try web.db.run(
      """
      UPDATE contacts SET verified_at = \(web.now), updated_at = \(web.now)
      WHERE id = \(mail.contact) AND user_id = \(mail.user) AND verified_at IS NULL
      """)
    // Whoever can press this button gets our mail there, and wants it.
    try web.db.run("SELECT door.resume_contact(\(key))")
    let own: String? = try web.db.value("SELECT email_key FROM users WHERE id = \(mail.user)")
    if let own, !own.utf8.elementsEqual(key.utf8) { try web.db.run("SELECT door.unmute('email', \(key))") }
    let entry = AuditEntry("contact.agreed", Contact.subject, mail.contact.text, ["email": mail.address])
    return Change(to: place, says: nil, did: fresh == 1 ? [entry] : [], as: .link)
  }
}

/// What the link shows: who asks for what, or how it is.
struct ContactConsentPage {
  let layout: PublicLayout
  let isGood: Bool
  /// To whom the letter went.
  let address: String
  let message: String
  let detail: String
  let tone: String
  let icon: String
  let action: Path
  /// Where they say that they never want to hear of it.
  let stop: Path

  /// - Throws: database errors.
  init(_ mail: ContactMail, _ token: String, _ web: Context) throws {
    web.speak(mail.language)
    let words = web.words
    let name: String? = try web.db.value("SELECT display_name FROM users WHERE id = \(mail.user)")
    let values: KeyValuePairs = ["name": name ?? "", "email": mail.askedBy]
    layout = PublicLayout(title: words("A trusted contact"), web)
    isGood = mail.isGood(at: web.now)
    address = mail.address
    let hasAgreed = mail.usedAt != nil && mail.isCurrent && mail.isVerified
    let hasStopped = try hasAgreed && ContactStop.isThere(EmailAddress.key(mail.address), web.db)
    (tone, icon) = hasAgreed && !hasStopped ? ("done", "done") : ("due", "history")
    message =
      isGood
      ? words("{name} ({email}) would like you to be a trusted contact.", values)
      : hasStopped
        ? words("You agreed to be a trusted contact of {name} ({email}), and asked for no more mails since.", values)
        : hasAgreed
          ? words("You are a trusted contact of {name} ({email}).", values)
          : words("This link is too old, or another address was written down since. {name} ({email}) can send you a new letter.", values)
    detail = words(
      "When a reminder rings and is not answered, you get a mail that says what it is about. You can say that you have it, or that you cannot. Each mail has a link to stop them."
    )
    action = Paths.consent(token)
    stop = Paths.unsubscribe(UnsubscribeLink(contactOf: mail.user, mail.address).token(web.services.keys))
  }
}
