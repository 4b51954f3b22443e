import Domain
import HTML
import Web

/// The right to answer one escalation, in a link (RULES 4.5): who holds the link needs no sign-in. Signed over escalation, recipient, expiry and
/// the number of the key; nothing is stored.
struct ActionLink: Equatable {
  /// How long a link works.
  static let days: Int64 = 7
  private static let key: UInt8 = 1

  let escalation: ID<Escalation>
  /// Who got it: 0, the owner. Contacts will have numbers of their own.
  let recipient: UInt8
  let expiresAt: Instant

  init(_ escalation: ID<Escalation>, sentAt: Instant) {
    self.escalation = escalation
    recipient = 0
    expiresAt = Instant(seconds: sentAt.seconds).advanced(days: ActionLink.days)
  }

  /// - Returns: nil for a token that is not ours. Late ones are returned: the page says so.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .link, keys), bytes.count == 26, bytes[0] == ActionLink.key,
      let id = ID<Escalation>(bytes: bytes[2..<18])
    else { return nil }
    escalation = id
    recipient = bytes[1]
    expiresAt = Instant(seconds: Int64(truncatingIfNeeded: bytes[18...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
  }

  /// The token, for `/a/…`.
  func token(_ keys: Keys) -> String {
    let seconds = UInt64(bitPattern: expiresAt.seconds)
    let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> UInt64(56 - $0 * 8)) }
    return Token.make([ActionLink.key, recipient] + escalation.bytes + time, .link, keys)
  }

  /// Whether it still works.
  func isGood(at now: Instant) -> Bool { now < expiresAt }
}

/// The right to end mails to one address, in a link and in the header `List-Unsubscribe`. It does not expire.
struct UnsubscribeLink: Equatable {
  let user: ID<User>
  /// As ``EmailAddress/key(_:)`` spells it.
  let address: String

  init(_ user: ID<User>, _ address: String) {
    self.user = user
    self.address = EmailAddress.key(address)
  }

  /// - Returns: nil for a token that is not ours.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .unsubscribe, keys), bytes.count > 16, let id = ID<User>(bytes: bytes[..<16]) else { return nil }
    user = id
    address = String(decoding: bytes[16...], as: UTF8.self)
  }

  /// The token, for `/u/…`.
  func token(_ keys: Keys) -> String { Token.make(user.bytes + Array(address.utf8), .unsubscribe, keys) }
}
