import Domain
import HTML
import Web

/// The right to answer one escalation, in a link (RULES 4.5): who holds the link needs no sign-in. Signed over escalation, recipient, expiry and
/// the number of its form; nothing is stored.
struct ActionLink: Equatable {
  /// How long a link works.
  static let days: Int64 = 7
  /// The forms: without and with the recipient. Links of the first are in mails of before.
  private static let (bare, addressed): (UInt8, UInt8) = (1, 2)

  let escalation: ID<Escalation>
  /// Who got it; nil in a link of before, which its owner got.
  let recipient: Recipient?
  let expiresAt: Instant

  init(_ escalation: ID<Escalation>, to recipient: Recipient?, sentAt: Instant) {
    self.escalation = escalation
    self.recipient = recipient
    expiresAt = Instant(seconds: sentAt.seconds).advanced(days: ActionLink.days)
  }

  /// - Returns: nil for a token that is not ours. Late ones are returned: the page says so.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .link, keys), bytes.count > 24, let id = ID<Escalation>(bytes: bytes.suffix(24).prefix(16)) else {
      return nil
    }
    let head = Array(bytes.dropLast(24))
    if head == [ActionLink.bare, 0] {
      recipient = nil
    } else {
      guard head.first == ActionLink.addressed, let found = Recipient(bytes: head.dropFirst()) else { return nil }
      recipient = found
    }
    escalation = id
    expiresAt = Instant(seconds: Int64(truncatingIfNeeded: bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
  }

  /// The token, for `/a/…`.
  func token(_ keys: Keys) -> String {
    let seconds = UInt64(bitPattern: expiresAt.seconds)
    let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> UInt64(56 - $0 * 8)) }
    let head = recipient.map { [ActionLink.addressed] + $0.bytes } ?? [ActionLink.bare, 0]
    return Token.make(head + escalation.bytes + time, .link, keys)
  }

  /// Whether it still works.
  func isGood(at now: Instant) -> Bool { now < expiresAt }
}

/// Whom a message is for: as the outbox has it, and in links as 17 bytes.
enum Recipient: Equatable {
  case user(ID<User>)
  case contact(ID<Contact>)

  fileprivate init?(bytes: ArraySlice<UInt8>) {
    switch bytes.first {
    case 0:
      guard let user = ID<User>(bytes: bytes.dropFirst()) else { return nil }
      self = .user(user)
    case 1:
      guard let contact = ID<Contact>(bytes: bytes.dropFirst()) else { return nil }
      self = .contact(contact)
    default: return nil
    }
  }

  fileprivate var bytes: [UInt8] {
    switch self {
    case .user(let user): [0] + user.bytes
    case .contact(let contact): [1] + contact.bytes
    }
  }
}
