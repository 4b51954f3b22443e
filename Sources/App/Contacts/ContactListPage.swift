import Domain
import HTML
import Web

/// The list of contacts.
struct ContactListPage {
  let layout: Layout
  let rows: [ContactItem]
  let new = Paths.newContact
  let profiles = Paths.profiles

  var isEmpty: Bool { rows.isEmpty }

  init(_ contacts: [Contact], _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Contacts"), .contacts, web)
    let secret = layout.secret
    let sendsSMS = web.services.sms != nil
    rows = contacts.map { ContactItem($0, sendsSMS: sendsSMS, person, words, secret) }
  }
}

/// One in the list: who, where, and whether they are told.
struct ContactItem {
  let path: Path
  let name: String
  /// "Sister · rui@x.test".
  let facts: String
  let state: String
  let badge: StatusBadge
  /// How far their phone is; nil: they have none, or this site sends no SMS.
  let sms: ContactPhoneStanding.Shown?
  /// What is to be known of it; nil: nothing is.
  let note: String?
  /// Asks them again; nil where that would not help.
  let letter: Letter?

  struct Letter {
    let action: Path
    let secret: CSRFField
    let nonce: HiddenField
  }

  init(_ contact: Contact, sendsSMS: Bool, _ person: Person, _ words: Words, _ secret: CSRFField) {
    path = Paths.editContact(contact.id)
    name = contact.name
    facts = [contact.relationship, contact.address, contact.phone].filter { !$0.utf8.isEmpty }.joined(separator: " · ")
    let standing = ContactStanding(contact)
    state = standing.rawValue
    badge = standing.badge(words)
    sms = sendsSMS ? ContactPhoneStanding(contact).map { ContactPhoneStanding.Shown(state: $0.rawValue, badge: $0.badge(words)) } : nil
    note = standing.note(contact, person, words)
    letter =
      standing == .waiting
      ? Letter(
        action: Paths.verification(contact.id), secret: secret,
        nonce: HiddenField(
          name: "nonce",
          value: Idempotency.nonce("contact letter", contact.id.text, contact.askedAt.map { String($0.microseconds) } ?? "")))
      : nil
  }
}

/// How far a contact is. The raw values are those of the fact on the page.
enum ContactStanding: String {
  case agreed, waiting, stopped, refused, off
  case noAddress = "no-address"

  init(_ contact: Contact) {
    if contact.address.utf8.isEmpty {
      self = .noAddress
    } else if contact.stoppedAt != nil {
      self = .stopped
    } else if contact.verifiedAt == nil {
      self = .waiting
    } else if contact.isRefused {
      self = .refused
    } else {
      self = contact.notifyEmail ? .agreed : .off
    }
  }

  func badge(_ words: Words) -> StatusBadge {
    switch self {
    case .agreed: StatusBadge(tone: "done", icon: "done", label: words("Told by e-mail"))
    case .waiting: StatusBadge(tone: "due", icon: "held", label: words("Has not agreed yet"))
    case .stopped: StatusBadge(tone: "urgent", icon: "stop", label: words("Wants no mails"))
    case .refused: StatusBadge(tone: "urgent", icon: "error", label: words("Address refuses mail"))
    case .off: StatusBadge(tone: "calm", icon: "stop", label: words("Switched off"))
    case .noAddress: StatusBadge(tone: "calm", icon: "stop", label: words("No e-mail address"))
    }
  }

  /// - Parameter person: who reads it.
  func note(_ contact: Contact, _ person: Person, _ words: Words) -> String? {
    func time(_ instant: Instant) -> String { TimeWords.dateTime(instant, person.zone, person.language) }
    switch self {
    case .agreed, .off, .noAddress: return nil
    case .stopped:
      return words(
        "They asked for no more mails on {time}. Only they can change that, by the link in any mail they got.",
        ["time": contact.stoppedAt.map(time) ?? ""])
    case .refused: return words("Their address refused our mails twice. Ask for another one, or switch them off.")
    case .waiting:
      guard let asked = contact.askedAt else { return words("No letter has been sent to this address yet.") }
      return contact.letter == .failed
        ? words("The letter of {time} could not be delivered.", ["time": time(asked)])
        : words("The letter of {time} waits for an answer.", ["time": time(asked)])
    }
  }
}

/// How far a contact's phone is. The raw values are those of the fact on the page.
enum ContactPhoneStanding: String {
  case told, unverified, stopped, off

  struct Shown {
    let state: String
    let badge: StatusBadge
  }

  /// nil: no number is known.
  init?(_ contact: Contact) {
    if contact.phone.utf8.isEmpty { return nil }
    if contact.phoneStoppedAt != nil || contact.stoppedAt != nil {
      self = .stopped
    } else if contact.phoneVerifiedAt == nil {
      self = .unverified
    } else {
      self = contact.notifySMS ? .told : .off
    }
  }

  func badge(_ words: Words) -> StatusBadge {
    switch self {
    case .told: StatusBadge(tone: "done", icon: "done", label: words("Told by SMS"))
    case .unverified: StatusBadge(tone: "due", icon: "held", label: words("Number not verified"))
    case .stopped: StatusBadge(tone: "urgent", icon: "stop", label: words("Wants no SMS"))
    case .off: StatusBadge(tone: "calm", icon: "stop", label: words("SMS switched off"))
    }
  }
}
