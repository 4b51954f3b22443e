import Domain
import Web

/// The right to end mails to one address, in a link and in the header `List-Unsubscribe`. It does not expire.
struct UnsubscribeLink: Equatable {
  let user: ID<User>
  /// As ``EmailAddress/key(_:)`` spells it.
  let address: String
  /// It ends the mails about weeks alone, and not those about reminders.
  let isWeekly: Bool

  init(_ user: ID<User>, _ address: String, weekly: Bool = false) {
    self.user = user
    self.address = EmailAddress.key(address)
    isWeekly = weekly
  }

  /// - Returns: nil for a token that is not ours.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .unsubscribe, keys), bytes.count > 16, let id = ID<User>(bytes: bytes[..<16]) else { return nil }
    user = id
    // No address begins so.
    isWeekly = bytes[16] == 0
    address = String(decoding: bytes[(isWeekly ? 17 : 16)...], as: UTF8.self)
  }

  /// The token, for `/u/…`.
  func token(_ keys: Keys) -> String { Token.make(user.bytes + (isWeekly ? [0] : []) + Array(address.utf8), .unsubscribe, keys) }
}
