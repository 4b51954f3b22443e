import Domain
import HTML
import Web

/// The sign-up page.
struct SignUpPage {
  let layout: PublicLayout
  let email: TextField
  let password: TextField
  let displayName: TextField
  let zone: TextField
  let zones: [String]
  let language: Select
  let frame: FormFrame
  let signIn = Paths.signIn

  init(_ web: Context, _ state: FormState = .fresh) {
    let words = web.words
    var make = FieldBuilder(state)
    layout = PublicLayout(title: words("Create your account"), web)
    email = make.text("email", words("E-mail address"), type: "email", autocomplete: "email", required: true)
    password = make.text(
      "password", words("Password"), help: words("At least 10 characters. Several words together are good."), type: "password",
      autocomplete: "new-password", required: true)
    displayName = make.text("display_name", words("What should we call you?"), autocomplete: "name", optional: true, maxLength: 100)
    zone = make.text("timezone", words("Time zone"), help: words("Reminders ring by this clock."), list: "zones")
    zones = web.services.zones.names
    language = make.choice("language", words("Language"), web.language.rawValue, Options.languages)
    frame = FormFrame(make, web.publicCSRFField(), to: Paths.signUp)
  }
}

/// Asking for a new password.
struct ForgottenPage {
  let layout: PublicLayout
  let isSent: Bool
  let email: TextField
  let frame: FormFrame
  let signIn = Paths.signIn

  init(_ web: Context, sent: Bool, _ state: FormState = .fresh) {
    var make = FieldBuilder(state)
    layout = PublicLayout(title: web.words("Forgotten password"), web)
    isSent = sent
    email = make.text("email", web.words("E-mail address"), type: "email", autocomplete: "username", required: true)
    frame = FormFrame(make, web.publicCSRFField(), to: Paths.passwordForgotten)
  }
}

/// Choosing a new password by a mail's link.
struct ResetPage {
  let layout: PublicLayout
  let isGood: Bool
  let password: TextField
  let frame: FormFrame
  let forgotten = Paths.passwordForgotten
  let signIn = Paths.signIn

  init(_ web: Context, _ mail: AccountMail, _ token: String, _ state: FormState = .fresh) {
    var make = FieldBuilder(state)
    layout = PublicLayout(title: web.words("Choose a new password"), web)
    isGood = mail.isGood(at: web.now)
    password = make.text(
      "password", web.words("New password"), help: web.words("At least 10 characters. Several words together are good."), type: "password",
      autocomplete: "new-password", required: true)
    frame = FormFrame(make, web.publicCSRFField(), to: Paths.passwordReset(token))
  }
}

/// Changing the password.
struct PasswordPage {
  let layout: Layout
  let tabs: SettingsTabs
  let current: TextField
  let password: TextField
  let frame: FormFrame

  init(_ web: Context, _ state: FormState = .fresh) throws {
    // Nothing was read before this: without asking who it is, the language would be the browser's.
    let words = web.services.words(try web.person.language)
    var make = FieldBuilder(state)
    layout = try Layout(words("Password"), .settings, web)
    tabs = SettingsTabs(.password, try web.person, words)
    current = make.text("current", words("Current password"), type: "password", autocomplete: "current-password", required: true)
    password = make.text(
      "password", words("New password"), help: words("Your other sessions end when you change it."), type: "password",
      autocomplete: "new-password", required: true)
    frame = FormFrame(make, layout.secret, to: Paths.passwordSettings)
  }
}

/// The sessions that are open.
struct SessionsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let rows: [Row]

  struct Row {
    /// "Chromium on Linux".
    let device: String
    /// What the browser said of itself.
    let agent: String
    let address: String
    let made: TimeText
    let seen: TimeText
    let isThis: Bool
    let revocation: Path
    let secret: CSRFField
  }

  init(_ sessions: [SessionRow], _ web: Context) throws {
    let person = try web.person
    layout = try Layout(web.words("Sessions"), .settings, web)
    tabs = SettingsTabs(.sessions, person, web.words)
    let secret = layout.secret
    rows = sessions.map { session in
      Row(
        device: BrowserName(session.agent).text(web.words), agent: session.agent, address: session.address,
        made: TimeText(session.createdAt, person, web.clock), seen: TimeText(session.seenAt, person, web.clock),
        isThis: session.id == web.session?.id, revocation: Paths.revocation(session.id), secret: secret)
    }
  }
}
