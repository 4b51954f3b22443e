import Domain
import HTML
import Web

/// Whether a number is known to be somebody's, and the form that shows it.
struct PhoneCard {
  /// For tools: `verified`, `unverified`, `stopped`.
  let state: String
  let badge: StatusBadge
  let note: String?
  /// Asks for a code; nil where that would not help.
  let asking: Asking?
  /// Takes it; nil: none was asked for.
  let verification: CodeForm?

  struct Asking {
    let action: Path
    let secret: CSRFField
    let nonce: HiddenField
    let label: String
  }

  struct CodeForm {
    let action: Path
    let secret: CSRFField
    let code: TextField
  }

  /// - Parameters:
  ///   - places: where a code is asked for, and where it is sent.
  ///   - state: of the form with the code.
  /// - Returns: nil: there is no number.
  init?(
    _ phone: Phone?, _ places: (codes: Path, verification: Path), _ secret: CSRFField, _ state: FormState, _ words: Words,
    _ time: (Instant) -> String
  ) {
    guard let phone, !phone.numberKey.utf8.isEmpty else { return nil }
    let standing = PhoneStanding(phone)
    self.state = standing.rawValue
    badge = standing.badge(words)
    let isOpen = standing == .unverified
    note =
      phone.stoppedAt.map { words("STOP came from this number on {time}. START from there lets SMS come again.", ["time": time($0)]) }
      ?? (isOpen ? PhoneCard.note(phone, words, time) : nil)
    let nonce = Idempotency.nonce("phone code", phone.id.text, phone.askedAt.map { String($0.microseconds) } ?? "")
    asking =
      isOpen
      ? Asking(
        action: places.codes, secret: secret, nonce: HiddenField(name: "nonce", value: nonce),
        label: phone.askedAt == nil ? words("Send a code by SMS") : words("Send another code"))
      : nil
    var make = FieldBuilder(state)
    let code = make.text(
      "code", words("Code"), help: words("Six digits, as the SMS says."), autocomplete: "one-time-code", maxLength: 40)
    verification = isOpen && phone.askedAt != nil ? CodeForm(action: places.verification, secret: secret, code: code) : nil
  }

  private static func note(_ phone: Phone, _ words: Words, _ time: (Instant) -> String) -> String {
    guard let asked = phone.askedAt else { return words("Nothing goes there before a code from an SMS is typed here.") }
    let values: KeyValuePairs = ["time": time(asked)]
    // The same whatever became of it: what others have asked for at this number is nobody's business.
    return phone.code == .failed || phone.code == .cancelled
      ? words(
        "The SMS of {time} could not be delivered. If STOP was ever sent from this number, START from there lets SMS come again.", values)
      : words("The SMS of {time} has a code, which is good for ten minutes.", values)
  }
}

/// How a number stands. The raw values are those of the fact on pages.
enum PhoneStanding: String {
  case verified, unverified, stopped

  init(_ phone: Phone) { self = phone.stoppedAt != nil ? .stopped : phone.verifiedAt != nil ? .verified : .unverified }

  func badge(_ words: Words) -> StatusBadge {
    switch self {
    case .verified: StatusBadge(tone: "done", icon: "done", label: words("Number verified"))
    case .unverified: StatusBadge(tone: "due", icon: "held", label: words("Number not verified"))
    case .stopped: StatusBadge(tone: "urgent", icon: "stop", label: words("Wants no SMS"))
    }
  }
}
