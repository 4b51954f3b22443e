import Domain
import HTML
import Postgres
import Web

/// The contact who got a link, and what they said of this run.
struct ToldByLink {
  let contact: Contact
  /// Whether they said that they cannot.
  let hasDeclined: Bool
  /// Whether tiers were still to come then, by which others are told.
  let leavesOthers: Bool
  /// Whether this run has told them: what an earlier one told can be read, and answered no more.
  let isOfRun: Bool

  /// nil: the link is of whose reminder it is. What the page says is from here on in the contact's language.
  ///
  /// - Throws: ``Failure/notFound`` for a contact who is somebody else's or was deleted, and where nothing of the escalation was sent to the address that
  ///   they have now.
  init?(_ recipient: Recipient?, _ escalation: Escalation, _ web: Context) throws {
    guard case .contact(let id) = recipient else { return nil }
    guard let contact = try web.db.row(Contact.query(id, web.services.zones)) else { throw Failure.notFound }
    self.contact = contact
    guard let run = try ToldByLink.run(contact, escalation, web.db) else { throw Failure.notFound }
    isOfRun = run == escalation.course.run
    let said = try Declining.facts(id, escalation, web.db)
    (hasDeclined, leavesOthers) = (said != nil, said == true)
    web.speak(contact.language)
  }

  /// The newest run that a contact was told of at their present address; nil: none. A row learns its address once the server has answered.
  private static func run(_ contact: Contact, _ escalation: Escalation, _ db: Connection) throws(PostgresError) -> Int? {
    try db.value(
      """
      SELECT o.run FROM outbox o
      WHERE o.escalation_id = \(escalation.id) AND o.user_id = \(escalation.user) AND o.recipient_kind = 'contact' AND o.recipient_id = \(contact.id)
        AND (o.address = \(contact.address) AND (o.sent_at IS NOT NULL OR o.state IN ('sending', 'sent', 'delivered', 'failed')
            OR o.state = 'pending' AND o.attempts > 0)
          OR o.address = '' AND o.state = 'sending')
      ORDER BY o.run DESC LIMIT 1
      """)
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
    guard link.isGood(at: web.now), told.isOfRun else { return .refused(web.page(page(web), status: 409)) }
    let commands = try ReminderCommands.find(answering: link.escalation, as: .link, named: told.contact.name, web)
    guard commands.escalation?.id == link.escalation, commands.escalation?.course.run == details.escalation.course.run else {
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
    let isOver = details.isOutdated || !told.isOfRun
    let isAsked = !isLate && !isOver && (course.state == .active || course.state == .expired)
    canTake = isAsked
    canDecline = isAsked && course.state == .active && !told.hasDeclined
    let declined = told.hasDeclined && course.state == .active ? ContactActionPage.declined(told, words) : nil
    let newer = isOver ? words("It has rung again since: answer with the link of the newer mail.") : nil
    let late = isLate ? words("This link is older than seven days: it can be read and nothing more.") : nil
    let lines = [details.outcome(web), declined, newer, late].compactMap(\.self)
    answered = lines.isEmpty ? nil : lines.joined(separator: " ")
    complaint = state.errors.complaints.first?.text
    action = Paths.action(token)
  }

  private static func declined(_ told: ToldByLink, _ words: Words) -> String {
    told.leavesOthers ? words("You said that you cannot. Others are told.") : words("You said that you cannot.")
  }
}
