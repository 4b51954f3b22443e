import Crypto
import Domain
import FoundationEssentials

/// Why a secret is not to be had.
enum VaultError: Error, Equatable {
  /// It is longer than ``DataKey/longest``: so many bytes.
  case tooLong(Int)
  /// The account has no such key: it was never that account's secret, or the key is destroyed. In the moment of a rotation: the row was sealed anew
  /// after it was read.
  case noKey(version: Int)
  /// The key was wrapped with another `HEED_SECRET_KEY`, and not with the previous one either, or it was changed.
  case keyDoesNotOpen(version: Int)
  /// Not as it was sealed: bytes were changed, or it lies at another place. A seal cannot tell which.
  case doesNotOpen
}

/// What an account's secrets are sealed with: AES-256-GCM (NIST SP 800-38D).
///
/// What is stored: the key's version (1 byte), a random nonce (12), the secret enciphered, a tag (16). The tag covers the account and the place
/// besides. A random nonce is safe for 2^32 secrets of a key. Should the form ever change, a new version of the key says so: `account_keys` knows of
/// each what it seals.
struct DataKey {
  /// The longest secret, in bytes.
  static let longest = 65_536

  let account: ID<Account>
  /// 1 to 255.
  let version: UInt8
  let key: SymmetricKey

  func seal(_ secret: [UInt8], at place: VaultPlace) throws(VaultError) -> [UInt8] {
    if secret.count > Self.longest { throw .tooLong(secret.count) }
    return [version] + (try Self.seal(secret, key, Self.bound(account, [place.table, place.column, place.row])))
  }

  /// - Parameter sealed: what this version sealed; what another one did opens as little.
  func open(_ sealed: [UInt8], at place: VaultPlace) throws(VaultError) -> [UInt8] {
    try Self.open(sealed.dropFirst(), key, Self.bound(account, [place.table, place.column, place.row]))
  }

  /// - Returns: nonce, sealed bytes, tag.
  static func seal(_ bytes: [UInt8], _ key: SymmetricKey, _ bound: [UInt8]) throws(VaultError) -> [UInt8] {
    // The nonce is the system's chance.
    guard let combined = try? AES.GCM.seal(bytes, using: key, authenticating: bound).combined else { throw .doesNotOpen }
    return Array(combined)
  }

  static func open(_ bytes: ArraySlice<UInt8>, _ key: SymmetricKey, _ bound: [UInt8]) throws(VaultError) -> [UInt8] {
    do {
      return Array(try AES.GCM.open(AES.GCM.SealedBox(combined: bytes), using: key, authenticating: bound))
    } catch { throw .doesNotOpen }
  }

  /// What a seal is bound to: each part with its length before it (8 bytes, big-endian), so that no two lists read the same.
  static func bound(_ account: ID<Account>, _ parts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in ["heed vault", account.text] + parts {
      withUnsafeBytes(of: UInt64(part.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: part.utf8)
    }
    return bytes
  }
}
