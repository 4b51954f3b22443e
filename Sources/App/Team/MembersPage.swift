import Domain
import HTML
import Web

/// Who shares the account, who is invited, and what can be done about it by whoever looks.
struct MembersPage {
  let layout: Layout
  let tabs: SettingsTabs
  let lede: String
  let rows: [Row]
  let invitations: [InvitationRow]
  var hasInvitations: Bool { !invitations.isEmpty }
  /// nil: who looks manages nobody.
  let form: InvitationForm?
  let absence: AbsenceForm?
  /// Leaving; nil for whoever is alone.
  let leaving: Leaving?

  struct Row {
    let id: String
    let name: String
    let email: String
    let role: String
    let isMe: Bool
    let since: TimeText
    let away: TimeText?
    let roles: RoleForm?
    let removal: Path?
    let secret: CSRFField
  }

  struct RoleForm {
    let action: Path
    let secret: CSRFField
    let label: String
    let id: String
    let options: [ChoiceOption]
  }

  struct InvitationRow {
    let email: String
    let role: String
    let sent: TimeText
    let expires: TimeText
    /// How its mail fares.
    let mail: String
    let revocation: Path?
    let secret: CSRFField
  }

  struct InvitationForm {
    let email: TextField
    let role: Select
    let frame: FormFrame
  }

  struct AbsenceForm {
    let until: TextField
    let frame: FormFrame
    /// "Away until Monday", and the way back.
    let isAway: Bool
    let back: Path
    let secret: CSRFField
    let returning = HiddenField(name: "back", value: "on")
  }

  struct Leaving {
    let action: Path
    let secret: CSRFField
    let nonce: HiddenField
  }

  init(
    _ members: [Member], _ open: [OpenInvitation], _ web: Context, _ state: FormState = .fresh, absence awayState: FormState = .fresh
  ) throws {
    let (person, words) = (try web.person, web.words)
    let manages = person.role >= .admin
    layout = try Layout(words("Team"), .settings, web)
    tabs = SettingsTabs(.team, person, words)
    let secret = layout.secret
    lede =
      members.count == 1
      ? words(
        "You are alone in this account. Whoever you invite shares what belongs to the team; reminders and habits stay each one's own.")
      : words("Who shares this account. Reminders and habits stay each one's own.")
    rows = members.map { member in
      let isMe = member.id == person.id
      let isBelow = manages && (member.role < .owner || person.role == .owner)
      let offered = Role.allCases.filter { $0 <= person.role }
      return Row(
        id: member.id.text, name: member.displayName, email: member.email, role: RoleWords.name(member.role, words), isMe: isMe,
        since: TimeText(member.createdAt, person, web.clock),
        away: member.awayUntil.flatMap { $0 > web.now ? TimeText($0, person, web.clock) : nil },
        roles: isBelow && members.count > 1
          ? RoleForm(
            action: Paths.role(member.id), secret: secret, label: words("Role of {name}", ["name": member.displayName]),
            id: "role-" + member.id.text,
            options: offered.map {
              ChoiceOption(
                value: $0.rawValue, label: RoleWords.name($0, words), isChosen: $0 == member.role, id: "\(member.id.text)-\($0.rawValue)")
            }) : nil,
        removal: isBelow && !isMe ? Paths.removal(member.id) : nil, secret: secret)
    }
    invitations =
      manages
      ? open.map { invitation in
        InvitationRow(
          email: invitation.email, role: RoleWords.name(invitation.role, words), sent: TimeText(invitation.createdAt, person, web.clock),
          expires: TimeText(invitation.expiresAt, person, web.clock),
          mail: MembersPage.mail(invitation.state, words), revocation: Paths.revocation(invitation.id), secret: secret)
      } : []
    form = manages ? MembersPage.form(state, secret, person.entries, words) : nil
    let me = members.first { $0.id == person.id }
    absence = members.count > 1 ? MembersPage.absence(me, awayState, secret, web.now, person, words) : nil
    leaving =
      members.count > 1
      ? Leaving(action: Paths.removal(person.id), secret: secret, nonce: FormState.fresh.nonce("leaving", entries: person.entries)) : nil
  }

  private static func form(_ state: FormState, _ secret: CSRFField, _ entries: Int64, _ words: Words) -> InvitationForm {
    var make = FieldBuilder(state)
    let email = make.text("email", words("E-mail address"), type: "email", autocomplete: "off", required: true)
    let role = make.choice(
      "role", words("Role"), Role.agent.rawValue,
      [Role.agent, .viewer, .admin].map {
        ($0.rawValue, words("{role}: {what}", ["role": RoleWords.name($0, words), "what": RoleWords.explained($0, words)]))
      })
    let nonce = state.nonce("invitation", entries: entries)
    return InvitationForm(email: email, role: role, frame: FormFrame(make, secret, to: Paths.members, carrying: [nonce]))
  }

  private static func absence(
    _ me: Member?, _ state: FormState, _ secret: CSRFField, _ now: Instant, _ person: Person, _ words: Words
  ) -> AbsenceForm {
    var make = FieldBuilder(state)
    let until = make.text(
      "until", words("Away until"), help: words("In your words: “monday at 9”, “12 Dec”. No work is given to you until then."))
    return AbsenceForm(
      until: until, frame: FormFrame(make, secret, to: Paths.absence(person.id)), isAway: me?.awayUntil.map { $0 > now } ?? false,
      back: Paths.absence(person.id), secret: secret)
  }

  private static func mail(_ state: MessageState?, _ words: Words) -> String {
    switch state {
    case .sent, .delivered: words("mail sent")
    case .failed: words("the mail could not be delivered: check the address, invite again")
    case .cancelled, nil: words("no mail was sent")
    default: words("mail on its way")
    }
  }
}
