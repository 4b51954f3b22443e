import Domain
import HTML
import Postgres
import Web

/// The link of an invitation.
enum Invitations {
  /// GET /invitations/:token
  static func form(_ web: Context, _ token: String) throws -> Response {
    let invitation = try web.db.transaction { try Invitation.open(token, web) }
    _ = try? web.person
    return web.page(InvitationPage(web, invitation, token))
  }

  /// POST /invitations/:token: whoever is signed in with that address presses; somebody new chooses a name and a password.
  static func accept(_ web: Context, _ token: String) throws -> Change {
    let invitation = try Invitation.open(token, web)
    guard invitation.isGood(at: web.now) else {
      if let person = web.known, invitation.hasTaken(person) {
        return Change(to: Paths.today, says: web.words("Welcome to the team."), did: [])
      }
      return .refused(web.page(InvitationPage(web, invitation, token), status: 422))
    }
    guard invitation.hasAccount else { return try begin(invitation, token, web) }
    guard let person = web.known else { throw Failure.signedOut }
    guard EmailAddress.key(person.email).utf8.elementsEqual(invitation.emailKey.utf8) else { throw Failure.forbidden }
    return try move(person, invitation, token, web)
  }

  /// Somebody who has an account here.
  private static func move(_ person: Person, _ invitation: Invitation, _ token: String, _ web: Context) throws -> Change {
    let outcome = try invitation.join(web)
    if outcome == .used { return try over(person, token, web) }
    guard try outcome.changed() else {
      return Change(to: Paths.team, says: web.words("Nothing changed: you have a higher role in this team already."), did: [])
    }
    let facts = ["name": person.displayName, "email": person.email, "role": invitation.role.rawValue]
    let left: ID<Account>? = try web.db.value("SELECT nullif(current_setting('heed.left_account', true), '')::uuid")
    if let left, left != invitation.account {
      let move = AccountMove(user: person.id, from: left, to: invitation.account)
      try move.carrySecrets(web)
      try move.endLog(AuditEntry("member.left", "user", person.id.text, facts).shared, by: web.actor(), web)
    }
    try web.act(for: person.id, of: invitation.account)
    return Change(
      to: Paths.today, says: web.words("Welcome to the team. What is yours came along."),
      did: [AuditEntry("member.joined", "user", person.id.text, facts).shared])
  }

  /// It was used, taken back or grew too old a moment ago; where it was used by this person, they are there.
  private static func over(_ person: Person, _ token: String, _ web: Context) throws -> Change {
    let now = try Invitation.open(token, web)
    let account: ID<Account>? = try web.db.value("SELECT account_id FROM users WHERE id = \(person.id)")
    if now.acceptedAt != nil, account == now.account { return Change(to: Paths.today, says: web.words("Welcome to the team."), did: []) }
    return .refused(web.page(InvitationPage(web, now, token), status: 422))
  }

  /// Somebody new: whoever holds the link can read that mailbox, so the address is theirs.
  private static func begin(_ invitation: Invitation, _ token: String, _ web: Context) throws -> Change {
    return try web.takeForm(askingAgain: { InvitationPage(web, invitation, token, $0) }) {
      var read = FormReader(web.form, web.words)
      let password = read.newPassword("password", email: invitation.email)
      let typed = read.line("display_name", 0...100)
      let local = String(decoding: invitation.email.utf8.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
      let new = NewPerson(
        email: invitation.email, password: password, displayName: typed.utf8.isEmpty ? local : typed,
        zone: read.zone("timezone", web.services.zones, fallback: .utc), language: read.choice("language", invitation.language))
      try read.finish()
      guard let hash = try web.passwordWork({ Password.hash(new.password) }) else { throw SignUpError.noMemory }
      let user = ID<User>.new(at: web.now)
      try Sessions.endOwn(web)
      do {
        // In a savepoint: what follows an address that is taken since can still be asked.
        try web.db.transaction {
          try web.act(for: user, of: invitation.account)
          try Users.insert(
            new, user: user, account: invitation.account, passwordHash: hash, role: invitation.role, makesAccount: false, verified: true,
            at: web.now, web.db)
        }
      } catch {
        guard (error as? PostgresError)?.violates("users_email_key") == true else { throw error }
        let now = try Invitation.open(token, web)
        // The first of two presses has let them in; its cookie leads on.
        if now.acceptedAt != nil { return Change(to: Paths.today, says: nil, did: []) }
        return .refused(web.page(InvitationPage(web, now, token), status: 422))
      }
      guard try invitation.join(web).changed() else { throw Failure.conflict(web.words("This invitation was used a moment ago.")) }
      _ = try Sessions.open(user, web)
      try RateLimit.noteSignIn(EmailAddress.key(new.email), web)
      return Change(
        to: Paths.today, says: web.words("Welcome to the team."),
        did: [
          AuditEntry(
            "member.joined", "user", user.text, ["name": new.displayName, "email": new.email, "role": invitation.role.rawValue]
          ).shared
        ])
    }
  }
}

/// The page behind an invitation's link.
struct InvitationPage {
  /// What whoever opens it can do.
  enum Way { case begins, joins, signsIn, isSomebodyElse, isOver }

  let layout: PublicLayout
  let team: String
  let email: String
  /// "ana@x.test asks you to join as agent: answers customers."
  let message: String
  let way: Way
  /// What is wrong with the link, or with whoever holds it.
  let notice: String
  /// Where it goes on for whoever has to sign in first.
  let signIn: Path
  let today = Paths.today
  let action: Path
  let secret: CSRFField
  let displayName: TextField
  let password: TextField
  let zone: TextField
  let zones: [String]
  let language: Select
  let frame: FormFrame

  var begins: Bool { way == .begins }
  var joins: Bool { way == .joins }
  var signsIn: Bool { way == .signsIn }

  init(_ web: Context, _ invitation: Invitation, _ token: String, _ state: FormState = .fresh) {
    let words = web.words
    var make = FieldBuilder(state)
    layout = PublicLayout(title: words("You are invited to a team"), web)
    (team, email, action) = (invitation.team, invitation.email, Paths.invitation(token))
    message = words(
      "{email} asks you to join the account “{team}” as {role}: {what}.",
      [
        "email": invitation.invitedBy, "team": invitation.team, "role": RoleWords.name(invitation.role, words),
        "what": RoleWords.explained(invitation.role, words),
      ])
    let known = web.known
    let isTheirs = known.map { EmailAddress.key($0.email).utf8.elementsEqual(invitation.emailKey.utf8) } ?? false
    way =
      !invitation.isGood(at: web.now)
      ? .isOver : !invitation.hasAccount ? .begins : known == nil ? .signsIn : isTheirs ? .joins : .isSomebodyElse
    notice =
      switch way {
      case .isOver: words("This invitation was used, taken back, or is too old. Ask for another.")
      case .isSomebodyElse:
        words(
          "It is for {email}, and you are signed in as {other}. Sign out first, then open the link again.",
          ["email": invitation.email, "other": known?.email ?? ""])
      case .signsIn: words("This address has an account here. Sign in with it, and come back to this page by itself.")
      case .joins: words("Your reminders, habits and all else that is yours comes along. You leave the account that you are in now.")
      case .begins:
        known.map {
          words(
            "It makes an account for {email}. You are signed in as {other} until then.", ["email": invitation.email, "other": $0.email])
        } ?? words("Choose a name and a password.")
      }
    signIn = Paths.signIn.adding("next", Paths.invitation(token).text)
    secret = web.publicCSRFField()
    displayName = make.text("display_name", words("What should we call you?"), autocomplete: "name", optional: true, maxLength: 100)
    password = make.text(
      "password", words("Password"), help: words("At least 10 characters. Several words together are good."), type: "password",
      autocomplete: "new-password", required: true)
    zone = make.text("timezone", words("Time zone"), help: words("Reminders ring by this clock."), list: "zones")
    zones = web.services.zones.names
    language = make.choice("language", words("Language"), web.language.rawValue, Options.languages)
    frame = FormFrame(make, secret, to: action)
  }
}
