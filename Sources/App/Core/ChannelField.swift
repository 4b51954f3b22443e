import Domain
import FoundationEssentials
import HTML
import Net
import Postgres
import Web

/// What a person tells a channel before it reaches them: a number to call, an address to post to.
struct ChannelField: Sendable {
  /// What its form and the audit log call it: `phoneNumber`.
  let name: String
  let label: @Sendable (Words) -> String
  /// The `type` of its control.
  var type = "text"
  /// Reads what was typed, with a complaint where it is wrong. What is empty is not asked about unless the channel is switched on.
  let read: @Sendable (inout FormReader, _ name: String) -> String
  var help: @Sendable (Words) -> String? = { _ in nil }
  /// What there is to choose from; empty: it is typed.
  var options: @Sendable (Words) -> [(value: String, label: String)] = { _ in [] }
  /// Why Heed may not go where it leads; nil: it may, as far as is known before a name is asked for.
  var refusal: @Sendable (_ value: String, AddressGuard, Words) -> String? = { _, _, _ in nil }
}

/// What a person has told a channel, by the names of its fields. It is sealed as a whole (RULES 7.2): whoever knows the address that a channel posts to
/// can often post there, too.
struct ChannelSettings: Equatable {
  /// Where it is kept.
  static let column = SecretColumn(table: "agents", column: "configuration", row: "user_id::text || ' ' || type", owner: .user)

  let values: [String: String]

  subscript(_ field: ChannelField) -> String { values[field.name] ?? "" }

  private static func place(_ type: AgentType, _ user: ID<User>) -> VaultPlace { column.place(user.text + " " + type.rawValue) }

  /// As the column holds it.
  func sealed(_ type: AgentType, of user: ID<User>, _ account: ID<Account>, _ vault: Vault, at now: Instant) throws -> [UInt8] {
    try sealed(at: Self.place(type, user), account, vault, now)
  }

  /// The same for another column.
  func sealed(at place: VaultPlace, _ account: ID<Account>, _ vault: Vault, _ now: Instant) throws -> [UInt8] {
    try vault.seal(Array(JSONText.object(values).text.utf8), of: account, at: place, now: now)
  }

  /// Opens what the column holds; nil: nothing was told.
  static func open(_ sealed: [UInt8]?, _ type: AgentType, of user: ID<User>, _ account: ID<Account>, _ vault: Vault) throws -> Self {
    guard let sealed else { return Self(values: [:]) }
    return try open(sealed, at: place(type, user), account, vault)
  }

  fileprivate static func open(_ sealed: [UInt8], at place: VaultPlace, _ account: ID<Account>, _ vault: Vault) throws -> Self {
    Self(values: try JSONDecoder().decode([String: String].self, from: Data(vault.open(sealed, of: account, at: place))))
  }
}

/// What a person has told a channel, as it is stored; the account is that of the person.
struct SealedSettings {
  let bytes: [UInt8]
  let account: ID<Account>
  /// Where it lies; nil: in the row of the agent.
  private let place: VaultPlace?

  init?(_ bytes: [UInt8]?, _ account: ID<Account>, at place: VaultPlace? = nil) {
    guard let bytes else { return nil }
    (self.bytes, self.account, self.place) = (bytes, account, place)
  }

  func open(_ type: AgentType, of user: ID<User>, _ vault: Vault) throws -> ChannelSettings {
    if let place { return try .open(bytes, at: place, account, vault) }
    return try .open(bytes, type, of: user, account, vault)
  }
}
