import Domain
import HTML
import Postgres
import Web

/// Links from messages (RULES 4.5): whoever holds one may answer that escalation, without signing in. Opening it changes nothing, since mail
/// scanners open links; each answer is a press of a button.
enum SignedActions {
  /// GET /a/:token
  static func show(_ web: Context, _ token: String) throws -> Response {
    let (details, link) = try web.db.transaction { try SignedDetails.open(token, web) }
    if let told = details.told { return web.page(ContactActionPage(details, told, link, token, web)) }
    return web.page(ActionPage(details, link, token, web))
  }

  /// POST /a/:token
  static func answer(_ web: Context, _ token: String) throws -> Change {
    let (details, link) = try SignedDetails.open(token, web)
    if let told = details.told { return try ContactAction(details: details, told: told, link: link, token: token).answer(web) }
    guard link.isGood(at: web.now) else { return .refused(web.page(ActionPage(details, link, token, web), status: 409)) }
    let commands = try ReminderCommands.find(answering: link.escalation, as: .link, web)
    // Each escalation of a habit is for a date of its own, which can be answered after later ones have rung.
    if web.form.text("action") == "completion", let answer = try HabitAnswer(commands, by: .link, web) {
      return try answer.change(to: Paths.action(token), as: .link)
    }
    guard commands.escalation?.id == link.escalation else {
      throw Failure.conflict(web.words("It has rung again since: answer with the link of the newer mail."))
    }
    return try web.takeForm(askingAgain: { ActionPage(details, link, token, web, $0) }) {
      // The page says what was answered.
      Change(to: Paths.action(token), says: nil, did: try answer(commands, web).entries, as: .link)
    }
  }

  private static func answer(_ commands: ReminderCommands, _ web: Context) throws -> ReminderCommands.Outcome {
    var read = FormReader(web.form, web.words)
    switch read.raw("action") {
    case "acknowledgement": return try commands.acknowledge()
    case "completion": return try commands.complete()
    case "snooze": return try commands.snooze(SnoozeForm(web.form, web.reader))
    default: throw FormErrors("action", web.words("Choose one of the answers."))
    }
  }
}

/// What a signed link is about.
struct SignedDetails {
  let escalation: Escalation
  let title: String
  let last: Last?
  /// Whether the reminder has rung again since: a link never touches a newer escalation than its own.
  let isOutdated: Bool
  /// Of a habit's: its date, and how it is answered.
  let habit: HabitAsked?
  /// Of whoever got the link.
  let zone: Zone
  /// The contact who got the link; nil: whose reminder it is.
  let told: ToldByLink?

  /// What brought it into its state: who, what, when.
  struct Last {
    let kind: String
    let who: String
    let at: Instant
  }

  /// Makes the escalation's owner the one for whom the rest of the transaction acts.
  ///
  /// - Throws: ``Failure/notFound`` for a token that is not ours and for what is deleted.
  static func open(_ token: String, _ web: Context) throws -> (SignedDetails, ActionLink) {
    guard let link = ActionLink(token: token, web.services.keys) else { throw Failure.notFound }
    let found = try web.db.row("SELECT user_id, account_id FROM door.escalation(\(link.escalation))", into: OwnerIDs.init)
    guard let owner = found else { throw Failure.notFound }
    if case .user(let user) = link.recipient, user != owner.user { throw Failure.notFound }
    try web.act(for: owner.user, of: owner.account)
    guard let person = try web.db.row(Person.mine(web.services.zones)),
      let escalation = try web.db.row(Escalation.query(link.escalation, of: owner.user))
    else {
      throw Failure.notFound
    }
    web.adopt(person, nil)
    let told = try ToldByLink(link.recipient, escalation, web)
    let about: (String, ID<Habit>?)? = try web.db.row(
      Query(tuple: "SELECT title, habit_id FROM reminders WHERE id = \(escalation.reminder) AND user_id = \(owner.user)"))
    guard let (title, habit) = about else { throw Failure.notFound }
    let last = try web.db.row(
      """
      SELECT kind, actor_name AS who, at FROM escalation_events
      WHERE escalation_id = \(escalation.id) AND user_id = \(owner.user) AND kind = \(escalation.course.state)
      ORDER BY at DESC, id DESC LIMIT 1
      """, into: Last.init)
    // Not locked: the reminder's row would have to be locked before it.
    let newest: ID<Escalation>? = try web.db.value(
      """
      SELECT id FROM escalations WHERE reminder_id = \(escalation.reminder) AND user_id = \(owner.user)
      ORDER BY open DESC, created_at DESC, id DESC LIMIT 1
      """)
    let details = SignedDetails(
      escalation: escalation, title: title, last: last, isOutdated: newest != escalation.id,
      habit: try habit.flatMap { try HabitAsked($0, escalation, web) }, zone: told?.contact.zone ?? person.zone, told: told)
    return (details, link)
  }
}

/// What the link of a habit's reminder asks.
struct HabitAsked {
  let date: Day
  let page: Path
  let isAmount: Bool
  /// Whether its date may still be ticked, and is not yet.
  let canTick: Bool

  /// - Returns: nil for one that rang before its reminder was the habit's.
  init?(_ id: ID<Habit>, _ escalation: Escalation, _ web: Context) throws {
    guard let date = escalation.habitDate, let habit = try web.db.rows(Habit.mine("h.id = \(id)")).first else { return nil }
    self.date = date
    page = Paths.habit(id)
    isAmount = habit.kind == .amount
    let isOffered = HabitCalendar(try web.person, at: web.now).offered.contains(date)
    let entry = habit.entries.first { $0.date == date }
    canTick = isOffered && habit.status == .active && entry?.amount == nil
  }
}

/// What a signed link shows: the buttons, or what became of it.
struct ActionPage {
  let layout: PublicLayout
  let state: String
  let badge: StatusBadge
  let title: String
  let asks: String
  /// What was answered; nil: nothing yet.
  let answered: String?
  let isLate: Bool
  let canAnswer: Bool
  /// Nobody is on it yet.
  let canAcknowledge: Bool
  /// Whether a habit's date can be ticked, also when the rest can not be answered.
  let canComplete: Bool
  /// Of an amount: where it is entered, instead of a press here.
  let entering: Path?
  let complaint: String?
  let until: String
  let action: Path
  /// For those who can sign in.
  let timeline: Path

  init(_ details: SignedDetails, _ link: ActionLink, _ token: String, _ web: Context, _ state: FormState = .fresh) {
    let words = web.words
    let course = details.escalation.course
    layout = PublicLayout(title: details.title, web)
    self.state = course.state.rawValue
    badge = EscalationBadge.of(course.state.rawValue, course.tier, course.ladder.tiers.count, words)
    title = details.title
    let zone = details.zone
    let due = TimeWords.dateTime(details.escalation.occurrenceAt, zone, web.language)
    let who = web.known?.displayName ?? ""
    asks =
      details.habit.map {
        words("{who} asked to be reminded. This is for {date}.", ["who": who, "date": TimeWords.date($0.date, web.language)])
      }
      ?? words("{who} asked to be reminded. It was due {time}.", ["who": who, "time": due])
    let told = details.outcome(web)
    let newer = details.isOutdated && details.habit == nil ? words("It has rung again since: answer with the link of the newer mail.") : nil
    let lines = [told, newer].compactMap(\.self)
    answered = lines.isEmpty ? nil : lines.joined(separator: " ")
    let isLate = !link.isGood(at: web.now)
    self.isLate = isLate
    canAnswer = !isLate && !details.isOutdated && course.state != .completed && course.state != .cancelled
    canComplete = details.habit.map { !isLate && $0.canTick } ?? false
    entering = details.habit.flatMap { $0.isAmount ? $0.page : nil }
    canAcknowledge = course.state != .acknowledged
    complaint = state.errors.complaints.first?.text
    until = FieldBuilder(state).value("until", words("in 1 hour"))
    action = Paths.action(token)
    timeline = Paths.escalation(details.escalation.id)
  }
}

extension SignedDetails {
  /// What became of it, in the words of whoever asks; nil: nobody has answered.
  func outcome(_ web: Context) -> String? {
    let (course, words) = (escalation.course, web.words)
    guard course.state != .active, let last else { return nil }
    func time(_ instant: Instant) -> String { TimeWords.dateTime(instant, zone, web.language) }
    let values: KeyValuePairs = ["who": last.who, "time": time(last.at)]
    switch last.kind {
    case "acknowledged":
      let again = course.againAt.map { words("Asks again {time}.", ["time": time($0)]) }
      return [words("{who} has been on it since {time}.", values), again].compactMap(\.self).joined(separator: " ")
    case "snoozed":
      guard let end = course.snoozedUntil else { return words("{who} snoozed it on {time}.", values) }
      return words("{who} snoozed it on {time}, until {until}.", ["who": last.who, "time": time(last.at), "until": time(end)])
    case "completed": return words("{who} did it on {time}.", values)
    case "expired": return words("It expired on {time}: nobody answered.", values)
    default: return words("It ended on {time}.", values)
    }
  }
}
