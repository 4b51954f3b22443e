import Domain
import HTML
import Postgres
import Web

/// Showing that an e-mail address is one's own.
enum Verification {
  /// GET /email/verify/:token shows a button: mail scanners follow links, and a link that is followed must not change anything.
  static func form(_ web: Context, _ token: String) throws -> Response {
    let letter = try web.db.transaction { try AccountMail.open(token, [.verification], web) }
    return web.page(VerifyPage(web, letter, token))
  }

  /// POST /email/verify/:token
  static func verify(_ web: Context, _ token: String) throws -> Response {
    let letter = try AccountMail.open(token, [.verification], web)
    guard letter.isGood(at: web.now) else { return web.page(VerifyPage(web, letter, token), status: letter.usedAt == nil ? 422 : 200) }
    try letter.use(at: web.now, web.db)
    // Only the address that the letter went to: it may have been changed since.
    let changed = try web.db.run(
      """
      UPDATE users SET verified_at = \(web.now), updated_at = \(web.now)
      WHERE id = \(letter.user) AND email = \(letter.email) AND verified_at IS NULL
      """)
    if changed == 1, let owner: OwnerIDs = try web.db.row("SELECT user_id, account_id FROM door.letter(\(letter.id))") {
      try web.audit([AuditEntry("email.verified", "user", letter.user.text)], user: owner.user, account: owner.account, as: .link)
    }
    web.flash(web.words("Thank you: the address is verified."))
    return .seeOther(Paths.today.text)
  }

  /// POST /email/verification: the letter again.
  static func sendAgain(_ web: Context) throws -> Response {
    let person = try web.person
    guard !person.isVerified else {
      web.flash(web.words("The address is verified already."))
      return .seeOther(Paths.profileSettings.text)
    }
    // Each is a mail to somebody who may never have heard of us.
    for limit in [RateLimit.verificationLetter, RateLimit.verificationLetterDaily] {
      try RateLimit.check(limit, EmailAddress.key(person.email), web)
    }
    for limit in [RateLimit.verificationLetter, RateLimit.verificationLetterDaily] {
      try RateLimit.note(limit, EmailAddress.key(person.email), web)
    }
    try AccountMail.ask(.verification, for: person.id, to: person.email, web)
    try web.audit(AuditEntry("email.verification_asked", "user", person.id.text))
    web.flash(web.words("The mail is on its way to {email}.", ["email": person.email]))
    return .seeOther(Paths.profileSettings.text)
  }
}

/// The page behind the link of a verification letter.
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

  init(_ web: Context, _ letter: AccountMail, _ token: String) {
    let words = web.words
    layout = PublicLayout(title: words("Verify your address"), web)
    email = letter.email
    isGood = letter.isGood(at: web.now)
    (tone, icon) = letter.usedAt == nil ? ("due", "history") : ("done", "done")
    message =
      isGood
      ? words("Press the button to show that this address is yours.")
      : letter.usedAt != nil
        ? words("This address is verified already. There is nothing more to do.")
        : words("This link is too old. Sign in and ask for a new one.")
    action = Paths.verify(token)
    secret = web.publicCSRFField()
  }
}
