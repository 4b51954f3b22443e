import Domain
import HTML
import Postgres
import Web

/// The contact who got a link, and what they said of this run.
struct ToldByLink {
  let contact: Contact
  /// Whether they said that they cannot.
  let hasDeclined: Bool

  /// nil: the link is of whose reminder it is. What the page says is from here on in the contact's language.
  ///
  /// - Throws: ``Failure/notFound`` for a contact who is somebody else's or was deleted.
  init?(_ recipient: Recipient?, _ escalation: Escalation, _ web: Context) throws {
    guard case .contact(let id) = recipient else { return nil }
    guard let contact = try web.db.row(Contact.query(id, web.services.zones)) else { throw Failure.notFound }
    self.contact = contact
    let said: Bool? = try web.db.value(
      """
      SELECT true FROM escalation_events
      WHERE escalation_id = \(escalation.id) AND user_id = \(escalation.user) AND run = \(escalation.course.run) AND kind = 'declined'
        AND data->>'contact' = \(id.text) LIMIT 1
      """)
    hasDeclined = said == true
    web.speak(contact.language)
  }
}

/// What a contact answers by the link of a mail: that they have it, or that they cannot. Of two who press at once one is first, and the page tells the
/// other.
struct ContactAction {
  let details: SignedDetails
  let told: ToldByLink
  let link: ActionLink
  let token: String

  /// POST /a/:token
  func answer(_ web: Context) throws -> Change {
    guard link.isGood(at: web.now) else { return .refused(web.page(page(web), status: 409)) }
    let commands = try ReminderCommands.find(answering: link.escalation, as: .link, named: told.contact.name, web)
    guard commands.escalation?.id == link.escalation else {
      throw Failure.conflict(web.words("It has rung again since: answer with the link of the newer mail."))
    }
    return try web.takeForm(askingAgain: { page(web, $0) }) {
      // The page says what was answered, and by whom.
      Change(
        to: Paths.action(token), says: nil, did: try entries(commands, web).map { $0.adding(["contact": told.contact.name]) }, as: .link)
    }
  }

  private func entries(_ commands: ReminderCommands, _ web: Context) throws -> [AuditEntry] {
    var read = FormReader(web.form, web.words)
    let action = read.raw("action")
    guard action == "acknowledgement" || action == "refusal" else {
      throw FormErrors("action", web.words("Choose one of the answers."))
    }
    guard let state = commands.escalation?.course.state, state == .active || state == .expired else { return [] }
    return try action == "refusal" ? commands.decline(told.contact.id).entries : commands.acknowledge().entries
  }

  private func page(_ web: Context, _ state: FormState = .fresh) -> ContactActionPage {
    ContactActionPage(details, told, link, token, web, state)
  }
}

/// What the link of a contact shows: whose reminder it is, the two answers, or what became of it.
struct ContactActionPage {
  let layout: PublicLayout
  let state: String
  let badge: StatusBadge
  let title: String
  let asks: String
  /// What was answered; nil: nothing yet.
  let answered: String?
  let canTake: Bool
  let canDecline: Bool
  let complaint: String?
  let action: Path

  init(_ details: SignedDetails, _ told: ToldByLink, _ link: ActionLink, _ token: String, _ web: Context, _ state: FormState = .fresh) {
    let (words, course) = (web.words, details.escalation.course)
    layout = PublicLayout(title: details.title, web)
    self.state = course.state.rawValue
    badge = EscalationBadge.of(course.state.rawValue, course.tier, course.ladder.tiers.count, words)
    title = details.title
    asks = words(
      "{who} asked to be reminded. It was due {time}.",
      [
        "who": web.known?.displayName ?? "",
        "time": TimeWords.dateTime(details.escalation.occurrenceAt, details.zone, told.contact.language),
      ])
    let isLate = !link.isGood(at: web.now)
    let isAsked = !isLate && !details.isOutdated && (course.state == .active || course.state == .expired)
    canTake = isAsked
    canDecline = isAsked && course.state == .active && !told.hasDeclined
    let declined = told.hasDeclined && course.state == .active ? words("You said that you cannot. Others are told.") : nil
    let newer = details.isOutdated ? words("It has rung again since: answer with the link of the newer mail.") : nil
    let late = isLate ? words("This link is older than seven days: it can be read and nothing more.") : nil
    let lines = [details.outcome(web), declined, newer, late].compactMap(\.self)
    answered = lines.isEmpty ? nil : lines.joined(separator: " ")
    complaint = state.errors.complaints.first?.text
    action = Paths.action(token)
  }
}
