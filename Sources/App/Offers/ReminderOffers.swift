import Domain
import HTML
import Postgres
import Web

/// Offering reminders to other members, and deciding about what is offered.
enum ReminderOffers {
  /// Offers that the page shows.
  static let most = 50

  /// GET /reminders/offers
  static func list(_ web: Context) throws -> Response {
    web.list(try ReminderOfferListPage(web.read(ReminderOffer.mine(most: most)), web))
  }

  /// GET /reminders/:reminder/offer
  static func form(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let (reminder, others) = try find(id, web)
    return web.page(try ReminderOfferFormPage(reminder, others, web))
  }

  /// POST /reminders/:reminder/offers with `member`
  static func make(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let (reminder, others) = try find(id, web)
    return try web.takeForm(askingAgain: { try ReminderOfferFormPage(reminder, others, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let text = read.raw("member")
      let member = ID<User>(text).flatMap { id in others.first { $0.id == id } }
      if member == nil { read.complain("member", web.words("Choose somebody of the team.")) }
      let other = try read.finish(member)
      let offer = ID<ReminderOffer>.new(at: web.now)
      let outcome: String? = try web.db.value("SELECT door.offer_reminder(\(offer), \(id), \(other.id), \(web.now))")
      switch outcome {
      case "done":
        let entry = AuditEntry("offer.made", ReminderOffer.subject, offer.text, ["title": reminder.title])
        return Change(
          to: Paths.reminderOffers, says: web.words("Offered to {name}. It stays yours until they accept.", ["name": other.displayName]),
          did: [entry.adding(["name": other.displayName]), entry.adding(["by": try web.person.displayName]).of(other.id)])
      case "same":
        return Change(to: Paths.reminderOffers, says: web.words("It is offered to {name} already.", ["name": other.displayName]), did: [])
      case "offered": throw OfferRefusal.offered
      default: throw Failure.notFound
      }
    }
  }

  /// POST /reminders/offers/:offer/acceptance
  static func accept(_ web: Context, _ id: ID<ReminderOffer>) throws -> Change {
    let person = try web.person
    let copy = ID<Reminder>.new(at: web.now)
    let found = try web.db.row(OfferOutcome.of(.accepted, about: id, copy: copy, at: web.now))
    let outcome = try decided(found)
    guard outcome.word == .done else {
      return Change(to: Paths.reminder(outcome.reminder), says: web.words("This reminder is yours already."), did: [])
    }
    do {
      try web.services.quota.check(isNew: true, grownBy: 1, web)
    } catch let errors as FormErrors {
      throw Failure.conflict(errors.complaints.first?.text ?? "")
    }
    try putAway(outcome, of: person, web)
    return Change(
      to: Paths.reminder(copy), says: web.words("“{title}” is yours now.", ["title": outcome.title]),
      did: entries("offer.accepted", id, outcome, person), wakes: outcome.nextAt)
  }

  /// POST /reminders/offers/:offer/refusal
  static func refuse(_ web: Context, _ id: ID<ReminderOffer>) throws -> Change {
    try end(id, .refused, "offer.refused", web.words("Refused. The reminder stays with its owner."), web)
  }

  /// POST /reminders/offers/:given/withdrawal
  static func withdraw(_ web: Context, _ id: ID<ReminderOffer>) throws -> Change {
    try end(id, .withdrawn, "offer.withdrawn", web.words("Taken back. The reminder stays yours."), web)
  }

  private static func end(
    _ id: ID<ReminderOffer>, _ decision: ReminderOffer.State, _ action: String, _ says: String, _ web: Context
  ) throws -> Change {
    let person = try web.person
    let found = try web.db.row(OfferOutcome.of(decision, about: id, copy: ID.new(at: web.now), at: web.now))
    let outcome = try decided(found)
    return Change(to: Paths.reminderOffers, says: says, did: outcome.word == .done ? entries(action, id, outcome, person) : [])
  }

  /// - Throws: ``Failure/notFound`` for an offer that is none of the person's; why nothing comes of it.
  private static func decided(_ found: OfferOutcome?) throws -> OfferOutcome {
    guard let found else { throw Failure.notFound }
    switch found.word {
    case .done, .same: return found
    case .closed: throw OfferRefusal.closed
    case .accepted: throw OfferRefusal.accepted
    case .refused: throw OfferRefusal.refused
    case .withdrawn: throw OfferRefusal.withdrawn
    }
  }

  /// It stands in the logs of both.
  private static func entries(_ action: String, _ id: ID<ReminderOffer>, _ outcome: OfferOutcome, _ person: Person) -> [AuditEntry] {
    let other = outcome.giver == person.id ? outcome.taker : outcome.giver
    let entry = AuditEntry(action, ReminderOffer.subject, id.text, ["title": outcome.title])
    return [entry, entry.adding(["by": person.displayName]).of(other)]
  }

  /// The giver's own rings no more: the transaction acts for them meanwhile.
  private static func putAway(_ outcome: OfferOutcome, of person: Person, _ web: Context) throws {
    let actor = try web.actor()
    _ = try web.db.rows(Query<Void>.setting(user: outcome.giver, account: person.account, role: nil))
    let commands = try ReminderCommands.find(
      outcome.reminder, of: outcome.giver, by: actor, at: web.now, web.services.zones, web.db)
    _ = try commands.archive()
    _ = try web.db.rows(Query<Void>.setting(user: person.id, account: person.account, role: person.role))
  }

  /// A reminder of the person's that can be given away, and to whom.
  ///
  /// - Throws: ``Failure/notFound``; ``OfferRefusal`` for one that cannot.
  private static func find(_ id: ID<Reminder>, _ web: Context) throws -> (Reminder, [Member]) {
    let person = try web.person
    let (found, members) = try web.read(Reminder.query("\(id)", of: person.id, web.services.zones), Member.query)
    guard let reminder = found.first else { throw Failure.notFound }
    if reminder.habit != nil { throw OfferRefusal.ofHabit }
    if reminder.status == .completed || reminder.status == .archived { throw OfferRefusal.closed }
    return (reminder, members.filter { $0.id != person.id })
  }
}
