import Crypto
import FoundationEssentials
import Web

/// The keys of a browser that is subscribed: with them a message is made that it alone can read.
struct PushKeys {
  /// Its point on the curve P-256, uncompressed: 65 bytes.
  let point: [UInt8]
  /// Its secret: 16 bytes.
  let auth: [UInt8]
  private let key: P256.KeyAgreement.PublicKey

  /// - Parameters:
  ///   - point: in base64url, as the browser says it, and the secret likewise; with or without padding.
  /// - Returns: nil unless both are what they should be.
  init?(point: String, auth: String) {
    guard let point = Self.bytes(point), point.count == 65, let auth = Self.bytes(auth), auth.count == 16,
      // It looks whether the point lies on the curve.
      let key = try? P256.KeyAgreement.PublicKey(x963Representation: point)
    else { return nil }
    (self.point, self.auth, self.key) = (point, auth, key)
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let body = Array(text.utf8)
    let padding = body.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    return padding > 2 ? nil : Bytes.fromBase64url(String(decoding: body.dropLast(padding), as: UTF8.self))
  }

  fileprivate func secret(with own: P256.KeyAgreement.PrivateKey) throws -> SharedSecret {
    try own.sharedSecretFromKeyAgreement(with: key)
  }
}

/// The encryption of Web Push (RFC 8291) by `aes128gcm` (RFC 8188): one record, for one browser.
enum PushEncryption {
  /// What push services take at least, in bytes (RFC 8030), and what of it is not the message: salt, size of the record, our point with its length, the
  /// end mark and the tag.
  private static let (record, around) = (4_096, 16 + 4 + 1 + 65 + 1 + 16)
  /// The longest message, in bytes.
  static let most = record - around

  /// - Parameters:
  ///   - own: a key for this one message.
  ///   - salt: 16 bytes of chance.
  static func seal(
    _ message: [UInt8], for browser: PushKeys, own: P256.KeyAgreement.PrivateKey = P256.KeyAgreement.PrivateKey(),
    salt: [UInt8] = Keys.random(16)
  ) throws -> [UInt8] {
    let point = Array(own.publicKey.x963Representation)
    let material = try browser.secret(with: own).hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: browser.auth, sharedInfo: info("WebPush: info") + browser.point + point, outputByteCount: 32)
    let key = derive(material, salt, "Content-Encoding: aes128gcm", 16)
    let nonce = derive(material, salt, "Content-Encoding: nonce", 12).withUnsafeBytes { Array($0) }
    // The mark of the last record; no padding follows.
    let box = try AES.GCM.seal(message + [2], using: key, nonce: AES.GCM.Nonce(data: nonce))
    let size = (0..<4).map { UInt8(truncatingIfNeeded: record >> (24 - $0 * 8)) }
    return salt + size + [UInt8(point.count)] + point + Array(box.ciphertext) + Array(box.tag)
  }

  private static func derive(_ material: SymmetricKey, _ salt: [UInt8], _ label: String, _ count: Int) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: material, salt: salt, info: info(label), outputByteCount: count)
  }

  private static func info(_ label: String) -> [UInt8] { Array(label.utf8) + [0] }
}
