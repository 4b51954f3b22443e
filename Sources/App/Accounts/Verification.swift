import Domain
import HTML
import Postgres
import Web

/// Showing that an e-mail address is one's own.
enum Verification {
  /// GET /email/verify/:token shows a button: mail scanners follow links, and a link that is followed must not change anything.
  static func form(_ web: Context, _ token: String) throws -> Response {
    let mail = try web.db.transaction { try AccountMail.open(token, [.verification], web) }
    return web.page(VerifyPage(web, mail, token))
  }

  /// POST /email/verify/:token
  static func verify(_ web: Context, _ token: String) throws -> Change {
    let mail = try AccountMail.open(token, [.verification], web)
    if mail.usedAt != nil { return .page(web.page(VerifyPage(web, mail, token)), did: []) }
    guard mail.isGood(at: web.now) else { return .refused(web.page(VerifyPage(web, mail, token), status: 422)) }
    try mail.use(at: web.now, web.db)
    // Only the address that the mail went to: it may have been changed since.
    let changed = try web.db.run(
      """
      UPDATE users SET verified_at = \(web.now), updated_at = \(web.now)
      WHERE id = \(mail.user) AND email = \(mail.email) AND verified_at IS NULL
      """)
    return Change(
      to: Paths.today, says: web.words("Thank you: the address is verified."),
      did: changed == 1 ? [AuditEntry("email.verified", "user", mail.user.text)] : [], as: .link)
  }

  /// POST /email/verification: the mail again.
  static func sendAgain(_ web: Context) throws -> Change {
    let person = try web.person
    guard !person.isVerified else {
      return Change(to: Paths.profileSettings, says: web.words("The address is verified already."), did: [])
    }
    // Each is a mail to somebody who may never have heard of us.
    for limit in [RateLimit.verificationMail, RateLimit.verificationMailDaily] {
      try RateLimit.check(limit, EmailAddress.key(person.email), web)
    }
    for limit in [RateLimit.verificationMail, RateLimit.verificationMailDaily] {
      try RateLimit.note(limit, EmailAddress.key(person.email), web)
    }
    try AccountMail.ask(.verification, for: person.id, to: person.email, web)
    return Change(
      to: Paths.profileSettings, says: web.words("The mail is on its way to {email}.", ["email": person.email]),
      did: [AuditEntry("email.verification_asked", "user", person.id.text)])
  }
}

/// The page behind the link of a verification mail.
struct VerifyPage {
  let layout: PublicLayout
  let email: String
  let isGood: Bool
  let message: String
  let tone: String
  let icon: String
  let today = Paths.today
  let action: Path
  let secret: CSRFField

  init(_ web: Context, _ mail: AccountMail, _ token: String) {
    let words = web.words
    layout = PublicLayout(title: words("Verify your address"), web)
    email = mail.email
    isGood = mail.isGood(at: web.now)
    (tone, icon) = mail.usedAt == nil ? ("due", "history") : ("done", "done")
    message =
      isGood
      ? words("Press the button to show that this address is yours.")
      : mail.usedAt != nil
        ? words("This address is verified already. There is nothing more to do.")
        : words("This link is too old. Sign in and ask for a new one.")
    action = Paths.verify(token)
    secret = web.publicCSRFField()
  }
}
