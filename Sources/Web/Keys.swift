import Crypto
import FoundationEssentials

/// The keys that are derived from the one secret of the installation, a key per purpose, so that a token made for one use is worth
/// nothing for another.
public struct Keys: Sendable {
  /// What a key is for. Adding a purpose changes no other key.
  public enum Purpose: String, Sendable, CaseIterable {
    case csrf, door, flash, link, unsubscribe, attempt, audit, message, cursor, vault, invitation, file, contact, phone, push, completion
    case archive
    /// The name that its key is made of stays: mails that are on their way hold links.
    case accountMail = "letter"
  }

  private let keys: [Purpose: SymmetricKey]

  /// - Parameter secret: at least 32 bytes, from `HEED_SECRET_KEY`.
  public init(secret: [UInt8]) {
    let master = SymmetricKey(data: secret)
    keys = Dictionary(
      uniqueKeysWithValues: Purpose.allCases.map { purpose in
        (purpose, HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data("heed \(purpose.rawValue)".utf8), outputByteCount: 32))
      })
  }

  /// The key itself, for what is enciphered with it: 32 bytes.
  public func key(_ purpose: Purpose) -> SymmetricKey {
    // Every purpose has a key; the empty key keeps this total without a force unwrap.
    keys[purpose] ?? SymmetricKey(data: [])
  }

  /// HMAC-SHA256 of the message under the key of that purpose: 32 bytes.
  public func mac(_ purpose: Purpose, _ message: some Sequence<UInt8>) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(message), using: key(purpose)))
  }

  /// The same of a text, as the first 32 hexadecimal digits: 128 bits, for fields and links.
  public func tag(_ purpose: Purpose, _ message: String) -> String {
    Bytes.hex(mac(purpose, message.utf8).prefix(16))
  }

  /// SHA-256, 32 bytes.
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// Random bytes of the system's generator.
  public static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
