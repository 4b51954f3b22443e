import Domain
import HTML
import Postgres
import Web

/// Somebody of an account.
struct Member {
  let id: ID<User>
  let role: Role
  let email: String
  let displayName: String
  /// Work is not given to them until then.
  let awayUntil: Instant?
  let createdAt: Instant

  /// Those of the account that the transaction is for: owners first, then by name.
  static var query: Query<Member> {
    Query("SELECT id, role, email, display_name, away_until, created_at FROM door.members()", into: Member.init)
  }
}

extension Member {
  /// Whom work can be given to, with nobody first. Who is away is shown as that.
  static func choices(_ members: [Member], at now: Instant, _ words: Words) -> [(value: String, label: String)] {
    let people = members.filter { $0.role != .viewer }.map { member -> (value: String, label: String) in
      let isAway = member.awayUntil.map { $0 > now } ?? false
      return (member.id.text, isAway ? words("{name} (away)", ["name": member.displayName]) : member.displayName)
    }
    return [(value: "", label: words("Nobody"))] + people
  }

  /// Whom a form chose of them; nil: nobody, or somebody who was complained about.
  static func chosen(_ read: inout FormReader, among members: [Member]) -> Member? {
    let text = read.raw("member")
    if text.utf8.isEmpty { return nil }
    let member = ID<User>(text).flatMap { id in members.first { $0.id == id } }
    if member == nil || member?.role == .viewer { read.complain("member", read.words("Choose somebody of the team.")) }
    return member
  }
}

/// An invitation that is open, as the page of members shows it.
struct OpenInvitation {
  let id: ID<Invitation>
  let email: String
  let role: Role
  let createdAt: Instant
  let expiresAt: Instant
  /// How far its mail has come; nil: its row is gone.
  let state: MessageState?

  static func query(at now: Instant) -> Query<OpenInvitation> {
    Query(
      """
      SELECT i.id, i.email, i.role, i.created_at, i.expires_at,
        m.state
      FROM invitations i LEFT JOIN door.invitation_mails() m ON m.invitation_id = i.id
      WHERE i.account_id = my_account() AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > \(now) ORDER BY i.id DESC LIMIT 200
      """, into: OpenInvitation.init)
  }
}

/// Who shares an account: invited, given roles, away, taken out (RULES 6.13). What each role may besides stands in the table of routes and in
/// `hinders_member`, which asks the table who presses.
enum Members {
  /// GET /settings/members
  static func list(_ web: Context) throws -> Response { web.list(try page(web)) }

  /// GET /settings/team: the same to read, for those who manage nobody.
  static func team(_ web: Context) throws -> Response { web.list(try page(web)) }

  private static func page(_ web: Context, _ state: FormState = .fresh, absence: FormState = .fresh) throws -> MembersPage {
    let (members, invitations) = try web.read(Member.query, OpenInvitation.query(at: web.now))
    return try MembersPage(members, invitations, web, state, absence: absence)
  }

  /// POST /settings/members: invites.
  static func invite(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try page(web, $0) }) {
      let new = try NewInvitation(web.form, web.words)
      guard web.services.trusts(person) else {
        throw FormErrors("", web.words("Verify your own address first: your name would stand in a mail to somebody else."))
      }
      if try web.db.rows(Member.query).contains(where: { EmailAddress.key($0.email).utf8.elementsEqual(EmailAddress.key(new.email).utf8) })
      {
        throw FormErrors("email", web.words("This address belongs to somebody of the team already."))
      }
      for (limit, key) in [(RateLimit.invitation, person.account.text), (RateLimit.invitationOfAddress, EmailAddress.key(new.email))] {
        try RateLimit.check(limit, key, web)
        try RateLimit.note(limit, key, web)
      }
      let id = try Invitation.send(to: new.email, as: new.role, by: person, at: web.now, web.db)
      return Change(
        to: Paths.members, says: web.words("The invitation is on its way to {email}.", ["email": new.email]),
        did: [AuditEntry("member.invited", "invitation", id.text, ["email": new.email, "role": new.role.rawValue]).shared], wakes: web.now)
    }
  }

  /// POST /settings/invitations/:invitation/revocation
  static func revoke(_ web: Context, _ id: ID<Invitation>) throws -> Change {
    let open: Bool? = try web.db.value(
      "SELECT accepted_at IS NULL AND revoked_at IS NULL FROM invitations WHERE id = \(id) AND account_id = my_account() FOR NO KEY UPDATE")
    guard let open else { throw Failure.notFound }
    if open { try web.db.run("UPDATE invitations SET revoked_at = \(web.now) WHERE id = \(id) AND account_id = my_account()") }
    return Change(
      to: Paths.members, says: web.words("That invitation works no more."),
      did: open ? [AuditEntry("member.invitation_revoked", "invitation", id.text).shared] : [])
  }

  /// POST /settings/members/:member/role
  static func setRole(_ web: Context, _ id: ID<User>) throws -> Change {
    let member = try find(id, web)
    var read = FormReader(web.form, web.words)
    let role = read.choice("role", member.role)
    // No field of a form that people see: a role is chosen from a list.
    guard read.errors.isEmpty else { return try refusedRole(read.errors, web) }
    let changed = try TeamOutcome(web.db.value("SELECT door.set_role(\(id), \(role), \(web.now))")).changed()
    let words = web.words
    return Change(
      to: Paths.members,
      says: words("{name} is {role} now.", ["name": member.displayName, "role": RoleWords.name(role, words)]),
      did: changed
        ? [
          AuditEntry(
            "member.role_changed", "user", id.text,
            ["name": member.displayName, "role": "\(member.role.rawValue) → \(role.rawValue)"]
          ).shared
        ] : [])
  }

  private static func refusedRole(_ errors: FormErrors, _ web: Context) throws -> Change {
    .refused(web.page(try page(web, .refused(web.form, errors)), status: 422))
  }

  /// POST /settings/members/:member/absence: `until` in words, or `back`. One's own, or for others as an admin.
  static func setAbsence(_ web: Context, _ id: ID<User>) throws -> Change {
    let (member, person) = (try find(id, web), try web.person)
    if id != person.id, person.role < .admin { throw Failure.forbidden }
    return try web.takeForm(askingAgain: { try page(web, absence: $0) }) {
      var read = FormReader(web.form, web.words)
      var until: Instant?
      if !read.flag("back") {
        let found = try read.phrase("until", web.reader)
        until = try read.finish(found).instant
      }
      let changed = try TeamOutcome(web.db.value("SELECT door.set_absence(\(id), \(until), \(web.now))")).changed()
      let entry = AuditEntry("member.absence", "user", id.text, ["name": member.displayName, "until": until?.iso ?? ""])
      return Change(
        to: place(person), says: until == nil ? web.words("Back again.") : web.words("Noted: no work is given to them until then."),
        did: changed ? [entry.shared] : [])
    }
  }

  /// POST /settings/members/:member/removal: takes somebody out, or leaves.
  static func remove(_ web: Context, _ id: ID<User>) throws -> Change {
    let (member, person) = (try find(id, web), try web.person)
    if id != person.id, person.role < .admin { throw Failure.forbidden }
    let own = ID<Account>.new(at: web.now)
    _ = try TeamOutcome(web.db.value("SELECT door.remove_member(\(id), \(own), \(web.now))")).changed()
    let move = AccountMove(user: id, from: person.account, to: own)
    try move.carrySecrets(web)
    try move.beginLog(AuditEntry("account.made", "user", id.text, ["email": member.email]), web)
    _ = try web.db.rows(Query<Void>.setting(user: person.id, account: person.account, role: person.role))
    let facts = ["name": member.displayName, "email": member.email]
    if id == person.id {
      return Change(
        to: Paths.today, says: web.words("You have left the team. What is yours came along."),
        did: [AuditEntry("member.left", "user", id.text, facts).shared])
    }
    return Change(
      to: Paths.members, says: web.words("{name} is out of the team, and keeps what is theirs.", ["name": member.displayName]),
      did: [AuditEntry("member.removed", "user", id.text, facts).shared])
  }

  private static func place(_ person: Person) -> Path { person.role >= .admin ? Paths.members : Paths.team }

  /// - Throws: ``Failure/notFound`` for who is not in the account.
  private static func find(_ id: ID<User>, _ web: Context) throws -> Member {
    guard let member = try web.db.rows(Member.query).first(where: { $0.id == id }) else { throw Failure.notFound }
    return member
  }
}

/// The form that invites, as it was posted.
struct NewInvitation {
  /// Ownership is given, not sent by mail.
  enum Offer: String, CaseIterable { case viewer, agent, admin }

  let email: String
  let role: Role

  init(_ form: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    email = read.email("email")
    role = Role(rawValue: read.choice("role", Offer.agent).rawValue) ?? .viewer
    try read.finish()
  }
}

extension Role: Comparable {
  public static func < (a: Role, b: Role) -> Bool { (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0) }
}
