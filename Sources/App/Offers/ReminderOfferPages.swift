import Domain
import HTML
import Postgres
import Web

/// What is offered to the person, and what they offer.
struct ReminderOfferListPage {
  let layout: Layout
  let back = Paths.reminders
  let summary: ErrorSummary? = nil
  let rows: [ReminderOfferItem]
  let empty: EmptyState?

  init(_ offers: [ReminderOffer], _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    let layout = try Layout(words("Offered reminders"), .reminders, web)
    self.layout = layout
    rows = offers.map { ReminderOfferItem($0, person, web.clock, layout.secret, words) }
    empty =
      offers.isEmpty
      ? EmptyState(
        icon: "reminders", title: words("Nothing is offered"),
        text: words("Offer a reminder to somebody of your team on its page: once they accept, it rings for them.")) : nil
  }
}

/// One of them.
struct ReminderOfferItem {
  let title: String
  /// nil: it is somebody else's.
  let path: Path?
  let facts: String
  let notes: String?
  let time: TimeText
  let state: String
  let badge: StatusBadge
  let acceptance: Path?
  let refusal: Path?
  let withdrawal: Path?
  let secret: CSRFField

  init(_ offer: ReminderOffer, _ person: Person, _ clock: PageClock, _ secret: CSRFField, _ words: Words) {
    let isOpen = offer.state == .open
    title = offer.title
    path = offer.isMine ? Paths.reminder(offer.reminder) : offer.takenAs.map { Paths.reminder($0) }
    facts = offer.isMine ? words("To {name}", ["name": offer.other]) : words("From {name}", ["name": offer.other])
    notes = offer.isMine || offer.description.utf8.isEmpty ? nil : offer.description
    time = TimeText(offer.decidedAt ?? offer.createdAt, person, clock)
    state = offer.state.rawValue
    badge = ReminderOfferItem.badge(offer.state, words)
    acceptance = isOpen && !offer.isMine ? Paths.acceptance(offer.id) : nil
    refusal = isOpen && !offer.isMine ? Paths.refusal(offer.id) : nil
    withdrawal = isOpen && offer.isMine ? Paths.withdrawal(offer.id) : nil
    self.secret = secret
  }

  private static func badge(_ state: ReminderOffer.State, _ words: Words) -> StatusBadge {
    switch state {
    case .open: StatusBadge(tone: "due", icon: "clock", label: words("Not answered yet"))
    case .accepted: StatusBadge(tone: "done", icon: "done", label: words("Accepted", context: "offer"))
    case .refused: StatusBadge(tone: "calm", icon: "close", label: words("Refused", context: "offer"))
    case .withdrawn: StatusBadge(tone: "calm", icon: "undo", label: words("Taken back", context: "offer"))
    }
  }
}

/// To whom a reminder is offered.
struct ReminderOfferFormPage {
  let layout: Layout
  let title: String
  let back: Path
  let summary: ErrorSummary? = nil
  /// nil: there is nobody.
  let member: Select?
  let frame: FormFrame
  let team = Paths.team

  init(_ reminder: Reminder, _ others: [Member], _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    layout = try Layout(words("Offer it to somebody"), .reminders, web)
    (title, back) = (reminder.title, Paths.reminder(reminder.id))
    var make = FieldBuilder(state)
    member =
      others.isEmpty
      ? nil : make.choice("member", words("To whom"), others[0].id.text, others.map { ($0.id.text, "\($0.displayName) (\($0.email))") })
    frame = FormFrame(make, layout.secret, to: Paths.offers(reminder.id), cancel: back)
  }
}

/// What is offered to the person, on Today.
struct OfferSection {
  let rows: [ReminderOfferItem]
  let all = Paths.reminderOffers

  static func today(_ day: DayView) -> Reading<TodayPart> {
    Reading(rows: ReminderOffer.mine(most: ReminderOffers.most)).map { offers in
      let open = offers.filter { $0.state == .open && !$0.isMine }
      let rows = open.prefix(5).map { ReminderOfferItem($0, day.person, day.clock, day.secret, day.words) }
      return TodayPart(sections: [TodaySection(rank: .inHand, figure: nil, view: rows.isEmpty ? nil : OfferSection(rows: rows))])
    }
  }
}
