import Domain
import HTML
import Postgres
import Web

/// Making an account.
enum SignUp {
  /// GET /sign-up
  static func form(_ web: Context) throws -> Response {
    guard web.services.signUpIsOpen else { throw Failure.notFound }
    if (try? web.person) != nil { return .seeOther(Paths.today.text) }  // Signed in already.
    return web.page(SignUpPage(web))
  }

  /// POST /sign-up
  static func enter(_ web: Context) throws -> Change {
    guard web.services.signUpIsOpen else { throw Failure.notFound }
    try RateLimit.check(RateLimit.signUp, web.request.network, web)
    return try web.takeForm(askingAgain: { SignUpPage(web, $0) }) {
      let new = try NewPerson(web.form, web.words, web.services.zones, fallback: web.language)
      try RateLimit.note(RateLimit.signUp, web.request.network, web)
      if let known = try known(new, web) { return try meet(known, new, web) }
      do {
        return try create(new, web)
      } catch {
        // Two sign-ups of one address at the same time: the second is answered as if it had come later, by what the first has committed.
        guard (error as? PostgresError)?.violates("users_email_key") == true, let known = try known(new, web) else { throw error }
        return try meet(known, new, web)
      }
    }
  }

  private static func known(_ new: NewPerson, _ web: Context) throws(PostgresError) -> Credentials? {
    try Credentials.of(EmailAddress.key(new.email), web.db)
  }

  /// A taken address with its right password signs in; otherwise its owner gets a mail. The one place that tells that an address is taken.
  /// It is a sign-in by another name, and counts as one.
  private static func meet(_ known: Credentials, _ new: NewPerson, _ web: Context) throws -> Change {
    let email = EmailAddress.key(new.email)
    if let found = try Credentials.check(email, new.password, web) {
      return try SignIn.open(found, email, web, leadingTo: Paths.today)
    }
    try web.act(for: known.user, of: known.account)
    if try RateLimit.wait(RateLimit.signUpMail, email, web) == nil {
      try RateLimit.note(RateLimit.signUpMail, email, web)
      // As its owner spells it, not as a stranger did.
      let owners: String? = try web.db.value("SELECT email FROM users WHERE id = \(known.user)")
      try AccountMail.ask(.signUp, for: known.user, to: owners ?? email, web)
    }
    web.keepsChanges = true
    throw isTaken(web)
  }

  private static func isTaken(_ web: Context) -> FormErrors {
    FormErrors("email", web.words("This address has an account. Sign in, or ask for a new password."))
  }

  private static func create(_ new: NewPerson, _ web: Context) throws -> Change {
    guard let hash = try web.passwordWork({ Password.hash(new.password) }) else { throw SignUpError.noMemory }
    let account = ID<Account>.new(at: web.now)
    let user = ID<User>.new(at: web.now)
    // In a savepoint: what follows an address that is taken since can still be asked.
    try web.db.transaction {
      try Sessions.endOwn(web)
      try web.act(for: user, of: account)
      try Users.insert(new, user: user, account: account, passwordHash: hash, verified: false, at: web.now, web.db)
    }
    try AccountMail.ask(.verification, for: user, to: new.email, web)
    _ = try Sessions.open(user, web)
    // Whoever chose the password here signs in here.
    try RateLimit.noteSignIn(EmailAddress.key(new.email), web)
    return Change(
      to: Paths.today, says: web.words("Welcome. We sent you a mail: its link shows that the address is yours."),
      did: [AuditEntry("account.made", "user", user.text, ["email": new.email])])
  }
}

/// What makes sign-up fail beside the form.
enum SignUpError: Error {
  /// Argon2 found no memory to work in.
  case noMemory
}

/// A person to be, as the sign-up form says.
struct NewPerson {
  let email: String
  let password: String
  let displayName: String
  let zone: Zone
  let language: Language

  init(_ form: Form, _ words: Words, _ zones: Zones, fallback: Language) throws(FormErrors) {
    var read = FormReader(form, words)
    email = read.email("email")
    password = read.newPassword("password", email: email)
    let typedName = read.line("display_name", 0...100)
    let local = email.utf8.prefix { $0 != UInt8(ascii: "@") }
    displayName = typedName.utf8.isEmpty ? String(decoding: local, as: UTF8.self) : typedName
    zone = read.zone("timezone", zones, fallback: .utc)
    language = read.choice("language", fallback)
    try read.finish()
  }

  /// For commands.
  init(email: String, password: String, displayName: String, zone: Zone, language: Language) {
    (self.email, self.password, self.displayName, self.zone, self.language) = (email, password, displayName, zone, language)
  }
}
