import Domain
import Web

/// The right to end mails to one address, in a link and in the header `List-Unsubscribe`. It does not expire.
struct UnsubscribeLink: Equatable {
  /// Which mails it ends.
  enum Kind { case reminders, week, contact }

  let user: ID<User>
  /// As ``EmailAddress/key(_:)`` spells it.
  let address: String
  let kind: Kind

  /// It ends the mails about weeks alone, and not those about reminders.
  var isWeekly: Bool { kind == .week }
  /// It ends what a trusted contact of the person gets.
  var isOfContact: Bool { kind == .contact }

  init(_ user: ID<User>, _ address: String, weekly: Bool = false) { self.init(user, address, weekly ? .week : .reminders) }

  /// - Parameter address: of one who is a contact of `user`.
  init(contactOf user: ID<User>, _ address: String) { self.init(user, address, .contact) }

  private init(_ user: ID<User>, _ address: String, _ kind: Kind) {
    (self.user, self.kind) = (user, kind)
    self.address = EmailAddress.key(address)
  }

  /// - Returns: nil for a token that is not ours.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .unsubscribe, keys), bytes.count > 16, let id = ID<User>(bytes: bytes[..<16]) else { return nil }
    user = id
    // No address begins so.
    kind = bytes[16] == 0 ? .week : bytes[16] == 1 ? .contact : .reminders
    address = String(decoding: bytes[(kind == .reminders ? 16 : 17)...], as: UTF8.self)
  }

  /// The token, for `/u/…`.
  func token(_ keys: Keys) -> String {
    let mark: [UInt8] =
      switch kind {
      case .reminders: []
      case .week: [0]
      case .contact: [1]
      }
    return Token.make(user.bytes + mark + Array(address.utf8), .unsubscribe, keys)
  }
}
