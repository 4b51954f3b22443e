import Domain
import HTML
import Postgres
import Web

/// Forgotten and changed passwords.
enum Passwords {
  /// GET /password/forgotten
  static func forgottenForm(_ web: Context) throws -> Response {
    web.page(ForgottenPage(web, sent: false))
  }

  /// POST /password/forgotten answers the same for every address, after the same work: it does not look for an account. The worker does, and writes
  /// into the audit log.
  ///
  /// Only mails that are written count, so that presses without end shut nobody's reset off: of an address at most ``RateLimit/resetOfAddress``
  /// an hour, each of which its owner can use; and one an hour from a network where they signed in before, whatever strangers did elsewhere.
  static func forgotten(_ web: Context) throws -> Change {
    let email = EmailAddress.key(web.form.text("email") ?? "")
    guard EmailAddress.isValid(email) else {
      return try web.takeForm(askingAgain: { ForgottenPage(web, sent: false, $0) }) {
        throw FormErrors("email", web.words("Write an address such as ana@example.org."))
      }
    }
    let (network, here) = (web.request.network, RateLimit.key(email, web))
    let isHome = try RateLimit.hasSignedIn(email, web)
    let isFirst = try RateLimit.wait(RateLimit.Limit(kind: RateLimit.resetHere.kind, most: 1, seconds: 3_600), here, web) == nil
    if !(isHome && isFirst) {
      try RateLimit.check(RateLimit.resetFromNetwork, network, web)
      let refusals = [try RateLimit.wait(RateLimit.resetHere, here, web), try RateLimit.wait(RateLimit.resetOfAddress, email, web)]
      if refusals.contains(where: { $0 != nil }) { return .page(web.page(ForgottenPage(web, sent: true)), did: []) }
    }
    try AccountMail.askReset(for: email, web)
    for (limit, key) in [(RateLimit.resetFromNetwork, network), (RateLimit.resetHere, here), (RateLimit.resetOfAddress, email)] {
      try RateLimit.note(limit, key, web)
    }
    return .page(web.page(ForgottenPage(web, sent: true)), did: [])
  }

  /// GET /password/reset/:token
  static func resetForm(_ web: Context, _ token: String) throws -> Response {
    let mail = try web.db.transaction { try AccountMail.open(token, AccountMail.resetting, web) }
    return web.page(ResetPage(web, mail, token))
  }

  /// POST /password/reset/:token: single use, one hour; all sessions end.
  static func reset(_ web: Context, _ token: String) throws -> Change {
    let mail = try AccountMail.open(token, AccountMail.resetting, web)
    guard mail.isGood(at: web.now) else { return .refused(web.page(ResetPage(web, mail, token), status: 422)) }
    return try web.takeForm(askingAgain: { ResetPage(web, mail, token, $0) }) {
      var read = FormReader(web.form, web.words)
      let password = read.newPassword("password", email: mail.email)
      try read.finish()
      guard let hash = try web.passwordWork({ Password.hash(password) }) else { throw SignUpError.noMemory }
      try mail.use(at: web.now, web.db)
      try web.db.run("UPDATE users SET password_hash = \(hash), updated_at = \(web.now) WHERE id = \(mail.user)")
      // Whoever can read the mailbox has shown that the address is theirs.
      try web.db.run(
        "UPDATE users SET verified_at = \(web.now) WHERE id = \(mail.user) AND email_key = \(EmailAddress.key(mail.email)) AND verified_at IS NULL"
      )
      try web.db.run(
        "UPDATE account_mails SET used_at = \(web.now) WHERE user_id = \(mail.user) AND kind IN ('reset', 'sign_up') AND used_at IS NULL")
      try Sessions.endOthers(of: mail.user, but: nil, web.db)
      return Change(
        to: Paths.signIn, says: web.words("Your new password is set. Sign in with it."),
        did: [AuditEntry("password.reset", "user", mail.user.text)], as: .link, session: .isOver)
    }
  }

  /// Reads the person's own password, for what an open session alone may not do. A wrong one counts; whoever asks for one looks first whether there
  /// were too many (``RateLimit/signInHere``).
  static func own(_ field: String, _ read: inout FormReader, _ person: Person, _ web: Context) throws {
    let stored = try Credentials.of(EmailAddress.key(person.email), web.db)
    let typed = read.raw(field)
    let isTheirs = try web.passwordWork { stored.map { Password.matches(typed, $0.passwordHash) } ?? false }
    if isTheirs { return }
    read.complain(field, web.words("This is not your password."))
    try RateLimit.note(RateLimit.signInHere, person.id.text, web)
    web.keepsChanges = true
  }

  /// GET /settings/password
  static func form(_ web: Context) throws -> Response { web.page(try PasswordPage(web)) }

  /// POST /settings/password: the other sessions end.
  static func change(_ web: Context) throws -> Change {
    let person = try web.person
    let words = web.words
    // Whoever sits at an open session must not try passwords without end.
    try RateLimit.check(RateLimit.signInHere, person.id.text, web)
    return try web.takeForm(askingAgain: { try PasswordPage(web, $0) }) {
      var read = FormReader(web.form, words)
      try own("current", &read, person, web)
      let password = read.newPassword("password", email: person.email)
      try read.finish()
      guard let hash = try web.passwordWork({ Password.hash(password) }) else { throw SignUpError.noMemory }
      try web.db.run("UPDATE users SET password_hash = \(hash), updated_at = \(web.now) WHERE id = \(person.id)")
      try Sessions.endOthers(of: person.id, but: web.session?.id, web.db)
      try AccountMail.ask(.passwordChanged, for: person.id, to: person.email, web)
      return Change(
        to: Paths.passwordSettings, says: words("Your password is changed, and your other sessions have ended."),
        did: [AuditEntry("password.changed", "user", person.id.text)])
    }
  }
}
