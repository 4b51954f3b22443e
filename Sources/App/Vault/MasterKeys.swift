import Crypto
import Domain
import FoundationEssentials
import Web

/// What wraps the accounts' keys: derived from `HEED_SECRET_KEY`. That of `HEED_SECRET_KEY_PREVIOUS` opens what was wrapped before the key was
/// changed, until `heed vault rotate` has wrapped everything anew.
public struct MasterKeys: Sendable {
  private let current: SymmetricKey
  private let previous: SymmetricKey?

  /// - Parameter previous: the keys of the secret before this one, while there is something of it.
  public init(_ keys: Keys, previous: Keys? = nil) {
    current = keys.key(.vault)
    self.previous = previous?.key(.vault)
  }

  /// 60 bytes, for `account_keys`.
  func wrap(_ key: DataKey) throws(VaultError) -> [UInt8] {
    try DataKey.seal(key.key.withUnsafeBytes { Array($0) }, current, Self.bound(key.account, key.version))
  }

  /// - Throws: ``VaultError/keyDoesNotOpen(version:)``.
  func unwrap(_ wrapped: [UInt8], _ account: ID<Account>, _ version: UInt8) throws(VaultError) -> DataKey {
    for master in [current, previous].compactMap(\.self) {
      if let key = try? Self.open(wrapped, master, account, version) { return key }
    }
    throw .keyDoesNotOpen(version: Int(version))
  }

  /// Whether a key is wrapped with the secret of now.
  func isCurrent(_ wrapped: [UInt8], _ account: ID<Account>, _ version: UInt8) -> Bool {
    (try? Self.open(wrapped, current, account, version)) != nil
  }

  private static func open(
    _ wrapped: [UInt8], _ master: SymmetricKey, _ account: ID<Account>, _ version: UInt8
  ) throws(VaultError) -> DataKey {
    let bytes = try DataKey.open(wrapped[...], master, bound(account, version))
    return DataKey(account: account, version: version, key: SymmetricKey(data: bytes))
  }

  private static func bound(_ account: ID<Account>, _ version: UInt8) -> [UInt8] { DataKey.bound(account, ["key", "\(version)"]) }
}
