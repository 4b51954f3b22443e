import Domain
import HTML
import Postgres
import Web

/// Signing in and out.
enum SignIn {
  /// GET /sign-in
  static func form(_ web: Context) throws -> Response {
    if (try? web.person) != nil { return .seeOther(destination(web.request.query).text) }  // Signed in already.
    return web.page(SignInPage(web))
  }

  /// POST /sign-in
  ///
  /// An unknown address is answered with the same words, status and time as a wrong password.
  static func enter(_ web: Context) throws -> Change { try enter(web, compare: Password.matches) }

  /// - Parameter compare: a password with a hash; tests count.
  static func enter(_ web: Context, compare: (String, String) -> Bool) throws -> Change {
    let email = EmailAddress.key(web.form.text("email") ?? "")
    let password = web.form.text("password") ?? ""
    return try web.takeForm(askingAgain: { SignInPage(web, $0) }) {
      guard let found = try Credentials.check(email, password, web, compare: compare) else {
        // About both fields, so beside neither.
        throw FormErrors("", web.words("That address and password do not fit together. Check both, or ask for a new password."))
      }
      return try open(found, email, web, leadingTo: destination(web.form))
    }
  }

  /// Opens a session for somebody whose password was right.
  static func open(_ found: Credentials, _ email: String, _ web: Context, leadingTo place: Path) throws -> Change {
    try Sessions.endOwn(web)
    try web.act(for: found.user, of: found.account)
    try RateLimit.noteSignIn(email, web)
    return Change(to: place, says: nil, did: try Sessions.open(found.user, web))
  }

  /// POST /sign-out
  static func leave(_ web: Context) throws -> Change {
    try Sessions.endOwn(web)
    return Change(to: Paths.signIn, says: nil, did: [AuditEntry("session.ended", "session", web.session?.id.text)], session: .ends)
  }

  /// Where a person wanted to go, if that is on this site.
  private static func destination(_ form: Form) -> Path {
    form.text("next").flatMap { Path(ofPage: $0) } ?? Paths.today
  }
}

/// What sign-in compares with.
struct Credentials {
  let user: ID<User>
  let account: ID<Account>
  let passwordHash: String

  /// - Parameter email: as ``EmailAddress/key(_:)`` spells it.
  /// - Returns: nil: nobody has this address.
  static func of(_ email: String, _ db: Connection) throws(PostgresError) -> Credentials? {
    try db.row("SELECT user_id, account_id, password_hash FROM door.credentials(\(email))", into: Credentials.init)
  }

  /// Who has this address and password. Whoever compares a password asks here: sign-in and sign-up share the limits, and what is wrong is
  /// counted and logged.
  ///
  /// - Parameters:
  ///   - email: as ``EmailAddress/key(_:)`` spells it.
  ///   - compare: a password with a hash; tests count.
  /// - Returns: nil when they do not fit together; the count of it stays, whatever the handler answers.
  /// - Throws: ``Failure/throttled(seconds:)``. A network's limit lets those through who signed in from there before.
  static func check(
    _ email: String, _ password: String, _ web: Context, compare: (String, String) -> Bool = Password.matches
  ) throws -> Credentials? {
    let here = RateLimit.key(email, web)
    try RateLimit.check(RateLimit.signInHere, here, web)
    if let seconds = try RateLimit.wait(RateLimit.signInFromNetwork, web.request.network, web), try !RateLimit.hasSignedIn(email, web) {
      throw Failure.throttled(seconds: seconds)
    }
    let found = try of(email, web.db)
    let isRight = try web.passwordWork { Password.isRight(password, found?.passwordHash, compare: compare) }
    if isRight, let found { return found }
    try RateLimit.note(RateLimit.signInHere, here, web)
    try RateLimit.note(RateLimit.signInFromNetwork, web.request.network, web)
    try EventLog.note("sign-in.failed", ["address": web.request.address, "known": found == nil ? "no" : "yes"], at: web.now, web.db)
    web.keepsChanges = true
    return nil
  }
}

/// The sign-in page.
struct SignInPage {
  let layout: PublicLayout
  let error: String?
  let email: TextField
  let password: TextField
  let next: HiddenField?
  let secret: CSRFField
  let action = Paths.signIn
  let forgotten = Paths.passwordForgotten
  let signUp: Path?

  init(_ web: Context, _ state: FormState = .fresh) {
    let words = web.words
    var make = FieldBuilder(state)
    layout = PublicLayout(title: words("Sign in"), web, takesFlash: true)
    error = state.errors.complaints.first?.text
    email = make.text("email", words("E-mail address"), type: "email", autocomplete: "username", required: true)
    password = make.text("password", words("Password"), type: "password", autocomplete: "current-password", required: true)
    next = (state.typed ?? web.request.query).text("next").flatMap { Path(ofPage: $0) }.map { HiddenField(name: "next", value: $0.text) }
    secret = web.publicCSRFField()
    signUp = web.services.signUpIsOpen ? Paths.signUp : nil
  }
}
