import Domain
import HTML
import Postgres
import Web

/// An invitation's mail that is claimed.
struct PendingInvitation {
  let message: OutboxMessage
  let id: ID<Invitation>
  let email: String
  let role: Role
  let language: Language
  let invitedBy: String
  let expiresAt: Instant
  let isUseful: Bool

  static func query(_ ids: [ID<OutboxMessage>], at now: Instant) -> Query<PendingInvitation> {
    Query(
      """
      SELECT \(OutboxMessage.columns), i.id, i.email, i.role, i.language, i.invited_by, i.expires_at,
        i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > \(now) AS is_useful
      FROM outbox d JOIN invitations i ON i.id = d.subject_id WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingInvitation.init)
  }
}

extension OutboxSubject {
  /// Mails that invite to a team.
  static let invitations = OutboxSubject(name: "'invitation'", noun: "invitation", counted: "invitations") { ids, round, claim in
    let services = round.bench.services
    var sendings: [OutboxSending] = []
    for invitation in try round.bench.db.rows(PendingInvitation.query(ids, at: round.now)) {
      if !invitation.isUseful {
        claim.set(invitation.message, .cancelled, .noUse)
      } else if invitation.message.isGivenUp {
        claim.giveUp(invitation.message)
      } else {
        claim.set(invitation.message, .sending)
        sendings.append(OutboxSending(message: invitation.message) { InvitationMail(invitation, services).content(for: invitation) })
      }
    }
    return sendings
  }
}

/// The mail as people read it. Without names: whoever invites chose theirs and the account's, and the address may be anybody's.
struct InvitationMail {
  let frame: MailFrame
  let title: String
  let message: String
  let hint: String
  let link: SafeURL?
  let label: String

  private let words: Words

  init(_ invitation: PendingInvitation, _ services: Services) {
    let words = services.words(invitation.language)
    self.words = words
    title = words("You are invited to a team")
    message = words(
      "{email} asks you to join their account as {role}.",
      ["email": invitation.invitedBy, "role": RoleWords.name(invitation.role, words)])
    hint = words("The link works once, for seven days. If you expect no invitation, do nothing.")
    label = words("Look at the invitation")
    link = SafeURL(services.origin + Paths.invitation(Invitation.token(invitation.id, services.keys)).text)
    frame = MailFrame(
      language: invitation.language, title: title, summary: message,
      footer: words("Heed sent this mail because somebody at {origin} wrote down your address.", ["origin": services.origin]))
  }

  func content(for invitation: PendingInvitation) -> MessageContent {
    MessageContent(
      key: ("invitation", invitation.id.text), name: "", address: invitation.email, subject: title, text: text,
      html: String(decoding: rendered(words), as: UTF8.self))
  }

  /// The same without markup.
  var text: String { frame.text([title, message], label, link, hint) }
}

/// What roles are called.
enum RoleWords {
  static func name(_ role: Role, _ words: Words) -> String {
    switch role {
    case .owner: words("owner", context: "role")
    case .admin: words("admin", context: "role")
    case .agent: words("agent", context: "role")
    case .viewer: words("viewer", context: "role")
    }
  }

  /// What a role may, in one line.
  static func explained(_ role: Role, _ words: Words) -> String {
    switch role {
    case .owner: words("everything, the account itself too")
    case .admin: words("members, channels, sources and settings besides")
    case .agent: words("answers customers")
    case .viewer: words("reads and changes nothing of the team's")
    }
  }
}
